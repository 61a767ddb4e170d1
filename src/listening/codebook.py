"""The codebook: codes with definitions, include, exclude and examples, read from TOML.

A codebook lives by its examples (METHOD.md, section 5). `other` and `no reason given` are always
there: they are added here and never written in a file.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from listening.errors import InvalidCodebook
from listening.tomls import read_toml

OTHER = "other"
NO_REASON = "no-reason-given"
#: only active codes are matched and counted
STATUSES = ("draft", "active", "retired")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class CounterExample:
    """A text that is easily taken for one code and belongs to another."""

    text: str
    belongs_to: str


@dataclass(frozen=True)
class Code:
    """One code, as researchers define it."""

    id: str
    name: str
    definition: str
    include: str = ""
    exclude: str = ""
    examples: tuple[str, ...] = ()
    counter_examples: tuple[CounterExample, ...] = ()
    parent: str = ""
    status: str = "active"


@dataclass(frozen=True)
class Codebook:
    """A versioned set of codes."""

    id: str
    name: str
    version: str
    language: str
    source: str
    codes: tuple[Code, ...]

    @property
    def label(self) -> str:
        """The codebook and its version, as every count carries it."""
        return f"{self.id} {self.version}"

    @property
    def in_use(self) -> tuple[Code, ...]:
        """The codes that are matched and counted."""
        return tuple(code for code in self.codes if code.status == "active")


ALWAYS_THERE = (
    Code(OTHER, "Other", "Says something that no code of the codebook covers."),
    Code(NO_REASON, "No reason given", "Answered, but with nothing that could be coded."),
)


def load(content: str, name: str = "The codebook") -> Codebook:
    """Read a codebook from TOML text.

    Args:
        content: the file's text.
        name: how errors call the file.

    Raises:
        InvalidCodebook: saying which code breaks which rule.
    """
    data = read_toml(content, name, InvalidCodebook)
    head = data.get("codebook", {})
    for needed in ("id", "name", "version"):
        if not isinstance(head, dict) or not str(head.get(needed, "")).strip():
            raise InvalidCodebook(
                name, f"has no `{needed}` under [codebook].", "Add it and run again."
            )
    codes = tuple(_code(entry, name) for entry in _entries(data, name))
    _check(codes, name)
    return Codebook(
        id=str(head["id"]),
        name=str(head["name"]),
        version=str(head["version"]),
        language=str(head.get("language", "en")),
        source=str(head.get("source", "")),
        codes=codes,
    )


def _entries(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    entries = data.get("codes", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InvalidCodebook(
            name, "does not list its codes.", "Begin every code with a line [[codes]]."
        )
    return entries


def _code(entry: dict[str, Any], name: str) -> Code:
    missing = [k for k in ("id", "name", "definition") if not str(entry.get(k, "")).strip()]
    which = str(entry.get("id") or entry.get("name") or "a code")
    if missing:
        raise InvalidCodebook(
            name,
            f"gives no {', '.join(missing)} for {which}.",
            "Every code needs an id, a name and a definition.",
        )
    return Code(
        id=str(entry["id"]),
        name=str(entry["name"]),
        definition=str(entry["definition"]),
        include=str(entry.get("include", "")),
        exclude=str(entry.get("exclude", "")),
        examples=_examples(entry.get("examples", []), which, name),
        counter_examples=_counter_examples(entry.get("counter_examples", []), which, name),
        parent=str(entry.get("parent", "")),
        status=str(entry.get("status", "active")),
    )


def _examples(given: Any, which: str, name: str) -> tuple[str, ...]:
    texts = given if isinstance(given, list) else [None]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise InvalidCodebook(
            name,
            f"gives examples of {which} that are no texts.",
            'Write examples = ["...", "..."], none of them empty.',
        )
    return tuple(texts)


def _counter_examples(given: Any, which: str, name: str) -> tuple[CounterExample, ...]:
    items: list[Any] = given if isinstance(given, list) else [None]
    for item in items:
        pair = (item.get("text"), item.get("belongs_to")) if isinstance(item, dict) else ()
        if not pair or not all(isinstance(part, str) and part.strip() for part in pair):
            raise InvalidCodebook(
                name,
                f"gives a counter-example of {which} without its text or where it belongs.",
                'Write { text = "...", belongs_to = "id of a code" }.',
            )
    return tuple(CounterExample(item["text"], item["belongs_to"]) for item in items)


def _check(codes: tuple[Code, ...], name: str) -> None:
    ids = [code.id for code in codes]
    twice = [code_id for code_id, times in Counter(ids).items() if times > 1]
    if twice:
        raise InvalidCodebook(
            name, f"uses the id {twice[0]} more than once.", "Give every code its own id."
        )
    for code in codes:
        _check_one(code, {*ids, OTHER, NO_REASON}, name)
    if sum(code.status == "active" for code in codes) < 2:
        raise InvalidCodebook(name, "has fewer than two active codes.", "Add codes and run again.")


def _check_one(code: Code, known: set[str], name: str) -> None:
    if not _ID.fullmatch(code.id) or code.id in (OTHER, NO_REASON):
        raise InvalidCodebook(
            name,
            f"has the id {code.id!r}.",
            "Ids are lower-case words joined by hyphens; `other` and `no-reason-given` are "
            "always there and need no entry.",
        )
    if code.status not in STATUSES:
        raise InvalidCodebook(
            name, f"gives {code.id} the status {code.status!r}.", f"Use {', '.join(STATUSES)}."
        )
    targets = {item.belongs_to for item in code.counter_examples}
    strangers = (targets | {code.parent}) - known - {""}
    if strangers:
        raise InvalidCodebook(
            name,
            f"names {min(strangers)!r} under {code.id}, which is no code of it.",
            "Use the id of a code of this codebook, or `other`.",
        )
    if code.id in targets | {code.parent}:
        raise InvalidCodebook(
            name,
            f"names {code.id} under itself.",
            "A counter-example belongs to another code, and a parent is another code.",
        )
