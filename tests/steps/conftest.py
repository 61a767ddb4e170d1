"""The coded town, as the tests of the coding loop begin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from listening.steps import Work
from listening.steps.coding import push
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, BEN, CODERS, book, chosen, lay_out
from tests.steps.town import RUN

OpenAt = Callable[[Path], Work]


@pytest.fixture
def work(open_at: OpenAt, tmp_path: Path) -> Work:
    """A store of which something was chosen to be coded."""
    opened = open_at(tmp_path / "home")
    lay_out(opened)
    chosen(opened, tmp_path / "selection.csv")
    return opened


@pytest.fixture
def server(work: Work) -> FakeLabelStudio:
    """A Label Studio to which it was pushed, for two coders."""
    made = FakeLabelStudio(CODERS)
    push(work, RUN, book(), made, [ADA, BEN])
    return made
