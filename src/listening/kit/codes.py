"""Withdrawal codes: short enough to be read out on the telephone, too many to be guessed."""

from __future__ import annotations

import secrets

#: without letters and digits that are taken for each other (0 O, 1 I L, 5 S, 8 B, 2 Z)
ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
LENGTH = 8


def new_code() -> str:
    """Return a code such as K7QF-39MX: one of 25^8, drawn from the system's own chance."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{drawn[:4]}-{drawn[4:]}"
