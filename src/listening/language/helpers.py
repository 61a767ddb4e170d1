"""Processes that help to parse: spaCy itself works on one processor.

Helpers load the pipeline too and take batches from the end, while whoever asked takes them from
the front. Which batches there are depends on the texts alone, so the result does not depend on who
parses what.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from listening.language.spans import Found, spans_of

#: characters from which it pays to start a process (it takes some seconds to load a pipeline)
WORTH_IT = 300_000
#: batches that wait for each helper, so that none is ever idle
_WAITING = 2

Batch = list[str]
_pipeline: Any = None


@contextmanager
def pool(path: str, number: int) -> Iterator[ProcessPoolExecutor]:
    """Give helper processes, which end with the block, and with this process however it ends.

    Args:
        path: folder of the pipeline that is loaded here.
        number: how many.
    """
    # a fork of a process with threads may hang, so each starts afresh
    fresh = multiprocessing.get_context("spawn")
    others = ProcessPoolExecutor(number, fresh, _begin, (path,))
    try:
        yield others
    finally:
        others.shutdown(wait=True, cancel_futures=True)


def shared(
    batches: list[Batch],
    own: Callable[[Batch], list[Found]],
    others: ProcessPoolExecutor,
    number: int,
) -> list[list[Found]]:
    """Return what is found in each batch, by whoever is free.

    Args:
        batches: texts, as they are parsed together.
        own: parses a batch here.
        others: the helpers (`pool`); what one that dies leaves is done here.
        number: how many they are.
    """
    found: dict[int, list[Found]] = {}
    asked: dict[int, Future[list[Found]]] = {}
    front, back = 0, len(batches) - 1
    while front <= back:
        while front < back and sum(not one.done() for one in asked.values()) < _WAITING * number:
            try:
                asked[back] = others.submit(_parse, batches[back])
            except BrokenProcessPool:
                break
            back -= 1
        found[front] = own(batches[front])
        front += 1
    for position, answer in asked.items():
        try:
            found[position] = answer.result()
        except BrokenProcessPool:
            found[position] = own(batches[position])
    return [found[position] for position in range(len(batches))]


def _begin(path: str) -> None:
    """Load the pipeline in a helper; it leaves when whoever started it is gone."""
    global _pipeline  # noqa: PLW0603
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    from listening.language.parsing import load_pipeline

    _pipeline = load_pipeline(path)


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _parse(batch: Batch) -> list[Found]:
    return [spans_of(document) for document in _pipeline.pipe(batch, batch_size=len(batch))]
