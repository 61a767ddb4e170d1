"""Codebooks drawn at random, and one made by hand."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from listening.codebook import (
    NO_REASON,
    OTHER,
    Code,
    Codebook,
    CounterExample,
    Decision,
    load,
    merge,
    rename,
    retire,
    split,
)
from listening.codebook.checking import check
from listening.codebook.nouns import RESERVED
from listening.errors import InvalidCodebook

#: what people write: no control characters, no halves of a pair, nothing that XML cannot hold
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"))
words = st.text(LETTERS, min_size=1, max_size=12).map(lambda s: " ".join(s.split())).filter(bool)
paragraphs = st.builds(
    str.join, st.sampled_from(["\n", "\u2028", " – "]), st.lists(words, min_size=1, max_size=3)
)
#: whole codebooks take long to draw and to write, and machines are busy
some = settings(max_examples=30)
DECISION = Decision("2026-03-02", "R. Coder", "Coders could not tell them apart.")

MILL_TOWN = """# The codebook of Mill Town.
[codebook]
id = "mill-town"
name = "Mill Town"
version = "1.0"   # frozen after calibration

# What the town owns.
[[codes]]
id = "housing"
name = "Housing"
definition = "The home itself."
examples = [
  "The rent went up",  # from the pilot
  "No lift",
]
counter_examples = [{ text = "Mould on the wall", belongs_to = "damp" }]

[[codes]]
id = "damp"
name = "Damp"
definition = "Whether the home is dry."
parent = "housing"
examples = ["Water runs down the wall"]
counter_examples = [{ text = "The lift is out", belongs_to = "housing" }]

[[codes]]
id = "buses"
name = "Buses"
definition = "Getting about."
examples = ["late"]
counter_examples = [{ text = "Damp in the bus", belongs_to = "damp" }]
"""


def mill_town() -> Codebook:
    return load(MILL_TOWN)


@st.composite
def books(draw: st.DrawFn) -> Codebook:
    """A codebook that keeps every rule: a forest of codes, some drafts, some headings."""
    names = draw(st.lists(words, min_size=2, max_size=6, unique_by=str.casefold))
    names = [name for name in names if name.casefold() not in RESERVED]
    ids = [f"c{n}" for n in range(len(names))]
    codes = []
    for n, name in enumerate(names):
        drawn = draw(st.sampled_from(["active", "active", "draft"]))
        counters = st.builds(
            CounterExample, words, st.sampled_from([OTHER, *(i for i in ids if i != ids[n])])
        )
        codes.append(
            Code(
                ids[n],
                name,
                draw(paragraphs),
                include=draw(st.just("") | paragraphs),
                exclude=draw(st.just("") | paragraphs),
                examples=tuple(draw(st.lists(paragraphs, max_size=3))),
                counter_examples=tuple(draw(st.lists(counters, max_size=2))),
                parent=draw(st.sampled_from(["", *ids[:n]])),
                status=drawn,
                codable=draw(st.booleans()),
                guid=draw(st.just("") | st.uuids().map(str)),
                colour=draw(st.sampled_from(["", "#00703c"])),
            )
        )
    book = Codebook(
        "drawn",
        draw(words),
        "1.0",
        draw(st.sampled_from(["en", "so"])),
        draw(st.just("") | paragraphs),
        tuple(codes),
    )
    check(book, "drawn", draft=True)
    return book


@st.composite
def changed(draw: st.DrawFn, book: Codebook) -> Codebook:
    """The codebook after one change that is possible, or with the version raised alone."""
    alive = [code.id for code in book.codes if code.status != "retired"]
    one, other = draw(st.sampled_from(alive)), draw(st.sampled_from(alive))
    fresh = f"n{len(book.codes)}"
    made = {
        "merge": lambda: merge(book, [one], other, DECISION),
        "split": lambda: split(book, one, [(fresh, fresh), (other, "")], DECISION),
        "rename": lambda: rename(book, one, f"{book.called(one)} {fresh}", DECISION),
        "retire": lambda: retire(book, one, draw(st.sampled_from(["", other])), DECISION),
    }[draw(st.sampled_from(["merge", "split", "rename", "retire"]))]
    try:
        return made()
    except InvalidCodebook:
        return replace(book, version=f"1.{len(book.changes) + 50}")


@st.composite
def rows(draw: st.DrawFn, book: Codebook) -> list[dict[str, str]]:
    """Codings of a few people under a codebook."""
    codes = [*(code.id for code in book.codes), OTHER, NO_REASON, ""]
    return [
        {
            "participant_id": draw(st.sampled_from(["P1", "P2"])),
            "segment_id": draw(st.sampled_from(["s1", "s2", "s3"])),
            "text": "said",
            "code": draw(st.sampled_from(codes)),
            "coder": draw(st.sampled_from(["ann", "bo"])),
            "origin": "human",
            "codebook_version": book.label,
        }
        for _ in range(draw(st.integers(0, 8)))
    ]
