"""Words that were taken out after they had been kept: every other place where they may lie.

An officer says what should have been removed, and files are read again. What was made of them
before holds the words still: working results, files of releases, notes of the team, what a panel is
shown. Results are made anew; notes say what stands for the words; a release's files go, as after a
withdrawal. Its line in the ledger stays as it was: what has left the team has left it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from listening import privacy
from listening.actions import TEXTS, Action, Cycle
from listening.disclosure.quotes import Candidate, general
from listening.errors import ListeningError, NothingToDo
from listening.privacy import told_in, without
from listening.privacy.local import KEEP
from listening.steps import kept_releases, ledger, taught
from listening.steps.desk import books
from listening.steps.withdraw import forget_results
from listening.steps.work import Work

#: book of the vault: release to the day on which its files went, as words of it were taken out
BOOK = "taken_out"
#: stays in the analysis and is made general in a quote
PLACE = "place"
_A_NAME = "[a name]"
_STAND_IN = re.compile(r"\[[^\[\]]*\]")
#: letters that a stand-in may stand for
_LONGEST = 200


@dataclass(frozen=True)
class Reached:
    """What followed elsewhere from words that were taken out.

    Attributes:
        releases: ids of those whose files went.
        actions: ids of those whose texts hold the words, for a lead to mend.
        codebook: whether the codebook that is coded by holds them, for a researcher to mend.
    """

    releases: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    codebook: bool = False


def follow(work: Work, words: str, said: str) -> Reached:
    """Take words out of all that is kept beside residents' own, or say who must.

    Args:
        work: the workplace.
        words: as `taught.tidy` returns them.
        said: what they are, one of `taught.SAID`; of a place quotes alone are made general.
    """
    if said == KEEP:
        return Reached()
    gone = take_down(work, ((said, words),))
    with work.alone():  # what is being made of the words this moment is not kept either
        gone += take_down(work, ((said, words),))
        if said == PLACE:
            return Reached(gone)
        forget_results(work)
        stand_in = privacy.DESCRIPTORS.get(said, _A_NAME)
        work.store.reword(lambda text: without(text, (words,), stand_in))
        actions = _in_actions(work, words)
        work.store.compact()
        return Reached(gone, tuple(actions), _in_codebook(work, words))


def take_down(work: Work, entries: Iterable[tuple[str, str]] = ()) -> tuple[str, ...]:
    """Delete the files of every release that holds words which were taken out; return their ids.

    Args:
        work: the workplace.
        entries: what words are said to be, and the words; beside them every quote must still be
            what its person is kept to have said.
    """
    told = list(entries)
    gone = []
    for line in work.store.releases.all():
        document = _document(work, line.release)
        if document and (_names(document, told) or not _still_said(work, line.release, document)):
            _mark(work, line.release)
            kept_releases.take_down(work, line.release)
            gone.append(line.release)
    return tuple(gone)


def taken_down(work: Work) -> Mapping[str, str]:
    """Return the day on which its files went, by release; those that are here again are none."""
    marked = work.vault.read(BOOK)
    return {one: day for one, day in marked.items() if not kept_releases.names(work, one)}


def in_action(work: Work, action: Action, tests: Iterable[Cycle] = ()) -> bool:
    """Whether an action's texts hold words that were taken out of what residents said."""
    words = _names_taught(work)
    return any(told_in(text, words) for text in _texts(action, tests))


def refuse(work: Work, texts: Iterable[tuple[str, str]]) -> None:
    """Refuse what would leave the team where it holds words that were taken out.

    Args:
        work: the workplace.
        texts: what a text is, and the text; residents' own words are none of these.

    Raises:
        ListeningError: one of them does.
    """
    words = _names_taught(work)
    for what, text in texts:
        if told_in(text, words):
            raise ListeningError(
                what,
                "holds a name that was taken out of what residents said.",
                "Say it without the name, then make it anew.",
            )


def clear_of(work: Work, signed: Iterable[Candidate]) -> list[Candidate]:
    """Return those quotes that hold nothing, as they would be published, of what was taken out.

    One of a file that could not be read again may.
    """
    words = [words for kind, words in taught.entries(work) if kind != KEEP]
    return [one for one in signed if not told_in(general(one.text, one.places), words)]


def _names_taught(work: Work) -> list[str]:
    return [words for kind, words in taught.entries(work) if kind not in (KEEP, PLACE)]


def _in_actions(work: Work, words: str) -> list[str]:
    """Return the actions that hold words, and forget earlier wordings that do."""
    kept, found = work.store.actions, []
    for one in kept.all():
        lines = (text for line in kept.history(one.id) for text in (line.was, line.now))
        if any(told_in(text, (words,)) for text in lines):
            kept.forget_wordings(one.id, "")
        if any(told_in(text, (words,)) for text in _texts(one, kept.tests(one.id))):
            found.append(one.id)
    return found


def _in_codebook(work: Work, words: str) -> bool:
    """Whether the codebook holds words: an example may be what somebody said."""
    found = books.current(work)
    if found is None:
        return False
    texts = (
        text
        for code in found[1].codes
        for text in (
            code.name, code.definition, code.include, code.exclude, *code.examples,
            *(one.text for one in code.counter_examples),
        )
    )  # fmt: skip
    return any(told_in(text, (words,)) for text in texts)


def _texts(action: Action, tests: Iterable[Cycle]) -> Iterator[str]:
    yield from (str(getattr(action, name)) for name in TEXTS)
    for one in tests:
        yield from (one.plan, one.did, one.study, one.learnt)


def _document(work: Work, release: str) -> dict[str, Any]:
    """Return what a release tells; empty where its files are not kept here."""
    try:
        return dict(json.loads(kept_releases.content(work, release, "priorities.json")))
    except NothingToDo:
        return {}


def _names(document: Mapping[str, Any], entries: Iterable[tuple[str, str]]) -> bool:
    """Whether what a release tells holds the words: groups are told of ten people and more."""
    quotes = [str(one["text"]) for of in document["priorities"] for one in of["quotes"]]
    ours = [text for _, text in team_texts(document)]
    return any(
        told_in(text, (words,))
        for kind, words in entries
        for text in (quotes if kind == PLACE else [*quotes, *ours])
    )


def team_texts(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a release says in the team's own words: what each is, and the words."""
    for one in document["priorities"]:
        yield "The name of a theme", str(one["name"])
        yield f"The statement of “{one['name']}”", str(one["statement"])
        for done in one.get("done", ()):
            yield f"What residents are told under “{one['name']}”", str(done["told"])


def _still_said(work: Work, release: str, document: Mapping[str, Any]) -> bool:
    """Whether every quote of a release is what its person is still kept to have said."""
    held = work.vault.read(f"{ledger.SHELF}/{release}").get("quotes", {})
    quotes = [one for of in document["priorities"] for one in of["quotes"]]
    return all(
        one["evidence_id"] in held and _said(work, held[one["evidence_id"]], str(one["text"]))
        for one in quotes
    )


def _said(work: Work, who: str, quote: str) -> bool:
    """Whether somebody says a quote as it is kept; a stand-in of it stands for any few words."""
    said = "\n".join(text for _, text in work.store.releases.said(who))
    parts = [" ".join(part.split()) for part in _STAND_IN.split(quote)]
    between = rf"[\s\S]{{0,{_LONGEST}}}?"
    told = between.join(r"\s+".join(map(re.escape, part.split())) for part in parts)
    return bool(re.search(told, said))


def _mark(work: Work, release: str) -> None:
    work.vault.write(BOOK, {**work.vault.read(BOOK), release: work.today.isoformat()})
