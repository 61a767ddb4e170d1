"""What stands beside the ranking of a run: severities, the panel's word, indicators, places."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from listening import sources
from listening.coding.counted import counted
from listening.priorities import Theme
from listening.priorities.beside import Brought, stand_beside
from listening.records import SEVERITIES, Reject, Table, check, empty
from listening.steps.finding import text_of
from listening.steps.panel.said import missed, panel_words
from listening.steps.work import Work

#: tables that a programme brings, by the name of the run's parameter that holds their text
READERS: dict[str, Callable[[str, bytes], tuple[Table, tuple[Reject, ...]]]] = {
    "panel": sources.read_panel,
    "indicators": sources.read_indicators,
    "questions": sources.read_questions,
}
#: of these, what stands beside the ranking
STANDS = ("panel", "indicators")


@dataclass(frozen=True)
class Beside:
    """The document with what stands beside it.

    Attributes:
        document: what `priorities.json` holds.
        raised: participant_id, code: everybody who was counted; an empty code where they raised
            nothing.
        rejects: rows that were set aside of what the programme brought.
    """

    document: dict[str, Any]
    raised: Table
    rejects: tuple[Reject, ...]


def bring(work: Work, run_id: str, **given: Path | None) -> None:
    """Keep what a programme brings with a run; what was brought before stays where none is given.

    Args:
        work: the workplace.
        run_id: the run.
        given: files by their part, one of READERS.

    Raises:
        UnreadableFile: a file is not there, or is no table.
        UnknownColumn: it lacks a column.
    """
    texts = {part: brought_text(part, path) for part, path in given.items() if path}
    if texts:
        parameters = {**work.store.run(run_id).parameters, **texts}
        work.store.note_run(run_id, parameters=parameters)


def brought_text(part: str, path: Path | None) -> str:
    """Return the text of a table that was brought; a fault in it is told before any work.

    Raises:
        UnreadableFile: the file is not there, or is no table.
        UnknownColumn: it lacks a column.
    """
    if path is None:
        return ""
    text = text_of(path)
    READERS[part](path.name, text.encode())
    return text


def beside(
    work: Work,
    parameters: dict[str, Any],
    document: dict[str, Any],
    raised: Table,
    heard: Table,
    themes: Sequence[Theme],
    *,
    people: Collection[str] | None,
    codings: Table | None,
    asked: Table | None,
    seed: int,
) -> Beside:
    """Put beside a ranking what belongs there; no rank and no figure of it is touched.

    Args:
        work: the workplace: panels that answered on its pages stand there.
        parameters: of the run: the texts of what was brought.
        document: of the ranking.
        raised: participant_id, code.
        heard: PARTICIPANTS with their place among the attributes.
        themes: all themes.
        people: who was read in full, without those whom only the correction counts; None while
            the machine's matches are counted.
        codings: CODINGS of people, where they rank.
        asked: who could raise what; None where everybody could raise everything.
        seed: of the run.
    """
    if people is not None:
        heard = heard[heard["participant_id"].isin(list(people))].reset_index(drop=True)
    raised = raised[raised["participant_id"].isin(heard["participant_id"])]
    tables, rejects = _brought(parameters)
    severities = empty(SEVERITIES) if codings is None else _severities(codings, heard)
    tables["panel"] = _panel(work, tables.get("panel"))
    brought = Brought(severities, **tables, missed=missed(work))
    told, strangers = stand_beside(document, raised, heard, themes, brought, seed, asked=asked)
    return Beside(told, with_silent(raised, heard), (*rejects, *strangers))


def _brought(parameters: dict[str, Any]) -> tuple[dict[str, Table], list[Reject]]:
    tables: dict[str, Table] = {}
    rejects: list[Reject] = []
    for part in STANDS:
        if parameters.get(part):
            tables[part], wrong = READERS[part](f"{part}.csv", parameters[part].encode())
            rejects += wrong
    return tables, rejects


def _panel(work: Work, brought: Table | None) -> Table:
    """Return what panels said: in a table that was brought, and on their pages."""
    said = panel_words(work)
    return said if brought is None else pd.concat([brought, said], ignore_index=True)


def _severities(codings: Table, heard: Table) -> Table:
    """Return how grave people found what was said, where readers agree on the code."""
    marked = counted(codings)
    marked = marked[(marked["code"] != "") & marked["severity"].notna()]
    marked = marked[marked["participant_id"].isin(heard["participant_id"])]
    return check(marked.reset_index(drop=True), SEVERITIES)


def with_silent(raised: Table, heard: Table) -> Table:
    """Return who raised what, with a row of an empty code for whoever raised nothing."""
    pairs = raised[["participant_id", "code"]]
    silent = heard.loc[~heard["participant_id"].isin(pairs["participant_id"]), ["participant_id"]]
    both = pd.concat([pairs, silent.assign(code="")], ignore_index=True).astype(str)
    return both.drop_duplicates().sort_values(["participant_id", "code"], ignore_index=True)
