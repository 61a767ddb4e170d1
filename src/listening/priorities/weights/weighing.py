"""`rake`: the weight of each participant; `rake_many`: the same for every resample."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from listening.priorities.groups import Attribute, Key, attributes, living_people
from listening.priorities.nouns import Floats, Ints
from listening.priorities.weights.margins import RAKED, Frame, frame_of
from listening.priorities.weights.raking import (
    CLOSE,
    MOST_ROUNDS,
    design_effect,
    rake_cells,
    trimmed,
)
from listening.priorities.words import NAMES
from listening.records import PARTICIPANTS, Table, check

#: Beyond this design effect the weights cost more certainty than they mend (METHOD.md, section 2).
LARGEST_EFFECT = 2.0


@dataclass(frozen=True)
class Weighted:
    """The weights of a table of participants.

    Attributes:
        weights: one per participant, shape (n,): mean 1 over the people of each weighted source
            (a note about thirty passers-by counts thirty times there), and 1 elsewhere.
        design_effect: by kind of weighted source.
        margins: the attributes used, by kind of weighted source.
        notes: what was weighted and what was not and why, in plain sentences.
        people: persons whom each participant stands for, shape (n,).
        frames: how each weighted source is raked again.
    """

    weights: Floats = field(compare=False)
    design_effect: Mapping[str, float]
    margins: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]
    people: Ints = field(compare=False)
    frames: tuple[Frame, ...]

    @property
    def used(self) -> bool:
        """Whether anybody is weighted at all."""
        return bool(self.frames)


def rake(participants: Table, population: Table | None) -> Weighted:
    """Weight surveys and street notes to the margins of the population, where that can be done.

    A source is weighted only if it is of RAKED, has 100 participants, each category of the
    attributes used has 10, raking converges, and the design effect after trimming is at most 2.
    An attribute with a smaller category, or not known of more than a fifth, is left out alone.

    Args:
        participants: PARTICIPANTS.
        population: attribute, value, count (`groups.POPULATION`); None weights nobody.

    Raises:
        InvalidTable: a table breaks its rules.
    """
    people = check(participants, PARTICIPANTS)
    persons = people["people"].to_numpy(dtype=np.int64)
    weights = np.ones(len(people))
    living, labels = living_people(population)
    frames, effects, notes = [], {}, []
    found = attributes(people)[0] if living else {}
    for kind in RAKED if living else ():
        rows = np.flatnonzero(people["source_kind"] == kind)
        if len(rows):
            frame, own, effect, said = _weighed(kind, rows, persons, found, living, labels)
            notes += said
            if frame is not None:
                weights[rows] = own
                frames.append(frame)
                effects[kind] = effect
    margins = {frame.kind: tuple(margin.name for margin in frame.margins) for frame in frames}
    return Weighted(weights, effects, margins, tuple(notes), persons, tuple(frames))


def _weighed(
    kind: str,
    rows: Ints,
    persons: Ints,
    found: Mapping[str, Attribute],
    living: Mapping[Key, int],
    labels: Mapping[Key, Key],
) -> tuple[Frame | None, Floats, float, list[str]]:
    """Return a source's frame (None where it is not weighted), weights, design effect, notes."""
    frame, notes = frame_of(kind, rows, found, living, labels)
    if frame is None:
        return None, np.ones(len(rows)), 1.0, notes
    masses = masses_of(frame, persons[None, rows])
    raked = rake_cells(frame, masses, close=CLOSE, most_rounds=MOST_ROUNDS)
    if raked.miss[0] > CLOSE:
        notes.append(
            f"{NAMES[kind]}: not weighted to the population, for no weights fit all of "
            f"{_by(frame)} at once: some combinations of these were heard from nobody."
        )
        return None, np.ones(len(rows)), 1.0, notes
    weights = trimmed(raked.weights, masses)[0, frame.cell]
    effect = design_effect(weights, persons[rows].astype(np.float64))
    if effect > LARGEST_EFFECT:
        notes.append(
            f"{NAMES[kind]}: not weighted to the population by {_by(frame)}, for those heard "
            "differ from it so much that the weights would cost more than half of the certainty "
            f"(design effect {effect:.1f}, at most {LARGEST_EFFECT:.0f})."
        )
        return None, np.ones(len(rows)), 1.0, notes
    notes.append(
        f"{NAMES[kind]}: weighted to the population by {_by(frame)} (design effect {effect:.2f})."
    )
    unknown = [f"{one.name} ({one.unknown})" for one in frame.margins if one.unknown]
    if unknown:
        notes.append(
            f"{NAMES[kind]}: of some of the {len(rows)} participants it is not known, or is none "
            f"of the population's categories: {', '.join(unknown)}. Together they keep the share "
            "that they had."
        )
    return frame, weights, effect, notes


def _by(frame: Frame) -> str:
    names = [margin.name for margin in frame.margins]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def masses_of(frame: Frame, counts: Ints) -> Floats:
    """Return the people in each cell.

    Args:
        frame: of the source.
        counts: people for whom each participant of the source stands in each sample, shape
            (samples, m).

    Returns:
        Shape (samples, cells).
    """
    order = np.argsort(frame.cell, kind="stable")
    starts = np.searchsorted(frame.cell[order], np.arange(frame.cells))
    return np.add.reduceat(counts[:, order], starts, axis=1).astype(np.float64)


def rake_many(counts: Ints, weighted: Weighted) -> Floats:
    """Rake every resample anew to the margins that the sample was raked to, and trim.

    The conditions are not asked again: they decided on the sample itself.

    Args:
        counts: how often each participant was drawn, shape (replicates, n).
        weighted: what `rake` returned for these participants.

    Returns:
        Weights, shape (replicates, n), to be multiplied with `counts` and people; 1 outside the
        weighted sources. Twice the size of `counts`' memory: for very many people draw and weigh
        a part of the replicates at a time, or draw cells alone (`rake_cells`).
    """
    weights = np.ones(counts.shape)
    for frame in weighted.frames:
        masses = masses_of(frame, counts[:, frame.rows] * weighted.people[frame.rows])
        own = trimmed(rake_cells(frame, masses).weights, masses)
        weights[:, frame.rows] = own[:, frame.cell]
    return weights
