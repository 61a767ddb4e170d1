"""Who could raise what: a participant is in a denominator only if the instrument let them.

Whoever answered a questionnaire that asks about parks alone has not kept silent about housing
(METHOD.md, section 1). How a theme could come up is recorded: of people's own accord, or because
a question named it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pa

from listening.priorities.nouns import Bools
from listening.records import TEXT, Table, check

#: open questions let people raise anything; a prompt names the theme; the rest could not come up
SPONTANEOUS, PROMPTED, NOT_ASKED = HOW = ("spontaneous", "prompted", "not_asked")

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

#: What a question let people raise; a question that is not listed is open.
QUESTIONS = pa.DataFrameSchema(
    {
        "question": pa.Column(TEXT, nullable=False, coerce=True),
        "code": pa.Column(TEXT, nullable=False, coerce=True),
        "how": pa.Column(TEXT, checks=[pa.Check.isin(HOW)], nullable=False, coerce=True),
    },
    strict=True,
    name="questions",
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
    pairs = heard[["participant_id", "question"]].drop_duplicates()
    pairs = pairs.assign(question=pairs["question"].map(_plain))
    rows = []
    for person, those in pairs.groupby("participant_id", sort=True):
        own = [rules.get(question) for question in those["question"]]
        for code in codes:
            ways = {SPONTANEOUS if rule is None else rule.get(code, NOT_ASKED) for rule in own}
            how = next(way for way in (PROMPTED, SPONTANEOUS, NOT_ASKED) if way in ways)
            if how != SPONTANEOUS:
                rows.append((person, code, how))
    return check(pd.DataFrame(rows, columns=list(ASKED.columns)).astype(str), ASKED)


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
