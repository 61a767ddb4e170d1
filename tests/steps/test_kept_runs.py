"""The index of words in a row finds what looking through everything finds, and exposes no word."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listening.records import PARTICIPANTS, SEGMENTS, table_of
from listening.segments import text_key
from listening.steps import Work, kept_runs
from listening.steps.kept_folder import BOOK, forget_kept, results_folder
from listening.steps.own_words import index_files, own_words
from listening.store import KeptSource

OpenAt = Callable[[Path], Work]
ASKED = "The lift in our block has been broken since the winter before last"
#: so few different words that people say the same in a row
SAID = st.lists(
    st.tuples(
        st.integers(0, 8),
        st.lists(st.sampled_from(["the", "lift", "Broke"]), min_size=4, max_size=14).map(" ".join),
    ),
    max_size=25,
)


def keep(work: Work, source: str, said: list[tuple[int, str]]) -> None:
    people, segments = {}, []
    for number, (who, text) in enumerate(said):
        person = f"P{who:05}"
        people[person] = {
            "participant_id": person, "source_kind": "survey", "place": "", "language": "en",
            "consent": "analysis", "people": 1, "date": "", "cluster": person, "attributes": {},
        }  # fmt: skip
        segments.append(
            {"segment_id": f"{source}-{number}", "document_id": f"{source}-{number}",
             "participant_id": person, "source_kind": "survey", "question": "", "start": 0,
             "end": len(text), "text": text, "language": "en", "voice": "verbatim", "nil": False,
             "text_key": text_key(text), "phrases": ()}
        )  # fmt: skip
    work.store.add_source(KeptSource(source, (), (), {}), source)
    work.store.save(source, table_of(list(people.values()), PARTICIPANTS), PARTICIPANTS)
    work.store.save(source, table_of(segments, SEGMENTS), SEGMENTS)


def index(work: Work, name: str = "made") -> Path:
    """Lay the index of now where the kept results lie."""
    folder = results_folder(work) / name
    folder.mkdir(parents=True, exist_ok=True)
    for one, content in index_files(work).items():
        (folder / one).write_bytes(content)
    work.vault.write(BOOK, {**work.vault.read(BOOK), "folder": name})
    return folder


@pytest.fixture
def work(open_at: OpenAt, tmp_path: Path) -> Work:
    opened = open_at(tmp_path / "home")
    keep(
        opened, "one", [(1, ASKED), *[(who, "We all said the very same thing") for who in range(6)]]
    )
    return opened


def found(work: Work, text: str) -> dict[str, str]:
    return own_words(work, {"told": text})


def test_what_few_said_is_found_and_what_many_said_is_nobodys(work: Work) -> None:
    for _ in range(2):
        assert found(work, f"They say {ASKED.upper()}!") == {
            "told": "been broken since the winter before"
        }
        assert found(work, "we all said the very same thing") == {}
        assert found(work, "words that nobody has said here at all") == {}
        index(work)


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(before=SAID, since=SAID, asked=SAID)
def test_the_index_finds_what_looking_through_everything_finds(
    tmp_path_factory: pytest.TempPathFactory,
    open_at: OpenAt,
    before: list[tuple[int, str]],
    since: list[tuple[int, str]],
    asked: list[tuple[int, str]],
) -> None:
    work = open_at(tmp_path_factory.mktemp("home"))
    keep(work, "one", before)
    index(work)
    keep(work, "two", since)  # in no index yet
    told = {str(number): text for number, (_, text) in enumerate(asked)}
    indexed = own_words(work, told)
    forget_kept(work)
    assert kept_runs.load(work) is None
    assert own_words(work, told) == indexed


def test_an_index_of_words_that_are_gone_is_not_used(work: Work) -> None:
    index(work)
    keep(work, "two", [(7, "Somebody else came later and said this")])
    assert found(work, "somebody else came later and said this")
    work.store.erase_participant("P00001")
    assert found(work, ASKED) == {}
    made = kept_runs.load(work)
    assert made is not None
    assert not made.holds(work.store.releases.marks())


def test_a_withdrawal_erases_the_index(work: Work) -> None:
    folder = index(work)
    forget_kept(work)
    assert not folder.exists()


def test_the_index_holds_no_word_and_is_another_one_under_another_secret(
    work: Work, open_at: OpenAt, tmp_path: Path
) -> None:
    other = open_at(tmp_path / "other")
    keep(other, "one", [(1, ASKED)])
    here, there = index_files(work), index_files(other)
    for content in (*here.values(), *there.values()):
        for word in ASKED.split()[3:]:
            assert word.encode() not in content
        assert b"P00001" not in content
    runs = [set(np.load(BytesIO(of[kept_runs.HASHES]))[0].tolist()) for of in (here, there)]
    assert runs[0]
    assert runs[0].isdisjoint(runs[1])
