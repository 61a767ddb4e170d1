"""Who could raise what: a participant is in a denominator only if the instrument let them.

Whoever answered a questionnaire that asks about parks alone has not kept silent about housing
(METHOD.md, section 1). How a theme could come up is recorded: of people's own accord, or because
a question named it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pa

from listening.priorities.nouns import Bools
from listening.records import HOW, NOT_ASKED, PROMPTED, QUESTIONS, SPONTANEOUS, TEXT, Table, check

#: How a code could come up with a participant; pairs that are not listed are spontaneous.
ASKED = pa.DataFrameSchema(
    {
        "participant_id": pa.Column(TEXT, nullable=False, coerce=True),
        "code": pa.Column(TEXT, nullable=False, coerce=True),
        "how": pa.Column(TEXT, checks=[pa.Check.isin(HOW)], nullable=False, coerce=True),
    },
    strict=True,
    unique=["participant_id", "code"],
    name="asked",
)


def asked_of(questions: Table, heard: Table, codes: Sequence[str]) -> Table:
    """Return ASKED from what each question let people raise.

    A question that is listed lets people raise the codes listed with it as spontaneous or
    prompted, and no other; one that is not listed is open to everything. A participant could
    raise a code if any of their questions let them, and was prompted if any named it.

    Args:
        questions: QUESTIONS.
        heard: participant_id, question: what each participant was asked.
        codes: every code.
    """
    listed = check(questions, QUESTIONS)
    key = listed["question"].map(_plain)
    rules = {
        question: dict(zip(rows["code"], rows["how"], strict=True))
        for question, rows in listed.assign(question=key).groupby("question")
    }
    of_each: dict[str, set[str]] = {}
    for person, question in zip(
        heard["participant_id"], heard["question"].map(_plain), strict=True
    ):
        of_each.setdefault(str(person), set()).add(question)
    # few sets of questions are asked, of however many people
    forms: dict[frozenset[str], list[str]] = {}
    for person in sorted(of_each):
        forms.setdefault(frozenset(of_each[person]), []).append(person)
    tables = []
    for form, people in forms.items():
        own = [rules.get(question) for question in form]
        ways = {code: _way(own, code) for code in codes}
        told = [code for code, how in ways.items() if how != SPONTANEOUS]
        tables.append(
            pd.DataFrame(
                {
                    "participant_id": np.repeat(np.array(people, dtype=object), len(told)),
                    "code": told * len(people),
                    "how": [ways[code] for code in told] * len(people),
                }
            )
        )
    none = pd.DataFrame({name: [] for name in ASKED.columns}, dtype=str)
    return check(pd.concat([none, *tables], ignore_index=True).astype(str), ASKED)


def _way(rules: Sequence[Mapping[str, str] | None], code: str) -> str:
    """Return how questions together let a code be raised; None is an open question."""
    ways = {SPONTANEOUS if rule is None else rule.get(code, NOT_ASKED) for rule in rules}
    return next(way for way in (PROMPTED, SPONTANEOUS, NOT_ASKED) if way in ways)


def eligibility(asked: Table | None, participants: Table, codes: Sequence[str]) -> Bools:
    """Return e_ik, shape (participants, codes): whether the instrument let i raise k."""
    return np.asarray(_ways(asked, participants, codes) != HOW.index(NOT_ASKED))


def prompted(asked: Table | None, participants: Table, codes: Sequence[str]) -> Bools:
    """Return whether a question named the code, shape (participants, codes)."""
    return np.asarray(_ways(asked, participants, codes) == HOW.index(PROMPTED))


def _ways(asked: Table | None, participants: Table, codes: Sequence[str]) -> npt.NDArray[np.int8]:
    ways = np.zeros((len(participants), len(codes)), dtype=np.int8)
    if asked is None:
        return ways
    table = check(asked, ASKED)
    person = pd.Index(participants["participant_id"]).get_indexer(pd.Index(table["participant_id"]))
    code = pd.Index(list(codes)).get_indexer(pd.Index(table["code"]))
    how = pd.Index(HOW).get_indexer(pd.Index(table["how"]))
    known = (person >= 0) & (code >= 0)
    ways[person[known], code[known]] = how[known]
    return ways


def _plain(question: object) -> str:
    return " ".join(str(question).split()).casefold()
