"""Columns to be careful with: identifiers of people, and consent under other names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from listening.identifiers import (
    EMAIL,
    NATIONAL_INSURANCE,
    NHS_NUMBER,
    PHONE_ABROAD,
    PHONE_HERE,
    POSTCODE,
)
from listening.sources.refuse import words

_IDENTIFIER = re.compile(
    rf"^(?:{POSTCODE}|{PHONE_ABROAD}|{PHONE_HERE}|{NHS_NUMBER}|{NATIONAL_INSURANCE}|{EMAIL})$", re.I
)
#: Share of a column's filled cells that makes it a column of identifiers.
_IDENTIFIERS_SHARE = 0.3

_CONSENT_HEADER = re.compile(r"consent|quot(?:e|ing|ation)|permission|\bagree", re.I)
_YES = words("yes y true agreed given granted analysis") | {"yes please", "i agree", "i consent"}
_NO = words(
    "no n none false refused refuse refuses declined decline declines withdrawn withdrew withdraw "
    "withheld denied never"
) | {
    "no way", "no thanks", "no thank you", "not given", "opted out", "opt out", "do not use",
    "not agreed", "i do not agree", "i do not consent", "no consent",
}  # fmt: skip


def holds_identifiers(cells: Sequence[str]) -> bool:
    """Tell whether a column holds full postcodes, phone numbers, e-mails, NHS or NI numbers."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    found = sum(len(cell) < 200 and bool(_IDENTIFIER.match(cell)) for cell in filled)
    return bool(filled) and found >= _IDENTIFIERS_SHARE * len(filled)


def consent_of(cell: str) -> str:
    """Return ``analysis`` for a yes, ``none`` for a no, and any other cell in small letters."""
    plain = " ".join(re.sub(r"[^\w\s]+", " ", cell).casefold().split())
    if plain in _NO:
        return "none"
    return "analysis" if plain in _YES else cell.strip().casefold()


def is_consent_header(header: str) -> bool:
    """Tell whether a header speaks of consent; of a scale from agree to disagree, it does not."""
    return bool(_CONSENT_HEADER.search(header)) and "disagree" not in header.casefold()


def is_about_quoting(header: str) -> bool:
    """Tell whether a header asks about being quoted, and not about being read at all."""
    return "quot" in header.casefold() and "consent" not in header.casefold()


def all_yes_or_no(cells: Sequence[str]) -> bool:
    """Tell whether every filled cell is a yes or a no, and there is one."""
    said = [consent_of(cell) for cell in cells if cell.strip()]
    return bool(said) and all(value in ("analysis", "none") for value in said)
