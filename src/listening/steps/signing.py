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
from listening.store.releases import NO, REFUSED, SIGNED, TAKEN_BACK, YES, Decision

COLUMNS = ("code", "segment_id", "participant_id", "text", "voice", "source_kind", "attributes")
WAITS = "waits"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Waiting:
    """A candidate quote as it would be published, and what was decided.

    Attributes:
        text: with public places in general words.
        decision: `signed`, `refused` or `waits`.
        by: who decided, and when.
        why: why it was refused.
    """

    theme: str
    segment_id: str
    text: str
    voice: str
    source_kind: str
    attributes: Mapping[str, str]
    decision: str
    by: str
    why: str = ""


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
        found = standing(one, decided.get((one.segment_id, one.theme)))
        text = quotes.general(one.text, one.places)
        told.append(
            Waiting(one.theme, one.segment_id, text, one.voice, one.source_kind, one.attributes,
                    found.decision if found else WAITS, f"{found.by}, {found.day}" if found else "",
                    found.why if found else "")
        )  # fmt: skip
    return told


def standing(one: quotes.Candidate, found: Decision | None) -> Decision | None:
    """Return a decision where it holds: on these very words, and not taken back."""
    if found is None or found.decision == TAKEN_BACK or found.words != fingerprint(one.text):
        return None
    return found


def decide(
    work: Work,
    folder: Path,
    segments: Iterable[str],
    by: str,
    *,
    signed: bool,
    why: str = "",
    speaks: str = "",
    theme: str = "",
) -> list[Waiting]:
    """Sign off candidate quotes, or refuse them; return them as they would be published.

    Args:
        work: the workplace.
        folder: working results.
        segments: ids of the passages.
        by: who read them and decided.
        signed: whether they are signed off; refused otherwise.
        why: why they are refused.
        speaks: whether they speak for their theme: YES or NO; empty where that was not said.
        theme: for which theme alone; for each of which they are candidates where it is empty.

    Raises:
        ListeningError: nobody's name is given, it is no candidate of these results, or something
            is not said that a decision needs.
    """
    if not by.strip():
        raise ListeningError(
            "The decision", "needs a person's name.", "Say who decided: --by NAME."
        )
    wanted = set(segments)
    found = [
        one
        for one in candidates(work, folder)
        if one.segment_id in wanted and theme in ("", one.theme)
    ]
    lost = sorted(wanted - {one.segment_id for one in found})
    if lost:
        raise NothingToDo(
            f"The passage {lost[0]}",
            f"is no candidate quote {f'of {theme} ' if theme else ''}in these results.",
            "See which are: listening quotes list DIR.",
        )
    decision = SIGNED if signed else REFUSED
    must_be_said(decision, speaks, why)
    for one in found:
        enter(work, one, decision, by, why, speaks)
    return [
        one
        for one in waiting(work, folder)
        if one.segment_id in wanted and theme in ("", one.theme)
    ]


def must_be_said(decision: str, speaks: str, why: str) -> None:
    """Refuse a decision that does not say what it rests on: on a page and elsewhere alike.

    Raises:
        ListeningError: one that is signed does not speak for its theme, or nobody says whether it
            does; or one is refused that may speak for it, without a reason.
    """
    if decision == SIGNED and speaks == NO:
        raise ListeningError(
            "A quote that does not speak for its priority", "is not signed off.", "Refuse it."
        )
    if decision == SIGNED and speaks != YES:
        raise ListeningError(
            "The decision",
            "does not say whether the quote speaks for its priority: a machine or a coder put it "
            "there, and may have taken it for its opposite.",
            "Say it: --speaks yes on the command line, “yes” in the column `speaks` of quotes.csv.",
        )
    if decision == REFUSED and speaks != NO and not why.strip():
        raise ListeningError(
            "The decision",
            "does not say why the quote should not be published.",
            "Say it: --why TEXT, or --speaks no where it does not speak for its priority.",
        )


