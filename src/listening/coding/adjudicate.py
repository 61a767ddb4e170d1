"""Where people who read alone differ: what somebody is to settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from listening.coding.agreement.spans import matches
from listening.coding.agreement.stored import blind
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
    settled = set(codings.loc[codings["role"] == _SETTLING, "item"])
    alone = blind(codings)
    found = []
    for item, rows in alone[~alone["item"].isin(settled)].groupby("item", sort=False):
        active = rows[(rows["code"] != "") & (rows["code_status"] == "active")]
        given = {coder: _marked(active[active["coder"] == coder]) for coder in set(rows["coder"])}
        apart = _apart(given)
        if apart:
            codes = [{one[0] for one in own} for own in given.values()]
            same = all(one == codes[0] for one in codes)
            document = str(rows["document_id"].iloc[0])
            found.append(Disputed(str(item), document, tuple(sorted(given)), apart, same))
    return tuple(found)


def _marked(rows: Table) -> list[_Stretch]:
    """Return what one coder gave: each code with its place; a code on a whole item has none."""
    places = stretches(rows)[["code", "start", "end", "whole"]].itertuples(index=False, name=None)
    return sorted(
        {(code, 0, 1) if whole else (code, start, end) for code, start, end, whole in places}
    )


def _apart(given: Mapping[str, Sequence[_Stretch]]) -> tuple[str, ...]:
    """Return the codes on which two of the readings differ."""
    codes = {one[0] for own in given.values() for one in own}
    return tuple(sorted(code for code in codes if _differ(code, list(given.values()))))


def _differ(code: str, given: Sequence[Sequence[_Stretch]]) -> bool:
    own = [[one for one in stretches if one[0] == code] for stretches in given]
    return any(
        len(one) != len(other) or matches(one, other) < len(one)
        for one, other in combinations(own, 2)
    )
