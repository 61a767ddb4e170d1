"""Actions on their pages: kept by leads, read by the team, and nothing of a resident in them."""

from __future__ import annotations

import csv
import html
import io
import json
from typing import Any

import pytest

from benchmarks.attackers import Programme as People
from listening.steps import accounts
from listening.steps.acting import keeping
from listening.steps.acting.keeping import Action
from listening.steps.kept_results import kept_results
from tests.web.acting import begun, pointed
from tests.web.coding_town import shown
from tests.web.kept_town import keep
from tests.web.material import ATTACK
from tests.web.town import Town, client_of

GOOD = {
    "aim_what": "families wait less for repairs",
    "aim_whom": "tenants with children on the Quayside estate",
    "aim_much": "from 40 days to 20",
    "aim_when": "31/3/2027",
    "driver": "homes/repairs",
    "idea": "A repairs team that answers within a week",
    "owner": "Head of housing",
    "measure": "days from report to repair",
    "unit": "days",
    "direction": "down",
    "status": "testing",
    "evidence": "s1 s2\ns1",
}


def address(town: Town, then: str = "") -> str:
    return f"/programmes/{town.here.slug}/actions/{then}"


def page(town: Town, then: str = "", by: str = "lead") -> str:
    answer = client_of(town.people[by]).get(address(town, then))
    assert answer.status_code == 200
    return shown(answer)


def sent(town: Town, then: str, **said: str) -> str:
    answer = client_of(town.people["lead"]).post(address(town, then), said, follow=True)
    return html.unescape(answer.content.decode())


def kept(town: Town) -> list[Action]:
    return keeping.everything(town.site, town.here)


def test_a_lead_begins_an_action_and_the_whole_team_reads_it(reading: Town) -> None:
    assert "It was saved" in sent(reading, "new/", **GOOD)
    (one,) = kept(reading)
    assert (one.aim_when, one.evidence, one.driver) == ("2027-03-31", ("s1", "s2"), "homes/repairs")
    for who in ("lead", "researcher", "officer"):
        told = page(reading, f"{one.id}/", by=who)
        assert "Families wait less for repairs for tenants with children" in told
        assert "from 40 days to 20, by 31 March 2027" in told
        assert "Repairs, damp and heating" in told
        assert told.index("Working: not to be passed on") < told.index(GOOD["idea"])
        assert ("Change it" in told) == (who == "lead")
        assert GOOD["idea"] in page(reading, by=who)


def test_an_aim_is_asked_about_and_never_refused(reading: Town) -> None:
    sent(reading, "new/", idea="A repairs team", aim_what="improve housing", aim_whom="everyone")
    (one,) = kept(reading)
    told = page(reading, f"{one.id}/")
    assert "How would you see that “improve” has happened?" in told
    assert "By when?" in told
    assert "Questions that would make" not in page(reading, f"{one.id}/", by="officer")


def test_words_that_may_name_somebody_are_shown_and_kept_only_when_somebody_has_looked(
    reading: Town,
) -> None:
    named = {**GOOD, "idea": "Ring Oriel Quince on 07700 900123 about the damp"}
    told = sent(reading, "new/", **named)
    assert "may say who somebody is" in told
    assert "07700 900123” may say who somebody is (phone number)" in told
    assert kept(reading) == []
    assert "It was saved" in sent(reading, "new/", **named, checked="yes")
    assert len(kept(reading)) == 1


def test_a_name_that_slipped_in_can_be_forgotten(town: Town) -> None:
    lead = town.people["lead"]
    one = begun(town, idea="Visit Oriel Quince")
    keeping.save(town.site, lead, town.here, Action(id=one.id, idea="Visit the tenants"))
    assert "Oriel Quince" in page(town, f"{one.id}/")
    assert "forgotten" in sent(town, f"{one.id}/forget/")
    told = page(town, f"{one.id}/")
    assert "Oriel" not in told
    assert "Change idea" in told  # that it was changed stays known


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"idea": ""}, "Say this in a sentence or two"),
        ({"status": "stopped"}, "Say why it was stopped"),
        ({"status": "done"}, "Choose one of the list"),
        ({"driver": "homes/boats"}, "Choose one of the list"),
        ({"aim_when": "soon"}, "Enter a day such as"),
        ({"evidence": "x" * 101}, "Enter ids alone"),
        ({"theme": "nowhere"}, "Choose one of the list"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    town: Town, said: dict[str, str], error: str
) -> None:
    assert error in sent(town, "new/", **{**GOOD, **said})
    assert kept(town) == []


