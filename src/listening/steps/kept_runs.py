"""Words in a row that residents said, as keyed hashes: an index that lies with the results.

To look through three hundred thousand passages takes long, and a lead who saves an action waits for
it. The index holds no word: a hash of each run of words and a hash of who said it, under a secret
of the vault. It is made with the results and goes with them, when somebody withdraws and when words
are taken out. It is used as long as every file that it was made of is kept as it was then.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from listening.steps.kept_folder import BOOK, results_folder
from listening.steps.work import Work

#: the hashes, and of which files they were made
HASHES, MADE_OF = "own_words.npy", "own_words.json"
_SECRET = "own words"  # noqa: S105 - what the secret is called
Hashes = NDArray[np.uint64]
Marks = Mapping[str, tuple[int, int]]
Words = tuple[str, ...]


@dataclass(frozen=True)
class Index:
    """What was laid down.

    Attributes:
        runs, people: hash of each run, in order, and beside it of somebody who said it; at most as
            many people as make it anybody's.
        made_of: mark of each file that it was made of.
    """

    runs: Hashes
    people: Hashes
    made_of: Marks

    def holds(self, now: Marks) -> bool:
        """Whether every file that it was made of is kept as it was."""
        return all(now.get(source) == mark for source, mark in self.made_of.items())

    def said_by(self, run: int) -> list[int]:
        """Return the hashes of those who said a run."""
        # of the same type: others would be compared as if they had fewer digits
        first, last = np.searchsorted(self.runs, np.array([run, run + 1], dtype=np.uint64))
        return [int(one) for one in self.people[first:last]]


def hasher(work: Work) -> Callable[[str], int]:
    """Return what makes a keyed hash of a text."""
    key = work.vault.secret(_SECRET)

    def hashed(text: str) -> int:
        told = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, key=key)
        # one bit less, so that there is always a next number
        return int.from_bytes(told.digest(), "little") >> 1

    return hashed


def files(work: Work, runs: Callable[[str], Iterable[Words]], most: int) -> dict[str, bytes]:
    """Return the files of the index, by name.

    Args:
        work: the workplace: everything that its store holds goes in.
        runs: the words in a row of a text.
        most: how many people make a run anybody's.
    """
    # before it is read: what changes meanwhile makes it old, and never wrong
    marks = work.store.releases.marks()
    pairs = _pairs(work.store.releases.said(), runs, hasher(work))
    return {HASHES: _as_bytes(_few(pairs, most)), MADE_OF: json.dumps(marks).encode()}


def load(work: Work) -> Index | None:
    """Return the index that lies with the kept results; None where there is none."""
    told = work.vault.read(BOOK)
    return _load(results_folder(work) / str(told["folder"])) if "folder" in told else None


def _load(folder: Path) -> Index | None:
    # opened anew each time: what is held open would outlive its deletion
    try:
        return _read(folder)
    except FileNotFoundError:  # made before there was one, or deleted this moment
        return None


def _read(folder: Path) -> Index:
    made_of = json.loads((folder / MADE_OF).read_bytes())
    runs, people = np.load(folder / HASHES, mmap_mode="r")
    return Index(runs, people, {source: (int(a), int(b)) for source, (a, b) in made_of.items()})


def _pairs(
    said: Iterator[tuple[str, str]],
    runs: Callable[[str], Iterable[Words]],
    hashed: Callable[[str], int],
) -> Hashes:
    found = array("Q")
    people: dict[str, int] = {}
    for who, text in said:
        if who not in people:
            people[who] = hashed(f"who {who}")
        for run in set(runs(text)):
            found.append(hashed(" ".join(run)))
            found.append(people[who])
    return np.frombuffer(found, dtype=np.uint64).reshape(-1, 2)


def _few(pairs: Hashes, most: int) -> Hashes:
    """Return pairs in the order of the runs, each once, and of a run so many as are needed."""
    ordered = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    fresh = np.ones(len(ordered), dtype=bool)
    fresh[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    once = ordered[fresh]
    first = np.searchsorted(once[:, 0], once[:, 0])
    kept: Hashes = once[np.arange(len(once)) - first < most]
    return kept


def _as_bytes(pairs: Hashes) -> bytes:
    made = BytesIO()
    np.save(made, np.ascontiguousarray(pairs.T), allow_pickle=False)
    return made.getvalue()
