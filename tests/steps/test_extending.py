"""A run that extends the reading before it: topics stay, and a table says what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from listening import steps
from listening.errors import InvalidTable
from listening.steps import Work, tables
from tests.steps.material import request, survey, table, whole_way

OpenAt = Callable[[Path], Work]
SUBJECTS = ("buses to {}", "the damp near {}", "rents in {}", "litter around {}", "crime by {}")
ROADS = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper")


def _answers(many: int, start: int = 0) -> list[tuple[str, str, str]]:
    rows = []
    for n in range(start, start + many):
        about = SUBJECTS[n % 5].format(f"{ROADS[n // 5 % 10]} {['Row', 'Hill', 'Lane'][n // 50]}")
        rows.append((f"R{n}", f"What worries me most is {about} these days", "quotation"))
    return rows


@pytest.fixture
def town(tmp_path: Path, open_at: OpenAt) -> Path:
    """Read a first survey of 120 people into `home`; results lie in `first`."""
    (tmp_path / "in").mkdir()
    survey(tmp_path / "in" / "one.csv", _answers(120))
    whole_way(open_at(tmp_path / "home"), request(tmp_path / "in"), tmp_path / "first")
    return tmp_path


def _topics(out: Path) -> dict[str, str]:
    return {row["segment_id"]: row["topic_id"] for row in table(out / "segments.csv")}


def test_what_was_read_stays_where_it_was_and_the_table_adds_up(
    town: Path, open_at: OpenAt
) -> None:
    survey(town / "in" / "two.csv", _answers(20, start=120))
    asked = replace(request(town / "in"), extend=True)
    work = open_at(town / "home")
    whole_way(work, asked, town / "second")
    first, second = _topics(town / "first"), _topics(town / "second")
    assert {segment: second[segment] for segment in first} == first
    changes = table(town / "second" / "topic_changes.csv")
    assert sum(int(row["segments"]) for row in changes) == len(second) == 140
    assert sum(int(row["segments_before"]) for row in changes) == len(first)
    assert "topics were kept" in (town / "second" / "report.html").read_text(encoding="utf-8")

    later = open_at(town / "home")  # the same run's report, made again in another process
    run_id = steps.newest(later)
    steps.write_results(later, run_id, steps.prioritise(later, run_id), town / "again")
    again = (town / "again" / "topic_changes.csv").read_bytes()
    assert again == (town / "second" / "topic_changes.csv").read_bytes()


def test_a_first_run_that_is_told_to_extend_makes_a_fresh_reading(
    tmp_path: Path, open_at: OpenAt
) -> None:
    (tmp_path / "in").mkdir()
    survey(tmp_path / "in" / "one.csv", _answers(120))
    asked = replace(request(tmp_path / "in"), extend=True)
    whole_way(open_at(tmp_path / "home"), asked, tmp_path / "out")
    assert not (tmp_path / "out" / "topic_changes.csv").exists()
    assert len(table(tmp_path / "out" / "topics.csv")) > 5


def test_whoever_withdrew_leaves_no_name_of_a_topic_behind(town: Path, open_at: OpenAt) -> None:
    work = open_at(town / "home")
    row = table(town / "first" / "segments.csv")[0]
    steps.withdraw(work, row["participant_id"])
    left = work.store.topics()
    assert left.names[int(row["topic_id"])] == ""
    assert row["segment_id"] not in left.topic_of
    whole_way(open_at(town / "home"), replace(request(town / "in"), extend=True), town / "second")
    second = _topics(town / "second")
    assert row["segment_id"] not in second
    assert all(name["name"] for name in table(town / "second" / "topics.csv"))


def test_tables_alone_can_be_extended(town: Path, open_at: OpenAt) -> None:
    work = open_at(town / "other")
    segments = town / "first" / "segments.csv"
    tables.topics_of(segments, town / "t1", None, 0, work.models, work.progress)
    found = tables.topics_of(segments, town / "t2", town / "t1", 0, work.models, work.progress)
    assert found == len(table(town / "t1" / "topics.csv"))
    assert _topics(town / "t2") == _topics(town / "t1")
    assert {row["change"] for row in table(town / "t2" / "topic_changes.csv")} == {"kept"}


def test_an_earlier_reading_without_topics_is_refused_with_what_to_do(
    town: Path, open_at: OpenAt
) -> None:
    work = open_at(town / "other")
    (town / "few").mkdir()
    (town / "few" / "topics.csv").write_text("topic_id,name,stability\n", encoding="utf-8")
    (town / "few" / "segments.csv").write_text("segment_id,topic_id\nd1,-1\n", encoding="utf-8")
    with pytest.raises(InvalidTable, match="without --extend"):
        tables.topics_of(
            town / "first" / "segments.csv",
            town / "t3",
            town / "few",
            0,
            work.models,
            work.progress,
        )
