"""The day jumps by years, ahead and back: nothing is lost of what people said, nothing doubled."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from listening.steps import retaining
from listening.steps.attending import retain_all
from listening.steps.understanding import Answers
from listening.store.accounts import people
from tests.conftest import FakeModels
from tests.web.material import NOTE, SURVEY, TRANSCRIPT, TRUE, again, kept, received
from tests.web.sending import half_at, phone_of
from tests.web.town import Town, client_of, town_at

TODAY = date(2026, 7, 1)
#: as a clock whose battery is empty, one that is right, and one that somebody mistyped
DAYS = [date(1970, 1, 1), date(2019, 3, 1), TODAY, date(2031, 8, 1), date(2126, 1, 1)]
THERE_AND_BACK = [*DAYS, *reversed(DAYS), TODAY]
RULES = """name = "Mill Town"
question = "What would help?"
[consent]
years = 2
[retention]
originals_months = 6
words_months = 36
quotes_months = 12
results_months = 12
trail_months = 72
"""
YEARS = 5 * 365 * 86400.0


@pytest.fixture
def town(tmp_path: Path, pipeline: Any) -> Iterator[Town]:
    with town_at(tmp_path / "home", FakeModels(pipeline)) as opened:
        (opened.site.work(opened.here).settings.home / "programme.toml").write_text(
            RULES, encoding="utf-8"
        )
        assert retain_all(opened.site) == 1  # a first time at which nothing is due
        yield opened


def on(town: Town, day: date) -> None:
    town.site.today = lambda: day


def held(town: Town) -> dict[str, Any]:
    """What is kept of people: in which source, until when, and what they said."""
    store = town.site.work(town.here).store
    heard = sorted((one.participant_id, one.until, one.quotable) for one in store.kept.heard())
    files = sorted((one.id, one.state) for one in uploads_of(town))
    return {"heard": heard, "texts": sorted(store.texts()), "files": files}


def uploads_of(town: Town) -> list[Any]:
    from listening.store.accounts import uploads as sent

    return list(sent.every(town.here.slug))


def test_retention_erases_nothing_while_the_day_is_wrong_and_goes_on_when_it_is_right(
    town: Town,
) -> None:
    kept(town, TRANSCRIPT, "talk.txt", TRUE)
    kept(town, SURVEY, "survey.csv", Answers())
    before = held(town)
    assert before["texts"]
    for day in THERE_AND_BACK:
        on(town, day)
        retain_all(town.site)
        retain_all(town.site)  # looked at again the same day
        assert held(town) == before, day
    place = retaining.of_programme(town.site, town.here)
    assert retaining.waits(place) == retaining.overdue(place) == ""
    assert [one.counts for one in place.work.store.kept.receipts()] == []


def test_a_file_that_is_sent_under_every_day_is_kept_once(town: Town) -> None:
    first = kept(town, TRANSCRIPT, "talk.txt", TRUE)
    before = held(town)
    for day in THERE_AND_BACK:
        on(town, day)
        twin = received(town, TRANSCRIPT, "talk.txt")
        assert twin.id == first.id
        assert held(town) == before, day


def test_files_read_under_any_day_lose_nobody_and_give_nobody_twice(town: Town) -> None:
    sent = {
        DAYS[0]: (TRANSCRIPT, "talk.txt", TRUE),
        DAYS[-1]: (SURVEY, "survey.csv", Answers()),
        TODAY: (NOTE, "note.txt", Answers(kind="street", consent="quotation")),
    }
    for day, file in sent.items():
        on(town, day)
        upload = kept(town, *file)
        assert again(town, upload).state == "kept"
    on(town, TODAY)
    told = held(town)
    everybody = [who for who, _, _ in told["heard"]]
    assert len(everybody) == len(set(everybody)) == 5  # one talked, three answered, one was met
    assert people.rows("Change").filter(action="file kept").count() == 3


def test_consent_that_seems_to_have_ended_holds_again_when_the_day_is_right(town: Town) -> None:
    kept(town, TRANSCRIPT, "talk.txt", TRUE)
    store = town.site.work(town.here).store
    store._objects("Source").update(consent_until="2027-06-30")
    store._objects("Participant").update(consent_until="2027-06-30")
    keys = [row.key for row in store._objects("Source").all()]
    before = held(town)
    for day in THERE_AND_BACK:
        on(town, day)
        retain_all(town.site)
        counted = store.agreed(keys, town.site.today().isoformat())
        assert counted == (keys if day <= date(2027, 6, 30) else []), day
    assert held(town) == before


def test_a_file_that_is_half_sent_goes_on_under_any_day(town: Town) -> None:
    phone = phone_of(town)
    at, cuts = phone.begun(len(TRANSCRIPT)), range(0, len(TRANSCRIPT), 60)
    for start, day in zip(cuts, THERE_AND_BACK, strict=False):
        on(town, day)
        answer = phone.patch(at, start, TRANSCRIPT[start : start + 60])
        assert answer.status_code == 204, (start, day)
        assert half_at(town, at).done or half_at(town, at).arrived == start + 60
    assert half_at(town, at).done
    (upload,) = uploads_of(town)
    assert upload.state == "waiting"


@pytest.mark.parametrize("jump", [YEARS, -YEARS])
def test_a_session_ends_when_the_clock_jumps_and_signing_in_again_finds_everything(
    town: Town, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    upload = kept(town, TRANSCRIPT, "talk.txt", TRUE)
    address, right = f"/programmes/{town.here.slug}/files/", time.time
    officer = client_of(town.people["officer"])
    assert officer.get(address).status_code == 200
    monkeypatch.setattr(time, "time", lambda: right() + jump)
    assert officer.get(address).status_code == 302
    there = client_of(town.people["officer"])
    assert upload.id in there.get(address).content.decode()
    monkeypatch.setattr(time, "time", right)
    assert there.get(address).status_code == 302  # begun on a day that was none
    assert upload.id in client_of(town.people["officer"]).get(address).content.decode()
