"""What residents are shown comes from a release alone, and goes with whoever withdraws."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from benchmarks.attackers import Programme as People
from listening.report import Told, poster, residents_page
from listening.steps import accounts, kept_releases, ledger, quoting
from listening.steps.acting import keeping, released
from listening.steps.desk import books
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
    told = {**made.fields(f"quotes/{first}/"), "decision": "signed", "speaks": "yes"}
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
    one = begun(kept.town, theme="t0", told=TOLD, evidence=(evidence, segment, "s-of-another"))
    assert "Marsh Lane" in html.unescape(file_of(kept).content.decode())
    kept.work.vault.write("people", {f"none|{person}": person})
    withdraw(kept.work, person)
    (now,) = keeping.everything(kept.town.site, kept.town.here)
    assert now.evidence == ("s-of-another",)
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


def residents_version(kept: Kept) -> str:
    """Make a release; return what residents read of it."""
    fields = kept.fields("releases/")
    kept.client().post(kept.address("releases/make/"), {**fields, "profile": "standard"})
    assert kept.do_all() == 1
    line = kept.work.store.releases.all()[-1]
    found = kept_releases.content(kept.work, line.release, "residents.html")
    return html.unescape(found.decode())


def part_of(page: str, theme: str) -> str:
    return page.split(f'data-evidence="theme:{theme}"')[1].split("</article>", maxsplit=1)[0]


def test_a_release_tells_residents_what_is_done_and_what_no_action_is_recorded_for(
    kept: Kept,
) -> None:
    begun(kept.town, theme="t0", idea=WORKING, owner="Teal Marsh", told=TOLD, status="in place",
          aim_what="The team's own aim", helped="yes", helped_asked=12)  # fmt: skip
    begun(kept.town, theme="t0", idea="Not told", owner="Head of depots", told=" ")
    begun(kept.town, theme="t1", idea="Of another", helped="no", helped_asked=9, told="A bus runs")
    page = residents_version(kept)
    told = f"{TOLD} This is in place. People we asked said that it helped."
    assert told in part_of(page, "t0")
    assert "A bus runs. We plan to do this.</li>" in part_of(page, "t1")
    assert "No action is recorded yet." in part_of(page, "t2")
    for secret in (WORKING, "Teal Marsh", "Head of depots", "Not told", "own aim", "Of another"):
        assert secret not in page
    document = kept.work.store.releases.all()[-1].tables
    assert document["priorities"][0]["done"] == [
        {"told": TOLD, "status": "in place", "helped": "yes"}
    ]


def test_another_word_for_residents_makes_another_release_of_the_same_figures(kept: Kept) -> None:
    (first,) = kept.work.store.releases.all()
    one = begun(kept.town, theme="t0", told=TOLD)
    assert TOLD in residents_version(kept)
    residents_version(kept)
    now = keeping.Action(id=one.id, idea=one.idea, theme="t0", told="A second team has begun.")
    keeping.save(kept.town.site, kept.town.people["lead"], kept.town.here, now)
    assert "A second team has begun." in residents_version(kept)
    lines = kept.work.store.releases.all()
    assert [line.tables["number"] for line in lines] == [1, 2, 3]
    figures = [
        [(p["id"], p["people"], p["prevalence"], p["rank"]) for p in line.tables["priorities"]]
        for line in lines
    ]
    assert figures[0] == figures[1] == figures[2]
    assert first.release == lines[0].release


def test_an_action_whose_code_was_merged_since_answers_what_it_became(kept: Kept) -> None:
    book = """
[codebook]
id = "town"
name = "Town"
version = "1.0"

[[codes]]
id = "t0"
name = "Theme t0"
definition = "What is said of it."
examples = ["It."]

[[codes]]
id = "old"
name = "Old"
definition = "What was said of it."
examples = ["It was."]
status = "retired"
replaced_by = ["t0"]

[[codes]]
id = "whole"
name = "Whole"
definition = "What was said of it."
examples = ["It was all."]
status = "retired"
replaced_by = ["t0", "t1"]

[[codes]]
id = "t1"
name = "Theme t1"
definition = "What is said of that."
examples = ["That."]
"""
    kept.work.store.loop.keep_book("town", "1.0", book)
    kept.work.vault.write(books.FIRST, {"id": "town", "version": "1.0"})
    begun(kept.town, theme="old", theme_name="Old", told=TOLD)
    begun(kept.town, theme="whole", theme_name="Whole", told="Nobody has said which part.")
    page = residents_version(kept)
    assert TOLD in part_of(page, "t0")
    assert "Nobody has said which part." not in page
    team = kept.page("actions/you-said-we-did/")
    assert "1 action told in words for residents" in team
    assert "“Whole” was split into “Theme t0” and “Theme t1”" in kept.page(
        f"actions/{keeping.everything(kept.town.site, kept.town.here)[1].id}/"
    )
