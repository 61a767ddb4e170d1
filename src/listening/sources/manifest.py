"""The manifest: who speaks in which file, under which consent; and the population to compare with.

A row that cannot be used never loosens consent: what it covers is withheld until it is mended.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

import pandas as pd

from listening.errors import UnknownColumn
from listening.records import Reject, Table
from listening.sources.cells import count_of_people
from listening.sources.column_names import ALLOWED
from listening.sources.csvs import read_csv
from listening.sources.dates import to_iso
from listening.sources.grid import Grid, Row
from listening.sources.sniff import check_content

MANIFEST_COLUMNS: tuple[str, ...] = (
    "file", "speaker", "kind", "participant_id", "people", "place", "date", "language", "method",
    "officer", "note_taker", "voice", "consent", "consent_until", "withdrawal_code",
    "young", "consent_by", "contact", "disclosure", "translation",
)  # fmt: skip
#: `participant_id` of rows that name an interviewer.
INTERVIEWER = "interviewer"
_STRICTEST = ("none", "analysis", "", "quotation")


def read_manifest(name: str, content: bytes) -> tuple[Table, tuple[Reject, ...]]:
    """Read ``manifest.csv`` (INTERFACE.md): one row per file × speaker, every cell text.

    Columns that are absent come back empty; ``attr:NAME`` columns are kept. A row with a faulty
    cell is rejected: it comes back with that cell empty and consent ``none``, so that whoever it
    covers is left out rather than read without their consent.

    Raises:
        UnreadableFile: not a table.
        UnknownColumn: no column `file`, or a column whose name is nearly one of ours.
    """
    grid = _table(name, content)
    places, rejects = _places(name, grid.headers)
    rejects = [*grid.rejects, *rejects]
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for row in grid.rows:
        record = {column: row.cells[place].strip() for column, place in places.items()}
        record = {column: record.get(column, "") for column in MANIFEST_COLUMNS} | record
        rejects += _mended(name, row, record)
        key = (_same_name(record["file"]), label_key(record["speaker"]))
        if not record["file"]:
            continue
        if key in rows:
            strictest = min(rows[key]["consent"], record["consent"], key=_STRICTEST.index)
            rows[key]["consent"] = strictest
            rejects.append(_twice(name, row.number))
        else:
            rows[key] = record
    columns = [*MANIFEST_COLUMNS, *(c for c in places if c not in MANIFEST_COLUMNS)]
    return pd.DataFrame(list(rows.values()), columns=columns, dtype="str"), tuple(rejects)


def read_population(name: str, content: bytes) -> tuple[Table, tuple[Reject, ...]]:
    """Read ``population.csv``: `attribute`, `value` (text) and `count` (whole people).

    Raises:
        UnreadableFile: not a table.
        UnknownColumn: one of the three columns is missing.
    """
    grid = _table(name, content)
    wanted = ("attribute", "value", "count")
    heads = [header.strip().casefold() for header in grid.headers]
    for column in wanted:
        if column not in heads:
            raise _no_column(name, column, grid.headers)
    rejects = list(grid.rejects)
    rows: dict[tuple[str, str], int] = {}
    for row in grid.rows:
        attribute, value, count = (row.cells[heads.index(column)].strip() for column in wanted)
        number = 0 if count == "0" else count_of_people(count) or -1
        if not attribute or not value or number < 0:
            rejects.append(_bad_count(name, row.number))
        elif (attribute, value) in rows:
            rejects.append(_twice(name, row.number))
        else:
            rows[attribute.removeprefix("attr:"), value] = number
    table = pd.DataFrame(
        {
            "attribute": pd.Series([attribute for attribute, _ in rows], dtype="str"),
            "value": pd.Series([value for _, value in rows], dtype="str"),
            "count": pd.Series(list(rows.values()), dtype="int64"),
        }
    )
    return table, tuple(rejects)


def rows_for(manifest: Table | None, name: str) -> list[dict[str, str]]:
    """Return the manifest's rows on file `name`: a row that gives no folder fits any folder."""
    if manifest is None or manifest.empty:
        return []
    filled = manifest.fillna("").to_dict(
        "records"
    )  # manifests joined may lack each other's columns
    records = [{str(k): str(v) for k, v in row.items()} for row in filled]
    exact = [record for record in records if _same_name(record["file"]) == _same_name(name)]
    return exact or [record for record in records if _ends_alike(record["file"], name)]


def bound_to(manifest: Table, archive: str, names: Iterable[str]) -> Table:
    """Bind the rows of a manifest that lies in an archive to the files in that archive.

    Two officers' zips may hold files of the same name: neither's consent may serve for the other's.

    Args:
        manifest: what `read_manifest` returned.
        archive: what reports call the archive.
        names: names of all files given; those in the archive begin with its name.
    """
    inside = [name for name in names if name.startswith(f"{archive}/")]
    rows = []
    for record in manifest.to_dict("records"):
        file = str(record["file"])
        fits = [n for n in inside if _alike(file, n)]
        rows += [record | {"file": name} for name in fits or [f"{archive}/{file}"]]
    return pd.DataFrame(rows, columns=list(manifest.columns), dtype="str")


def unused_rows(manifest: Table, name: str, names: Iterable[str]) -> tuple[Reject, ...]:
    """Say which files the manifest `name` names that are not among the files given."""
    given = list(names)
    missing = [
        file for file in dict.fromkeys(manifest["file"]) if not any(_alike(file, n) for n in given)
    ]
    return tuple(
        Reject(
            name,
            "",
            f"The rows on {file}",
            "The manifest names a file that was not given.",
            "Add the file, or correct its name in the manifest.",
        )
        for file in missing
    )


