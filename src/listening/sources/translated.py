"""Translations that a person supplied: a column beside the answers, or a file beside the file.

The original always stays; which of the two is analysed is the steps' business.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from listening.errors import UnreadableFile
from listening.records import Reading, Reject, Table
from listening.sources.column_names import plain
from listening.sources.refuse import shown

_AFTER = re.compile(
    r"^(?P<of>.*?)\s*\b(?:(?:in )?english(?: translation| version)?"
    r"|translat(?:ed|ion)(?: (?:in|into|to))?(?: english)?)$"
)
_BEFORE = re.compile(r"^(?:english )?translation(?: of)?\s*(?P<of>.*)$")
_NARROWEST = ("none", "analysis", "", "quotation")


def translated_columns(headers: Sequence[str], free: Collection[int]) -> dict[int, str]:
    """Return columns that are called the translation of another one, with what that one is called.

    “Answer (English)” beside “Answer” is one; so is “Translation”, of the only column of answers,
    which comes back with "".

    Args:
        headers: what the columns are called.
        free: places of the columns that may be one.
    """
    called = {plain(header) for header in headers}
    found = {}
    for place in free:
        header = plain(headers[place])
        match = _AFTER.match(header) or _BEFORE.match(header)
        told = match is not None and (match["of"] in called or "translat" in header)
        if match and told and (not match["of"] or match["of"] in called):
            found[place] = match["of"]
    return found


def paired(
    headers: Sequence[str], text: Sequence[int], translated: Mapping[int, str]
) -> dict[int, int]:
    """Return place of answers → place of their translations.

    Args:
        headers: what the columns are called.
        text: places of the columns of answers.
        translated: what `translated_columns` returned.
    """
    by_name = {plain(headers[place]): place for place in text}
    if len(text) == 1:
        by_name[""] = text[0]
    pairs: dict[int, int] = {}
    for place, of in translated.items():
        if of in by_name:
            pairs.setdefault(by_name[of], place)
    return pairs


def with_translation(reading: Reading, translated: Reading, name: str) -> Reading:
    """Put the turns of a translation beside those of its original, one by one.

    It must have as many turns, by the same speakers in the same order, whatever they are called in
    it; otherwise it is set aside, and the original stands alone. Of two consents of one person the
    narrower stands; a disclosure of harm that one of them tells of holds for both.

    Args:
        reading: the original.
        translated: its translation, read as a file of its own.
        name: what reports call the file of the translation.

    Raises:
        UnreadableFile: it is set aside, and withholds somebody: nobody can tell whom here.
    """
    own, other = _order(reading.turns), _order(translated.turns)
    if own != other:
        if set(translated.people["consent"]) & {"none"} or "yes" in set(
            translated.people["disclosure"]
        ):
            raise withholds(str(reading.people["file"].iloc[0]), name)
        refused = _apart(name, len(own), len(other))
        people = translated.people
        both = as_strict(reading, name, people["consent"], people["consent_until"])
        return dataclasses.replace(both, rejects=(*both.rejects, refused))
    turns = reading.turns.assign(translation=translated.turns["text"].to_numpy())
    note = f"{shown(len(turns), 'turn')} have a translation beside them."
    return dataclasses.replace(
        reading,
        turns=turns,
        people=_narrowed(reading, translated),
        names=tuple(dict.fromkeys((*reading.names, *translated.names))),
        notes=(*reading.notes, note),
    )


def as_strict(
    reading: Reading, name: str, consents: Iterable[str], untils: Iterable[str]
) -> Reading:
    """Hold everybody of a file to the strictest consent of a translation that is set aside.

    Nobody can tell which of its people is whom.

    Args:
        reading: the original.
        name: what reports call the file of the translation.
        consents: what was agreed to in the translation.
        untils: until when.
    """
    allowed = min((one for one in consents if one), key=_NARROWEST.index, default="quotation")
    until = min((day for day in untils if day), default="")
    people = reading.people.copy()
    people["consent"] = [min(one, allowed, key=_NARROWEST.index) for one in people["consent"]]
    people["consent_until"] = [
        min((day for day in (one, until) if day), default="") for one in people["consent_until"]
    ]
    if people.equals(reading.people):
        return reading
    told = Reject(
        str(people["file"].iloc[0]),
        "",
        "Consent",
        f"The translation {name} was set aside, and less was agreed to in it. What was agreed to "
        "there holds for everybody in the original.",
        "Write the same consent on the rows of both files, and run again.",
    )
    return dataclasses.replace(reading, people=people, rejects=(*reading.rejects, told))


def withholds(name: str, translation: str) -> UnreadableFile:
    """Say that a translation that cannot be used leaves somebody out."""
    return UnreadableFile(
        name,
        f"was not read: its translation {translation} cannot be put beside it, and somebody in the "
        "translation is to be left out.",
        "Write the same consent and disclosure on the rows of both files, and run again.",
    )


def _order(turns: Table) -> list[int]:
    """Number speakers in the order in which they are first heard: equal for equal order."""
    first: dict[str, int] = {}
    return [first.setdefault(str(who), len(first)) for who in turns["participant"]]


def _narrowed(reading: Reading, translated: Reading) -> Table:
    both = zip(reading.turns["participant"], translated.turns["participant"], strict=True)
    known: dict[Any, Any] = {row.participant: row for row in translated.people.itertuples()}
    said = {own: known[other] for own, other in both if own and other in known}
    people = reading.people.copy()
    people["consent"] = [
        min(consent, said[who].consent or consent, key=_NARROWEST.index) if who in said else consent
        for who, consent in zip(people["participant"], people["consent"], strict=True)
    ]
    people["consent_until"] = [
        min(
            (day for day in (until, said[who].consent_until if who in said else "") if day),
            default="",
        )
        for who, until in zip(people["participant"], people["consent_until"], strict=True)
    ]
    people["disclosure"] = [
        "yes" if who in said and said[who].disclosure == "yes" else told
        for who, told in zip(people["participant"], people["disclosure"], strict=True)
    ]
    return people


def _apart(name: str, own: int, other: int) -> Reject:
    why = f"It has {shown(other, 'turn')} and the original {own:,}"
    if own == other:
        why = f"It has {shown(other, 'turn')} as the original has, and other people speak them"
    return Reject(
        name,
        "",
        "The translation",
        f"{why}, so that nobody can tell which turn is which. The original was read without it.",
        "Give the translation the same turns in the same order as the original, and run again.",
    )
