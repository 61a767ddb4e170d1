"""Drivers across programmes: of one's own programmes, counts alone."""

from __future__ import annotations

from listening.actions import Action
from listening.steps import accounts
from listening.steps.acting import sharing
from listening.store.accounts import people
from tests.web.acting import begun
from tests.web.coding_town import shown
from tests.web.town import Town, client_of


def lay_out(town: Town) -> None:
    begun(town, driver="homes/repairs", idea="Ours of repairs")
    begun(town, driver="homes/repairs", idea="Another of repairs")
    begun(town, driver="money/advice", idea="Ours of advice")
    begun(town, driver="", idea="Not placed")
    there = town.site.work(town.elsewhere).store.actions
    there.save(Action(driver="homes/repairs", idea="Theirs of repairs"), "")
    there.save(Action(driver="health/mind", idea="Theirs of minds"), "")


def test_who_is_in_two_programmes_sees_counts_of_both_and_no_words(town: Town) -> None:
    lay_out(town)
    people.give(town.people["lead"], town.elsewhere.slug, "officer")
    held, rows = sharing.shared(town.site, town.people["lead"])
    assert [one.name for one in held] == ["Harbour Side", "Mill Town, spring"]
    assert [(row.secondary, row.counts) for row in rows] == [
        ("Repairs, damp and heating", (1, 2)),
        ("Advice on benefits, debt and bills", (0, 1)),
        ("Help with mental health", (1, 0)),
    ]
    address = f"/programmes/{town.here.slug}/actions/shared/"
    page = shown(client_of(town.people["lead"]).get(address))
    assert "Repairs, damp and heating" in page
    assert "Theirs" not in page
    assert "Ours" not in page


def test_who_is_in_one_sees_nothing_of_the_other(town: Town) -> None:
    lay_out(town)
    held, rows = sharing.shared(town.site, town.people["lead"])
    assert [one.slug for one in held] == [town.here.slug]
    assert "Help with mental health" not in [row.secondary for row in rows]


def test_an_administrator_of_the_other_reads_no_actions_there_and_sees_no_counts(
    town: Town,
) -> None:
    lay_out(town)
    people.give(town.people["lead"], town.elsewhere.slug, "administrator")
    held, _ = sharing.shared(town.site, town.people["lead"])
    assert [one.slug for one in held] == [town.here.slug]


def test_a_programme_that_one_leaves_is_seen_no_more(town: Town) -> None:
    lay_out(town)
    lead = town.people["lead"]
    people.give(lead, town.elsewhere.slug, "officer")
    member = next(m for m in accounts.members(town.elsewhere) if m.person == lead)
    people.take(town.elsewhere.slug, member.id)
    assert len(sharing.shared(town.site, lead)[0]) == 1


def test_a_site_adds_drivers_of_its_own(town: Town) -> None:
    own = '[river]\nname = "The river"\n[river.secondary]\nflood = "Flooding"\n'
    (town.site.settings.home / "drivers.toml").write_text(own, encoding="utf-8")
    begun(town, driver="river/flood")
    _, rows = sharing.shared(town.site, town.people["lead"])
    assert [(row.primary, row.secondary) for row in rows] == [("The river", "Flooding")]
