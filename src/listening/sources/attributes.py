"""Attributes as the programme's own settings name them and allow their values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from listening.programme import Attribute
from listening.records import Reading, Reject


def fit_attributes(reading: Reading, attributes: Sequence[Attribute]) -> Reading:
    """Name people's attributes as the programme does, and keep the values that it allows.

    A column may be called by the attribute's name or by its question; values are compared without
    regard to case and blanks. What the programme does not ask for is not kept: nobody gathers more
    about residents than was agreed.

    Args:
        reading: what was read of one file.
        attributes: the programme's; without any, everything stays as it is.

    Returns:
        The reading, with a reject for each attribute that was left out or had other values; no
        value is quoted.
    """
    if not attributes:
        return reading
    by_spelling = {_even(s): one for one in attributes for s in (one.question, one.name)}
    unknown: Counter[str] = Counter()
    unfit: Counter[str] = Counter()

    def fitted(given: Mapping[str, str]) -> dict[str, str]:
        kept = {}
        for name, value in given.items():
            one = by_spelling.get(_even(name))
            if one is None:
                unknown[name] += 1
            elif (allowed := _allowed(one, value)) is None:
                unfit[one.name] += 1
            else:
                kept[one.name] = allowed
        return kept

    people = reading.people
    told = [fitted(given) for given in people["attributes"]]
    people = people.assign(attributes=pd.Series(told, index=people.index, dtype=object))
    file = str(people["file"].iloc[0]) if len(people) else ""
    values = {one.name: ", ".join(one.values) for one in attributes}
    rejects = [_not_asked(file, name) for name in unknown]
    rejects += [_other_values(file, name, n, values[name]) for name, n in unfit.items()]
    return replace(reading, people=people, rejects=(*reading.rejects, *rejects))


def _even(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())


def _allowed(attribute: Attribute, value: str) -> str | None:
    if not attribute.values:
        return value
    return next((one for one in attribute.values if _even(one) == _even(value)), None)


def _not_asked(file: str, name: str) -> Reject:
    return Reject(
        file,
        "",
        f"The attribute “{name}”",
        "The programme's settings do not ask for it, so it was not kept.",
        "If it is wanted, add it under [[attributes]] and read the file again.",
    )


def _other_values(file: str, name: str, people: int, values: str) -> Reject:
    who = "One person has" if people == 1 else f"{people} people have"
    return Reject(
        file,
        "",
        f"The attribute “{name}” of {people}",
        f"{who} a value that the programme's settings do not allow; it was not kept.",
        f"Allowed are: {values}. Correct the value, or add it to the settings.",
    )
