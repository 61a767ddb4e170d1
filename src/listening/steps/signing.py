"""Signing off quotes one by one: what a person read, and what they decided about it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from listening.disclosure import quotes
from listening.errors import ListeningError, NothingToDo
from listening.steps.csvs import read_csv
from listening.steps.work import Work
from listening.store.releases import Decision

COLUMNS = ("code", "segment_id", "participant_id", "text", "voice", "source_kind", "attributes")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Waiting:
    """A candidate quote as it would be published, and what was decided.

    Attributes:
        text: with public places in general words.
        decision: `signed`, `refused` or `waits`.
        by: who decided, and when.
    """

    theme: str
    segment_id: str
    text: str
    voice: str
    source_kind: str
    attributes: Mapping[str, str]
    decision: str
    by: str


def candidates(work: Work, folder: Path) -> list[quotes.Candidate]:
    """Return every candidate quote of working results, signed off or not.

    Raises:
        ListeningError: the folder holds no `quotes.csv`, or one that cannot be read.
    """
    rows = read_csv(folder / "quotes.csv", COLUMNS).to_dict("records")
    people = {row["participant_id"] for row in rows}
    may = work.store.quotable(people)
    may &= work.store.releases.holding(people, work.today.isoformat())
    passages = {row["segment_id"] for row in rows}
    places = work.store.releases.places_named(passages)
    kept = work.store.releases.passages(passages)
    return [
        quotes.Candidate(
            theme=row["code"],
            segment_id=row["segment_id"],
            participant_id=row["participant_id"],
            text=row["text"],
            voice=row["voice"],
            source_kind=row["source_kind"],
            attributes=json.loads(row["attributes"] or "{}"),
            translated=row.get("translated", "") == "True",
            places=_places_in(row["text"], places.get(row["segment_id"], ())),
            may=row["participant_id"] in may,
            as_said=(row["segment_id"], row["participant_id"], row["text"], row["voice"]) in kept,
        )
        for row in rows
    ]


def _places_in(text: str, named: Iterable[tuple[str, str]]) -> tuple[tuple[int, int, str], ...]:
    """Return every place that stands in a text; of those that overlap the longest."""
    found: list[tuple[int, int, str]] = []
    for words, kind in sorted(set(named), key=lambda one: (-len(one[0]), one)):
        if not words.strip():
            continue
        for match in re.finditer(re.escape(words), text, re.IGNORECASE):
            if all(match.end() <= start or end <= match.start() for start, end, _ in found):
                found.append((match.start(), match.end(), kind))
    return tuple(sorted(found))


def fingerprint(text: str) -> str:
    """Return the hash of the words that somebody signed off."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def waiting(work: Work, folder: Path) -> list[Waiting]:
    """Return the candidate quotes of working results with what was decided on each."""
    take_over(work, folder)
    decided = {(one.segment_id, one.theme): one for one in work.store.releases.decisions()}
    told = []
    for one in candidates(work, folder):
        found = decided.get((one.segment_id, one.theme))
        holds = found is not None and found.words == fingerprint(one.text)
        word = "waits"
        if found is not None and holds:
            word = "signed" if found.signed else "refused"
        by = f"{found.by}, {found.day}" if found is not None and holds else ""
        text = quotes.general(one.text, one.places)
        told.append(
            Waiting(one.theme, one.segment_id, text, one.voice, one.source_kind,
                    one.attributes, word, by)
        )  # fmt: skip
    return told


def decide(
    work: Work, folder: Path, segments: Iterable[str], by: str, *, signed: bool
) -> list[Waiting]:
    """Sign off candidate quotes, or refuse them; return them as they would be published.

    Raises:
        ListeningError: nobody's name is given, or it is no candidate of these results.
    """
    if not by.strip():
        raise ListeningError(
            "The decision", "needs a person's name.", "Say who decided: --by NAME."
        )
    wanted = set(segments)
    found = [one for one in candidates(work, folder) if one.segment_id in wanted]
    lost = sorted(wanted - {one.segment_id for one in found})
    if lost:
        raise NothingToDo(
            f"The passage {lost[0]}",
            "is no candidate quote of these results.",
            "See which are: listening quotes list DIR.",
        )
    for one in found:
        if signed and not one.may:
            raise ListeningError(
                f"The passage {one.segment_id}",
                "may not be quoted: its person has not agreed to it, or their consent has ended.",
                "Leave it out.",
            )
        work.store.releases.decide(
            Decision(one.segment_id, one.theme, fingerprint(one.text), signed, by.strip(),
                     work.today.isoformat())
        )  # fmt: skip
    return [one for one in waiting(work, folder) if one.segment_id in wanted]


def take_over(work: Work, folder: Path) -> int:
    """Keep what people wrote into the columns `signed_off_by` and `signed_off_on` of `quotes.csv`.

    A decision that the store holds already stays, so that a refusal is not undone by an old file.

    Returns:
        How many were taken over.
    """
    known = {(one.segment_id, one.theme, one.words) for one in work.store.releases.decisions()}
    fresh = 0
    for row in read_csv(folder / "quotes.csv", COLUMNS).to_dict("records"):
        by = str(row.get("signed_off_by", "")).strip()
        key = row["segment_id"], row["code"], fingerprint(row["text"])
        if by and key not in known:
            day = str(row.get("signed_off_on", "")).strip()
            day = day if _DAY.fullmatch(day) else work.today.isoformat()
            work.store.releases.decide(Decision(*key, signed=True, by=by, day=day))
            fresh += 1
    return fresh


def signed_off(work: Work, found: Iterable[quotes.Candidate]) -> list[quotes.Candidate]:
    """Return those candidates whose very words somebody signed off."""
    good = {(d.segment_id, d.theme, d.words) for d in work.store.releases.decisions() if d.signed}
    return [one for one in found if (one.segment_id, one.theme, fingerprint(one.text)) in good]


def signatures(work: Work, table: Any) -> dict[str, list[str]]:
    """Return who signed off each row of candidate quotes and when, for `quotes.csv`."""
    signed = {
        (d.segment_id, d.theme, d.words): d for d in work.store.releases.decisions() if d.signed
    }
    keys = [
        (row["segment_id"], row["code"], fingerprint(row["text"]))
        for row in table.to_dict("records")
    ]
    return {
        "signed_off_by": [signed[key].by if key in signed else "" for key in keys],
        "signed_off_on": [signed[key].day if key in signed else "" for key in keys],
    }
