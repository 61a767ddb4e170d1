"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

#: what a spreadsheet takes for the beginning of a formula; the wide signs in Japanese and Chinese
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def quoted(cell: str) -> str:
    """Return a text that no spreadsheet takes for a formula: with an apostrophe (INTERFACE.md)."""
    return f"'{cell}" if cell[:1] in _FORMULA else cell
