"""A name that is taken out after it was released lies in nothing that is kept or served."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from benchmarks.attackers import Programme as People
from listening.steps import accounts, kept_releases, ledger, quoting, signing, taken_out, taught
from listening.steps.acting import keeping
from listening.steps.kept_results import kept_results
from listening.steps.reader import read_next
from listening.store.frames import objects
from listening.store.panels import AskedAbout, KeptPanel
from listening.store.releases import REFUSED, Decision
from tests.web.acting import begun
from tests.web.kept_town import Kept, keep
from tests.web.material import TRUE, again, holding
from tests.web.material import kept as kept_file
from tests.web.test_removed import TALK, say, text_of
from tests.web.town import Town

NAME = "Orlando Vetch"


def sign_and_release(kept: Kept) -> str:
    """Sign the first quote that waits, and make a release; return its id."""
    found = kept_results(kept.work)
    assert found is not None
    first = quoting.board(kept.work, found).first
    told = {**kept.fields(f"quotes/{first}/"), "decision": "signed", "speaks": "yes"}
    kept.client().post(kept.address(f"quotes/{first}/"), told)
    press = {**kept.fields("releases/"), "profile": "standard"}
    kept.client().post(kept.address("releases/make/"), press)
    assert kept.do_all() == 1
    return kept.work.store.releases.all()[-1].release


def reword(kept: Kept, was: str, now: str) -> None:
    """Let the store hold other words, as when files were read again."""
    for one in objects(kept.work.store.alias, "Segment"):
        one.text = one.text.replace(was, now)
        one.save()


@pytest.fixture
def kept(town: Town) -> Kept:
    return keep(town, People.make(4, 200))


def test_a_release_that_quotes_the_name_is_served_no_more_and_its_line_stays(kept: Kept) -> None:
    release = sign_and_release(kept)
    before = kept.work.vault.read(f"{ledger.SHELF}/{release}")
    assert holding(b"Marsh Lane", kept.work.settings.home / kept_releases.FOLDER)
    reached = taken_out.follow(kept.work, "marsh lane", "person")
    assert reached.releases == (release,)
    assert not holding(b"Marsh Lane", kept.work.settings.home / kept_releases.FOLDER)
    assert [line.release for line in kept.work.store.releases.all()] == [release]
    assert kept.work.vault.read(f"{ledger.SHELF}/{release}") == before
    page = kept.page("releases/")
    assert "this release holds words that were taken out: do not pass it on" in page
    assert f"Release {release}: may be passed on" not in page
    answer = kept.client().get(kept.address(f"releases/{release}/report.html"), follow=True)
    assert b"Marsh Lane" not in answer.content


def test_a_new_release_follows_without_the_words_and_tells_no_other_figure(kept: Kept) -> None:
    release = sign_and_release(kept)
    first = kept.work.store.releases.all()[0].tables
    taught.teach(kept.work, "Marsh Lane", "person")
    taken_out.follow(kept.work, "Marsh Lane", "person")
    assert kept_results(kept.work) is None
    keep(kept.town, kept.people)  # made anew of a file that could not be read again
    press = {**kept.fields("releases/"), "profile": "standard"}
    kept.client().post(kept.address("releases/make/"), press)
    kept.do_all()
    page = kept.page("releases/")
    assert "words in them were taken out since" in page
    lines = kept.work.store.releases.all()
    assert lines[0].release == release
    assert len(lines) == 2
    told = kept_releases.content(kept.work, lines[1].release, "priorities.json")
    assert b"Marsh Lane" not in told
    for was, now in zip(first["priorities"], lines[1].tables["priorities"], strict=True):
        assert (was["name"], was["people"]) == (now["name"], now["people"])


def test_a_quote_that_reads_otherwise_since_is_found_whoever_changed_it(kept: Kept) -> None:
    release = sign_and_release(kept)
    assert taken_out.take_down(kept.work) == ()
    reword(kept, "Marsh Lane", "[a road]")
    answer = kept.client().get(kept.address(f"releases/{release}/priorities.json"), follow=True)
    assert b"Marsh Lane" not in answer.content
    assert "do not pass it on" in kept.page("releases/")


def test_what_was_taken_for_a_name_and_stands_again_takes_no_release_down(kept: Kept) -> None:
    reword(kept, "Marsh Lane", "[name 7]")
    work = kept.work
    keep(kept.town, kept.people)
    quotes = kept_results(work)
    assert quotes is not None
    path = quotes.folder / "quotes.csv"
    path.write_text(path.read_text("utf-8").replace("Marsh Lane", "[name 7]"), encoding="utf-8")
    sign_and_release(kept)
    told = kept_releases.content(work, work.store.releases.all()[0].release, "priorities.json")
    assert b"[a name]" in told
    reword(kept, "[name 7]", "Marsh Lane")
    assert taken_out.follow(work, "Marsh Lane", "keep") == taken_out.Reached()
    assert taken_out.take_down(work) == ()


def test_a_release_without_the_words_stays(kept: Kept) -> None:
    release = sign_and_release(kept)
    assert taken_out.follow(kept.work, NAME, "person").releases == ()
    assert "report.html" in kept_releases.names(kept.work, release)


def test_an_action_that_holds_the_name_says_so_and_forgets_how_it_read(kept: Kept) -> None:
    sign_and_release(kept)
    one = begun(kept.town, theme="t0", idea=f"What {NAME} asked for", told=f"{NAME} was right")
    other = begun(kept.town, theme="t1", idea="A repairs team")
    lead = kept.town.people["lead"]
    changed = keeping.save(kept.town.site, lead, kept.town.here, replace(one, idea="A new stair"))
    taught.teach(kept.work, NAME, "person")
    reached = taken_out.follow(kept.work, NAME, "person")
    assert reached.actions == (one.id,)
    lines = keeping.history(kept.town.site, kept.town.here, one.id)
    assert NAME not in str(lines)
    assert "holds a name that was taken out" in kept.page(f"actions/{one.id}/")
    assert "holds a name that was taken out" not in kept.page(f"actions/{other.id}/")
    answer = kept.client().post(kept.address("actions/residents/poster/"), follow=True)
    said = html.unescape(answer.content.decode())
    assert NAME not in said.split("<main", 1)[0]
    assert "holds a name that was taken out of what residents said" in said
    keeping.save(kept.town.site, lead, kept.town.here, replace(changed, told="They were right"))
    assert "holds a name that was taken out" not in kept.page(f"actions/{one.id}/")


def test_what_a_release_would_say_in_the_teams_words_is_refused_with_the_name(kept: Kept) -> None:
    taught.teach(kept.work, NAME, "person")
    begun(kept.town, theme="t0", told=f"{NAME} was right: the lift is mended", status="in place")
    press = {**kept.fields("releases/"), "profile": "standard"}
    kept.client().post(kept.address("releases/make/"), press)
    kept.do_all()
    assert "holds a name that was taken out" in kept.page("releases/")
    assert kept.work.store.releases.all() == []


def test_notes_reasons_and_panels_hold_a_stand_in_afterwards(kept: Kept) -> None:
    store = kept.work.store
    said = Decision("s1", "t0", "w", REFUSED, "A. Lead", "2026-01-01", f"It is about {NAME}")
    store.releases.decide(said)
    asked = (AskedAbout("t0", f"Ask {NAME}", "Hope for the young"),)
    store.panels.open(KeptPanel("p1", "A panel", asked, "2026-01-01"))
    taken_out.follow(kept.work, NAME, "person")
    taken_out.follow(kept.work, "Hope", "person")
    assert store.releases.every_decision()[0].why == "It is about [a name]"
    assert store.panels.all()[0].asked[0].name == "Ask [a name]"
    assert store.panels.all()[0].asked[0].statement == "Hope for the young"


def test_the_officers_page_says_what_else_held_the_words(reading: Town) -> None:
    upload = kept_file(reading, TALK, "talk.txt", TRUE)
    begun(reading, idea="Ask Splodge to mend it")
    work = reading.site.work(reading.here)
    folder = work.settings.home / "results" / "made"
    folder.mkdir(parents=True)
    (folder / "segments.csv").write_text("Splodge mends it", encoding="utf-8")
    answer = say(reading, upload, "add", words="Splodge", said="person")
    assert answer.status_code == 302
    assert not folder.exists()  # at once: nobody waits for the file to be read again
    assert read_next(reading.site)
    assert "Splodge" not in text_of(reading, again(reading, upload))
    told = [line.detail for line in accounts.changes(reading.here)]
    assert "Splodge" not in str(told)


def test_what_was_read_before_leaves_no_hash_to_try_names_against(kept: Kept) -> None:
    sign_and_release(kept)
    releases = kept.work.store.releases
    assert releases.forget_other_words(signing.fingerprint) == 0
    (signed,) = releases.decisions()
    reword(kept, "Marsh Lane", "[a road]")
    assert releases.forget_other_words(signing.fingerprint) == 1
    (after,) = releases.decisions()
    assert after == replace(signed, words="")
    found = kept_results(kept.work)
    assert found is not None
    assert signing.signed_off(kept.work, signing.candidates(kept.work, found.folder)) == []


def test_a_release_that_was_being_made_is_found_when_it_is_done(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, made = kept.work, list[str]()
    alone = work.alone

    @contextmanager
    def made_meanwhile() -> Iterator[None]:
        if not made:
            made.append("begun")
            made.append(sign_and_release(kept))
        with alone():
            yield

    monkeypatch.setattr(work, "alone", made_meanwhile)
    reached = taken_out.follow(work, "Marsh Lane", "place")
    assert list(reached.releases) == made[1:]
    assert kept_releases.names(work, reached.releases[0]) == []
