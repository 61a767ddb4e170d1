"""When a run is started, when one is taken up again, and when it is given up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from listening.errors import ServerAway
from listening.settings import Settings
from listening.steps import accounts
from listening.steps.attending import retain_all
from listening.steps.desk import asked
from listening.steps.handing import AGAIN, Handing, Job, Working, turn
from listening.steps.orchestrating import Run, Stage
from listening.steps.site import Site, home_of, now, open_site


@dataclass
class FakeRuns:
    """A Prefect that starts what it is told to."""

    kept: dict[str, list[Run]] = field(default_factory=dict)
    started: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    again_after: list[timedelta] = field(default_factory=list)
    away: bool = False

    def of(self, key: str) -> list[Run]:
        if self.away:
            raise ServerAway("Prefect", "does not answer.", "")
        return self.kept.get(key, [])

    def start(self, flow: str, key: str, parameters: Mapping[str, str]) -> None:
        self.started.append((flow, parameters))
        run = Run(f"{key}-{len(self.started)}", "SCHEDULED", now())
        self.kept.setdefault(key, []).insert(0, run)

    def again(self, run: Run, after: timedelta) -> None:
        self.again_after.append(after)

    def how_far(self, run: Run) -> Stage | None:
        return Stage("embed", 3, 12)

    def stands(self, key: str, state: str, seconds: int) -> None:
        """Let the newest run have been in a state for a while."""
        since = now() - timedelta(seconds=seconds)
        self.kept[key][0] = replace(self.kept[key][0], state=state, since=since, began=since)


class NoModels:
    pipeline = encoder = encoder_name = None


KEY = "results-mill-town"


@pytest.fixture
def site(tmp_path: Path) -> Any:
    opened = open_site(Settings(home=tmp_path / "home"), NoModels())  # type: ignore[arg-type]
    mill = accounts.begin_programme("Mill Town")
    asked.ask(opened.work(mill).vault, asked.RESULTS, "", "")
    yield opened
    opened.close()


def hands_of(runs: FakeRuns) -> Handing:
    return Handing(runs)  # type: ignore[arg-type]


def test_what_waits_gets_one_run_however_often_it_is_looked(site: Site) -> None:
    runs = FakeRuns()
    hands = hands_of(runs)
    for _ in range(3):
        assert hands.next(site) is False
    assert runs.started == [("results", {"programme": "mill-town"})]


def test_a_run_that_ended_while_something_came_is_followed_by_another(site: Site) -> None:
    runs = FakeRuns()
    hands = hands_of(runs)
    hands.next(site)
    runs.stands(KEY, "COMPLETED", 1)
    hands.next(site)
    assert len(runs.started) == 2


def test_a_running_run_is_lost_only_without_its_lock(site: Site) -> None:
    runs = FakeRuns()
    hands = hands_of(runs)
    hands.next(site)
    runs.stands(KEY, "RUNNING", 60)
    with turn(site.settings.home, Job("results", "mill-town")) as mine:
        assert mine
        hands.next(site)
        with turn(site.settings.home, Job("results", "mill-town")) as another:
            assert not another
    assert runs.again_after == []
    hands.next(site)
    assert runs.again_after == [timedelta()]


@pytest.mark.parametrize(
    ("state", "seconds", "taken_up"),
    [
        ("SCHEDULED", 900, False),
        ("PENDING", 60, False),
        ("PENDING", 600, True),
        ("RUNNING", 5, False),
        ("CRASHED", 1, True),
        ("FAILED", 1, True),
        ("CANCELLED", 1, False),
    ],
)
def test_a_run_is_taken_up_again_where_it_would_not_end(
    site: Site, state: str, seconds: int, taken_up: bool
) -> None:
    runs = FakeRuns()
    hands = hands_of(runs)
    hands.next(site)
    runs.stands(KEY, state, seconds)
    hands.next(site)
    assert bool(runs.again_after) is taken_up
    assert len(runs.started) == 1


def test_a_run_that_fails_rests_longer_each_time_and_is_given_up_and_tried_anew_later(
    site: Site,
) -> None:
    runs = FakeRuns()
    hands = hands_of(runs)
    hands.next(site)
    job = Job("results", "mill-town")
    for _ in range(AGAIN + 2):
        runs.stands(KEY, "FAILED", 1)
        hands.next(site)
    assert runs.again_after == sorted(set(runs.again_after))
    assert len(runs.again_after) == AGAIN
    assert hands.working(job) == Working(lost=True)
    runs.stands(KEY, "FAILED", 3600)
    hands.next(site)
    assert len(runs.started) == 2


def test_pages_say_how_far_a_run_is_and_nothing_where_prefect_is_away(site: Site) -> None:
    runs = FakeRuns()
    hands = hands_of(runs)
    job = Job("results", "mill-town")
    hands.next(site)
    assert hands.working(job) == Working()
    runs.stands(KEY, "RUNNING", 1)
    working = hands.working(job)
    assert working is not None
    assert working.stage == Stage("embed", 3, 12)
    assert working.since
    runs.away = True
    assert hands.working(job) is None
    hands.next(site)  # it waits for Prefect to come back


def test_a_hint_has_it_pulled_at_once_and_where_nobody_codes_nothing_else_does(site: Site) -> None:
    runs = FakeRuns()
    hands = hands_of(runs)
    hands.pull(site, hinted=False)
    assert runs.started == []
    hands.pull(site, hinted=True)
    hands.pull(site, hinted=True)
    assert runs.started == [("pull", {})]


def test_a_day_has_one_run_that_lets_go_where_a_programme_has_rules(site: Site) -> None:
    runs = FakeRuns()
    hands = hands_of(runs)
    hands.retain(site)
    assert runs.started == []
    own = home_of(site.settings.home, "mill-town")
    (own / "programme.toml").write_text(
        'name = "Mill"\nquestion = "What?"\n[retention]\nwords_months = 12\n', encoding="utf-8"
    )
    hands.retain(site)
    hands.retain(site)
    assert runs.started == [("retain", {})]
    runs.stands("retain", "RUNNING", 60)
    hands.retain(site)  # its process was killed
    assert runs.again_after == [timedelta()]
    assert retain_all(site) == 1
    runs.stands("retain", "COMPLETED", 1)
    hands.retain(site)
    assert len(runs.started) == 1


@pytest.mark.parametrize("told", ["", "embed", "embed 3", "embed 3 of", "a b c d"])
def test_what_is_no_stage_is_none(told: str) -> None:
    assert Stage.read(told) is None
    assert Stage.read(str(Stage("embed", 3, 12))) == Stage("embed", 3, 12)
