"""The saved reading: topics that a later run extends, without the words of whoever left."""

from __future__ import annotations

from dataclasses import replace

from store_cases import segments

from listening.records import SEGMENTS
from listening.store import KeptTopics, Store

KEPT = KeptTopics(
    names=("benches", "lifts"),
    stability=(0.75, 0.5),
    together=((0.75, 0.125), (0.125, 0.5)),
    topic_of={"doc-1.0": 0, "doc-1.3": 0, "doc-1.6": 1},
)


def test_a_reading_comes_back_as_it_was_kept(filled: Store) -> None:
    assert filled.topics() == KeptTopics()
    filled.save("k1", segments(), SEGMENTS)
    filled.keep_topics(KEPT)
    assert filled.topics() == KEPT


def test_a_later_reading_takes_the_place_of_the_one_before(filled: Store) -> None:
    filled.save("k1", segments(), SEGMENTS)
    filled.keep_topics(KEPT)
    later = KeptTopics(("ponds",), (1.0,), ((1.0,),), {"doc-1.6": 0})
    filled.keep_topics(later)
    assert filled.topics() == later


def test_a_topic_loses_its_name_with_a_reading_that_is_forgotten(filled: Store) -> None:
    filled.save("k1", segments(6), SEGMENTS)
    filled.keep_topics(replace(KEPT, topic_of={"doc-1.0": 0}))
    filled.forget_readings("f1")
    assert filled.topics() == replace(KEPT, names=("", "lifts"), topic_of={})
