"""A draft of a run's topics: nothing in use, topics of one matter under one heading."""

from __future__ import annotations

import numpy as np
import pandas as pd

from listening.codebook import Codebook, as_toml, load
from listening.coding import draft, texts_to_read
from listening.coding.drafting import LOOKED_AT
from listening.records import Table, Vectors


def topics(*rows: tuple[str, str, str]) -> Table:
    columns = ["topic_id", "name", "flag"]
    return pd.DataFrame(rows, columns=columns, dtype=str).assign(words="late; full", people="4")


def segments(*rows: tuple[str, str]) -> Table:
    return pd.DataFrame(rows, columns=["topic_id", "text"], dtype=str)


def unit(*rows: list[float]) -> Vectors:
    vectors = np.array(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def drafted() -> Codebook:
    told = topics(("0", "Buses", ""), ("1", "Trams", "unstable"), ("2", "Damp", "single_voice"))
    read = segments(("0", "late"), ("0", "full"), ("0", "bus"), ("1", "tram"), ("2", "mould"))
    vectors = unit([1, 0.9, 0], [1, 0.2, 0], [1, 0.3, 0], [1, 0.4, 0.1], [0, 0, 1])
    return draft("Our town", told, read, vectors)


def test_topics_of_one_matter_stand_under_one_heading() -> None:
    heading, buses, trams, damp = drafted().codes
    assert (heading.name, heading.codable) == ("Buses / Trams", False)
    assert (buses.parent, trams.parent, damp.parent) == (heading.id, heading.id, "")


def test_the_most_typical_words_come_first_and_doubts_are_said() -> None:
    _, buses, trams, damp = drafted().codes
    assert buses.examples == ("bus", "full", "late")
    assert "4 people" in buses.definition
    assert "unstable" in trams.definition
    assert "Fewer than three people" in damp.definition


def test_a_draft_is_read_back_and_nothing_in_it_is_in_use() -> None:
    book = drafted()
    assert load(as_toml(book), draft=True) == book
    assert book.in_use == ()
    assert "pseudonymised" in book.source


def test_two_topics_of_one_name_are_two_codes() -> None:
    told = topics(("0", "Buses", ""), ("1", "Buses", ""))
    vectors = unit([1, 0], [-1, 0])
    book = draft("Our town", told, segments(("0", "late"), ("1", "red")), vectors)
    assert [(c.id, c.name) for c in book.codes] == [("buses", "Buses"), ("buses-2", "Buses (2)")]


def test_what_lies_in_no_topic_and_what_an_officer_saw_is_not_read() -> None:
    given = segments(("0", "late"), ("0", "late"), ("-1", "nothing"), ("0", " "), ("0", "seen"))
    voices = ["verbatim"] * 4 + ["observation"]
    assert texts_to_read(given.assign(voice=voices))["text"].tolist() == ["late"]
    many = segments(*(("0", f"text {n}") for n in range(LOOKED_AT + 5)))
    assert len(texts_to_read(many)) == LOOKED_AT


def test_without_topics_the_draft_is_empty() -> None:
    nothing = np.zeros((0, 2), dtype=np.float32)
    assert draft("Our town", topics(), segments(), nothing).codes == ()
