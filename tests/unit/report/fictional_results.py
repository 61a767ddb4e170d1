"""A made-up programme's results: every resident, place and word in it is invented."""

from __future__ import annotations

from math import sqrt
from typing import Any

import pandas as pd

from listening.records import PARTICIPANTS, TOPICS, table_of
from listening.report import Results
from listening.topics import CAMPAIGNS
from tests.unit.report import fictional_equity, fictional_tables
from tests.unit.report.fictional_passages import ATTACK, PASSAGES

HEARD = {"interview": 14, "focus_group": 11, "street": 58, "survey": 96}
WHY = "Fewer people in all raised it than Money (86 against 88), yet it stands above."

#: id, name, statement, people by source, ranks, tied with
THEMES: tuple[tuple[str, str, str, dict[str, int], tuple[int, int], tuple[str, ...]], ...] = (
    (
        "housing",
        "Housing",
        "The home itself: damp, repairs, rents, overcrowding and the fear of losing it.",
        {"interview": 11, "focus_group": 7, "street": 24, "survey": 44},
        (1, 2),
        ("money",),
    ),
    (
        "money",
        "Money",
        "Having enough to live on: pay, benefits, debt and what everyday things cost.",
        {"interview": 10, "focus_group": 6, "street": 25, "survey": 47},
        (1, 3),
        ("housing", "neighbourhood"),
    ),
    (
        "neighbourhood",
        "Neighbourhood",
        "Streets, parks, buses, shops and rubbish: the place outside the front door.",
        {"interview": 8, "focus_group": 5, "street": 21, "survey": 33},
        (2, 4),
        ("money", "safety"),
    ),
    (
        "safety",
        "Crime & safety",
        "How safe people feel, and how police and wardens keep them safe.",
        {"interview": 6, "focus_group": 6, "street": 15, "survey": 30},
        (3, 5),
        ("neighbourhood", "community"),
    ),
    (
        "community",
        "Community",
        "Knowing and helping one another, and having somewhere to meet.",
        {"interview": 7, "focus_group": 5, "street": 9, "survey": 21},
        (4, 5),
        ("safety",),
    ),
    (
        "racism",
        "Structural racism",
        "Services, employers or rules giving people a worse deal because of race or origin.",
        {"interview": 5, "focus_group": 2, "street": 4, "survey": 8},
        (6, 6),
        (),
    ),
)

_GROUPS = {"18 to 34": 52, "35 to 64": 88, "65 and over": 27, "under 18": 6}


def wilson(people: int, of: int) -> list[float]:
    """Return Wilson's 95 per cent interval."""
    share, z = people / of, 1.96
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return [round(middle - half, 6), round(middle + half, 6)]


def _share(people: int, of: int) -> dict[str, Any]:
    prevalence = round(people / of, 6) if of >= 20 else None
    return {"people": people, "of": of, "prevalence": prevalence, "interval": wilson(people, of)}


def _priority(rank: int, theme: tuple[Any, ...]) -> dict[str, Any]:
    identity, name, statement, by_source, ranks, tied = theme
    share = sum(by_source.values()) / sum(HEARD.values())
    quotes = [
        {
            "text": text,
            "voice": voice,
            "source_kind": kind,
            "attributes": {"age": "35 to 64"},
            "segment_id": segment,
        }
        for segment, about, voice, kind, _, _, text in PASSAGES
        if about == identity
    ]
    return {
        "rank": rank,
        "id": identity,
        "name": name,
        "statement": statement,
        **_share(sum(by_source.values()), sum(HEARD.values())),
        "score": round(2 - rank / 5, 6),
        "rank_interval": list(ranks),
        "p_top_k": None,
        "tier": ranks[0],
        "tied_with": list(tied),
        "why_order": WHY if identity == "housing" else "",
        "sources": {kind: _share(people, HEARD[kind]) for kind, people in by_source.items()},
        "groups": [
            {"attribute": "age", "value": value, "people": round(share * of), "of": of}
            | {"prevalence": round(round(share * of) / of, 6) if of >= 20 else None}
            | {"difference": None}
            for value, of in _GROUPS.items()
        ],
        "equity": None,
        "needs": [],
        "changes": [],
        "quotes": quotes,
        "negative_cases": [
            {
                "text": "Our flat is grand, they came the same day about the boiler.",
                "voice": "verbatim",
                "source_kind": "survey",
                "attributes": {},
                "segment_id": "51cc09be42-77.0",
                "question": "What would help you thrive?",
                "why": "direction",
                "quotable": True,
            },
            {
                "text": "No, no damp at all here",
                "voice": "verbatim",
                "source_kind": "interview",
                "attributes": {"age": "35 to 64"},
                "segment_id": "9f31c2aa11.2",
                "question": "",
                "why": "denial",
                "quotable": False,
            },
        ]
        if identity == "housing"
        else [],
    }


