"""Spans kept as numbers behave as the tuple of spans that they stand for; rows become tables."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.records import REJECTS, Span, Spans, empty, in_turn, table_of

NUMBER = st.integers(0, 2**32 - 1)
SPANS = st.lists(st.builds(Span, NUMBER, NUMBER), max_size=6)


@given(SPANS)
def test_spans_are_the_tuple_that_they_were_made_of(spans: list[Span]) -> None:
    kept = Spans(spans)
    assert kept == tuple(spans)
    assert tuple(spans) == kept
    assert hash(kept) == hash(tuple(spans))
    assert [kept[at] for at in range(-len(spans), len(spans))] == spans * 2
    assert kept[1:3] == tuple(spans)[1:3]
    assert pickle.loads(pickle.dumps(kept)) == kept  # noqa: S301
    assert (Spans(spans[:-1]) == kept) == (not spans)


def test_past_the_last_span_there_is_none() -> None:
    with pytest.raises(IndexError):
        Spans([Span(0, 1)])[1]


def test_what_a_row_leaves_out_takes_the_default_of_its_column() -> None:
    row = dict.fromkeys(REJECTS.columns, "x")
    made = table_of(iter([row, row]), REJECTS)
    assert made.to_dict("records") == [row, row]
    assert list(made.dtypes) == list(empty(REJECTS).dtypes)


def test_one_machine_does_the_parts_in_turn() -> None:
    assert list(in_turn(lambda shared, part: shared * part, 3, iter([1, 2]))) == [3, 6]
