"""One file in, one Reading out: the format decides the reader."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence

from listening.records import Reading, ReadOptions, Table
from listening.sources.csvs import read_csv
from listening.sources.encoding import decode
from listening.sources.grid import Grid
from listening.sources.kinds import READABLE, suffix_of, unreadable_kind
from listening.sources.lines import text_lines
from listening.sources.manifest import rows_for
from listening.sources.opendocument import opendocument_lines
from listening.sources.pdf import pdf_lines
from listening.sources.prose import read_prose
from listening.sources.refuse import refuse
from listening.sources.rows import has_answers, read_rows
from listening.sources.rtf import rtf_lines
from listening.sources.sniff import check_content
from listening.sources.subtitles import srt_lines, vtt_lines
from listening.sources.word import word_lines
from listening.sources.workbooks import read_workbook

_Rows = Sequence[Mapping[str, str]]


def read(name: str, content: bytes, options: ReadOptions, manifest: Table | None) -> Reading:
    """Read one source file.

    Args:
        name: what reports call the file; its ending says how to read it.
        content: its bytes.
        options: columns and rows that the user names (tables only).
        manifest: what `read_manifest` returned, or several of them joined; rows on other files
            are passed over.

    Returns:
        Turns and people, checked; rejects for rows that were set aside; notes on what was guessed.

    Raises:
        UnreadableFile: the whole file is refused, with the reason and what to do.
        UnknownColumn: the options name a column that the table has not.
    """
    suffix = suffix_of(name)
    if suffix not in READABLE:
        reject = unreadable_kind(name)
        raise refuse(name, reject.why, reject.what_to_do)
    check_content(name, suffix, content)
    return _READERS[suffix](name, content, options, rows_for(manifest, name))


def read_tables(name: str, content: bytes) -> list[tuple[str, Grid]]:
    """Return (sheet's name, table) for each table of a .csv or .xlsx, whatever it is about.

    Raises:
        UnreadableFile: the whole file is refused, with the reason and what to do.
    """
    suffix = suffix_of(name)
    check_content(name, suffix, content)
    return [("", read_csv(name, content))] if suffix == ".csv" else read_workbook(name, content)


def _csv(name: str, content: bytes, options: ReadOptions, rows: _Rows) -> Reading:
    return read_rows(name, read_csv(name, content), rows, options)


def _workbook(name: str, content: bytes, options: ReadOptions, rows: _Rows) -> Reading:
    sheets = read_workbook(name, content)
    if len(sheets) == 1:
        return read_rows(name, sheets[0][1], rows, options)
    title, grid = _sheet_with_answers(name, sheets, options)
    reading = read_rows(name, grid, rows, options)
    note = f"The workbook has {len(sheets)} sheets with tables; only “{title}” was read."
    return dataclasses.replace(reading, notes=(note, *reading.notes))


def _sheet_with_answers(
    name: str, sheets: Sequence[tuple[str, Grid]], options: ReadOptions
) -> tuple[str, Grid]:
    """The first sheet with the columns asked for, or else with any that looks like answers."""
    if options.text:
        wanted = {column.casefold() for column in options.text}
        for title, grid in sheets:
            if wanted <= {header.casefold() for header in (*grid.headers, *grid.others)}:
                return title, grid
        return sheets[0]
    guessing = dataclasses.replace(options, participant="", question="", attributes=(), drop=())
    return next((sheet for sheet in sheets if has_answers(name, sheet[1], guessing)), sheets[0])


def _text(name: str, content: bytes, options: ReadOptions, rows: _Rows) -> Reading:  # noqa: ARG001
    text, note = decode(name, content)
    lines = text_lines(text, markdown=name.lower().endswith(".md"))
    return read_prose(name, lines, rows, notes=(note,) if note else ())


def _word(name: str, content: bytes, options: ReadOptions, rows: _Rows) -> Reading:  # noqa: ARG001
    return read_prose(name, word_lines(name, content), rows)


def _opendocument(name: str, content: bytes, options: ReadOptions, rows: _Rows) -> Reading:  # noqa: ARG001
    return read_prose(name, opendocument_lines(name, content), rows)


def _rtf(name: str, content: bytes, options: ReadOptions, rows: _Rows) -> Reading:  # noqa: ARG001
    return read_prose(name, rtf_lines(name, content), rows)


def _pdf(name: str, content: bytes, options: ReadOptions, rows: _Rows) -> Reading:  # noqa: ARG001
    lines, notes, rejects = pdf_lines(name, content)
    return read_prose(name, lines, rows, notes=notes, rejects=rejects)


def _vtt(name: str, content: bytes, options: ReadOptions, rows: _Rows) -> Reading:  # noqa: ARG001
    lines, notes, rejects = vtt_lines(name, content)
    return read_prose(name, lines, rows, merge=True, notes=notes, rejects=rejects)


def _srt(name: str, content: bytes, options: ReadOptions, rows: _Rows) -> Reading:  # noqa: ARG001
    lines, notes = srt_lines(name, content)
    return read_prose(name, lines, rows, merge=True, notes=notes)


_READERS: dict[str, Callable[[str, bytes, ReadOptions, _Rows], Reading]] = {
    ".csv": _csv,
    ".xlsx": _workbook,
    ".txt": _text,
    ".md": _text,
    ".docx": _word,
    ".odt": _opendocument,
    ".rtf": _rtf,
    ".pdf": _pdf,
    ".vtt": _vtt,
    ".srt": _srt,
}
