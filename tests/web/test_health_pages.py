"""What machines and administrators are told of how the system is, and what nobody is told."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from listening.errors import Fault
from listening.settings import Settings
from listening.steps import health, retaining
from listening.steps.attending import Reader
from listening.steps.backup import making
from listening.steps.retaining import last
from listening.web import here, logs, metrics
from tests.web.material import TRANSCRIPT, kept, received
from tests.web.material import TRUE as ANSWERS
from tests.web.town import Town, client_of

CANARY = "quenthorpe"


@pytest.fixture
def serving(town: Town) -> Iterator[Town]:
    """A town whose reader is alive."""
    reader = Reader(town.site)
    here.serve_from(town.site, reader)
    reader.begin()
    yield town
    reader.stop()


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What the log says while a test runs, as JSON."""
    told: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(logs.Lines().format(record))

    handler, watched = Kept(), logging.getLogger("listening")
    requests = logging.getLogger("listening.requests")
    before = requests.level
    requests.setLevel(logging.INFO)
    watched.addHandler(handler)
    yield told
    watched.removeHandler(handler)
    requests.setLevel(before)


def events(lines: list[str], name: str = "answered") -> list[dict[str, Any]]:
    return [one for one in map(json.loads, lines) if one["event"] == name]


def test_machines_are_told_one_word_and_get_no_cookie(serving: Town) -> None:
    client = client_of(None)
    live, ready = client.get("/health/live"), client.get("/health/ready")
    assert (live.status_code, live.content) == (200, b"live\n")
    assert (ready.status_code, ready.content) == (200, b"ready\n")
    assert not client.cookies


def test_whatever_name_a_probe_uses_it_is_answered_and_no_page_is(serving: Town) -> None:
    client = client_of(None)
    assert client.get("/health/live", headers={"host": "10.0.0.7:8000"}).status_code == 200
    assert client.get("/sign-in/", headers={"host": "10.0.0.7:8000"}).status_code == 400


def test_a_reader_that_is_dead_makes_the_system_not_ready_and_it_says_no_more(town: Town) -> None:
    here.serve_from(town.site, Reader(town.site))
    told = client_of(None).get("/health/ready")
    assert (told.status_code, told.content) == (503, b"not ready\n")
    page = client_of(town.people["administrator"]).get(f"/programmes/{town.here.slug}/health/")
    assert "Nothing is read: start the server again" in page.content.decode()


def test_a_vault_whose_key_is_not_set_makes_the_system_not_ready(reading: Town) -> None:
    reading.site.work(reading.here).vault.write("people", {"a": "P00001"})
    assert health.is_ready(health.ready(reading.site, reader_lives=True))
    reading.site.settings = replace(reading.site.settings, vault_key="")
    reading.site._opened.clear()
    checks = {one.name: one.state for one in health.ready(reading.site, reader_lives=True)}
    assert checks["vault"] == health.BAD


def test_a_label_studio_that_is_away_is_told_of_and_the_pages_stay_ready(town: Town) -> None:
    away = "http://127.0.0.1:9"
    town.site.settings = replace(town.site.settings, label_studio_url=away)
    checks = {one.name: one for one in health.beside(town.site)}
    assert checks["label studio"].why == "away"
    assert checks["label studio"].state == health.LOOK


def test_a_backup_that_was_made_is_known_of(town: Town, tmp_path: Path) -> None:
    assert health.last_backup(town.site) is None
    making.back_up(town.site.settings, tmp_path / "backup.zip")
    made = {one.name: one for one in health.beside(town.site)}["backup"]
    assert (made.state, made.figure) == (health.GOOD, 0)


def test_rules_that_cannot_be_read_are_told_of_and_stop_no_page(town: Town) -> None:
    home = town.site.work(town.here).settings.home
    (home / "programme.toml").write_text("retention = 3", encoding="utf-8")
    assert {one.name: one.state for one in health.beside(town.site)}["retention"] == health.LOOK
    metrics.SYSTEM.forget()
    assert "listening_retention_overdue 1.0" in metrics.text().decode()
    assert client_of(None).get("/metrics").status_code == 200


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (retaining.BACK, "today is before the day on which it was done last"),
        (retaining.AHEAD, "clock has jumped ahead"),
        (retaining.FIRST, "due for the first time"),
        (retaining.CHANGED, "The rules have changed"),
    ],
)
def test_why_nothing_goes_by_itself_is_said_to_administrators(
    town: Town, why: str, words: str
) -> None:
    work = town.site.work(town.here)
    told = 'name = "Mill"\nquestion = "What?"\n[retention]\ntrail_months = 3\n'
    (work.settings.home / "programme.toml").write_text(told, encoding="utf-8")
    work.vault.write(last.BOOK, {"day": "2026-07-01", "looked": "2026-07-01", "held": why})
    page = client_of(town.people["administrator"]).get(f"/programmes/{town.here.slug}/health/")
    assert words in page.content.decode()
    assert "listening retain --dry-run" in page.content.decode()
    metrics.SYSTEM.forget()
    assert "listening_retention_overdue 1.0" in metrics.text().decode()


