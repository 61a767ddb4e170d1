"""Results and releases that go while a page reads them: it says so, and nothing breaks."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.attackers import Programme as People
from listening.errors import NothingToDo
from listening.steps import kept_releases, releasing, signing
from listening.steps.kept_folder import results_folder
from tests.web.kept_town import Kept, keep
from tests.web.panel_town import keep_document
from tests.web.town import Town, client_of


@pytest.fixture
def kept(town: Town) -> Kept:
    return keep(town, People.make(4, 200))


def gone_before(kept: Kept, reading: Callable[..., Any]) -> Callable[..., Any]:
    """Read as before, but after a withdrawal took the results away."""

    def read(*args: Any) -> Any:
        shutil.rmtree(results_folder(kept.work), ignore_errors=True)
        return reading(*args)

    return read


@pytest.mark.parametrize("page", ["quotes/", "releases/"])
def test_a_page_says_to_look_again_where_results_went_meanwhile(
    kept: Kept, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "read_csv", gone_before(kept, signing.read_csv))
    answer = kept.client().get(kept.address(page))
    assert answer.status_code == 503
    assert b"being made anew" in answer.content


def test_the_priorities_say_to_look_again_where_their_tables_went_meanwhile(town: Town) -> None:
    first = keep_document(town)["priorities"][0]["id"]  # the document alone is left
    for page in ("", f"of/{first}/"):
        client = client_of(town.people["lead"])
        answer = client.get(f"/programmes/{town.here.slug}/priorities/{page}")
        assert answer.status_code == 503
        assert b"being made anew" in answer.content


def test_what_is_decided_on_a_quote_that_went_meanwhile_breaks_nothing(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = kept.client().get(kept.address("quotes/")).content.decode()
    quote = listed.split("/quotes/")[1].split("/")[0]
    fields = {**kept.fields(f"quotes/{quote}/"), "decision": "signed"}
    monkeypatch.setattr(signing, "read_csv", gone_before(kept, signing.read_csv))
    answer = kept.client().post(kept.address(f"quotes/{quote}/"), fields)
    assert answer.status_code in (302, 503)
    assert kept.work.store.releases.every_decision() == []


@pytest.mark.parametrize("part", ["report.html", kept_releases.ZIP])
def test_files_of_a_release_that_are_taken_down_meanwhile_are_not_there(
    kept: Kept, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = kept_releases.names
    folder = next(results_folder(kept.work).iterdir())
    made = releasing.release(kept.work, folder, None)

    def names(*args: Any) -> list[str]:
        known = found(*args)
        kept_releases.take_down(kept.work, made.release)
        return known

    monkeypatch.setattr(kept_releases, "names", names)
    with pytest.raises(NothingToDo, match="not kept here"):
        kept_releases.content(kept.work, made.release, part)
