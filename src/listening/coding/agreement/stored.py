"""Codings of the store in the shape of `codings.csv`, so that one code compares both."""

from __future__ import annotations

from listening.records import Table

#: what a project was for whose readings settle what others differed on
_SETTLING = "adjudication"


def blind(codings: Table) -> Table:
    """Return the codings (CODINGS) that people made alone: nothing suggested, nothing settled."""
    alone = ~codings["hinted"] & (codings["role"] != _SETTLING)
    return codings[alone].reset_index(drop=True)


def as_rows(codings: Table) -> Table:
    """Return codings (CODINGS) as rows of `codings.csv`, all text.

    A code on a whole answer has no edges to compare, so no `start` and no `end`.
    """
    marked = ~codings["whole"] & (codings["code"] != "")
    place = {name: codings[name].astype(str).where(marked, "") for name in ("start", "end")}
    label = (codings["codebook"] + " " + codings["codebook_version"]).str.strip()
    kept = ["participant_id", "segment_id", "text", "question", "code", "coder", "origin"]
    return codings[[*kept, "code_status"]].assign(codebook_version=label, **place).astype(str)
