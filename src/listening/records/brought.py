"""Tables that a programme brings: what stands beside the ranking, and what questions let raise."""

from __future__ import annotations

import pandera.pandas as pa

from listening.records.tables import TEXT

#: what a panel may say of a theme
VERDICTS: tuple[str, ...] = ("confirm", "rename", "contest")

#: What a resident panel said of the themes: `words` are theirs, `present` how many of them there
#: were (missing where nobody counted). A theme may have a row of each meeting.
PANEL = pa.DataFrameSchema(
    {
        "id": pa.Column(TEXT, checks=[pa.Check.str_length(min_value=1)], nullable=False),
        "word": pa.Column(TEXT, checks=[pa.Check.isin(VERDICTS)], nullable=False),
        "words": pa.Column(TEXT, nullable=False),
        "date": pa.Column(TEXT, nullable=False),
        "present": pa.Column("Int64", checks=[pa.Check.ge(1)], nullable=True),
    },
    strict=True,
    name="panel",
)

#: Figures of places that come from elsewhere; `value` is the cell as a number.
INDICATORS = pa.DataFrameSchema(
    {
        "place": pa.Column(TEXT, checks=[pa.Check.str_length(min_value=1)], nullable=False),
        "measure": pa.Column(TEXT, checks=[pa.Check.str_length(min_value=1)], nullable=False),
        "value": pa.Column(float, nullable=False),
        "unit": pa.Column(TEXT, nullable=False),
        "date": pa.Column(TEXT, nullable=False),
        "source": pa.Column(TEXT, nullable=False),
    },
    strict=True,
    name="indicators",
)

#: How a code could come up: of people's own accord; because a question named it; or not at all.
SPONTANEOUS, PROMPTED, NOT_ASKED = HOW = ("spontaneous", "prompted", "not_asked")

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

#: How grave a coder found what a person said of a code, 0 to 3: one row per coded passage.
SEVERITIES = pa.DataFrameSchema(
    {
        "participant_id": pa.Column(TEXT, nullable=False, coerce=True),
        "code": pa.Column(TEXT, nullable=False, coerce=True),
        "severity": pa.Column(float, checks=[pa.Check.in_range(0, 3)], coerce=True),
    },
    strict=True,
    name="severities",
)
