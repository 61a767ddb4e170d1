"""When to stop coding: four rules over what people coded so far, as figures and as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from listening.codebook import ALWAYS_THERE
from listening.coding import learn, saturation
from listening.coding.saturation import Verdict
from listening.errors import ListeningError, NothingToDo
from listening.priorities import Nesting, RankSettings, Theme
from listening.priorities.counting import count, sums, wilson
from listening.priorities.scoring import score, voters
from listening.records import KINDS, PARTICIPANTS, Table
from listening.report import Curve, Rule, Stopping, curves_table, rules_table, stopping_html
from listening.steps.coded_rows import coded_rows
from listening.steps.csvs import write_csv
from listening.steps.nested import nesting_of
from listening.steps.noting import note_results
from listening.steps.people import merged, with_place
from listening.steps.selecting import own_segments, texts_of_rows, vectors_of
from listening.steps.work import Work

#: passages on which successive models are compared, and the fewest that tell anything
STOP_SET, FEWEST_COMPARED = 1_000, 50
_APART = frozenset(code.id for code in ALWAYS_THERE)
#: a batch that never comes, and one after all that do
_NEVER, _NOW = float("inf"), 1e9
#: of a number of a batch, which comes before `_NOW`
_DIGITS = 10


@dataclass(frozen=True)
class _Coded:
    """What was coded so far.

    Attributes:
        spoken: SEGMENTS rows that say something.
        people: PARTICIPANTS who said them, or nothing but nil answers.
        codes: what people coded in each segment that was read.
        batch: the batch in which each was coded; 0 for one outside of every batch.
        batches: numbers of the batches, ascending.
        finished: the batch in which the last passage of each person was coded; infinite before.
        nesting: which codes count for broader ones, in the order.
    """

    spoken: Table
    people: Table
    codes: Mapping[str, frozenset[str]]
    batch: Mapping[str, int]
    batches: tuple[int, ...]
    finished: Mapping[str, float]
    nesting: Nesting

    @property
    def finishing(self) -> tuple[int, ...]:
        """Batches after which somebody new has been read in full: the others move no order."""
        return tuple(one for one in self.batches if one in set(self.finished.values()))

    def raised(self, by: float) -> Table:
        """Return who raised what, of those read in full by the end of a batch.

        By the batch that never comes, it is everybody, as far as they have been read.
        """
        rows = [
            (person, code)
            for person, segment in zip(
                self.spoken["participant_id"], self.spoken["segment_id"], strict=True
            )
            if self.finished[person] <= by
            for code in self.codes.get(segment, ())
        ]
        return pd.DataFrame(rows, columns=["participant_id", "code"], dtype=str).drop_duplicates()


def stopping(
    work: Work,
    run_id: str,
    codings: Path | None,
    groups: Sequence[str],
    k: int,
    seed: int,
    to: Path | None,
    pulled: Table | None = None,
) -> Stopping:
    """Write saturation.csv, stopping.csv and saturation.html into `to`; return what they say.

    Args:
        work: the workplace.
        run_id: the run whose material was coded.
        codings: what was coded so far (`coded_rows`).
        groups: priority groups: `ATTRIBUTE=VALUE`, or `ATTRIBUTE` for each of its values.
        k: how many priorities are looked for.
        seed: of the orders of people, and of the passages on which models are compared.
        to: folder for the files; None where what they say is enough.
        pulled: without a file, what was coded so far, in the same shape.

    Raises:
        NothingToDo: nothing was coded, or none of it is of this run.
        ListeningError: nobody is in a group.
    """
    segments = own_segments(work, run_id)
    rows = coded_rows(codings) if codings else pulled
    if rows is None:
        raise NothingToDo(
            "Nothing was coded yet:",
            "nothing was pulled, and no file was named.",
            "Pull first (listening coding pull), or name a file with --codings.",
        )
    log = work.store.selections()
    coded = _coded(work, run_id, segments, rows, log)
    curves = _curves(coded, groups, seed)
    rankings = [found for by in _last(coded.finishing) if (found := _scores(coded, by, k))]
    verdicts = {
        "new codes": saturation.saturated(
            {one.name: one.table for one in curves}, {one.name: one.unseen for one in curves}
        ),
        "models": saturation.models_agree(_models(work, coded, seed)),
        "order": saturation.order_stands(rankings, k),
        "audit": _audited(coded, rows, log, rankings[-1] if rankings else {}, k),
    }
    unread = sum(batch == _NEVER for batch in coded.finished.values())
    told = Stopping(
        work.settings.programme,
        tuple(_rule(key, one, coded) for key, one in verdicts.items()),
        tuple(curves),
        saturation.together(list(verdicts.values())),
        len(coded.finished) - unread,
        len(coded.finished),
        saturation.BASE,
        saturation.RUN,
        saturation.NEW_CODES,
        _notes(segments, rows, groups),
        _mostly_empty(segments, rows),
    )
    if to:
        _write(work, run_id, told, to)
    return told


def plain(told: Stopping) -> dict[str, Any]:
    """Return what the rules say as plain data; `met` is null where it cannot be said yet."""
    rules = [{**vars(rule), "said": told.said(rule)} for rule in told.rules]
    curves = [
        {
            "of": one.of,
            "name": one.name,
            "read": one.read,
            "there": one.there,
            "last": one.last,
            "unseen": one.unseen,
        }
        for one in told.curves
    ]
    return {
        "met": told.met,
        "said": told.headline,
        "rules": rules,
        "curves": curves,
        "notes": list(told.notes),
    }


def _coded(work: Work, run_id: str, segments: Table, rows: Table, log: Table) -> _Coded:
    spoken = segments[~segments["nil"]].reset_index(drop=True)
    known = rows[rows["segment_id"].isin(spoken["segment_id"])]
    if known.empty:
        raise NothingToDo(
            "Nothing was coded of this run:",
            "no segment_id of the codings is among its passages.",
            "Keep the segment_id of selection.csv, or name the run with --run.",
        )
    codes = {
        segment: frozenset(told - _APART)
        for segment, told in zip(known["segment_id"], known["codes"], strict=True)
    }
    logged = dict(zip(log["segment_id"], log["batch"], strict=True))
    batch = {
        segment: int(logged.get(segment) or _number(told))
        for segment, told in zip(known["segment_id"], known["batch"], strict=True)
    }
    done = [float(batch.get(segment, _NEVER)) for segment in spoken["segment_id"]]
    last = spoken.assign(done=done).groupby("participant_id")["done"].max()
    keys = work.store.agreed(work.store.run(run_id).sources, work.today.isoformat())
    people = with_place(merged(work.store.load(keys, PARTICIPANTS)))
    people = people[people["participant_id"].isin(segments["participant_id"])]
    # who said that there is nothing has been read as soon as that was heard
    finished = dict.fromkeys(people["participant_id"], 0.0) | last.to_dict()
    return _Coded(
        spoken,
        people.reset_index(drop=True),
        codes,
        batch,
        tuple(sorted(set(batch.values()) - {0})),
        finished,
        nesting_of(work, run_id),
    )


def _number(told: str) -> int:
    """Return the batch that a cell says; 0 where it says none, or one that is none."""
    return int(told) if told.isdecimal() and len(told) < _DIGITS else 0


def _last(batches: Sequence[int]) -> Sequence[int]:
    return batches[-saturation.BATCHES - 1 :]


def _curves(coded: _Coded, groups: Sequence[str], seed: int) -> list[Curve]:
    """Return new codes in each source, and in each group named."""
    people = coded.people
    spoke = people[people["participant_id"].isin(coded.spoken["participant_id"])]
    curves = []
    for kind in KINDS:
        own = spoke[spoke["source_kind"] == kind]
        unit = own["cluster"] if kind == "focus_group" else own["participant_id"]
        if len(own):
            curves.append(_curve(coded, "source", kind, own, unit, seed))
    for attribute, value in _named(spoke, groups):
        own = spoke[[given.get(attribute) == value for given in spoke["attributes"]]]
        name = f"{attribute}={value}"
        curves.append(_curve(coded, "group", name, own, own["participant_id"], seed))
    return curves


def _named(people: Table, groups: Sequence[str]) -> list[tuple[str, str]]:
    found: dict[tuple[str, str], None] = {}
    for group in groups:
        attribute, _, wanted = group.removeprefix("attr:").partition("=")
        values = sorted({given.get(attribute, "") for given in people["attributes"]} - {""})
        chosen = [value for value in values if wanted in ("", value)]
        if not chosen:
            raise ListeningError(
                f"The group {group}",
                "has nobody in it.",
                "Name an attribute of participants.csv, or ATTRIBUTE=VALUE, spelt as it is there.",
            )
        found |= {(attribute, value): None for value in chosen}
    return list(found)


def _curve(coded: _Coded, of: str, name: str, own: Table, unit: pd.Series[str], seed: int) -> Curve:
    raised = coded.raised(_NEVER)
    said = raised.groupby("participant_id")["code"].agg(frozenset).to_dict()
    events: list[frozenset[str]] = []
    partly: set[str] = set()
    members = own.groupby(unit.to_numpy(), sort=True)["participant_id"].agg(list)
    for people in members:
        codes = frozenset[str]().union(*(said.get(person, ()) for person in people))
        if all(coded.finished[person] < _NEVER for person in people):
            events.append(codes)
        else:
            partly |= codes
    table = saturation.new_codes(events, seed)
    return Curve(of, name, len(events), len(members), table, len(partly.difference(*events)))


def _scores(coded: _Coded, by: int, k: int) -> dict[str, float]:
    """Return the score of every code among those read in full by the end of a batch."""
    read = coded.people[[coded.finished[one] <= by for one in coded.people["participant_id"]]]
    raised = coded.nesting.rolled(coded.raised(by))
    codes = sorted(set(raised["code"]))
    if read.empty or not codes:
        return {}
    counted, _, _ = count(
        raised, read.reset_index(drop=True), [Theme(code, code, "") for code in codes]
    )
    settings = RankSettings(k=k)
    found = score(sums(counted), voters(counted, settings)[0], settings.scheme)
    return dict(zip((theme.id for theme in counted.themes), found.tolist(), strict=True))


def _models(work: Work, coded: _Coded, seed: int) -> list[NDArray[np.bool_]]:
    """Return what models learnt after each of the last batches suggest for the same passages."""
    left = np.flatnonzero(~coded.spoken["segment_id"].isin(coded.codes))
    if len(left) < FEWEST_COMPARED or len(coded.batches) < 2:
        return []
    stop = np.sort(np.random.default_rng(seed).permutation(left)[:STOP_SET])
    texts = texts_of_rows(coded.spoken, vectors_of(work, coded.spoken))
    names = sorted(frozenset[str]().union(*coded.codes.values()))
    at = np.array([coded.batch.get(one, _NEVER) for one in coded.spoken["segment_id"]])
    found: list[NDArray[np.bool_]] = []
    for by in _last(coded.batches):
        rows = np.flatnonzero(at <= by)
        told = [coded.codes[segment] for segment in coded.spoken["segment_id"].iloc[rows]]
        learnt = learn(texts.part(rows), told, texts.part(stop))
        marks = np.zeros((len(stop), len(names)), dtype=bool)
        marks[:, [names.index(code) for code in learnt.codes]] = learnt.suggested
        if learnt.codes:  # models that learnt nothing agree on nothing
            found.append(marks)
    return found


def _audited(
    coded: _Coded, rows: Table, log: Table, scores: Mapping[str, float], k: int
) -> Verdict:
    """Say how narrow the ranges of the first 2k codes are, by the audited people read in full."""
    drawn = log[log["stream"] == "audit"].drop_duplicates("participant_id")
    chance = dict(zip(drawn["participant_id"], drawn["probability"], strict=True))
    if not chance:  # an audit that was drawn elsewhere: everybody as likely
        segments = set(rows.loc[rows["stream"] == "audit", "segment_id"])
        own = coded.spoken[coded.spoken["segment_id"].isin(segments)]
        chance = dict.fromkeys(own["participant_id"], 1.0)
    people = [one for one in chance if coded.finished.get(one, _NEVER) < _NEVER]
    unread = sum(batch == _NEVER for batch in coded.finished.values())
    weights = np.array([1 / chance[one] for one in people])
    raised = coded.nesting.rolled(coded.raised(_NOW))
    intervals = {}
    first = sorted(scores, key=lambda code: (-scores[code], code))[: 2 * k]
    for code in first if people else ():
        of = set(raised.loc[raised["code"] == code, "participant_id"])
        share = float(weights @ np.array([one in of for one in people])) / weights.sum()
        effective = weights.sum() ** 2 / (weights**2).sum()
        intervals[code] = wilson(share, effective, 0.05)
    return saturation.audit_narrow(intervals, unread)


def _rule(key: str, told: Verdict, coded: _Coded) -> Rule:
    because = ""
    if told.met is None:
        because = {
            "new codes": f"somewhere fewer than {saturation.BASE + saturation.RUN} have been read "
            "in full, or no code was given",
            "models": _why_no_models(coded),
            "order": f"an order after {saturation.BATCHES + 1} batches is needed, each with people "
            f"whose last passage was read in it, and there are {len(coded.finishing)}",
            "audit": "nobody in the audit has been read in full, or they raised no code",
        }[key]
    return Rule(key, told.figure, told.needed, told.met, because)


def _why_no_models(coded: _Coded) -> str:
    if len(coded.batches) <= saturation.BATCHES:
        return f"{len(coded.batches)} batches are coded, and {saturation.BATCHES + 1} are needed"
    left = int((~coded.spoken["segment_id"].isin(coded.codes)).sum())
    if left < FEWEST_COMPARED:
        return f"{left} passages are left uncoded, and {FEWEST_COMPARED} are needed to compare on"
    return (
        "after some of the last batches no code had enough examples to be learnt, or none was "
        "suggested anywhere"
    )


def _notes(segments: Table, rows: Table, groups: Sequence[str]) -> tuple[str, ...]:
    notes = []
    strangers = int((~rows["segment_id"].isin(segments["segment_id"])).sum())
    if strangers:
        notes.append(f"Not used: {strangers} coded rows whose segment_id is not in this run.")
    if _mostly_empty(segments, rows):
        empty, there = _empty(segments, rows)
        notes.append(
            f"{empty:,} of {there:,} coded rows ({empty / there:.0%}) have no code. That says that "
            "each was read and no code applies: take out the rows that nobody has read yet."
        )
    if not groups:
        notes.append(
            "No priority group was named (--group), so new codes were looked for in sources alone."
        )
    return tuple(notes)


def _empty(segments: Table, rows: Table) -> tuple[int, int]:
    """Return how many coded rows of this run have no code at all, and how many there are."""
    own = rows.loc[rows["segment_id"].isin(segments["segment_id"]), "codes"]
    return sum(not codes for codes in own), len(own)


def _mostly_empty(segments: Table, rows: Table) -> bool:
    empty, there = _empty(segments, rows)
    return 2 * empty > there


def _write(work: Work, run_id: str, told: Stopping, to: Path) -> None:
    names = ("saturation.csv", "stopping.csv", "saturation.html")
    note_results(work, run_id, [(to / name).resolve() for name in names])
    write_csv(to / names[0], curves_table(told.curves))
    write_csv(to / names[1], rules_table(told))
    (to / names[2]).write_text(stopping_html(told), encoding="utf-8")
