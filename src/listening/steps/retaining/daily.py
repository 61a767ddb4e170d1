"""Letting go by itself, once a day, where nothing of that can surprise anybody.

An erasure cannot be undone, and what is due is reckoned by the machine's clock and by a file that
somebody writes. So it goes on by itself from one day to the next under the same rules; whatever
else is seen, a person is asked first, and `listening retain` is their answer.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from listening.errors import ListeningError
from listening.steps.retaining.doing import retain
from listening.steps.retaining.due import Place, due
from listening.steps.retaining.last import (
    AHEAD,
    BACK,
    BECAUSE,
    CHANGED,
    FIRST,
    Last,
    keep,
    last_of,
    note,
    rules_of,
)
from listening.steps.retaining.places import of_programme
from listening.steps.site import Site
from listening.store.accounts import people, trail

_LOG = logging.getLogger("listening.retention")
_ASK = "see `listening retain --dry-run`, then run `listening retain`."
#: days without it after which the clock may have jumped
DAYS_APART = 45


def waiting(site: Site) -> Iterator[Place]:
    """Yield the programmes with rules at which it was not looked today."""
    if site.settings.retention:
        return
    for one in people.programmes():
        try:
            place = of_programme(site, one)
            looked = last_of(place.work.vault).looked
        except ListeningError:  # the page on how the system is says so
            continue
        if rules_of(place) and looked != place.work.today.isoformat():
            yield place


def by_itself(place: Place) -> None:
    """Let go of what is due, or keep why a person is asked first and say so once."""
    last = last_of(place.work.vault)
    why = _jumped(last, place.work.today)
    counts = {} if why else due(place).counts
    if counts and last.rules != rules_of(place):
        why = CHANGED if last.day else FIRST
    if why:
        _hold(place, last, why)
    elif counts or place.work.store.kept.unfinished():
        retain(place)
    else:
        note(place)


def _jumped(last: Last, today: date) -> str:
    """Say how the clock seems to have jumped since the last time; empty where it did not."""
    if not last.day:
        return ""
    day = date.fromisoformat(last.day)
    if today < day:
        return BACK
    return AHEAD if today - day > timedelta(days=DAYS_APART) else ""


def _hold(place: Place, last: Last, why: str) -> None:
    keep(place, replace(last, looked=place.work.today.isoformat(), held=why))
    if why != last.held:
        trail.note(
            "nothing kept for its time went by itself",
            programme=place.slug,
            detail={"because": BECAUSE[why]},
        )
        # no name of a programme stands in the log
        _LOG.warning("In a programme nothing goes by itself, because %s: %s", BECAUSE[why], _ASK)
