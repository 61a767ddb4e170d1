"""The address that Label Studio calls: a hint to pull, from whoever knows it and nobody else."""

from __future__ import annotations

import logging

import pytest

from listening.steps.coding import following, push
from listening.steps.selecting import select
from listening.web import here
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, BEN, CODERS, book, lay_out, ticked
from tests.steps.town import RUN
from tests.web.town import Town, client_of


def test_a_call_with_the_secret_is_a_hint_and_any_other_is_nowhere(town: Town) -> None:
    hinted = []
    here.reader().hint = lambda: hinted.append(1)  # type: ignore[method-assign]
    path = following.path_to_call(town.site.settings)
    client = client_of(None)
    assert client.post(path, {"action": "ANNOTATION_CREATED"}).status_code == 204
    assert client.post("/coded/guessed/").status_code == 404
    assert client.get(path).status_code == 405
    assert hinted == [1]


def test_every_programme_that_codes_is_pulled_and_a_fault_in_one_stops_no_other(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    servers = {}
    for programme in (town.here, town.elsewhere):
        work = town.site.work(programme)
        servers[programme.slug] = FakeLabelStudio(CODERS)
        lay_out(work, answers=5, group=False)
        select(work, RUN, None, None, 0)
        push(work, RUN, book(), servers[programme.slug], [ADA, BEN])
        task = next(iter(servers[programme.slug].hold(f"whole/{ADA}")))
        servers[programme.slug].submit(task, ADA, ticked("parks"))
    servers[town.here.slug].fails_in = 0
    by_home = {
        town.site.work(p).settings.home: servers[p.slug] for p in (town.here, town.elsewhere)
    }
    monkeypatch.setattr(following, "connected", lambda work: by_home[work.settings.home])
    with caplog.at_level(logging.WARNING):
        following.pull_everywhere(town.site)
    assert town.site.work(town.here).store.codings().empty
    assert set(town.site.work(town.elsewhere).store.codings()["code"]) == {"parks"}
    assert "does not answer" in caplog.text
