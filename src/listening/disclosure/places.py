"""The place that a release gives each theme: no finer than what is told anyhow.

Themes share a place where their order would have narrowed a count. Among those of one place whose
figures are told, the figures themselves may say which scores more: that much is said aloud. Where
a figure is withheld, its theme could stand anywhere in the place that it shares.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from listening.disclosure import estimates
from listening.disclosure.nouns import EVERYONE, Shown, Told, Truth, heard

#: How far a figure that is repeated from an earlier release may be off by now.
REPEATED = 10


def places_of(document: Mapping[str, Any], truth: Truth, told: Told) -> dict[str, int]:
    """Return the place of each theme, from 1; several may share one.

    A theme whose figure is withheld comes after those of its place whose figures are told, as in
    the list: its place says nothing of it.
    """
    places: dict[str, int] = {}
    first = 1
    for block in told.blocks:
        known = [one for one in block if told.cells[one][EVERYONE].value is not None]
        ranges = {one: _score(one, truth, told) for one in known}
        weighted = bool(document.get("weighted"))  # scores are then not those of people as heard
        for one in block:
            if one not in ranges or weighted:
                places[one] = first + (0 if weighted else len(known))
                continue
            surely = sum(low >= ranges[one][1] - 1e-6 for low, _ in ranges.values())
            places[one] = first + surely
        first += len(block)
    return places


def placed(theme: str, told: Told) -> bool:
    """Whether a theme's place says anything: not where it shares one and its figure is withheld."""
    alone = [theme] in told.blocks
    return alone or told.cells[theme][EVERYONE].value is not None


def _score(theme: str, truth: Truth, told: Told) -> tuple[float, float]:
    """Return the lowest and highest score that the told figures of each source leave open."""
    low = high = 0.0
    for crowd, slope in truth.slopes.items():
        if crowd not in truth.counts[theme]:
            continue
        each = slope / truth.stands.get(crowd, 1.0)
        least, most = _people(told.cells[theme][crowd], crowd, truth, told)
        low, high = low + each * least, high + each * most
    return low, high


def _people(one: Shown, crowd: str, truth: Truth, told: Told) -> tuple[float, float]:
    """Return between how many people of a source raised a theme, as far as it is told."""
    everybody = truth.sizes.get(heard(crowd), truth.sizes[crowd])
    share = estimates.read_share(one)
    slack = REPEATED if one.kept else 0
    if share is not None:
        low, high = estimates.borders(share, told.steps[crowd])
        return low * everybody - slack, high * everybody + slack
    if one.value is None:
        return 0.0, float(everybody)
    return one.low - slack, one.high + slack
