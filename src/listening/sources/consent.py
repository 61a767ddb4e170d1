"""The gate: nobody passes whose consent says no, or has run out."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Mapping

import pandas as pd

from listening.records import PEOPLE, TURNS, Reading, Reject, check
from listening.sources.dates import to_iso


def gate(
    reading: Reading,
    declared: str,
    today: datetime.date,
    withdrew: Callable[[str, str], bool] = lambda _participant, _programme_id: False,
) -> Reading:
    """Leave out everybody who may not be read, with all their turns.

    Args:
        reading: what was read of one file.
        declared: consent of people about whom nothing is stated; "" means ``analysis``, so that
            they are counted and never quoted.
        today: the day of reading; a `consent_until` that lies before it has run out.
        withdrew: told of a participant's key within the file and of the programme's id for them,
            says whether they have withdrawn.

    Returns:
        The reading without them, with a reject for each that quotes nothing. `names` stay, for
        others may speak of those who left. Where nobody is left, no turn is.
    """
    people = reading.people.copy()
    why = [_why_not(row, today, withdrew) for row in people.to_dict("records")]
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


def _why_not(
    row: Mapping[Hashable, object], today: datetime.date, withdrew: Callable[[str, str], bool]
) -> str:
    """Return why a person is left out, or ""."""
    if withdrew(str(row["participant"]), str(row["programme_id"])):
        return "They have withdrawn."
    if row["consent"] == "none":
        return "Their consent is “none”, or their row of the manifest must be mended first."
    until = str(row["consent_until"])
    if not until:
        return ""
    iso = to_iso(until)
    # ISO text sorts by time; a month alone holds until its last day. No date is no consent.
    if not iso or iso < today.isoformat()[: len(iso)]:
        return "Their consent has run out."
    return ""


def _reject(reading: Reading, participant: str, why: str) -> Reject:
    mine = reading.turns[reading.turns["participant"] == participant]
    row = str(mine["row"].min()) if len(mine) else ""
    return Reject(
        str(reading.people["file"].iloc[0]),
        row,
        "One person, with everything they said",
        why,
        "Nothing, if that is right. Otherwise correct the consent and run again.",
    )
