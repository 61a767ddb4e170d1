"""Sentences of a release: written anew from what is told, never taken from the working results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from listening.disclosure.cells import HEARD
from listening.disclosure.nouns import EVERYONE, Shown, Told, heard, source
from listening.disclosure.profiles import SMALL

_NAMES = {
    "interview": "Interviews",
    "focus_group": "Focus groups",
    "street": "Street notes",
    "survey": "The survey",
}


def notes(document: Mapping[str, Any], told: Told) -> list[str]:
    """Say what a reader must know before using the order."""
    said = [
        f"{_NAMES.get(kind, kind)}: shown as evidence, without a vote in the order, as too few "
        "took part."
        for kind, one in document["sources"].items()
        if not one["votes"]
    ]
    said = [*(one["sentence"] for one in correction(document, told).values()), *said]
    if told.sizes[EVERYONE].high < SMALL:
        said.insert(
            0,
            "Fewer than fifty people were heard. So few cannot put many themes in a certain order: "
            "read it as an order to talk about.",
        )
    if any(len(block) > 1 for block in told.blocks):
        said.append(
            "Some themes share a place: telling them apart would have told how a few people spoke."
        )
    small = [
        _NAMES.get(kind, kind).lower()
        for kind in document["sources"]
        if told.sizes[source(kind)].high < SMALL + 3
    ]
    if small and len(document["sources"]) > 1:
        said.append(
            f"Figures are in words where fewer than fifty people were asked ({', '.join(small)})."
        )
    return said


def correction(document: Mapping[str, Any], told: Told) -> dict[str, dict[str, Any]]:
    """Say of each source in which not everybody was read how many were, and what is estimated."""
    found = {}
    for kind in document.get("correction") or {}:
        people, read = told.sizes[heard(source(kind))].value, told.sizes[source(kind)].value
        step = told.steps.get(source(kind), 0)
        said = (
            f"{_NAMES.get(kind, kind)}: the answers of {_about(read)} of {_about(people)} people, "
            "drawn by lot, were read in full by people; for the others a computer guessed, and its "
            "guesses were corrected by how far they were off for those who were read. So "
            f"percentages of this source, and of everybody, are estimates{_points(step)}. Figures "
            "of groups count only people who were read."
        )
        found[kind] = {"people": people, "read": read, "rounded_to": step / 100, "sentence": said}
    return found


def _about(size: int | str | None) -> str:
    return f"about {size:,}" if isinstance(size, int) else str(size or "a number that is withheld")


def _points(step: int) -> str:
    if not step:
        return ", and too few were read to tell any"
    return f", rounded to {'whole points' if step == 1 else f'steps of {step} points'}"


def not_heard(one: Mapping[str, Any], size: Shown, capacity: float | None) -> str:
    """Say what having heard so few of a group means."""
    of = "" if one["population"] is None else f" of {one['population']:,} in the population"
    label = f"{one['attribute'].replace('_', ' ')}: {one['value']}"
    unknown = (
        " For some people this is not known: they may be of this group or not."
        if one["unknown"]
        else ""
    )
    if size.high == 0:
        return (
            f"Nobody known to be of this group ({label}){of} was heard: what is missing from the "
            f"order is not heard, never proof that it is no concern.{unknown}"
        )
    few = f"Fewer than {size.high + 1} people of this group ({label}){of} were heard"
    if size.high >= HEARD:  # a note on several passers-by is one account
        few = f"What people of this group ({label}){of} said stands in fewer than {HEARD} accounts"
    return (
        f"{few}: a concern that {capacity:.0%} of the group "
        f"hold, or more, could still have been missed, one time in twenty.{unknown}"
    )
