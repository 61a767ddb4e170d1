"""How the whole system is: what works, what does not, and what should be looked at."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from listening.errors import ListeningError
from listening.steps import label_studio, retaining
from listening.steps.backup.nouns import BACKED_UP
from listening.steps.site import Site
from listening.store.accounts import people

#: bytes that must be free: the largest files arrive whole, and a store is given back its room
LEAST_FREE = 2**30
#: days after which a backup is old
BACKUP_DAYS = 2
#: how something is; what is `bad` keeps the system from working, `look` does not
GOOD, LOOK, BAD = "good", "look", "bad"
_DAY = 24 * 3600


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: `database`, `disk`, `vault`, `reader`, `label studio`, `withdrawals`, `backup` or
            `retention`.
        state: GOOD, LOOK or BAD.
        why: a word for it where there are several: `none`, `open`, `away`, `never`, `old`, or why
            nothing goes by itself (`steps/retaining/last.py`).
        figure: gigabytes free, tasks to delete, days since the last backup; -1 without one.
    """

    name: str
    state: str
    why: str = ""
    figure: int = -1


def ready(site: Site, reader_lives: bool) -> list[Check]:
    """Return what must be good for the pages to work; it takes no word of anybody's along."""
    return [
        _tried("database", lambda: _database(site)),
        _tried("disk", lambda: _disk(site)),
        _tried("vault", lambda: _vault(site)),
        Check("reader", GOOD if reader_lives else BAD),
    ]


def beside(site: Site, programme: str = "") -> list[Check]:
    """Return what should be looked at, though the pages work; of one programme, if asked."""
    return [
        _tried("label studio", lambda: _label_studio(site)),
        _tried("withdrawals", lambda: _withdrawals(site, programme)),
        _tried("backup", lambda: _backup(site)),
        _tried("retention", lambda: _retention(site, programme)),
    ]


def is_ready(checks: Sequence[Check]) -> bool:
    """Whether nothing is bad."""
    return all(one.state != BAD for one in checks)


def free(site: Site) -> int:
    """Return how many bytes are free where things are kept."""
    return shutil.disk_usage(site.settings.home).free


def waiting_to_leave(site: Site, programme: str = "") -> int:
    """Return how many tasks in Label Studio of people who withdrew are still to be deleted."""
    slugs = [one for one in people.programmes() if programme in ("", one.slug)]
    return sum(len(site.work(one).store.loop.leaving()) for one in slugs)


def overdue(site: Site, programme: str = "") -> int:
    """Return in how many programmes something should have gone; rules that cannot be read count."""
    return sum(1 for _ in _late(site, programme))


def _late(site: Site, programme: str) -> Iterator[str]:
    """Yield of each programme in which something should have gone why that waits for a person."""
    for one in people.programmes():
        if programme in ("", one.slug):
            try:
                place = retaining.of_programme(site, one)
                if retaining.overdue(place):
                    yield retaining.held(place)
            except ListeningError:
                yield ""


def last_backup(site: Site) -> datetime | None:
    """Return when the last backup was made; None where none ever was."""
    try:
        return datetime.fromisoformat((site.settings.home / BACKED_UP).read_text("ascii").strip())
    except (OSError, ValueError):
        return None


def _tried(name: str, look: Callable[[], Check]) -> Check:
    """Look; what cannot be looked at is bad, and why it cannot may be somebody's word."""
    try:
        return look()
    except Exception:
        return Check(name, BAD)


def _database(site: Site) -> Check:
    for one in people.programmes():
        site.work(one).store.is_empty()
    return Check("database", GOOD)


def _disk(site: Site) -> Check:
    left = free(site)
    return Check("disk", GOOD if left >= LEAST_FREE else BAD, figure=left // 2**30)


def _vault(site: Site) -> Check:
    """Every vault can be read with the key that is set; without one they lie open."""
    for one in people.programmes():
        try:
            site.work(one).vault.read("people")
        except ListeningError:
            return Check("vault", BAD)
    return Check("vault", GOOD) if site.settings.vault_key else Check("vault", LOOK, "open")


def _label_studio(site: Site) -> Check:
    from listening.labelstudio.client.there import answers

    url = label_studio.address(site.settings)
    if not url:
        return Check("label studio", GOOD, "none")
    there = answers(url)
    return Check("label studio", GOOD) if there else Check("label studio", LOOK, "away")


def _withdrawals(site: Site, programme: str) -> Check:
    left = waiting_to_leave(site, programme)
    return Check("withdrawals", LOOK if left else GOOD, figure=left)


def _backup(site: Site) -> Check:
    made = last_backup(site)
    if made is None:
        return Check("backup", LOOK, "never")
    days = int((datetime.now(UTC) - made).total_seconds() // _DAY)
    return Check("backup", *((LOOK, "old") if days >= BACKUP_DAYS else (GOOD, "")), days)


def _retention(site: Site, programme: str) -> Check:
    late = list(_late(site, programme))
    return Check("retention", LOOK, max(late)) if late else Check("retention", GOOD)