def document() -> dict[str, Any]:
    """Return `priorities.json` as `priorities.document` would make it."""
    priorities = [_priority(rank, theme) for rank, theme in enumerate(THEMES, start=1)]
    order = [theme["id"] for theme in priorities]
    swapped = [order[1], order[0], *order[2:]]
    far = [order[5], *order[:5]]
    orders = {"depth": order, "equal": order, "pooled": swapped, "one_vote_each": far}
    return {
        "status": "provisional",
        "statement": "Provisional: nobody has coded yet.",
        "programme": "Thriving in Harbour Ward",
        "wave": "March 2026",
        "codebook_version": "1.0",
        "k": 4,
        "scheme": "depth",
        "participants": 145,
        "people": sum(HEARD.values()),
        "not_yet_read": 83,
        "notes": ["All people in focus groups belong to one group: the ranges are too narrow."],
        "priorities": priorities,
        "protected": [
            {
                "attribute": "age",
                "value": "65 and over",
                "id": "community",
                "name": "Community",
                "people": 15,
                "of": 27,
                "prevalence": 0.555556,
                "shrunk": 0.41,
                "rank": 5,
                "rank_in_group": 2,
                "p_top_3": 0.91,
            }
        ],
        "not_heard": [
            {
                "attribute": "age",
                "value": "under 18",
                "heard": 6,
                "accounts": 6,
                "population": 3120,
                "unknown": 6,
                "hearing_capacity": 0.393,
                "sentence": "6 people of this group (age: under 18) of 3,120 were heard: a concern "
                "that 39% of the group hold could still have been missed, one time in twenty.",
            },
            {
                "attribute": "housing",
                "value": "sleeping rough",
                "heard": 0,
                "accounts": 0,
                "population": 140,
                "unknown": 0,
                "hearing_capacity": None,
                "sentence": "Nobody known to be of this group (housing: sleeping rough) was heard.",
            },
        ],
        **fictional_equity.fields(),
        "coverage": {
            "k": 4,
            "people": 151,
            "of": 179,
            "prevalence": 0.843575,
            "greedy": [
                {"id": "money", "people": 88, "prevalence": 0.49},
                {"id": "neighbourhood", "people": 124, "prevalence": 0.69},
                {"id": "housing", "people": 146, "prevalence": 0.81},
                {"id": "community", "people": 155, "prevalence": 0.86},
            ],
        },
        "sensitivity": {
            "orders": orders,
            "flips_unscaled": [],
            "themes": [
                {"id": one, "rank": rank, "ranks": {}, "moves": 5, "flagged": one == "racism"}
                for rank, one in enumerate(order, start=1)
            ],
        },
        "apart": [
            {"id": "other", "name": "Other", "people": 21, "of": 179},
            {"id": "no-reason", "name": "No reason given", "people": 9, "of": 179},
        ],
        "sources": {
            kind: {
                "participants": count,
                "people": count,
                "n_eff": float(count),
                "alpha": {"interview": 0.2, "focus_group": 0, "street": 0.35, "survey": 0.45}[kind],
                "mean_prevalence": 0.4,
                "votes": kind != "focus_group",
            }
            for kind, count in HEARD.items()
        },
    }


