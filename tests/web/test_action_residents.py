"""What residents are shown comes from a release alone, and goes with whoever withdraws."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from benchmarks.attackers import Programme as People
from listening.report import Told, poster, residents_page
from listening.steps import accounts, ledger, quoting
from listening.steps.acting import keeping, released
from listening.steps.kept_results import kept_results
from listening.steps.withdraw import withdraw
from tests.web.acting import begun
from tests.web.kept_town import Kept, keep
from tests.web.material import ATTACK
from tests.web.town import Town, client_of

TOLD = "We have a repairs team now."
WORKING = "The lease of the depot ends in May"


@pytest.fixture
def kept(town: Town) -> Kept:
    """A programme with a release that holds one signed quote, on theme t0."""
    made = keep(town, People.make(4, 200))
    found = kept_results(made.work)
    assert found is not None
    first = quoting.board(made.work, found).first
    told = {**made.fields(f"quotes/{first}/"), "decision": "signed"}
    made.client().post(made.address(f"quotes/{first}/"), told)
    made.client().post(
        made.address("releases/make/"), {**made.fields("releases/"), "profile": "standard"}
    )
    assert made.do_all() == 1
    return made


def whose(kept: Kept) -> tuple[str, str]:
    """Return evidence id and participant of the release's quote."""
    (line,) = kept.work.store.releases.all()
    book = kept.work.vault.read(f"{ledger.SHELF}/{line.release}")
    ((evidence, person),) = book["quotes"].items()
    return evidence, person


def file_of(kept: Kept, sheet: str = "page") -> Any:
    return kept.client().post(kept.address(f"actions/residents/{sheet}/"), follow=True)


def test_a_page_and_a_poster_hold_released_words_and_what_is_told_alone(kept: Kept) -> None:
    begun(kept.town, theme="t0", idea=WORKING, owner="Head of depots", told=TOLD, status="in place",
          helped="yes", helped_asked=12, helped_on="2026-06-01")  # fmt: skip
    begun(kept.town, theme="t1", idea="Kept within the team", status="planned")
    (line,) = kept.work.store.releases.all()
    for sheet in ("page", "poster"):
        answer = file_of(kept, sheet)
        told = html.unescape(answer.content.decode())
        name = f"release-{line.release}-{released.FILES[sheet]}"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        first = re.search(r"<body[^>]*>\s*<header class=\"release\"><p[^>]*>([^<]*)<", told)
        assert first is not None
        assert first[1] == f"Release {line.release}"
        assert TOLD in told
        assert "This is in place." in told
        assert "Marsh Lane" in told
        for secret in (WORKING, "Head of depots", "Kept within the team", "Working"):
            assert secret not in told
        assert accounts.changes(kept.town.here)[0].action == "taken for residents"
    page = html.unescape(file_of(kept).content.decode())
    assert "Residents we asked said that it helped." in page
    assert "Theme t1" in page.split("What we have not answered yet")[1]


def test_the_view_of_fewer_than_ten_residents_is_not_told(kept: Kept) -> None:
    begun(kept.town, theme="t0", told=TOLD, helped="no", helped_asked=9, helped_on="2026-06-01")
    assert "Residents we asked" not in html.unescape(file_of(kept).content.decode())


def test_without_a_release_or_anything_told_there_is_no_file_and_it_says_why(kept: Kept) -> None:
    begun(kept.town, theme="t0")
    assert "has nothing to show yet" in html.unescape(file_of(kept).content.decode())
    elsewhere = kept.town.elsewhere
    lead = kept.town.people["outsider"]
    address = f"/programmes/{elsewhere.slug}/actions/residents/page/"
    answer = client_of(lead).post(address, follow=True)
    assert "there is none" in html.unescape(answer.content.decode())
    assert client_of(lead).post(address.replace("/page/", "/sheet/")).status_code == 404


def test_who_withdraws_leaves_the_page_and_every_action(kept: Kept) -> None:
    evidence, person = whose(kept)
    segment = f"s{person}"
    other = next(f"s{one.id}" for one in kept.people.people if one.id != person)
    one = begun(kept.town, theme="t0", told=TOLD, evidence=(evidence, segment, other))
    assert "Marsh Lane" in html.unescape(file_of(kept).content.decode())
    kept.work.vault.write("people", {f"none|{person}": person})
    withdraw(kept.work, person)
    (now,) = keeping.everything(kept.town.site, kept.town.here)
    assert now.evidence == (other,)
    assert "Marsh Lane" not in html.unescape(file_of(kept).content.decode())
    history = keeping.history(kept.town.site, kept.town.here, one.id)
    assert not any(segment in line.was + line.now for line in history)


def test_leads_read_the_words_behind_evidence_and_officers_do_not(kept: Kept) -> None:
    _, person = whose(kept)
    one = begun(kept.town, theme="t0", evidence=(f"s{person}",))
    assert "Marsh Lane" in kept.page(f"actions/{one.id}/")
    told = kept.page(f"actions/{one.id}/", by="officer")
    assert "Marsh Lane" not in told
    assert f"s{person}" in told


def test_the_team_sees_what_residents_are_not_told_yet(kept: Kept) -> None:
    begun(kept.town, theme="t0", idea="Told", told=TOLD)
    begun(kept.town, theme="t0", idea="Not told")
    begun(kept.town, theme="gone", idea="Of no released theme", told=TOLD)
    page = kept.page("actions/you-said-we-did/", by="officer")
    assert "1 signed quote, 1 action told" in page
    assert page.index("no words for residents") < page.rindex("Not told")
    assert page.index("answer no theme of the release") < page.rindex("Of no released theme")
    assert "Download the poster" not in page
    assert "Download the poster" in kept.page("actions/you-said-we-did/")


def test_words_are_escaped_and_a_note_never_stands_in_quotation_marks() -> None:
    note = {"text": f"They said {ATTACK}", "voice": "paraphrase"}
    done = {"told": ATTACK, "status": "stopped", "helped": "not asked", "asked": None}
    for make in (residents_page, poster):
        made = make(ATTACK, "abc", "", [Told("Housing", (note,), (done,))])
        assert ATTACK not in made
        assert "“They said" not in made
        assert "We stopped doing this." in made
