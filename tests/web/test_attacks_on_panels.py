"""A panel's link in bad hands: flooding, guessing, and words that a panel must not be shown."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from benchmarks.attackers import Programme as People
from listening.errors import ListeningError
from listening.steps.panel import keeping, opening, sheets
from listening.steps.panel.sheets import of_code, tidy
from listening.store.panels import AskedAbout
from tests.unit.report import fictional_results as fictional
from tests.web.kept_town import keep
from tests.web.material import ATTACK
from tests.web.panel_town import Member, open_panel
from tests.web.town import Town, client_of


def sent(link: str) -> Member:
    """Answer one thing and send it."""
    member = Member(link)
    member.say(present="1")
    member.say(word="confirm")
    member.say(word="skip")
    member.say(words="")
    member.say()
    return member


def test_who_tries_codes_keeps_nobody_from_taking_their_answers_back(town: Town) -> None:
    link = open_panel(town)
    member = sent(link)
    code = member.code
    attacker = client_of(None)
    for number in range(30):
        attacker.post(f"{link}take-back/", {"code": f"0000-0000-{number:04}"})
    member.at = f"{link}take-back/"
    assert "Your answers are erased" in member.say(code=code)


def test_a_wrong_code_waits_for_no_reading(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    link = open_panel(town)
    member = sent(link)
    member.at = f"{link}take-back/"

    def locked(_: object) -> None:
        raise AssertionError("it waited until nobody reads")

    monkeypatch.setattr("listening.steps.work.Work.alone", locked)
    assert "No answers have this code" in member.say(code="0000-0000-0000")


def test_a_code_is_of_one_sheet_of_one_panel(town: Town) -> None:
    vault = town.site.work(town.here).vault
    first, second = open_panel(town), open_panel(town)
    code = sent(first).code
    (sheet,) = sheets.sent(vault)
    assert of_code(vault, [sheet.id], code.lower().replace("-", " ")) == sheet.id
    assert of_code(vault, [], code) == ""
    assert of_code(vault, [sheet.id], f"{tidy(code)}0"[1:]) == ""
    other = Member(second)
    other.at = f"{second}take-back/"
    assert "No answers have this code" in other.say(code=code)


def test_a_link_made_anew_lets_people_in_again_after_somebody_began_too_many(town: Town) -> None:
    link = open_panel(town, most=1)
    for _ in range(2):
        Member(link).say(present="1")
    assert client_of(None).post(link, {"present": "1"}).status_code == 429
    (panel,) = opening.listed(town.site, town.here)
    token = opening.renew(town.site, town.people["lead"], town.here, panel.panel.id, 14)
    assert "Our homes" in Member(f"/panel/{token}/").say(present="1")


def test_a_link_made_anew_keeps_what_was_sent(town: Town) -> None:
    sent(open_panel(town))
    (panel,) = opening.listed(town.site, town.here)
    opening.renew(town.site, town.people["lead"], town.here, panel.panel.id, 14)
    assert len(sheets.sent(town.site.work(town.here).vault)) == 1


def test_a_panel_is_shown_no_resident_of_any_theme(town: Town) -> None:
    lane = "Marsh Lane is back again for"
    keep(town, People.make(4, 4))
    asked = [AskedAbout("housing", "Homes", f"The damp in {lane} many.")]
    with pytest.raises(ListeningError, match="a resident’s own words"):
        open_panel(town, asked)
    assert opening.listed(town.site, town.here) == []


def test_what_a_machine_made_of_residents_words_stands_in_no_panels_form() -> None:
    document = fictional.document()
    assert any(one.statement for one in opening.choices(document, []))
    without = {**document, "codebook_version": ""}
    assert not any(one.statement for one in opening.choices(without, []))
    first = document["priorities"][0]
    released = [{"id": first["id"], "name": "Homes", "statement": "People want dry homes."}]
    assert opening.choices(without, released)[0].statement == "People want dry homes."


def test_what_a_member_writes_runs_nowhere(town_in_plain: Town) -> None:
    town = town_in_plain
    member = Member(open_panel(town))
    member.say(present="1")
    member.say(word="rename")
    member.say(words=f"\uff1dHYPERLINK(0){ATTACK}")
    member.say(word="skip")
    page = member.client.post(member.at, {"words": f"=1+1{ATTACK}"}, follow=True)
    assert ATTACK not in page.content.decode()
    member.client.post(page.redirect_chain[-1][0])
    keeping.keep_next(town.site)
    (panel,) = opening.listed(town.site, town.here)
    assert panel.answered == 1
    lead = client_of(town.people["lead"])
    where = f"/programmes/{town.here.slug}/panels/{panel.panel.id}/"
    assert ATTACK not in lead.get(where).content.decode()
    table = lead.post(f"{where}download/").content.decode("utf-8-sig")
    cells = [row["words"] for row in csv.DictReader(io.StringIO(table))]
    assert [cell[:2] for cell in cells] == ["'\uff1d", "'="]


def test_what_is_sent_this_moment_is_not_erased_with_what_never_was(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = town.site.work(town.here).vault
    sent(open_panel(town))
    (sheet,) = sheets.everything(vault)
    before = replace(sheet, sent=False)
    monkeypatch.setattr(sheets, "everything", lambda _: [before])
    assert sheets.drop_unsent(vault, sheet.panel) == 0
    assert sheets.read(vault, sheet.id) == sheet
