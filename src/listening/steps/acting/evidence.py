"""Ids that actions name as evidence: none is kept that nothing goes by here.

Words pasted in the place of ids are none, and neither are ids of somebody who withdrew while a page
was open, or after a table was taken out.
"""

from __future__ import annotations

from collections.abc import Sequence

from listening.steps import ledger
from listening.steps.work import Work


def known(work: Work, ids: Sequence[str]) -> tuple[str, ...]:
    """Return those ids by which a passage of the store or a quote of a release goes."""
    if not ids:
        return ()
    found = {segment for segment, *_ in work.store.releases.passages(ids)}
    for line in work.store.releases.all():
        found.update(work.vault.read(f"{ledger.SHELF}/{line.release}").get("quotes", {}))
    return tuple(one for one in ids if one in found)
