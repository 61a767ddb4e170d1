"""Who is who: people by attribute and value, what each group raised, and who was not heard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandera.pandas as pa

from listening.priorities.counting import Counted, columns
from listening.priorities.nouns import GroupShare, Ints, NotHeard
from listening.priorities.words import not_heard_sentence
from listening.records import TEXT, Table, check

#: An attribute with more values than this is a measurement or a text, not a set of groups.
MOST_VALUES = 50
#: Fewer people than this can all miss a concern that a fifth of their group holds (METHOD §7).
HEARD = 14

#: population.csv: how many people of each group live there.
POPULATION = pa.DataFrameSchema(
    {
        "attribute": pa.Column(TEXT, nullable=False, coerce=True),
        "value": pa.Column(TEXT, nullable=False, coerce=True),
        "count": pa.Column(int, checks=[pa.Check.ge(0)], coerce=True),
    },
    strict=True,
    name="population",
)

Key = tuple[str, str]


@dataclass(frozen=True)
class Attribute:
    """One attribute: `member` holds each participant's place in `values`, −1 where unknown."""

    name: str
    values: tuple[str, ...]
    member: Ints

    def people(self, counted: Counted) -> Ints:
        """Return the people of each value."""
        known = self.member >= 0
        totals = np.bincount(
            self.member[known], weights=counted.people[known], minlength=len(self.values)
        )
        return np.rint(totals).astype(np.int64)

    def accounts(self, counted: Counted) -> Ints:
        """Return how many accounts of each value there are, each by itself.

        A note on several passers-by is one account, and so is what members of one focus group said:
        they heard one another.
        """
        known = self.member >= 0
        apart = np.unique(np.column_stack([self.member[known], counted.cluster[known]]), axis=0)
        return np.bincount(apart[:, 0], minlength=len(self.values))


def plain(text: Any) -> str:
    """Return the spelling by which names and values are matched: trimmed, without case."""
    return " ".join(str(text).split()).casefold()


def attributes(participants: Table) -> tuple[dict[str, Attribute], tuple[str, ...]]:
    """Collect the attributes of participants, values spelt alike being one.

    Returns:
        Attributes by their matching spelling, and the names of those with too many values to be
        groups, which are left out.
    """
    names: dict[str, Counter[str]] = defaultdict(Counter)
    spellings: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    rows: list[dict[str, str]] = []
    # people of one group are spelt alike: each spelling is looked at once
    told = cache(plain)
    for given in participants["attributes"]:
        row = {}
        for name, value in given.items():
            key, own = told(name), told(value)
            if own:
                row[key] = own
                names[key][str(name).strip()] += 1
                spellings[key][own][str(value).strip()] += 1
        rows.append(row)
    found, too_many = {}, []
    for key in sorted(names):
        if len(spellings[key]) > MOST_VALUES:
            too_many.append(_usual(names[key]))
            continue
        places = {value: place for place, value in enumerate(sorted(spellings[key]))}
        member = np.array([places.get(row.get(key, ""), -1) for row in rows], dtype=np.int64)
        values = tuple(_usual(spellings[key][value]) for value in places)
        found[key] = Attribute(_usual(names[key]), values, member)
    return found, tuple(too_many)


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))


def group_shares(counted: Counted, found: dict[str, Attribute]) -> list[tuple[GroupShare, ...]]:
    """Return, for each theme, the people of each group who raised it."""
    shares: list[list[GroupShare]] = [[] for _ in counted.themes]
    for attribute in found.values():
        size = len(attribute.values)
        member = attribute.member[counted.person]
        known = member >= 0
        raised = np.bincount(
            counted.theme[known] * size + member[known],
            weights=counted.people[counted.person[known]],
            minlength=len(counted.themes) * size,
        ).reshape(len(counted.themes), size)
        could = _could(counted, attribute)
        for theme, row, of in zip(shares, raised, could, strict=True):
            theme.extend(
                GroupShare(attribute.name, value, int(x), int(n))
                for value, x, n in zip(attribute.values, row, of, strict=True)
            )
    return [tuple(theme) for theme in shares]


def _could(counted: Counted, attribute: Attribute) -> list[Ints]:
    """Return, for each theme, the people of each value who could raise it."""
    known = attribute.member >= 0
    distinct, column = columns(counted.eligible)
    of = [
        np.bincount(
            attribute.member[known],
            weights=counted.people[known] * able[known],
            minlength=len(attribute.values),
        )
        for able in distinct.T
    ]
    whole = [np.rint(one).astype(np.int64) for one in of]
    return [whole[place] for place in column]


def members(found: dict[str, Attribute], group: Key) -> npt.NDArray[np.bool_] | None:
    """Return who belongs to a group, or None when nobody is known to."""
    attribute = found.get(plain(group[0]))
    values = [plain(value) for value in attribute.values] if attribute else []
    if attribute is None or plain(group[1]) not in values:
        return None
    return np.asarray(attribute.member == values.index(plain(group[1])))


def not_heard(
    counted: Counted,
    found: dict[str, Attribute],
    population: Table | None,
    wanted: Sequence[Key],
) -> tuple[NotHeard, ...]:
    """List the groups of whom fewer than 14 were heard, each with an account of their own.

    A note on several passers-by is one account, and so is a focus group.

    Args:
        counted: the evidence.
        found: attributes of participants.
        population: attribute, value, count; or None.
        wanted: groups that the user names, heard or not.

    Returns:
        Groups found among participants, in the population or in `wanted`, by attribute and value.

    Raises:
        InvalidTable: the population table breaks its rules.
    """
    counts, labels = living_people(population)
    for attribute_name, value in wanted:
        labels.setdefault((plain(attribute_name), plain(value)), (attribute_name, value))
    heard: dict[Key, tuple[int, int]] = {}
    for name, attribute in found.items():
        numbers = zip(attribute.people(counted), attribute.accounts(counted), strict=True)
        for value, (people, accounts) in zip(attribute.values, numbers, strict=True):
            heard[name, plain(value)] = int(people), int(accounts)
            labels[name, plain(value)] = (attribute.name, value)
    everyone = int(counted.people.sum())
    groups = []
    for key in sorted(labels):
        n = heard.get(key, (0, 0))
        if n[1] < HEARD:
            known = int(found[key[0]].people(counted).sum()) if key[0] in found else 0
            groups.append(_not_heard(labels[key], n, counts.get(key), everyone - known))
    return tuple(groups)


def living_people(population: Table | None) -> tuple[dict[Key, int], dict[Key, Key]]:
    """Return how many people of each group live there, and how the table spells it.

    Keys are matching spellings, in the order of the table.

    Raises:
        InvalidTable: the population table breaks its rules.
    """
    counts: dict[Key, int] = defaultdict(int)
    labels: dict[Key, Key] = {}
    if population is not None:
        table = check(population, POPULATION)
        for name, value, people in zip(
            table["attribute"], table["value"], table["count"], strict=True
        ):
            key = plain(name), plain(value)
            counts[key] += int(people)
            labels.setdefault(key, (name.strip(), value.strip()))
    return dict(counts), labels


def _not_heard(
    label: Key, heard: tuple[int, int], population: int | None, unknown: int
) -> NotHeard:
    people, accounts = heard
    capacity = 1 - 0.05 ** (1 / accounts) if accounts else None
    sentence = not_heard_sentence(label, heard, population, capacity, unknown)
    return NotHeard(*label, people, accounts, population, unknown, capacity, sentence)
