"""Names that a file gives away, prepared for looking them up in its texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from listening.privacy import cues
from listening.privacy.words import RUN, WORD, fold

#: Titles that are surnames as well: a speaker called "Bishop", or "Tom Bishop".
_SURNAMES = frozenset(["bishop", "dean", "major", "canon", "lord", "sergeant"])


@dataclass(frozen=True)
class Known:
    """Names known for a text, prepared for look-up.

    Attributes:
        parts: each part of three letters or more, in small letters.
        short: parts of two letters, which count only beside another part.
        owners: part → the names of several parts that hold it, each as its parts.
        letters: runs of letters one of which a text must hold to hold a part.
    """

    parts: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()
    owners: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    letters: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Iterable[str]) -> Known:
        """Prepare `names` as a file gives them; speakers' roles among them are no names."""
        split = (tuple(name_parts(name)) for name in names)
        full = dict.fromkeys(p for p in split if not all(x in cues.ROLES for x in p))
        owners: dict[str, list[tuple[str, ...]]] = {}
        for name in full:
            for part in dict.fromkeys(name):
                surname = part == name[-1] and part in _SURNAMES
                if part not in cues.ROLES and (surname or part not in cues.TITLES):
                    owners.setdefault(part, []).append(name)
        long = frozenset(x for x in owners if len(x) > 2)
        return cls(
            long,
            frozenset(x for x in owners if len(x) == 2),
            {part: tuple(n for n in names if len(n) > 1) for part, names in owners.items()},
            frozenset(piece for part in long for piece in RUN.findall(part)),
        )

    def resolve(self, key: str) -> str:
        """Return the one known full name that `key` is a part of, or `key` itself."""
        pieces = name_parts(key)
        held = [set(self.owners.get(piece, ())) for piece in pieces]
        common = set.intersection(*held) if held else set()
        return " ".join(next(iter(common))) if len(common) == 1 else key

    def is_whole(self, pieces: AbstractSet[str]) -> bool:
        """Whether a known name of several parts lies wholly among `pieces`."""
        return any(set(n) <= pieces for piece in pieces for n in self.owners.get(piece, ()))


def person_key(text: str) -> str:
    """Return a name as the descriptors know it: small letters, no accents, single spaces."""
    return " ".join(name_parts(text.strip()))


def name_parts(name: str) -> list[str]:
    """Return the parts of a name as the lists write them: "Zoë O’Dowd" → zoe, o'dowd."""
    words = map(fold, WORD.findall(name))
    return [part for word in words for part in word.split("-")]
