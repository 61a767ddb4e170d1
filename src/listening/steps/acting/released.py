"""“You said, we did” for residents: what was released, beside what a lead wrote for residents.

Nothing of the working results goes in: themes are those of the newest release, by its names; quotes
are its signed ones, as long as whoever said them is still here and still agrees.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from listening import report
from listening.actions import Action
from listening.errors import NothingToDo
from listening.steps import kept_releases, ledger, signing, taken_out
from listening.steps.acting.answering import answers, refuse_own_words
from listening.steps.site import Site
from listening.steps.work import Work
from listening.store.accounts import Person, Programme, trail
from listening.store.releases import KeptRelease

#: what a lead may print → what the name of its file ends in
FILES = {"page": "you-said-we-did.html", "poster": "poster.html"}
#: quotes beside one theme
_MOST_QUOTES = 2


@dataclass(frozen=True)
class Ready:
    """What residents would be shown now, and what stays behind.

    Attributes:
        release: id of the release; `wave`: when people were heard.
        told: the themes with what is told of each.
        untold: actions for which nothing is written for residents yet.
        elsewhere: actions on themes that the release does not hold.
        provisional: whether nobody had coded what was released.
        quotes: how many quotes stand on the page.
    """

    release: str
    wave: str
    programme: str
    told: tuple[report.Told, ...]
    untold: tuple[Action, ...]
    elsewhere: tuple[Action, ...]
    provisional: bool

    @property
    def quotes(self) -> int:
        """How many quotes stand on the page."""
        return sum(len(one.quotes) for one in self.told)

    @property
    def done(self) -> int:
        """How many actions stand on the page."""
        return sum(len(one.done) for one in self.told)


def ready(site: Site, programme: Programme) -> Ready | None:
    """Return what residents would be shown; None before anything was released."""
    work = site.work(programme)
    lines = work.store.releases.all()
    if not lines:
        return None
    line = lines[-1]
    quotes = _quotes(work, line)
    names = {one["id"]: str(one["name"]) for one in line.tables["priorities"]}
    actions = answers(work, names)
    told = tuple(
        report.Told(
            name,
            tuple(quotes.get(theme, ()))[:_MOST_QUOTES],
            tuple(_done(one) for answered, one in actions if answered == theme and one.told),
            theme,
        )
        for theme, name in names.items()
    )
    return Ready(
        line.release,
        line.wave,
        str(line.tables["programme"]),
        told,
        tuple(one for theme, one in actions if theme and not one.told),
        tuple(one for theme, one in actions if not theme),
        line.tables["status"] == "provisional",
    )


def file(site: Site, person: Person, programme: Programme, kind: str) -> tuple[str, str]:
    """Return name and content of a file of `FILES`; that it was taken stands in the trail.

    Raises:
        NothingToDo: nothing was released, or nothing is told of any released theme.
        ListeningError: what is told repeats a resident's own words.
    """
    found = ready(site, programme)
    if found is None or not found.done:
        raise NothingToDo(
            "“You said, we did” for residents",
            "has nothing to show yet." if found else "is made from a release, and there is none.",
            "Write on an action what residents are told of it." if found else "Release first.",
        )
    refuse_own_words(site.work(programme), ((one.name, one.done) for one in found.told))
    taken_out.refuse(site.work(programme), _team_texts(found))
    make = report.poster if kind == "poster" else report.residents_page
    name = f"release-{found.release}-{FILES[kind]}"
    trail.note("taken for residents", who=person.email, programme=programme.slug, on=name)
    return name, make(found.programme, found.release, found.wave, found.told, found.provisional)


def _team_texts(found: Ready) -> Iterator[tuple[str, str]]:
    for one in found.told:
        yield "The name of a theme", one.name
        for done in one.done:
            yield f"What residents are told under “{one.name}”", str(done["told"])


def _done(action: Action) -> dict[str, Any]:
    return {
        "told": action.told,
        "status": action.status,
        "helped": action.helped,
        "asked": action.helped_asked,
    }


def _quotes(work: Work, line: KeptRelease) -> dict[str, list[Mapping[str, Any]]]:
    """Return the quotes of a release by theme: those that may still be shown.

    Whoever said them is still here and agrees, and they are signed off in these very words: nobody
    has taken that back since, and nothing was taken out of what the store holds.
    """
    try:
        document = json.loads(kept_releases.content(work, line.release, "priorities.json"))
    except NothingToDo:  # its files were taken down, or lie elsewhere
        return {}
    held = work.vault.read(f"{ledger.SHELF}/{line.release}").get("quotes", {})
    people = set(held.values())
    today = work.today.isoformat()
    still = work.store.releases.holding(people, today) & work.store.quotable(people)
    signed = signing.published(work)

    def may(theme: str, quote: Mapping[str, Any]) -> bool:
        who = held.get(quote["evidence_id"], "")
        return who in still and (theme, who, quote["text"]) in signed

    return {
        one["id"]: [quote for quote in one["quotes"] if may(one["id"], quote)]
        for one in document["priorities"]
    }
