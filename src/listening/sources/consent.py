"""The gate: nobody passes whose consent says no, or has run out."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Mapping
from typing import NamedTuple

import pandas as pd

from listening.programme import Programme
from listening.records import PEOPLE, TURNS, Reading, Reject, check
from listening.sources.dates import to_iso


def gate(
    reading: Reading,
    declared: str,
    today: datetime.date,
    withdrew: Callable[[str, str], bool] = lambda _participant, _programme_id: False,
    programme: Programme | None = None,
) -> Reading:
    """Leave out everybody who may not be read, with all their turns.

    Args:
        reading: what was read of one file.
        declared: consent of people about whom nothing is stated; "" means ``analysis``, so that
            they are counted and never quoted.
        today: the day of reading; a `consent_until` that lies before it has run out.
        withdrew: told of a participant's key within the file and of the programme's id for them,
            says whether they have withdrawn.
        programme: whose rule says who agrees for the young, and who is told of harm.

    Returns:
        The reading without them, with a reject for each that quotes nothing. `names` stay, for
        others may speak of those who left. Where nobody is left, no turn is.
    """
    people = reading.people.copy()
    rule = programme or Programme("", "")
    rows = people.to_dict("records")
    why = [_WITHDREW if _left(row, withdrew) else _why_not(row, today, rule) for row in rows]
    out = pd.Series([bool(reason) for reason in why], index=people.index, dtype=bool)
    people["consent"] = people["consent"].where(people["consent"] != "", declared or "analysis")
    gone = set(people.loc[out, "participant"])
    stays = ~reading.turns["participant"].isin(gone) | (reading.turns["role"] != "participant")
    turns = reading.turns[stays if not out.all() else stays & False]
    rejects = [
        _reject(reading, str(participant), reason)
        for participant, reason in zip(people["participant"], why, strict=True)
        if reason
    ]
    return Reading(
        turns=check(turns.reset_index(drop=True), TURNS),
        people=check(people[~out].reset_index(drop=True), PEOPLE),
        rejects=(*reading.rejects, *rejects),
        notes=reading.notes,
        names=reading.names,
        speakers=reading.speakers,
    )


class _Why(NamedTuple):
    """Why a person is left out, and what to do about it."""

    why: str
    what_to_do: str = "Nothing, if that is right. Otherwise correct the consent and run again."


_WITHDREW = _Why("They have withdrawn.", "Nothing: what they said stays out.")


def _left(row: Mapping[Hashable, object], withdrew: Callable[[str, str], bool]) -> bool:
    return withdrew(str(row["participant"]), str(row["programme_id"]))


def _why_not(row: Mapping[Hashable, object], today: datetime.date, rule: Programme) -> _Why | None:
    """Return why a person is left out, or nothing."""
    if row["disclosure"] == "yes":
        lead = rule.safeguarding.line or "the programme's safeguarding lead"
        why = "An officer marked a disclosure of harm: it never goes into the analysis."
        return _Why(why, f"Tell {lead} today, if that was not done yet.")
    if row["consent"] == "none":
        return _Why("Their consent is “none”, or their row of the manifest must be mended first.")
    if row["young"] == "yes" and rule.young == "guardian" and row["consent_by"] != "both":
        why = "They are young, and a guardian's consent with their own assent is not recorded."
        return _Why(why, "Write `both` into `consent_by` once both have agreed; then run again.")
    until = str(row["consent_until"])
    iso = to_iso(until) if until else ""
    # ISO text sorts by time; a month alone holds until its last day. No date is no consent.
    if until and (not iso or iso < today.isoformat()[: len(iso)]):
        return _Why("Their consent has run out.")
    return None


def _reject(reading: Reading, participant: str, left_out: _Why) -> Reject:
    mine = reading.turns[reading.turns["participant"] == participant]
    row = str(mine["row"].min()) if len(mine) else ""
    return Reject(
        str(reading.people["file"].iloc[0]),
        row,
        "One person, with everything they said",
        left_out.why,
        left_out.what_to_do,
    )
