"""What a reader sees of a theme: how many people of how many, and how far that could be off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from listening.priorities.counting import Counted, Sums, share
from listening.priorities.nouns import Share


@dataclass(frozen=True)
class Shares:
    """Shares of people as they were heard, never weighted.

    Attributes:
        counted: the evidence.
        heard: its sums without weights.
        read: sums of the people who were read, without weights.
        alpha: 1 minus the confidence.
    """

    counted: Counted
    heard: Sums
    read: Sums
    alpha: float

    def of_each(self, theme: int) -> dict[str, Share]:
        """Return the share in each source."""
        n = self.heard.n_eff[:, theme] * self.counted.known[:, theme]
        return {
            kind: share(
                self.heard.raised[source, theme],
                self.heard.people[source, theme],
                float(n[source]),
                self.alpha,
                estimated=bool(self.counted.corrected[source]),
                read=self._found(theme, source) if self.counted.corrected[source] else None,
            )
            for source, kind in enumerate(self.counted.kinds)
        }

    def of_all(self, theme: int) -> Share:
        """Return the share of distinct people over all sources."""
        people, squares = self.heard.people[:, theme], self.heard.squares[:, theme]
        known = self.counted.known[:, theme]
        # Σw² of a corrected source grows as its effective number of people falls
        grown = np.divide(squares, known, out=np.full_like(squares, np.inf), where=known > 0)
        whole = float(np.where(people > 0, grown, 0.0).sum())
        estimated = bool(self.counted.corrected[people > 0].any())
        return share(
            self.heard.raised[:, theme].sum(),
            people.sum(),
            float(people.sum() ** 2 / whole) if whole else 0.0,
            self.alpha,
            estimated=estimated,
            read=self._found(theme, slice(None)) if estimated else None,
        )

    def _found(self, theme: int, sources: int | slice) -> tuple[int, int]:
        """Return how many of those who were read raised a theme, and how many could."""
        raised, people = self.read.raised[sources, theme], self.read.people[sources, theme]
        return round(float(raised.sum())), round(float(people.sum()))
