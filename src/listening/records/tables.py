"""The typed tables that stages pass on, and what may stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd
import pandera.pandas as pa

from listening.errors import InvalidTable

Table = pd.DataFrame
Vector = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Vectors = np.ndarray[tuple[int, int], np.dtype[np.float32]]

Kind = Literal["interview", "focus_group", "street", "survey"]
KINDS: tuple[str, ...] = ("interview", "focus_group", "street", "survey")
#: what people say to each other
CONVERSATIONS = frozenset({"interview", "focus_group"})
VOICES: tuple[str, ...] = ("verbatim", "paraphrase", "observation")
CONSENTS: tuple[str, ...] = ("analysis", "quotation", "none")
ANSWERS: tuple[str, ...] = ("yes", "no")
#: `both` is a guardian's consent with the young person's assent
CONSENT_BY: tuple[str, ...] = ("own", "guardian", "both")
#: only the first is used for estimates
STREAMS: tuple[str, ...] = ("audit", "training", "discovery")
ROLES: tuple[str, ...] = ("participant", "interviewer")

NIL_TOPIC = "nil"
UNASSIGNED_TOPIC = "unassigned"


#: pandas' own text dtype: comparisons give plain booleans, and a missing value is refused.
TEXT = pd.StringDtype(na_value=np.nan)


def _text(*allowed: str, key: bool = False) -> pa.Column:
    checks = [pa.Check.isin(allowed)] if allowed else []
    if key:
        checks.append(pa.Check.str_length(min_value=1))
    return pa.Column(TEXT, checks=checks, nullable=False, unique=key, coerce=True)


def _filled(column: pa.Column, default: str | bool) -> pa.Column:
    """Return a column that rows may leave out."""
    column.default = default
    return column


def _count(minimum: int = 0) -> pa.Column:
    return pa.Column(int, checks=[pa.Check.ge(minimum)])


#: One row per turn of a transcript, answer cell of a table, or note, as read: raw words.
#: `participant` is a key within the file (a speaker's label, a row's id); empty for interviewers.
#: `translation` is what somebody supplied as one, and the `text` itself where that is all there is.
TURNS = pa.DataFrameSchema(
    {
        "file": _text(),
        "row": _count(1),
        "participant": _text(),
        "role": _text(*ROLES),
        "question": _text(),
        "text": _text(),
        "voice": _text("", *VOICES),
        "translation": _filled(_text(), ""),
    },
    strict=True,
    name="turns",
)

#: One row per file x participant, as read. `programme_id` is the manifest's `participant_id`;
#: `withdrawal_code` stands on the person's consent form; `young` says that they are below the age
#: of their own consent, `consent_by` who agreed, `contact` how to reach who agreed to be asked
#: again, `disclosure` that an officer heard of harm. `attributes` holds a dict of name to value.
#: Never leaves the reading side: it carries raw names.
PEOPLE = pa.DataFrameSchema(
    {
        "file": _text(),
        "participant": _text(),
        "kind": _text(*KINDS),
        "people": _count(1),
        "place": _text(),
        "date": _text(),
        "language": _text(),
        "method": _text(),
        "officer": _text(),
        "note_taker": _text(),
        "voice": _text("", *VOICES),
        "consent": _text("", *CONSENTS),
        "consent_until": _text(),
        "programme_id": _text(),
        "withdrawal_code": _text(),
        "young": _text("", *ANSWERS),
        "consent_by": _text("", *CONSENT_BY),
        "contact": _text(),
        "disclosure": _text("", *ANSWERS),
        "attributes": pa.Column(object),
    },
    strict=True,
    unique=["file", "participant"],
    name="people",
)

#: What was set aside and what to do about it (INTERFACE.md, rejects.csv).
REJECTS = pa.DataFrameSchema(
    {"file": _text(), "row": _text(), "what": _text(), "why": _text(), "what_to_do": _text()},
    strict=True,
    name="rejects",
)

#: One row per record of how a piece of listening went, never of a person (`reach.csv`). A count
#: that nobody took is missing: it is no nought.
TALLIES = pa.DataFrameSchema(
    {
        **{name: _text() for name in ("date", "officer", "place", "language", "method")},
        **{
            name: pa.Column("Int64", checks=[pa.Check.ge(0)], nullable=True)
            for name in ("approached", "spoke", "declined")
        },
    },
    strict=True,
    name="tallies",
)

#: One row per document: a transcript, or one row of a table. `text` is pseudonymised.
DOCUMENTS = pa.DataFrameSchema(
    {
        "document_id": _text(key=True),
        "kind": _text(*KINDS),
        "place": _text(),
        "date": _text(),
        "language": _text(),
        "method": _text(),
        "text": _text(),
    },
    strict=True,
    name="documents",
)

#: Where somebody supplied a translation: whether the text is the translation (else it is the
#: original), and the whole turn in the other of the two, pseudonymised as well.
_OTHER_WORDING = {
    "translated": _filled(pa.Column(bool), default=False),
    "beside": _filled(_text(), ""),
}

#: One row per turn of a document, with offsets into its text.
PASSAGES = pa.DataFrameSchema(
    {
        "document_id": _text(),
        "participant_id": _text(),
        "role": _text(*ROLES),
        "question": _text(),
        "voice": _text(*VOICES),
        "start": _count(),
        "end": _count(),
        **_OTHER_WORDING,
    },
    strict=True,
    name="passages",
)

#: One row per public place that a document names and that stays in its text, with offsets into it;
#: a release generalises them.
PLACES = pa.DataFrameSchema(
    {"document_id": _text(), "start": _count(), "end": _count(1), "kind": _text()},
    strict=True,
    name="places",
)

#: One row per participant who may be counted. `people` > 1 is a note about several passers-by.
#: `cluster` names what is resampled together (a focus group, or the participant alone).
PARTICIPANTS = pa.DataFrameSchema(
    {
        "participant_id": _text(key=True),
        "source_kind": _text(*KINDS),
        "place": _text(),
        "language": _text(),
        "consent": _text("analysis", "quotation"),
        "people": _count(1),
        "date": _text(),
        "cluster": _text(),
        "attributes": pa.Column(object),
    },
    strict=True,
    name="participants",
)

#: One row per segment, a unit of meaning of 5 to 60 tokens. `text_key` is the content's hash.
#: `phrases` holds a tuple of noun phrases of the text.
SEGMENTS = pa.DataFrameSchema(
    {
        "segment_id": _text(key=True),
        "document_id": _text(),
        "participant_id": _text(),
        "source_kind": _text(*KINDS),
        "question": _text(),
        "start": _count(),
        "end": _count(),
        "text": _text(),
        "language": _text(),
        "voice": _text(*VOICES),
        "nil": pa.Column(bool),
        "text_key": _text(),
        "phrases": pa.Column(object),
        **_OTHER_WORDING,
    },
    strict=True,
    name="segments",
)

#: What people were asked to code: the log of `listening select`. `probability` is the chance with
#: which the segment's person was drawn, `day` ISO text.
SELECTIONS = pa.DataFrameSchema(
    {
        "segment_id": _text(key=True),
        "participant_id": _text(),
        "stream": _text(*STREAMS),
        "probability": pa.Column(float, checks=[pa.Check.in_range(0, 1, include_min=False)]),
        "blind": pa.Column(bool),
        "why": _text(),
        "batch": _count(1),
        "seed": pa.Column(int),
        "day": _text(),
    },
    strict=True,
    name="selections",
)

#: What people coded, as it comes from the store: one row per unit, coder and code, and one with an
#: empty `code` where a coder read a unit and applied none. A unit is a segment of a conversation or
#: a whole answer or note; a whole answer goes by the id of its first segment. `start` and `end` are
#: code points of the document's text, of what was coded (of the unit, where the code is empty or on
#: the whole of it); a stretch over several segments has a row for each, cut to it. `role` is what
#: the project was for, `hinted` whether suggestions were shown there. A reading of which something
#: was refused has in each of its units a row with an empty `code` that is `unfinished`.
CODINGS = pa.DataFrameSchema(
    {
        "participant_id": _text(),
        "segment_id": _text(key=False),
        "document_id": _text(),
        "source_kind": _text(*KINDS),
        "question": _text(),
        "text": _text(),
        "start": _count(),
        "end": _count(),
        "whole": pa.Column(bool),
        "code": _text(),
        "proposed": _text(),
        "memo": _text(),
        "severity": pa.Column("Int64", checks=[pa.Check.in_range(0, 3)], nullable=True),
        "coder": _text(),
        "origin": _text("human", "suggestion"),
        "stream": _text(*STREAMS),
        "role": _text("assisted", "blind", "adjudication"),
        "hinted": pa.Column(bool),
        "codebook": _text(),
        "codebook_version": _text(),
        "code_status": _text("active", "recode", "retired", "draft", "unfinished"),
        "coded_at": _text(),
        "lead_time": pa.Column(float, checks=[pa.Check.ge(0)]),
        "batch": _count(),
        "item": _text(),
    },
    strict=True,
    name="codings",
)

#: topics.csv of INTERFACE.md. Ids count from 0; -1 is never a row here. `near` names the topics
#: that it may be read as one with, each with the share of runs in which they fell together.
TOPICS = pa.DataFrameSchema(
    {
        "topic_id": _count(),
        "name": _text(),
        "description": _text(),
        "words": _text(),
        "segments": _count(),
        "people": _count(),
        "stability": pa.Column(float, checks=[pa.Check.in_range(0, 1)]),
        "flag": _text("", "unstable", "single_voice"),
        "near": _text(),
        "example": _text(),
    },
    strict=True,
    name="topics",
)

#: topic (or theme) of each segment, in the order of the segments given.
ASSIGNMENTS = pa.DataFrameSchema(
    {
        "segment_id": _text(key=True),
        "topic_id": pa.Column(int, checks=[pa.Check.ge(-1)]),
        "topic_name": _text(),
        "topic_stability": pa.Column(float, checks=[pa.Check.in_range(0, 1)]),
    },
    strict=True,
    name="assignments",
)

#: Columns of passages that stand for what no code covers: `nearest_code` is the likeliest all the
#: same, with its probability; `people` and `passages` are those that they stand for.
UNCOVERED = (
    "segment_id",
    "participant_id",
    "source_kind",
    "question",
    "text",
    "language",
    "voice",
    "translated",
    "nearest_code",
    "probability",
    "people",
    "passages",
)


def check(table: Table, schema: pa.DataFrameSchema) -> Table:
    """Return `table` with the schema's columns in their order, or say which rule it breaks.

    Raises:
        InvalidTable: naming the column and the rule, never a cell's content.
    """
    wanted = list(schema.columns)
    missing = [name for name in wanted if name not in table.columns]
    if missing:
        raise InvalidTable(
            f"The table of {schema.name}",
            f"has no column {', '.join(missing)}.",
            "Add the column and run again.",
        )
    try:
        return schema.validate(table[wanted])
    except (pa.errors.SchemaError, pa.errors.SchemaErrors) as broken:
        # A cell that cannot become the column's type arrives in a list of errors.
        error: Any = getattr(broken, "schema_errors", [broken])[0]
        column = getattr(error.schema, "name", None) or schema.name
        # `from None`: pandera's own message quotes cells, which may be residents' words.
        raise InvalidTable(
            f"The table of {schema.name}",
            f"breaks a rule in column {column} ({error.reason_code}).",
            "Mend that column and run again.",
        ) from None


def empty(schema: pa.DataFrameSchema) -> Table:
    """Return a table of the schema with no rows and the right dtypes."""
    return table_of([], schema)


def table_of(rows: Iterable[Mapping[str, Any]], schema: pa.DataFrameSchema) -> Table:
    """Build a checked table of `schema` from rows given as mappings."""
    given = {n: np.nan if c.default is None else c.default for n, c in schema.columns.items()}
    # by column: a hundred thousand rows as mappings take five times the memory of their table
    columns: dict[str, list[Any]] = {name: [] for name in given}
    for row in rows:
        for name, values in columns.items():
            values.append(row.get(name, given[name]))
    frame = pd.DataFrame({name: pd.Series(columns.pop(name)) for name in given})
    return check(
        frame.astype({name: column.dtype.type for name, column in schema.columns.items()}), schema
    )
