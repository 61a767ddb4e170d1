"""What the editor of Label Studio 1.23.2 writes when somebody codes.

`tests/labelstudio/test_coding_in_chromium.py` codes the same in the real editor and compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from listening.labelstudio.nouns import Item


@dataclass(frozen=True)
class Marked:
    """A stretch that somebody marks: turn and place in it, in code points, of both ends."""

    first: int
    start: int
    last: int
    end: int
    codes: tuple[str, ...]
    memo: str = ""
    proposed: str = ""
    severity: int | None = None


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def spans(item: Item, marked: list[Marked], memo: str = "") -> list[dict[str, Any]]:
    """Return the results of an interview with these stretches."""
    results: list[dict[str, Any]] = []
    for number, one in enumerate(marked):
        turns = [turn.text for turn in item.turns[one.first : one.last + 1]]
        turns[-1] = turns[-1][: one.end]
        turns[0] = turns[0][one.start :]
        place = {
            "start": str(one.first),
            "end": str(one.last),
            "startOffset": _units(item.turns[one.first].text[: one.start]),
            "endOffset": _units(item.turns[one.last].text[: one.end]),
        }
        quoted = "\n".join(turns).strip("\n")
        region = f"region{number}"
        value = {**place, "text": quoted, "paragraphlabels": list(one.codes)}
        results.append(_result("codes", "paragraphlabels", value, region))
        if one.severity is not None:
            told = {**place, "text": quoted, "number": one.severity}
            results.append(_result("severity", "number", told, region))
        for name, words in (("region_memo", one.memo), ("new_code", one.proposed)):
            if words:
                results.append(_result(name, "textarea", {**place, "text": [words]}, region))
    return results + _memo(memo)


def whole(
    codes: list[str], memo: str = "", proposed: str = "", severity: dict[str, int] | None = None
) -> list[dict[str, Any]]:
    """Return the results of an answer with these codes."""
    results = [_result("codes", "choices", {"choices": codes}, "c")] if codes else []
    for code, number in (severity or {}).items():
        results.append(_result(f"severity_{code}", "number", {"number": number}, f"s{code}"))
    if proposed:
        results.append(_result("new_code", "textarea", {"text": [proposed]}, "n"))
    return results + _memo(memo)


def _memo(memo: str) -> list[dict[str, Any]]:
    return [_result("memo", "textarea", {"text": [memo]}, "m")] if memo else []


def _result(name: str, kind: str, value: dict[str, Any], region: str) -> dict[str, Any]:
    told = {"id": region, "from_name": name, "to_name": "text", "type": kind}
    return {**told, "origin": "manual", "value": value}


def task(
    data: dict[str, Any], *results: list[dict[str, Any]], by: int = 1, **more: Any
) -> dict[str, Any]:
    """Return a task as Label Studio gives it, each list of results an annotation by `by`."""
    annotations = [
        {
            "id": 100 + number,
            "completed_by": {"id": by, "email": "a@example.org"},
            "result": result,
            "was_cancelled": False,
            "updated_at": f"2026-03-02T10:00:{number:02d}.000001Z",
            "lead_time": 3.5,
        }
        for number, result in enumerate(results)
    ]
    return {"id": 7, "data": data, "annotations": annotations, "drafts": []} | more
