"""An aim as one sentence that can be checked later: what, for whom, by how much, by when.

What is in doubt is said kindly and never refused: an aim grows better as people talk about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from listening.actions.nouns import Action

#: words that sound like an aim and cannot be found true or false
_VAGUE = re.compile(
    r"\b(improv\w*|enhanc\w*|better|support\w*|promot\w*|rais\w* awareness|explor\w*|look(ing)? "
    r"into|engag\w*|address\w*|optimis\w*|empower\w*)\b",
    re.IGNORECASE,
)
_EVERYBODY = re.compile(r"^(every(one|body)|all( people| residents)?|the (community|public)|people|"
                        r"residents)\.?$", re.IGNORECASE)  # fmt: skip
_NUMBER = re.compile(
    r"\d|\b(half|halve|double|third|quarter|none|every|all|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|twelve|twenty)\b",
    re.IGNORECASE,
)
#: further off than this, nobody sees whether it works
_FAR_YEARS = 5


@dataclass(frozen=True)
class Asked:
    """A question that would make an aim clearer; `field` is the part that it is about."""

    field: str
    question: str


def sentence(action: Action) -> str:
    """Return the aim as one sentence; a part that is missing leaves a gap that can be seen."""
    parts = (action.aim_what, action.aim_whom, action.aim_much, action.aim_when)
    if not any(parts):
        return ""
    what = _tidy(action.aim_what) or "…"
    whom = _tidy(action.aim_whom) or "…"
    much = _tidy(action.aim_much) or "…"
    return f"{what[:1].upper()}{what[1:]} for {whom}: {much}, by {_day(action.aim_when)}"


def doubts(action: Action, today: date) -> list[Asked]:
    """Ask what would make the aim one that can be checked; nothing where it is."""
    if not sentence(action):
        return [Asked("aim_what", "What is to be different, that residents would notice?")]
    asked = []
    if not action.aim_what:
        asked.append(Asked("aim_what", "What is to be different, that residents would notice?"))
    elif (word := _VAGUE.search(action.aim_what)) and not action.aim_much:
        asked.append(Asked("aim_what", f"How would you see that “{word[0]}” has happened?"))
    if not action.aim_whom:
        asked.append(Asked("aim_whom", "For whom? Name the people or the place."))
    elif _EVERYBODY.match(action.aim_whom.strip()):
        asked.append(Asked("aim_whom", "Who of them raised it most, and would feel it first?"))
    if not _NUMBER.search(action.aim_much):
        question = "By how much? Say from where to where, as in “from 40 days to 20”."
        asked.append(Asked("aim_much", question))
    asked += _when(action.aim_when, today)
    if action.aim_much and not action.measure:
        asked.append(Asked("measure", "What will you count, so that you can tell?"))
    if action.measure and not action.direction:
        asked.append(Asked("direction", "Should the measure go up or down?"))
    return asked


def _when(day: str, today: date) -> list[Asked]:
    if not day:
        return [Asked("aim_when", "By when? A day makes it a promise that can be kept.")]
    until = date.fromisoformat(day)
    if until < today:
        return [Asked("aim_when", "That day has passed. Did it happen, or is there a new day?")]
    if until.year - today.year > _FAR_YEARS:
        return [Asked("aim_when", "That is far off. What should be seen within a year?")]
    return []


def _tidy(words: str) -> str:
    return " ".join(words.split()).rstrip(".,;:")


def _day(iso: str) -> str:
    if not iso:
        return "…"
    told = date.fromisoformat(iso)
    return f"{told.day} {told:%B %Y}."
