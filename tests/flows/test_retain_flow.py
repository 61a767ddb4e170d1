"""The flow that lets go on a schedule: it opens the site itself, and tells Prefect counts alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from listening.settings import Settings
from listening.steps import PackagedModels, accounts
from listening.steps.site import home_of, open_site

BROKEN = 'name = "Mill Town"\nquestion = "Quenthorpe?"\n[retention]\ntrail_months = "Quenthorpe"\n'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings = Settings(home=tmp_path / "home")
    site = open_site(settings, PackagedModels(settings))
    accounts.begin_programme("Mill Town")
    site.close()
    monkeypatch.setenv("LISTENING_HOME", str(settings.home))
    return settings.home


def test_it_lets_go_in_every_programme_of_the_site_that_the_settings_name(
    prefect: str, home: Path
) -> None:
    from flows.retain import let_go

    (told,) = let_go.fn(dry=False)
    assert (told["place"], told["counts"]) == ("mill-town", {})
    assert len(told["receipt"]) == 8


def test_a_fault_tells_prefect_nothing_of_what_was_in_it(prefect: str, home: Path) -> None:
    from flows.listen import Stopped
    from flows.retain import let_go

    own = home_of(home, "mill-town")
    own.mkdir(parents=True, exist_ok=True)
    (own / "programme.toml").write_text(BROKEN, encoding="utf-8")
    with pytest.raises(Stopped) as told:
        let_go.fn(dry=False)
    assert "listening retain" in str(told.value)
    assert "Quenthorpe" not in str(told.value)
    assert told.value.__cause__ is None
