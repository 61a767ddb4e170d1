"""Rounds of calibration beside each other: does it get better (METHOD.md, section 5)?

A round is some 30 to 50 segments that two or more read blind under one version of the codebook,
before they talk them over. Which they were is read off the batches in which they were chosen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from listening.codebook.versions import in_order, is_version
from listening.coding.agreement.alpha import codes_of, draws, interval, sets_of
from listening.coding.agreement.figures import RARE, agreement, rows_of
from listening.coding.agreement.readings import DoubleCoded, double_coded
from listening.coding.agreement.stored import as_rows, blind
from listening.records import Table

#: segments that make a round; what is left over at the end of a version may be fewer
FEWEST = 30
COLUMNS = (
    "round", "codebook_version", "first_batch", "last_batch", "code", "segments", "people",
    "with_code", "apart", "alpha", "alpha_low", "alpha_high", "positive_agreement", "change",
    "change_low", "change_high",
)  # fmt: skip
_COPIED = (
    "code", "segments", "with_code", "apart", "alpha", "alpha_low", "alpha_high",
    "positive_agreement",
)  # fmt: skip
_FIGURES = COLUMNS[COLUMNS.index("alpha") :]


def rounds(codings: Table, seed: int) -> Table:
    """Return the figures of each round, over all codes (`code` empty) and on each.

    Batches that follow each other under one version are put together until a round has FEWEST
    segments. A `change` is α less that of the round before; its interval is the middle 95 % of a
    thousand repeats in which the participants of both rounds are drawn again, each by themselves.

    Args:
        codings: CODINGS of one codebook; readings that are not blind are left out.
        seed: of the repeats.

    Returns:
        COLUMNS, in the order of versions and batches; none where no segment was read by two.
    """
    rows: list[dict[str, object]] = []
    before: DoubleCoded | None = None
    for number, (version, batches, found) in enumerate(_rounds(blind(codings)), start=1):
        table = agreement(found, seed).table
        about = {
            "round": number,
            "codebook_version": version,
            "first_batch": batches[0],
            "last_batch": batches[-1],
            "people": len({one.person for one in found.segments}),
        }
        changes = _changes(before, found, seed) if before else {}
        for row in rows_of(table[list(_COPIED)]):
            rows.append({**about, **row, **changes.get(row["code"], {})})
        before = found
    told = pd.DataFrame(rows, columns=list(COLUMNS))
    return told.astype(dict.fromkeys(_FIGURES, float))


def _rounds(codings: Table) -> Iterator[tuple[str, list[int], DoubleCoded]]:
    """Yield version, batches and readings of each round that has a segment which two have read."""
    for version in sorted(set(codings["codebook_version"]), key=_number):
        of_version = codings[codings["codebook_version"] == version]
        batches: list[int] = []
        found: DoubleCoded | None = None
        for batch in sorted(set(of_version["batch"])):
            batches.append(int(batch))
            found = double_coded(as_rows(of_version[of_version["batch"].isin(batches)]))
            if len(found.segments) >= FEWEST:
                yield version, batches, found
                batches, found = [], None
        if found and found.segments:
            yield version, batches, found


def _number(version: str) -> tuple[int, ...]:
    return in_order(version) if is_version(version) else ()


def _changes(before: DoubleCoded, now: DoubleCoded, seed: int) -> dict[str, dict[str, float]]:
    """Return how α changed, over all codes and on each that is often enough in both rounds."""
    sides = (before, now)
    alphas, repeats = [], []
    for place, one in enumerate(sides):
        sets = sets_of(one.segments)
        people = len(sets.apart)
        alphas.append({"": float(sets.alpha(np.ones((1, people)))[0])})
        repeats.append({"": sets.alpha(_drawn(people, seed, place))})
        codes = _often(one)
        if codes:
            single = codes_of(one.segments, codes)
            points = single.alpha(np.ones((1, people)))[0]
            drawn = single.alpha(_drawn(people, seed, place))
            alphas[-1].update(zip(codes, map(float, points), strict=True))
            repeats[-1].update({code: drawn[:, at] for at, code in enumerate(codes)})
    told: dict[str, dict[str, float]] = {}
    for code in alphas[0].keys() & alphas[1].keys():
        change = alphas[1][code] - alphas[0][code]
        if math.isnan(change):
            continue
        told[code] = {"change": change}
        first, second = repeats[0][code], repeats[1][code]
        between = interval(second - first) if len(first) and len(second) else None
        if between:
            told[code] |= {"change_low": between[0], "change_high": between[1]}
    return told


def _drawn(people: int, seed: int, place: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Draw the participants of one of two rounds, apart from those of the other."""
    return draws(people, int(np.random.SeedSequence([seed, place]).generate_state(1)[0]))


def _often(found: DoubleCoded) -> Sequence[str]:
    """Return the codes on enough segments for α to tell something."""
    return [
        code
        for code in found.codes
        if sum(any(code in r.codes for r in one.readings) for one in found.segments) >= RARE
    ]