def test_an_address_puts_no_theme_of_its_own_into_an_action(town: Town) -> None:
    assert "Choose one of the list" in sent(town, "new/?theme=nowhere", idea="A", theme="nowhere")
    assert kept(town) == []


def test_the_list_stands_in_order_of_rank_with_what_nothing_is_done_about(town: Town) -> None:
    keep(town, People.make(4, 200))
    begun(town, theme="", idea="Something else")
    begun(town, theme="gone", theme_name="An old code", idea="An old idea")
    told = page(town)
    assert told.index("1. Theme") < told.index("2. Theme") < told.index("An old code")
    assert told.index("An old code") < told.index("No priority yet")
    assert "No action is recorded here yet" in told


def test_a_change_is_written_down_with_who_and_what(town: Town) -> None:
    one = begun(town)
    lead = town.people["lead"]
    now = Action(id=one.id, idea=one.idea, theme=one.theme, status="in place", evidence=("s1",))
    keeping.save(town.site, lead, town.here, now)
    lines = [
        (line.what, line.was, line.now) for line in keeping.history(town.site, town.here, one.id)
    ]
    assert lines == [
        ("evidence", "0 ids", "1 ids"), ("status", "planned", "in place"), ("made", "", ""),
    ]  # fmt: skip
    assert lead.email in page(town, f"{one.id}/")
    assert [line.action for line in accounts.changes(town.here)][:2] == [
        "action changed", "action made",
    ]  # fmt: skip


def test_an_action_goes_with_everything_that_hangs_on_it(town: Town) -> None:
    one = begun(town)
    pointed(town, one, 1, 2, 3)
    assert "cannot be brought back" in page(town, f"{one.id}/remove/")
    assert "was removed" in sent(town, f"{one.id}/remove/")
    assert kept(town) == []
    store = town.site.work(town.here).store.actions
    assert (store.points(one.id), store.tests(one.id), store.history(one.id)) == ([], [], [])
    assert client_of(town.people["lead"]).get(address(town, f"{one.id}/")).status_code == 404


def test_points_are_drawn_judged_and_listed(town: Town) -> None:
    one = begun(town, measure="Days to repair", unit="days")
    pointed(town, one, 40, 38, 41, 39, 40, 42, 20, 19, 18, 21, 20, 17)
    told = page(town, f"{one.id}/tests/", by="officer")
    assert "Shift: points 1 to 6 lie above the median" in told
    assert "Shift: points 7 to 12 lie below the median" in told
    assert "Too few runs: 2, where chance makes 4 to 10." in told
    assert "median 29.5" in told
    drawn = client_of(town.people["officer"]).get(address(town, f"{one.id}/chart/narrow/"))
    assert drawn["Content-Type"] == "image/svg+xml"
    assert b"Days to repair (days)" in drawn.content


def test_a_point_is_added_mended_and_removed(town: Town) -> None:
    one = begun(town)
    assert "It was saved" in sent(town, f"{one.id}/point/", day="1/6/2026", value="12.5")
    sent(town, f"{one.id}/point/", day="1/6/2026", value="13")
    (point,) = keeping.points(town.site, town.here, one.id)
    assert (point.day, point.value) == ("2026-06-01", 13)
    for wrong in ("many", "inf", "nan", ""):
        assert "Enter a number" in sent(town, f"{one.id}/point/", day="2/6/2026", value=wrong)
    assert "was removed" in sent(town, f"{one.id}/point/{point.id}/remove/")
    assert "no such point" in sent(town, f"{one.id}/point/{point.id}/remove/")
    assert keeping.points(town.site, town.here, one.id) == []


