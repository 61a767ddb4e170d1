"""A site lets go by itself from one day to the next, and of nothing that would surprise anybody."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from listening.settings import Settings
from listening.steps import accounts, health, retaining
from listening.steps.attending import OwnHands, Reader, retain_all
from listening.steps.handing import Job, turn
from listening.steps.nouns import Programme
from listening.steps.retaining.daily import DAYS_APART
from listening.steps.site import Site, home_of, open_site
from listening.store import Vault
from tests.steps.town import lay_out

RULES = """name = "Mill Town"
question = "What would help?"
[retention]
words_months = 1200
"""
TODAY = date(2026, 7, 1)
#: of one of six; the others named no day
ENDS = "2026-07-05"


class NoModels:
    pipeline = encoder = encoder_name = None


@dataclass
class Mill:
    """A site with a programme in which six people were heard, and another one."""

    site: Site
    here: Programme
    there: Programme

    def rule(self, content: str = RULES, programme: Programme | None = None) -> None:
        slug = (programme or self.here).slug
        file = home_of(self.site.settings.home, slug) / "programme.toml"
        file.write_text(content, encoding="utf-8")

    def on(self, day: str) -> int:
        """Let the day be another, and look."""
        self.site.today = lambda: date.fromisoformat(day)
        return retain_all(self.site)

    @property
    def people(self) -> int:
        return len(self.site.work(self.here).store.kept.heard())

    @property
    def why(self) -> str:
        return retaining.held(retaining.of_programme(self.site, self.here))

    @property
    def health(self) -> tuple[str, str]:
        (told,) = [one for one in health.beside(self.site) if one.name == "retention"]
        return told.state, told.why

    def by_hand(self) -> None:
        retaining.retain_site(self.site)

    def told(self, action: str) -> int:
        """How often the trail says it."""
        return sum(one.action.startswith(action) for one in accounts.changes(self.here))


@pytest.fixture
def mill(tmp_path: Path) -> Iterator[Mill]:
    site = open_site(Settings(home=tmp_path / "home"), NoModels())  # type: ignore[arg-type]
    site.today = lambda: TODAY
    one = Mill(site, accounts.begin_programme("Mill Town"), accounts.begin_programme("Harbour"))
    work = site.work(one.here)
    lay_out(work, survey=6)
    work.store.kept.note_ends("k0", {"P00001": ENDS})
    yield one
    site.close()


@pytest.fixture
def going(mill: Mill) -> Mill:
    """The same with rules, looked at a first time while nothing was due."""
    mill.rule()
    assert mill.on("2026-07-01") == 1
    return mill


def test_a_programme_without_rules_is_left_alone_whoever_is_due(mill: Mill) -> None:
    assert mill.on("2030-01-01") == 0
    mill.rule(RULES.replace("words_months", "backups_months"))  # these are the operator's
    assert mill.on("2030-01-02") == 0
    assert mill.people == 6
    assert mill.site.work(mill.here).vault.read("retained") == {}


def test_from_one_day_to_the_next_whoever_is_due_goes_by_itself_and_once(going: Mill) -> None:
    for day in range(2, 6):
        assert going.on(f"2026-07-0{day}") == 1
        assert going.people == 6
    assert going.on("2026-07-06") == 1
    assert going.people == 5
    assert going.on("2026-07-06") == 0
    going.on("2026-07-07")
    assert going.told("kept no longer") == 1
    assert [one.counts for one in going.site.work(going.here).store.kept.receipts()] == [
        {"people": 1}
    ]
    assert going.health == (health.GOOD, "")


def test_what_is_due_the_first_time_waits_for_a_person_and_is_told_of_once(
    mill: Mill, caplog: pytest.LogCaptureFixture
) -> None:
    mill.rule()
    with caplog.at_level(logging.WARNING, "listening.retention"):
        for day in ("2026-07-10", "2026-07-11", "2026-07-12"):
            mill.on(day)
    assert mill.people == 6
    assert (mill.why, mill.health) == ("first", (health.LOOK, "first"))
    assert mill.told("nothing kept for its time went by itself") == 1
    (line,) = caplog.messages
    assert "listening retain --dry-run" in line
    assert mill.here.slug not in line
    mill.by_hand()
    assert (mill.people, mill.why, mill.health) == (5, "", (health.GOOD, ""))
    mill.site.work(mill.here).store.kept.note_ends("k0", {"P00002": "2026-07-12"})
    mill.on("2026-07-13")
    assert mill.people == 4


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (-4000, "back"),
        (-1, "back"),
        (1, ""),
        (DAYS_APART, ""),
        (DAYS_APART + 1, "ahead"),
        (40000, "ahead"),
    ],
)
def test_a_day_that_cannot_follow_the_last_one_erases_nothing(
    going: Mill, days: int, why: str
) -> None:
    going.on((TODAY + timedelta(days)).isoformat())
    assert going.why == why
    assert going.people == (5 if days > 4 and not why else 6)
    assert going.health == (health.LOOK if why else health.GOOD, why)


def test_a_clock_that_was_set_right_again_needs_nobody(going: Mill) -> None:
    for day in ("2031-01-01", "2031-01-02", "2020-01-01", "2031-01-03"):
        going.on(day)
    assert going.people == 6
    assert going.told("nothing kept for its time went by itself") == 3
    going.on("2026-07-06")
    assert (going.people, going.why) == (5, "")


def test_after_a_long_pause_the_command_is_a_persons_answer(going: Mill) -> None:
    going.on("2026-12-01")
    assert going.people == 6
    assert "listening retain" in retaining.waits(retaining.of_programme(going.site, going.here))
    retaining.retain_site(going.site, dry=True)
    assert going.why == "ahead"
    going.by_hand()
    assert (going.people, going.why) == (5, "")
    going.on("2026-12-02")
    assert going.why == ""


def test_a_day_that_once_was_by_mistake_hides_nothing_that_is_overdue(mill: Mill) -> None:
    mill.site.today = lambda: date(2020, 1, 1)
    mill.by_hand()
    mill.site.today = lambda: date(2031, 1, 1)
    mill.site.work(mill.here).store.kept.note_ends("k0", {"P00001": ""})
    mill.by_hand()  # the receipt is of a day that is still to come
    assert mill.people == 5
    mill.site.work(mill.here).store.kept.note_ends("k0", {"P00002": ENDS})
    mill.site.today = lambda: date(2026, 7, 9)
    assert mill.health == (health.LOOK, "")


def test_rules_that_changed_wait_for_a_person_where_something_is_due(going: Mill) -> None:
    going.rule(RULES.replace("1200", "1100"))
    going.on("2026-07-02")
    assert going.why == ""  # nothing was due under them
    going.rule(RULES.replace("1200", "1000"))
    going.on("2026-07-06")
    assert (going.people, going.why) == (6, "changed")
    going.by_hand()
    assert (going.people, going.why) == (5, "")


def test_how_long_backups_are_kept_is_no_such_change(going: Mill) -> None:
    going.rule(f"{RULES}backups_months = 2\n")
    going.on("2026-07-06")
    assert going.people == 5


def test_an_operator_may_keep_it_to_themselves(going: Mill) -> None:
    going.site.settings = replace(going.site.settings, retention="by_hand")
    assert going.on("2026-07-09") == 0
    assert (going.people, going.health) == (6, (health.LOOK, ""))
    going.by_hand()
    assert going.people == 5


@contextmanager
def reading(mill: Mill) -> Iterator[None]:
    with mill.site.work(mill.here).alone():
        yield


@contextmanager
def ranking(mill: Mill) -> Iterator[None]:
    with turn(mill.site.settings.home, Job("results", mill.here.slug)):
        yield


@pytest.mark.parametrize("working", [reading, ranking])
def test_while_somebody_works_in_a_programme_it_waits_there_alone(
    going: Mill, working: type[reading]
) -> None:
    going.rule(RULES, going.there)
    with working(going):
        assert going.on("2026-07-06") == 1
        assert going.people == 6
    assert going.on("2026-07-06") == 1
    assert going.people == 5


def test_rules_that_cannot_be_read_stop_no_other_programme(going: Mill) -> None:
    going.rule("retention = 3", going.there)
    assert going.on("2026-07-06") == 1
    assert going.people == 5
    assert going.health == (health.LOOK, "")


def test_a_fault_in_one_programme_stops_no_other_and_is_told(going: Mill) -> None:
    going.rule(RULES, going.there)
    vault = going.site.work(going.there).vault
    vault.write("retained", {"day": "never"})
    with pytest.raises(ValueError, match="never"):
        going.on("2026-07-06")
    assert going.people == 5


@dataclass
class Faulty(OwnHands):
    """Hands that cannot let go."""

    looks_every = 0.01
    tried: int = 0
    pulled: threading.Event = field(default_factory=threading.Event)

    def retain(self, site: Site) -> None:
        self.tried += 1
        raise OSError

    def pull(self, site: Site, hinted: bool) -> None:
        self.pulled.set()


def test_the_thread_beside_the_pages_begins_it_and_a_fault_in_it_stops_nothing_else(
    mill: Mill,
) -> None:
    hands = Faulty()
    reader = Reader(mill.site, hands)
    reader.begin()
    try:
        assert hands.pulled.wait(30)
        reader.hint()
    finally:
        reader.stop()
    assert hands.tried == 1  # and again in a while


def test_the_thread_beside_the_pages_does_it_with_its_own_hands(going: Mill) -> None:
    going.site.today = lambda: date(2026, 7, 6)
    done = threading.Event()

    class Own(OwnHands):
        def pull(self, site: Site, hinted: bool) -> None:
            done.set()

    reader = Reader(going.site, Own())
    reader.begin()
    try:
        assert done.wait(60)
    finally:
        reader.stop()
    assert going.people == 5


class Dead(Exception):  # noqa: N818 - as a kill, and no fault
    pass


class Cut(Vault):
    """A vault that is stopped before its n-th change."""

    def __init__(self, vault: Vault, left: int) -> None:
        super().__init__(vault.folder)
        self.left = left

    def write(self, book: str, content: object) -> None:
        self.left -= 1
        if self.left < 0:
            raise Dead
        super().write(book, content)  # type: ignore[arg-type]


def test_stopped_at_any_moment_it_is_finished_by_the_next_look(going: Mill) -> None:
    going.site.today = lambda: date(2026, 7, 6)
    cuts = 0
    while True:
        place = retaining.of_programme(going.site, going.here)
        cut = replace(place, work=replace(place.work, vault=Cut(place.work.vault, cuts)))
        try:
            retaining.by_itself(cut)
        except Dead:
            assert cut.work.store.kept.unfinished()
            assert len(list(retaining.waiting(going.site))) == 1
        else:
            break
        cuts += 1
    assert cuts > 2
    assert going.people == 5
    (receipt,) = going.site.work(going.here).store.kept.receipts()
    assert (receipt.done, receipt.counts) == (True, {"people": 1})
    assert list(retaining.waiting(going.site)) == []