def enter(
    work: Work,
    one: quotes.Candidate,
    decision: str,
    by: str,
    why: str = "",
    speaks: str = "",
) -> None:
    """Write a decision on a candidate into the log, with whether it speaks for its theme.

    Raises:
        ListeningError: it is to be signed off, and its person has not agreed to be quoted; or
            something is not said that the decision needs.
    """
    must_be_said(decision, speaks, why)
    if decision == SIGNED and not one.may:
        raise ListeningError(
            f"The passage {one.segment_id}",
            "may not be quoted: its person has not agreed to it, or their consent has ended.",
            "Leave it out.",
        )
    made = Decision(
        one.segment_id, one.theme, fingerprint(one.text), decision, by.strip(),
        work.today.isoformat(), _reason(why, speaks) if decision == REFUSED else "", speaks,
    )  # fmt: skip
    work.store.releases.decide(made)


def _reason(why: str, speaks: str) -> str:
    """Return the reason that stands where somebody gave none of their own."""
    return why.strip() or ("It does not speak for this priority." if speaks == NO else "")


def take_over(work: Work, folder: Path) -> int:
    """Keep what people wrote into `signed_off_by`, `signed_off_on` and `speaks` of `quotes.csv`.

    A decision that the store holds already stays, so that a refusal is not undone by an old file.

    Returns:
        How many were taken over.

    Raises:
        ListeningError: somebody signed a row and does not say that it speaks for its priority.
    """
    every = work.store.releases.every_decision()
    known = {(one.segment_id, one.theme, one.words) for one in every}
    fresh = 0
    for row in read_csv(folder / "quotes.csv", COLUMNS).to_dict("records"):
        by = str(row.get("signed_off_by", "")).strip()
        key = row["segment_id"], row["code"], fingerprint(row["text"])
        if by and key not in known:
            day = str(row.get("signed_off_on", "")).strip()
            day = day if _DAY.fullmatch(day) else work.today.isoformat()
            speaks = str(row.get("speaks", "")).strip().casefold()
            must_be_said(SIGNED, speaks, "")
            work.store.releases.decide(Decision(*key, SIGNED, by, day, speaks=speaks))
            fresh += 1
    return fresh


def signed_off(work: Work, found: Iterable[quotes.Candidate]) -> list[quotes.Candidate]:
    """Return those candidates whose very words somebody signed off."""
    good = {(d.segment_id, d.theme, d.words) for d in _signed(work)}
    return [one for one in found if (one.segment_id, one.theme, fingerprint(one.text)) in good]


def published(work: Work) -> set[tuple[str, str, str]]:
    """Return theme, participant and published words of what is signed off as it is kept now.

    What somebody took back or refused since is none of it, and neither is what reads otherwise now.
    """
    signed = _signed(work)
    ids = {one.segment_id for one in signed}
    kept = {segment: (who, text) for segment, who, text, _ in work.store.releases.passages(ids)}
    places = work.store.releases.places_named(kept)
    found = set()
    for one in signed:
        who, text = kept.get(one.segment_id, ("", ""))
        if who and one.words == fingerprint(text):
            named = _places_in(text, places.get(one.segment_id, ()))
            found.add((one.theme, who, quotes.general(text, named)))
    return found


def _signed(work: Work) -> list[Decision]:
    return [one for one in work.store.releases.decisions() if one.decision == SIGNED]


def signatures(work: Work, table: Any) -> dict[str, list[str]]:
    """Return who signed off each row of candidate quotes, when, and that it speaks for its theme.

    They are columns of `quotes.csv`.
    """
    signed = {(d.segment_id, d.theme, d.words): d for d in _signed(work)}
    keys = [
        (row["segment_id"], row["code"], fingerprint(row["text"]))
        for row in table.to_dict("records")
    ]
    return {
        "signed_off_by": [signed[key].by if key in signed else "" for key in keys],
        "signed_off_on": [signed[key].day if key in signed else "" for key in keys],
        "speaks": [signed[key].speaks if key in signed else "" for key in keys],
    }
