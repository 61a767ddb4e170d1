"""Who codes: those who were named at any push, but for those who have left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from listening.steps.coding.addresses import addresses
from listening.steps.work import Work

#: book of the vault that remembers who codes
BOOK = "labelstudio"


@dataclass(frozen=True)
class Coders:
    """Who codes.

    Attributes:
        named: addresses, in small letters, of who may be given more of the audit.
        left: addresses of who has left, now or before: what they have not read goes to others.
        refused: addresses that were named, of people who have left.
    """

    named: tuple[str, ...]
    left: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def named(work: Work, coders: Sequence[str], left: Sequence[str]) -> Coders:
    """Add coders to those remembered, and note who has left: nobody is given anything again then.

    Args:
        work: the workplace.
        coders: addresses of who codes, in addition.
        left: addresses of who has left.

    Raises:
        ListeningError: an address is none.
    """
    book, now = work.vault.read(BOOK), addresses(coders)
    gone = addresses([*book.get("left", ()), *left])
    stay = tuple(one for one in addresses([*book.get("coders", ()), *now]) if one not in gone)
    work.vault.write(BOOK, {**book, "coders": list(stay), "left": list(gone)})
    return Coders(stay, gone, tuple(one for one in now if one in gone))
