"""Reads hand-marked speech: `{kind:words}` must go, `{keep:words}` must stay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from listening.privacy import Pseudonymised

#: What identifies a person directly, by the kinds of the marks.
_DIRECT = "phone email postcode nhs nino passport vehicle bank card reference username web"
DIRECT = frozenset(_DIRECT.split())
#: Names of people and of what stands for their address.
NAMED = frozenset(["name", "address", "school", "surgery", "faith", "employer", "date"])

_MARK = re.compile(r"\{(\w+):([^}]*)\}")
#: A title or an article stays in the text, so it is no part of what must go.
_TITLE = re.compile(r"(?:Mrs|Mr|Dr|PC|Sister|Aunty|The)\s+")


class Mark(NamedTuple):
    start: int
    end: int
    kind: str


class Marked(NamedTuple):
    text: str
    marks: tuple[Mark, ...]


def read_marked(path: Path) -> list[Marked]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_marked(line) for line in lines if line.strip() and not line.startswith("#")]


def _marked(line: str) -> Marked:
    text, marks, last = "", [], 0
    for found in _MARK.finditer(line):
        text += line[last : found.start()]
        title = _TITLE.match(found[2])
        lead = title.end() if title else 0
        marks.append(Mark(len(text) + lead, len(text) + len(found[2]), found[1]))
        text += found[2]
        last = found.end()
    return Marked(text + line[last:], tuple(marks))


def recall(segments: Sequence[Marked], done: Pseudonymised) -> Mapping[str, tuple[int, int]]:
    """Per kind of mark: how many were treated rightly, of how many."""
    edits: dict[int, set[int]] = {}
    for row in done.edits.itertuples():
        edits.setdefault(int(row.text_index), set()).update(range(row.start, row.end))
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for index, segment in enumerate(segments):
        gone = edits.get(index, set())
        for mark in segment.marks:
            words = {i for i in range(mark.start, mark.end) if segment.text[i].isalnum()}
            total[mark.kind] += 1
            right[mark.kind] += words.isdisjoint(gone) if mark.kind == "keep" else words <= gone
    return {kind: (right[kind], total[kind]) for kind in total}


def share(counts: Mapping[str, tuple[int, int]], kinds: frozenset[str]) -> float:
    chosen = [counts[kind] for kind in kinds if kind in counts]
    return sum(right for right, _ in chosen) / sum(total for _, total in chosen)
