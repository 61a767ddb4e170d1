"""What a cell, or a column of them, looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from listening.sources.dates import to_iso
from listening.sources.refuse import words

_NUMBER = re.compile(r"^[£$€+-]?[\d,. ]*\d%?$")
_CONTACT = re.compile(r"^(?:\S+@\S+\.\S+|https?://\S+|www\.\S+|\+?[\d() -]{9,20})$")
_NAME_WORD = re.compile(r"^[^\W\d_][^\W\d_'’.-]*(?:['’-][^\W\d_]+)*\.?$")
_NAME_LINKS = words("de da di du del den der van von bin binti el al ap o la le ten")
_YES_NO = words("yes no y n true false")
_TITLES = words("mr mrs ms miss mx dr cllr rev")
#: Cells looked at when a column's kind is guessed.
_LOOKED_AT = 3_000


@dataclass(frozen=True)
class Look:
    """Figures on a column's filled cells; shares are of those cells, in 0..1."""

    filled: int
    distinct: int
    mean_words: float
    max_words: int
    numbers: float
    dates: float
    contacts: float
    names: float
    yes_no: float

    @property
    def distinct_share(self) -> float:
        """Distinct cells per filled cell."""
        return self.distinct / self.filled if self.filled else 0.0


def look(cells: Sequence[str]) -> Look:
    """Return the figures of one column."""
    filled = [cell.strip() for cell in cells if cell.strip()][:_LOOKED_AT]
    lengths = [len(cell.split()) for cell in filled]
    count = max(len(filled), 1)
    return Look(
        filled=len(filled),
        distinct=len({cell.casefold() for cell in filled}),
        mean_words=sum(lengths) / count,
        max_words=max(lengths, default=0),
        numbers=sum(is_number(cell) for cell in filled) / count,
        dates=sum(bool(to_iso(cell)) for cell in filled) / count,
        contacts=sum(len(cell) < 200 and bool(_CONTACT.match(cell)) for cell in filled) / count,
        names=sum(is_name(cell) for cell in filled) / count,
        yes_no=sum(cell.casefold() in _YES_NO for cell in filled) / count,
    )


def is_number(text: str) -> bool:
    """Tell whether a cell holds a number and nothing else."""
    return bool(_NUMBER.match(text.strip()))


def same_value(cell: str, value: str) -> bool:
    """Compare as text, case apart; ``-1.0`` equals ``-1``, for spreadsheets write it so."""
    cell, value = cell.strip(), value.strip()
    if cell.casefold() == value.casefold():
        return True
    try:
        return float(cell) == float(value)
    except ValueError:
        return False


def is_name(text: str, *, at_least: int = 2) -> bool:
    """Tell whether text is written as a person's name: `at_least` to 4 capitalised words."""
    parts = text.strip().rstrip(",;").split()
    parts = [part for part in parts if part.rstrip(".").casefold() not in _TITLES]
    if not at_least <= len(parts) <= 4 or len(text) > 60:
        return False
    return all(
        bool(_NAME_WORD.match(part)) and (part[0].isupper() or part.casefold() in _NAME_LINKS)
        for part in parts
    )


def count_of_people(text: str) -> int:
    """Return a positive whole number, or 0 where `text` is none."""
    text = text.strip().replace(",", "")
    if text.endswith(".0"):
        text = text[:-2]
    return int(text) if re.fullmatch(r"[0-9]{1,7}", text) else 0
