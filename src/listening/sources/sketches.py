"""What is said, in a few hundred hashes: the same talk is known in a file of another kind."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence

#: Hashes kept: the share of common runs is then told to within .01 near 1.
_KEPT = 400
_FIRST = 16
#: Words that follow each other: two talks of one subject share few such runs.
_RUN = 3
#: Fewer may be what two people say alike.
_FEWEST_WORDS = 50
#: Share of all runs that both hold; .98 of the runs of each.
_SAME = 0.96
_WORD = re.compile(r"[^\W_]+")


def sketch(texts: Iterable[str], speakers: Collection[str]) -> tuple[str, ...]:
    """Return the smallest hashes of a talk's runs of three words; none of a short one.

    Args:
        texts: what is said, in order.
        speakers: labels of those who speak: the same words under other labels are no copy.
    """
    words = [word for text in texts for word in _WORD.findall(text.casefold())]
    if len(words) < _FEWEST_WORDS:
        return ()
    spoken_by = "|".join(sorted(speakers))
    runs = {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
    hashes = sorted(
        hashlib.blake2b(f"{spoken_by}\n{run}".encode(), digest_size=8).hexdigest() for run in runs
    )
    return tuple(hashes[:_KEPT])


def is_copy(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two sketches are of the same words by the same speakers."""
    # of two that are alike the smallest few are, and most pairs are not
    if set(one[:_FIRST]).isdisjoint(other[:_FIRST]):
        return False
    together = sorted({*one, *other})[: min(_KEPT, max(len(one), len(other)))]
    both = set(one) & set(other)
    return sum(run in both for run in together) >= _SAME * len(together)
