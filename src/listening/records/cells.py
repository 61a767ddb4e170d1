"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

#: what a spreadsheet takes for the beginning of a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def quoted(cell: str) -> str:
    """Return a text that no spreadsheet takes for a formula: with an apostrophe (INTERFACE.md)."""
    return f"'{cell}" if cell[:1] in _FORMULA else cell
