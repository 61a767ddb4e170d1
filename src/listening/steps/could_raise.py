"""Who could raise what in a run: what its questions let people raise (METHOD.md, section 1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from listening import sources
from listening.priorities import Theme
from listening.priorities.eligibility import asked_of
from listening.programme import load as load_programme
from listening.records import PROMPTED, QUESTIONS, SPONTANEOUS, Reject, Table, table_of

#: whoever answers a form was shown all of its questions, answered or not
SHOWN = "survey"


class CouldRaise(NamedTuple):
    """What a ranking needs to know of who was asked what.

    Attributes:
        asked: ASKED; None where everybody could raise everything.
        notes: what a person should know.
        rejects: rows of questions.csv that were set aside.
    """

    asked: Table | None = None
    notes: tuple[str, ...] = ()
    rejects: tuple[Reject, ...] = ()


def could_raise(
    parameters: Mapping[str, Any], own: Table, themes: Sequence[Theme], *, topics: bool
) -> CouldRaise:
    """Return who could raise what; questions.csv goes before what the programme says.

    Args:
        parameters: of the run.
        own: SEGMENTS of residents' own words, nil answers among them.
        themes: what is ranked.
        topics: whether a machine found them, so that no question can name them.
    """
    listed, rejects = _listed(parameters)
    if listed.empty:
        return CouldRaise(rejects=rejects)
    if topics:
        note = (
            "The list of questions is not used: it speaks of a codebook's codes, and these themes "
            "were found by a machine. Give a codebook and run again."
        )
        return CouldRaise(None, (note,), rejects)
    table, unknown = _by_id(listed, themes)
    heard = _shown(own)
    notes = (*_no_codes(unknown), *_never_asked(table, heard))
    codes = [theme.id for theme in themes if theme.rankable]
    return CouldRaise(asked_of(table, heard, codes), notes, rejects)


def _listed(parameters: Mapping[str, Any]) -> tuple[Table, tuple[Reject, ...]]:
    if parameters.get("questions"):
        return sources.read_questions("questions.csv", parameters["questions"].encode())
    own = parameters.get("programme", "")
    asked = load_programme(own).asked if own else ()
    rows = [
        {"question": one.question, "code": code, "how": how}
        for one in asked
        for how, codes in ((PROMPTED, one.prompted), (SPONTANEOUS, one.spontaneous))
        for code in codes
    ]
    return table_of(rows, QUESTIONS), ()


def _by_id(listed: Table, themes: Sequence[Theme]) -> tuple[Table, list[str]]:
    """Return the list with codes by their ids, however they are named, and those that are none."""
    known = {theme.name.casefold(): theme.id for theme in themes}
    known |= {theme.id.casefold(): theme.id for theme in themes}
    found = listed["code"].map(lambda code: known.get(str(code).casefold()))
    unknown = sorted(set(listed.loc[found.isna(), "code"]))
    # a question of which no code is known is still no open one
    return listed.assign(code=found.fillna("")), unknown


def _shown(own: Table) -> Table:
    """Return participant_id, question: what each was asked.

    A blank is no proof that a form did not ask: whoever answers it could have raised what any of
    its questions let them.
    """
    form = own["document_id"].str.partition("-")[0]
    said = own[["participant_id", "question"]].assign(form=form)
    answers = said[own["source_kind"] == SHOWN]
    questions = answers[["form", "question"]].drop_duplicates()
    everybody = answers[["form", "participant_id"]].drop_duplicates()
    shown = everybody.merge(questions, on="form")
    both = pd.concat([shown, said[own["source_kind"] != SHOWN]], ignore_index=True)
    return both[["participant_id", "question"]].drop_duplicates(ignore_index=True)


def _no_codes(unknown: Sequence[str]) -> list[str]:
    if not unknown:
        return []
    return [
        f"The list of questions names codes that are not in the codebook: {', '.join(unknown)}. "
        "Use the codebook's ids or names."
    ]


def _never_asked(listed: Table, heard: Table) -> list[str]:
    asked = {_plain(question) for question in heard["question"]}
    absent = sorted({one for one in listed["question"] if _plain(one) not in asked})
    if not absent:
        return []
    named = ", ".join(f"“{question}”" for question in absent)
    return [
        f"Nobody answered these of the list of questions: {named}. Write them as they stand in the "
        "column question of segments.csv; until then they change nothing."
    ]


def _plain(question: object) -> str:
    return " ".join(str(question).split()).casefold()
