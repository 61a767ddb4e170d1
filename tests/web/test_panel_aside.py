"""Sets of answers that a lead sets aside: they count nowhere, stay, and the trail says why."""

from __future__ import annotations

import re
from typing import Any

import pytest

from listening.steps import accounts
from listening.steps.panel import keeping, opening, said
from tests.web.panel_town import ASKED, Member, open_panel, shown
from tests.web.town import Town, client_of


@pytest.fixture
def asked(town_in_plain: Town) -> Town:
    """A town whose panel has two sets of answers: one of three people, one of one."""
    link = open_panel(town_in_plain)
    for present, words in (("3", "A dry home"), ("1", "Buy watches")):
        member = Member(link)
        for told in ({"present": present}, {"word": "rename"}, {"words": words}):
            member.say(**told)
        for told in ({"word": "confirm"}, {"words": ""}, {}):
            member.say(**told)
    assert keeping.keep_next(town_in_plain.site)
    return town_in_plain


def at(town: Town, then: str = "") -> str:
    (panel,) = opening.listed(town.site, town.here)
    return f"/programmes/{town.here.slug}/panels/{panel.panel.id}/{then}"


def page(town: Town) -> str:
    return client_of(town.people["lead"]).get(at(town)).content.decode()


def set_of(town: Town, words: str) -> str:
    """Return the id that the page has for the set that says these words."""
    items = page(town).split('class="govuk-checkboxes__item"')[1:]
    told = next(one for one in items if words in one)
    found = re.search(r'value="(\w+)"', told)
    assert found
    return found.group(1)


def press(town: Town, **told: Any) -> Any:
    return client_of(town.people["lead"]).post(at(town, "aside/"), told, follow=True)


def test_a_lead_sees_when_each_set_came_and_how_long_it_took(asked: Town) -> None:
    told = shown(client_of(asked.people["lead"]).get(at(asked)))
    assert re.search(r"in the hour from \d\d:00, in 1 minute, 3 people", told)
    assert f"{ASKED[0].name} : call it something else “ A dry home ”" in told


def test_a_page_of_sets_does_not_say_by_what_their_members_open_theirs(asked: Town) -> None:
    answers = asked.site.work(asked.here).store.panels.answers()
    assert len({one.sheet for one in answers}) == 2
    assert not any(one.sheet in page(asked) for one in answers)


def test_what_is_set_aside_counts_nowhere_and_stays_with_its_reason(asked: Town) -> None:
    work = asked.site.work(asked.here)
    before = work.store.panels.mark()
    chosen = set_of(asked, "Buy watches")
    told = shown(press(asked, sets=chosen, why="many"))
    assert "They are set aside, and count no more" in told
    assert "1 is set aside and counts nowhere" in told
    assert "2 answer sheets" in told
    (panel,) = opening.listed(asked.site, asked.here)
    (homes, _), _ = said.verdicts(work, panel.panel)
    assert homes.people["rename"] == 3
    assert "Buy watches" not in set(said.panel_words(work)["words"])
    assert b"Buy watches" not in said.as_csv(work, panel.panel)
    assert "“ Buy watches ”" in told
    assert work.store.panels.mark() != before
    (line, *_) = accounts.changes(asked.here)
    assert line.action == "panel answers set aside"
    assert line.detail == {"sets": "1", "why": "many"}


def test_what_was_set_aside_counts_again_when_the_lead_says_so(asked: Town) -> None:
    chosen = set_of(asked, "Buy watches")
    press(asked, sets=chosen, why="tried")
    told = shown(press(asked, sets=chosen, why="counts"))
    assert "They count again" in told
    (panel,) = opening.listed(asked.site, asked.here)
    (homes, _), _ = said.verdicts(asked.site.work(asked.here), panel.panel)
    assert homes.people["rename"] == 4
    assert accounts.changes(asked.here)[0].action == "panel answers count again"
    assert "That was so before" in shown(press(asked, sets=chosen, why="counts"))


def test_its_member_takes_back_what_was_set_aside(asked: Town) -> None:
    work = asked.site.work(asked.here)
    press(asked, sets=set_of(asked, "Buy watches"), why="stranger")
    (aside,) = {one.sheet for one in work.store.panels.every_answer() if one.aside}
    assert work.store.panels.erase(aside) == 2
    assert "Buy watches" not in page(asked)


@pytest.mark.parametrize(
    ("told", "says", "field"),
    [
        ({"why": "many"}, "Choose at least one set of answers", "#id_sets_0"),
        ({"sets": "gone", "why": "many"}, "is not there any more", "#id_sets_0"),
        ({}, "Say what becomes of them", "#id_why_0"),
        ({"why": "I do not like it"}, "Select a valid choice", "#id_why_0"),
    ],
)
def test_what_is_not_answered_is_said_beside_its_field(
    asked: Town, told: dict[str, str], says: str, field: str
) -> None:
    answer = press(asked, **told)
    assert says in shown(answer)
    assert f'<a href="{field}">' in answer.content.decode()
    assert all(not one.aside for one in asked.site.work(asked.here).store.panels.every_answer())
