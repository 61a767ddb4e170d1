"""Joining, leaving and being something in a programme; every change leaves a line in the trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from listening.errors import ListeningError
from listening.steps.site import now
from listening.store.accounts import (
    ADMINISTRATOR,
    ROLES,
    SAFEGUARDING,
    Change,
    Invitation,
    Member,
    Person,
    Programme,
    invitations,
    people,
    trail,
)

#: how long an invitation may be used
INVITATION_DAYS = 7


@dataclass(frozen=True)
class Sent:
    """An invitation just made; the token is shown once and kept nowhere."""

    token: str
    email: str
    days: int = INVITATION_DAYS


def begin_programme(name: str, by: str = "") -> Programme:
    """Return the programme of this name, begun now if there is none."""
    known = people.programme_named(name)
    if known:
        return known
    if not name.strip():
        raise ListeningError("A programme", "needs a name.", "Give it one.")
    begun = people.add_programme(name)
    trail.note("programme begun", who=by, programme=begun.slug, on=begun.name)
    return begun


def invite(email: str, programme: Programme, role: str, by: str = "") -> Sent:
    """Invite somebody to be something in a programme.

    Args:
        email: whom.
        programme: to which programme.
        role: one of ROLES.
        by: e-mail address of who invites; empty is the operator.

    Raises:
        ListeningError: the address or the role cannot be.
    """
    _check_email(email)
    if role not in ROLES:
        raise ListeningError(f"The role {role!r}", "does not exist.", f"Use {', '.join(ROLES)}.")
    if role == SAFEGUARDING and by:
        raise ListeningError(
            "The safeguarding lead",
            "is named by whoever runs the server, so that nobody gives themselves the role.",
            "Ask them for `listening users --invite … --role safeguarding`.",
        )
    token = invitations.send(email, programme.slug, role, _end())
    trail.note(
        "invited", who=by, programme=programme.slug, on=people.tidy(email), detail={"role": role}
    )
    return Sent(token, people.tidy(email))


def offer_new_password(email: str) -> Sent:
    """Let somebody who has an account choose a new password.

    Raises:
        ListeningError: nobody has this address.
    """
    if people.find(email) is None:
        raise ListeningError(email, "is nobody's address here.", "Check how it is spelt.")
    token = invitations.send(email, "", "", _end())
    trail.note("new password offered", on=people.tidy(email))
    return Sent(token, people.tidy(email))


def sign_out_elsewhere(person: Person, but: str) -> None:
    """End every session of somebody but this one."""
    people.end_sessions(person, but)
    trail.note("signed out elsewhere", who=person.email, on=person.email)


def sign_out(email: str) -> None:
    """End every session of somebody.

    Raises:
        ListeningError: nobody has this address.
    """
    person = people.find(email)
    if person is None:
        raise ListeningError(email, "is nobody's address here.", "Check how it is spelt.")
    people.end_sessions(person)
    trail.note("signed out by the operator", on=person.email)


def invitation(token: str) -> Invitation | None:
    """Return an invitation that may still be used."""
    return invitations.read(token, now())


def has_account(email: str) -> bool:
    """Whether somebody joined under this address."""
    return people.find(email) is not None


def accept_anew(token: str, name: str, password: str) -> Person | None:
    """Accept an invitation with a new account, or with a new password for an old one.

    Returns:
        Who joined; None where the invitation cannot be used (any more), or is for somebody who has
        an account: they sign in and `accept`.
    """
    invited = invitation(token)
    if invited is None or (invited.programme and has_account(invited.email)):
        return None
    if not invitations.use(token, now()):
        return None
    known = people.find(invited.email)
    if known:
        people.set_password(known, password)
        trail.note("new password chosen", who=known.email, on=known.email)
        return known
    joined = people.join(invited.email, name, password)
    trail.note("joined", who=joined.email, on=joined.email)
    _give(invited, joined)
    return joined


def accept(token: str, person: Person) -> bool:
    """Accept an invitation as somebody who has an account; False where it is not for them."""
    invited = invitation(token)
    if invited is None or invited.programme is None or invited.email != person.email:
        return False
    if not invitations.use(token, now()):
        return False
    _give(invited, person)
    return True


def remove(programme: Programme, member_id: int, by: Person) -> Member | None:
    """Take a role from somebody.

    Returns:
        What they were; None where the programme has no such member.

    Raises:
        ListeningError: a programme without an administrator could not be mended from its pages.
    """
    held = members(programme)
    member = next((one for one in held if one.id == member_id), None)
    if member is None:
        return None
    alone = sum(one.role == member.role for one in held) == 1
    if alone and member.role in (ADMINISTRATOR, SAFEGUARDING):
        what = "administrator" if member.role == ADMINISTRATOR else "safeguarding lead"
        raise ListeningError(
            member.person.email,
            f"is the only {what} of this programme.",
            f"Have another {what} invited first.",
        )
    people.take(programme.slug, member_id)
    trail.note(
        "role taken away",
        who=by.email,
        programme=programme.slug,
        on=member.person.email,
        detail={"role": member.role},
    )
    return member


def members(programme: Programme) -> list[Member]:
    """Return every role held in a programme."""
    return people.members([programme.slug])


def everybody() -> list[Member]:
    """Return every role held anywhere."""
    return people.members(one.slug for one in people.programmes())


def programme(slug: str) -> Programme | None:
    """Return a programme by its slug."""
    return people.programme(slug)


def names_of_programmes() -> list[str]:
    """Return what every programme of the site is called."""
    return [one.name for one in people.programmes()]


def programmes_of(person: Person) -> list[Programme]:
    """Return the programmes in which somebody is anything."""
    return people.programmes_of(person)


def roles(person: Person, programme: Programme) -> frozenset[str]:
    """Return what somebody is in a programme."""
    return people.roles(person, programme.slug)


def note(action: str, person: str, on: str = "", detail: Mapping[str, str] | None = None) -> None:
    """Add a line to the trail that belongs to no programme."""
    trail.note(action, who=person, on=on, detail=detail)


def changes(programme: Programme) -> list[Change]:
    """Return the newest lines of a programme's trail."""
    return trail.newest(programme.slug)


def _give(invited: Invitation, person: Person) -> None:
    if invited.programme:
        people.give(person, invited.programme.slug, invited.role)
        trail.note(
            "invitation accepted",
            who=person.email,
            programme=invited.programme.slug,
            on=person.email,
            detail={"role": invited.role},
        )


def _check_email(email: str) -> None:
    name, _, host = people.tidy(email).partition("@")
    if not name or "." not in host or any(sign.isspace() for sign in name + host):
        raise ListeningError(f"{email!r}", "is not an e-mail address.", "Check how it is spelt.")


def _end() -> datetime:
    return now() + timedelta(days=INVITATION_DAYS)
