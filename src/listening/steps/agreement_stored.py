"""Agreement of coders on what the store holds: blind readings, rounds, and what hints did."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from listening.coding.agreement import acceptance, as_rows, blind, double_coded, finished, rounds
from listening.coding.agreement.figures import rows_of
from listening.errors import NothingToDo
from listening.records import Table
from listening.steps.agreement import (
    FIGURES,
    REJECTS,
    TO_SETTLE,
    Agreed,
    compared,
    number,
)
from listening.steps.coded_books import of_one_book
from listening.steps.coding.coded import codings_of
from listening.steps.csvs import write_csv
from listening.steps.noting import note_results
from listening.steps.selecting import own_segments
from listening.steps.work import Work

ROUNDS, ACCEPTANCE = "rounds.csv", "acceptance.csv"
_NAME = "The store"


def compare_stored(work: Work, run_id: str, out: Path, seed: int) -> Agreed:
    """Say how far coders agree on a run, from what was pulled; write the tables into `out`.

    Beside agreement.csv and disagreements.csv there are rounds.csv, and acceptance.csv where coders
    of an assisted project met suggestions.

    Raises:
        NothingToDo: nobody has coded, or no two have read the same blind.
        InvalidTable: disagreements.csv lies in `out` with something settled in it.
    """
    with work.alone():
        codings, told = of_one_book(codings_of(work, run_id))
        if codings.empty:
            raise NothingToDo(
                _NAME, "holds no coding of a person.", "Bring it in first: listening coding pull."
            )
        given = double_coded(as_rows(blind(codings)), _NAME)
        names = (FIGURES, TO_SETTLE, REJECTS, ROUNDS, ACCEPTANCE)
        # noted before they are written: residents' words in them go with a withdrawal
        note_results(work, run_id, [(out / name).resolve() for name in names])
        found = compared(given, _NAME, out, seed)
        by_round = rounds(codings, seed)
        write_csv(out / ROUNDS, by_round.round(4))
        met = acceptance(finished(codings), suggested_on(work, run_id, codings), seed)
        if len(met):
            write_csv(out / ACCEPTANCE, met.round(4))
        return replace(
            found,
            notes=[*told, *found.notes],
            sentences=[*found.sentences, *said_of_rounds(by_round), *said_of_hints(met)],
            figures=found.figures
            | {"rounds": rows_of(by_round.round(4)), "acceptance": rows_of(met.round(4))},
        )


def suggested_on(work: Work, run_id: str, codings: Table) -> Table:
    """Return what was suggested by unit: of a whole answer it is the item's, else the segment's."""
    told = work.store.loop.suggested()
    items = codings.loc[codings["whole"], ["item", "segment_id"]].drop_duplicates("item")
    whole = told[told["whole"].astype(bool)].merge(items, on="item")
    place = ["document_id", "start", "end"]
    segments = own_segments(work, run_id)[[*place, "segment_id"]]
    within = told[~told["whole"].astype(bool)].astype({"start": int, "end": int})
    return pd.concat([whole, within.merge(segments, on=place)], ignore_index=True)


def said_of_rounds(table: Table) -> list[str]:
    """Say how the last round compares with the one before, where there are two."""
    overall = rows_of(table[table["code"] == ""])
    if len(overall) < 2:
        return []
    before, last = overall[-2:]
    told = (
        f"Round {last['round']} (version {last['codebook_version']}, {last['segments']} segments)"
    )
    if last["change"] is None:
        return [f"{told}: α cannot be put beside that of round {before['round']}."]
    low, high = last["change_low"], last["change_high"]
    by = f"{number(before['alpha'])} to {number(last['alpha'])}"
    if low is None:
        return [f"{told}: α went from {by}; too few people to say whether that is more than luck."]
    between = f"change {number(last['change'])}, {number(low)} to {number(high)}"
    if low > 0:
        return [f"{told}: α rose from {by} ({between}). It gets better."]
    if high < 0:
        return [f"{told}: α fell from {by} ({between}). Talk over what is new since."]
    return [f"{told}: α went from {by} ({between}). That may be luck."]


def said_of_hints(table: Table) -> list[str]:
    """Say whether coders take suggestions over because they are shown."""
    if table.empty:
        return []
    overall, *codes = rows_of(table)
    if overall["gap"] is None or math.isnan(overall["gap"]):
        return ["No suggestion was kept back yet: what hints do to coders cannot be told."]
    sentences = [
        f"Where the machine suggested a code, coders who saw it gave it in "
        f"{_share(overall, 'accepted', 'hinted')}, coders who did not in "
        f"{_share(overall, 'applied', 'blind')}: gap {_gap(overall)}."
    ]
    pulled = [row for row in codes if row["gap_low"] is not None and row["gap_low"] > 0]
    if pulled:
        names = ", ".join(f"{row['code']} ({number(row['gap'])})" for row in pulled)
        sentences.append(f"Given more often because it was suggested: {names}.")
    return sentences


def _share(row: Mapping[str, Any], part: str, whole: str) -> str:
    return f"{row[part]:,} of {row[whole]:,}"


def _gap(row: Mapping[str, Any]) -> str:
    low, high = row["gap_low"], row["gap_high"]
    between = "no interval" if low is None else f"{number(low)} to {number(high)}"
    return f"{number(row['gap'])} ({between})"
