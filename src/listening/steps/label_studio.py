"""The Label Studio of a workplace: where it is, who signs in, and how it is started here.

One Label Studio serves all programmes of a site. Its first administrator is made when it is first
started; the password and the token lie in the site's vault, the token by the
address to which it belongs.
"""

from __future__ import annotations

import secrets
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from listening.errors import ListeningError
from listening.settings import Settings
from listening.steps.site import site_home
from listening.store import Vault
from listening.store.halfway import see_whole

if TYPE_CHECKING:
    from listening.labelstudio.client import LabelStudio
    from listening.labelstudio.process import Place

BOOK = "label_studio"
ADMINISTRATOR = "administrator@localhost"
PORT = 8080
HERE = f"http://127.0.0.1:{PORT}"
FOLDER = "label-studio"
_ALLOWED = "allowed"


@dataclass(frozen=True)
class Started:
    """A Label Studio that can be started here.

    Attributes:
        place: where it runs.
        new_password: the first administrator's, where it was made just now; to be shown once.
    """

    place: Place
    new_password: str = ""


def vault_of(settings: Settings) -> Vault:
    """Return the vault of the site: a programme's folder lies in its site's."""
    return Vault(site_home(settings.home) / "vault", settings.vault_key)


def reached(settings: Settings) -> LabelStudio | None:
    """Return the Label Studio of these settings; None where none is named or was ever started here.

    Nothing is asked of it yet: whether it answers shows when it is used.

    Raises:
        ListeningError: the vault is encrypted and its key is not set.
    """
    from listening.labelstudio.client import Credentials, connect

    vault = vault_of(settings)
    book = vault.read(BOOK)
    if not settings.label_studio_url and not book:
        return None
    url = settings.label_studio_url or HERE
    email, password = _account(settings, book)
    # what one server gave is shown to no other, whatever address the settings come to name
    whose = f"{email} at {url.casefold().rstrip('/')}"

    def remembered() -> str:
        tokens = vault.read(BOOK).get("tokens", {})
        return str(tokens.get(whose, ""))

    def keep(token: str) -> None:
        known = vault.read(BOOK)
        vault.write(BOOK, known | {"tokens": known.get("tokens", {}) | {whose: token}})

    who = Credentials(email, password, remembered, keep)
    return connect(url, who, over_http=settings.label_studio_http == _ALLOWED)


def address(settings: Settings) -> str:
    """Return where Label Studio is; empty where none is named and none was ever started here."""
    if settings.label_studio_url:
        return settings.label_studio_url
    return HERE if vault_of(settings).read(BOOK) else ""


def needed(settings: Settings) -> LabelStudio:
    """Return the Label Studio of these settings.

    Raises:
        ListeningError: none is named and none was ever started here.
    """
    found = reached(settings)
    if found is None:
        raise ListeningError(
            "Label Studio",
            "is not set up.",
            "Start it with make serve, or set LISTENING_LABEL_STUDIO_URL to where it is.",
        )
    return found


def prepared(settings: Settings) -> Started:
    """Return how it is started here; the first administrator's password is made where none is.

    Raises:
        ListeningError: the settings name one that is on another machine, or it is being restored.
    """
    from listening.labelstudio.process import Place

    see_whole(site_home(settings.home))
    vault = vault_of(settings)
    book = vault.read(BOOK)
    new = ""
    if not settings.label_studio_password and "password" not in book:
        new = secrets.token_urlsafe(15)
        book = book | {"password": new}
        vault.write(BOOK, book)
    email, password = _account(settings, book)
    folder = site_home(settings.home).absolute() / FOLDER
    program = settings.label_studio_bin.absolute()
    return Started(Place(program, folder, _port(settings), email, password), new)


def running(started: Started, environ: dict[str, str]) -> AbstractContextManager[Any]:
    """Run it beside this process, as `listening.labelstudio.process.running` does."""
    from listening.labelstudio import process

    return process.running(started.place, environ)


def _account(settings: Settings, book: dict[str, Any]) -> tuple[str, str]:
    from listening.labelstudio.client import of_this_machine

    email = settings.label_studio_email or ADMINISTRATOR
    # the password that was made here opens the one that is here, and is told to no other
    here = of_this_machine(settings.label_studio_url or HERE)
    made = str(book.get("password", "")) if here else ""
    return email.casefold(), settings.label_studio_password or made


def _port(settings: Settings) -> int:
    parts = urlsplit(settings.label_studio_url or HERE)
    if parts.hostname not in {"127.0.0.1", "localhost"}:
        raise ListeningError(
            f"Label Studio at {settings.label_studio_url}",
            "is not on this machine, and is not started here.",
            "Start it there; or leave LISTENING_LABEL_STUDIO_URL empty to have one here.",
        )
    return parts.port or PORT
