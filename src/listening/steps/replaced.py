"""The words that were replaced in a file, for the officer who sent it: in the vault alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from listening.records import Parsed, Table
from listening.steps.work import Work

#: shelf of the vault; its books are named by the hash of a file's content
SHELF = "removed"


class Replaced(NamedTuple):
    """One replacement in a passage; offsets are code points of the passage's new text."""

    start: int
    end: int
    kind: str
    words: str


@dataclass(frozen=True)
class Log:
    """What was replaced in one reading of a file.

    Attributes:
        source: the reading's key.
        passages: one per passage, in the store's order: its replacements, from left to right.
    """

    source: str
    passages: tuple[tuple[Replaced, ...], ...]


def by_turn(edits: Table, texts: Sequence[str]) -> list[tuple[Replaced, ...]]:
    """Return the replacements of each text.

    Args:
        edits: the edit log of these texts, and perhaps of further ones after them.
        texts: the texts as they were before.
    """
    found: list[list[Replaced]] = [[] for _ in texts]
    growth = [0] * len(texts)
    own = edits[edits["text_index"] < len(texts)].sort_values(["text_index", "start"])
    for i, start, end, kind, new in own.itertuples(index=False, name=None):
        begin = start + growth[i]
        found[i].append(Replaced(begin, begin + len(new), kind, texts[i][start:end]))
        growth[i] += len(new) - (end - start)
    return [tuple(of) for of in found]


def keep(
    work: Work,
    source: str,
    file_key: str,
    turns: Mapping[int, tuple[Replaced, ...]],
    passages: Sequence[Parsed],
) -> None:
    """Keep what was replaced in a file, passage by passage.

    Args:
        work: the workplace.
        source: key of the reading.
        file_key: hash of the file's content.
        turns: replacements by the identity of the turn's parse: equal turns share theirs.
        passages: the parses in the order in which the store has its passages.
    """
    told = [[list(one) for one in turns[id(parsed)]] for parsed in passages]
    work.vault.write(f"{SHELF}/{file_key}", {"source": source, "passages": told})


def load(work: Work, file_key: str) -> Log:
    """Return what was replaced in a file; nothing where the vault does not hold it."""
    book = work.vault.read(f"{SHELF}/{file_key}")
    passages = (tuple(Replaced(*one) for one in of) for of in book.get("passages", []))
    return Log(str(book.get("source", "")), tuple(passages))


def erase(work: Work, file_key: str) -> None:
    """Erase the words that were replaced in a file."""
    work.vault.erase(f"{SHELF}/{file_key}")


def files(work: Work) -> list[str]:
    """Return the hashes of the files of which the vault holds what was replaced."""
    return [book.removeprefix(f"{SHELF}/") for book in work.vault.books(SHELF)]
