"""Codings of several codebooks in one store: which of them are looked at together."""

from __future__ import annotations

from listening.records import Table


def of_one_book(codings: Table) -> tuple[Table, list[str]]:
    """Return the codings of the codebook that was used last, and a note on those of others."""
    books = set(codings["codebook"])
    if len(books) < 2:
        return codings, []
    last = str(codings.sort_values("coded_at")["codebook"].iloc[-1])
    own = codings[codings["codebook"] == last].reset_index(drop=True)
    others = ", ".join(sorted(books - {last}))
    return own, [f"Left out: {len(codings) - len(own)} codings by other codebooks ({others})."]
