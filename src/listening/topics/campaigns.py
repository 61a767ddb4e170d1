"""Near-identical answers: campaigns, and what was copied from one sheet to the next.

Forty people who send the same letter are forty people, and one letter: they are counted as the
people they are, and a reader is shown that the words are not forty people's own. Short answers are
left alone: forty people who answer "Housing" have not agreed on it.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pandera.pandas as pa
from numpy.typing import NDArray

from listening.records import CONVERSATIONS, TEXT, Table, table_of

Ints = NDArray[np.int64]

#: Words that an answer must have: shorter ones come together by chance.
SHORTEST = 8
#: Runs of this many words are compared.
RUN = 3
#: Two answers are near-identical when they share this part of their runs (Jaccard): of two people
#: who write eight words or more each for themselves, hardly ever more than a tenth is the same.
SHARED = 0.5
#: People who must have sent it.
FEWEST = 3
#: answers compared at once
_BLOCK = 512
_WORD = re.compile(r"\w+")
_OF_AN_ANSWER = ("document_id", "participant_id", "question")

#: campaigns.csv: one row per group of near-identical answers, the largest first.
CAMPAIGNS = pa.DataFrameSchema(
    {
        "campaign_id": pa.Column(int, checks=[pa.Check.ge(0)]),
        "people": pa.Column(int, checks=[pa.Check.ge(FEWEST)]),
        "answers": pa.Column(int, checks=[pa.Check.ge(FEWEST)]),
        "identical": pa.Column(int, checks=[pa.Check.ge(1)]),
        "example": pa.Column(TEXT, coerce=True),
    },
    strict=True,
    name="campaigns",
)


@dataclass(frozen=True, eq=False)
class Campaigns:
    """What several people said in nearly the same words.

    Attributes:
        table: CAMPAIGNS; `answers` are counted with those of one person, `identical` are those in
            the commonest wording, `example` is that wording.
        of_segment: id of each segment of such an answer to its campaign.
    """

    table: Table
    of_segment: dict[str, int]


def campaigns(segments: Table) -> Campaigns:
    """Find near-identical answers among surveys and notes.

    Args:
        segments: table SEGMENTS; an answer is all of a person's segments to one question of one
            document, in their order.
    """
    answers = _answers(segments[~segments["source_kind"].isin(CONVERSATIONS)])
    wordings: dict[str, list[int]] = {}
    for position, answer in enumerate(answers):
        words = _WORD.findall(answer.text.casefold())
        if len(words) >= SHORTEST:
            wordings.setdefault(" ".join(words), []).append(position)
    group = _groups(list(wordings))
    members: dict[int, list[list[int]]] = {}
    for of, positions in zip(group, wordings.values(), strict=True):
        members.setdefault(int(of), []).append(positions)
    return _told(answers, list(members.values()))


class _Answer(NamedTuple):
    """What a person answered to a question: the words, and the segments that they are cut into."""

    person: str
    text: str
    segments: list[str]


def _answers(segments: Table) -> list[_Answer]:
    """Return answers by document, person and question."""
    own = segments.sort_values("start", kind="stable")
    where = zip(*(own[name].tolist() for name in _OF_AN_ANSWER), strict=True)
    found: dict[tuple[str, ...], tuple[list[str], list[str]]] = {}
    for key, text, segment in zip(
        where, own["text"].tolist(), own["segment_id"].tolist(), strict=True
    ):
        texts, ids = found.setdefault(key, ([], []))
        texts.append(text)
        ids.append(segment)
    return [_Answer(key[1], " ".join(found[key][0]), found[key][1]) for key in sorted(found)]


def _told(answers: Sequence[_Answer], groups: Sequence[list[list[int]]]) -> Campaigns:
    rows: list[tuple[dict[str, Any], list[int]]] = []
    for of in groups:
        every = [position for positions in of for position in positions]
        people = len({answers[position].person for position in every})
        commonest = max(of, key=lambda positions: (len(positions), -positions[0]))
        if people >= FEWEST:
            told = {
                "people": people,
                "answers": len(every),
                "identical": len(commonest),
                "example": answers[commonest[0]].text,
            }
            rows.append((told, every))
    rows.sort(key=lambda row: (-row[0]["people"], -row[0]["answers"], row[0]["example"]))
    table = table_of(
        [{"campaign_id": number, **told} for number, (told, _) in enumerate(rows)], CAMPAIGNS
    )
    of_segment = {
        segment: number
        for number, (_, every) in enumerate(rows)
        for position in every
        for segment in answers[position].segments
    }
    return Campaigns(table, of_segment)


def _groups(wordings: Sequence[str]) -> Ints:
    """Return the group of each wording: those linked by near-identical ones are one."""
    if len(wordings) < 2:
        return np.arange(len(wordings), dtype=np.int64)
    from scipy.sparse import csr_matrix, vstack
    from scipy.sparse.csgraph import connected_components

    runs = _runs_of(wordings)
    sizes = np.asarray(runs.sum(axis=1)).ravel()
    turned = runs.T.tocsr()
    links = []
    for start in range(0, len(wordings), _BLOCK):
        both = (runs[start : start + _BLOCK] @ turned).tocoo()
        either = sizes[both.row + start] + sizes[both.col] - both.data
        near = both.data >= SHARED * either
        shape = (min(_BLOCK, len(wordings) - start), len(wordings))
        links.append(
            csr_matrix((np.ones(near.sum(), np.int8), (both.row[near], both.col[near])), shape)
        )
    _, group = connected_components(vstack(links), directed=False)
    return np.asarray(group, dtype=np.int64)


def _runs_of(wordings: Sequence[str]) -> Any:
    """Return which runs of words each wording has: wordings x runs, sparse, 1 for a run.

    Runs are told apart by 64 bits of a hash: a million of them as words take half a gigabyte.
    """
    from scipy.sparse import csr_matrix

    hashes, ends = array("Q"), array("Q", [0])
    for wording in wordings:
        hashes.extend(sorted(_hashed(wording)))
        ends.append(len(hashes))
    runs, columns = np.unique(np.array(hashes, dtype=np.uint64), return_inverse=True)
    ones = np.ones(len(columns), dtype=np.float32)
    ends_of = np.array(ends, dtype=np.int64)
    return csr_matrix((ones, columns, ends_of), shape=(len(wordings), len(runs)))


def _hashed(wording: str) -> set[int]:
    words = wording.split()
    runs = (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    return {
        int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs
    }


def in_campaigns(found: Campaigns, segments: Table) -> pd.Series[str]:
    """Return each segment's campaign as text, empty for none, in the rows' order."""
    told = [str(found.of_segment.get(segment, "")) for segment in segments["segment_id"].tolist()]
    return pd.Series(told, index=segments.index, dtype=TEXT)