def translations(manifest: Table, names: Sequence[str]) -> tuple[dict[str, str], list[Reject]]:
    """Return file → the file that the manifest calls its translation, by the names that are given.

    Of several files of that name the one in the same folder is meant.

    Returns:
        The files, and a reject for each translation that was not given.
    """
    found: dict[str, str] = {}
    rejects = []
    for name in names:
        of_it = (row["translation"] for row in rows_for(manifest, name))
        wanted = next((file for file in of_it if file), "")
        alike = [n for n in names if n != name and _alike(wanted, n)] if wanted else []
        near = [n for n in alike if PurePosixPath(n).parent == PurePosixPath(name).parent]
        if alike:
            found[name] = (near or alike)[0]
        elif wanted:
            rejects.append(_no_translation(name))
    return found, rejects


def _alike(file: str, name: str) -> bool:
    return _same_name(file) == _same_name(name) or _ends_alike(file, name)


def row_of_speaker(rows: Sequence[Mapping[str, str]], label: str) -> Mapping[str, str]:
    """Return the row of a speaker, else the row on the whole file, else nothing."""
    for row in rows:
        if row["speaker"] and label_key(row["speaker"]) == label_key(label):
            return row
    return next((row for row in rows if not row["speaker"]), {})


def label_key(label: str) -> str:
    """Spell a speaker's label so that equal ones compare equal."""
    return " ".join(unicodedata.normalize("NFC", label).casefold().rstrip(":").split())


def _same_name(file: str) -> str:
    return file.replace("\\", "/").removeprefix("./").casefold()


def _ends_alike(file: str, name: str) -> bool:
    one, other = _same_name(file), _same_name(name)
    return one.endswith(f"/{other}") or other.endswith(f"/{one}")


def _table(name: str, content: bytes) -> Grid:
    check_content(name, ".csv", content)
    return read_csv(name, content)


def _places(name: str, headers: Sequence[str]) -> tuple[dict[str, int], list[Reject]]:
    places: dict[str, int] = {}
    rejects: list[Reject] = []
    for place, header in enumerate(headers):
        column = header.strip().casefold().replace(" ", "_")
        if column in MANIFEST_COLUMNS:
            places[column] = place
        elif column.startswith("attr:") and column[5:]:
            places[f"attr:{header.strip()[5:].strip()}"] = place
        elif near := difflib.get_close_matches(column, MANIFEST_COLUMNS, n=1, cutoff=0.75):
            # Read past a misspelt `consent`, and somebody is used who said no.
            raise UnknownColumn(
                name,
                f"The column “{header}” is not one of a manifest's.",
                f"Did you mean “{near[0]}”? Correct it, or call an attribute “attr:{header}”.",
            )
        else:
            rejects.append(_unknown_column(name, header))
    if "file" not in places:
        raise _no_column(name, "file", headers)
    return places, rejects


def _mended(name: str, row: Row, record: dict[str, str]) -> list[Reject]:
    """Put cells of `record` into our spelling; empty what is none, and withhold the row."""
    rejects = []
    if not record["file"]:
        rejects.append(_faulty(name, row.number, "names no file", "Write the file's name into it."))
    for column, choices in ALLOWED.items():
        record[column] = record[column].casefold().replace(" ", "_")
        if record[column] not in ("", *choices):
            to_do = f"Write one of: {', '.join(choices)}."
            rejects.append(_faulty(name, row.number, f"has an unknown {column}", to_do))
            record[column] = ""
    for column in ("date", "consent_until"):
        if record[column] and not (iso := to_iso(record[column])):
            to_do = "Write it as 2026-03-31."
            rejects.append(_faulty(name, row.number, f"has a {column} that is no date", to_do))
            record[column] = ""
        elif record[column]:
            record[column] = iso
    is_interviewer = record["participant_id"].casefold() == INTERVIEWER
    if record["people"] and not count_of_people(record["people"]) and not is_interviewer:
        to_do = "Write a whole number from 1 up, or leave it empty for one person."
        rejects.append(_faulty(name, row.number, "has a wrong number of people", to_do))
        record["people"] = ""
    if rejects:
        record["consent"] = "none"
    return rejects


def _faulty(name: str, number: int, what: str, to_do: str) -> Reject:
    return Reject(
        name,
        str(number),
        "One row of the manifest",
        f"The row {what}. Whoever it covers is left out until it is mended.",
        f"{to_do} Then run again.",
    )


def _twice(name: str, number: int) -> Reject:
    return Reject(
        name,
        str(number),
        "One row",
        "An earlier row says something of the same already; that one was used.",
        "Remove one of the two.",
    )


def _no_translation(name: str) -> Reject:
    return Reject(
        name,
        "",
        "The translation",
        "The manifest names a file as its translation that was not given.",
        "Add the file, or correct its name in the manifest; until then the original stands alone.",
    )


def _unknown_column(name: str, header: str) -> Reject:
    return Reject(
        name,
        "1",
        f"The column “{header}”",
        "It is not one of a manifest's columns, so it was not used.",
        f"If it describes people, call it “attr:{header}”.",
    )


def _bad_count(name: str, number: int) -> Reject:
    return Reject(
        name,
        str(number),
        "One row of the population",
        "The row needs an attribute, a value and a whole number of people.",
        "Fill in the three cells, the number without words or decimals.",
    )


def _no_column(name: str, column: str, headers: Sequence[str]) -> UnknownColumn:
    listed = ", ".join(f"“{header}”" for header in headers[:40])
    return UnknownColumn(
        name,
        f"There is no column called “{column}”. The columns are: {listed}.",
        f"Name the column “{column}” in the first row.",
    )
