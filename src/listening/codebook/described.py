"""What a code says beside its name, as one text: for formats that have only a description.

Programs for qualitative analysis show a description and nothing else. So what stands in fields of
its own here follows the definition there under headings that people can read, each line indented:

    Whether the home is dry.

    Include:
      Mould; leaks.
    Examples:
      - Water runs down the wall
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from listening.codebook.nouns import Code, CounterExample

_HEADINGS = ("Include", "Exclude", "Examples", "Counter-examples", "Status", "Replaced by", "Id")
_HEADING = re.compile(rf"({'|'.join(_HEADINGS)}):")
_BELONGS = re.compile(r"(.*) \(belongs to: ([a-z0-9-]+)\)", re.DOTALL)


def described(code: Code, guessed_id: str = "") -> tuple[str, bool]:
    """Return a code's description, and whether everything of the code can be read back from it.

    Args:
        code: the code.
        guessed_id: the id that a reader would give it by its name.
    """
    parts = {
        "Include": code.include,
        "Exclude": code.exclude,
        "Examples": _items(code.examples),
        "Counter-examples": _items(
            [f"{item.text} (belongs to: {item.belongs_to})" for item in code.counter_examples]
        ),
        "Status": "" if code.status == "active" else code.status,
        "Replaced by": ", ".join(code.replaced_by),
        "Id": "" if code.id == guessed_id else code.id,
    }
    lines = [code.definition] if code.definition else []
    told = {heading: value for heading, value in parts.items() if value}
    if lines and told:
        lines.append("")
    for heading, value in told.items():
        lines += [f"{heading}:", *(f"  {line}" for line in value.split("\n"))]
    text = "\n".join(lines)
    bare = Code(guessed_id or code.id, code.name)
    back = read(bare, text)
    held = (
        "id", "definition", "include", "exclude", "examples", "counter_examples", "status",
        "replaced_by",
    )  # fmt: skip
    whole = all(getattr(back, key) == getattr(code, key) for key in held)
    return text, whole


def read(code: Code, description: str) -> Code:
    """Return a code with what its description says; without headings all of it is definition."""
    definition, found = _sections(description)
    counters = [_BELONGS.fullmatch(item) for item in _listed(found.get("Counter-examples", ""))]
    replaced = found.get("Replaced by", "")
    return replace(
        code,
        id=found.get("Id", code.id),
        definition=definition,
        include=found.get("Include", ""),
        exclude=found.get("Exclude", ""),
        examples=tuple(_listed(found.get("Examples", ""))),
        counter_examples=tuple(CounterExample(m[1], m[2]) for m in counters if m),
        status=found.get("Status", "active"),
        replaced_by=tuple(replaced.split(", ")) if replaced else (),
    )


def _sections(description: str) -> tuple[str, Mapping[str, str]]:
    """Return the definition, and what stands under each heading."""
    lines = description.split("\n")
    headings = [n for n, line in enumerate(lines) if _HEADING.fullmatch(line)]
    # each heading stands once, so what came before the last few is definition
    begins = (n for n in headings[-len(_HEADINGS) :] if _is_layout(lines[n:]))
    first = next(begins, len(lines))
    found: dict[str, list[str]] = {}
    heading = ""
    for line in lines[first:]:
        if match := _HEADING.fullmatch(line):
            heading = match[1]
            found[heading] = []
        else:
            found[heading].append(line.removeprefix("  "))
    before = lines[:first]
    if found and before and not before[-1]:
        before = before[:-1]
    return "\n".join(before), {key: "\n".join(value) for key, value in found.items()}


def _is_layout(lines: Sequence[str]) -> bool:
    """Tell whether lines are headings with indented lines under each, from here to the end."""
    headings = [bool(_HEADING.fullmatch(line)) for line in lines]
    if headings[-1]:
        return False
    named = [line for line, is_heading in zip(lines, headings, strict=True) if is_heading]
    return (
        not any(one and other for one, other in pairwise(headings))
        and len(set(named)) == len(named)
        and all(h or line.startswith("  ") for line, h in zip(lines, headings, strict=True))
    )


def _items(texts: Sequence[str]) -> str:
    return "\n".join("- " + text.replace("\n", "\n  ") for text in texts)


def _listed(section: str) -> list[str]:
    items: list[str] = []
    for line in section.split("\n") if section else []:
        if line.startswith("- ") or not items:
            items.append(line.removeprefix("- "))
        else:
            items[-1] += "\n" + line.removeprefix("  ")
    return items
