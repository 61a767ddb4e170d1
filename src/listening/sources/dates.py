"""Dates as people and programs write them, to ISO text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = dict(zip(_NAMES, range(1, 13), strict=True))
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_REST = r"(?:[T ,].{0,30})?$"
_ISO = re.compile(r"^(?P<year>\d{4})[-/](?P<month>\d{1,2})(?:[-/](?P<day>\d{1,2})" + _REST + "|$)")
_SLASHED = re.compile(r"^(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<year>\d{4}|\d{2})" + _REST)
_DAY_FIRST = re.compile(
    r"^(?:[a-z]{3,9},? )?(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -](?:of )?"
    + _MONTH
    + r"[ ,-]*(?P<year>\d{4}|\d{2})\b"
    + r"\.?"
    + _REST,
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"^(?:[a-z]{3,9},? )?" + _MONTH + r" (?P<day>\d{1,2})(?:st|nd|rd|th)?,?"
    r"(?: [\d:]{4,8}(?: [A-Z]{2,5})?)? (?P<year>\d{4})" + _REST,
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(r"^" + _MONTH + r"[ ,]+(?P<year>\d{4})$", re.IGNORECASE)
_LONGEST = 60


def to_iso(text: str, *, month_first: bool = False) -> str:
    """Return ``2026-03-02`` or ``2026-03``, or "" where `text` is no date.

    Args:
        text: a date, perhaps with a time after it.
        month_first: read ``03/02/2026`` the American way.
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST or not any(char.isdigit() for char in text):
        return ""
    if match := _ISO.match(text):
        return _iso(match["year"], int(match["month"]), match["day"])
    if match := _SLASHED.match(text):
        day, month = (match["b"], match["a"]) if month_first else (match["a"], match["b"])
        return _iso(match["year"], int(month), day)
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        if match := pattern.match(text):
            return _iso(match["year"], _MONTHS[match["month"].lower()], match["day"])
    if match := _MONTH_ONLY.match(text):
        return _iso(match["year"], _MONTHS[match["month"].lower()], None)
    return ""


def month_comes_first(texts: Sequence[str]) -> bool:
    """Tell whether a column of ``a/b/year`` can only be read as month/day/year."""
    pairs = [(int(m["a"]), int(m["b"])) for text in texts if (m := _SLASHED.match(text.strip()))]
    return any(b > 12 for _, b in pairs) and not any(a > 12 for a, _ in pairs)


def _iso(year: str, month: int, day: str | None) -> str:
    number = int(year)
    if len(year) == 2:
        number += 1900 if number >= 69 else 2000  # the pivot that POSIX uses
    try:
        date = datetime.date(number, month, int(day or 1))
    except ValueError:
        return ""
    return date.isoformat() if day else date.isoformat()[:7]
