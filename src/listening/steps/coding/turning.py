"""One turn of the loop: what was coded comes back, teaches, and what to code next goes out.

Nobody is waited for: a turn may be made at any time, and there is always one more to make until the
rules for stopping hold.
"""

from __future__ import annotations

from dataclasses import dataclass

from listening.coding.selection import BATCH
from listening.errors import NothingToDo
from listening.labelstudio.nouns import ASSISTED
from listening.labelstudio.protocol import Server
from listening.steps.coding.books import book_for
from listening.steps.coding.coded import pulled_rows
from listening.steps.coding.pushing import Pushed, push
from listening.steps.selecting import select
from listening.steps.stopping import stopping
from listening.steps.work import Work


@dataclass(frozen=True)
class Rules:
    """What the rules for stopping say.

    Attributes:
        met: whether coding may stop; None where it cannot be said.
        said: in a sentence.
    """

    met: bool | None
    said: str


def rules(work: Work, run_id: str, seed: int = 0) -> Rules:
    """Say whether coding may stop, by what was pulled."""
    k = int(work.store.run(run_id).parameters.get("k", 6))
    try:
        told = stopping(work, run_id, None, [], k, seed, None, pulled_rows(work, run_id))
    except NothingToDo as nothing:
        return Rules(None, str(nothing))
    return Rules(told.met, told.headline)


def choose_more(work: Work, run_id: str, seed: int = 0) -> int:
    """Choose a further batch where little is left to read; return how many passages.

    It is chosen by what was pulled: what the machine is least sure of comes first.
    """
    left = sum(
        one.waiting + one.unsent
        for one in work.store.loop.standings()
        if one.project.role == ASSISTED
    )
    if left >= BATCH:
        return 0
    try:
        return _chosen(work, run_id, seed)
    except NothingToDo:
        return 0


def _chosen(work: Work, run_id: str, seed: int) -> int:
    told = select(work, run_id, None, None, seed, pulled_rows(work, run_id))
    return sum(told.passages.values())


def push_more(work: Work, run_id: str, server: Server, seed: int = 0) -> Pushed:
    """Send what was chosen, to the same coders and under the same codebook as before."""
    return push(work, run_id, book_for(work, run_id, None), server, (), seed=seed)
