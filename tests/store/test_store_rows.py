"""What is saved comes back as it was, on every database."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
import pytest
from store_cases import EVERY_TABLE, one_segment, participants, segments

from listening.errors import InvalidTable
from listening.records import PARTICIPANTS, SEGMENTS, Table, check, empty
from listening.store import KeptSource, Store

NAMES = [schema.name for _, schema in EVERY_TABLE]
SCHEMAS = [schema for _, schema in EVERY_TABLE]


def vector(seed: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    return np.random.default_rng(seed).normal(size=384).astype(np.float32)


@pytest.mark.parametrize(("table", "schema"), EVERY_TABLE, ids=NAMES)
def test_a_table_comes_back_as_it_was_saved(
    filled: Store, table: Table, schema: pa.DataFrameSchema
) -> None:
    filled.save("k1", table, schema)
    back = filled.load(["k1"], schema)
    pd.testing.assert_frame_equal(back, table)
    check(back, schema)


@pytest.mark.parametrize("schema", SCHEMAS, ids=NAMES)
def test_an_empty_table_comes_back_with_its_columns(
    filled: Store, schema: pa.DataFrameSchema
) -> None:
    filled.save("k1", empty(schema), schema)
    pd.testing.assert_frame_equal(filled.load(["k1"], schema), empty(schema))
    pd.testing.assert_frame_equal(filled.load([], schema), empty(schema))


def test_rows_of_several_sources_come_in_the_order_that_is_asked_for(filled: Store) -> None:
    filled.add_source(KeptSource("k2", (), (), {}), "f2")
    filled.save("k2", one_segment(segment_id="second"), SEGMENTS)
    filled.save("k1", one_segment(segment_id="first"), SEGMENTS)
    order = filled.load(["k1", "k2"], SEGMENTS)["segment_id"].tolist()
    assert order == ["first", "second"]
    turned = filled.load(["k2", "k1"], SEGMENTS)["segment_id"].tolist()
    assert turned == ["second", "first"]


def test_a_table_that_breaks_its_rules_is_not_saved(filled: Store) -> None:
    with pytest.raises(InvalidTable):
        filled.save("k1", one_segment(voice="overheard"), SEGMENTS)
    assert filled.load(["k1"], SEGMENTS).empty


def test_nul_and_half_characters_are_replaced_one_by_one_so_that_offsets_hold(
    filled: Store,
) -> None:
    spoilt = one_segment(text="a\x00b\ud800c", phrases=[("x\x00",)])
    filled.save("k1", spoilt, SEGMENTS)
    (row,) = filled.load(["k1"], SEGMENTS).to_dict("records")
    assert row["text"] == "a\ufffdb\ufffdc"
    assert row["phrases"] == ("x\ufffd",)
    people = participants().head(1).assign(attributes=[{"estate\x00": "east\udfff"}])
    filled.save("k1", people, PARTICIPANTS)
    (person,) = filled.load(["k1"], PARTICIPANTS).to_dict("records")
    assert person["attributes"] == {"estate\ufffd": "east\ufffd"}


def test_ten_thousand_segments_are_saved_in_seconds_and_keep_their_order(filled: Store) -> None:
    table = segments(10_000)
    start = time.process_time()
    filled.save("k1", table, SEGMENTS)
    # 0.7 s of this process on a machine with nothing else to do, twice that on a busy one
    assert time.process_time() - start < 3
    back = filled.load(["k1"], SEGMENTS)
    assert back["segment_id"].tolist() == table["segment_id"].tolist()


def test_1200_vectors_come_back_byte_for_byte(store: Store) -> None:
    made = {f"{n:064x}": vector(n) for n in range(1200)}
    store.keep_vectors("encoder", made)
    back = store.vectors("encoder", made)
    assert set(back) == set(made)
    assert all(back[key].tobytes() == made[key].tobytes() for key in made)
    assert back["0" * 64].dtype == np.float32


def test_vectors_belong_to_their_encoder_and_unknown_texts_have_none(store: Store) -> None:
    long_name = "a/folder/" * 30
    store.keep_vectors(long_name, {"a": vector(1)})
    assert set(store.vectors(long_name, ["a", "b"])) == {"a"}
    assert store.vectors("another", ["a"]) == {}


def test_a_vector_that_is_kept_already_stays_as_it_is(store: Store) -> None:
    store.keep_vectors("encoder", {"a": vector(1)})
    store.keep_vectors("encoder", {"a": vector(2), "b": vector(3)})
    back = store.vectors("encoder", ["a", "b"])
    assert back["a"].tobytes() == vector(1).tobytes()
    assert back["b"].tobytes() == vector(3).tobytes()


def test_more_rows_than_are_made_ready_together_are_all_kept(store: Store) -> None:
    made = {f"k{n:05}": vector(n) for n in range(10_001)}
    store.keep_vectors("encoder", made)
    found = store.vectors("encoder", made)
    assert len(found) == len(made)
    assert all(np.array_equal(found[key], made[key]) for key in ("k00000", "k05000", "k10000"))
