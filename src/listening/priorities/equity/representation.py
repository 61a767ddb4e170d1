"""Who was heard beside who lives there: participation ratios, and what could not be compared.

    ratio = (n_g / n) / (N_g / N)

with n over the people whose value the population table names, N over the attribute's rows there.
The interval is Clopper and Pearson's (1934) on the number of separate voices, as Korn and Graubard
(1998) do for people who were not asked independently. A group is under-heard when its upper end is
below .8.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.stats import beta

from listening.priorities.counting import Counted
from listening.priorities.equity import words
from listening.priorities.equity.nouns import Represented, Unmatched
from listening.priorities.equity.voices import squares
from listening.priorities.groups import Attribute, Key, living_people, plain
from listening.priorities.nouns import Bools
from listening.records import Table

#: Heard less than this part of its share, even at the upper end, a group is under-heard.
FAIR = 0.8


def representation(
    counted: Counted, found: Mapping[str, Attribute], population: Table | None, alpha: float
) -> tuple[tuple[Represented, ...], tuple[Unmatched, ...]]:
    """Hold who was heard against who lives there.

    Args:
        counted: the evidence.
        found: attributes by their matching spelling.
        population: attribute, value, count; or None.
        alpha: 1 minus the confidence of the intervals.

    Returns:
        A row for each group of the population table, in its order; and what does not match.

    Raises:
        InvalidTable: the population table breaks its rules.
    """
    if population is None:
        return (), ()
    counts, labels = living_people(population)
    rows: list[Represented] = []
    apart: list[Unmatched] = []
    for key in dict.fromkeys(attribute for attribute, _ in counts):
        values = [value for attribute, value in counts if attribute == key]
        name = labels[key, values[0]][0]
        if key not in found:
            named = tuple(labels[key, value][1] for value in values)
            apart.append(Unmatched(name, named, 0, words.not_recorded(name)))
            continue
        own = {value: counts[key, value] for value in values}
        spelt = {value: labels[key, value] for value in values}
        rows += _rows(counted, found[key], own, spelt, alpha)
        apart += _not_in_table(counted, found[key], own)
    named_there = {attribute for attribute, _ in counts}
    apart += [
        Unmatched(one.name, (), int(one.people(counted).sum()), words.no_population(one.name))
        for key, one in found.items()
        if key not in named_there
    ]
    return tuple(rows), tuple(apart)


def _rows(
    counted: Counted,
    attribute: Attribute,
    counts: Mapping[str, int],
    labels: Mapping[str, Key],
    alpha: float,
) -> list[Represented]:
    """Return a row for each of the table's values of an attribute."""
    places = {plain(value): place for place, value in enumerate(attribute.values)}
    matched = np.array([plain(value) in counts for value in attribute.values], dtype=np.bool_)
    known = _known(attribute, matched)
    size = len(attribute.values)
    of, _, _ = squares(counted.people[known], counted.cluster[known], attribute.member[known], size)
    alone = np.zeros(int(known.sum()), dtype=np.int64)
    whole, squared, _ = squares(counted.people[known], counted.cluster[known], alone, 1)
    n, everyone = int(whole[0]), int(counted.people.sum())
    voices = float(n**2 / squared[0]) if n else 0.0
    total = sum(counts.values())
    return [
        _row(
            labels[value],
            int(of[places[value]]) if value in places else 0,
            n,
            everyone - n,
            (count, total),
            voices,
            alpha,
        )
        for value, count in counts.items()
    ]


def _known(attribute: Attribute, matched: Bools) -> Bools:
    """Say of whom a value is known that the population table names."""
    with_unknown = np.append(matched, False)
    return np.asarray(with_unknown[attribute.member])


def _row(
    label: Key,
    people: int,
    n: int,
    unknown: int,
    living_there: tuple[int, int],
    voices: float,
    alpha: float,
) -> Represented:
    count, total = living_there
    ratio, interval = None, None
    shortfall, sure = "", False
    if count and n:
        part = count / total
        ratio = people / n / part
        low, high = clopper_pearson(people / n, voices, alpha)
        interval = low / part, high / part
        shortfall = _shortfall(ratio, interval)
        most = (people + unknown) / (n + unknown)
        sure = shortfall == "under" and clopper_pearson(most, voices, alpha)[1] / part < FAIR
    return Represented(
        *label,
        people,
        n,
        unknown,
        count,
        total,
        ratio,
        interval,
        shortfall == "under",
        shortfall,
        sure,
        words.represented(
            label,
            people,
            n,
            unknown,
            count / total if total else 0.0,
            interval,
            shortfall,
            sure=sure,
        ),
    )


def _shortfall(ratio: float, interval: tuple[float, float]) -> str:
    """Say how a shortfall stands: shown, likely, some, or none that can be told from chance."""
    if interval[1] < FAIR:
        return "under"
    if ratio < FAIR:
        return "likely"
    return "some" if interval[1] < 1 else "none"


def clopper_pearson(share: float, n: float, alpha: float) -> tuple[float, float]:
    """Return the exact interval of a share among n voices, which need not be a whole number."""
    x = share * n
    low = float(beta.ppf(alpha / 2, x, n - x + 1)) if x > 0 else 0.0
    high = float(beta.ppf(1 - alpha / 2, x + 1, n - x)) if x < n else 1.0
    return low, high


def _not_in_table(
    counted: Counted, attribute: Attribute, counts: Mapping[str, int]
) -> list[Unmatched]:
    """Return the values that people gave and that the population table does not name."""
    people = attribute.people(counted)
    strange = [place for place, value in enumerate(attribute.values) if plain(value) not in counts]
    if not strange:
        return []
    values = tuple(attribute.values[place] for place in strange)
    heard = int(people[strange].sum())
    sentence = words.not_in_table(attribute.name, values, heard)
    return [Unmatched(attribute.name, values, heard, sentence)]
