"""The codes of an annotation, put as the store has them when the codebook changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from listening.labelstudio.names import CODES, SEVERITY, TEXT, severity_of

_Json = Mapping[str, Any]
#: what an annotation says, as Label Studio tells it
Results = Sequence[_Json]
_KINDS = ("choices", "paragraphlabels")


@dataclass(frozen=True)
class Mark:
    """One code that the store has of an annotation.

    Attributes:
        region: Label Studio's id of the stretch; empty for a whole item.
        code: its id.
        severity: 0 to 3, where it was marked.
    """

    region: str
    code: str
    severity: int | None = None


def as_stored(results: Sequence[_Json], marks: Sequence[Mark]) -> list[dict[str, Any]] | None:
    """Return an annotation's results with the codes that the store has; None where they are there.

    Memos, words for new codes and places stay as they are, and so does a stretch that the store
    has not: it was refused when it was read.

    Args:
        results: of one annotation, as Label Studio tells them.
        marks: of the same annotation, as the store has them.
    """
    before = [dict(one) for one in results]
    whole = [mark for mark in marks if not mark.region]
    after = _whole(before, whole) if whole else _stretches(before, marks)
    return None if after == before else after


def codes_of(results: Results) -> set[tuple[str, str]]:
    """Return the codes of an annotation: Label Studio's id of what carries each, and the code."""
    return {
        (str(one.get("id", "")), str(code))
        for one in results
        if one.get("from_name") == CODES
        for kind in _KINDS
        for code in (one.get("value") or {}).get(kind) or ()
    }


def degrees_of(results: Results) -> list[tuple[str, object]]:
    """Return how grave each code of a whole item is, as the annotation has it."""
    return [
        (name.removeprefix(f"{SEVERITY}_"), (one.get("value") or {}).get("number"))
        for one in results
        if (name := str(one.get("from_name", ""))).startswith(f"{SEVERITY}_")
    ]


def _stretches(results: list[dict[str, Any]], marks: Sequence[Mark]) -> list[dict[str, Any]]:
    by_region: dict[str, list[str]] = {}
    for mark in marks:
        codes = by_region.setdefault(mark.region, [])
        if mark.code not in codes:
            codes.append(mark.code)
    return [
        _with_codes(one, by_region[str(one.get("id", ""))])
        if one.get("from_name") == CODES and str(one.get("id", "")) in by_region
        else one
        for one in results
    ]


def _with_codes(result: dict[str, Any], codes: Sequence[str]) -> dict[str, Any]:
    value = dict(result.get("value") or {})
    for kind in _KINDS:
        if kind in value and sorted(value[kind]) != sorted(codes):
            value[kind] = list(codes)
    return {**result, "value": value}


def _whole(results: list[dict[str, Any]], marks: Sequence[Mark]) -> list[dict[str, Any]]:
    codes = list(dict.fromkeys(mark.code for mark in marks))
    grave = {mark.code: mark.severity for mark in marks if mark.severity is not None}
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    for one in results:
        name = str(one.get("from_name", ""))
        if name == CODES:
            found.append(_with_codes(one, codes))
        elif name.startswith(f"{SEVERITY}_"):
            code = name.removeprefix(f"{SEVERITY}_")
            if code in grave:
                found.append(one)
                seen.add(code)
        else:
            found.append(one)
    return found + [_severity(code, grave[code]) for code in codes if code in grave.keys() - seen]


def _severity(code: str, degree: int | None) -> dict[str, Any]:
    return {
        "id": severity_of(code),
        "from_name": severity_of(code),
        "to_name": TEXT,
        "type": "number",
        "value": {"number": degree},
    }
