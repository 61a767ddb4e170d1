"""Somebody with a seat in the team who tries more: other programmes, other paths, chosen waves."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from benchmarks.attackers import Programme as People
from listening.steps import Work, kept_results, waves
from listening.steps.acting import keeping
from listening.steps.coding import following
from listening.steps.releasing import release
from listening.store.accounts import people
from tests.web.acting import begun
from tests.web.kept_town import keep
from tests.web.panel_town import open_panel
from tests.web.town import Town, client_of
from tests.web.waves_town import Listened, listened

PATHS = (
    "..", "../report.html", "..%2Freport.html", "%2e%2e%2f%2e%2e%2faccounts.sqlite3", "....//x",
    "/etc/passwd", "..\\..\\signing.key", "%00", "report.html%00.json", "~/.env", "all.zip/..",
)  # fmt: skip


@pytest.mark.parametrize("part", PATHS)
def test_no_path_of_a_download_leads_out_of_its_folder(town: Town, part: str) -> None:
    kept = keep(town, People.make(4, 200))
    folder = kept_results.kept_results(kept.work)
    assert folder
    made = release(kept.work, folder.folder, None)
    home = f"/programmes/{town.here.slug}"
    for at in (f"{home}/releases/{made.release}/{part}", f"{home}/kit/{part}"):
        answer = client_of(town.people["lead"]).get(at)
        assert answer.status_code in (302, 400, 404), at
        assert b"SQLite" not in answer.content
        assert b"root:" not in answer.content


def test_a_release_opens_through_no_other_programme(town: Town) -> None:
    kept = keep(town, People.make(4, 200))
    folder = kept_results.kept_results(kept.work)
    assert folder
    made = release(kept.work, folder.folder, None)
    people.give(town.people["lead"], town.elsewhere.slug, "lead")
    at = f"/programmes/{town.elsewhere.slug}/releases/{made.release}/priorities.json"
    answer = client_of(town.people["lead"]).get(at)
    assert answer.status_code == 302  # back to the list, which says that there is none
    assert b"Theme" not in answer.content


def test_no_word_of_an_action_crosses_to_another_programme(town: Town) -> None:
    kept = begun(town)
    told = keeping.everything(town.site, town.here)
    words = {str(word) for one in told for word in vars(one).values() if len(str(word)) > 12}
    for role in ("lead", "officer", "researcher"):
        people.give(town.people["second officer"], town.elsewhere.slug, role)
    for who, slug in (("outsider", town.elsewhere.slug), ("second officer", town.elsewhere.slug)):
        for page in ("", "shared/", "escalated/", "equity/", "drivers/", "you-said-we-did/"):
            answer = client_of(town.people[who]).get(f"/programmes/{slug}/actions/{page}")
            assert answer.status_code == 200
            shown = answer.content.decode()
            assert kept.id not in shown
            assert not [word for word in words if word in shown]


def test_a_panels_link_opens_nothing_else_and_tells_nothing_of_itself(town: Town) -> None:
    link = open_panel(town)
    token = link.split("/")[2]
    for at in (f"/invitation/{token}/", f"/coded/{token}/", f"/panel/{token[:-1]}x/"):
        assert client_of(None).get(at).status_code in (404, 405)
        assert client_of(None).post(at).status_code == 404
    answer = client_of(None).get(link)
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"
    for one in town.site.settings.home.rglob("*"):
        assert not one.is_file() or token.encode() not in one.read_bytes(), one


def test_the_address_that_label_studio_calls_stands_on_no_page(town: Town) -> None:
    secret = following.secret_of(town.site.settings)
    assert len(secret) >= 32
    for who in ("administrator", "researcher", "lead"):
        for page in ("", "coding/", "people/", "trail/"):
            at = f"/programmes/{town.here.slug}/{page}"
            assert secret not in client_of(town.people[who]).get(at).content.decode()
    for wrong in ("x", secret[:-1], secret + "x", secret.swapcase()):
        assert client_of(None).post(f"/coded/{wrong}/").status_code == 404


def test_days_of_waves_that_a_lead_chooses_change_nothing_that_leaves_the_team(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One person alone between two days: the page is the team's, and a release knows no waves."""
    told = [Listened("2026-03-05", 12), Listened("2026-05-06", 18)]
    with listened(tmp_path / "home", monkeypatch, told) as made:
        site, lead, here = made.town.site, made.town.people["lead"], made.town.here
        one = made.work.store._objects("Document").filter(document_id="a0")
        one.update(date="2026-04-07")
        kept_results.make_results(made.work)
        first = released(made.work, tmp_path / "first")
        for day in ("2026-04-07", "2026-04-08"):
            waves.begin(site, lead, here, date.fromisoformat(day), f"alone on {day}")
        kept_results.make_results(made.work)
        second = released(made.work, tmp_path / "second")
        assert first.keys() == second.keys()
        for name, content in first.items():
            assert b"alone on" not in second[name]
            if name.endswith((".json", ".csv", ".html")):
                assert content == second[name], name
        assert "waves" not in json.loads(second["priorities.json"])


def released(work: Work, out: Path) -> dict[str, bytes]:
    """Release what is kept; return its files."""
    kept = kept_results.kept_results(work)
    assert kept
    release(work, kept.folder, out)
    return {path.name: path.read_bytes() for path in out.iterdir()}
