"""The reach of the listening on its pages: recorded by officers, shown beside the files."""

from __future__ import annotations

import html

import pytest

from listening.steps import accounts, reach
from tests.web.material import ATTACK, TRANSCRIPT, TRUE, kept, recorded
from tests.web.town import Town, client_of

SAID = {"date": "27/3/2026", "place": "Quayside", "method": "street"}


def address(town: Town, then: str = "") -> str:
    return f"/programmes/{town.here.slug}/reach/{then}"


def page(town: Town, by: str = "officer") -> str:
    return html.unescape(client_of(town.people[by]).get(address(town)).content.decode())


def told(town: Town, **said: str) -> str:
    client = client_of(town.people["officer"])
    answer = client.post(address(town, "record/"), {**SAID, **said}, follow=True)
    return html.unescape(answer.content.decode())


def test_an_officer_records_and_everybody_of_the_team_sees_the_tables(town: Town) -> None:
    shown = told(town, approached="40", spoke="30", declined="10", language="Somali")
    assert "It was recorded" in shown
    for who in ("officer", "researcher", "lead", "administrator"):
        shown = page(town, who)
        assert "By officer" in shown
        assert "75%" in shown
        assert "Somali" in shown
    assert "Remove" not in page(town, "lead")


def test_before_anybody_recorded_anything_the_page_says_so_and_invents_nothing(town: Town) -> None:
    assert "Nobody has recorded" in page(town)
    assert "<table" not in page(town)


def test_few_people_make_no_share_and_an_empty_count_is_no_nought(town: Town) -> None:
    told(town, approached="19", spoke="19")
    shown = page(town)
    assert "%" not in shown
    assert "–</td>" in shown
    assert ">0</td>" in shown  # nobody is in the files, and that is known


def test_the_files_of_an_officer_stand_beside_what_they_recorded(reading: Town) -> None:
    kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    recorded(reading, approached=30, spoke=20)
    (row,) = reach.shown(reading.site, reading.here)["officer"]
    assert (row["value"], row["approached"], row["spoke"]) == ("Officer", 30, 20)
    assert row["in_files"] == 2


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"approached": "3", "spoke": "2", "declined": "2"}, "More people spoke or declined"),
        ({}, "at least one of the three"),
        ({"approached": "some"}, "Enter a whole number"),
        ({"approached": "-1"}, "Enter a whole number from 0 up"),
        ({"approached": "3", "date": "Friday"}, "Enter a day such as"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    town: Town, said: dict[str, str], error: str
) -> None:
    assert error in told(town, **said)
    assert reach.recorded_by(town.site, town.people["officer"], town.here) == []


def test_an_officer_takes_back_their_own_record_and_nobody_elses(town: Town) -> None:
    mine = recorded(town, approached=5)
    other = client_of(town.people["second officer"])
    assert b"no such record" in other.post(address(town, f"{mine.id}/remove/"), follow=True).content
    assert reach.recorded_by(town.site, town.people["officer"], town.here) == [mine]
    client_of(town.people["officer"]).post(address(town, f"{mine.id}/remove/"))
    assert reach.recorded_by(town.site, town.people["officer"], town.here) == []
    actions = [one.action for one in accounts.changes(town.here)]
    assert actions[:2] == ["tally removed", "tally recorded"]


def test_a_place_that_is_a_script_runs_nothing(town: Town) -> None:
    assert (
        ATTACK
        not in client_of(town.people["officer"])
        .post(address(town, "record/"), {**SAID, "place": ATTACK, "approached": "3"}, follow=True)
        .content.decode()
    )
