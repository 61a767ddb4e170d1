"""Actions and what residents are shown of them, attacked: words and ids that must not stay."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.attackers import Programme as People
from listening.errors import ListeningError
from listening.report import Told, poster, residents_page
from listening.steps import ledger, quoting
from listening.steps.acting import keeping, released
from listening.steps.acting.naming import FIGURE, OWN_WORDS, may_name
from listening.steps.kept_results import kept_results
from listening.steps.own_words import own_words
from listening.steps.releasing import release
from listening.steps.withdraw import withdraw
from listening.store.frames import objects
from tests.web.acting import begun
from tests.web.kept_town import Kept, keep
from tests.web.town import Town, client_of

TOLD = "We have a repairs team now."


@pytest.fixture
def kept(town: Town) -> Kept:
    """A programme with a release that holds one signed quote, on theme t0."""
    made = keep(town, People.make(4, 200))
    decide(made, "signed")
    fields = {**made.fields("releases/"), "profile": "standard"}
    made.client().post(made.address("releases/make/"), fields)
    assert made.do_all() == 1
    return made


def decide(kept: Kept, decision: str) -> None:
    """Decide on the first quote of the board."""
    found = kept_results(kept.work)
    assert found is not None
    first = quoting.board(kept.work, found).themes[0][1][0].id
    why = {"why": "It may say who spoke."} if decision == "refused" else {"speaks": quoting.YES}
    told = {**kept.fields(f"quotes/{first}/"), "decision": decision, **why}
    kept.client().post(kept.address(f"quotes/{first}/"), told)


def whose(kept: Kept) -> str:
    (line,) = kept.work.store.releases.all()
    (person,) = kept.work.vault.read(f"{ledger.SHELF}/{line.release}")["quotes"].values()
    return str(person)


def sheet(kept: Kept, kind: str = "page") -> str:
    answer = kept.client().post(kept.address(f"actions/residents/{kind}/"), follow=True)
    return html.unescape(answer.content.decode())


def saved(town: Town, **said: Any) -> str:
    address = f"/programmes/{town.here.slug}/actions/new/"
    answer = client_of(town.people["lead"]).post(address, said, follow=True)
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("decision", ["taken back", "refused"])
def test_a_quote_whose_signature_was_taken_back_leaves_the_page(kept: Kept, decision: str) -> None:
    begun(kept.town, theme="t0", told=TOLD)
    assert "Marsh Lane" in sheet(kept)
    decide(kept, decision)
    for kind in released.FILES:
        assert TOLD in sheet(kept, kind)
        assert "Marsh Lane" not in sheet(kept, kind)


def test_a_quote_of_which_words_were_taken_out_since_leaves_the_page(kept: Kept) -> None:
    begun(kept.town, theme="t0", told=TOLD)
    rows = objects(kept.work.store.alias, "Segment").filter(participant_id=whose(kept))
    rows.update(text="=The damp in our flat on [a place] is back again.")
    assert "Marsh Lane" not in sheet(kept)


@pytest.mark.parametrize("kind", list(released.FILES))
def test_what_residents_are_told_repeats_no_resident(kept: Kept, kind: str) -> None:
    other = next(one.id for one in kept.people.people if one.id != whose(kept))
    said = f"As one said: Marsh Lane is BACK again, for {other}! We know."
    begun(kept.town, theme="t0", told=said)
    page = sheet(kept, kind)
    assert "repeats what a resident said" in page
    assert said not in page


def test_no_release_repeats_a_resident_in_what_is_done(kept: Kept) -> None:
    begun(kept.town, theme="t0", told="Marsh Lane is back again for P00003, we heard.")
    found = kept_results(kept.work)
    assert found is not None
    with pytest.raises(ListeningError, match="repeats what a resident said"):
        release(kept.work, found.folder, None)
    assert len(kept.work.store.releases.all()) == 1


def test_an_id_comes_back_to_no_action_after_its_person_withdrew(kept: Kept) -> None:
    person = whose(kept)
    other = next(one.id for one in kept.people.people if one.id != person)
    one = begun(kept.town, theme="t0", evidence=(f"s{person}", f"s{other}"))
    kept.work.vault.write("people", {f"none|{person}": person})
    withdraw(kept.work, person)
    # the page was open before, and is sent now
    told = {"idea": one.idea, "theme": "t0", "evidence": "\n".join(one.evidence), "checked": "yes"}
    address = kept.address(f"actions/{one.id}/change/")
    assert kept.client().post(address, told).status_code == 302
    (now,) = keeping.everything(kept.town.site, kept.town.here)
    assert now.evidence == (f"s{other}",)


def test_words_in_the_place_of_ids_are_not_kept(town: Town) -> None:
    saved(town, idea="A team", evidence="The damp is back, says Oriel Quince", checked="yes")
    (one,) = keeping.everything(town.site, town.here)
    assert one.evidence == ()


def test_what_a_resident_said_and_how_many_is_pointed_out_before_it_is_kept(
    reading: Town,
) -> None:
    made = keep(reading, People.make(4, 20))
    said = {
        "idea": "Do something as Marsh Lane is back again for P00003",
        "told": "We mended it for 37 of you and 12% of homes.",
        "owner": "Housing",
    }
    found = [(one.field, one.kind) for one in may_name(made.work, said)]
    assert ("idea", OWN_WORDS) in found
    assert found.count(("told", FIGURE)) == 2
    page = saved(reading, **said)
    assert "stands in what a resident said" in page
    assert "“37 of you” tells how many" in page
    assert keeping.everything(reading.site, reading.here) == []


def test_what_many_say_is_nobodys_own_words(town: Town) -> None:
    made = keep(town, People.make(4, 20))
    common = {"idea": "The damp in our flat on Marsh Lane", "owner": "Housing"}
    assert own_words(made.work, common) == {}
    own = {**common, "told": "On Marsh Lane is back again for P00003, we hear"}
    assert own_words(made.work, own) == {"told": "lane is back again for p00003"}


def test_what_nobody_has_coded_says_so_to_residents() -> None:
    done = {"told": TOLD, "status": "testing", "helped": "yes", "asked": None}
    for make in (residents_page, poster):
        first = make("Mill Town", "abc", "", [Told("Housing", (), (done,))], True)
        assert "No one has checked the groups yet" in first
        later = make("Mill Town", "abc", "", [Told("Housing", (), (done,))])
        assert "No one has checked" not in later


def test_a_provisional_release_makes_a_provisional_page(town: Town) -> None:
    made = keep(town, People.make(4, 200), status="provisional")
    fields = {**made.fields("releases/"), "profile": "standard", "provisional": "on"}
    made.client().post(made.address("releases/make/"), fields)
    assert made.do_all() == 1
    begun(town, theme="t0", told=TOLD)
    for kind in released.FILES:
        assert "This is a first look" in sheet(made, kind)


def test_files_go_when_somebody_withdraws_who_is_quoted_and_was_not_counted(kept: Kept) -> None:
    person = whose(kept)
    (line,) = kept.work.store.releases.all()
    name = f"{ledger.SHELF}/{line.release}"
    book = kept.work.vault.read(name)
    del book["members"][person]
    kept.work.vault.write(name, book)
    assert ledger.leave(kept.work, person) == [(line.release, line.wave, 1)]
    assert person not in str(kept.work.vault.read(name))


def test_who_withdraws_on_a_page_is_told_of_releases_and_of_actions_that_repeat_them(
    kept: Kept,
) -> None:
    person = whose(kept)
    (line,) = kept.work.store.releases.all()
    theirs = f"On Marsh Lane is back again for {person}, so"
    now = begun(kept.town, theme="t0", idea=theirs)
    before = begun(kept.town, theme="t0", idea="We heard the damp in our flat", harmed=theirs)
    other = begun(kept.town, theme="t0", idea="The damp in our flat on Marsh Lane is back")
    lead = kept.town.people["lead"]
    mended = replace(before, harmed="Nobody")
    keeping.save(kept.town.site, lead, kept.town.here, mended)
    kept.work.vault.write("people", {f"none|{person}": person})
    by = kept.client("administrator")
    sure = by.post(kept.address("withdraw/"), {"said": person}).content.decode()
    meant = html.unescape(sure.split('name="participant" value="')[1].split('"')[0])
    answer = by.post(kept.address("withdraw/"), {"participant": meant}, follow=True)
    told = html.unescape(answer.content.decode())
    assert f"Release {line.release}" in told
    assert "holds 1 quote of theirs" in told
    assert f"An action repeats words of theirs: let a lead say it otherwise ({now.id})" in told
    assert other.id not in told
    history = keeping.history(kept.town.site, kept.town.here, before.id)
    assert not any("Marsh" in text for one in history for text in (one.was, one.now))
