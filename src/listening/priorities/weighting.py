"""Raking's way through the ranking: the weights of people, and those of every resample."""

from __future__ import annotations

from listening.priorities.bootstrap import Reweigh, Weights
from listening.priorities.nouns import Floats, Ints
from listening.priorities.weights import Frame, Weighted, rake_cells
from listening.priorities.weights.raking import trimmed
from listening.priorities.weights.weighing import masses_of


def weights_of(made: Weighted) -> Weights:
    """Return the weights of participants, with how each weighted source is raked again."""
    return Weights(made.weights, {frame.kind: _again(frame, made.people) for frame in made.frames})


def _again(frame: Frame, people: Ints) -> Reweigh:
    """Rake a source's resamples anew: counts (replicates, participants) to weights."""

    def weigh(counts: Ints) -> Floats:
        masses = masses_of(frame, counts * people[frame.rows])
        return trimmed(rake_cells(frame, masses).weights, masses)[:, frame.cell]

    return weigh
