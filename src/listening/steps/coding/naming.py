"""Who codes: those who were named at any push, but for those who have left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from listening.errors import ListeningError
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


def named(
    work: Work, coders: Sequence[str], left: Sequence[str], back: Sequence[str] = ()
) -> Coders:
    """Add coders to those remembered; note who has left, to be given nothing, and who is back.

    Args:
        work: the workplace.
        coders: addresses of who codes, in addition.
        left: addresses of who has left.
        back: addresses of who had left, or was noted so by mistake, and codes again.

    Raises:
        ListeningError: an address is none, or one is named as left and as back.
    """
    returned = addresses(back)
    if both := set(returned) & set(addresses(left)):
        raise ListeningError(
            ", ".join(sorted(both)),
            "is named with --left and with --back.",
            "Name each with one of them. Nothing was sent.",
        )
    book, now = work.vault.read(BOOK), addresses([*coders, *returned])
    before = [one for one in book.get("left", ()) if one not in returned]
    gone = addresses([*before, *left])
    stay = tuple(one for one in addresses([*book.get("coders", ()), *now]) if one not in gone)
    work.vault.write(BOOK, {**book, "coders": list(stay), "left": list(gone)})
    return Coders(stay, gone, tuple(one for one in now if one in gone))
