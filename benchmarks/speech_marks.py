"""Reads hand-marked speech and says how it was treated; for tests and for `benchmarks.privacy`.

`{kind:words}` must go, `{keep:words}` must stay, `{place:words}` must stay and be told as a place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from listening.language import load_pipeline, parse
from listening.privacy import Pseudonymised, pseudonymise
from listening.privacy.tagger import Tagger

#: What identifies a person directly, by the kinds of the marks.
_DIRECT = "phone email postcode nhs nino passport licence vehicle bank card reference username web"
DIRECT = frozenset(_DIRECT.split())
#: Names of people and of what stands for their address.
NAMED = frozenset(["name", "address", "school", "surgery", "faith", "employer", "date"])
STAYS = frozenset(["keep", "place"])
#: Places that stay and are told as places: a mark counted apart from its staying.
MARKED_PLACE = "place marked"

_MARK = re.compile(r"\{(\w+):([^}]*)\}")
#: A title or an article may stay in the text, so it is no part of what must go.
_LEAD = re.compile(
    r"(?:(?:(?:old|young|poor|dear)\s+(?=(?:mrs|mr|miss|dr)\b)|and\s+(?=mrs\b))?(?:mrs|mr|ms|miss|dr|doctor|prof|professor|pc|sergeant|sister|nurse|auntie|aunty|aunt"
    r"|uncle|nan|nana|grandma|grandad|councillor|cllr|pastor|imam|reverend|rev|father|the|our)"
    r"\.?\s+)+(?=\S)",
    re.IGNORECASE,
)


class Mark(NamedTuple):
    start: int
    end: int
    kind: str


class Marked(NamedTuple):
    text: str
    marks: tuple[Mark, ...]


class Treated(NamedTuple):
    """How marked segments were treated.

    Attributes:
        counts: kind of mark → how many were treated rightly, of how many.
        wrong: the marks treated wrongly, each with the index of its segment.
        replaced: letters and digits replaced.
        allowed: those of them that some mark says must go.
    """

    counts: Mapping[str, tuple[int, int]]
    wrong: tuple[tuple[int, Mark], ...]
    replaced: int
    allowed: int


def read_marked(path: Path) -> list[Marked]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_marked(line) for line in lines if line.strip() and not line.startswith("#")]


def treat(segments: Sequence[Marked], tagger: Tagger | None = None) -> Pseudonymised:
    """Pseudonymise segments that come from no file with names of its own."""
    parsed = parse([segment.text for segment in segments], load_pipeline())
    return pseudonymise(parsed, [()] * len(parsed), {}, tagger=tagger)


def compare(segments: Sequence[Marked], done: Pseudonymised) -> Treated:
    gone = _ranges(done.edits)
    places = _ranges(_in_original(done))
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong: list[tuple[int, Mark]] = []
    replaced = allowed = 0
    for index, segment in enumerate(segments):
        here = {i for i in gone.get(index, set()) if segment.text[i].isalnum()}
        told = places.get(index, set())
        must_go: set[int] = set()
        for mark in segment.marks:
            words = {i for i in body(segment, mark) if segment.text[i].isalnum()}
            good = words.isdisjoint(here) if mark.kind in STAYS else words <= here
            total[mark.kind] += 1
            right[mark.kind] += good
            if mark.kind == "place":
                total[MARKED_PLACE] += 1
                right[MARKED_PLACE] += words <= told
                good = good and words <= told
            if mark.kind not in STAYS:
                must_go.update(range(mark.start, mark.end))
            if not good:
                wrong.append((index, mark))
        replaced += len(here)
        allowed += len(here & must_go)
    counts = {kind: (right[kind], total[kind]) for kind in total}
    return Treated(counts, tuple(wrong), replaced, allowed)


def pooled(counts: Mapping[str, tuple[int, int]], kinds: frozenset[str]) -> tuple[int, int]:
    chosen = [counts[kind] for kind in kinds if kind in counts]
    return sum(right for right, _ in chosen), sum(total for _, total in chosen)


def share(counts: Mapping[str, tuple[int, int]], kinds: frozenset[str]) -> float:
    right, total = pooled(counts, kinds)
    return right / total


def _marked(line: str) -> Marked:
    text, marks, last = "", [], 0
    for found in _MARK.finditer(line):
        text += line[last : found.start()]
        marks.append(Mark(len(text), len(text) + len(found[2]), found[1]))
        text += found[2]
        last = found.end()
    return Marked(text + line[last:], tuple(marks))


def body(segment: Marked, mark: Mark) -> range:
    """What must go of a mark: no title before it, no possessive after."""
    words = segment.text[mark.start : mark.end]
    lead = _LEAD.match(words)
    owner = words[-2:] in {"'s", "’s"}  # "[an employer]'s"
    return range(mark.start + (lead.end() if lead else 0), mark.end - 2 * owner)


def _ranges(rows: object) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for row in rows.itertuples():  # type: ignore[attr-defined]
        found.setdefault(int(row.text_index), set()).update(range(row.start, row.end))
    return found


def _in_original(done: Pseudonymised) -> object:
    """The places with their offsets moved back to the original texts."""
    moved = []
    by_text = {int(index): rows for index, rows in done.edits.groupby("text_index")}
    for place in done.places.itertuples():
        shift = 0
        for edit in by_text.get(place.text_index, done.edits.iloc[:0]).itertuples():
            if edit.start + shift >= place.start:
                break
            shift += len(edit.replacement) - (edit.end - edit.start)
        moved.append((place.start - shift, place.end - shift))
    starts, ends = zip(*moved, strict=True) if moved else ((), ())
    return done.places.assign(start=list(starts), end=list(ends))
