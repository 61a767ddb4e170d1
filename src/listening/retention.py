"""How long things are kept: whose time is over, on a given day, by a programme's rules."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from listening.programme import Retention

_MONTHS = 12


@dataclass(frozen=True)
class Heard:
    """One person in one source.

    Attributes:
        participant_id: who.
        quotable: whether they agreed to be quoted there.
        day: when they were heard, ISO day or month; where nobody says, when the file was read.
        until: ISO day or month until which their consent holds; empty where they named none.
    """

    participant_id: str
    quotable: bool
    day: str
    until: str = ""


@dataclass(frozen=True)
class Over:
    """Whose time is over.

    Attributes:
        people: those of whom nothing may be kept any more.
        partly: those whose time is over for some of what they said, and not for the rest.
        quotes: those who may be quoted no longer.
    """

    people: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


def before(today: date, months: int) -> date:
    """Return the day so many months ago; of a month that is too short, its last one."""
    year, month = divmod(today.year * _MONTHS + today.month - 1 - months, _MONTHS)
    if year < 1:
        return date.min
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def is_over(day: str, today: date, months: int) -> bool:
    """Whether so many months have passed since a day or a month; 0 months never pass.

    A month that is named alone passes with its last day.
    """
    if not months:
        return False
    cut = before(today, months).isoformat()
    return bool(day) and day < cut[: len(day)]


def over(heard: Iterable[Heard], rules: Retention, today: date) -> Over:
    """Say whose time is over.

    Args:
        heard: everybody, once for each source in which they are heard.
        rules: of the programme.
        today: the day on which it is asked.
    """
    ended: dict[str, list[bool]] = defaultdict(list)
    quotes = set()
    for one in heard:
        ended[one.participant_id].append(_ended(one, rules, today))
        if one.quotable and is_over(one.day, today, rules.quotes):
            quotes.add(one.participant_id)
    people = {who for who, told in ended.items() if all(told)}
    partly = {who for who, told in ended.items() if any(told)} - people
    return Over(tuple(sorted(people)), tuple(sorted(partly)), tuple(sorted(quotes - people)))


def _ended(one: Heard, rules: Retention, today: date) -> bool:
    """Whether the time of one person in one source is over.

    What they named themselves goes before what their form says; the programme's own limit holds
    whatever was agreed.
    """
    if one.until:
        agreed = one.until < today.isoformat()[: len(one.until)]
    else:
        agreed = is_over(one.day, today, rules.consent)
    return agreed or is_over(one.day, today, rules.words)
