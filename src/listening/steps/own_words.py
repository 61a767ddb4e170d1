"""Whether a text repeats what a resident said: it would outlive its resident's withdrawal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from listening.steps.work import Work

#: words in a row that make a passage of somebody's known again
RUN = 6
_WORD = re.compile(r"\w+")
_Run = tuple[str, ...]


def runs(text: str) -> set[_Run]:
    """Return every `RUN` words in a row of a text, spelt so that equal ones compare equal."""
    return set(_runs(_WORD.findall(text.casefold())))


def own_words(work: Work, texts: Mapping[str, str]) -> dict[str, str]:
    """Return words in a row that stand in what residents said, whoever they are, by field.

    Args:
        work: the workplace: all that its store holds is looked through.
        texts: what somebody of the team wrote, by field.
    """
    wanted: dict[_Run, set[str]] = {}
    for field, text in texts.items():
        for run in runs(text):
            wanted.setdefault(run, set()).add(field)
    if not wanted:
        return {}
    first = {run[0] for run in wanted}
    found: dict[str, str] = {}
    for said in work.store.releases.said():
        words = _WORD.findall(said.casefold())
        if first.isdisjoint(words):
            continue
        for run in _runs(words):
            for field in wanted.get(run, ()):
                found.setdefault(field, " ".join(run))
    return found


def _runs(words: list[str]) -> Iterator[_Run]:
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
