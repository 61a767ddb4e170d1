"""The files beside the page: the tables of INTERFACE.md, as bytes and verbatim."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from listening.records import UNCOVERED, Table
from listening.report import equity
from listening.report.page import html
from listening.report.results import Results

SEGMENT_COLUMNS = (
    "segment_id",
    "document_id",
    "participant_id",
    "source_kind",
    "question",
    "start",
    "end",
    "text",
    "language",
    "voice",
    "topic_id",
    "topic_name",
    "topic_stability",
    "campaign",
    "translated",
    "beside",
)
TOPIC_COLUMNS = (
    "topic_id",
    "name",
    "description",
    "words",
    "segments",
    "people",
    "stability",
    "flag",
    "near",
    "example",
)
CODING_COLUMNS = (
    "participant_id",
    "segment_id",
    "text",
    "code",
    "coder",
    "origin",
    "stream",
    "codebook_version",
    "coded_at",
    "code_status",
    "question",
    "start",
    "end",
    "memo",
    "severity",
    "proposed",
)
PARTICIPANT_COLUMNS = (
    "participant_id",
    "source_kind",
    "place",
    "language",
    "consent",
    "people",
    "date",
    "cluster",
    "counted",
    "read",
)
REJECT_COLUMNS = ("file", "row", "what", "why", "what_to_do")
PRIORITY_COLUMNS = (
    "rank",
    "id",
    "name",
    "statement",
    "status",
    "people",
    "of",
    "estimated",
    "prevalence",
    "interval_low",
    "interval_high",
    "score",
    "rank_low",
    "rank_high",
    "p_top_k",
    "tier",
    "tied_with",
    "intensity",
    "intensity_people",
    "breadth",
    "differs",
    "protected_for",
)
RAISED_COLUMNS = ("participant_id", "code")
REACH_COLUMNS = (
    "by",
    "value",
    "approached",
    "spoke",
    "declined",
    "share_spoke",
    "records",
    "without_approached",
    "in_files",
)
UNCOVERED_COLUMNS = (*UNCOVERED, "quotable")
SIGN_OFF = ("signed_off_by", "signed_off_on", "speaks")

README = """\
WORKING COPY: for the team, not to be passed on.

These files hold exact figures and residents' pseudonymised words. Names were replaced, but a
story told in somebody's own words can still show who they are, and small numbers can too. Nothing
here has been through disclosure control.

report.html       start here: opens in any browser, needs no network
priorities.json   the themes in order, with everything that the report says about them
priorities.csv    the same order as a table; "status" says whether people have coded yet
segments.csv      every passage, who said it where, and its topic
topics.csv        the topics: a machine's aid for reading, in no order of importance
campaigns.csv     what several people sent in nearly the same words, and how many people
topic_changes.csv what became of each topic, where an earlier reading was extended
participants.csv  one row a participant, with what is known of them
raised.csv        who was counted, and what each of them raised
codings.csv       which passage carries which code, and whether a person or the machine said so
quotes.csv        candidate quotes: whoever signs one off writes their name in "signed_off_by" and
                  the day in "signed_off_on", and yes in "speaks" where it speaks for its theme
reach.csv         who was approached, spoke and declined, beside who is in the files
uncovered.csv     passages that stand for what no code covers, where there is a codebook
codebook.toml     the codebook whose codes are ranked, where there is one
rejects.csv       what was set aside, why, and what to do about it
project.qdpx      the texts, codes and people's codings, for NVivo, ATLAS.ti, MAXQDA and others
run.json          settings, versions and timings, to repeat the run

Tables are UTF-8 with commas. Text stands as it was said: when a spreadsheet opens them, import
text columns as text, so that a passage that begins with = or + is not taken for a formula.
"""


class Files(Mapping[str, bytes]):
    """Files by name; each is made when somebody asks for it: of all at once the tables are many."""

    def __init__(self, made: Mapping[str, Callable[[], bytes]]) -> None:
        self._made = made

    def __getitem__(self, name: str) -> bytes:
        return self._made[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def files(results: Results) -> Mapping[str, bytes]:
    """Return every file of the working results by name (INTERFACE.md), ready to be written."""

    def table(of: Table, columns: Iterable[str] = ()) -> Callable[[], bytes]:
        return lambda: _csv(of, columns or of.columns)

    more: dict[str, Callable[[], bytes]] = {}
    if results.topic_changes is not None:
        more["topic_changes.csv"] = table(results.topic_changes)
    if results.uncovered is not None:
        more["uncovered.csv"] = table(results.uncovered, UNCOVERED_COLUMNS)
    if results.raised is not None:
        more["raised.csv"] = table(results.raised, RAISED_COLUMNS)
    if results.codebook_file:
        more["codebook.toml"] = lambda: results.codebook_file
    return Files(
        {
            "report.html": lambda: html(results).encode(),
            "priorities.json": lambda: as_json(results.document),
            "priorities.csv": lambda: priorities_csv(results.document),
            "segments.csv": table(results.segments, SEGMENT_COLUMNS),
            "topics.csv": table(results.topics, TOPIC_COLUMNS),
            "campaigns.csv": table(results.campaigns),
            "participants.csv": lambda: _participants(results.participants),
            "codings.csv": table(results.codings, CODING_COLUMNS),
            "quotes.csv": lambda: _quotes(results.quotes),
            "reach.csv": table(results.reach, REACH_COLUMNS),
            "rejects.csv": table(results.rejects, REJECT_COLUMNS),
            "project.qdpx": lambda: results.project,
            "README.txt": README.encode,
            "run.json": lambda: as_json(results.run),
            **more,
        }
    )


def priorities_csv(document: Mapping[str, Any]) -> bytes:
    """Write `priorities.csv`, one row a theme; the status stands in every row."""
    rows = []
    for theme in document["priorities"]:
        low, high = theme["interval"]
        first, last = theme["rank_interval"]
        spread = {"interval_low": low, "interval_high": high, "rank_low": first, "rank_high": last}
        tied = {"tied_with": ";".join(theme["tied_with"])}
        told = {"status": document["status"], "estimated": int(bool(theme.get("estimated")))}
        rows.append({**theme, **told, **spread, **tied, **equity.cells(theme, document)})
    # Kept as objects: a null beside whole numbers must not turn them into decimals.
    return _csv(pd.DataFrame(rows, columns=list(PRIORITY_COLUMNS), dtype=object), PRIORITY_COLUMNS)


def _participants(table: Table) -> bytes:
    names = sorted({name for row in table["attributes"] for name in row})
    told = table if "counted" in table else table.assign(counted=1, read=1)
    wide = told[list(PARTICIPANT_COLUMNS)].copy()
    for name in names:
        wide[f"attr:{name}"] = [row.get(name, "") for row in table["attributes"]]
    return _csv(wide, wide.columns)


def _quotes(table: Table) -> bytes:
    known = [json.dumps(given, ensure_ascii=False) for given in table["attributes"]]
    blank = {name: "" for name in SIGN_OFF if name not in table.columns}
    columns = [*table.columns.drop(list(SIGN_OFF), errors="ignore"), *SIGN_OFF]
    return _csv(table.assign(attributes=known, **blank), columns)


def _csv(table: Table, columns: Iterable[str]) -> bytes:
    return table[list(columns)].to_csv(index=False, lineterminator="\n").encode()


def as_json(content: Mapping[str, Any]) -> bytes:
    """Write JSON: the given order of keys, UTF-8, the same bytes every time."""
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode()
