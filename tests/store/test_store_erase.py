"""Erasing a participant leaves nothing of them and all of the others, on every database."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from store_cases import documents, participants, passages, segments

from listening.records import DOCUMENTS, PARTICIPANTS, PASSAGES, SEGMENTS, Table
from listening.store import KeptSource, KeptTopics, Store

SAID = (
    ("P00000", "I asked for a ramp in the spring."),
    ("P00001", "So did I, and for a rail."),
    ("", "And what came of it?"),
    ("P00000", "Nothing came of it at all."),
    ("P00001", "They sent us a leaflet."),
)


def talk(store: Store, source: str, said: tuple[tuple[str, str], ...] = SAID) -> None:
    """Keep one document, a segment for each participant's turn."""
    store.add_source(KeptSource(source, (), (), {}), f"file {source}")
    starts = [sum(len(text) + 1 for _, text in said[:n]) for n in range(len(said))]
    turns = list(zip(said, starts, strict=True))
    spoken = [((who, text), at) for (who, text), at in turns if who]
    columns = {
        "participant_id": [who for (who, _), _ in spoken],
        "start": [at for _, at in spoken],
        "end": [at + len(text) for (_, text), at in spoken],
        "text": [text for (_, text), _ in spoken],
        "text_key": [text for (_, text), _ in spoken],
    }
    own = segments(len(spoken)).assign(**columns)
    every = (
        passages()
        .iloc[: len(said)]
        .assign(
            participant_id=[who for who, _ in said],
            role=["participant" if who else "interviewer" for who, _ in said],
            start=starts,
            end=[at + len(text) for (_, text), at in turns],
        )
    )
    whole = documents().iloc[1:2].assign(text="\n".join(text for _, text in said))
    people = participants().iloc[:2]
    people = people[people["participant_id"].isin({who for who, _ in said})]
    for table, schema in (
        (whole, DOCUMENTS),
        (every, PASSAGES),
        (people, PARTICIPANTS),
        (own, SEGMENTS),
    ):
        store.save(source, table, schema)
    store.keep_vectors("e", {text: np.ones(3, dtype=np.float32) for _, text in said})


def kept(store: Store, source: str) -> tuple[str, Table, Table]:
    text = store.load([source], DOCUMENTS)["text"]
    return "".join(text), store.load([source], PASSAGES), store.load([source], SEGMENTS)


def test_the_others_turns_move_together_and_keep_their_offsets(store: Store) -> None:
    talk(store, "k1")
    store.erase_participant("P00000")
    text, turns, found = kept(store, "k1")
    assert text == "So did I, and for a rail.\nAnd what came of it?\nThey sent us a leaflet."
    assert [text[row.start : row.end] for row in turns.itertuples()] == text.split("\n")
    assert all(text[row.start : row.end] == row.text for row in found.itertuples())
    assert set(found["participant_id"]) == {"P00001"}


def test_a_document_of_theirs_alone_goes_with_the_questions_put_to_them(store: Store) -> None:
    talk(store, "k1", tuple(turn for turn in SAID if turn[0] != "P00001"))
    counts = store.erase_participant("P00000")
    assert kept(store, "k1")[0] == ""
    assert counts["sources"] == counts["documents"] == 1
    assert store.file_keys_of("P00000") == set()
    assert store.known_files(["file k1"]) == set()


def test_a_vector_goes_unless_somebody_else_said_the_same(store: Store) -> None:
    talk(store, "k1")
    talk(store, "k2", (("P00001", SAID[0][1]), ("P00001", "And a lift.")))
    store.erase_participant("P00000")
    left = store.vectors("e", [text for _, text in SAID])
    assert SAID[0][1] in left
    assert SAID[3][1] not in left


def test_kept_results_go_too_and_nobody_else_is_touched(store: Store) -> None:
    talk(store, "k1")
    talk(store, "k2", (("P00001", "And a lift."),))
    store.keep_result("r", "topics", {"example": SAID[0][1]})
    assert store.erase_participant("P00000")["results"] == 1
    assert store.result("r") is None
    assert kept(store, "k2")[0] == "And a lift."


def test_erasing_nobody_erases_nothing(store: Store) -> None:
    talk(store, "k1")
    store.keep_result("r", "topics", {})
    assert not +store.erase_participant("P99999")
    assert store.result("r") == {}


def test_no_byte_of_what_was_erased_is_left_in_the_files(
    store: Store, files_of: Callable[[], bytes]
) -> None:
    talk(store, "k1")
    assert b"asked for a ramp" in files_of()
    store.erase_participant("P00000")
    store.compact()
    assert b"asked for a ramp" not in files_of()


def test_topics_in_which_the_erased_person_spoke_lose_their_names_and_others_keep_theirs(
    store: Store,
) -> None:
    talk(store, "k1")
    ids = store.load(["k1"], SEGMENTS).set_index("segment_id")["participant_id"]
    topic_of = {segment: int(who == "P00000") for segment, who in ids.items()}
    store.keep_topics(
        KeptTopics(("rails", "ramps"), (1.0, 1.0), ((1.0, 0.0), (0.0, 1.0)), topic_of)
    )
    store.erase_participant("P00000")
    left = store.topics()
    assert left.names == ("rails", "")
    assert set(left.topic_of) == set(ids.index[ids != "P00000"])
