"""What people coded, as far as the store knows, in the shapes that other steps read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pandas as pd

from listening.codebook import ALWAYS_THERE
from listening.coding.counted import counted
from listening.coding.waiting import SETTLE, read_in_full, waiting
from listening.records import Table
from listening.steps.selecting import own_segments
from listening.steps.work import Work

_APART = frozenset(code.id for code in ALWAYS_THERE)


def codings_of(work: Work, run_id: str) -> Table:
    """Return what people coded of a run (`CODINGS`), but where somebody's consent has ended."""
    keys = work.store.agreed(work.store.run(run_id).sources, work.today.isoformat())
    return work.store.codings(keys)


def settled(codings: Table) -> dict[str, frozenset[str]]:
    """Return the codes that count on each unit (`counted`), by the id of its segment.

    Args:
        codings: CODINGS; what does not count any more says that its unit was read, and no more.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for segment, code in _columns(counted(codings), "segment_id", "code"):
        found[segment] |= {code} - {""}
    return {segment: frozenset(codes) for segment, codes in found.items()}


def known(codings: Table) -> Table:
    """Return CODINGS without what is to be opened or read again: it teaches nothing yet."""
    return read_in_full(codings, {u for u, why in waiting(codings).items() if why != SETTLE})


def read_rows(codings: Table, segments: Table) -> Table:
    """Return the segments that people read, as `coded_rows` does of a file.

    A whole answer that was read says the same of each segment in it. What is to be opened or read
    again teaches nothing yet.

    Args:
        codings: CODINGS.
        segments: SEGMENTS.

    Returns:
        segment_id, codes, batch, stream; one row per segment.
    """
    codings = known(codings)
    codes = settled(codings)
    first = codings.drop_duplicates("segment_id")
    columns = ("segment_id", "document_id", "participant_id", "start", "end", "whole")
    units = _columns(first, *columns, "batch", "stream")
    within: dict[tuple[str, str], list[tuple[str, int, int]]] = defaultdict(list)
    for segment, document, who, start, end in _columns(segments, *columns[:5]):
        within[document, who].append((segment, start, end))
    rows: dict[str, dict[str, Any]] = {}
    for segment, document, who, start, end, whole, batch, stream in units:
        told = {"codes": codes[segment], "batch": str(batch), "stream": stream}
        inside = [one for one, begin, stop in within[document, who] if begin < end and stop > start]
        for one in inside if whole else [segment]:
            rows.setdefault(one, {"segment_id": one, **told})
    return pd.DataFrame(list(rows.values()), columns=["segment_id", "codes", "batch", "stream"])


def pulled_rows(work: Work, run_id: str) -> Table | None:
    """Return what was pulled from Label Studio of a run, as `read_rows`; None before anything was.

    Raises:
        NothingToDo: nobody's words are in the run.
    """
    codings = codings_of(work, run_id)
    return None if codings.empty else read_rows(codings, own_segments(work, run_id))


def without_apart(codes: Iterable[str]) -> frozenset[str]:
    """Return codes without `other` and `no reason given`, which nobody can learn."""
    return frozenset(codes) - _APART


def _columns(table: Table, *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*(table[name].tolist() for name in names), strict=True))
