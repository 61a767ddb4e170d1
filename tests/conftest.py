"""What every folder of tests may use: models, a workplace, small material, the real data."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from listening.settings import Settings
from listening.steps import Work, open_work
from listening.steps.work import silent
from tests.fakes import FakeEncoder

os.environ["HF_HUB_OFFLINE"] = "1"
# a test says what comes out, never how long it takes: that is the machine's business
hypothesis.settings.register_profile("listening", deadline=None)
hypothesis.settings.load_profile("listening")
# Prefect reads its settings when imported: it must never start a second server of its own
os.environ["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] = "false"
ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "tallow_wharf"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def pipeline() -> Any:
    """The packaged English pipeline, loaded once."""
    from listening.language import load_pipeline

    return load_pipeline()


class FakeModels:
    """The real pipeline and a fake encoder: sentences are real, meanings are bags of words."""

    def __init__(self, pipeline: Any) -> None:
        self.pipeline = pipeline

    @cached_property
    def encoder(self) -> FakeEncoder:
        return FakeEncoder()

    @property
    def encoder_name(self) -> str:
        return self.encoder.name


@pytest.fixture
def open_at(pipeline: Any) -> Iterator[Callable[[Path], Work]]:
    """Open a workplace at a folder; all of them are closed afterwards."""
    opened: list[Work] = []

    def at(home: Path) -> Work:
        settings = Settings(home=home, programme="Test programme")
        work = open_work(settings, date(2026, 7, 1), FakeModels(pipeline), silent)
        opened.append(work)
        return work

    yield at
    for work in opened:
        work.store.close()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data, or a skip that says how to get it."""
    if not (SHARED / "data").is_dir():
        pytest.skip("The real data is not here: put it beside the repository as ../shared/data")
    return SHARED / "data"
