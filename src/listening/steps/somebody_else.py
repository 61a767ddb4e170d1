"""Files of which an officer said that somebody else speaks there: told apart for good.

What such files have in common is taken for print, as on a form, and left out of sketches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from listening import sources
from listening.records import Reading
from listening.sources import Heard
from listening.steps.sketch_books import SHELF, book, day_of, write
from listening.store import Vault
from listening.store.lock import alone_in

#: book of which files hold other people, as officers said, by hash of the content
APART = "told_apart"
#: book of what is printed on forms that different people filled in
PRINTED = "printed"


def told_others(vault: Vault, file_key: str) -> set[str]:
    """Return the hashes of the files of which somebody said that other people speak there."""
    return set(vault.read(APART).get(file_key, ()))


def tell_apart(vault: Vault, file_key: str, others: Iterable[str]) -> None:
    """Remember that other people speak in a file than in these, whichever is read next."""
    with alone_in(vault.folder):
        told = vault.read(APART)
        for other in set(others) - {file_key}:
            for one, of in ((file_key, other), (other, file_key)):
                told[one] = sorted({*told.get(one, ()), of})
        vault.write(APART, told)


def printed(vault: Vault) -> set[str]:
    """Return the keyed hashes of what is printed on forms."""
    return set(vault.read(PRINTED).get("runs", ()))


def leave_out_print(vault: Vault, own: Reading, others: Mapping[str, Reading]) -> None:
    """Note as print what a file has in common with those of other people.

    Args:
        vault: the vault.
        own: the file as it was read.
        others: the others, by the hash of their content.
    """
    secret = vault.secret(SHELF)
    known = printed(vault)
    mine = _all_said(own, secret)
    for other in others.values():
        known |= sources.print_of(mine, _all_said(other, secret))
    vault.write(PRINTED, {"runs": sorted(known)})
    for key, reading in others.items():
        _sketch_again(vault, key, reading, known)


def _all_said(reading: Reading, secret: bytes) -> set[str]:
    said = sources.said_by(reading, secret)
    return set().union(*(of for who, of in said.items() if who))


def _sketch_again(vault: Vault, file_key: str, reading: Reading, known: set[str]) -> None:
    """Sketch a kept file anew without what is printed on it."""
    ids = {
        key.removeprefix(f"{file_key}|"): str(pid)
        for key, pid in vault.read("people").items()
        if key.startswith(f"{file_key}|")
    }
    before = book(vault, file_key)
    told = sources.heard(reading, vault.secret(SHELF), known)
    fresh = {ids[who]: one for who, one in told.people.items() if who in ids}
    people = {pid: fresh.get(pid, one) for pid, one in before.people.items()}
    day = day_of(vault, file_key).isoformat()
    whole = told.whole if set(people) <= set(fresh) else before.whole
    write(vault, file_key, day, Heard(whole, told.others, people))
