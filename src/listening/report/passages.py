"""A passage as the page shows it: who said it where, and whether these are the resident's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from listening.records import Table
from listening.report import words

#: A quotation within a quotation; a mark after a letter or a figure may be an inch and is left.
_INNER = re.compile(r"""(?<![^\s(\[{–—-])"(?=\S)([^"]*)(?<=\S)"(?!\w)|“([^“”]*)”""")


@dataclass(frozen=True)
class Passage:
    """One passage ready to print.

    Attributes:
        text: the words as they stand in the stored text, save that double quotation marks within
            a resident's own words are single ones, as those stand in double ones on the page.
        introduction: empty for a resident's own words, which alone stand in quotation marks.
        provenance: source, attributes and reference, to find the passage in `segments.csv`.
        language: ISO code where it is known and not English, for screen readers.
        evidence: what these words are: `segment:` and its id, `evidence:` and its id in a release.
    """

    text: str
    introduction: str
    provenance: str
    language: str
    evidence: str


def passage(quote: Mapping[str, Any], languages: Mapping[str, str]) -> Passage:
    """Make a passage of a quote of `priorities.json`; `languages` maps segment to language.

    What nobody agreed to have quoted says `quotable: false`, and never stands in quotation marks.
    """
    attributes = [
        f"{words.label(name)}: {value}" for name, value in quote["attributes"].items() if value
    ]
    reference = f"passage {quote['segment_id']}"
    translated = quote.get("translated", False)
    language = "" if translated else languages.get(quote["segment_id"], "")
    source = words.one_source(quote["source_kind"])
    told = [source, *([words.TRANSLATED] if translated else []), *attributes, reference]
    introduction = _introduction(quote["voice"], quote.get("quotable", True))
    return Passage(
        text=quote["text"] if introduction else inner_marks(quote["text"]),
        introduction=introduction,
        provenance=" · ".join(told),
        language="" if language in {"en", "unsure"} else language,
        evidence=f"segment:{quote['segment_id']}",
    )


def of_segments(segments: Table) -> list[Passage]:
    """Make passages of rows of `segments.csv`, with the question that was answered.

    A column `quotable`, where there is one, says who agreed to be quoted.
    """
    columns = ["segment_id", "text", "voice", "source_kind", "question", "language", "translated"]
    columns += ["quotable"] if "quotable" in segments else []
    rows = segments[columns].itertuples(index=False)
    quotes = [dict(zip(columns, row, strict=True)) for row in rows]
    return [
        passage(
            {**quote, "attributes": {"in answer to": quote["question"]}},
            {quote["segment_id"]: quote["language"]},
        )
        for quote in quotes
    ]


def against(case: Mapping[str, Any], languages: Mapping[str, str]) -> Passage:
    """Make a passage of a negative case, with what was asked and why it is shown."""
    told = {**case["attributes"], "in answer to": case["question"]}
    told["why it is here"] = words.WHY_AGAINST[case["why"]]
    return passage({**case, "attributes": told}, languages)


def languages_of(segments: Table, ids: Iterable[str]) -> dict[str, str]:
    """Look up the language of the given segments."""
    wanted = segments[segments["segment_id"].isin(set(ids))]
    return dict(zip(wanted["segment_id"], wanted["language"], strict=True))


def quoted_ids(priorities: Sequence[Mapping[str, Any]]) -> list[str]:
    """List the segments that the priorities quote."""
    return [
        quote["segment_id"]
        for priority in priorities
        for kind in ("quotes", "needs", "changes", "negative_cases")
        for quote in priority[kind]
    ]


def inner_marks(text: str) -> str:
    """Make quotation marks within a quotation single, for display alone."""
    return _INNER.sub(lambda found: f"‘{found[1] or found[2] or ''}’", text)


def _introduction(voice: str, quotable: bool) -> str:
    if voice == "verbatim":
        return "" if quotable else words.INTRODUCTIONS["unquotable"]
    return words.INTRODUCTIONS.get(voice, words.INTRODUCTIONS["paraphrase"])
