"""A codebook from its TOML text; every fault is told by the entry that has it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from listening.codebook.checking import check
from listening.codebook.nouns import Change, Code, Codebook, CounterExample
from listening.errors import InvalidCodebook

HEAD_KEYS = ("id", "name", "version", "language", "source")
CODE_KEYS = (
    "id", "name", "definition", "include", "exclude", "parent", "status", "replaced_by", "codable",
    "guid", "colour", "examples", "counter_examples",
)  # fmt: skip
CHANGE_KEYS = ("version", "what", "codes", "into", "was", "now", "date", "by", "why")


def load(content: str, name: str = "The codebook", *, draft: bool = False) -> Codebook:
    """Read a codebook from TOML text.

    Args:
        content: the file's text.
        name: how errors call the file.
        draft: it may have fewer than two active codes, because it is still being written.

    Raises:
        InvalidCodebook: saying which entry breaks which rule.
    """
    try:
        data = tomllib.loads(content.removeprefix("\ufeff"))  # Notepad's mark of UTF-8
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        told = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "too deeply nested"
        raise InvalidCodebook(
            name, f"is not valid TOML ({told}).", "Mend that line and run again."
        ) from None
    head = data.get("codebook", {})
    for needed in ("id", "name", "version"):
        if not isinstance(head, dict) or not str(head.get(needed, "")).strip():
            raise InvalidCodebook(
                name, f"has no `{needed}` under [codebook].", "Add it and run again."
            )
    _only(data, ("codebook", "codes", "changes"), "at its top level", name)
    _only(head, HEAD_KEYS, "under [codebook]", name)
    book = Codebook(
        id=str(head["id"]),
        name=line(str(head["name"])),
        version=str(head["version"]),
        language=str(head.get("language", "en")),
        source=text(str(head.get("source", ""))),
        codes=tuple(_code(entry, name) for entry in _entries(data, "codes", name)),
        changes=tuple(_change(entry, name) for entry in _entries(data, "changes", name)),
    )
    check(book, name, draft=draft)
    return book


def text(given: str) -> str:
    """Return a text with the line ends of everybody else."""
    return given.replace("\r\n", "\n").replace("\r", "\n")


def line(given: str) -> str:
    """Return a text on one line: names stand in menus."""
    return " ".join(given.split())


def _only(table: Mapping[str, Any], known: Iterable[str], where: str, name: str) -> None:
    """Refuse a key that nobody would read: most are known ones, mistyped."""
    strange = sorted(set(table) - set(known))
    if strange:
        meant = get_close_matches(strange[0], known, 1)
        hint = f"Did you mean `{meant[0]}`? " if meant else ""
        raise InvalidCodebook(
            name,
            f"has `{strange[0]}` {where}, which is no part of a codebook.",
            f"{hint}Notes of your own may stand in lines that begin with #.",
        )


def _entries(data: Mapping[str, Any], key: str, name: str) -> list[dict[str, Any]]:
    entries = data.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InvalidCodebook(
            name, f"does not list its {key}.", f"Begin every one with a line [[{key}]]."
        )
    return entries


def _code(entry: dict[str, Any], name: str) -> Code:
    unfinished = entry.get("status") in ("draft", "retired") or entry.get("codable") is False
    needed = ("id", "name") if unfinished else ("id", "name", "definition")
    missing = [key for key in needed if not str(entry.get(key, "")).strip()]
    which = str(entry.get("id") or entry.get("name") or "a code")
    if missing:
        raise InvalidCodebook(
            name,
            f"gives no {', '.join(missing)} for {which}.",
            "Every code needs an id, a name and, unless it is a draft, a definition.",
        )
    _only(entry, CODE_KEYS, f"under {which}", name)
    codable = entry.get("codable", True)
    if not isinstance(codable, bool):
        raise InvalidCodebook(
            name, f"gives {which} a `codable` that is neither true nor false.", "Write true."
        )
    return Code(
        id=str(entry["id"]),
        name=line(str(entry["name"])),
        definition=text(str(entry.get("definition", ""))),
        include=text(str(entry.get("include", ""))),
        exclude=text(str(entry.get("exclude", ""))),
        examples=_examples(entry.get("examples", []), which, name),
        counter_examples=_counter_examples(entry.get("counter_examples", []), which, name),
        parent=str(entry.get("parent", "")),
        status=str(entry.get("status", "active")),
        replaced_by=_ids(entry.get("replaced_by", []), "replaced_by", which, name),
        codable=codable,
        guid=str(entry.get("guid", "")),
        colour=str(entry.get("colour", "")),
    )


def _ids(given: Any, key: str, which: str, name: str) -> tuple[str, ...]:
    """Return ids given as one text or as a list; an empty text is none."""
    listed = given if isinstance(given, list) else [given] if given else []
    if not all(isinstance(one, str) and one.strip() for one in listed):
        raise InvalidCodebook(
            name,
            f"gives a `{key}` of {which} that is no id of a code.",
            f'Write {key} = "id" or {key} = ["id", "id"].',
        )
    return tuple(listed)


def _examples(given: Any, which: str, name: str) -> tuple[str, ...]:
    texts: list[Any] = given if isinstance(given, list) else [None]
    if not all(isinstance(one, str) and one.strip() for one in texts):
        raise InvalidCodebook(
            name,
            f"gives examples of {which} that are no texts.",
            'Write examples = ["...", "..."], none of them empty.',
        )
    return tuple(text(one) for one in texts)


def _counter_examples(given: Any, which: str, name: str) -> tuple[CounterExample, ...]:
    items: list[Any] = given if isinstance(given, list) else [None]
    for item in items:
        pair: Any = (item.get("text"), item.get("belongs_to")) if isinstance(item, dict) else ()
        if not pair or not all(isinstance(part, str) and part.strip() for part in pair):
            raise InvalidCodebook(
                name,
                f"gives a counter-example of {which} without its text or where it belongs.",
                'Write { text = "...", belongs_to = "id of a code" }.',
            )
    return tuple(CounterExample(text(str(one["text"])), str(one["belongs_to"])) for one in items)


def _change(entry: dict[str, Any], name: str) -> Change:
    which = f"the change to {entry.get('version', 'a version that is not named')}"
    _only(entry, CHANGE_KEYS, f"under {which}", name)
    plain = {
        key: str(entry.get(key, ""))
        for key in ("version", "what", "date", "by", "why", "was", "now")
    }
    return Change(
        codes=_ids(entry.get("codes", []), "codes", which, name),
        into=_ids(entry.get("into", []), "into", which, name),
        **plain,
    )
