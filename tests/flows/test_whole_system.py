"""What waits beside the pages is done by runs of a real Prefect, whatever is killed meanwhile."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from listening.steps import retaining, uploads
from listening.steps.attending import Reader
from listening.steps.handing import READ, Job
from listening.steps.kept_results import kept_results
from listening.steps.orchestrating import Runs
from listening.steps.retaining.last import last_of
from listening.steps.understanding import Answers
from listening.web import here
from tests.flows.whole import Whole, free_port, until, words
from tests.web.material import NOTE, SURVEY, TRANSCRIPT, TRUE, again, page_of, received
from tests.web.town import NoModels, Town, client_of, town_at


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """Both parts, started once for all tests of this file."""
    one = Whole(tmp_path_factory.mktemp("whole") / "home", free_port())
    one.start("prefect")
    one.start("worker")
    yield one
    one.stop()


@pytest.fixture(scope="module")
def town(whole: Whole) -> Iterator[Town]:
    """Pages over the home of both parts, in this process."""
    with town_at(whole.home, NoModels()) as opened:
        reader = Reader(opened.site, whole.handing())
        reader.begin()
        here.serve_from(opened.site, reader)
        yield opened
        reader.stop()


def confirmed(town: Town, content: bytes, name: str, answers: Any = TRUE) -> Any:
    """Send a file and confirm it on its page, as an officer does."""
    upload = received(town, content, name)
    uploads.answer(town.site, upload, answers)
    officer = client_of(town.people["officer"])
    assert officer.post(f"{page_of(town, upload)}confirm/").status_code == 302
    return upload


def is_kept(town: Town, upload: Any) -> bool:
    return again(town, upload).state == "kept"


def ask(whole: Whole, path: str, body: Any) -> Any:
    return Runs(whole.url, whole.home)._ask(path, body)


def kept_notes(town: Town, upload: Any) -> int:
    """How often the trail says that a file was kept."""
    from listening.store.accounts import people

    return int(people.rows("Change").filter(action="file kept", object=upload.book).count())


def test_a_file_confirmed_on_its_page_is_read_by_a_run_and_the_pages_say_how_far_it_is(
    whole: Whole, town: Town
) -> None:
    until(whole.works, "the worker starts")
    upload = confirmed(town, TRANSCRIPT, "talk of Oriel Quince.txt")
    officer = client_of(town.people["officer"])
    until(
        lambda: b"Begun at" in officer.get(f"/programmes/{town.here.slug}/files/").content,
        "the list of files says since when it is read",
    )
    until(lambda: is_kept(town, upload), "the file is read")


def test_priorities_asked_for_on_the_page_come_from_a_run_and_prefect_hears_no_word(
    whole: Whole, town: Town
) -> None:
    address = f"/programmes/{town.here.slug}/priorities/"
    lead = client_of(town.people["lead"])
    assert lead.post(f"{address}ask/", {"once": "pressed"}).status_code == 302
    assert lead.post(f"{address}ask/", {"once": "pressed"}).status_code == 302
    until(lambda: b'id="run"' in lead.get(address).content, "the page shows the run")
    work = town.site.work(town.here)
    until(lambda: kept_results(work), "results are made")
    runs = ask(whole, "flow_runs/filter", {"flows": {"name": {"any_": ["results"]}}})
    assert len(runs) == 1
    artifacts = ask(whole, "artifacts/filter", {})
    assert {one["key"] for one in artifacts} >= {"read", f"results-{town.here.slug}"}
    for file in (whole.home / "prefect").rglob("*"):
        if file.is_file():
            held = file.read_bytes()
            assert not [word for word in (b"Quince", b"damp", b"talk of") if word in held]


def test_what_was_kept_for_its_time_goes_by_a_run_once_a_day(whole: Whole, town: Town) -> None:
    work = town.site.work(town.here)
    rules = 'name = "Mill Town"\nquestion = "What?"\n[retention]\ntrail_months = 72\n'
    (work.settings.home / "programme.toml").write_text(rules, encoding="utf-8")
    whole.handing().retain(town.site)
    until(lambda: last_of(work.vault).day, "it is looked whether anything is due")
    # the run goes by the machine's own day
    assert list(retaining.waiting(replace(town.site, today=date.today))) == []
    (run,) = ask(whole, "flow_runs/filter", {"flows": {"name": {"any_": ["retain"]}}})
    assert run["parameters"] == {}


def test_a_run_whose_process_is_killed_is_taken_up_again_and_does_nothing_twice(
    whole: Whole, town: Town
) -> None:
    upload = confirmed(town, SURVEY, "survey.csv", Answers())
    hands = whole.handing()

    def midway() -> list[int]:
        told = hands.working(Job(READ))
        return whole.processes_of_runs() if told and told.stage else []

    for pid in until(midway, "the run is midway"):
        os.kill(pid, signal.SIGKILL)
    until(lambda: is_kept(town, upload), "the file is read all the same")
    until(lambda: kept_notes(town, upload), "the trail says so")
    assert kept_notes(town, upload) == 1
    newest, *_ = hands.runs.of(READ)
    (told,) = ask(whole, "flow_runs/filter", {"flow_runs": {"id": {"any_": [newest.id]}}})
    assert told["run_count"] == 2


def test_a_server_and_a_worker_that_are_killed_lose_nothing_and_leave_nothing(
    whole: Whole, town: Town
) -> None:
    upload = confirmed(town, NOTE, "note.txt", Answers(kind="street", consent="quotation"))
    left = until(whole.processes_of_runs, "a run begins")
    whole.kill("worker")
    whole.kill("prefect")
    until(lambda: not any("flows.engine" in words(pid) for pid in left), "the run ends with them")
    whole.log.write_bytes(b"")
    whole.start("prefect")
    whole.start("worker")
    until(lambda: is_kept(town, upload), "it is read after all")
    until(lambda: kept_notes(town, upload), "the trail says so")
    assert kept_notes(town, upload) == 1
