"""A reading whose places, attributes and notes are pseudonymised as well as its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pandas as pd

from listening.privacy import mask
from listening.records import Reading

COLUMNS = ("place", "method", "language")


def without_names(reading: Reading, more: tuple[str, ...] = ()) -> Reading:
    """Mask what stands beside the words: nothing raw is saved but in the vault.

    Args:
        reading: what was read of one file.
        more: names that the programme taught.
    """
    names = (*reading.names, *more)

    @cache
    def masked(text: str) -> str:
        return mask(text, names)

    @cache
    def named(column: str) -> str:
        return mask(column, names, column=True)

    people = reading.people.copy()
    for column in COLUMNS:
        people[column] = [masked(str(text)) for text in people[column]]
    attributes = [
        {named(str(name)): masked(str(value)) for name, value in given.items()}
        for given in people["attributes"]
    ]
    people["attributes"] = pd.Series(attributes, index=people.index, dtype=object)
    return replace(reading, people=people, notes=tuple(masked(note) for note in reading.notes))


def with_questions(reading: Reading, told: Mapping[str, str]) -> Reading:
    """Put pseudonymised questions in the place of those asked, and where notes quote them."""
    notes = list(reading.notes)
    for question, text in told.items():
        if question:
            notes = [note.replace(question, text) for note in notes]
    turns = reading.turns.assign(question=[told[q] for q in reading.turns["question"]])
    return replace(reading, turns=turns, notes=tuple(notes))
