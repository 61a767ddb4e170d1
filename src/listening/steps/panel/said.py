"""What panels said, as the ranking, the lead's page and a table take it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from listening.records import PANEL, VERDICTS, Table, table_of
from listening.steps.csvs import without_formulas
from listening.steps.panel.keeping import MISSING
from listening.steps.work import Work
from listening.store.panels import Answer, AskedAbout, KeptPanel

#: columns of the table that a lead downloads; the first five are those of `panel.csv`
COLUMNS = ["id", "word", "words", "date", "present", "name"]


@dataclass(frozen=True)
class Verdict:
    """What a panel says of one priority.

    Attributes:
        asked: the priority, as the panel was asked about it.
        people: how many said each word of `VERDICTS`; those who answered together are all counted.
        words: the word and what was said with it, the most often said first.
    """

    asked: AskedAbout
    people: dict[str, int]
    words: tuple[tuple[str, str, int], ...]


def verdicts(work: Work, panel: KeptPanel) -> tuple[list[Verdict], list[tuple[str, int]]]:
    """Return what a panel said of each priority in turn, and what it finds missing."""
    answers = work.store.panels.answers(panel.id)
    found = []
    for asked in panel.asked:
        own = [one for one in answers if one.theme == asked.id and one.word != MISSING]
        people = {word: sum(one.present for one in own if one.word == word) for word in VERDICTS}
        said = [(word, words, many) for word, words, _, many in _counted(own) if words]
        found.append(Verdict(asked, people, tuple(said)))
    missed = [one for one in answers if one.word == MISSING]
    return found, [(words, many) for _, words, _, many in _counted(missed)]


def panel_words(work: Work) -> Table:
    """Return PANEL of everything that panels said of priorities; equal words of a day are one."""
    by_theme: dict[str, list[Answer]] = {}
    for one in work.store.panels.answers():
        if one.word != MISSING:
            by_theme.setdefault(one.theme, []).append(one)
    return table_of(
        [
            {"id": theme, "word": word, "words": words, "date": day, "present": many}
            for theme, own in by_theme.items()
            for word, words, day, many in _counted(own)
        ],
        PANEL,
    )


def missed(work: Work) -> list[dict[str, Any]]:
    """Return what panels find missing from the list: `words`, `date` and how many said so."""
    own = [one for one in work.store.panels.answers() if one.word == MISSING]
    return [{"words": words, "date": day, "present": many} for _, words, day, many in _counted(own)]


def as_csv(work: Work, panel: KeptPanel) -> bytes:
    """Return what a panel said as a table whose cells no spreadsheet takes for formulas."""
    names = {one.id: one.name for one in panel.asked}
    rows = [
        (one.theme, one.word, one.words, one.day, one.present, names.get(one.theme, ""))
        for one in work.store.panels.answers(panel.id)
    ]
    told = io.StringIO()
    table = without_formulas(pd.DataFrame(rows, columns=COLUMNS))
    table.to_csv(told, index=False, lineterminator="\r\n")
    return told.getvalue().encode("utf-8-sig")


def _counted(answers: Iterable[Answer]) -> list[tuple[str, str, str, int]]:
    """Return word, words, day and how many said so, by day, the most first."""
    many: Counter[tuple[str, str, str]] = Counter()
    for one in answers:
        many[one.word, one.words, one.day] += one.present
    ordered = sorted(many.items(), key=lambda item: (item[0][2], -item[1], item[0]))
    return [(word, words, day, people) for (word, words, day), people in ordered]
