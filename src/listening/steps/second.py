"""The second thing that somebody signs in with: a code that an app on their phone shows.

Seeds lie in the site's vault, encrypted where a key is set: whoever takes the accounts has none.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from listening.errors import ListeningError
from listening.steps.site import Site
from listening.store import Vault
from listening.store.accounts import ADMINISTRATOR, SAFEGUARDING, Person, people, trail
from listening.store.lock import alone_in

#: who may not do without where the site can be reached from elsewhere: they let others in, or read
#: of harm
NEEDING = frozenset({ADMINISTRATOR, SAFEGUARDING})
#: so many wrong codes are one too many, within so many seconds
WRONG, WAIT = 5, 15 * 60
_BOOK = "second"
#: seconds for which an app shows a code
_STEP = 30
_ISSUER = "Listening"


def has(site: Site, person: Person) -> bool:
    """Whether somebody signs in with a code."""
    return "seed" in _of(_vault(site).read(_BOOK), person)


def must(site: Site, roles: frozenset[str]) -> bool:
    """Whether whoever is this in a programme must have one: not on a machine of one's own."""
    return site.settings.url.startswith("https:") and bool(NEEDING & roles)


def offer(site: Site, person: Person) -> str:
    """Return the address that an app reads, with a seed that holds once a code of it was given."""
    import pyotp

    vault = _vault(site)
    with _alone(vault):
        book = vault.read(_BOOK)
        mine = {**_of(book, person)}
        mine.setdefault("offered", pyotp.random_base32())
        vault.write(_BOOK, {**book, str(person.id): mine})
    return str(pyotp.TOTP(mine["offered"]).provisioning_uri(name=person.email, issuer_name=_ISSUER))


def accept(site: Site, person: Person, code: str) -> bool:
    """Put what was offered in the place of what was there; False where the code is not of it.

    Raises:
        ListeningError: too many were wrong.
    """
    if not _see(site, person, code, "offered"):
        return False
    vault = _vault(site)
    with _alone(vault):
        book = vault.read(_BOOK)
        mine = {**_of(book, person)}
        mine["seed"] = mine.pop("offered")
        vault.write(_BOOK, {**book, str(person.id): mine})
    trail.note("second factor set up", who=person.email, on=person.email)
    return True


def see(site: Site, person: Person, code: str) -> bool:
    """Whether a code is right; each is taken once.

    Raises:
        ListeningError: too many were wrong.
    """
    return _see(site, person, code, "seed")


def forget(site: Site, email: str) -> None:
    """Let somebody set up another app: theirs is lost.

    Raises:
        ListeningError: nobody has this address.
    """
    person = people.find(email)
    if person is None:
        raise ListeningError(email, "is nobody's address here.", "Check how it is spelt.")
    vault = _vault(site)
    with _alone(vault):
        book = vault.read(_BOOK)
        book.pop(str(person.id), None)
        vault.write(_BOOK, book)
    people.end_sessions(person)
    trail.note("second factor forgotten", on=person.email)


def _see(site: Site, person: Person, code: str, which: str) -> bool:
    vault, now = _vault(site), time.time()
    with _alone(vault):
        book = vault.read(_BOOK)
        mine = {**_of(book, person)}
        wrong = [at for at in mine.get("wrong", []) if now - at < WAIT]
        if len(wrong) >= WRONG:
            raise ListeningError(
                "The code", f"was wrong {WRONG} times.", f"Wait for {WAIT // 60} minutes."
            )
        step = _step_of(mine.get(which, ""), code, now)
        right = step > int(mine.get("step", 0))
        mine |= {"step": step, "wrong": []} if right else {"wrong": [*wrong, now]}
        vault.write(_BOOK, {**book, str(person.id): mine})
    if not right:
        trail.note("wrong code", who=person.email, on=person.email)
    return right


def _step_of(seed: str, code: str, now: float) -> int:
    """Return the moment that a code is of: this half minute or the one before; 0 where of none."""
    import pyotp

    if not seed:
        return 0
    said = "".join(code.split())
    steps = (int(now) // _STEP, int(now) // _STEP - 1)
    app = pyotp.TOTP(seed, interval=_STEP)
    right = [pyotp.utils.strings_equal(said, app.generate_otp(step)) for step in steps]
    return next((step for step, is_it in zip(steps, right, strict=True) if is_it), 0)


def _of(book: Mapping[str, Any], person: Person) -> dict[str, Any]:
    return dict(book.get(str(person.id), {}))


def _vault(site: Site) -> Vault:
    return Vault(site.settings.home / "vault", site.settings.vault_key)


def _alone(vault: Vault) -> Any:
    vault.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return alone_in(vault.folder)
