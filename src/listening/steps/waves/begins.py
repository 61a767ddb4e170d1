"""From which days on new waves of a programme are counted, as its leads said."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from listening.errors import ListeningError
from listening.steps.site import Site
from listening.steps.work import Work
from listening.store.accounts import Person, Programme, trail
from listening.store.lock import alone_in

#: book of the vault
BOOK = "waves"


@dataclass(frozen=True)
class Begin:
    """The first day of a wave.

    Attributes:
        day: ISO; there is one begin a day.
        name: of the wave; empty means the months in which people were heard.
        by: address of the lead who said so; on: the day on which they did, ISO.
    """

    day: str
    name: str
    by: str
    on: str

    @property
    def first(self) -> date:
        """The day as a date."""
        return date.fromisoformat(self.day)

    @property
    def said_on(self) -> date:
        """When it was said."""
        return date.fromisoformat(self.on)


def begins(work: Work) -> tuple[Begin, ...]:
    """Return the first days of all waves but the first, in order."""
    rows = work.vault.read(BOOK).get("begins", [])
    return tuple(sorted((Begin(**row) for row in rows), key=lambda one: one.day))


def begin(site: Site, person: Person, programme: Programme, day: date, name: str) -> None:
    """Let a wave begin on a day; it stands in the trail.

    Raises:
        ListeningError: the day is still to come, or one begins there already.
    """
    work = site.work(programme)
    if day > work.today:
        raise ListeningError(
            "That day", "is still to come.", "Say it when somebody was heard on it or after."
        )
    made = Begin(day.isoformat(), " ".join(name.split()), person.email, work.today.isoformat())
    with alone_in(work.vault.folder):  # two at once must both stay
        before = begins(work)
        if any(one.day == made.day for one in before):
            raise ListeningError(
                "A wave", "begins on that day already.", "Take it back first to name it otherwise."
            )
        _keep(work, (*before, made))
    trail.note("wave begun", who=person.email, programme=programme.slug, on=made.day)


def take_back(site: Site, person: Person, programme: Programme, day: str) -> bool:
    """Let no wave begin on a day; False where none did. It stands in the trail."""
    work = site.work(programme)
    with alone_in(work.vault.folder):
        before = begins(work)
        left = tuple(one for one in before if one.day != day)
        if left == before:
            return False
        _keep(work, left)
    trail.note("wave taken back", who=person.email, programme=programme.slug, on=day)
    return True


def _keep(work: Work, made: tuple[Begin, ...]) -> None:
    work.vault.write(BOOK, {"begins": [asdict(one) for one in made]})