def _segments() -> pd.DataFrame:
    rows = [
        {
            "segment_id": segment,
            "document_id": segment.rsplit(".", 1)[0],
            "participant_id": f"p{number:03}",
            "source_kind": kind,
            "question": question,
            "start": 0,
            "end": len(text),
            "text": text,
            "language": language,
            "voice": voice,
            "topic_id": 0 if theme == "housing" else 1 if theme else -1,
            "topic_name": {"housing": "Damp and repairs", "": "unassigned"}.get(
                theme, "Cost of living"
            ),
            "topic_stability": 0.81 if theme == "housing" else 0.44,
        }
        for number, (segment, theme, voice, kind, language, question, text) in enumerate(PASSAGES)
    ]
    rows.append(
        {
            **rows[-1],
            "segment_id": "51cc09be42-90.0",
            "text": "n/a",
            "topic_id": -1,
            "topic_name": "nil",
        }
    )
    return pd.DataFrame(rows).assign(campaign="", translated=False, beside="")


def _topics() -> pd.DataFrame:
    rows = [
        (0, "Damp and repairs", "damp, mould, repairs, landlord, boiler", 61, 48, 0.81, ""),
        (1, "Cost of living", "rent, pay, food, bills, month", 55, 41, 0.44, "unstable"),
        (2, "Night bus 29", "bus, night, hospital, shift", 7, 2, 0.66, "single_voice"),
    ]
    lines = ["The damp came back · no repairs yet", "… the rent takes all of it", ""]
    near = ["1: 0.31", "0: 0.31; 2: 0.05", "1: 0.05"]
    rows = [
        (number, name, line, *more, close)
        for (number, name, *more), line, close in zip(rows, lines, near, strict=True)
    ]
    return table_of(
        [dict(zip(list(TOPICS.columns), (*row, PASSAGES[0][-1]), strict=True)) for row in rows],
        TOPICS,
    )


def _participants() -> pd.DataFrame:
    shared = {"place": "Harbour Ward", "language": "en", "date": "2026-03", "people": 1}
    return table_of(
        [
            {
                **shared,
                "participant_id": "p000",
                "source_kind": "interview",
                "consent": "quotation",
                "cluster": "p000",
                "attributes": {"age": "35 to 64"},
            },
            {
                **shared,
                "participant_id": "p001",
                "source_kind": "street",
                "consent": "analysis",
                "cluster": "p001",
                "attributes": {"tenure": "council"},
            },
        ],
        PARTICIPANTS,
    )


def _run() -> dict[str, Any]:
    return {
        "version": "0.1.0",
        "seed": 0,
        "encoder": "all-MiniLM-L6-v2",
        "parameters": {"k": 4, "replicates": 2000, "scheme": "depth"},
        "versions": {"python": "3.11.9", "spacy": "3.8.18"},
        "stages": [{"name": "read", "seconds": 1.25, "peak_mb": 210, "items": 145}],
        "counts": {
            "files": 6,
            "rejects": 30,
            "participants": 145,
            "segments": 612,
            "distinct_texts": 590,
            "embedded_now": 590,
            "embedded_before": 0,
        },
    }


def results() -> Results:
    """Return the whole of it: six themes of a codebook, matched by machine."""
    segments = _segments()
    quoted = segments[segments["voice"] == "verbatim"]
    quoted = quoted.assign(attributes=[{"place": "Señal Court"} for _ in range(len(quoted))])
    return Results(
        document=document(),
        segments=segments,
        topics=_topics(),
        topic_quotes={0: [PASSAGES[0][0], PASSAGES[1][0]], 1: [PASSAGES[4][0]]},
        topic_positions=((0.2, 0.5), (0.4, 0.1), (-1.0, -0.3)),
        participants=_participants(),
        codings=fictional_tables.codings(),
        quotes=quoted[
            ["segment_id", "participant_id", "text", "voice", "source_kind", "attributes"]
        ],
        rejects=fictional_tables.rejects(),
        run=_run(),
        codebook={
            "name": "Harbour Ward: the six things residents named",
            "version": "1.0",
            "codes": [{"id": one[0], "name": one[1], "definition": one[2]} for one in THEMES],
        },
        reading_list=False,
        notes=("survey_spring.csv: the column “What would help you thrive?” holds the answers.",),
        campaigns=table_of(
            [
                {
                    "campaign_id": 0,
                    "people": 7,
                    "answers": 8,
                    "identical": 5,
                    "example": f"Keep the ferry running after ten at night {ATTACK}",
                }
            ],
            CAMPAIGNS,
        ),
        reach=fictional_tables.reach(),
        uncovered=fictional_tables.uncovered(),
    )
