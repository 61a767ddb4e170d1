"""What a session must have shown: for how long, the password again, and a code from a phone."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pyotp
import pytest

from listening.errors import ListeningError
from listening.steps import accounts, second
from listening.store.accounts import people, trail
from listening.web import signed
from listening.web.rules import RULES
from tests.web.material import received
from tests.web.town import PASSWORD, Town, client_of


def aged(client: Any, **ago: float) -> Any:
    """Let something of a session have been a while ago."""
    session = client.session
    for name, seconds in ago.items():
        session[name] -= seconds
    session.save()
    return client


@pytest.fixture
def abroad(town: Town) -> Iterator[Town]:
    """The same town, reached by others over a safe address."""
    town.site.settings = replace(town.site.settings, url="https://listening.example.org")
    return town


def seed_of(town: Town, who: str) -> pyotp.TOTP:
    """Set up somebody's app; return it."""
    address = second.offer(town.site, town.people[who])
    app = pyotp.parse_uri(address)
    assert isinstance(app, pyotp.TOTP)
    assert second.accept(town.site, town.people[who], app.now())
    return app


def next_code(app: pyotp.TOTP, town: Town, who: str) -> str:
    """Return a code that was not used: as if half a minute had passed."""
    vault = second._vault(town.site)
    book = vault.read("second")
    book[str(town.people[who].id)]["step"] -= 2
    vault.write("second", book)
    return app.now()


def test_a_session_ends_after_a_working_day_however_much_it_is_used(town: Town) -> None:
    client = aged(client_of(town.people["officer"]), began=signed.LONGEST - 60)
    assert client.get(f"/programmes/{town.here.slug}/").status_code == 200
    assert aged(client, began=120).get("/").url.startswith("/sign-in/?next=")
    assert client.get("/password/").url.startswith("/sign-in/")  # it is gone, not only refused


FRESH = sorted(name for name, rule in RULES.items() if rule.fresh)


def test_what_lets_in_erases_or_shows_what_is_apart_asks_for_the_password_again() -> None:
    assert FRESH == [
        "contacts",
        "contacts-csv",
        "disclosure",
        "file-removed",
        "make-release",
        "new-second",
        "people",
        "safeguarding",
        "sign-out-elsewhere",
        "take-role",
        "withdraw",
    ]


def test_after_half_an_hour_the_password_is_asked_for_and_then_one_goes_on(town: Town) -> None:
    at = f"/programmes/{town.here.slug}/people/"
    client = aged(client_of(town.people["administrator"]), proved=signed.FRESH + 1)
    before = client.session.session_key

    asked = client.get(at)
    assert asked.url == f"/password/again/?next={at.replace('/', '%2F')}"
    assert b"The password is wrong" in client.post(asked.url, {"password": "no"}).content
    assert client.get(at).status_code == 302
    assert client.post(asked.url, {"password": PASSWORD, "next": at}).url == at

    assert client.get(at).status_code == 200
    assert client.session.session_key != before


def test_a_role_is_not_taken_by_whoever_finds_a_screen_left_open(town: Town) -> None:
    member = next(m for m in accounts.members(town.here) if m.role == "lead")
    client = aged(client_of(town.people["administrator"]), proved=signed.FRESH + 1)
    at = f"/programmes/{town.here.slug}/people/"
    answer = client.post(f"{at}{member.id}/take/", headers={"referer": f"http://localhost{at}"})
    assert answer.url == f"/password/again/?next={at.replace('/', '%2F')}"
    assert member in accounts.members(town.here)


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"]
)
def test_nobody_is_sent_elsewhere_after_the_password(town: Town, to: str) -> None:
    client = client_of(town.people["officer"])
    assert client.post("/password/again/", {"password": PASSWORD, "next": to}).url == "/"


def test_five_wrong_passwords_lock_here_as_they_do_at_the_door(town: Town) -> None:
    client = aged(client_of(town.people["officer"]), proved=signed.FRESH + 1)
    for _ in range(5):
        client.post("/password/again/", {"password": "wrong"})
    assert client.post("/password/again/", {"password": PASSWORD}).status_code == 429


def test_somebody_with_an_app_gets_nowhere_by_the_password_alone(town: Town) -> None:
    app = seed_of(town, "lead")
    client = client_of(None)
    client.post("/sign-in/", {"username": "lead@mill.example", "password": PASSWORD})

    for at in ("/", "/password/", f"/programmes/{town.here.slug}/priorities/", "/code/new/"):
        assert client.get(at).url.startswith("/code/?next="), at
    assert client.post("/password/elsewhere/").url.startswith("/code/")

    answer = client.post("/code/", {"code": next_code(app, town, "lead"), "next": "/password/"})
    assert answer.url == "/password/"
    assert client.get("/password/").status_code == 200


def test_a_code_is_taken_once_and_five_wrong_ones_have_to_wait(town: Town) -> None:
    app = seed_of(town, "lead")
    lead = town.people["lead"]
    assert not second.see(town.site, lead, app.now())  # it was used when the app was set up
    assert second.see(town.site, lead, f" {next_code(app, town, 'lead')[:3]} " + app.now()[3:])
    for _ in range(5):
        assert not second.see(town.site, lead, "000000")
    with pytest.raises(ListeningError, match="wrong 5 times"):
        second.see(town.site, lead, next_code(app, town, "lead"))
    assert ("wrong code", lead.email) in [(one.action, one.who) for one in trail.newest("")]


