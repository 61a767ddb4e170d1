"""A site with people in every role, and browsers that are signed in as them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from listening.settings import Settings
from listening.steps import accounts
from listening.steps.attending import Reader
from listening.steps.nouns import Person, Programme
from listening.steps.site import Site, open_site
from listening.store.accounts import ROLES, people
from listening.web import here

PASSWORD = "kettle orchard tramline"


class NoModels:
    """Pages themselves load no model."""

    @property
    def pipeline(self) -> Any:
        raise AssertionError("a page asked for the language model")

    encoder = pipeline
    encoder_name = pipeline


@dataclass
class Town:
    """Two programmes, and somebody in every role of the first."""

    site: Site
    here: Programme
    elsewhere: Programme
    people: dict[str, Person]


@contextmanager
def town_at(home: Path, models: Any, key: str = "") -> Iterator[Town]:
    """Open a site with its people; passwords are hashed quickly."""
    from django.test import override_settings

    site = open_site(Settings(home=home, vault_key=key), models)
    site.today = lambda: date(2026, 7, 1)
    here.serve_from(site, Reader(site))
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        mill = accounts.begin_programme("Mill Town, spring")
        town = Town(site, mill, accounts.begin_programme("Harbour Side"), {})
        for role in ROLES:
            town.people[role] = join(f"{role}@mill.example", mill, role)
        town.people["second officer"] = join("second@mill.example", mill, "officer")
        town.people["outsider"] = join("all@harbour.example", town.elsewhere, "officer")
        for role in ROLES[1:]:
            people.give(town.people["outsider"], town.elsewhere.slug, role)
        yield town
    site.close()


def join(email: str, programme: Programme, role: str) -> Person:
    person = people.join(email, email.split("@", maxsplit=1)[0].title(), PASSWORD)
    people.give(person, programme.slug, role)
    return person


def client_of(person: Person | None) -> Any:
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    if person:
        user = get_user_model().objects.get(pk=person.id)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
