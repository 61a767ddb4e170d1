"""Tasks: an item as Label Studio shows it, with hints or with what two coders made of it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

from listening.codebook import Codebook
from listening.labelstudio import shown as html
from listening.labelstudio.configs import shown
from listening.labelstudio.names import DIALOGUE, EXTENT, KEY, TEXT
from listening.labelstudio.nouns import (
    ASSISTED,
    SPANS,
    SUBMITTED,
    Coded,
    Item,
    ItemReading,
    ItemTurn,
    Suggested,
)
from listening.labelstudio.predictions import predictions_of
from listening.records import Span

#: from this probability on a suggestion is called likely
LIKELY = 0.7
_FEW_WORDS = 9


def task_of(item: Item, hints: Sequence[Suggested], book: Codebook, role: str) -> dict[str, Any]:
    """Return the task of an item: ``{"data": …, "predictions": […]}``.

    Args:
        item: what is to be coded.
        hints: suggestions; shown and imported in assisted projects, unless the item is blind.
        book: the codebook that the project offers.
        role: one of ROLES_OF_PROJECTS.
    """
    data = _data(item)
    given = [hint for hint in hints if book.code(hint.code)]
    given = given if role == ASSISTED and not item.blind else []
    if role == ASSISTED:
        data["hints"] = html.listed(
            "May be (nothing is ticked: decide for yourself)", _told(item, given, book)
        )
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
    drawn = sorted((one for one in readings if one.state == SUBMITTED), key=lambda one: one.coder)
    random.Random(f"{seed} {item.key}").shuffle(drawn)  # noqa: S311 (no secret hangs on it)
    lines = [[_answered(item, coded, book) for coded in one.codings] for one in drawn]
    common = _agreed(drawn)
    agreed = (
        [_answered(item, coded, book) for coded in drawn[0].codings if _mark(coded) in common]
        if drawn
        else []
    )
    parts = [html.listed("Both gave" if len(drawn) == 2 else "All gave", agreed)]
    for letter, one, told in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", drawn, lines, strict=False):
        rest = [
            line
            for coded, line in zip(one.codings, told, strict=True)
            if _mark(coded) not in common
        ]
        if not one.codings:
            rest = ["No code applies."]
        if one.memo:
            rest.append(f"Memo: {one.memo}")
        parts.append(html.listed(f"{letter} gave{' besides' if agreed else ''}", rest))
    data = _data(item) | {"answers": "".join(parts)}
    return {"data": data, "predictions": []}


def _data(item: Item) -> dict[str, Any]:
    data: dict[str, Any] = {
        KEY: item.key,
        EXTENT: f"{item.start}-{item.end}",
        "question": item.question,
        "setting": item.setting,
        "voice": item.voice,
        "about": html.about(item),
        "after": html.after(item),
    }
    if item.layout == SPANS:
        data[DIALOGUE] = [{"author": turn.author, "text": turn.text} for turn in item.turns]
    else:
        data[TEXT] = item.turns[0].text
    return data


def _told(item: Item, hints: Sequence[Suggested], book: Codebook) -> list[str]:
    ordered = sorted(hints, key=lambda hint: -hint.probability)
    if item.layout == SPANS:
        ordered.sort(key=lambda hint: hint.span.start if hint.span else -1)
    return [_hint(item, hint, book) for hint in ordered]


def _hint(item: Item, hint: Suggested, book: Codebook) -> str:
    sure = "likely" if hint.probability >= LIKELY else "perhaps"
    where = f"{_where(item, hint.span)}: " if item.layout == SPANS and hint.span else ""
    like = f": like “{hint.why}”" if hint.why else ""
    return f"{where}{shown(book, hint.code)}, {sure}{like}"


def _where(item: Item, span: Span) -> str:
    """Return who said it and its first words, so that it is found."""
    turn = _turn(item, span)
    words = turn.text[span.start - turn.start : span.end - turn.start].split()
    few = " ".join(words[:_FEW_WORDS]) + (" …" if len(words) > _FEW_WORDS else "")
    return f"{turn.author}, “{few}”"


def _turn(item: Item, span: Span) -> ItemTurn:
    return next((turn for turn in reversed(item.turns) if turn.start <= span.start), item.turns[0])


def _agreed(readings: Sequence[ItemReading]) -> set[tuple[str, Span]]:
    """Return the codes, with their exact stretches, that all gave."""
    counts = Counter(mark for one in readings for mark in {_mark(coded) for coded in one.codings})
    return {mark for mark, count in counts.items() if count == len(readings) > 1}


def _mark(coded: Coded) -> tuple[str, Span]:
    return (coded.code, coded.span)


def _answered(item: Item, coded: Coded, book: Codebook) -> str:
    where = f"{_where(item, coded.span)}: " if item.layout == SPANS else ""
    grave = f", severity {coded.severity}" if coded.severity is not None else ""
    new = f" (proposed: {coded.proposed})" if coded.proposed else ""
    memo = f". Memo: {coded.memo}" if coded.memo else ""
    return f"{where}{shown(book, coded.code)}{new}{grave}{memo}"
