"""The figures of agreement as a table, and what they say about ranking (METHOD.md, section 5)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd

from listening.coding.agreement.alpha import Floats, codes_of, draws, interval, sets_of
from listening.coding.agreement.readings import DoubleCoded, Segment
from listening.coding.agreement.spans import Spans, spans_of
from listening.records import Table

COLUMNS = (
    "what", "code", "segments", "with_code", "apart", "prevalence", "alpha", "alpha_low",
    "alpha_high", "pabak", "positive_agreement", "span_f1", "span_f1_low", "span_f1_high",
    "verdict", "confused_with",
)  # fmt: skip
_FIGURES = COLUMNS[COLUMNS.index("prevalence") : COLUMNS.index("verdict")]
#: α from which on a code may be ranked, and from which on with a flag
RANKABLE, FLAGGED = 0.80, 0.667
#: on fewer segments than these α tells nothing of a code
RARE = 10
#: how many segments are to be double-coded: so many, and at least such a share
ENOUGH, SHARE = 50, 0.10
#: codes that are told as confused with a code
_MOST_CONFUSED = 3


@dataclass(frozen=True)
class Agreement:
    """How far coders agree.

    Attributes:
        table: COLUMNS: a row over all codes, then one for each code by id. Figures are missing
            where they tell nothing.
        double: segments that two or more have read.
        read: segments that anybody has read.
        needed: how many of them should be double-coded.
        confused: two codes that coders put in each other's place, and on how many segments; the
            commonest first.
    """

    table: Table
    double: int
    read: int
    needed: int
    confused: tuple[tuple[str, str, int], ...]

    @property
    def enough(self) -> bool:
        """Whether enough segments were double-coded."""
        return self.double >= self.needed


def agreement(given: DoubleCoded, seed: int) -> Agreement:
    """Return how far coders agree, over all codes and on each.

    Intervals are the middle 95 % of a thousand repeats in which participants are drawn again.

    Args:
        given: at least one segment that two have read.
        seed: of the repeats.
    """
    segments, codes = given.segments, given.codes
    sets, single, marked = sets_of(segments), codes_of(segments, codes), spans_of(segments, codes)
    people = len(single.readings)
    drawn, once = draws(people, seed), np.ones((1, people))
    overall = {
        "what": "overall",
        "code": "",
        "segments": len(segments),
        "with_code": sum(any(r.codes for r in one.readings) for one in segments),
        "apart": sum(len({r.codes for r in one.readings}) > 1 for one in segments),
        **_figures("alpha", sets.alpha(once)[0], sets.alpha(drawn)),
        **_figures("span_f1", marked.f1_of_all(once)[0], marked.f1_of_all(drawn)),
        "verdict": "",
        "confused_with": "",
    }
    rows = [overall]
    needed = max(ENOUGH, math.ceil(SHARE * given.read))
    enough = len(segments) >= needed
    alphas, repeats, f1 = single.alpha(once)[0], single.alpha(drawn), _f1(marked, once, drawn)
    confused = _confused(segments)
    for at, code in enumerate(codes):
        found = [sum(code in r.codes for r in one.readings) for one in segments]
        with_code = sum(count > 0 for count in found)
        many = with_code >= RARE
        alpha = float(alphas[at]) if many else math.nan
        figures = _figures("alpha", alpha, repeats[:, at])
        rows.append(
            {
                "what": "code",
                "code": code,
                "segments": len(segments),
                "with_code": with_code,
                "apart": sum(0 < n < len(s.readings) for n, s in zip(found, segments, strict=True)),
                "prevalence": single.prevalence[at],
                **figures,
                "pabak": single.pabak[at],
                "positive_agreement": single.positive_agreement[at],
                **f1[at],
                "verdict": verdict(alpha, enough and "alpha_low" in figures),
                "confused_with": _told(code, confused),
            }
        )
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table = table.astype(dict.fromkeys(_FIGURES, float))
    return Agreement(table, len(segments), given.read, needed, confused)


def verdict(alpha: float, told: bool) -> str:
    """Say whether a code may be ranked: `rankable`, `flag`, `not_ranked`, or `too_few` to tell.

    Args:
        alpha: of the code; nan where it tells nothing.
        told: whether enough was double-coded, and α has an interval.
    """
    if math.isnan(alpha) or not told:
        return "too_few"
    if alpha >= RANKABLE:
        return "rankable"
    return "flag" if alpha >= FLAGGED else "not_ranked"


def _figures(name: str, point: float, repeats: Floats) -> dict[str, float]:
    """Return a figure with its interval, as cells of the table."""
    if math.isnan(point):
        return {}
    between = interval(repeats)
    ends = {f"{name}_low": between[0], f"{name}_high": between[1]} if between else {}
    return {name: float(point), **ends}


def _f1(marked: Spans, once: Floats, drawn: Floats) -> list[dict[str, float]]:
    points, repeats = marked.f1(once)[0], marked.f1(drawn)
    return [_figures("span_f1", point, repeats[:, at]) for at, point in enumerate(points)]


def _confused(segments: Sequence[Segment]) -> tuple[tuple[str, str, int], ...]:
    """Count on how many segments one coder has one of two codes, and another coder the other."""
    found: Counter[tuple[str, str]] = Counter()
    for one in segments:
        found.update(
            {
                (min(pair), max(pair))
                for a, b in combinations(one.readings, 2)
                for pair in product(a.codes - b.codes, b.codes - a.codes)
            }
        )
    most = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return tuple((first, second, count) for (first, second), count in most)


def _told(code: str, confused: Sequence[tuple[str, str, int]]) -> str:
    own = [(a if b == code else b, count) for a, b, count in confused if code in (a, b)]
    return "; ".join(f"{other}: {count}" for other, count in own[:_MOST_CONFUSED])


def rows_of(table: Table) -> list[dict[str, Any]]:
    """Return the table as plain rows, for machines: what is missing is None."""
    plain = table.astype(object).where(table.notna(), None)
    return [dict(zip(plain.columns, row, strict=True)) for row in plain.to_numpy().tolist()]
