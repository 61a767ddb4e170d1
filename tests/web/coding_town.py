"""A programme that codes, with a Label Studio in memory, as its pages and its reader find it."""

from __future__ import annotations

import copy
import html
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from listening.settings import Settings
from listening.steps import Work, label_studio
from listening.steps.attending import Reader
from listening.steps.coding import pull, push
from listening.steps.desk import doing
from listening.steps.selecting import select
from listening.steps.site import open_site
from listening.web import here
from tests.conftest import FakeModels
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, BEN, CODERS, book, lay_out, ticked
from tests.steps.town import RUN
from tests.web.town import Town, client_of, town_at


@dataclass
class Coded:
    """A town whose first programme codes."""

    town: Town
    server: FakeLabelStudio

    @property
    def work(self) -> Work:
        return self.town.site.work(self.town.here)

    def address(self, then: str = "coding/") -> str:
        return f"/programmes/{self.town.here.slug}/{then}"

    def client(self, by: str = "researcher") -> Any:
        return client_of(self.town.people[by])

    def page(self, then: str = "coding/", **asked: str) -> str:
        answer = self.client().get(self.address(then), asked)
        assert answer.status_code == 200
        return shown(answer)

    def press(self, what: str, **more: str) -> str:
        """Press a button of the page, and look at what comes."""
        before = self.client().get(self.address()).content.decode()
        once = re.search(r'name="once" value="(\w+)-', before)
        told = {"what": what, "once": f"{once.group(1) if once else 'x'}-{what}", **more}
        return shown(self.client().post(self.address("coding/ask/"), told, follow=True))

    def do_all(self) -> int:
        """Do what was asked for; how much."""
        many = 0
        while doing.do_next(self.town.site):
            many += 1
        return many

    def do(self, what: str, **more: str) -> str:
        """Press, let it be done, and return the page then."""
        self.press(what, **more)
        assert self.do_all() == 1
        return self.page()


def shown(answer: Any) -> str:
    """Return what a page says, its tags taken for spaces."""
    told = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(html.unescape(told).split())


@dataclass(frozen=True)
class Built:
    """A home that was built once; each test has a copy of it."""

    home: Path
    town: Town
    server: FakeLabelStudio


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """Homes by name: `fresh` with material alone, `coded` where two have read the audit."""
    homes = {}
    for name, further in (("fresh", lambda _made: None), ("coded", _code)):
        home = tmp_path_factory.mktemp(name) / "home"
        with pytest.MonkeyPatch.context() as patch, town_at(home, FakeModels(None)) as town:
            made = Coded(town, FakeLabelStudio(CODERS))
            patch.setattr(label_studio, "reached", lambda _settings, one=made: one.server)
            lay_out(made.work)
            further(made)
        homes[name] = Built(home, town, made.server)
    return homes


def _code(made: Coded) -> None:
    """Two read their part of the audit; on four answers they differ."""
    work, server = made.work, made.server
    select(work, RUN, None, None, 0)
    push(work, RUN, book(), server, [ADA, BEN])
    for coder in (ADA, BEN):
        for place, task in enumerate(sorted(server.hold(f"blind/whole/{coder}"))):
            codes = [["housing"], ["buses"], ["parks"]][place % 3]
            more = ["parks"] if coder == BEN and place < 4 and codes != ["parks"] else []
            server.submit(task, coder, ticked(*codes, *more, memo="Says so twice."))
    pull(work, server)


@contextmanager
def copied(built: Built, tmp_path: Path, patch: pytest.MonkeyPatch) -> Iterator[Coded]:
    shutil.copytree(built.home, tmp_path / "home")
    site = open_site(Settings(home=tmp_path / "home"), FakeModels(None))
    site.today = lambda: date(2026, 7, 1)
    here.serve_from(site, Reader(site))
    made = Coded(replace(built.town, site=site), copy.deepcopy(built.server))
    patch.setattr(label_studio, "reached", lambda _settings: made.server)
    yield made
    site.close()


@pytest.fixture
def fresh(
    built: dict[str, Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Coded]:
    """Material is read, and nothing was chosen or sent."""
    with copied(built["fresh"], tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def coded(
    built: dict[str, Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Coded]:
    """Two have read their part of the audit; on four answers they differ."""
    with copied(built["coded"], tmp_path, monkeypatch) as made:
        yield made
