"""Where people who read alone differ: what somebody is to settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from listening.coding.agreement.spans import matches
from listening.coding.agreement.stored import blind, finished, first_items
from listening.coding.stretches import stretches
from listening.records import Table

_SETTLING = "adjudication"
_Stretch = tuple[str, int, int]


@dataclass(frozen=True)
class Disputed:
    """An item on which people who read it alone differ.

    Attributes:
        item: its key.
        document_id: where it stands.
        coders: who read it.
        codes: on which they differ, by id.
        stretches: they gave the same codes, and marked other words with them.
    """

    item: str
    document_id: str
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    stretches: bool


def disputed(codings: Table) -> tuple[Disputed, ...]:
    """Return the items on which blind readings differ and that nobody has settled yet.

    On a whole item readings agree when they gave the same codes. In a conversation they agree when
    every stretch has one of the same code in the other reading with which it shares at least half
    of what both cover (IoU ≥ .5); a stretch over several segments is looked at as one. Codes that
    do not count any more are not looked at.

    Args:
        codings: CODINGS of one codebook, one row per unit, coder and code.
    """
    settling = finished(codings)
    settling = settling[settling["role"] == _SETTLING]
    settled = set(first_items(settling, codings))
    alone = blind(codings)
    alone = alone[~alone["item"].isin(settled)]
    given: dict[str, dict[str, list[_Stretch]]] = {}
    documents: dict[str, str] = {}
    for item, coder, document in _columns(alone, "item", "coder", "document_id"):
        given.setdefault(item, {}).setdefault(coder, [])
        documents[item] = document
    active = alone[(alone["code"] != "") & (alone["code_status"] == "active")]
    places = ("item", "coder", "code", "start", "end", "whole")
    for item, coder, code, start, end, whole in _columns(stretches(active), *places):
        # a code on a whole item has no place
        given[item][coder].append((code, 0, 1) if whole else (code, start, end))
    found = []
    for item, readings in given.items():
        own = [sorted(set(marked)) for marked in readings.values()]
        apart = _apart(own) if len(own) > 1 else ()
        if apart:
            codes = [{one[0] for one in marked} for marked in own]
            same = all(one == codes[0] for one in codes)
            found.append(Disputed(item, documents[item], tuple(sorted(readings)), apart, same))
    return tuple(found)


def _columns(table: Table, *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*(table[name].tolist() for name in names), strict=True))


def _apart(given: Sequence[Sequence[_Stretch]]) -> tuple[str, ...]:
    """Return the codes on which two of the readings differ."""
    if all(own == given[0] for own in given):
        return ()
    codes = {one[0] for own in given for one in own}
    return tuple(sorted(code for code in codes if _differ(code, given)))


def _differ(code: str, given: Sequence[Sequence[_Stretch]]) -> bool:
    own = [[one for one in stretches if one[0] == code] for stretches in given]
    return any(
        len(one) != len(other) or matches(one, other) < len(one)
        for one, other in combinations(own, 2)
    )
