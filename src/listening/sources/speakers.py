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
_BRACKETED = re.compile(r"\s*[\[(](?P<role>[^\])]*)[\])]\s*$")
#: Hyphens within a word (a double name, note-taker) part nothing.
_DASHES = re.compile(r"\s+[-–—]\s*|[-–—]\s+|\s*[–—,/|]\s*")
#: Roles that mean an interviewer beside a name; a chair there may be a residents' group's own.
_BESIDE_NAME = (_INTERVIEWERS | _OBSERVERS | {"co-host"}) - words(
    "i q question chair chairperson interviewers facilitators moderators"
)
#: Without a mark between role and name, only roles that are neither names nor other people's.
_AFTER_NAME = _BESIDE_NAME - words("officer host mod fac int iv")
_BEFORE_NAME = _BESIDE_NAME - words("host mod int iv observation observations")

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
    """Tell whether a label means an interviewer, host or note-taker, with or without a name."""
    return base_label(label) in _INTERVIEWERS | _OBSERVERS or name_in(label) != label


def name_in(label: str) -> str:
    """Return the name beside an interviewer's role (``Mo (CDO)``, ``CDO Mo``), else the label."""
    if is_generic(label):
        return label
    if (bracket := _BRACKETED.search(label)) and _is_role(bracket["role"]):
        return label[: bracket.start()].strip() or label
    parts = [part.strip() for part in _DASHES.split(label) if part.strip()]
    names = [part for part in parts if not _is_role(part)]
    if names and len(names) < len(parts):
        return " ".join(names)
    words = label.split()
    for size in (1, 2, 3):
        first, last = words[:size], words[-size:]
        if size < len(words) <= size + 2 and label_key(" ".join(first)) in _BEFORE_NAME:
            return " ".join(words[size:])
        if size < len(words) <= size + 2 and label_key(" ".join(last)) in _AFTER_NAME:
            return " ".join(words[:-size])
    return label


def _is_role(text: str) -> bool:
    return base_label(text) in _BESIDE_NAME


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
        return _from_manifest(labels, listed, voices, utterances)
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
    labels: Sequence[str],
    listed: Mapping[str, Mapping[str, str]],
    voices: Mapping[str, str],
    utterances: Sequence[Utterance],
) -> Roles:
    """The manifest decides on whom it lists; labels and questions decide on one whom it does not.

    A label is named in the notes, for that is what somebody has to put into the manifest.
    """
    found = {label: listed[label_key(label)] for label in labels if label_key(label) in listed}
    spoken = dict(voices) | {label: row["voice"] for label, row in found.items() if row["voice"]}
    sure = {
        label for label, row in found.items() if row["participant_id"].casefold() == INTERVIEWER
    }
    unlisted = [label for label in labels if label not in found]
    by_label = [label for label in unlisted if is_interviewer_label(label)]
    others = [label for label in unlisted if label not in by_label]
    notes = []
    if by_label:
        notes.append(
            f"{_quoted(by_label)}, not in the manifest, is read as an interviewer's label."
        )
    asking = not sure and not set(by_label) - set(voices) and len(others) == 1
    talking = [label for label in labels if label not in voices]
    if asking and len(talking) > 1 and _who_asks(talking, utterances) == others[0]:
        notes.append(
            f"{_quoted(others)} is not in the manifest and asks the questions, so we think that "
            "this is the interviewer. If that is wrong, add a row for this label to the manifest."
        )
        by_label, others = [*by_label, *others], []
    if others:
        many = "speakers are" if len(others) > 1 else "speaker is"
        notes.append(
            f"{len(others)} {many} not in the manifest ({_quoted(others)}), so nothing is known of "
            "their consent."
        )
    sure |= set(by_label)
    roles = {label: INTERVIEWER if label in sure else "participant" for label in labels}
    return Roles(roles, spoken, tuple(notes))


def _quoted(labels: Sequence[str]) -> str:
    return ", ".join(f"“{label}”" for label in labels)


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
