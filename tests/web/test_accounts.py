"""Joining, signing in, being locked out, and the trail of it all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from listening.errors import ListeningError
from listening.steps import accounts
from listening.steps import site as site_steps
from listening.store.accounts import invitations, people, trail
from tests.web.town import PASSWORD, Town, client_of

NEW = "gannet harbour mandolin"


def everything_done() -> list[tuple[str, str]]:
    """Return every line of the trail, oldest first."""
    rows = people.rows("Change").order_by("pk")
    return [(row.action, row.who) for row in rows]


def test_somebody_new_joins_by_the_link_and_is_signed_in(town: Town) -> None:
    token = accounts.invite("New@Mill.example", town.here, "officer", "a@mill.example").token
    client = client_of(None)
    page = client.get(f"/invitation/{token}/")
    assert b"new@mill.example" in page.content

    answer = client.post(f"/invitation/{token}/", {"name": "Wren Ashdown", "password": NEW})

    assert answer.url == "/"
    person = people.find("new@mill.example")
    assert person is not None
    assert (person.name, accounts.roles(person, town.here)) == ("Wren Ashdown", {"officer"})
    assert client.get("/").url == f"/programmes/{town.here.slug}/"
    assert everything_done()[-4:] == [
        ("invited", "a@mill.example"),
        ("joined", "new@mill.example"),
        ("invitation accepted", "new@mill.example"),
        ("signed in", "new@mill.example"),
    ]


def test_a_link_is_used_once(town: Town) -> None:
    token = accounts.invite("new@mill.example", town.here, "officer").token
    client_of(None).post(f"/invitation/{token}/", {"name": "Wren", "password": NEW})
    second = client_of(None).post(f"/invitation/{token}/", {"name": "Other", "password": NEW})
    assert second.status_code == 404
    assert len([m for m in accounts.members(town.here) if m.person.email.startswith("new@")]) == 1


def test_a_link_runs_out_and_is_not_kept_itself(town: Town) -> None:
    ended = site_steps.now() - timedelta(seconds=1)
    token = invitations.send("late@mill.example", town.here.slug, "officer", ended)
    assert client_of(None).get(f"/invitation/{token}/").status_code == 404
    assert token not in str(list(people.rows("Invitation").values()))


@pytest.mark.parametrize("password", ["short", "123456789012", "password12345", "new@mill.example"])
def test_a_weak_password_is_refused_with_the_reason(town: Town, password: str) -> None:
    token = accounts.invite("new@mill.example", town.here, "officer").token
    page = client_of(None).post(f"/invitation/{token}/", {"name": "N", "password": password})
    assert b"There is a problem" in page.content
    assert people.find("new@mill.example") is None


def test_somebody_who_has_an_account_accepts_as_themselves_alone(town: Town) -> None:
    lead = town.people["lead"]
    token = accounts.invite(lead.email, town.elsewhere, "lead").token
    assert client_of(None).get(f"/invitation/{token}/").url.startswith("/sign-in/")
    assert (
        b"somebody else" in client_of(town.people["officer"]).get(f"/invitation/{token}/").content
    )
    client_of(town.people["officer"]).post(f"/invitation/{token}/")
    assert accounts.roles(lead, town.elsewhere) == frozenset()

    client_of(lead).post(f"/invitation/{token}/")

    assert accounts.roles(lead, town.elsewhere) == {"lead"}
    assert accounts.roles(town.people["officer"], town.elsewhere) == frozenset()


def test_an_invitation_never_sets_the_password_of_an_account(town: Town) -> None:
    token = accounts.invite(town.people["lead"].email, town.here, "officer").token
    client_of(None).post(f"/invitation/{token}/", {"name": "X", "password": NEW})
    assert not signs_in(town.people["lead"].email, NEW)


def test_a_lost_password_is_chosen_anew_by_a_link_of_its_own(town: Town) -> None:
    email = town.people["officer"].email
    before = client_of(town.people["officer"])
    token = accounts.offer_new_password(email).token

    client_of(None).post(f"/invitation/{token}/", {"password": NEW})

    assert signs_in(email, NEW)
    assert not signs_in(email, PASSWORD)
    assert before.get("/").url.startswith("/sign-in/")  # other devices are signed out
    with pytest.raises(ListeningError, match="nobody's"):
        accounts.offer_new_password("nobody@mill.example")


def signs_in(email: str, password: str) -> bool:
    answer = client_of(None).post("/sign-in/", {"username": email, "password": password})
    return bool(answer.status_code == 302)


def test_signing_in_does_not_mind_how_an_address_is_spelt(town: Town) -> None:
    assert signs_in(" Officer@MILL.example ", PASSWORD)
    assert not signs_in("officer@mill.example", PASSWORD.upper())


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(town: Town) -> None:
    for _ in range(5):
        assert not signs_in("officer@mill.example", "wrong")
    locked = client_of(None).post(
        "/sign-in/", {"username": "officer@mill.example", "password": PASSWORD}
    )
    assert locked.status_code == 429
    assert b"15 minutes" in locked.content
    assert ("locked out after wrong passwords", "officer@mill.example") in everything_done()
    assert signs_in("lead@mill.example", PASSWORD)  # somebody else in the same office


def test_what_was_typed_in_place_of_an_address_is_not_kept_in_the_trail(town: Town) -> None:
    for _ in range(6):
        signs_in("my secret password", "x")
    assert "secret" not in str(list(people.rows("Change").values()))


def test_signing_out_and_a_new_password_are_in_the_trail(town: Town) -> None:
    client = client_of(town.people["lead"])
    given = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert client.post("/password/", given).url == "/"
    assert client.get("/").status_code == 302  # still signed in here
    client.post("/sign-out/")
    assert [action for action, _ in everything_done()][-2:] == ["password changed", "signed out"]


def test_an_administrator_invites_and_takes_roles_away(town: Town) -> None:
    client = client_of(town.people["administrator"])
    page = client.post(
        f"/programmes/{town.here.slug}/people/", {"email": "new@mill.example", "role": "lead"}
    )
    assert b"http://localhost/invitation/" in page.content
    held = next(m for m in accounts.members(town.here) if m.role == "lead")
    officer = client_of(town.people["lead"])
    assert officer.get(f"/programmes/{town.here.slug}/").status_code == 200

    client.post(f"/programmes/{town.here.slug}/people/{held.id}/take/")

    assert officer.get(f"/programmes/{town.here.slug}/").status_code == 404
    lines = trail.newest(town.here.slug)
    assert [(one.action, one.object) for one in lines[:2]] == [
        ("role taken away", "lead@mill.example"),
        ("invited", "new@mill.example"),
    ]
    assert b"role taken away" in client.get(f"/programmes/{town.here.slug}/trail/").content


def test_the_last_administrator_cannot_be_taken_away(town: Town) -> None:
    held = next(m for m in accounts.members(town.here) if m.role == "administrator")
    with pytest.raises(ListeningError, match="only administrator"):
        accounts.remove(town.here, held.id, town.people["administrator"])
    assert held in accounts.members(town.here)


@pytest.mark.parametrize("email", ["", "no", "a@b", "a b@c.example", "@c.example"])
def test_an_address_that_is_none_is_not_invited(town: Town, email: str) -> None:
    with pytest.raises(ListeningError, match="e-mail address"):
        accounts.invite(email, town.here, "officer")


def test_a_role_that_does_not_exist_is_named_with_those_that_do(town: Town) -> None:
    with pytest.raises(
        ListeningError, match="officer, researcher, lead, administrator, safeguarding"
    ):
        accounts.invite("a@mill.example", town.here, "owner")


def test_programmes_of_one_name_are_one_and_of_one_slug_are_two(town: Town) -> None:
    assert accounts.begin_programme("mill town, SPRING") == town.here
    assert accounts.begin_programme("Mill town spring!").slug == "mill-town-spring-2"
    assert accounts.begin_programme("حي").slug == "programme"
