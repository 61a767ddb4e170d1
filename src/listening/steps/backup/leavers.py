"""Whoever withdrew after a backup was made stays out of what is restored from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from listening.errors import ListeningError
from listening.settings import Settings
from listening.steps.backup.nouns import LISTS, VAULT, vaults_of
from listening.steps.left import LEFT
from listening.steps.receipts import Receipt
from listening.steps.withdraw import named_in, withdraw
from listening.steps.work import PackagedModels, Work
from listening.store import Store, Vault


@dataclass(frozen=True)
class Known:
    """What the vault of one home knows of those who withdrew.

    Attributes:
        hashes: day by hash of what told them apart.
        talks: the keyed sketches of what they said, as `steps.left` keeps them.
    """

    hashes: Mapping[str, str]
    talks: Mapping[str, Any]


def known_in(home: Path, key: str) -> dict[str, Known]:
    """Return who is known to have withdrawn, by the place of each programme within a home.

    Raises:
        ListeningError: the vault is encrypted, and its key is not set or another.
    """
    found = {}
    for one in vaults_of(home):
        vault = Vault(one / VAULT, key)
        try:
            hashes, talks = (vault.read(book) for book in LISTS)
        except ValueError:
            raise ListeningError(
                f"The list of who withdrew in {one / VAULT}",
                "is broken.",
                "Move that folder away by hand. Then restore with a list that was kept apart "
                "(--withdrawals), or withdraw them again afterwards.",
            ) from None
        if hashes or talks:
            found[one.relative_to(home).as_posix()] = Known(hashes, talks)
    return found


def keep_out(
    settings: Settings,
    home: Path,
    lists: Sequence[Mapping[str, Known]],
    today: date,
    where: Callable[[str], str] | None = None,
) -> list[Receipt]:
    """Erase from a home that was laid out whoever is known to have withdrawn, and keep them out.

    Args:
        settings: those of the site.
        home: as it was laid out from a backup.
        lists: who is known, from several places.
        today: of the receipts.
        where: the address of the tables that were laid out for a place; None where they are files.

    Raises:
        ListeningError: the vault is encrypted, and its key is not set or another.
    """
    receipts: list[Receipt] = []
    for place in sorted({place for known in lists for place in known}):
        at = home / place
        if (at / VAULT).is_dir():
            own = replace(settings, home=at, database_url=where(place) if where else "")
            of_place = [known[place] for known in lists if place in known]
            receipts += _keep_out(own, of_place, today)
    return receipts


def _keep_out(settings: Settings, lists: Sequence[Known], today: date) -> list[Receipt]:
    vault = Vault(settings.home / VAULT, settings.vault_key)
    before, told = vault.read(LISTS[0]), vault.read(LEFT)
    if not any(of.hashes.keys() - before.keys() or of.talks != told for of in lists):
        return []  # it knows of all of them itself: the store need not be opened
    store = Store(settings.home, settings.database_url)
    work = Work(settings, store, vault, PackagedModels(settings), today)
    try:
        hashes = {one: day for of in lists for one, day in of.hashes.items()}
        gone = {pid for key, pid in named_in(work).items() if key in hashes}
        receipts = [withdraw(work, pid) for pid in sorted(gone)]
    finally:
        store.close()
    vault.write(LISTS[0], {**hashes, **vault.read(LISTS[0])})
    vault.write(LEFT, _talks(told, vault.read(LEFT), lists, before))
    return receipts


def _talks(
    told: Mapping[str, Any],
    fresh: Mapping[str, Any],
    lists: Sequence[Known],
    before: Mapping[str, str],
) -> dict[str, Any]:
    """Return the sketches that are kept: under the first receipt of each who withdrew.

    A list that knows of all whom the backup knew is newer: what stands there no more was erased
    because its person asked for it, and stays erased.
    """
    newer = [of for of in lists if before.keys() <= of.hashes.keys()]
    kept = {one: talk for of in newer for one, talk in of.talks.items()} if newer else dict(told)
    for of in lists:
        if of not in newer:
            kept = {**of.talks, **kept}
    known = [talk for one in kept.values() for talk in one["talks"]]
    known += [talk for one in told.values() for talk in one["talks"]]
    for receipt, one in fresh.items():
        rest = [talk for talk in one["talks"] if talk not in known]
        if receipt not in told and rest:
            kept[receipt] = {**one, "talks": rest}
    return kept
