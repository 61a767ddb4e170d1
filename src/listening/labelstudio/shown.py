"""What stands around the words that are coded, as HTML with everything escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from listening.labelstudio.nouns import Item

_VOICES = {
    "verbatim": "In the person's own words.",
    "paraphrase": "Written down by an officer in other words.",
    "observation": "What an officer saw.",
}
_REPLACED = re.compile(r"\[[^\[\]\n]{1,60}\]")


def about(item: Item) -> str:
    """Return the question, the setting, the voice, what was replaced and what was said before."""
    rows = [("Asked", item.question), ("Where", item.setting), ("Words", _VOICES[item.voice])]
    rows.append(("Replaced", _replaced(item)))
    return _rows(rows) + aside("Before this", item.before)


def after(item: Item) -> str:
    """Return what was said after the item, and its words in the other language."""
    other = "\n".join(turn.beside for turn in item.turns if turn.beside)
    return aside("The same in the other language", other) + aside("After this", item.after)


def aside(title: str, words: str) -> str:
    """Return a block of context under a title; nothing where there are no words."""
    if not words:
        return ""
    return (
        '<div style="margin: .5em 0; padding: .3em .8em; border-left: 4px solid #b1b4b6">'
        f"<b>{escape(title)}</b> (not coded)<br>{_lines(words)}</div>"
    )


def listed(title: str, lines: Iterable[str]) -> str:
    """Return a list under a title; nothing where it is empty."""
    items = "".join(f"<li>{_lines(line)}</li>" for line in lines)
    if not items:
        return ""
    return (
        f"<div><b>{escape(title)}</b>"
        f'<ul style="margin: .2em 0; padding-left: 1.4em; list-style: disc">{items}</ul></div>'
    )


def _replaced(item: Item) -> str:
    found = dict.fromkeys(match for turn in item.turns for match in _REPLACED.findall(turn.text))
    if not found:
        return ""
    return (
        f"{', '.join(found)}: in place of what would identify somebody; one number is one person."
    )


def _rows(rows: Sequence[tuple[str, str]]) -> str:
    cells = "".join(
        f"<div><b>{escape(name)}:</b> {_lines(value)}</div>" for name, value in rows if value
    )
    return f"<div>{cells}</div>"


def _lines(words: str) -> str:
    return escape(words).replace("\n", "<br>")
