"""Helper processes parse what one process would, batch by batch."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest

from listening.language import helpers, parse
from listening.language.spans import Found

SENTENCES = [
    f"Number {n}: the lift in our block has been broken for {n} weeks, and nobody came."
    for n in range(700)
]


@pytest.mark.model
def test_helpers_find_what_one_process_finds(
    pipeline: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = parse(SENTENCES, pipeline)
    monkeypatch.setattr(helpers, "WORTH_IT", 1)
    assert parse(SENTENCES, pipeline, helping=1) == alone


@pytest.mark.model
def test_what_a_helper_that_dies_leaves_is_done_here(pipeline: Any) -> None:
    batches = [[f"batch {n}"] for n in range(6)]
    done_here: list[str] = []

    def own(batch: list[str]) -> list[Found]:
        done_here.extend(batch)
        return [Found([], [], [], [])]

    with helpers.pool(str(pipeline.path), 1) as others:
        _kill(others)
        found = helpers.shared(batches, own, others, 1)
    assert len(found) == 6
    assert sorted(done_here) == sorted(batch[0] for batch in batches)


def _kill(others: ProcessPoolExecutor) -> None:
    os.kill(others.submit(os.getpid).result(), signal.SIGKILL)
    with pytest.raises(Exception, match="terminated abruptly"):
        others.submit(os.getpid).result()


@pytest.mark.model
def test_little_is_parsed_by_one_process(pipeline: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_pool(*_: object) -> None:
        raise AssertionError("a helper was started for one sentence")

    monkeypatch.setattr(helpers, "pool", no_pool)
    assert parse(["The lift is broken."], pipeline, helping=4)[0].text == "The lift is broken."
