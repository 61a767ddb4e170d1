"""The site: every programme with its own store and vault, under one set of accounts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from listening.errors import NothingToDo
from listening.settings import Settings
from listening.steps.work import Models, Progress, Work, open_work, silent
from listening.store.accounts import Programme
from listening.store.configuration import LARGEST_REQUEST
from listening.store.connect import connect_accounts, make_schema
from listening.store.halfway import see_whole

#: name of the file with a programme's own rules
RULES = "programme.toml"
#: the folder that holds a folder for each programme
PROGRAMMES = "programmes"
#: what cookies are signed with: made when a site is first opened
SIGNING_KEY = "signing.key"
#: folders in which those are alone who serve the pages, and who do what waits beside them
SERVING, WORKING = "serving", "working"

__all__ = ["LARGEST_REQUEST", "Site", "home_of", "now", "open_site", "settings_of", "site_home"]


@dataclass
class Site:
    """One opened site.

    Attributes:
        settings: of the whole site; `home` holds the accounts and a folder per programme.
        models: shared by all programmes; loaded when first asked for.
        today: asked for the day of reading, which consent depends on.
        progress: told how far the work on a programme has come.
    """

    settings: Settings
    models: Models
    today: Callable[[], date] = date.today
    progress: Progress = silent
    _opened: dict[str, Work] = field(default_factory=dict)
    _opening: threading.Lock = field(default_factory=threading.Lock)

    def work(self, programme: Programme) -> Work:
        """Return the workplace of a programme, with costs counted from nothing."""
        with self._opening:
            if programme.slug not in self._opened:
                place = settings_of(self.settings, programme)
                make_schema(schema_of(programme.slug))
                self._opened[programme.slug] = open_work(place, self.today(), self.models)
        opened = self._opened[programme.slug]
        return Work(
            opened.settings, opened.store, opened.vault, self.models, self.today(), self.progress
        )

    def rules(self, programme: Programme) -> Path | None:
        """Return the file of a programme's own rules (`programme.toml`), if it lies in its folder.

        Its rule on the young and its safeguarding lead hold for what officers send.
        """
        path = home_of(self.settings.home, programme.slug) / RULES
        return path if path.is_file() else None

    def close(self) -> None:
        """Let go of every store that was opened by this thread."""
        for work in self._opened.values():
            work.store.close()


def open_site(settings: Settings, models: Models) -> Site:
    """Open the accounts of a site; a programme is opened when it is first asked for.

    Raises:
        ListeningError: the folder or the database cannot be used, or is being restored.
    """
    see_whole(settings.home)
    connect_accounts(settings.home, settings.database_url, settings.url)
    return Site(settings, models)


def settings_of(settings: Settings, programme: Programme) -> Settings:
    """Return the settings under which a programme's store and vault lie apart from all others."""
    return replace(
        settings,
        home=home_of(settings.home, programme.slug),
        database_url=in_schema(settings.database_url, schema_of(programme.slug)),
        programme=programme.name,
    )


def home_of(home: Path, slug: str) -> Path:
    """Return the folder of a programme: `LISTENING_HOME` for commands that work on it alone."""
    return home / PROGRAMMES / slug


def one_of(home: Path) -> None:
    """See that the folder of a site is not taken for a programme's.

    Raises:
        NothingToDo: programmes are served from there, each in a folder of its own.
    """
    served = sorted(one.name for one in (home / PROGRAMMES).glob("*") if one.is_dir())
    if served:
        raise NothingToDo(
            f"{home}",
            f"is the folder of a site; each programme is in a folder of its own in it: "
            f"{', '.join(served)}.",
            f"Name one, as in LISTENING_HOME={home / PROGRAMMES / served[0]}, and run again.",
        )


def site_home(home: Path) -> Path:
    """Return the folder of the site in which a programme's folder lies; another is its own."""
    whole = home.absolute()
    return whole.parents[1] if whole.parent.name == PROGRAMMES else home


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def schema_of(slug: str) -> str:
    return f"programme_{slug.replace('-', '_')}"


def in_schema(url: str, schema: str) -> str:
    """Name the schema in an address of PostgreSQL; elsewhere there are files and no schemas."""
    parts = urlsplit(url)
    if not parts.scheme.startswith("postgres"):
        return url
    query = [*parse_qsl(parts.query), ("currentSchema", schema)]
    return urlunsplit(parts._replace(query=urlencode(query)))
