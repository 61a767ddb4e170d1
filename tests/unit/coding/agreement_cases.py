"""Codings of several people, made up, and what an oracle says about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import masi_distance

from listening.coding.agreement import DoubleCoded, double_coded
from listening.coding.agreement.readings import Segment
from listening.records import Table

#: what each coder gave each segment; a coder who is not named did not read it
Given = Sequence[Mapping[str, Iterable[str]]]


def table(given: Given, people: Sequence[str] = ()) -> Table:
    """Return rows of codings.csv; every segment is of somebody else unless `people` says so."""
    rows = [
        (people[at] if people else f"P{at:04}", f"s{at:04}", f"said {at}", code, coder)
        for at, readings in enumerate(given)
        for coder, codes in readings.items()
        for code in (sorted(codes) or [""])
    ]
    return pd.DataFrame(
        rows, columns=["participant_id", "segment_id", "text", "code", "coder"], dtype=str
    )


def compared(given: Given, people: Sequence[str] = ()) -> DoubleCoded:
    return double_coded(table(given, people))


def by_nltk(segments: Sequence[Segment]) -> float:
    """Return α with MASI as NLTK has it; a set without codes is {NONE}."""
    nothing = frozenset({"{NONE}"})
    data = [
        (reading.coder, f"{at:06}", reading.codes or nothing)
        for at, one in enumerate(segments)
        for reading in one.readings
    ]
    return float(AnnotationTask(data, distance=masi_distance).alpha())


def by_nltk_for(code: str, segments: Sequence[Segment]) -> float:
    """Return the α of one code, applied or not, as NLTK has it."""
    data = [
        (reading.coder, f"{at:06}", code in reading.codes)
        for at, one in enumerate(segments)
        for reading in one.readings
    ]
    return float(AnnotationTask(data).alpha())


def pairs(both: int, only_a: int, only_b: int, neither: int, code: str = "damp") -> Given:
    """Return two coders' readings by the four cells of a table."""
    cells = ((both, [code], [code]), (only_a, [code], []), (only_b, [], [code]), (neither, [], []))
    return [{"ann": a, "bo": b} for count, a, b in cells for _ in range(count)]


def realistic(segments: int, seed: int, slips: float = 0.15, coders: str = "ab") -> Given:
    """Return readings by coders who each overlook some codes and now and then see one too many."""
    random = np.random.default_rng(seed)
    codes = [f"code-{at}" for at in range(6)]
    given = []
    for _ in range(segments):
        true = [code for code in codes if random.random() < 0.2]
        given.append(
            {
                coder: {code for code in true if random.random() >= slips}
                | {code for code in codes if random.random() < slips / 10}
                for coder in coders
            }
        )
    return given
