"""Withdrawal through the pages: who is meant, by whom it may be asked, and what is noted of it."""

from __future__ import annotations

from listening.steps import arriving
from listening.steps.receipts import Receipt
from listening.steps.site import Site
from listening.steps.uploads import heed_in
from listening.steps.withdraw import who, withdraw
from listening.store.accounts import Person, Programme, trail
from listening.store.accounts import uploads as kept


def meant(site: Site, person: Person, programme: Programme, said: str, everywhere: bool) -> str:
    """Return the participant id that is meant by a code, an id or a name.

    Args:
        site: the site.
        person: who asks.
        programme: where.
        said: what the resident gave.
        everywhere: whether ids and names are looked for in everybody's files; otherwise in one's
            own, so that no officer learns who spoke to another, or erases them by guessing.

    Raises:
        NothingToDo: nobody is meant by it, or several are.
    """
    work = site.work(programme)
    if everywhere:
        return who(work, said)
    return who(work, said, kept.file_keys(person, programme.slug))


def leave(site: Site, person: Person, programme: Programme, participant_id: str) -> Receipt:
    """Erase a participant; the trail holds the receipt's number and not who it was.

    Raises:
        NothingToDo: there is no such participant, or not any more.
    """
    work = site.work(programme)
    receipt = withdraw(work, who(work, participant_id))
    for upload in kept.unread(programme.slug):
        if work.vault.has_file(upload.book):
            heed_in(site, upload)
    trail.note("participant withdrew", who=person.email, programme=programme.slug,
               on=f"receipt {receipt.receipt}")  # fmt: skip
    return receipt


def unread(site: Site, programme: Programme) -> int:
    """Return how many files of a programme wait unread, half-sent ones among them."""
    vault = site.work(programme).vault
    waiting = sum(vault.has_file(upload.book) for upload in kept.unread(programme.slug))
    return waiting + arriving.half_sent(vault)
