"""`listening change`: working results of several waves side by side."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from listening import report
from listening.codebook import Codebook
from listening.codebook import load as load_codebook
from listening.errors import ListeningError, UnreadableFile
from listening.priorities import waves
from listening.priorities.waves import Changes, Wave
from listening.records import KINDS, Table
from listening.steps.csvs import read_csv, write_csv

_TOLD = ("wave", "status", "codebook_version", "people", "priorities", "correction")
_NEEDED = ("participant_id", "source_kind", "people", "cluster")


def change(folders: Sequence[Path], out: Path, *, paired: bool, seed: int) -> Changes:
    """Compare waves, and write change.csv, change.json and change.html into `out`.

    Args:
        folders: working results, the earliest first.
        out: where to write.
        paired: the same participant id in two folders is the same person.
        seed: of the bootstrap.

    Raises:
        UnreadableFile: a folder lacks a file, or one of them cannot be read.
        NothingToDo: the waves have no kind of source in common.
    """
    read = named_apart([wave_of(folder) for folder in folders])
    found = waves.compare(read, seed, paired=paired)
    document = waves.changes_document(found)
    out.mkdir(parents=True, exist_ok=True)
    write_csv(out / "change.csv", waves.changes_table(found))
    (out / "change.json").write_bytes(report.as_json(document))
    (out / "change.html").write_text(report.change_html(document), encoding="utf-8")
    return found


def wave_of(folder: Path) -> Wave:
    """Return the wave whose working results lie in a folder.

    Raises:
        UnreadableFile: priorities.json, participants.csv or raised.csv is not there or is none;
            or codebook.toml is no codebook.
    """
    document = _document(folder)
    people = _people(folder)
    raised = read_csv(folder / "raised.csv", ["participant_id", "code"])
    counted = people["participant_id"].isin(raised["participant_id"])
    return Wave(
        name=str(document["wave"]) or folder.name,
        status=str(document["status"]),
        version=str(document["codebook_version"]),
        codebook=_codebook(folder),
        names={str(one["id"]): str(one["name"]) for one in document["priorities"]},
        participants=people[counted].reset_index(drop=True),
        raised=raised.loc[raised["code"] != "", ["participant_id", "code"]].reset_index(drop=True),
        partly=frozenset(
            str(one["id"]) for one in document["priorities"] if one["of"] < document["people"]
        ),
        estimated=bool(document["correction"]),
        beneath={
            str(code["id"]): str(one["id"])
            for one in document["priorities"]
            for code in one.get("within", ())
        },
    )


def _document(folder: Path) -> dict[str, Any]:
    path = folder / "priorities.json"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        told = {key: document[key] for key in _TOLD}
        _ = [(one["id"], one["name"], one["of"]) for one in told["priorities"]]
    except OSError as error:
        raise UnreadableFile(
            f"{folder.name}/{path.name}",
            f"cannot be opened ({error.strerror}).",
            "Name the folder of working results that `listening run` or `listening report` wrote.",
        ) from None
    except (ValueError, KeyError, TypeError):
        raise UnreadableFile(
            f"{folder.name}/{path.name}",
            "is no ranking of this software.",
            "Write the report again with `listening report`.",
        ) from None
    return told


def _people(folder: Path) -> Table:
    table = read_csv(folder / "participants.csv", list(_NEEDED))[list(_NEEDED)]
    whole = table["people"].str.fullmatch(r"[1-9][0-9]{0,6}")
    if not whole.all() or not table["source_kind"].isin(KINDS).all():
        raise UnreadableFile(
            f"{folder.name}/participants.csv",
            "has a row whose people are no whole number, or whose source_kind is none.",
            f"The kinds are {', '.join(KINDS)}. Write the report again with `listening report`.",
        )
    return table.assign(people=pd.to_numeric(table["people"]).astype("int64"))


def _codebook(folder: Path) -> Codebook | None:
    path = folder / "codebook.toml"
    if not path.is_file():
        return None
    try:
        return load_codebook(path.read_text(encoding="utf-8"))
    except (ListeningError, UnicodeDecodeError):
        raise UnreadableFile(
            f"{folder.name}/{path.name}",
            "is no codebook.",
            "Write the report again with `listening report`, or put that version there.",
        ) from None


def named_apart(read: Sequence[Wave]) -> list[Wave]:
    """Return waves that each have a name of their own."""
    told: list[Wave] = []
    for number, wave in enumerate(read, start=1):
        alike = sum(other.name == wave.name for other in read) > 1
        name = f"{wave.name} ({number})" if alike else wave.name
        told.append(Wave(**{**vars(wave), "name": name}))
    return told