def test_where_others_reach_the_site_an_administrator_needs_an_app(abroad: Town) -> None:
    at = f"/programmes/{abroad.here.slug}/"
    client = client_of(abroad.people["administrator"])
    assert client.get(f"{at}people/").url.startswith("/code/new/?next=")
    assert client_of(abroad.people["safeguarding"]).get(at).url.startswith("/code/new/")
    assert client_of(abroad.people["officer"]).get(at).status_code == 200

    page = client.get("/code/new/").content.decode()
    assert "<svg" in page
    address = second.offer(abroad.site, abroad.people["administrator"])
    code = pyotp.parse_uri(address).now()  # type: ignore[union-attr]
    assert client.post("/code/new/", {"code": code, "next": f"{at}people/"}).url == f"{at}people/"
    assert client.get(f"{at}people/").status_code == 200


def test_on_a_machine_of_ones_own_nobody_needs_an_app(town: Town) -> None:
    at = f"/programmes/{town.here.slug}/people/"
    assert client_of(town.people["administrator"]).get(at).status_code == 200


def test_a_lost_app_is_forgotten_by_the_operator_alone_and_every_session_ends(town: Town) -> None:
    seed_of(town, "lead")
    client = client_of(town.people["lead"])
    second.forget(town.site, "Lead@mill.example")
    assert client.get("/").url.startswith("/sign-in/")
    assert not second.has(town.site, town.people["lead"])
    with pytest.raises(ListeningError, match="nobody's"):
        second.forget(town.site, "nobody@mill.example")


def test_seeds_lie_sealed_in_the_vault_and_not_in_the_accounts(reading: Town) -> None:
    secret = str(pyotp.parse_uri(second.offer(reading.site, reading.people["lead"])).secret)
    for path in reading.site.settings.home.rglob("*"):
        assert not path.is_file() or secret.encode() not in path.read_bytes(), path


def test_one_signs_out_everywhere_else(town: Town) -> None:
    here, there, another = (client_of(town.people[w]) for w in ("lead", "lead", "officer"))
    here.post("/password/elsewhere/")
    assert here.get("/").url.startswith("/programmes/")
    assert there.get("/").url.startswith("/sign-in/")
    assert another.get("/").url.startswith("/programmes/")


def test_the_operator_signs_somebody_out(town: Town) -> None:
    client = client_of(town.people["lead"])
    accounts.sign_out("lead@mill.example")
    assert client.get("/").url.startswith("/sign-in/")
    with pytest.raises(ListeningError, match="nobody's"):
        accounts.sign_out("nobody@mill.example")


def test_a_browser_is_asked_to_forget_when_somebody_signs_out(town: Town) -> None:
    answer = client_of(town.people["lead"]).post("/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache"'


def test_wrong_passwords_stand_in_the_trail_where_the_address_is_known(town: Town) -> None:
    for typed in ("lead@mill.example", "someone@else.example"):
        client_of(None).post("/sign-in/", {"username": typed, "password": "wrong"})
    rows = people.rows("Change").filter(action="wrong password")
    assert [row.who for row in rows] == ["lead@mill.example"]


def test_who_tries_what_is_not_theirs_stands_in_the_log_without_its_words(
    reading: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "listening.web")
    upload = received(reading)
    at = f"/programmes/{reading.here.slug}/"
    client_of(reading.people["officer"]).get(f"{at}people/")
    client_of(reading.people["outsider"]).get(at)
    client_of(reading.people["second officer"]).get(f"{at}files/{upload.id}/")
    who = [reading.people[one].id for one in ("officer", "outsider", "second officer")]
    names = ("people", "programme", "file")
    assert [one.getMessage() for one in caplog.records if one.name == "listening.web"] == [
        f"refused: {name} to person {one}" for name, one in zip(names, who, strict=True)
    ]


@pytest.mark.parametrize(
    "password",
    [
        "iloveyou1234567", "1qaz2wsx3edc4rfv", "passwordpassword", "Listening2026!",
        "communitylistening", "council council", "Mill Town, spring", "wrenashdown2026",
    ],
)  # fmt: skip
def test_a_password_that_leaked_or_stands_around_is_refused(town: Town, password: str) -> None:
    token = accounts.invite("wren@mill.example", town.here, "officer").token
    given = {"name": "Wren Ashdown", "password": password}
    page = client_of(None).post(f"/invitation/{token}/", given)
    assert b"There is a problem" in page.content
    assert people.find("wren@mill.example") is None


@pytest.mark.parametrize(
    "password", ["q" * 6 + "gannet harbour mandolin" * 9, "žluťoučký kůň úpěl"]
)
def test_long_passwords_and_any_signs_will_do(town: Town, password: str) -> None:
    token = accounts.invite("wren@mill.example", town.here, "officer").token
    given = {"name": "Wren Ashdown", "password": password}
    assert client_of(None).post(f"/invitation/{token}/", given).status_code == 302
    asked = {"username": "wren@mill.example", "password": password}
    assert client_of(None).post("/sign-in/", asked).status_code == 302


def test_a_link_of_before_a_restore_lets_nobody_in(town: Town) -> None:
    from django.test import override_settings

    token = accounts.invite("new@mill.example", town.here, "administrator").token
    # signing.key lies in no backup: a restored site has another
    with override_settings(SECRET_KEY="of the restored site" * 3):
        assert client_of(None).get(f"/invitation/{token}/").status_code == 404
    assert client_of(None).get(f"/invitation/{token}/").status_code == 200
