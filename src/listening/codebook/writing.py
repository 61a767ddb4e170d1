"""A codebook to TOML that people edit by hand: comments, order and layout of a file are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from listening.codebook.nouns import Change, Code, Codebook
from listening.codebook.reading import load

#: Order in which a new entry is written; what has its default is left out.
_WRITTEN = (
    "id", "name", "definition", "include", "exclude", "parent", "status", "replaced_by", "codable",
    "guid", "colour", "examples", "counter_examples",
)  # fmt: skip
_DEFAULTS: Mapping[str, Any] = {
    "definition": "", "include": "", "exclude": "", "parent": "", "status": "active",
    "replaced_by": [], "codable": True, "guid": "", "colour": "", "examples": [],
    "counter_examples": [], "into": [], "was": "", "now": "", "date": "", "by": "", "why": "",
}  # fmt: skip
_CHANGE = ("version", "what", "codes", "into", "was", "now", "date", "by", "why")
#: Lists that are written one item a line.
_LONG = ("examples", "counter_examples")


def as_toml(book: Codebook) -> str:
    """Return a codebook as the text of a TOML file that `load` reads back as it is."""
    import tomlkit

    document = tomlkit.document()
    head = tomlkit.table()
    for key in ("id", "name", "version", "language", "source"):
        if value := getattr(book, key):
            head.add(key, value)
    document.add("codebook", head)
    for key, entries in (
        ("codes", [_plain(code) for code in book.codes]),
        ("changes", [_plain_change(change) for change in book.changes]),
    ):
        if entries:
            listed = tomlkit.aot()
            for entry in entries:
                listed.append(_table(entry))
            document.add(key, listed)
    return _spaced(tomlkit.dumps(document))


def revised(content: str, book: Codebook) -> str:
    """Return a file's text brought up to a codebook; what did not change stays letter by letter.

    Args:
        content: TOML text from which `load` read the codebook's earlier version.
        book: what it is to say; it has every code of the earlier version, by the same ids, and
            its trail begins with that version's.
    """
    import tomlkit

    document: Any = tomlkit.parse(content.removeprefix("\ufeff").replace("\r\n", "\n"))
    head: Any = document["codebook"]
    for key in ("name", "version", "language", "source"):
        value = getattr(book, key)
        if head.get(key, "en" if key == "language" else "") != value:
            head[key] = value
    _add(document, "codes", [])
    there: dict[str, Any] = {str(entry["id"]): entry for entry in document["codes"]}
    fresh = []
    for code in book.codes:
        if code.id in there:
            _bring_up(there[code.id], _plain(code))
        else:
            fresh.append(_plain(code))
    _add(document, "codes", fresh)
    told = len(document.get("changes", []))
    _add(document, "changes", [_plain_change(change) for change in book.changes[told:]])
    done = _spaced(tomlkit.dumps(document))
    # a file of an odd shape (codes in one list, say) is rather written anew than written wrongly
    return done if load(done, draft=True) == book else as_toml(book)


def _add(document: Any, key: str, entries: Sequence[Mapping[str, Any]]) -> None:
    import tomlkit

    if key not in document:
        document.add(key, tomlkit.aot())
    for entry in entries:
        document[key].append(_table(entry))


def _bring_up(entry: Any, wanted: Mapping[str, Any]) -> None:
    """Change in a code's entry what is not yet as wanted, and nothing else."""
    for key in _WRITTEN:
        value = wanted.get(key, _DEFAULTS.get(key))
        before = entry.get(key, _DEFAULTS.get(key))
        before = [before] if key == "replaced_by" and before and isinstance(before, str) else before
        if (before or value) and before != value:
            if key in _LONG and key in entry and list(value[: len(before)]) == list(before):
                for item in value[len(before) :]:
                    entry[key].add_line(_item(item))
            else:
                entry[key] = _value(key, value)


def _plain(code: Code) -> dict[str, Any]:
    told: dict[str, Any] = {key: getattr(code, key) for key in _WRITTEN}
    told["replaced_by"] = list(code.replaced_by)
    told["examples"] = list(code.examples)
    told["counter_examples"] = [vars(item) for item in code.counter_examples]
    return _without_defaults(told)


def _plain_change(change: Change) -> dict[str, Any]:
    told: dict[str, Any] = {key: getattr(change, key) for key in _CHANGE}
    told["codes"], told["into"] = list(change.codes), list(change.into)
    return _without_defaults(told)


def _without_defaults(told: Mapping[str, Any]) -> dict[str, Any]:
    missing = object()
    return {key: value for key, value in told.items() if value != _DEFAULTS.get(key, missing)}


def _table(entry: Mapping[str, Any]) -> Any:
    import tomlkit

    table = tomlkit.table()
    for key, value in entry.items():
        table.add(key, _value(key, value))
    return table


def _value(key: str, value: Any) -> Any:
    import tomlkit

    if key == "replaced_by" and len(value) == 1:
        return value[0]
    if isinstance(value, list):
        array = tomlkit.array()
        if key in _LONG and value:
            for item in value:
                array.add_line(_item(item), indent="  ")
            array.add_line(indent="")
        else:
            array.extend(value)
        return array
    return value


def _item(item: Any) -> Any:
    import tomlkit

    if not isinstance(item, dict):
        return item
    table = tomlkit.inline_table()
    table.update(item)
    return table


def _spaced(content: str) -> str:
    """Put an empty line before every entry, and end with one line end."""
    lines: list[str] = []
    for line in content.split("\n"):
        entry = line.startswith(("[[codes]]", "[[changes]]"))
        # a comment right above an entry belongs to it
        if entry and lines and lines[-1].strip() and not lines[-1].startswith("#"):
            lines.append("")
        lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"
