"""Releases on a page: what would go now and what stands in the way, what went, and its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from listening.disclosure.profiles import PROFILES
from listening.errors import NothingToDo
from listening.steps import kept_releases, quoting, releasing, taken_out
from listening.steps.acting.answering import answers, public
from listening.steps.desk import asked
from listening.steps.desk.asked import Asked
from listening.steps.kept_results import KeptResults, document, kept_results
from listening.steps.work import Work
from listening.store.accounts import Person, Programme, trail

#: what is asked for beside the profile: that results nobody has coded may go, marked as such
PROVISIONAL = "provisional"


@dataclass(frozen=True)
class Standing:
    """What would go now.

    Attributes:
        kept: the results that it would be made of; None where there are none.
        status: `provisional` or `reviewed`; empty without results.
        signed, waits: quotes.
        blocked: profile to what stands in the way, in sentences; empty where nothing does.
        before: profile of the last release; empty before the first.
        first: how many priorities residents read of one by one; answered: of how many of them the
            release would say what is done.
    """

    kept: KeptResults | None
    status: str = ""
    signed: int = 0
    waits: int = 0
    blocked: Mapping[str, str] = field(default_factory=dict)
    before: str = ""
    first: int = 0
    answered: int = 0

    @property
    def may(self) -> tuple[str, ...]:
        """Profiles under which nothing stands in the way."""
        return tuple(name for name, why in self.blocked.items() if not why)


@dataclass(frozen=True)
class Line:
    """One release of the ledger.

    Attributes:
        number: in the order of making, from 1.
        day: when it was made.
        files: names of those that are kept here.
        taken_out: when its files went, as words of it were taken out; None where none were.
    """

    release: str
    number: int
    day: date
    wave: str
    profile: str
    status: str
    codebook_version: str
    files: tuple[str, ...]
    taken_out: date | None


def standing(work: Work) -> Standing:
    """Return what would go now."""
    kept = kept_results(work)
    lines = work.store.releases.all()
    before = lines[-1].profile if lines else ""
    if kept is None:
        return Standing(None, before=before)
    quotes = quoting.board(work, kept)
    question = _Question(kept.folder, kept.mark, len(lines), work)
    told = document(kept)
    first = [str(one["id"]) for one in told["priorities"]][: told["k"]]
    done = public(answers(work, first))
    return Standing(
        kept,
        told["status"],
        quotes.signed,
        quotes.waits,
        _blocked(question),
        before,
        len(first),
        len(done),
    )


@dataclass(frozen=True)
class _Question:
    """What stands in the way of a release: the answer holds for these results and this ledger."""

    folder: Path
    mark: str
    releases: int
    work: Work = field(compare=False, hash=False)


@lru_cache(maxsize=4)
def _blocked(question: _Question) -> Mapping[str, str]:
    return releasing.in_the_way(question.work, question.folder, tuple(PROFILES))


def lines(work: Work) -> list[Line]:
    """Return every release, the newest first."""
    taken_out.take_down(work)
    gone = taken_out.taken_down(work)
    found = [
        Line(
            one.release,
            number,
            date.fromisoformat(one.day),
            one.wave,
            one.profile,
            str(one.tables["status"]),
            str(one.tables["codebook_version"]),
            tuple(kept_releases.names(work, one.release)),
            date.fromisoformat(gone[one.release]) if one.release in gone else None,
        )
        for number, one in enumerate(work.store.releases.all(), start=1)
    ]
    return found[::-1]


def requests(work: Work) -> list[Asked]:
    """Return what was asked for of releases, newest first."""
    return [one for one in asked.everything(work.vault) if one.what == asked.RELEASE]


def make(work: Work, one: Asked) -> Iterator[str]:
    """Make the release that somebody asked for, and say what came of it.

    Raises:
        ListeningError: it may not be made, or the results are not those that were looked at.
    """
    profile, provisional, mark = one.about
    kept = kept_results(work)
    if kept is None or kept.mark != mark:
        raise NothingToDo(
            "The release",
            "was not made: the results are not those that you looked at.",
            "Look at them again, then ask for it.",
        )
    told = releasing.release(work, kept.folder, None, profile, provisional == PROVISIONAL)
    same = " It is the same as before." if told.again else ""
    yield (
        f"Release {told.release}, {told.status}: {told.quotes} "
        f"{'quote' if told.quotes == 1 else 'quotes'}, {told.withheld:,} figures withheld.{same}"
    )
    for why, count in told.left_out.items():
        yield f"Signed quotes that stay here: {count}, as {why}."
    if told.dropped:
        kinds = (
            f"{len(told.dropped)} kinds of figure" if len(told.dropped) > 1 else "A kind of figure"
        )
        yield f"{kinds} stayed here, as no rule says how to protect them; release.json names them."


def fetched(
    work: Work, person: Person, programme: Programme, release: str, part: str
) -> tuple[str, bytes]:
    """Return the name and the bytes of a file of a release; that it was taken is in the trail.

    Raises:
        NothingToDo: it is not kept here.
    """
    if release not in {one.release for one in work.store.releases.all()}:
        raise NothingToDo("This release", "is not in the ledger.", "See the list.")
    taken_out.take_down(work)  # whatever was taken out meanwhile is handed to nobody
    content = kept_releases.content(work, release, part)
    trail.note(
        "release downloaded", who=person.email, programme=programme.slug, on=f"release {release}"
    )
    name = f"release-{release}.zip" if part == kept_releases.ZIP else f"release-{release}-{part}"
    return name, content
