"""The map of topics: areas are people, flags are seen without colour, nothing covers anything."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from math import hypot
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from listening import report
from listening.records import TOPICS, table_of
from listening.report import Results
from listening.report.topic_map import NARROW, WIDE, pairs, pictures
from tests.unit.report import fictional_results as fictional
from tests.unit.report.fictional_passages import ATTACK


def topic(number: int, people: int = 9, **more: Any) -> dict[str, Any]:
    """Return one row of TOPICS."""
    return {
        "topic_id": number,
        "name": f"lamps of street {number}",
        "description": "",
        "words": "lamps",
        "segments": people,
        "people": people,
        "stability": 0.8,
        "flag": "",
        "near": "",
        "example": "The lamps are out",
    } | more


def results(rows: list[dict[str, Any]], places: list[tuple[float, float]]) -> Results:
    """Return results with these topics in these places."""
    return replace(
        fictional.results(), topics=table_of(rows, TOPICS), topic_positions=places, topic_quotes={}
    )


def test_a_circles_area_stands_for_people() -> None:
    rows = [topic(0, 80), topic(1, 20), topic(2, 5, flag="single_voice")]
    for drawn in pictures(results(rows, [(0, 1), (1, 0), (-1, -1)])):
        first, second, third = drawn["circles"]
        assert first.radius**2 / second.radius**2 == pytest.approx(4)
        assert first.radius**2 / third.radius**2 == pytest.approx(16)
        assert third.target >= 12


@settings(max_examples=25)
@example([(1, 0.0, 1.0), (1, 0.0, 0.25)])  # the edge brings the upper one over the lower
@given(
    st.lists(
        st.tuples(st.integers(1, 400), st.floats(-1, 1), st.floats(-1, 1)),
        min_size=2,
        max_size=25,
    )
)
def test_circles_stay_in_the_picture_and_names_cover_nothing(
    made: list[tuple[int, float, float]],
) -> None:
    rows = [topic(number, people) for number, (people, _, _) in enumerate(made)]
    for drawn, (width, height, _) in zip(
        pictures(results(rows, [(x, y) for _, x, y in made])), (WIDE, NARROW), strict=True
    ):
        for circle in drawn["circles"]:
            assert circle.radius <= circle.x <= width - circle.radius
            assert circle.radius <= circle.y <= height - circle.radius
        for one, other in combinations(drawn["circles"], 2):
            apart = hypot(one.x - other.x, one.y - other.y)
            assert apart >= one.radius + other.radius - 1
            for line in one.label:
                assert hypot(line.x - other.x, line.y - other.y) >= other.radius


def test_topics_in_one_place_are_drawn_beside_each_other() -> None:
    for drawn in pictures(results([topic(0), topic(1)], [(0.0, 0.0), (0.0, 0.0)])):
        one, other = drawn["circles"]
        assert hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius


def test_topics_may_be_read_as_one_where_the_less_steady_falls_apart_as_often() -> None:
    rows = [
        topic(0, near="1: 0.30", stability=0.9),
        topic(1, near="0: 0.30; 2: 0.20", stability=0.6),
        topic(2, near="1: 0.20", stability=0.5),
        topic(3, near="0: 0.00", stability=0.0),
    ]
    assert pairs(table_of(rows, TOPICS)) == [(0, 1, 0.3)]


def test_no_picture_is_drawn_of_one_topic_or_of_topics_without_places() -> None:
    assert pictures(results([topic(0)], [(0.0, 0.0)])) == []
    assert pictures(results([topic(0), topic(1)], [])) == []


def test_the_page_says_beside_the_map_what_the_map_shows() -> None:
    html = report.html(fictional.results())
    links = re.findall(r'<a class="topic (\w+)" href="#(topic-\d)" aria-label="([^"]+)"', html)
    assert len(links) == 6  # a wide and a narrow picture of three topics
    assert ("unstable", "topic-1", "Cost of living. 41 people. "
            "Unstable: read it before relying on it") in links  # fmt: skip
    assert all(f'<tr id="{row}">' in html for _, row, _ in links)
    assert "up and down mean nothing" in html
    assert "Damp and repairs – Cost of living: in 31 of 100 repeats" in html
    assert html.count('class="joined"') == 2 + 1  # two pictures and the key


def test_markup_in_a_topics_name_stays_text_on_the_map() -> None:
    found = fictional.results()
    topics = found.topics.assign(name=ATTACK, description=ATTACK)
    html = report.html(replace(found, topics=topics))
    assert ATTACK not in html
    assert "up and down mean nothing" in html
