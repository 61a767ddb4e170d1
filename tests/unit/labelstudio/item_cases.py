"""Conversations and answers to be coded, made by hand or drawn at random."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from listening.labelstudio.nouns import SPANS, WHOLE, Item, ItemTurn
from listening.records import (
    DOCUMENTS,
    PARTICIPANTS,
    PASSAGES,
    SEGMENTS,
    SELECTIONS,
    Table,
    table_of,
)

CODERS = {1: "a@example.org", 2: "b@example.org"}
#: what people may say: any letter, from any side, with marks and emoji, and line feeds
TEXTS = st.text(
    st.sampled_from("ab é\u0301\u200f\u05d0\u0627😀👩\u200d👧\n\t\u00a0")
    | st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")),
    min_size=1,
    max_size=12,
)


def turns(*said: tuple[str, str]) -> tuple[ItemTurn, ...]:
    """Return turns of a document: who spoke (nobody for an interviewer), and the words."""
    found, at = [], 0
    for who, text in said:
        found.append(ItemTurn(f"Resident {who[-1]}" if who else "Interviewer", text, at, who))
        at += len(text) + 1
    return tuple(found)


def talk() -> Item:
    said = turns(
        ("", "What is it like here?"),
        ("P1", "It is damp 😀 in the winter  and cold."),
        ("", "And the buses?"),
        ("P1", "They never come.\nNever."),
        ("P2", "אני גר כאן, cafe\u0301."),
    )
    return Item("k1", "D", SPANS, said, before="Interviewer: Hello.", setting="Interview")


def answer() -> Item:
    return Item(
        "k2", "E", WHOLE, turns(("P3", "Damp [a school] & <b>$text</b> 😀")), question="Why?"
    )


@st.composite
def talks(draw: st.DrawFn) -> Item:
    said = draw(st.lists(st.tuples(st.sampled_from(["P1", "P2"]), TEXTS), min_size=1, max_size=4))
    return Item("k", "D", SPANS, turns(*said))


class Heard:
    """Tables of a store, row by row."""

    def __init__(self) -> None:
        self.documents: list[dict[str, Any]] = []
        self.passages: list[dict[str, Any]] = []
        self.segments: list[dict[str, Any]] = []
        self.people: dict[str, str] = {}

    def add(self, document: str, kind: str, *said: tuple[str, str], **more: Any) -> Heard:
        """Add a document: who spoke and what, a segment for each turn; `more` for every passage."""
        texts = [text for _, text in said]
        about = {"place": "Mill Town", "date": "2026-03-02", "language": "en", "method": "by phone"}
        self.documents.append(
            {"document_id": document, "kind": kind, "text": "\n".join(texts), **about}
        )
        at = 0
        for number, (who, text) in enumerate(said):
            place = {"document_id": document, "participant_id": who, "start": at}
            place["end"] = at + len(text)
            base = {"question": "", "voice": "verbatim", **more, **place}
            role = "participant" if who else "interviewer"
            self.passages.append({"role": role, **base})
            if who:
                self.people[who] = kind
                nil = text == "nothing"
                self.segments.append(
                    {
                        **base,
                        "segment_id": f"{document}.{number}",
                        "source_kind": kind,
                        "text": text,
                        "language": "en",
                        "nil": nil,
                        "text_key": "k",
                        "phrases": (),
                    }
                )
            at += len(text) + 1
        return self

    def tables(self) -> tuple[Table, Table, Table, Table]:
        people = [
            {
                "participant_id": who,
                "source_kind": kind,
                "place": "",
                "language": "en",
                "consent": "analysis",
                "people": 1,
                "date": "",
                "cluster": who,
                "attributes": {},
            }
            for who, kind in self.people.items()
        ]
        return (
            table_of(self.documents, DOCUMENTS),
            table_of(self.passages, PASSAGES),
            table_of(self.segments, SEGMENTS),
            table_of(people, PARTICIPANTS),
        )


def chosen(*rows: tuple[str, str, str], **more: Any) -> Table:
    """Return what was selected: segment, person and stream of each."""
    return table_of(
        [
            {
                "segment_id": segment,
                "participant_id": who,
                "stream": stream,
                "probability": 0.5,
                "blind": stream == "audit",
                "why": "",
                "batch": 1,
                "seed": 1,
                "day": "2026-03-02",
                **more,
            }
            for segment, who, stream in rows
        ],
        SELECTIONS,
    )
