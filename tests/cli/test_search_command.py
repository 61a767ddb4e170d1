"""`listening search` on a store: sentences, exit codes, what it tells machines."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from listening import steps
from listening.cli import app
from listening.cli import options as opt
from listening.steps import Work
from listening.steps.search import Wanted, search
from tests.steps.material import folder, request, survey, whole_way

OpenAt = Callable[[Path], Work]


@pytest.fixture
def work(open_at: OpenAt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    """A store with the small material, that the command line opens with the fake encoder."""
    opened = open_at(tmp_path / "home")
    steps.ingest(opened, steps.begin(opened, request(folder(tmp_path / "in"))))
    monkeypatch.setattr(opt, "work", lambda *_: opened)
    monkeypatch.setenv("LISTENING_HOME", str(tmp_path / "home"))
    return opened


def asked(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["search", *words])
    return done.exit_code, done.stdout, done.stderr


def told(*words: str) -> list[dict[str, Any]]:
    code, out, _ = asked(*words, "--json")
    assert code == 0
    return list(json.loads(out))


def test_who_may_be_quoted_stands_in_quotation_marks_and_nobody_else(work: Work) -> None:
    code, out, _ = asked("damp", "flat", "--words-only")
    assert code == 0
    assert "“Fix the damp in my flat please”" in out
    assert "“The damp in my flat is what worries me" not in out
    assert "Not for quoting" in out
    assert "found by words" in out
    assert work.models.encoder.asked == []  # type: ignore[attr-defined]


def test_interviewers_words_and_nil_answers_are_never_found(work: Work) -> None:
    for words in ("zebracrossings", "nothing"):
        code, out, said = asked(words, "--words-only")
        assert (code, out) == (1, "")
        assert "Nothing was found among" in said


def test_by_meaning_every_text_is_embedded_once_and_the_words_are_not_kept(work: Work) -> None:
    encoder: Any = work.models.encoder
    stages = work.store.run().stages
    first = told("repairs and mould", "--meaning-only")
    assert {hit["found_by"] for hit in first} == {"meaning"}
    assert first[0]["text"] == "Repairs take months and the mould comes back"
    before = len(encoder.asked)
    assert told("repairs and mould", "--meaning-only") == first
    assert encoder.asked[before:] == ["repairs and mould"]
    assert work.store.run().stages == stages  # a search is no stage of the run


def test_a_search_can_be_narrowed_and_cut(work: Work) -> None:
    every = told("damp", "--words-only")
    assert {hit["source_kind"] for hit in every} == {"interview", "survey"}
    one = told("damp", "--words-only", "--source", "survey")
    assert [hit["source_kind"] for hit in one] == ["survey"]
    assert len(told("the", "--most", "2")) == 2


def test_wrong_use_is_exit_code_2(work: Work) -> None:
    assert asked("damp", "--words-only", "--meaning-only")[0] == 2
    assert asked("damp", "--source", "gossip")[0] == 2
    assert asked()[0] == 2


def test_the_topic_of_a_passage_is_told_and_can_be_asked_for(
    open_at: OpenAt, tmp_path: Path
) -> None:
    matters = (
        "damp in the flat on floor {}",
        "bus that never comes at stop {}",
        "dear rent row {}",
    )
    rows = [(f"R{n}", matters[n % 3].format(f"{n} w{n}"), "quotation") for n in range(120)]
    inside = tmp_path / "in"
    inside.mkdir()
    survey(inside / "survey.csv", rows)
    own = open_at(tmp_path / "home")
    whole_way(own, request(inside), tmp_path / "out")
    sources = own.store.run().sources
    found = search(own, sources, Wanted("damp flat", meaning=False))
    assert found.topics
    topic = found.hits[0].topic
    assert topic in found.topics
    narrow = search(own, sources, Wanted("damp flat", meaning=False, topic=topic, most=200))
    assert {hit.topic for hit in narrow.hits} == {topic}
