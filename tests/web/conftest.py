"""A site in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from listening.store import new_key
from tests.conftest import FakeModels
from tests.web.coding_town import built, coded, fresh  # noqa: F401 (fixtures)
from tests.web.town import NoModels, Town, town_at


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with town_at(tmp_path / "home", NoModels()) as opened:
        yield opened


@pytest.fixture
def reading(tmp_path: Path, pipeline: Any) -> Iterator[Town]:
    """A town whose files can be read; the vault is encrypted."""
    with town_at(tmp_path / "home", FakeModels(pipeline), new_key()) as opened:
        yield opened


@pytest.fixture
def town_in_plain(tmp_path: Path, pipeline: Any) -> Iterator[Town]:
    """A town whose files can be read and whose vault can be searched."""
    with town_at(tmp_path / "home", FakeModels(pipeline)) as opened:
        yield opened
