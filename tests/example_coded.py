"""The bundled example as its authors coded it, as the tables that `listening rank` reads."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from tests.conftest import EXAMPLE, ROOT

#: What the authors meant each person to raise.
CODINGS = ("example_codings_interviews.csv", "example_codings_tables.csv")
KNOWN = ("age_band", "gender", "ethnicity", "tenure")


def write(folder: Path) -> tuple[Path, Path]:
    """Write codings.csv and participants.csv; an officer's own observations are nobody's words."""
    folder.mkdir(parents=True, exist_ok=True)
    people = pd.DataFrame([*_interviewed(), *_answered(), *_noted()])
    said = pd.DataFrame(
        [
            {"participant_id": row["participant_id"], "code": code, "origin": "human"}
            for name in CODINGS
            for row in _rows(ROOT / "tests" / "data" / name)
            for code in row["codes"].split(";")
        ]
    )
    said = said[said["participant_id"].isin(people["participant_id"])]
    said = said[
        ~said["participant_id"].isin(people.loc[people["consent"] == "none", "participant_id"])
    ]
    said.to_csv(folder / "codings.csv", index=False)
    people.to_csv(folder / "participants.csv", index=False)
    return folder / "codings.csv", folder / "participants.csv"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _person(who: str, kind: str, place: str, consent: str, people: str) -> dict[str, str]:
    return {
        "participant_id": who,
        "source_kind": kind,
        "place": place,
        "consent": consent,
        "people": people,
        "attr:place": place,
    }


def _interviewed() -> Iterator[dict[str, str]]:
    for row in _rows(EXAMPLE / "manifest_interviews.csv"):
        if row["participant_id"] != "interviewer":
            kept = _person(
                row["participant_id"], "interview", row["place"], row["consent"], row["people"]
            )
            yield kept | {f"attr:{name}": row[f"attr:{name}"] for name in KNOWN}


def _answered() -> Iterator[dict[str, str]]:
    for row in _rows(EXAMPLE / "survey.csv"):
        kept = _person(row["Response ID"], "survey", row["place"], row["consent"], "1")
        yield kept | {f"attr:{name}": row[name] for name in KNOWN}


def _noted() -> Iterator[dict[str, str]]:
    notes = pd.read_excel(
        EXAMPLE / "street_notes.xlsx", dtype=str, keep_default_na=False, engine="calamine"
    )
    for row in notes.to_dict("records"):
        if row["voice"] != "observation":
            people = row["people"] or "1"
            kept = _person(row["note_id"], "street", row["place"], row["consent"], people)
            yield kept | {f"attr:{name}": row.get(name, "") for name in KNOWN}