def test_a_test_of_change_is_planned_and_written_on(reading: Town) -> None:
    one = begun(reading)
    sent(reading, f"{one.id}/tests/new/", plan="Try it on one stair for a week")
    done = {"plan": "Try it on one stair for a week", "did": "Six visits", "act": "adapt"}
    sent(reading, f"{one.id}/tests/1/", **done, started="1/6/2026", ended="8/6/2026")
    (test,) = keeping.tests(reading.site, reading.here, one.id)
    assert (test.number, test.did, test.act, test.ended) == (1, "Six visits", "adapt", "2026-06-08")
    backwards = sent(reading, f"{one.id}/tests/1/", **done, started="8/6/2026", ended="1/6/2026")
    assert "It ends before it begins" in backwards
    assert "Adapt: change it and test again" in page(reading, f"{one.id}/tests/", by="researcher")


def test_residents_view_needs_people_behind_it(town: Town) -> None:
    one = begun(town)
    assert "Enter how many were asked" in sent(town, f"{one.id}/helped/", helped="yes")
    sent(town, f"{one.id}/helped/", helped="partly", helped_asked="12", helped_on="1/6/2026")
    assert "It helped in part: 12 asked, 1 June 2026" in page(town, f"{one.id}/", by="officer")


def test_an_equity_review_begins_with_who_was_not_heard_and_needs_a_decision(
    reading: Town,
) -> None:
    made = keep(reading, People.make(4, 200))
    results = kept_results(made.work)
    assert results is not None
    place = results.folder / "priorities.json"
    told = json.loads(place.read_text(encoding="utf-8"))
    told["not_heard"] = [{"attribute": "age_band", "value": "16-24"}]
    place.write_text(json.dumps(told), encoding="utf-8")
    one = begun(reading)
    asked = page(reading, f"{one.id}/equity/")
    assert "Too few of these were heard to know: age band: 16-24." in asked
    said = {"benefits": "Tenants", "harmed": "People in private lets", "reviewed_on": "1/6/2026"}
    assert "Choose what was decided" in sent(reading, f"{one.id}/equity/", **said)
    assert "Say what is changed" in sent(reading, f"{one.id}/equity/", **said, decision="justify")
    sent(reading, f"{one.id}/equity/", **said, decision="adjust", mitigation="A line for them too")
    told = page(reading, "equity/", by="officer")
    assert "Go on, with changes that take harm away" in told
    assert "People in private lets" in told


def test_what_was_passed_on_waits_first_and_its_answer_is_shown(reading: Town) -> None:
    first, second = begun(reading, idea="One"), begun(reading, idea="Two")
    why = {"escalated_why": "The budget is theirs", "escalated_on": "1/6/2026"}
    sent(reading, f"{first.id}/escalate/", escalated_to="The board", **why, answer="Agreed",
         answered_on="8/6/2026")  # fmt: skip
    sent(reading, f"{second.id}/escalate/", escalated_to="The cabinet", **why)
    told = page(reading, "escalated/", by="researcher")
    assert told.index("The cabinet") < told.index("The board")
    assert "No answer yet" in told
    assert "Agreed (8 Jun 2026)" in told


def test_a_formula_is_text_in_the_table_that_is_downloaded(town: Town) -> None:
    begun(town, idea="=1+1", owner="@sum", told=ATTACK)
    answer = client_of(town.people["officer"]).post(address(town, "download/"))
    assert answer["Content-Disposition"] == 'attachment; filename="working-actions.csv"'
    (row,) = csv.DictReader(io.StringIO(answer.content.decode()))
    assert (row["idea"], row["owner"]) == ("'=1+1", "'@sum")
    assert accounts.changes(town.here)[0].action == "actions taken"


@pytest.mark.parametrize("then", ["", "you-said-we-did/", "drivers/", "equity/", "escalated/"])
def test_a_script_in_a_record_runs_on_no_page(town: Town, then: str) -> None:
    told: dict[str, Any] = dict.fromkeys(
        ("idea", "owner", "aim_what", "benefits", "escalated_to", "theme_name", "told"), ATTACK
    )
    begun(town, **told, decision="continue")
    raw = client_of(town.people["lead"]).get(address(town, then)).content.decode()
    assert ATTACK not in raw
    assert "onerror" in raw or then == "you-said-we-did/"
