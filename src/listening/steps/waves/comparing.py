"""What changed between the waves of a programme: worked out and kept with its results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from listening.codebook import Codebook
from listening.codebook import load as load_codebook
from listening.errors import NothingToDo
from listening.priorities import waves
from listening.priorities.waves import Changes, Wave
from listening.records import PARTICIPANTS, Table
from listening.steps.change import named_apart
from listening.steps.coding.migrating import JOURNAL, UNDONE
from listening.steps.prioritise import Prioritised, months
from listening.steps.waves.begins import Begin, begins
from listening.steps.waves.counting import Heard, OneWave, nested, one_wave, people_of
from listening.steps.waves.placing import place
from listening.steps.work import Work

#: name of what is kept beside the results
FILE = "waves.json"
#: id and name of a theme that is not compared, and why
Left = tuple[str, str, str]
_NOBODY_YET = "Nobody was heard in it yet."
_NOT_READ = "People have not read enough of it yet, and the others are coded by people."


def over_time(work: Work, run_id: str, done: Prioritised) -> dict[str, Any]:
    """Return what `waves.json` holds: the waves, who is in none of them, and what changed.

    Args:
        work: the workplace.
        run_id: the run that was ranked.
        done: its ranking.
    """
    run, begun = work.store.run(run_id), begins(work)
    own = done.segments[done.segments["voice"] != "observation"].reset_index(drop=True)
    days = work.store.days(run.sources)
    heard_on = own["document_id"].map(days).fillna("").astype(str)
    firsts = [one.first for one in begun]
    placed = heard_on.map({day: place(day, firsts) for day in heard_on.unique()})
    rows = work.store.load(run.sources, PARTICIPANTS)
    heard = [
        _heard(begun, number, rows, own[placed == number], heard_on[placed == number])
        for number in range(len(begun) + 1)
    ]
    people = done.participants.set_index("participant_id")["people"]
    return {
        "begins": [one.day for one in begun],
        "months": _months(own, heard_on, people),
        "no_day": _in_none(own, heard_on == "", people),
        "astride": _in_none(own, (heard_on != "") & placed.isna(), people),
        **_compared(work, run, done, heard),
    }


def _heard(
    begun: Sequence[Begin], number: int, rows: Table, own: Table, days: pd.Series[str]
) -> Heard:
    """Return one wave, by its name or the months in which people were heard."""
    own = own.reset_index(drop=True)
    said = begun[number - 1].name if number else ""
    called = said or months(pd.DataFrame({"date": days}))
    return Heard(
        called or f"Wave {number + 1}", own, people_of(rows, own, frozenset(days.unique()))
    )


def _months(own: Table, heard_on: pd.Series[str], people: pd.Series[int]) -> list[list[Any]]:
    """Return each month with how many people were heard in it, in order."""
    told = pd.DataFrame({"month": heard_on.str[:7], "who": own["participant_id"]})
    told = told[told["month"] != ""].drop_duplicates()
    many = told["who"].map(people).fillna(0).groupby(told["month"]).sum()
    return [[str(month), int(number)] for month, number in many.sort_index().items()]


def _in_none(own: Table, there: pd.Series[bool], people: pd.Series[int]) -> int:
    """Count the people of whom nothing else was heard than what is there."""
    elsewhere = set(own.loc[~there, "participant_id"])
    return int(people.reindex(sorted(set(own.loc[there, "participant_id"]) - elsewhere)).sum())


def _compared(work: Work, run: Any, done: Prioritised, heard: Sequence[Heard]) -> dict[str, Any]:
    """Return the waves as they are told, and the comparison of those that can be compared."""
    if len(heard) < 2:
        return {"waves": [], "change": None, "why": "", "what_to_do": ""}
    counted = [one_wave(run.parameters, done, one) if len(one.people) else None for one in heard]
    names = named_apart([_called(one) for one in heard])
    counted = [
        one and replace(one, wave=replace(one.wave, name=name.name))
        for one, name in zip(counted, names, strict=True)
    ]
    chosen = _comparable([one for one in counted if one])
    told = [
        {
            "name": name.name,
            "people": int(one.people["people"].sum()),
            "status": own.wave.status if own else "",
            "why": _NOBODY_YET if own is None else "" if own in chosen else _NOT_READ,
        }
        for one, own, name in zip(heard, counted, names, strict=True)
    ]
    if len(chosen) < 2:
        return {"waves": told, "change": None, "why": "", "what_to_do": ""}
    try:
        change = waves.changes_document(_changes(work, run.seed, chosen))
    except NothingToDo as error:
        said = f"{error.what} {error.why}"
        return {"waves": told, "change": None, "why": said, "what_to_do": error.what_to_do}
    return {"waves": told, "change": change, "why": "", "what_to_do": ""}


def _called(heard: Heard) -> Wave:
    none = pd.DataFrame({"participant_id": [], "code": []}, dtype=str)
    return Wave(heard.name, "", "", None, {}, heard.people, none)


def _comparable(counted: Sequence[OneWave]) -> list[OneWave]:
    """Return those that are compared: where people read two or more, those alone."""
    read = [one for one in counted if one.wave.status == "reviewed"]
    return read if len(read) > 1 else list(counted)


def _changes(work: Work, seed: int, chosen: Sequence[OneWave]) -> Changes:
    """Compare waves, without the themes that not every reader of them could give."""
    left: dict[str, Left] = {}
    for one in chosen:
        for code, name, why in _not_carried(work, one):
            left.setdefault(code, (code, name, why))
    found = waves.compare([_without(one.wave, left) for one in chosen], seed, paired=_again(chosen))
    both = {one[0]: one for one in (*found.not_compared, *left.values())}
    return replace(found, not_compared=tuple(both[code] for code in sorted(both)))


def _without(wave: Wave, left: Mapping[str, Left]) -> Wave:
    names = {code: said for code, said in wave.names.items() if code not in left}
    beneath = {code: top for code, top in wave.beneath.items() if top not in left}
    return replace(wave, names=names, beneath=beneath)


def _again(chosen: Sequence[OneWave]) -> bool:
    """Whether somebody was heard in two of the waves: an id of one store is one person."""
    ids = [who for one in chosen for who in one.wave.participants["participant_id"]]
    return len(set(ids)) < len(ids)


def _not_carried(work: Work, one: OneWave) -> tuple[Left, ...]:
    """Return the themes that the first readers of a wave could not give, and why."""
    now = one.wave.codebook
    if one.first_read is None or now is None:
        return ()
    version = _read_under(work, now, one.first_read)
    if version == now.version:
        return ()
    text = work.store.loop.book(now.id, version)
    old = load_codebook(text) if text else None
    names, beneath = nested(old) if old else ({}, {})
    first = replace(
        one.wave, version=f"{now.id} {version}", codebook=old, names=names, beneath=beneath
    )
    return waves.not_carried(first, one.wave)


def _read_under(work: Work, now: Codebook, first: str) -> str:
    """Return the version of the codebook under which a wave began to be read.

    What was read on the day of a change may have been read before it, and so may what has no day.
    """
    version = now.version
    for line in reversed(work.vault.read(JOURNAL).get("versions", [])):
        if line["codebook"] == now.id and line["state"] != UNDONE and first[:10] <= line["day"]:
            version = str(line["before"])
    return version
