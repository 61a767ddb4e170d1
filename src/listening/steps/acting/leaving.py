"""What a withdrawal takes out of actions: ids of what the person said, and wordings that repeat it.

What an action says now is its lead's to mend: it is told of, and nothing is written over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from listening.actions import TEXTS, Action, Cycle
from listening.steps import ledger
from listening.steps.own_words import Run, runs, said_by_few
from listening.steps.work import Work


def forget_quotes(work: Work, participant_id: str) -> int:
    """Take the evidence ids that releases gave to somebody's quotes out of every action.

    Ids of segments go with the segments, in the store. It is done while the ledger still knows
    whose quote is whose.

    Returns:
        How many ids went.
    """
    own: list[str] = []
    for line in work.store.releases.all():
        book = work.vault.read(f"{ledger.SHELF}/{line.release}")
        own += [eid for eid, pid in book.get("quotes", {}).items() if pid == participant_id]
    return work.store.actions.forget_evidence(own)


def repeating(work: Work, participant_id: str) -> list[str]:
    """Return ids of the actions whose texts repeat what somebody said who withdraws.

    Earlier wordings that do are forgotten. It is done while the store still holds what
    the person said.
    """
    theirs = _runs_of(words for _, words in work.store.releases.said(participant_id))
    kept = work.store.actions
    told = {
        one.id: (
            _runs_of(_texts(one, kept.tests(one.id))),
            _runs_of(text for line in kept.history(one.id) for text in (line.was, line.now)),
        )
        for one in kept.all()
    }
    written = {run for both in told.values() for of in both for run in of}
    own = said_by_few(work, theirs & written)
    for action, (_, before) in told.items():
        if before & own:
            kept.forget_wordings(action, "")
    return [action for action, (now, _) in told.items() if now & own]


def _texts(action: Action, tests: Iterable[Cycle]) -> Iterator[str]:
    yield from (str(getattr(action, name)) for name in TEXTS)
    for one in tests:
        yield from (one.plan, one.did, one.study, one.learnt)


def _runs_of(texts: Iterable[str]) -> set[Run]:
    """Return the words in a row of several texts."""
    return {run for text in texts for run in runs(text)}
