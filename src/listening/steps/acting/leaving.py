"""What a withdrawal takes out of actions: the ids of whatever the person said."""

from __future__ import annotations

from listening.steps import ledger
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
