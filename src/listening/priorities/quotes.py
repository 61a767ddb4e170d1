"""Candidate quotes for each theme, for a person to sign off: never published from here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from listening.records import PARTICIPANTS, SEGMENTS, TEXT, Table, check

#: What may stand as somebody's words; an officer's observation is nobody's (METHOD §6).
QUOTABLE = ("verbatim", "paraphrase")
#: Shorter ones say nothing by themselves, longer ones are not read.
WORDS = range(6, 46)
#: No report is one person's story.
PER_PERSON = 3

COLUMNS = (
    "code",
    "segment_id",
    "participant_id",
    "text",
    "voice",
    "source_kind",
    "attributes",
    "translated",
    "beside",
)

#: segment is evidence for code, the more the higher the score.
EVIDENCE = pa.DataFrameSchema(
    {
        "segment_id": pa.Column(TEXT, nullable=False, coerce=True),
        "code": pa.Column(TEXT, nullable=False, coerce=True),
        "score": pa.Column(float, nullable=False, coerce=True),
    },
    strict=True,
    name="evidence",
)


def choose(segments: Table, participants: Table, evidence: Table, per_theme: int = 3) -> Table:
    """Choose quotes in rounds: each theme's best that is left, from different people.

    Only people who consented to quotation, only words of their own or an officer's paraphrase, 6 to
    45 words; at most one quote per person per theme and three per person in all; the same words
    (a campaign's) at most once per theme.

    Args:
        segments: SEGMENTS.
        participants: PARTICIPANTS.
        evidence: segment_id, code, score.
        per_theme: most quotes per theme.

    Returns:
        code, segment_id, participant_id, text, voice, source_kind, attributes (a dict), translated,
        beside; by code, best first.

    Raises:
        InvalidTable: a table breaks its rules.
    """
    waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _candidates(segments, participants, evidence):
        waiting[row["code"]].append(row)
    # Whoever has fewest people to choose from chooses first, and nobody a second quote before all
    # have had a first: where few people speak, the early themes would use up everybody's three.
    turns = sorted(
        waiting, key=lambda code: (len({r["participant_id"] for r in waiting[code]}), code)
    )
    taken: dict[str, list[dict[str, Any]]] = {code: [] for code in turns}
    by_person: Counter[str] = Counter()
    for _ in range(per_theme):
        for code in turns:
            free = (row for row in waiting[code] if _is_free(row, taken[code], by_person))
            for row in islice(free, 1):
                taken[code].append({name: row[name] for name in COLUMNS})
                by_person[row["participant_id"]] += 1
    rows = [row for code in sorted(taken) for row in taken[code]]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _is_free(
    row: Mapping[str, Any], taken: Sequence[Mapping[str, Any]], by_person: Counter[str]
) -> bool:
    """Say whether the person may be quoted again, and neither person nor words stand here yet."""
    person, words = row["participant_id"], row["text"].casefold()
    return by_person[person] < PER_PERSON and not any(
        person == other["participant_id"] or words == other["text"].casefold() for other in taken
    )


def _candidates(segments: Table, participants: Table, evidence: Table) -> list[dict[str, Any]]:
    """Return every segment that may be quoted for a code, best first."""
    segments, participants = check(segments, SEGMENTS), check(participants, PARTICIPANTS)
    fair = np.array([len(text.split()) in WORDS for text in segments["text"].tolist()], dtype=bool)
    fit = segments["voice"].isin(QUOTABLE) & fair & ~segments["nil"]
    consenting = participants.loc[
        participants["consent"] == "quotation", ["participant_id", "attributes"]
    ]
    joined = (
        check(evidence, EVIDENCE)
        .merge(segments[fit], on="segment_id")
        .merge(consenting, on="participant_id")
        .sort_values(["score", "segment_id", "code"], ascending=[False, True, True])
    )
    return [
        {str(name): value for name, value in row.items()}
        for row in joined[list(COLUMNS)].to_dict("records")
    ]


def by_theme(quotes: Table) -> dict[str, list[dict[str, Any]]]:
    """Return quotes as `document` takes them: theme id to quotes, without the person's id."""
    shown = [name for name in COLUMNS if name not in ("code", "participant_id")]
    themes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in quotes.to_dict("records"):
        themes[row["code"]].append({name: row[name] for name in shown})
    return dict(themes)
