"""Words and meaning put together, and what is never found."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from listening.reading import Asked, query, search
from listening.records import Table
from tests.fakes import FakeEncoder

SAID = (
    ("damp in my flat", "survey", "en", False),
    ("mould on the bathroom wall in my flat", "interview", "en", False),
    ("buses never come", "survey", "cy", False),
    ("damp", "survey", "en", True),
    ("DAMP, damp everywhere", "street", "en", False),
)


def segments(said: tuple[tuple[str, str, str, bool], ...] = SAID) -> Table:
    rows = [
        {"segment_id": f"s{n}", "participant_id": f"P{n}", "text": text, "source_kind": kind,
         "language": language, "nil": nil, "topic_name": "damp" if "damp" in text else "buses"}
        for n, (text, kind, language, nil) in enumerate(said)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def ids(asked: Asked, table: Table | None = None, **how: bool) -> dict[str, str]:
    own = segments() if table is None else table
    encoder = FakeEncoder()
    meaning = how.get("meaning", True)
    found = search(
        own,
        asked,
        words=how.get("words", True),
        vectors=encoder.encode(own["text"].tolist()) if meaning else None,
        meant=encoder.encode([asked.query.text])[0] if meaning else None,
    )
    return dict(zip(found["segment_id"], found["found_by"], strict=True))


def test_each_hit_says_how_it_was_found_and_what_both_ways_find_comes_first() -> None:
    found = ids(Asked(query("damp flat")))
    assert next(iter(found)) == "s0"
    assert found["s0"] == "words and meaning"
    assert set(found.values()) == {"words and meaning", "meaning"}


def test_by_words_alone_nothing_else_is_found_and_nil_answers_never() -> None:
    assert ids(Asked(query("damp")), meaning=False) == {"s4": "words", "s0": "words"}
    assert "s3" not in ids(Asked(query("damp")))


def test_by_meaning_alone_says_so() -> None:
    found = ids(Asked(query("damp"), most=2), words=False)
    assert set(found.values()) == {"meaning"}
    assert len(found) == 2


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (Asked(query("damp"), source_kind="street"), {"s4"}),
        (Asked(query("buses"), language="cy"), {"s2"}),
        (Asked(query("come"), topic="buses"), {"s2"}),
        (Asked(query("damp"), language="cy"), set()),
    ],
)
def test_a_filter_leaves_out_everything_else(asked: Asked, wanted: set[str]) -> None:
    assert set(ids(asked, meaning=False)) == wanted


def test_among_many_texts_only_what_is_clearly_nearer_is_found_by_meaning() -> None:
    many = tuple((f"word{n} other{n} third{n}", "survey", "en", False) for n in range(60))
    table = segments((*many, ("the lift is broken", "survey", "en", False)))
    found = ids(Asked(query("lift broken"), most=100), table)
    assert next(iter(found)) == "s60"
    assert len(found) < 30


def test_a_text_without_a_vector_is_still_found_by_its_words() -> None:
    table = segments()
    vectors = np.zeros((len(table), 64), dtype=np.float32)
    meant = FakeEncoder().encode(["buses"])[0]
    found = search(table, Asked(query("buses")), vectors=vectors, meant=meant)
    assert found[["segment_id", "found_by"]].to_numpy().tolist() == [["s2", "words"]]


def test_nothing_to_search_finds_nothing() -> None:
    assert ids(Asked(query("damp")), segments().head(0), meaning=False) == {}
