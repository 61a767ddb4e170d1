"""Codebooks as files: read in any of their formats, written, changed, and codings carried along."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from listening import codebook as books
from listening import embeddings, sources
from listening.codebook import Codebook, Difference, Exported, Imported
from listening.codebook.checking import check
from listening.codebook.making import slug
from listening.coding import draft, texts_to_read
from listening.coding.match import MINIMUM_EXAMPLES
from listening.coding.migrate import NEEDED, Migrated, migrate
from listening.errors import InvalidCodebook, ListeningError, NothingToDo
from listening.labelstudio.configs import project_config
from listening.labelstudio.nouns import BLIND, SPANS, WHOLE
from listening.records import rejects_table
from listening.sources import FoundFile
from listening.steps.csvs import read_csv, write_csv
from listening.steps.finding import content_of, text_of
from listening.steps.work import Models

#: how a codebook is written, by the ending of the file
_WRITERS: Mapping[str, Callable[[Codebook], Exported]] = {
    ".csv": books.as_taguette,
    ".qdc": books.as_qdc,
    ".qdpx": books.as_qdpx,
    ".xml": partial(project_config, layout=WHOLE, role=BLIND),
}
#: endings of the files that codebooks are read from
KINDS = (".toml", ".csv", ".xlsx", ".qdc", ".qdpx")
_GOOD = 25


def read_codebook(path: Path, sheet: str = "") -> Imported:
    """Read a codebook in any of its formats; it may still be a draft.

    Args:
        path: a file with one of the endings of KINDS.
        sheet: which sheet of a workbook; the one with most columns that say something without it.

    Raises:
        InvalidCodebook: it is none, or an entry breaks a rule.
        UnreadableFile: it cannot be opened.
    """
    name = path.name
    _must_be_a_kind(name)
    if path.suffix.lower() == ".toml":
        return Imported(books.load(text_of(path), name, draft=True))
    return codebook_in(name, content_of(FoundFile(name, path)), sheet)


def codebook_in(name: str, content: bytes, sheet: str = "") -> Imported:
    """Read a codebook out of the bytes of a file, as `read_codebook` does.

    Raises:
        InvalidCodebook: it is none, or an entry breaks a rule.
    """
    suffix = _must_be_a_kind(name)
    try:
        if suffix == ".toml":
            return Imported(books.load(content.decode("utf-8-sig"), name, draft=True))
        if suffix == ".qdpx":
            content = sources.project_text(name, io.BytesIO(content))
        if suffix in (".qdc", ".qdpx"):
            return books.from_refi(name, content)
        return _from_tables(name, content, sheet)
    except InvalidCodebook:
        raise
    except UnicodeDecodeError:
        raise InvalidCodebook(name, "is not text in UTF-8.", "Save it as UTF-8.") from None
    except ListeningError as error:
        raise InvalidCodebook(name, error.why, error.what_to_do) from None


def _must_be_a_kind(name: str) -> str:
    suffix = Path(name).suffix.lower()
    if suffix not in KINDS:
        raise InvalidCodebook(
            name, "is no kind of codebook.", f"Give a file that ends with {', '.join(KINDS)}."
        )
    return suffix


def _from_tables(name: str, content: bytes, sheet: str) -> Imported:
    tables = sources.read_tables(name, content)
    if sheet:
        chosen = [table for table in tables if table[0].casefold() == sheet.strip().casefold()]
        if not chosen:
            titles = ", ".join(title for title, _ in tables)
            raise InvalidCodebook(name, f"has no sheet {sheet}.", f"Its sheets are: {titles}.")
    else:
        chosen = sorted(tables, key=lambda table: -books.fits(table[1].headers))
    title, grid = chosen[0]
    rows = [(row.number, row.cells) for row in grid.rows]
    found = books.from_table(name, grid.headers, rows)
    notes = [f"Row {one.row}: {one.why} {one.what_to_do}" for one in grid.rejects]
    if len(tables) > 1:
        notes.insert(0, f"The workbook has {len(tables)} sheets; “{title}” was read.")
    return replace(found, notes=(*grid.notes, *notes, *found.notes))


def codebook_text(path: Path) -> str:
    """Return a codebook that can be counted by, in whatever format it is, as TOML.

    Raises:
        InvalidCodebook: it is none, an entry breaks a rule, or fewer than two codes are in use.
    """
    if path.suffix.lower() == ".toml":
        content = text_of(path)
        books.load(content, path.name)
        return content
    book = read_codebook(path).codebook
    check(book, path.name)
    return books.as_toml(book)


def import_codebook(
    path: Path, out: Path, book_id: str = "", name: str = "", version: str = "", sheet: str = ""
) -> Imported:
    """Write a codebook of any format as TOML; return it with what a person should know.

    Args:
        path: the codebook.
        out: the TOML file to write.
        book_id: its id; made of its name without it.
        name: what it is called; as the file says without it.
        version: its version; as the file says, or that of a first draft, without it.
        sheet: which sheet of a workbook.
    """
    found = read_codebook(path, sheet)
    book = found.codebook
    if name:
        book = replace(book, id=slug(name), name=" ".join(name.split()))
    if book_id:
        book = replace(book, id=slug(book_id))
    if version:
        book = replace(book, version=version)
    check(book, path.name, draft=True)
    _write(out, books.as_toml(book))
    return replace(found, codebook=book)


def export_codebook(path: Path, out: Path, spans: bool = False) -> tuple[str, ...]:
    """Write a codebook in the format that the ending of `out` names; return what it cannot hold."""
    suffix = out.suffix.lower()
    if suffix not in (*_WRITERS, ".toml"):
        raise InvalidCodebook(
            out.name,
            "is no kind of file that codebooks are written as.",
            f"Let it end with {', '.join(_WRITERS)} (.xml is for Label Studio) or .toml.",
        )
    if out.resolve() == path.resolve():
        raise InvalidCodebook(out.name, "is the codebook itself.", "Name another file.")
    book = read_codebook(path).codebook
    if suffix == ".toml":
        _write(out, books.as_toml(book))
        return ()
    _must_be_new(out)
    done = project_config(book, SPANS, BLIND) if spans else _WRITERS[suffix](book)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(done.content)
    return done.notes


def write_empty(out: Path, name: str) -> None:
    """Write an empty codebook with comments."""
    _write(out, books.empty(name))


def write_draft(out: Path, name: str, run: Path, models: Models) -> Codebook:
    """Write a draft codebook made of the topics.csv and segments.csv that lie in a folder.

    Raises:
        NothingToDo: there are no topics.
    """
    topics = read_csv(run / "topics.csv", ["topic_id", "name", "words", "people"])
    segments = read_csv(run / "segments.csv", ["topic_id", "text"])
    read = texts_to_read(segments)
    if not len(read) or not topics["topic_id"].isin(read["topic_id"]).any():
        raise NothingToDo(
            str(run), "holds no topics.", "Read the segments, and begin with an empty codebook."
        )
    texts = {text: text for text in read["text"]}
    vectors = embeddings.embed(texts, models.encoder, {}).vectors
    book = draft(name, topics, read, embeddings.stack([vectors[text] for text in read["text"]]))
    check(book, out.name, draft=True)
    _write(out, books.as_toml(book))
    return book


def checked(path: Path) -> tuple[Codebook, tuple[str, ...]]:
    """Return a codebook, and in sentences what is thin in it.

    Raises:
        InvalidCodebook: an entry breaks a rule.
    """
    found = read_codebook(path)
    book, notes = found.codebook, list(found.notes)
    active = list(book.in_use)
    for most, told in (
        (MINIMUM_EXAMPLES, f"fewer than {MINIMUM_EXAMPLES} examples, so it cannot be matched"),
        (_GOOD, f"fewer than {_GOOD} examples, which are a good start"),
    ):
        thin = [c.id for c in active if len(set(c.examples)) < most]
        active = [c for c in active if c.id not in thin]
        notes += [f"{code_id} has {told}." for code_id in thin]
    notes += [
        f"{code.id} has no counter-examples: what is easily taken for it?"
        for code in book.in_use
        if not code.counter_examples
    ]
    return book, tuple(notes)


def compared(old: Path, new: Path) -> list[Difference]:
    """Return what differs between two codebooks, and last which counts cannot be compared."""
    before, after = read_codebook(old).codebook, read_codebook(new).codebook
    found = books.differences(before, after)
    try:
        walk = books.crosswalk(before, after)
    except InvalidCodebook:
        return found  # the differences say why there is none
    apart = [f"“{code.name}”" for code in after.in_use if code.id not in walk.comparable]
    if apart:
        told = (
            f"Counts of {', '.join(apart)} cannot be put beside those of version "
            f"{before.version}; the others can, when its codings are carried over."
        )
        found.append(Difference("not comparable", "", told))
    return found


def change_codebook(path: Path, out: Path, change: Callable[[Codebook], Codebook]) -> Codebook:
    """Write the next version of a codebook beside the one there is, with its comments.

    Raises:
        InvalidCodebook: it is no TOML, the change cannot be made, or `out` is there already.
    """
    if path.suffix.lower() != ".toml":
        raise InvalidCodebook(
            path.name,
            "is no TOML, and only that keeps versions and their trail.",
            "Make it one with `listening codebook import`.",
        )
    content = text_of(path)
    book = change(books.load(content, path.name, draft=True))
    _write(out, books.revised(content, book))
    return book


def migrate_codings(codings: Path, book: Codebook, out: Path, assumed: str = "") -> list[str]:
    """Carry codings to a version: codings.csv, trail.csv, recode.csv and rejects.csv into `out`.

    Args:
        codings: the table; it stays as it is.
        book: the later version.
        out: folder; what lies there is not overwritten.
        assumed: version of rows that name none.

    Returns:
        In sentences, what became of them.
    """
    target = out / "codings.csv"
    for one in (target, *(out / name for name in ("trail.csv", "recode.csv", "rejects.csv"))):
        if one.exists():
            raise InvalidCodebook(
                str(one), "is there already.", "Name another folder: nothing is overwritten."
            )
    done = migrate(read_csv(codings, NEEDED), book, codings.name, assumed)
    write_csv(out / "trail.csv", done.trail)
    write_csv(out / "recode.csv", done.recode)
    write_csv(out / "rejects.csv", rejects_table(done.rejects))
    write_csv(target, done.codings)
    return _told(done)


def _told(done: Migrated) -> list[str]:
    moved = int((done.trail["from"] != done.trail["to"]).sum())
    retired = int((done.codings["code_status"] == "retired").sum())
    counts = (
        (moved, "moved to another code (trail.csv)"),
        (len(done.recode), "to be read again (recode.csv); until then they do not count"),
        (retired, "kept under a retired code, where they do not count"),
        (len(done.rejects), "left as they were (rejects.csv)"),
    )
    return [f"{count} codings {told}." for count, told in counts if count]


def _write(out: Path, content: str) -> None:
    """Write a codebook where none is: a version that codings refer to is never overwritten."""
    if out.suffix.lower() != ".toml":
        raise InvalidCodebook(out.name, "is no name for a codebook.", "Let it end with .toml.")
    _must_be_new(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(content, encoding="utf-8")


def _must_be_new(out: Path) -> None:
    if out.exists():
        raise InvalidCodebook(
            str(out), "is there already.", "Name another file; no version is overwritten."
        )
