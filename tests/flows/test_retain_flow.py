"""The run that lets go once a day: it opens the site itself, and tells Prefect a number alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from listening.settings import Settings
from listening.steps import PackagedModels, accounts
from listening.steps.handing import RETAIN, Job, turn
from listening.steps.retaining.last import BOOK
from listening.steps.site import home_of, open_site
from listening.store import Vault

RULES = 'name = "Mill Town"\nquestion = "Quenthorpe?"\n[retention]\ntrail_months = 12\n'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings = Settings(home=tmp_path / "home")
    site = open_site(settings, PackagedModels(settings))
    accounts.begin_programme("Mill Town")
    accounts.begin_programme("Harbour Side")
    site.close()
    own = home_of(settings.home, "mill-town")
    own.mkdir(parents=True, exist_ok=True)
    (own / "programme.toml").write_text(RULES, encoding="utf-8")
    monkeypatch.setenv("LISTENING_HOME", str(settings.home))
    return settings.home


def looked(home: Path, slug: str) -> bool:
    return bool(Vault(home_of(home, slug) / "vault").read(BOOK))


def test_it_looks_once_a_day_at_every_programme_with_rules(prefect: str, home: Path) -> None:
    from flows.site import _retain

    assert _retain.fn() == 1
    assert looked(home, "mill-town")
    assert not looked(home, "harbour-side")
    assert _retain.fn() == 0


def test_a_second_run_at_once_leaves_it_to_the_first(prefect: str, home: Path) -> None:
    from flows.site import _retain

    with turn(home, Job(RETAIN)):
        assert _retain.fn() == 0
    assert not looked(home, "mill-town")


def test_a_fault_tells_prefect_nothing_of_what_was_in_it(prefect: str, home: Path) -> None:
    from flows.listen import Stopped
    from flows.site import _retain

    vault = home_of(home, "mill-town") / "vault"
    vault.mkdir(exist_ok=True)
    (vault / f"{BOOK}.json").write_text('"Quenthorpe"', encoding="utf-8")
    with pytest.raises(Stopped) as told:
        _retain.fn()
    assert "Quenthorpe" not in str(told.value)
    assert told.value.__cause__ is None


def test_the_worker_knows_the_run_by_the_name_that_the_pages_ask_for(prefect: str) -> None:
    from flows.deploying import deployments
    from flows.site import retain

    assert retain.name == RETAIN
    assert f"flows.site.{RETAIN}" in {one["entrypoint"] for one in deployments()}
