"""Whether a text repeats what a resident said: it would outlive its resident's withdrawal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from listening.steps import kept_runs
from listening.steps.work import Work

#: words in a row that make a passage of somebody's known again
RUN = 6
#: said by so many people it is nobody's own, as "at the end of the day"
SHARED = 5
_WORD = re.compile(r"\w+")
Run = tuple[str, ...]


def runs(text: str) -> set[Run]:
    """Return every `RUN` words in a row of a text, spelt so that equal ones compare equal."""
    return set(_runs(_WORD.findall(text.casefold())))


def own_words(work: Work, texts: Mapping[str, str]) -> dict[str, str]:
    """Return words in a row that one resident said, or few, by field; of a field one such row.

    Args:
        work: the workplace: all that its store holds is looked through.
        texts: what somebody of the team wrote, by field.
    """
    written = {field: runs(text) for field, text in texts.items()}
    own = said_by_few(work, set[Run]().union(*written.values()))
    return {field: " ".join(min(of & own)) for field, of in written.items() if of & own}


def said_by_few(work: Work, wanted: set[Run]) -> set[Run]:
    """Return those of some words in a row that somebody said, and fewer than `SHARED` did."""
    if not wanted:
        return set()
    hashed = kept_runs.hasher(work)
    index, marks = kept_runs.load(work), work.store.releases.marks()
    if index is None or not index.holds(marks):
        index, since = None, None
    else:
        since = [source for source in marks if source not in index.made_of]
    by = {run: set(index.said_by(hashed(" ".join(run))) if index else ()) for run in wanted}
    first = {run[0] for run in wanted}
    for who, said in work.store.releases.said(sources=since):
        words = _WORD.findall(said.casefold())
        if not first.isdisjoint(words):
            for run in wanted.intersection(_runs(words)):
                by[run].add(hashed(f"who {who}"))
    return {run for run, people in by.items() if 0 < len(people) < SHARED}


def index_files(work: Work) -> dict[str, bytes]:
    """Return the files of an index of all that is said, to lie with the results."""
    return kept_runs.files(work, lambda text: _runs(_WORD.findall(text.casefold())), SHARED)


def _runs(words: list[str]) -> Iterator[Run]:
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
