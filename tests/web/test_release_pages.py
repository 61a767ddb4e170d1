"""Releases on a page: what stands in the way, one that is made, its files, and a withdrawal."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from benchmarks.attackers import Programme as People
from listening.steps import accounts, kept_releases, ledger, quoting
from listening.steps.desk import asked
from listening.steps.kept_results import kept_results
from tests.web.coding_town import shown
from tests.web.kept_town import Kept, keep
from tests.web.town import Town


@pytest.fixture
def kept(town: Town) -> Kept:
    return keep(town, People.make(4, 200))


def press(kept: Kept, by: str = "lead", **more: str) -> Any:
    told = {**kept.fields("releases/"), "profile": "standard", **more}
    return kept.client(by).post(kept.address("releases/make/"), told, follow=True)


def sign_first(kept: Kept) -> str:
    """Sign the first quote off; return whose it is."""
    work = kept.work
    found = kept_results(work)
    assert found is not None
    first = quoting.board(work, found).first
    told = {**kept.fields(f"quotes/{first}/"), "decision": "signed", "speaks": "yes"}
    kept.client().post(kept.address(f"quotes/{first}/"), told)
    return work.store.releases.decisions()[0].segment_id.removeprefix("s")


def test_what_would_go_is_shown_and_a_researcher_makes_none(kept: Kept) -> None:
    page = kept.page("releases/", by="researcher")
    assert "Reviewed People have coded" in page
    assert "0 signed off, 5 wait" in page
    assert "A programme lead makes releases" in page
    assert kept.client("researcher").post(kept.address("releases/make/")).status_code == 403


def test_a_release_is_asked_for_made_beside_the_pages_and_fetched(kept: Kept) -> None:
    sign_first(kept)
    page = shown(press(kept))
    assert "Waits Make a release" in page
    assert kept.do_all() == 1
    page = kept.page("releases/")
    (one,) = kept.work.store.releases.all()
    assert f"Release {one.release}, reviewed: 1 quote" in page
    assert f"Release {one.release}: may be passed on" in page
    answer = kept.client().get(kept.address(f"releases/{one.release}/report.html"))
    name = f"release-{one.release}-report.html"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert b"RELEASE" in answer.content
    whole = kept.client().get(kept.address(f"releases/{one.release}/all.zip"))
    names = zipfile.ZipFile(io.BytesIO(whole.content)).namelist()
    assert f"release-{one.release}/briefing.docx" in names
    actions = [line.action for line in accounts.changes(kept.town.here)]
    assert actions[:4] == [
        "release downloaded", "release downloaded", "release done", "release asked for",
    ]  # fmt: skip


def test_pressed_twice_it_is_made_once(kept: Kept) -> None:
    fields = kept.fields("releases/")
    press(kept, **fields)
    press(kept, **fields)
    assert kept.do_all() == 1
    assert len(kept.work.store.releases.all()) == 1


def test_what_nobody_has_coded_goes_only_when_that_is_said(town: Town) -> None:
    kept = keep(town, People.make(4, 200), status="provisional")
    page = shown(press(kept))
    assert "say that it may go as provisional" in page
    assert kept.do_all() == 0
    press(kept, provisional="on")
    kept.do_all()
    assert kept.work.store.releases.all()[0].tables["status"] == "provisional"


def test_few_changes_since_the_last_release_stand_in_the_way(kept: Kept) -> None:
    press(kept)
    kept.do_all()
    kept.people.join(2)
    keep(kept.town, kept.people)
    page = kept.page("releases/")
    assert "Nothing may go now" in page
    assert "fewer than 5 have been added" in page
    assert "Make the release" not in page
    kept.people.join(4)
    keep(kept.town, kept.people)
    page = kept.page("releases/")
    assert "Not under Hospital Episode Statistics" in page
    assert "Make the release" in page


def test_results_that_changed_since_somebody_looked_are_not_released(kept: Kept) -> None:
    press(kept, mark="another")
    kept.do_all()
    assert "not those that you looked at" in kept.page("releases/")
    assert kept.work.store.releases.all() == []


def test_a_file_that_is_no_part_of_a_release_is_not_handed_out(kept: Kept) -> None:
    press(kept)
    kept.do_all()
    (one,) = kept.work.store.releases.all()
    for part in ("..%2Fstore.sqlite3", "store.sqlite3", "other.html"):
        answer = kept.client().get(kept.address(f"releases/{one.release}/{part}"))
        assert answer.status_code in (302, 404)


def test_files_that_quote_somebody_go_when_they_withdraw_and_others_stay(kept: Kept) -> None:
    press(kept)
    kept.do_all()
    (bare,) = kept.work.store.releases.all()
    person = sign_first(kept)
    press(kept)
    kept.do_all()
    quoted = kept.work.store.releases.all()[1]
    assert kept_releases.names(kept.work, quoted.release)
    ledger.leave(kept.work, person)
    assert kept_releases.names(kept.work, quoted.release) == []
    assert kept_releases.names(kept.work, bare.release)
    assert "somebody whom it quotes has withdrawn" in kept.page("releases/")


def test_what_was_asked_for_on_releases_does_not_stand_on_the_page_on_coding(kept: Kept) -> None:
    press(kept)
    assert asked.everything(kept.work.vault)[0].what == asked.RELEASE
    assert "Make a release" not in kept.page("coding/", by="researcher")
