"""Codings of several codebooks in one store: which of them are looked at together."""

from __future__ import annotations

from listening.records import Table


def of_one_book(codings: Table) -> tuple[Table, list[str]]:
    """Return the codings of the codebook under which most units were read, and who is left out.

    Where two were used as much, the one that was used last counts.
    """
    books = codings.groupby("codebook", sort=True)
    if len(books) < 2:
        return codings, []
    told = books.agg(units=("segment_id", "nunique"), last=("coded_at", "max"))
    most = str(told.sort_values(["units", "last"]).index[-1])
    own = codings[codings["codebook"] == most].reset_index(drop=True)
    others = ", ".join(str(book) for book in told.index if book != most)
    return own, [
        f"What was coded by the codebook {most} counts: most was read under it. "
        f"Left out: {len(codings) - len(own)} codings by other codebooks ({others})."
    ]
