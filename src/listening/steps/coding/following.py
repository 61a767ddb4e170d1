"""What people code is pulled by itself while the pages are served: on a hint, and every minute.

Label Studio can call an address of ours when something was coded. That is a hint and no more: a
call that is lost costs a minute, and one that somebody makes up a pull that finds nothing.
"""

from __future__ import annotations

import logging
import secrets

from listening.errors import Fault, ListeningError
from listening.settings import Settings
from listening.steps.coding.connecting import connected
from listening.steps.coding.pulling import pull
from listening.steps.site import Site
from listening.store import Vault
from listening.store.accounts import people

_LOG = logging.getLogger("listening.coding")
#: seconds after which it is pulled without a hint
EVERY = 60.0
#: book of the site's vault, and what the address that is called must hold
BOOK, SECRET = "hook", "secret"


def pull_everywhere(site: Site) -> None:
    """Pull every programme that codes; a fault in one is logged and stops no other."""
    for programme in people.programmes():
        work = site.work(programme)
        try:
            if work.store.loop.projects() and (server := connected(work)):
                pull(work, server)
        except ListeningError as error:  # it holds nobody's words
            _LOG.warning("%s: %s", programme.slug, error)
        except Exception as error:
            _LOG.error("%s", Fault.of(error))


def any_codes(site: Site) -> bool:
    """Whether anything was ever sent to be coded, in any programme."""
    return any(site.work(one).store.loop.projects() for one in people.programmes())


def secret_of(settings: Settings) -> str:
    """Return what the address of a site holds that Label Studio calls; made the first time."""
    vault = Vault(settings.home / "vault", settings.vault_key)
    book = vault.read(BOOK)
    if SECRET not in book:
        book[SECRET] = secrets.token_urlsafe(24)
        vault.write(BOOK, book)
    return str(book[SECRET])


def is_hint(site: Site, told: str) -> bool:
    """Whether a call is from who knows the address."""
    return secrets.compare_digest(told.encode(), secret_of(site.settings).encode())


def path_to_call(settings: Settings) -> str:
    """Return the path that Label Studio is to call."""
    return f"/coded/{secret_of(settings)}/"
