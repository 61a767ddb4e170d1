"""Fictional evidence for the tests of equity: people with attributes, and what they raised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from priorities_cases import tables, themes

from listening.priorities.counting import Counted, count
from listening.priorities.groups import Attribute, attributes

Said = Mapping[str, tuple[dict[str, Any], Sequence[str]]]


def counted(said: Said, *codes: str) -> tuple[Counted, dict[str, Attribute]]:
    """Return the evidence and the attributes of people given as in `priorities_cases.crowd`."""
    raised, people = tables(said)
    return count(raised, people, themes(*codes))[0], attributes(people)[0]


def of_group(
    value: str, raised: int, of: int, code: str = "housing", **more: Any
) -> dict[str, tuple[dict[str, Any], Sequence[str]]]:
    """`of` people of one tenure, the first `raised` of whom raise the code."""
    return {
        f"{value} {code} {n}": (
            {"attributes": {"tenure": value}, **more},
            [code] if n < raised else [],
        )
        for n in range(of)
    }


def dealt(found: Mapping[str, Attribute], order: NDArray[np.intp]) -> dict[str, Attribute]:
    """Return the attributes dealt to people anew, all of a person's together."""
    return {name: Attribute(one.name, one.values, one.member[order]) for name, one in found.items()}
