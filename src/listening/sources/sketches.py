"""What one speaker says, in a few dozen keyed hashes: the same talk is known in another file.

A sketch holds the smallest HMAC values of the runs of three words that somebody says (Broder 1997,
bottom-k). No word stands in it; whoever holds the secret can try whether a run of words was said.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from listening.records import Reading

#: hashes of one speaker that are kept
KEPT = 64
#: a talk of fewer runs gives no sketch: two people may well say the same in so few words
FEWEST_RUNS = 20
#: share of the runs of the shorter talk that the other holds too (`benchmarks/same_talk.py`)
SAME_TALK = 0.6
#: share of the runs of a file that another holds already (likewise)
COPY = 0.9
#: hashes; from fewer that lie in the reach of both sketches nothing is told
_FEWEST_COMPARED = 10
#: words that follow each other: two talks of one subject share few such runs
_RUN = 3
_BYTES = 8
_HIGHEST = "g"  # above every hexadecimal value
#: a word; of scripts that put no gaps between words, a sign
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+"
)

Sketch = tuple[str, ...]


@dataclass(frozen=True)
class Heard:
    """What a file says, as sketches; empty ones of what is too short.

    Attributes:
        whole: of what all participants say in it: an interviewer asks many people the same. Empty
            for a table, to which rows are added.
        others: of what interviewers and note-takers say.
        people: participant's key in the file → sketch, of those who say enough for one.
    """

    whole: Sketch = ()
    others: Sketch = ()
    people: Mapping[str, Sketch] = field(default_factory=dict)


def words_of(text: str) -> list[str]:
    """Return the words of a text, spelt so that equal ones compare equal in every format."""
    even = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return _WORD.findall(even.casefold())


def runs(words: Sequence[str]) -> set[str]:
    """Return the runs of three words."""
    return {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def sketch(texts: Iterable[str], secret: bytes) -> Sketch:
    """Return the sketch of what one speaker says; empty where it is too short.

    Args:
        texts: what is said, in order; where one ends and the next begins does not matter.
        secret: what the hashes are keyed with.
    """
    return _smallest(_hashes(texts, secret))


def heard(reading: Reading, secret: bytes, printed: Set[str] = frozenset()) -> Heard:
    """Return the sketches of a file as it was read, before anybody is left out.

    Args:
        reading: what was read of one file.
        secret: what the hashes are keyed with.
        printed: hashes of what is printed on forms; it stays where too little else is said.
    """
    hashes = {who: _written(of, printed) for who, of in said_by(reading, secret).items()}
    people = {who: found for who, of in hashes.items() if who and (found := _smallest(of))}
    # too little of each may be enough of all
    table = bool((reading.people["kind"] == "survey").all())
    whole = () if table else _smallest(set().union(*(of for who, of in hashes.items() if who)))
    return Heard(whole, _smallest(hashes.get("", set())), people)


def said_by(reading: Reading, secret: bytes) -> dict[str, set[str]]:
    """Return the hashes of everything that each speaker says; "" stands for interviewers."""
    turns = reading.turns
    voices = turns["participant"].where(turns["role"] == "participant", "")
    return {
        str(who): _hashes(texts, secret)
        for who, texts in turns["text"].groupby(voices.to_numpy(), sort=False)
    }


def print_of(one: Set[str], other: Set[str]) -> set[str]:
    """Return what two forms that different people filled in have in common.

    Nothing, where the rest of either is too little to be known by: then it may be all they say.
    """
    common = set(one & other)
    return common if min(len(one - common), len(other - common)) >= FEWEST_RUNS else set()


def _written(hashes: set[str], printed: Set[str]) -> set[str]:
    left = hashes - printed
    return left if len(left) >= FEWEST_RUNS else hashes


def _hashes(texts: Iterable[str], secret: bytes) -> set[str]:
    found = runs([word for text in texts for word in words_of(text)])
    return {hmac.digest(secret, run.encode(), "sha256")[:_BYTES].hex() for run in found}


def _smallest(hashes: set[str]) -> Sketch:
    return tuple(sorted(hashes)[:KEPT]) if len(hashes) >= FEWEST_RUNS else ()


def merged(sketches: Iterable[Sketch]) -> Sketch:
    """Return the sketch of several talks together."""
    return tuple(sorted({one for each in sketches for one in each})[:KEPT])


def contained(one: Sketch, other: Sketch) -> float:
    """Return the estimated share of one talk's runs that another holds; 0 where none can be told.

    With both sketches full the standard error is at most about .06 at equal lengths; it grows with
    the length of the other talk, and beyond six times the length nothing is told.
    """
    reach = min(_reach(one), _reach(other))
    within = [value for value in one if value <= reach]
    if len(within) < _FEWEST_COMPARED:
        return 0.0
    held = set(other)
    return sum(value in held for value in within) / len(within)


def _reach(one: Sketch) -> str:
    """Return up to which value a sketch holds everything."""
    return one[-1] if len(one) == KEPT else _HIGHEST


def same_talk(one: Sketch, other: Sketch) -> bool:
    """Whether two sketches are of the same talk, or of a good part of it; symmetric."""
    return max(contained(one, other), contained(other, one)) >= SAME_TALK


def is_copy(one: Sketch, other: Sketch) -> bool:
    """Whether what one file says stands in another already; one with much more is no copy."""
    return contained(one, other) >= COPY


class Talks:
    """Many sketches, among which the same talk is looked for."""

    def __init__(self, sketches: Mapping[str, Sketch]) -> None:
        self._sketches = dict(sketches)
        self._holding: dict[str, set[str]] = {}
        for name, values in self._sketches.items():
            for value in values:
                self._holding.setdefault(value, set()).add(name)

    def near(self, one: Sketch) -> set[str]:
        """Return the names of those that share anything with this one."""
        return {name for value in one for name in self._holding.get(value, ())}

    def same(self, one: Sketch) -> list[str]:
        """Return the names of those that are the same talk as this one."""
        # most talks share nothing: those are never compared
        return [name for name in sorted(self.near(one)) if same_talk(one, self._sketches[name])]
