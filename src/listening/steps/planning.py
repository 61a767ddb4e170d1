"""How many more people to read before the first codes' ranges are as narrow as ± 5 points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from listening import priorities
from listening.coding.selection import to_audit
from listening.priorities import Nesting, RankSettings, Theme
from listening.priorities.correction import Audit
from listening.priorities.words import NAMES
from listening.records import Table
from listening.steps.csvs import write_csv
from listening.steps.noting import note_results
from listening.steps.people import with_place
from listening.steps.prioritise import prioritise
from listening.steps.work import Work

#: half the width of the ranges that are wished for, as a share of people
HALF_WIDTH = 0.05
COLUMNS = (
    "source", "rank", "code", "share", "correlation", "people", "read", "needed", "more",
)  # fmt: skip
#: ranks are only looked up here, so that few resamples do
_RESAMPLES = 50


@dataclass(frozen=True)
class Plan:
    """What is left to be read.

    Attributes:
        table: COLUMNS, one row per source and code of the first 2k.
        sentences: the same in plain words, one per source.
    """

    table: Table
    sentences: tuple[str, ...]


def plan_run(work: Work, run_id: str, out: Path, k: int) -> tuple[str, ...]:
    """Write plan.csv of a run in the store; return it in sentences."""
    done = prioritise(work, run_id)
    everybody = done.participants["source_kind"].value_counts()
    basis = done.basis
    people = with_place(done.participants)
    if basis.counted is not None:
        people = people[people["participant_id"].isin(basis.counted)].reset_index(drop=True)
    made = plan(
        basis.raised,
        people,
        basis.themes,
        basis.audit,
        {str(kind): int(n) for kind, n in everybody.items()},
        k,
        work.store.run(run_id).seed,
        asked=done.could.asked,
        read=basis.counted is not None,
    )
    path = out / "plan.csv"
    write_csv(path, made.table)
    note_results(work, run_id, [path.resolve()])
    return made.sentences


def plan(
    raised: Table,
    people: Table,
    themes: Sequence[Theme],
    audit: Audit | None,
    everybody: Mapping[str, int],
    k: int,
    seed: int,
    *,
    asked: Table | None,
    read: bool,
) -> Plan:
    """Say how many more people to read in each source, drawn at random.

    n = z² p(1 − p)(1 − ρ²)/E² (METHOD.md, section 3), with p the share as far as it is known and ρ
    how far the machine's guesses go along with what readers found; 0 where nothing is guessed.

    Args:
        raised: participant_id, code.
        people: PARTICIPANTS who count.
        themes: every code.
        audit: how the survey is corrected; None where it is not.
        everybody: participants of each kind of source, read or not.
        k: how many priorities are looked for; the first 2k are planned for.
        seed: that breaks ties.
        asked: who could raise what; None where everybody could raise everything.
        read: whether anybody has been read by people yet.
    """
    settings = RankSettings(k=k, replicates=_RESAMPLES, status="reviewed")
    ranking = priorities.rank(raised, people, themes, settings, seed, asked=asked, audit=audit)
    nesting = Nesting.of(themes)
    rho = _correlations(nesting.rolled(raised), nesting.audit(audit))
    rows = []
    for one in ranking.priorities[: 2 * k]:
        for kind, share in one.sources.items():
            guided = rho.get(one.theme.id, 0.0) if audit and kind in audit.kinds else 0.0
            done = _read(people, audit, kind) if read else 0
            needed = min(everybody[kind], to_audit(share.prevalence, guided, HALF_WIDTH))
            told = (kind, one.rank, one.theme.id, round(share.prevalence, 4), round(guided, 3))
            rows.append((*told, everybody[kind], done, needed, max(0, needed - done)))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return Plan(table, tuple(_sentence(kind, own, k) for kind, own in table.groupby("source")))


def _read(people: Table, audit: Audit | None, kind: str) -> int:
    own = people.loc[people["source_kind"] == kind, "participant_id"]
    if audit and kind in audit.kinds:
        return int(own.isin(audit.read["participant_id"]).sum())
    return len(own)


def _correlations(raised: Table, audit: Audit | None) -> dict[str, float]:
    """Return the correlation of guesses and readers' codes over those who were read, by code."""
    if audit is None or audit.guesses.empty:
        return {}
    read = pd.Index(audit.read["participant_id"])
    wide = audit.guesses.pivot(index="participant_id", columns="code", values="probability")
    wide = wide.reindex(read).fillna(0.0)
    found = {}
    for code in wide.columns:
        carries = set(raised.loc[raised["code"] == code, "participant_id"])
        said = np.array([person in carries for person in read], dtype=np.float64)
        guess = wide[code].to_numpy(dtype=np.float64)
        if said.std() > 0 and guess.std() > 0:
            found[str(code)] = max(0.0, float(np.corrcoef(said, guess)[0, 1]))
    return found


def _sentence(kind: object, own: Table, k: int) -> str:
    name, more = NAMES[str(kind)], int(own["more"].max())
    read, people = int(own["read"].iloc[0]), int(own["people"].iloc[0])
    wish = f"± {HALF_WIDTH * 100:.0f} points on the first {min(2 * k, len(own))} codes"
    if not more:
        return f"{name}: {read} of {people} are read, which is enough for {wish}."
    if read + more >= people:
        left = people - read
        return f"{name}: read all {left} who are left of {people}; fewer will not give {wish}."
    worst = own.sort_values("more", kind="stable")["code"].iloc[-1]
    return (
        f"{name}: read {more} more people, drawn at random, for {wish} ({read} of {people} are "
        f"read; {worst} needs most)."
    )
