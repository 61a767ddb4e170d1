"""The chart: what is drawn, in which unit, and for whom."""

from __future__ import annotations

from listening.report import chart
from tests.unit.report import fictional_results as fictional
from tests.unit.report import fictional_small


def _rows(drawn: chart.Chart, shown_for: str) -> list[str]:
    return [row["label"] for row in drawn.rows if row["shown_for"] == shown_for]


def test_one_row_a_theme_in_order_of_rank() -> None:
    drawn = chart.plot(fictional.document()["priorities"])

    assert _rows(drawn, chart.EVERYONE)[:2] == ["1. Housing", "2. Money"]
    assert not drawn.in_people
    first = drawn.rows[0]
    assert first["low"] < first["value"] < first["high"] <= 100
    assert first["short"] == "86 of 179 (48%)"


def test_only_sources_of_20_people_or_more_can_be_chosen() -> None:
    drawn = chart.plot(fictional.document()["priorities"])

    assert drawn.sources == ("street", "survey")
    assert len(_rows(drawn, "survey")) == 6


def test_with_fewer_than_20_people_the_axis_counts_people() -> None:
    drawn = chart.plot(fictional_small.small().document["priorities"])

    assert drawn.in_people
    assert drawn.sources == ()
    assert chart.axis_title(drawn) == "People who raised it"
    assert drawn.rows[0]["value"] == 11
    assert drawn.rows[0]["high"] <= 14


def test_more_themes_than_can_be_read_are_left_to_the_table() -> None:
    one = fictional.document()["priorities"][0]
    many = [{**one, "rank": rank} for rank in range(1, 31)]

    assert len(_rows(chart.plot(many), chart.EVERYONE)) == chart.MOST_ROWS


def test_the_picture_escapes_a_themes_name_and_shows_everyone_alone() -> None:
    priorities = fictional.document()["priorities"]
    priorities[0]["name"] = "<b>&"
    drawn = chart.plot(priorities)

    picture = chart.picture(drawn, 720)

    assert "1. &lt;b&gt;&amp;" in picture
    assert "<b>" not in picture
    assert picture.count("86 of 179") == 1
    assert "24 of 58" not in picture


def test_the_description_says_every_row_in_words() -> None:
    said = list(chart.description(chart.plot(fictional.document()["priorities"])))

    assert said[0] == "1. Housing: 86 of 179 people (48%), sampling range 41% to 55%."
    assert len(said) == 6
