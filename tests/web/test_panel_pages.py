"""A panel by its secret link: one thing at a time, sent, taken back, limited, and no account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from listening.steps import accounts, site
from listening.steps.panel import answering, opening, sheets
from tests.web.panel_town import ASKED, Member, keep_document, open_panel, shown
from tests.web.town import Town, client_of


def answered(town: Town, link: str) -> Member:
    """Answer everything and send it."""
    member = Member(link)
    member.say(present="3")
    member.say(word="rename")
    member.say(words="A dry home")
    member.say(word="contest")
    member.say(words="It is about wages")
    member.say(words="The lights by the canal")
    member.say()
    return member


def test_a_member_goes_from_page_to_page_and_gets_a_code(town: Town) -> None:
    member = Member(open_panel(town))
    assert "May meeting" in member.page
    assert "2 things on it" in member.page
    assert "Our homes" in member.say(present="3")
    assert "1 of 2" in member.page
    assert "What would you call it?" in member.say(word="rename")
    assert "Write it in your own words" in member.say(words="")
    assert "Money" in member.say(words="A dry home")
    assert "Why is it not right?" in member.say(word="contest")
    assert "Is something missing?" in member.say(words="")
    page = member.say(words="The lights by the canal")
    assert "A dry home" in page
    assert "The lights by the canal" in page
    assert "Thank you" in member.say()
    (sheet,) = sheets.sent(town.site.work(town.here).vault)
    assert sheet.present == 3
    assert sheet.said["housing"] == sheets.Said("rename", "A dry home")
    assert sheet.said["money"] == sheets.Said("contest", "")
    assert sheets.code_of(town.site.work(town.here).vault, sheet.id) == member.code


def test_what_is_sent_is_shown_to_nobody_who_goes_back(town: Town) -> None:
    member = answered(town, open_panel(town))
    for then in ("1/", "1/words/", "missing/", "check/"):
        back = member.at.replace("sent/", then)
        answer = member.client.get(back, follow=True)
        assert "A dry home" not in shown(answer)
        assert answer.redirect_chain[-1][0] == member.at


def test_to_pass_over_everything_sends_nothing(town: Town) -> None:
    member = Member(open_panel(town))
    member.say(present="1")
    member.say(word="skip")
    member.say(word="skip")
    member.say(words="")
    assert "You have not said anything yet" in member.say()
    assert sheets.sent(town.site.work(town.here).vault) == []


def test_another_word_takes_the_words_of_the_one_before(town: Town) -> None:
    member = Member(open_panel(town))
    member.say(present="1")
    first = member.at
    member.say(word="rename")
    member.say(words="A dry home")
    member.at = first
    member.say(word="confirm")
    (sheet,) = sheets.everything(town.site.work(town.here).vault)
    assert sheet.said == {"housing": sheets.Said("confirm", "")}


def test_the_only_cookie_guards_the_forms_and_no_form_goes_without_it(town: Town) -> None:
    link = open_panel(town)
    member = answered(town, link)
    assert set(member.client.cookies) == {"csrf"}
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    assert strict.post(link, {"present": "1"}).status_code == 403


def test_a_code_takes_the_answers_back_and_another_one_nothing(town: Town) -> None:
    link = open_panel(town)
    member = answered(town, link)
    code = member.code
    member.at = f"{link}take-back/"
    assert "No answers have this code" in member.say(code="0000-0000-0000")
    assert "Your answers are erased" in member.say(code=code.lower())
    assert sheets.everything(town.site.work(town.here).vault) == []


def test_a_closed_link_takes_no_answers_and_still_lets_them_be_taken_back(town: Town) -> None:
    link = open_panel(town)
    code = answered(town, link).code
    begun = Member(link)
    begun.say(present="1")
    (panel,) = opening.listed(town.site, town.here)
    assert opening.close(town.site, town.people["lead"], town.here, panel.panel.id)
    assert not opening.close(town.site, town.people["lead"], town.here, panel.panel.id)
    assert "This panel is closed" in Member(link).page
    assert "This panel is closed" in begun.say(word="confirm")
    member = Member(link)
    member.at = f"{link}take-back/"
    assert "Your answers are erased" in member.say(code=code)


def test_a_link_runs_out(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    link = open_panel(town, days=1)
    later = site.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(answering, "now", lambda: later)
    assert "This panel is closed" in Member(link).page


def test_as_many_answer_as_the_lead_asked_for_and_no_more(town: Town) -> None:
    link = open_panel(town, most=1)
    answered(town, link)
    assert "As many people have answered as we asked for" in Member(link).page
    (panel,) = opening.listed(town.site, town.here)
    assert (panel.answered, panel.waiting) == (1, 1)


def test_nobody_fills_the_vault_by_starting_again_and_again(town: Town) -> None:
    link = open_panel(town, most=1)
    for _ in range(2):
        Member(link).say(present="1")
    member = Member(link)
    answer = member.client.post(link, {"present": "1"})
    assert answer.status_code == 429
    assert "Try again in ten minutes" in shown(answer)


def test_a_link_or_a_sheet_that_is_not_there_opens_nothing(town: Town) -> None:
    link = open_panel(town)
    other = open_panel(town)
    member = Member(link)
    member.say(present="1")
    assert client_of(None).get("/panel/guess/").status_code == 404
    through = member.at.replace(link, other)
    assert client_of(None).get(through).url == other
    assert client_of(None).get(through.replace("1/", "sent/")).status_code == 404


def lead(town: Town, then: str = "", **told: Any) -> str:
    client = client_of(town.people["lead"])
    where = f"/programmes/{town.here.slug}/panels/{then}"
    answer = client.post(where, told, follow=True) if told else client.get(where)
    assert answer.status_code == 200
    return shown(answer)


def ticked(town: Town, **more: str) -> dict[str, str]:
    """Fill in the form on which a lead opens a panel: the first priority alone is ticked."""
    told = {"title": "May meeting", "days": "14", "most": "30"}
    for number, one in enumerate(keep_document(town)["priorities"]):
        told |= {f"{one['id']}-name": one["name"], f"{one['id']}-statement": "Plain words."}
        told[f"{one['id']}-fit"] = "yes" if number == 0 else "no"
    return {**told, **more}


def test_a_lead_opens_a_panel_with_what_they_read_and_found_fit(town: Town) -> None:
    assert "There are no priorities to ask about yet" in lead(town, "open/")
    told = ticked(town)
    assert "I have read these words, and they are fit to show" in lead(town, "open/")
    page = lead(town, "open/", **told)
    assert "/panel/" in page
    (panel,) = opening.listed(town.site, town.here)
    assert [one.statement for one in panel.panel.asked] == ["Plain words."]
    assert accounts.changes(town.here)[0].action == "panel opened"
    assert "May meeting" in lead(town)


@pytest.mark.parametrize(
    ("words", "why"),
    [("12 of 40 people", "Take the figures out"), ("They say “damp”", "quotation marks out")],
)
def test_figures_and_quotes_are_shown_to_no_panel(town: Town, words: str, why: str) -> None:
    first = keep_document(town)["priorities"][0]["id"]
    page = lead(town, "open/", **ticked(town, **{f"{first}-statement": words}))
    assert why in page
    assert opening.listed(town.site, town.here) == []


def test_nothing_ticked_opens_nothing(town: Town) -> None:
    first = keep_document(town)["priorities"][0]["id"]
    told = ticked(town, **{f"{first}-fit": "no"})
    assert "Say yes to at least one priority" in lead(town, "open/", **told)


def test_the_lead_sees_what_was_said_per_priority_and_takes_it_as_a_table(
    town_in_plain: Town,
) -> None:
    from listening.steps.panel import keeping

    town = town_in_plain
    code = answered(town, open_panel(town)).code
    (panel,) = opening.listed(town.site, town.here)
    page = lead(town, f"{panel.panel.id}/")
    assert "1 of them is being read" in page
    assert "A dry home" not in page
    keeping.keep_next(town.site)
    page = lead(town, f"{panel.panel.id}/")
    assert "Working: not to be passed on" in page
    assert "“A dry home” (3 people)" in page
    assert "The lights by the canal" in page
    client = client_of(town.people["lead"])
    table = client.post(f"/programmes/{town.here.slug}/panels/{panel.panel.id}/download/")
    assert "working-panel.csv" in table["Content-Disposition"]
    assert b"housing,rename,A dry home,2026-07-01,3,Our homes" in table.content
    assert "No answers of this panel have this code" in lead(
        town, f"{panel.panel.id}/erase/", code="1234"
    )
    assert "are erased" in lead(town, f"{panel.panel.id}/erase/", code=code)
    assert "A dry home" not in lead(town, f"{panel.panel.id}/")
    assert accounts.changes(town.here)[0].action == "panel answer taken back"


def test_a_new_link_opens_and_the_one_before_opens_nothing(town: Town) -> None:
    link = open_panel(town)
    (panel,) = opening.listed(town.site, town.here)
    page = lead(town, f"{panel.panel.id}/link/", x="x")
    fresh = next(word for word in page.split() if "/panel/" in word)
    assert client_of(None).get(link).status_code == 404
    assert ASKED[0].name in Member(fresh[fresh.index("/panel/") :]).say(present="1")


def test_a_panel_without_its_link_is_told_and_breaks_nothing(town: Town) -> None:
    from listening.store.accounts.people import rows

    open_panel(town)
    (panel,) = opening.listed(town.site, town.here)
    rows("PanelLink").all().delete()
    assert "May meeting" in lead(town, f"{panel.panel.id}/")
    assert "Open another one" in lead(town, f"{panel.panel.id}/link/", x="x")


def test_a_hall_full_of_people_begins_at_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "MOST_BEGUN", 1)
    link = open_panel(town, most=3)
    for _ in range(3):
        assert "Our homes" in Member(link).say(present="1")
    assert "ten minutes" in Member(link).say(present="1")
