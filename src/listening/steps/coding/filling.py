"""What a coder who left has not read is read by somebody else: first and second readings alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from listening.labelstudio.nouns import SPANS, Item
from listening.store.coding import KeptItem

#: places of the items of one coder, by document
_Places = dict[str, set[tuple[int, int]]]


@dataclass
class Given:
    """What coders were given of the audit before.

    Attributes:
        readers: coders who are still there, of each group, in the order in which they came.
        double: groups that were drawn to be read twice.
        begun: groups of which people who left have read something, with their addresses.
    """

    readers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    double: set[str] = field(default_factory=set)
    begun: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _has: dict[str, _Places] = field(default_factory=dict)
    _left: dict[str, _Places] = field(default_factory=dict)

    def add(self, coder: str, items: Iterable[KeptItem], left: bool) -> None:
        """Add the items of a coder; of somebody who left, those that they have read."""
        places = (self._left if left else self._has).setdefault(coder, defaultdict(set))
        groups = self.begun if left else self.readers
        for kept in items:
            group = kept.document_id if kept.layout == SPANS else kept.turns[0].participant_id
            places[kept.document_id].add((kept.start, kept.end))
            if kept.double:
                self.double.add(group)
            if coder not in groups.get(group, ()):
                groups[group] = (*groups.get(group, ()), coder)

    def everybody(self) -> dict[str, tuple[str, ...]]:
        """Return who was given each group, those who left and have read of it among them."""
        groups = {**self.readers, **self.begun}
        return {
            one: tuple(dict.fromkeys((*self.readers.get(one, ()), *self.begun.get(one, ()))))
            for one in groups
        }

    def lacking(self, group: str, items: Sequence[Item]) -> dict[str, int]:
        """Return how many readers each item of a group still lacks, by its key; none left out."""
        readers = self.readers.get(group, ())
        wanted = 2 if group in self.double else 1
        short = {one.key: wanted - self._done(one) - len(readers) for one in items}
        return {key: number for key, number in short.items() if number > 0}

    def of_item(self, group: str, item: Item, coders: Sequence[str]) -> list[str]:
        """Return who of a group's coders reads an item: who has it, and others as far as needed."""
        has = [one for one in coders if _within(item, self._has.get(one, {}))]
        needed = (2 if group in self.double else 1) - self._done(item) - len(has)
        return has + [one for one in coders if one not in has][: max(needed, 0)]

    def _done(self, item: Item) -> int:
        """Return how many who left have read an item."""
        return sum(_within(item, places) for places in self._left.values())


def refill(
    lacking: Mapping[str, int],
    units: Mapping[str, int],
    given: Mapping[str, tuple[str, ...]],
    coders: Sequence[str],
    seed: int,
) -> dict[str, tuple[str, ...]]:
    """Give groups that lack readers to those who have least, none of them twice.

    Args:
        lacking: how many readers each group lacks.
        units: of each group.
        given: coders of each group now.
        coders: who may be given more; among those who have as much, chance decides.
        seed: of that chance.

    Returns:
        Coders of the groups that somebody was found for, those of before among them.
    """
    load: dict[str, int] = defaultdict(int)
    for group, readers in given.items():
        for coder in readers:
            load[coder] += units.get(group, 0)
    rng = np.random.default_rng(seed)
    found: dict[str, tuple[str, ...]] = {}
    for group in sorted(lacking):
        before = given.get(group, ())
        turn = [coders[n] for n in rng.permutation(len(coders))]
        free = sorted((one for one in turn if one not in before), key=lambda one: load[one])
        more = tuple(free[: lacking[group]])
        for coder in more:
            load[coder] += units.get(group, 0)
        if more:
            found[group] = (*before, *more)
    return found


def _within(item: Item, places: _Places) -> bool:
    own = places.get(item.document_id, set())
    if (item.start, item.end) in own:
        return True
    return any(start <= item.start and item.end <= end for start, end in own)
