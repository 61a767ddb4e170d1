"""Versions of a codebook: 0.x is a draft, from 1.0 on what a version says is frozen."""

from __future__ import annotations

import re

_VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){1,2}")


def is_version(text: str) -> bool:
    """Tell whether a text is two or three numbers joined by dots."""
    return bool(_VERSION.fullmatch(text))


def in_order(version: str) -> tuple[int, ...]:
    """Return what versions are ordered by: 1.10 comes after 1.9, and 1.0.0 is 1.0."""
    numbers = [int(part) for part in version.split(".")]
    return tuple([*numbers, 0, 0][:3])


def after(version: str) -> str:
    """Return the next version: 1.0 → 1.1, 1.2.3 → 1.3."""
    major, minor, _ = in_order(version)
    return f"{major}.{minor + 1}"
