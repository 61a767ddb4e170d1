"""What a fault may say to Prefect, and what not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from listening.errors import NothingToDo
from listening.steps import Work


@pytest.mark.parametrize(
    "fault",
    [
        ValueError("my landlord is a wobblethorn"),
        NothingToDo("wobblethorn.txt", "is empty.", "Go."),
    ],
)
def test_a_fault_is_kept_for_the_caller_and_prefect_hears_a_fixed_sentence(
    fault: Exception, prefect: str, open_at: Callable[[Path], Work], tmp_path: Path
) -> None:
    from flows.listen import Stopped, without_words, workplace

    work = open_at(tmp_path / "home")
    token = workplace.set(work)
    with pytest.raises(Stopped) as caught, without_words():
        raise fault
    workplace.reset(token)
    assert "wobblethorn" not in str(caught.value)
    assert caught.value.__suppress_context__
    assert work.fault is fault
