"""Codings of the store in the shape of `codings.csv`, so that one code compares both."""

from __future__ import annotations

from listening.records import Table

#: what a project was for whose readings settle what others differed on
_SETTLING = "adjudication"
#: of a row that says that something was refused in its reading
UNFINISHED = "unfinished"
#: between an item's key and the version of the codebook for which it is read again
AGAIN_FOR = "@"
#: of whom, which segment, by whom and in which kind of project
_READ = ("participant_id", "segment_id", "coder", "role")


def blind(codings: Table) -> Table:
    """Return the codings (CODINGS) that people made alone: nothing suggested, nothing settled.

    Of a unit that one coder read so twice, the later reading is told, in the item in which they
    read it first (`first_items`); of a reading of which something was refused, nothing.
    """
    alone = finished(latest(codings[~codings["hinted"] & (codings["role"] != _SETTLING)]))
    return alone.assign(item=first_items(alone, codings))


def first_items(told: Table, codings: Table) -> list[str]:
    """Return the item of each row, but of what was read again the one in which it was read first.

    After a split each coder is asked again for what they gave it alone: of two who read the same
    perhaps one, and of a conversation a turn. Under a key of its own the new reading would never
    be seen beside that of the other.

    Args:
        told: some of the rows.
        codings: CODINGS: every reading.
    """
    first: dict[tuple[str, ...], str] = {}
    for *read, item in _rows(codings):
        if AGAIN_FOR not in item:
            first.setdefault(tuple(read), item)
    return [
        first.get(tuple(read), item) if AGAIN_FOR in item else item for *read, item in _rows(told)
    ]


def _rows(codings: Table) -> list[tuple[str, ...]]:
    return list(zip(*(codings[name].tolist() for name in (*_READ, "item")), strict=True))


def finished(codings: Table) -> Table:
    """Return codings (CODINGS) without the readings of which something was refused."""
    reading = [codings[name] for name in ("item", "coder", "role")]
    unfinished = (codings["code_status"] == UNFINISHED).groupby(reading).transform("any")
    return codings[~unfinished.astype(bool)].reset_index(drop=True)


def latest(codings: Table) -> Table:
    """Return codings (CODINGS) with one reading of a unit by each coder in each kind of project.

    Who is asked to read a unit again, after a code was split, has two: the later one stands.
    """
    unit = ["participant_id", "segment_id", "coder", "role", "hinted"]
    when = codings["coded_at"].groupby([codings[name] for name in unit]).transform("max")
    newest = codings[codings["coded_at"] == when]
    item = newest["item"].groupby([newest[name] for name in unit]).transform("last")
    return newest[newest["item"] == item].reset_index(drop=True)


def as_rows(codings: Table) -> Table:
    """Return codings (CODINGS) as rows of `codings.csv`, all text.

    A code on a whole answer has no edges to compare, so no `start` and no `end`.
    """
    marked = ~codings["whole"] & (codings["code"] != "")
    place = {name: codings[name].astype(str).where(marked, "") for name in ("start", "end")}
    label = (codings["codebook"] + " " + codings["codebook_version"]).str.strip()
    kept = ["participant_id", "segment_id", "text", "question", "code", "coder", "origin"]
    return codings[[*kept, "code_status"]].assign(codebook_version=label, **place).astype(str)
