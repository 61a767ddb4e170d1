"""People, programmes, and who is what in which."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from listening.store.accounts.nouns import Member, Person, Programme


def rows(name: str) -> Any:
    """Return the rows of a table of accounts."""
    from listening.store.accounts import models

    return getattr(models, name).objects


def person_of(user: Any) -> Person:
    """Return the value of a row."""
    return Person(user.pk, user.email, user.name)


def programme_of(row: Any) -> Programme:
    """Return the value of a row."""
    return Programme(row.slug, row.name)


def tidy(email: str) -> str:
    """Spell an e-mail address so that equal ones compare equal."""
    return email.strip().casefold()


def find(email: str) -> Person | None:
    """Return who has this e-mail address."""
    user = rows("User").filter(email=tidy(email)).first()
    return person_of(user) if user else None


def join(email: str, name: str, password: str) -> Person:
    """Make an account."""
    user = rows("User").model(email=tidy(email), name=name.strip())
    user.set_password(password)
    user.save()
    return person_of(user)


def set_password(person: Person, password: str) -> None:
    """Give somebody a new password; whoever is signed in under the old one no longer is."""
    user = rows("User").get(pk=person.id)
    user.set_password(password)
    user.is_active = True
    user.save()


def forget_ended_sessions() -> None:
    """Erase sessions that nobody can use any more."""
    from django.contrib.sessions.backends.db import SessionStore

    SessionStore.clear_expired()


def end_sessions(person: Person, but: str = "") -> None:
    """Sign somebody out everywhere, but in the session of this key."""
    from django.contrib.sessions.models import Session

    for one in Session.objects.exclude(session_key=but):
        if one.get_decoded().get("_auth_user_id") == str(person.id):
            one.delete()


def programmes() -> list[Programme]:
    """Return every programme, by name."""
    return [programme_of(row) for row in rows("Programme").order_by("name")]


def programme(slug: str) -> Programme | None:
    """Return a programme by its slug."""
    row = rows("Programme").filter(slug=slug).first()
    return programme_of(row) if row else None


def programme_named(name: str) -> Programme | None:
    """Return a programme by its name or its slug."""
    wanted = name.strip().casefold()
    return next((p for p in programmes() if wanted in (p.name.casefold(), p.slug)), None)


def add_programme(name: str) -> Programme:
    """Begin a programme under a slug of its own."""
    from django.utils.text import slugify

    stem = slugify(name)[:32].strip("-") or "programme"
    slug, number = stem, 1
    while rows("Programme").filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return programme_of(rows("Programme").create(slug=slug, name=name.strip()[:120]))


def programmes_of(person: Person) -> list[Programme]:
    """Return the programmes in which somebody is anything, by name."""
    mine = rows("Programme").filter(membership__user_id=person.id)
    return [programme_of(row) for row in mine.distinct().order_by("name")]


def roles(person: Person, slug: str) -> frozenset[str]:
    """Return what somebody is in a programme."""
    held = rows("Membership").filter(user_id=person.id, programme__slug=slug)
    return frozenset(held.values_list("role", flat=True))


def members(slugs: Iterable[str]) -> list[Member]:
    """Return every role held in the programmes given."""
    held = rows("Membership").filter(programme__slug__in=list(slugs))
    held = held.select_related("user", "programme")
    return [
        Member(row.pk, person_of(row.user), programme_of(row.programme), row.role)
        for row in held.order_by("programme__name", "user__email", "role")
    ]


def give(person: Person, slug: str, role: str) -> None:
    """Let somebody be something in a programme; to be it already changes nothing."""
    held = rows("Programme").get(slug=slug)
    rows("Membership").get_or_create(user_id=person.id, programme=held, role=role)


def take(slug: str, member_id: int) -> Member | None:
    """Take one role from somebody; None where the programme knows no such member."""
    member = next((one for one in members([slug]) if one.id == member_id), None)
    if member:
        rows("Membership").filter(pk=member_id).delete()
    return member
