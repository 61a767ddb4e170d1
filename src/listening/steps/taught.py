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


def entries(work: Work) -> list[tuple[str, str]]:
    """Return what was taught: what it is said to be (`SAID`), and the words; by kind and letter."""
    taught = local(work)
    said = [(kind, words) for kind, of in taught.names.items() for words in of]
    said += [(KEEP, words) for words in taught.keep]
    return sorted(said, key=lambda one: (SAID.index(one[0]), one[1].casefold()))


def said_of(work: Work, words: str) -> list[str]:
    """Return what was said of these words, in any case of letters."""
    return [said for said, other in entries(work) if _same(other, words)]


def teach(work: Work, words: str, said: str) -> bool:
    """Note what words are; what was said of them before no longer holds.

    Args:
        work: the workplace.
        words: as `tidy` returns them.
        said: one of `SAID`.

    Returns:
        Whether that is new.

    Raises:
        InvalidGazetteer: the list as it is cannot be used.
    """
    with alone_in(work.vault.folder):
        if said_of(work, words) == [said]:
            return False
        document = _document(work)
        _take_out(document, words)
        if said not in document:
            document[said] = []
        document[said].append(words)
        _keep(work, document)
    return True


def forget(work: Work, words: str) -> bool:
    """Take words off the list, whatever was said of them; False where they are not on it."""
    with alone_in(work.vault.folder):
        if not said_of(work, words):
            return False
        document = _document(work)
        _take_out(document, words)
        _keep(work, document)
    return True


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


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _once(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
