"""One wave out of a store that holds all of them: who counts in it, and what they raise.

It is counted as a store would be that held this wave alone, under the codebook that is coded by
now: what was coded under an earlier version was carried along.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from listening.codebook import Codebook
from listening.coding import raised_by_people
from listening.coding.counted import counted
from listening.coding.reviewed import Reviewed, reviewed
from listening.priorities import Nesting, themes_of
from listening.priorities.waves import Wave
from listening.records import NOT_ASKED, Table
from listening.steps.could_raise import could_raise
from listening.steps.people import merged
from listening.steps.prioritise import Prioritised

_SURVEY = "survey"


@dataclass(frozen=True)
class Heard:
    """What was heard in one wave.

    Attributes:
        name: of the wave.
        own: SEGMENTS of residents' own words.
        people: PARTICIPANTS who said them.
    """

    name: str
    own: Table
    people: Table


@dataclass(frozen=True)
class OneWave:
    """A wave that may be compared.

    Attributes:
        wave: as the comparison takes it.
        first_read: ISO moment at which the first of what counts was coded, `""` where one is not
            known; None while a machine's matches count.
    """

    wave: Wave
    first_read: str | None


def people_of(rows: Table, own: Table, days: frozenset[str]) -> Table:
    """Return PARTICIPANTS of one wave: of somebody heard in several, what was told in this one.

    Args:
        rows: PARTICIPANTS of every source, a person in several standing there several times.
        own: SEGMENTS of the wave.
        days: on which it was heard, as the documents give them.
    """
    mine = rows[rows["participant_id"].isin(own["participant_id"])]
    here = mine[mine["date"].isin(list(days))]
    others = mine[~mine["participant_id"].isin(here["participant_id"])]
    return merged(pd.concat([here, others], ignore_index=True))


def one_wave(parameters: Mapping[str, Any], done: Prioritised, heard: Heard) -> OneWave:
    """Count one wave: by what people coded where enough of it is read, else by the machine.

    Args:
        parameters: of the run.
        done: its ranking.
        heard: what was heard in the wave.
    """
    coded = done.coded
    if coded:
        codings = coded.codings[coded.codings["segment_id"].isin(heard.own["segment_id"])]
        if not codings.empty:
            codings = codings.reset_index(drop=True)
            found = reviewed(heard.own, codings, counted(codings))
            if found.enough:
                first = codings.loc[codings["participant_id"].isin(found.people), "coded_at"].min()
                wave = _read(parameters, coded.codebook, found, heard)
                return OneWave(wave, str(first))
    return OneWave(_matched(parameters, done, heard), None)


def _read(parameters: Mapping[str, Any], book: Codebook, found: Reviewed, heard: Heard) -> Wave:
    counts = heard.people["participant_id"].isin(found.people)
    people = heard.people[counts].reset_index(drop=True)
    others = heard.people.loc[~counts, "source_kind"]
    names, beneath = nested(book)
    return Wave(
        name=heard.name,
        status="reviewed",
        version=book.label,
        codebook=book,
        names=names,
        beneath=beneath,
        participants=people,
        raised=found.raised,
        partly=_partly(parameters, book, heard.own, people),
        estimated=bool((others == _SURVEY).any()),
    )


def _matched(parameters: Mapping[str, Any], done: Prioritised, heard: Heard) -> Wave:
    told = done.suggested
    if told is None:
        names = {one.id: one.name for one in done.basis.themes if one.rankable}
        none = pd.DataFrame({"participant_id": [], "code": []}, dtype=str)
        return Wave(heard.name, "provisional", "", None, names, heard.people, none)
    own = told.table[told.table["segment_id"].isin(heard.own["segment_id"])]
    book = told.codebook
    names, beneath = nested(book)
    return Wave(
        name=heard.name,
        status="provisional",
        version=book.label,
        codebook=book,
        names=names,
        beneath=beneath,
        participants=heard.people,
        raised=raised_by_people(heard.own, own),
        partly=_partly(parameters, book, heard.own, heard.people),
    )


def _partly(
    parameters: Mapping[str, Any], book: Codebook, own: Table, people: Table
) -> frozenset[str]:
    """Return the codes that somebody who counts could not raise, as the questions say."""
    themes = themes_of(book)
    asked = could_raise(parameters, own, themes, topics=False).asked
    asked = Nesting.of(themes).asked(asked)
    if asked is None:
        return frozenset()
    mine = asked[asked["participant_id"].isin(people["participant_id"])]
    return frozenset(mine.loc[mine["how"] == NOT_ASKED, "code"])


def nested(book: Codebook) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of the codes that are ranked, and of each beneath one of them which."""
    nesting = Nesting.of(themes_of(book))
    names = {theme.id: theme.name for theme in nesting.ranked}
    return names, {code: nesting.top(code) for code in nesting.beneath}
