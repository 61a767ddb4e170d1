"""What several programmes have in common: their drivers and how many actions, never words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from listening.steps.acting import themes
from listening.steps.site import Site
from listening.store.accounts import Person, Programme, people
from listening.store.accounts.nouns import LEAD, OFFICER, RESEARCHER

#: who may see a programme's actions
READERS = frozenset({LEAD, OFFICER, RESEARCHER})


@dataclass(frozen=True)
class Shared:
    """One driver: its names, and how many actions of each programme are placed on it."""

    primary: str
    secondary: str
    counts: tuple[int, ...]

    @property
    def programmes(self) -> int:
        """How many programmes work on it."""
        return sum(count > 0 for count in self.counts)


def shared(site: Site, person: Person) -> tuple[list[Programme], list[Shared]]:
    """Return the programmes whose actions somebody may see, and the drivers that they work on.

    Drivers that more programmes work on stand first.
    """
    held = [one for one in people.programmes_of(person) if people.roles(person, one.slug) & READERS]
    counted = [
        Counter(action.driver for action in site.work(one).store.actions.all() if action.driver)
        for one in held
    ]
    if not held:
        return [], []
    vocabulary = themes.drivers(site.work(held[0]))
    rows = []
    for driver in dict.fromkeys(key for _, inner in vocabulary.choices for key, _ in inner):
        counts = tuple(of[driver] for of in counted)
        if any(counts):
            rows.append(Shared(*vocabulary.named(driver), counts))
    return held, sorted(rows, key=lambda row: (-row.programmes, -sum(row.counts)))
