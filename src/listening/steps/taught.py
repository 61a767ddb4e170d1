"""What a programme taught privacy: names and places of its own, and words that are no names.

The list lies in the vault as `gazetteer.toml`. Officers add to it on their pages and operators by
hand: comments and what others wrote stay. Under a key it is sealed with the first change from a
page; a list that is laid there by hand is read all the same, and joins it then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from listening.errors import ListeningError
from listening.privacy import DESCRIPTOR, Local, parse_local
from listening.privacy.local import KEEP, KINDS, SHORTEST
from listening.steps.work import Work, content_key
from listening.store.lock import alone_in

FILE = "gazetteer.toml"
#: book of who said it, by the words: names that somebody taught are shown to them alone
_BY = "taught_by"
#: stands there for whoever wrote it into the file by hand: no account has this id
_OPERATOR = 0
LONGEST = 100
#: what words may be said to be: a kind of name, or none of these
SAID = (*KINDS, KEEP)
#: says that words are no name
NO_NAME = KEEP


def local(work: Work) -> Local:
    """Return what the programme taught.

    Raises:
        InvalidGazetteer: the list cannot be used.
    """
    names: dict[str, list[str]] = {}
    keep: list[str] = []
    for text in work.vault.texts(FILE):
        one = parse_local(text, FILE)
        keep += one.keep
        for kind, of in one.names.items():
            names.setdefault(kind, []).extend(of)
    return Local({kind: _once(of) for kind, of in names.items()}, _once(keep))


def mark(work: Work) -> str:
    """Return what tells this list from any other."""
    return content_key(asdict(local(work)))


def entries(work: Work, by: int | None = None) -> list[tuple[str, str]]:
    """Return what was taught: what it is said to be (`SAID`), and the words; by kind and letter.

    Args:
        work: the workplace.
        by: only what this person said, by the id of their account; everything when left out.
    """
    taught = local(work)
    said = [(kind, words) for kind, of in taught.names.items() for words in of]
    said += [(KEEP, words) for words in taught.keep]
    told = work.vault.read(_BY) if by is not None else {}
    own = [one for one in said if by is None or by in told.get(_even(one[1]), ())]
    return sorted(own, key=lambda one: (SAID.index(one[0]), one[1].casefold()))


def said_of(work: Work, words: str, by: int | None = None) -> list[str]:
    """Return what was said of these words, in any case of letters; by one person, if asked."""
    return [said for said, other in entries(work, by) if _same(other, words)]


def teach(work: Work, words: str, said: str, by: int | None = None) -> bool:
    """Note what words are; what was said of them before no longer holds.

    Args:
        work: the workplace.
        words: as `tidy` returns them.
        said: one of `SAID`.
        by: id of the account of who says so, who may see it and take it back.

    Returns:
        Whether that is new.

    Raises:
        InvalidGazetteer: the list as it is cannot be used.
    """
    with alone_in(work.vault.folder):
        known = said_of(work, words) == [said]
        told = work.vault.read(_BY)
        others = told.get(_even(words), [_OPERATOR]) if known else []
        own = sorted({*others, *([] if by is None else [by])})
        if not known:
            document = _document(work)
            _take_out(document, words)
            if said not in document:
                document[said] = []
            document[said].append(words)
            _keep(work, document)
        _keep_by(work, words, own)
    return not known


def forget(work: Work, words: str) -> bool:
    """Take words off the list, whatever was said of them; False where they are not on it."""
    with alone_in(work.vault.folder):
        if not said_of(work, words):
            return False
        document = _document(work)
        _take_out(document, words)
        _keep(work, document)
        _keep_by(work, words, [])
    return True


def take_back(work: Work, words: str, by: int) -> bool:
    """Take back what one person said of words; False where somebody else said it too.

    Then it holds as before. What they did not say themselves is not theirs to take back.
    """
    with alone_in(work.vault.folder):
        others = [one for one in work.vault.read(_BY).get(_even(words), ()) if one != by]
        if others:
            _keep_by(work, words, others)
    return not others and bool(said_of(work, words, by)) and forget(work, words)


def tidy(words: str) -> str:
    """Return words as the list holds them.

    Raises:
        ListeningError: they are too few to be told from others, or too many to be a name.
    """
    even = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    if DESCRIPTOR.search(even):
        raise ListeningError(
            "These words", "hold what stands for something removed.", "Leave the brackets out."
        )
    if len(even) < SHORTEST or not any(c.isalnum() for c in even):
        raise ListeningError(
            "These words", "are too short to be a name.", "Give a name of two letters or more."
        )
    if len(even) > LONGEST:
        raise ListeningError(
            "These words", "are too long to be a name.", f"Give at most {LONGEST} letters."
        )
    return even


def _document(work: Work) -> Any:
    """Return the list as it is written, with its comments; a second one's entries are joined on."""
    import tomlkit

    texts = work.vault.texts(FILE)
    document = tomlkit.parse(texts[0] if texts else "")
    for text in texts[1:]:
        for kind, words in tomlkit.parse(text).unwrap().items():
            if kind not in document:
                document[kind] = []
            for one in words:
                document[kind].append(one)
    return document


def _take_out(document: Any, words: str) -> None:
    for said in SAID:
        for place in reversed(list(_places(document.get(said, []), words))):
            del document[said][place]


def _places(texts: list[str], words: str) -> Iterator[int]:
    return (place for place, other in enumerate(texts) if _same(other, words))


def _keep(work: Work, document: Any) -> None:
    import tomlkit

    text = tomlkit.dumps(document)
    parse_local(text, FILE)  # what could not be read again is not written
    work.vault.keep_text(FILE, text)


def _keep_by(work: Work, words: str, by: list[int]) -> None:
    told = work.vault.read(_BY)
    others = {of: who for of, who in told.items() if of != _even(words)}
    now = others | ({_even(words): by} if by else {})
    if now != told:
        work.vault.write(_BY, now)


def _same(one: str, other: str) -> bool:
    return _even(one) == _even(other)


def _even(words: str) -> str:
    return " ".join(words.split()).casefold()


def _once(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
