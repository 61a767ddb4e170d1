"""Addresses of people who code, as somebody types them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from listening.errors import ListeningError

_ONE = re.compile(r"""[^@\s,;:<>"']+@[^@\s,;:<>"']+""")


def addresses(told: Sequence[str]) -> tuple[str, ...]:
    """Return addresses in small letters, each once.

    Raises:
        ListeningError: one is none, or is several.
    """
    found = tuple(dict.fromkeys(one.strip().lower() for one in told if one.strip()))
    for one in found:
        _see(one)
    return found


def address(told: str) -> str:
    """Return one address in small letters.

    Raises:
        ListeningError: it is none, or is several.
    """
    found = told.strip().lower()
    _see(found)
    return found


def _see(one: str) -> None:
    if not _ONE.fullmatch(one):
        raise ListeningError(
            f"“{one}”",
            "is not the address of one coder.",
            "Give each an e-mail address of their own, such as ada@example.org. Nothing was sent.",
        )
