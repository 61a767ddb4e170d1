"""Which sources and attributes can be weighted, and why the others cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from listening.priorities.groups import Attribute, Key, plain
from listening.priorities.nouns import Floats, Ints
from listening.priorities.words import NAMES

#: Kinds of source that can be weighted; people of the others were chosen for what they can tell.
RAKED: tuple[str, ...] = ("street", "survey")
#: A source with fewer participants is not weighted (METHOD.md, section 2; judgement).
FEWEST = 100
#: An attribute with a smaller category is not used: a few people would speak for very many.
FEWEST_OF_CATEGORY = 10
#: An attribute that more people left unsaid is not used: those who told may be other people.
MOST_UNKNOWN = 0.2


@dataclass(frozen=True)
class Margin:
    """One attribute that a source is weighted by.

    Attributes:
        name: the attribute, as it is usually spelt.
        values: its categories, those of the population that have people there.
        target: the population's share of each, summing to 1.
        place: each person's place in `values`; len(values) for those whose category is not known
            or is none of the population's.
    """

    name: str
    values: tuple[str, ...]
    target: Floats = field(compare=False)
    place: Ints = field(compare=False)

    @property
    def unknown(self) -> int:
        """How many participants have no category of the population."""
        return int((self.place == len(self.values)).sum())


@dataclass(frozen=True)
class Frame:
    """One source that is weighted, as cells: people alike in every margin weigh the same.

    Attributes:
        kind: of source.
        rows: places of its participants in the table, shape (m,).
        cell: the cell of each of them, shape (m,).
        places: the category of each cell, one array (cells,) per margin.
        margins: what the source is weighted by.
    """

    kind: str
    rows: Ints = field(compare=False)
    cell: Ints = field(compare=False)
    places: tuple[Ints, ...] = field(compare=False)
    margins: tuple[Margin, ...]

    @property
    def cells(self) -> int:
        """The number of cells."""
        return len(self.places[0])


def frame_of(
    kind: str,
    rows: Ints,
    found: Mapping[str, Attribute],
    living: Mapping[Key, int],
    labels: Mapping[Key, Key],
) -> tuple[Frame | None, list[str]]:
    """Say what a source can be weighted by.

    Args:
        kind: of source.
        rows: places of its participants in the table.
        found: the attributes of participants, by their matching spelling.
        living: people of each attribute and value in the population, by their matching spelling.
        labels: how each is usually spelt.

    Returns:
        The frame, or None where nothing can be weighted; and why not, in plain sentences.
    """
    name = NAMES[kind]
    if len(rows) < FEWEST:
        return None, [
            f"{name}: not weighted to the population, for weighting needs {FEWEST} participants "
            f"and there are {len(rows)}."
        ]
    margins, said = [], []
    for attribute in sorted({key[0] for key in living}):
        margin, why = _margin(attribute, rows, found.get(attribute), living, labels)
        if margin is None:
            said.append(f"{name}: not weighted by {_called(attribute, found, labels)}, for {why}.")
        else:
            margins.append(margin)
    if not margins:
        said.append(f"{name}: not weighted to the population, for no attribute can be used.")
        return None, said
    places = np.column_stack([margin.place for margin in margins])
    cells, cell = np.unique(places, axis=0, return_inverse=True)
    columns = tuple(np.ascontiguousarray(column) for column in cells.T.astype(np.int64))
    return Frame(kind, rows, cell.ravel().astype(np.int64), columns, tuple(margins)), said


def _margin(
    key: str,
    rows: Ints,
    attribute: Attribute | None,
    living: Mapping[Key, int],
    labels: Mapping[Key, Key],
) -> tuple[Margin | None, str]:
    counts = {value: n for (name, value), n in living.items() if name == key and n > 0}
    if len(counts) < 2:
        return None, "the population table gives fewer than two categories with people in them"
    if attribute is None:
        return None, "nothing is known of it for anybody who was heard"
    values = tuple(sorted(counts))
    place = _places(attribute, rows, values)
    heard = np.bincount(place, minlength=len(values) + 1)
    told = [labels[key, value][1] for value in values]
    if heard[-1] > MOST_UNKNOWN * len(rows):
        return None, (
            f"it is not known of {heard[-1]} of the {len(rows)} participants, or is none of "
            "the population's categories"
        )
    few = [f"{who} ({n})" for who, n in zip(told, heard, strict=False) if n < FEWEST_OF_CATEGORY]
    if few:
        return None, (
            f"fewer than {FEWEST_OF_CATEGORY} participants are of {_listed(few)}; join them with "
            "another category, in the population table and with the participants, to use it"
        )
    target = np.array([counts[value] for value in values], dtype=np.float64)
    return Margin(attribute.name, tuple(told), target / target.sum(), place), ""


def _places(attribute: Attribute, rows: Ints, values: Sequence[str]) -> Ints:
    place_of = {value: place for place, value in enumerate(values)}
    by_member = [place_of.get(plain(value), len(values)) for value in attribute.values]
    # the last one answers for −1, which is unknown
    return np.array([*by_member, len(values)], dtype=np.int64)[attribute.member[rows]]


def _called(key: str, found: Mapping[str, Attribute], labels: Mapping[Key, Key]) -> str:
    if key in found:
        return found[key].name
    return next(label[0] for (name, _), label in labels.items() if name == key)


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
