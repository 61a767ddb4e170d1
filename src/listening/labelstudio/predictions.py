"""Suggestions as Label Studio's predictions, and what is wrong with a prediction."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from listening.codebook import Codebook
from listening.labelstudio.names import CODES, DIALOGUE, TEXT
from listening.labelstudio.nouns import SPANS, Item, Suggested
from listening.labelstudio.offsets import to_points, to_units


def predictions_of(item: Item, hints: Sequence[Suggested], book: Codebook) -> list[dict[str, Any]]:
    """Return what is imported as a task's predictions: none, or one with every suggestion.

    A suggestion that lies in no turn of a resident has no place and is left out.
    """
    if item.layout == SPANS:
        result = [one for hint in hints if (one := _stretch(item, hint))]
        score = max((hint.probability for hint in hints), default=0.0)
    else:
        codes = list(dict.fromkeys(hint.code for hint in hints))
        result = [_result("choices", "whole", {"choices": codes})] if codes else []
        score = max((hint.probability for hint in hints), default=0.0)
    if not result:
        return []
    return [{"model_version": book.label, "score": round(score, 4), "result": result}]


def _stretch(item: Item, hint: Suggested) -> dict[str, Any] | None:
    if hint.span is None:
        return None
    for number, turn in enumerate(item.turns):
        start = max(hint.span.start - turn.start, 0)
        end = min(hint.span.end - turn.start, len(turn.text))
        if turn.participant_id and start < end:
            value = {
                "start": str(number),
                "end": str(number),
                "startOffset": to_units(turn.text, start),
                "endOffset": to_units(turn.text, end),
                "text": turn.text[start:end],
                "paragraphlabels": [hint.code],
            }
            key = f"{number}.{start}.{hint.code}"
            return _result("paragraphlabels", key, value) | {"score": round(hint.probability, 4)}
    return None


def _result(kind: str, key: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": key, "from_name": CODES, "to_name": TEXT, "type": kind, "value": dict(value)}


def check_predictions(task: Mapping[str, Any], config: str | bytes) -> list[str]:
    """Return what is wrong with a task's predictions, in words without a resident's.

    Label Studio takes any prediction: an unknown code or a place past the end is seen by coders.

    Args:
        task: of `task_of`.
        config: the project's labelling configuration.
    """
    interface = _interface(config)
    faults = []
    for prediction in task["predictions"]:
        found = interface.validate_prediction(prediction, return_errors=True) or []
        faults += [f"A suggestion does not fit the project: {_safe(one)}" for one in found]
        for result in prediction["result"]:
            faults += _outside(task["data"], result.get("value", {}))
    return faults


def _interface(config: str | bytes) -> Any:
    text = config.decode() if isinstance(config, bytes) else config
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own
        from label_studio_sdk.label_interface.interface import LabelInterface

        return LabelInterface(text)


def _safe(message: str) -> str:
    """Return a fault without what it quotes: it may be a resident's words."""
    return str(message).split("'", 1)[0].split(":", 1)[0].strip() + "."


def _outside(data: Mapping[str, Any], value: Mapping[str, Any]) -> Iterator[str]:
    if "startOffset" not in value:
        return
    turns = data[DIALOGUE]
    first, last = int(value["start"]), int(value["end"])
    if not 0 <= first <= last < len(turns):
        yield "A suggestion lies outside the turns of its task."
        return
    start = to_points(turns[first]["text"], int(value["startOffset"]))
    end = to_points(turns[last]["text"], int(value["endOffset"]))
    if start is None or end is None or (first == last and start >= end):
        yield f"A suggestion lies outside the words of turn {first + 1}."
    elif first == last and turns[first]["text"][start:end] != value.get("text"):
        yield f"A suggestion quotes other words than stand in turn {first + 1}."