def test_metrics_are_for_this_machine_or_for_whoever_has_the_token(town: Town) -> None:
    client = client_of(None)
    assert b"listening_files{" in client.get("/metrics").content
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.7").status_code == 404
    through = {"x-forwarded-for": "10.0.0.7"}
    assert client.get("/metrics", headers=through).status_code == 404
    guess = {"authorization": "Bearer "}
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.7", headers=guess).status_code == 404
    town.site.settings = replace(town.site.settings, metrics_token="kettle")
    right = {"authorization": "Bearer kettle"}
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.7", headers=right).status_code == 200
    wrong = {"authorization": "Bearer kettl\u00e9"}
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.7", headers=wrong).status_code == 404


def test_metrics_count_what_was_done(town_in_plain: Town) -> None:
    town = town_in_plain
    kept(town, TRANSCRIPT, "talk.txt", ANSWERS)
    received(town, b"Wren: What would help?\nQuill: A warm place to sit.\n", "other.txt")
    metrics.SYSTEM.forget()
    told = metrics.text().decode()
    assert 'listening_files{state="kept"} 1.0' in told
    assert 'listening_files{state="waiting"} 1.0' in told
    assert "listening_runs_total 1.0" in told
    assert re.search(r'listening_stage_seconds_total\{stage="segment"\} \d', told)
    assert "listening_backup_age_seconds -1.0" in told
    assert "listening_withdrawals_pending 0.0" in told


def test_a_request_is_told_by_the_name_of_its_address_and_counted(
    town: Town, lines: list[str]
) -> None:
    client = client_of(town.people["lead"])
    answer = client.get(f"/programmes/{town.here.slug}/search/?q=damp")
    (told,) = events(lines)
    assert (told["view"], told["status"], told["method"]) == ("search", 200, "GET")
    assert told["role"] == "lead"
    assert told["ms"] > 0
    assert answer[logs_header()] == told["request"]
    metrics.SYSTEM.forget()
    assert 'listening_requests_total{status="200",view="search"}' in metrics.text().decode()


def logs_header() -> str:
    from listening.web.watched import HEADER

    return HEADER


@pytest.mark.parametrize("given", ["0123456789abcdef", "1b4e28ba-2fa1-11d2-883f-0016d3cca427"])
def test_the_id_that_a_proxy_gave_is_kept(town: Town, lines: list[str], given: str) -> None:
    client_of(None).get("/sign-in/", headers={"x-request-id": given})
    assert events(lines)[0]["request"] == given


def test_no_word_of_anybody_reaches_log_or_metrics(town_in_plain: Town, lines: list[str]) -> None:
    """A canary in every part of a request, in a file, its name, a code and a sign-in."""
    town = town_in_plain
    talk = TRANSCRIPT.replace(b"Quince", CANARY.encode())
    upload = kept(town, talk, f"{CANARY}.txt", ANSWERS)
    client = client_of(town.people["officer"])
    base = f"/programmes/{town.here.slug}"
    odd = {"x-request-id": CANARY, "user-agent": CANARY, "referer": f"https://x/{CANARY}"}
    client.get(f"{base}/search/?q={CANARY}", headers=odd)
    client.get(f"/{CANARY}/?{CANARY}={CANARY}")
    client.get(f"{base}/files/{upload.id}/")
    client.generic(CANARY.upper(), f"/programmes/{CANARY}/")
    client.post(f"{base}/withdraw/", {"said": CANARY})
    client_of(None).post("/sign-in/", {"username": f"{CANARY}@x.example", "password": CANARY})
    metrics.SYSTEM.forget()
    assert len(events(lines)) == 6
    told = "\n".join(lines) + metrics.text().decode()
    assert CANARY not in told.lower()
    assert upload.id not in told
    assert town.here.slug not in told
    assert "officer@mill.example" not in told


def test_a_fault_is_told_by_its_kind_and_place_alone(lines: list[str]) -> None:
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        logging.getLogger("listening.web").error("%s", Fault.of(error), exc_info=True)
    (told,) = map(json.loads, lines)
    assert told["exception"] == "ValueError"
    assert CANARY not in json.dumps(told)


def test_a_plain_log_has_no_line_for_requests(town: Town, capsys: Any) -> None:
    logs.set_up("")
    client_of(None).get("/sign-in/")
    assert "answered" not in capsys.readouterr().err


def test_nothing_that_a_setting_keeps_secret_is_shown() -> None:
    told = repr(Settings(metrics_token="kettle", vault_key="orchard"))
    assert "kettle" not in told
    assert "orchard" not in told
