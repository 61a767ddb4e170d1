"""Tasks: an item as Label Studio shows it, with hints or with what two coders made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from listening.codebook import Codebook
from listening.labelstudio import shown as html
from listening.labelstudio.answers import answers, where
from listening.labelstudio.configs import shown
from listening.labelstudio.names import DIALOGUE, EXTENT, KEY, TEXT
from listening.labelstudio.nouns import ASSISTED, SPANS, Item, ItemReading, Suggested
from listening.labelstudio.predictions import predictions_of

#: from this probability on a suggestion is called likely
LIKELY = 0.7
#: in a task's data: what coders gave, to whoever settles it
ANSWERS = "shown_answers"
_HINTS = "May be (nothing is ticked: decide for yourself)"


def task_of(item: Item, hints: Sequence[Suggested], book: Codebook, role: str) -> dict[str, Any]:
    """Return the task of an item: ``{"data": …, "predictions": […]}``.

    Args:
        item: what is to be coded.
        hints: suggestions; shown and imported in assisted projects, unless the item is blind. One
            of a code that is not in use is left out.
        book: the codebook that the project offers.
        role: one of ROLES_OF_PROJECTS.
    """
    data = _data(item)
    if role != ASSISTED:
        return {"data": data, "predictions": []}
    offered = {code.id for code in book.in_use}
    given = [] if item.blind else [hint for hint in hints if hint.code in offered]
    data["shown_hints"] = html.listed(_HINTS, _told(item, given, book))
    return {"data": data, "predictions": predictions_of(item, given, book)}


def adjudication_task(
    item: Item, readings: Sequence[ItemReading], book: Codebook, seed: int
) -> dict[str, Any]:
    """Return the task at which somebody decides what coders saw differently.

    The coders are unnamed: which is A and which is B is drawn anew for each item.

    Args:
        item: what they coded.
        readings: of each coder one; skipped ones say nothing and are left out.
        book: the codebook that the project offers.
        seed: of the draw.
    """
    data = _data(item) | {ANSWERS: answers(item, readings, book, seed)}
    return {"data": data, "predictions": []}


def _data(item: Item) -> dict[str, Any]:
    data: dict[str, Any] = {
        KEY: item.key,
        EXTENT: f"{item.start}-{item.end}",
        "question": item.question,
        "setting": item.setting,
        "voice": item.voice,
        "shown_before": html.about(item),
        "shown_after": html.after(item),
    }
    if item.layout == SPANS:
        data[DIALOGUE] = [{"author": turn.author, "text": turn.text} for turn in item.turns]
    else:
        data[TEXT] = item.turns[0].text
    return data


def _told(item: Item, hints: Sequence[Suggested], book: Codebook) -> list[str]:
    """Return hints in words: along the text, or the likeliest first."""
    ordered = sorted(hints, key=lambda hint: -hint.probability)
    if item.layout == SPANS:
        ordered.sort(key=lambda hint: hint.span.start if hint.span else -1)
    return [_hint(item, hint, book) for hint in ordered]


def _hint(item: Item, hint: Suggested, book: Codebook) -> str:
    sure = "likely" if hint.probability >= LIKELY else "perhaps"
    place = f"{where(item, hint.span)}: " if item.layout == SPANS and hint.span else ""
    like = f": like “{hint.why}”" if hint.why else ""
    return f"{place}{shown(book, hint.code)}, {sure}{like}"
