"""Places in a text: Label Studio counts UTF-16 units as browsers do, and we count code points.

Seen in the editor of 1.23.2 (`tests/labelstudio/`): an emoji counts two, a combining mark, a line
feed and each of two spaces one; letters written from the right count in the order of the text.
"""

from __future__ import annotations


def units(text: str) -> int:
    """Return how many UTF-16 units a text has."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def to_units(text: str, at: int) -> int:
    """Return the place in UTF-16 units of a place in code points."""
    return units(text[:at])


def to_points(text: str, at: int) -> int | None:
    """Return the place in code points of a place in UTF-16 units.

    None where there is no such place: past the end, or within a letter.
    """
    if at < 0:
        return None
    passed = 0
    for number, letter in enumerate(text):
        if passed >= at:
            return number if passed == at else None
        passed += 2 if letter > "\uffff" else 1
    return len(text) if passed == at else None
