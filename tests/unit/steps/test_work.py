"""The workplace: models are loaded once whoever asks, and every stage reaches the ledger."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening import embeddings, language
from listening.errors import ListeningError
from listening.settings import Settings
from listening.steps import PackagedModels, open_work, warm
from listening.steps.work import content_key

MISSING = ListeningError("The pipeline", "is not installed.", "Install it.")


class Loaders:
    """Loads nothing, slowly, and remembers how often and by how many at once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.loaded: list[str] = []
        self.at_once = self.most_at_once = 0
        self.go = threading.Event()
        self.go.set()
        self.fault: Exception | None = None
        monkeypatch.setattr(language, "load_pipeline", self._loader("pipeline"))
        monkeypatch.setattr(embeddings, "load_encoder", self._loader("encoder"))

    def _loader(self, what: str) -> Callable[[Any], object]:
        def load(_name: Any, _precision: str = "") -> object:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            self.loaded.append(what)
            time.sleep(0.02)
            if what == "encoder":
                self.go.wait(5)
            self.at_once -= 1
            if self.fault:
                raise self.fault
            return object()

        return load


@pytest.fixture
def loaders(monkeypatch: pytest.MonkeyPatch) -> Loaders:
    return Loaders(monkeypatch)


def in_threads(*tasks: Callable[[], object]) -> None:
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)


def test_making_models_loads_nothing(loaders: Loaders) -> None:
    PackagedModels(Settings())
    assert loaders.loaded == []


def test_models_are_loaded_once_and_one_at_a_time_whoever_asks(loaders: Loaders) -> None:
    models = PackagedModels(Settings())
    found: list[tuple[object, object]] = []

    def ask() -> None:
        found.append((models.pipeline, models.encoder))

    def ask_in_turn() -> None:
        encoder = models.encoder
        found.append((models.pipeline, encoder))

    in_threads(ask, ask_in_turn, ask, ask_in_turn)
    assert sorted(set(loaders.loaded)) == ["encoder", "pipeline"]
    assert loaders.loaded.count("pipeline") == loaders.loaded.count("encoder") == 1
    assert loaders.most_at_once == 1
    assert len(set(found)) == 1


def test_a_model_that_is_there_does_not_wait_for_one_that_is_still_loading(
    loaders: Loaders,
) -> None:
    models = PackagedModels(Settings())
    loaders.go.clear()
    warming = threading.Thread(target=lambda: (models.pipeline, models.encoder))
    warming.start()
    while "encoder" not in loaders.loaded:
        time.sleep(0.005)
    assert models.pipeline is models.pipeline  # would wait for ever here
    assert warming.is_alive()
    loaders.go.set()
    warming.join(5)
    assert loaders.loaded == ["pipeline", "encoder"]


def test_warming_keeps_a_fault_for_whoever_needs_the_model(
    loaders: Loaders, tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path / "home")
    models = PackagedModels(settings)
    loaders.fault = MISSING
    work = open_work(settings, date(2026, 3, 2), models)
    warm(work).join(60)  # a fault that left the thread would fail this test
    with pytest.raises(ListeningError, match="not installed"):
        _ = models.pipeline
    loaders.fault = None
    assert models.pipeline is models.pipeline


def test_a_stage_reaches_the_ledger_whether_it_ends_well_or_not(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    settings = Settings(home=tmp_path / "home")
    work = open_work(
        settings, date(2026, 3, 2), PackagedModels(settings), lambda *heard: told.append(heard)
    )
    work.store.begin_run("r1", 0, {})
    with work.stage("r1", "read") as measure:
        measure.count("read", 3)
    with pytest.raises(ZeroDivisionError), work.stage("r1", "embed"):
        raise ZeroDivisionError
    stages = work.store.run("r1").stages
    assert [(stage["name"], stage["items"]) for stage in stages] == [("read", 3), ("embed", 0)]
    assert told == [("read", 0, 0), ("embed", 0, 0)]
    assert work.vault.folder == tmp_path / "home" / "vault"
    assert not work.vault.encrypted
    work.store.close()


def test_a_content_key_is_the_same_for_the_same_content() -> None:
    assert content_key({"b": 1, "a": [2]}, b"x") == content_key({"a": [2], "b": 1}, b"x")
    assert content_key("é") == content_key("\u00e9")
    assert len(content_key()) == 64


@given(parts=st.lists(st.text() | st.binary() | st.integers(), min_size=1), where=st.integers(0))
def test_a_content_key_tells_where_one_part_ends(parts: list[Any], where: int) -> None:
    key = content_key(*parts)
    assert key != content_key(*parts, "")
    first = parts[where % len(parts)]
    if isinstance(first, str | bytes) and len(first) > 1:
        at = where % len(parts)
        assert key != content_key(*parts[:at], first[:1], first[1:], *parts[at + 1 :])
