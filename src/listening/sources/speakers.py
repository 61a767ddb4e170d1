"""Who speaks in a transcript: which labels mean an interviewer, and who asks the questions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from listening.sources.lines import Utterance
from listening.sources.manifest import INTERVIEWER, label_key
from listening.sources.refuse import words

_INTERVIEWERS = words(
    "interviewer int intv intvr iv i q cdo moderator mod facilitator fac officer host researcher "
    "chair question chairperson interviewers facilitators moderators"
) | {"community development officer", "link worker", "community researcher"}
_OBSERVERS = words(
    "observation observations observer fieldnote fieldnotes note-taker notetaker"
) | {
    "field note",
    "field notes",
    "officer's note",
    "note taker",
}
_PARTICIPANTS = words(
    "participant participants part p pt respondent resp resident residents r res interviewee a "
    "answer speaker s spk mum mother dad father parent carer man woman male female m f patient "
    "client guest unknown everyone all both various group child neighbour husband wife son "
    "daughter partner caller volunteer member person passer-by passerby teenager grandmother "
    "grandfather nan"
) | {"young person", "group member", "unknown speaker", "several voices", "the participant"}
_NUMBER = re.compile(r"[\s_#.-]*\d{1,3}$")
_IN_BRACKETS = re.compile(r"\s*[\[(][^\])]*[\])]\s*$")

#: Who asks must ask in at least this share of their turns, and …
_ASKS_OFTEN = 0.25
#: … must put this share of all the questions asked in the meeting.
_ASKS_MOST = 0.5


@dataclass(frozen=True)
class Roles:
    """Role of each label, the voice that some labels carry, and how this was decided."""

    roles: Mapping[str, str]
    voices: Mapping[str, str]
    notes: tuple[str, ...] = ()


def base_label(label: str) -> str:
    """Return a label without its number or bracket, in small letters: ``Speaker 2`` → speaker."""
    return _NUMBER.sub("", _IN_BRACKETS.sub("", label_key(label)))


def is_generic(label: str) -> bool:
    """Tell whether a label says what somebody is, and names nobody."""
    base = base_label(label)
    return base in _INTERVIEWERS or base in _OBSERVERS or base in _PARTICIPANTS


def is_interviewer_label(label: str) -> bool:
    """Tell whether a label always means an interviewer, host or note-taker."""
    hosting = re.search(r"\((?:host|co-host|interviewer|facilitator)\)", label, re.IGNORECASE)
    return base_label(label) in _INTERVIEWERS | _OBSERVERS or bool(hosting)


def asks(text: str) -> bool:
    """Tell whether a turn ends in a question, quotation marks and dots aside."""
    return text.rstrip(" \n\"'”’).…").endswith("?")


def assign_roles(utterances: Sequence[Utterance], rows: Sequence[Mapping[str, str]]) -> Roles:
    """Give each label a role.

    Args:
        utterances: labelled turns in order.
        rows: the manifest's rows on this file; rows that name a speaker decide.
    """
    labels = list(dict.fromkeys(utterance.speaker for utterance in utterances))
    voices = {label: "observation" for label in labels if base_label(label) in _OBSERVERS}
    listed = {label_key(row["speaker"]): row for row in rows if row["speaker"]}
    if listed:
        return Roles(*_from_manifest(labels, listed, voices))
    sure = [label for label in labels if is_interviewer_label(label)]
    notes: list[str] = []
    if not [label for label in sure if label not in voices] and len(labels) > 1:
        others = [label for label in labels if label not in voices]
        guess = _who_asks(others, utterances) if len(others) > 1 else ""
        sure += [guess] if guess else []
        notes += [_told(others, guess)] if len(others) > 1 else []
    roles = {label: INTERVIEWER if label in sure else "participant" for label in labels}
    return Roles(roles, voices, tuple(notes))


def _from_manifest(
    labels: Sequence[str], listed: Mapping[str, Mapping[str, str]], voices: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str], tuple[str, ...]]:
    roles, spoken, unlisted = {}, dict(voices), 0
    for label in labels:
        row = listed.get(label_key(label))
        if row is None:
            unlisted += not is_interviewer_label(label)
            roles[label] = INTERVIEWER if is_interviewer_label(label) else "participant"
            continue
        interviews = row["participant_id"].casefold() == INTERVIEWER
        roles[label] = INTERVIEWER if interviews else "participant"
        if row["voice"]:
            spoken[label] = row["voice"]
    many = "speakers are" if unlisted > 1 else "speaker is"
    told = f"{unlisted} {many} not in the manifest, so nothing is known of their consent."
    return roles, spoken, (told,) if unlisted else ()


def _who_asks(labels: Sequence[str], utterances: Sequence[Utterance]) -> str:
    """Return the label that asks most and often; between two equals, the one who talks first."""
    turns = dict.fromkeys(labels, 0)
    asked = dict(turns)
    for utterance in utterances:
        if utterance.speaker in turns:
            turns[utterance.speaker] += 1
            asked[utterance.speaker] += asks(utterance.text)
    every = sum(asked.values())
    # max keeps the first of equals, and labels stand in the order in which people first talk.
    best = max(labels, key=lambda label: asked[label], default="")
    if not best or not every:
        return ""
    often = asked[best] / turns[best] >= _ASKS_OFTEN
    most = asked[best] / every > _ASKS_MOST or (len(labels) == 2 and asked[best] / every == 0.5)
    return best if often and most else ""


def _told(labels: Sequence[str], guess: str) -> str:
    """Speakers are told apart by their order here: a note shows nobody's name."""
    mend = "If that is wrong, say in a manifest who the interviewer is."
    if guess:
        place = ("first", "second", "third")[labels.index(guess)] if labels.index(guess) < 3 else ""
        which = f"the {place} to speak" if place else f"number {labels.index(guess) + 1} to speak"
        return f"We think that {which} is the interviewer, because they ask the questions. {mend}"
    who = f"No interviewer was clear among {len(labels)} speakers"
    return f"{who}, so all are read as residents. {mend}"
