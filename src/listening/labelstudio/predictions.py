"""Suggestions as Label Studio's predictions, and what is wrong with a prediction.

A prediction fills an unseen control, one line for each suggestion: Label Studio 1.23.2 copies
whatever fills a visible control into the answer of everybody who opens a task from its table, even
where the project says that predictions are not to be used. Coders see the hints beside the text.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from listening.codebook import Codebook
from listening.labelstudio.names import CODES, EXTENT, SUGGESTED, TEXT
from listening.labelstudio.nouns import Item, Suggested


def predictions_of(item: Item, hints: Sequence[Suggested], book: Codebook) -> list[dict[str, Any]]:
    """Return what is imported as a task's predictions: none, or one with every suggestion.

    A line is the code's id, its probability, and the code points of the document that it is about.
    """
    if not hints:
        return []
    lines = [" ".join(_parts(item, hint)) for hint in hints]
    result = {
        "id": "suggested",
        "from_name": SUGGESTED,
        "to_name": TEXT,
        "type": "textarea",
        "value": {"text": lines},
    }
    score = max(hint.probability for hint in hints)
    return [{"model_version": book.label, "score": round(score, 4), "result": [result]}]


def _parts(item: Item, hint: Suggested) -> Iterator[str]:
    span = hint.span or (item.start, item.end)
    yield hint.code
    yield f"{hint.probability:.4f}"
    yield f"{span[0]}-{span[1]}"


def check_predictions(task: Mapping[str, Any], config: str | bytes) -> list[str]:
    """Return what is wrong with a task's predictions, in words without a resident's.

    Label Studio takes any prediction: an unknown control, code or place is met by coders.

    Args:
        task: of `task_of`.
        config: the project's labelling configuration.
    """
    if not task["predictions"]:
        return []
    interface = _parsed(config.decode() if isinstance(config, bytes) else config)
    codes = set(interface.get_control(CODES).labels)
    faults = []
    for prediction in task["predictions"]:
        if interface.validate_prediction(prediction, return_errors=True):
            faults.append("A suggestion does not fit the project's configuration.")
        for result in prediction["result"]:
            if result["from_name"] != SUGGESTED:
                faults.append("A suggestion would be ticked beforehand.")
            for line in result["value"].get("text", ()):
                faults += _of_line(task["data"][EXTENT], line, codes)
    return faults


@lru_cache(maxsize=8)
def _parsed(text: str) -> Any:
    """Return a configuration as the library knows it: one serves thousands of tasks."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own
        from label_studio_sdk.label_interface.interface import LabelInterface

        return LabelInterface(text)


def _of_line(extent: str, line: str, codes: set[str]) -> Iterator[str]:
    code, probability, place = line.split()
    start, end = _ends(place)
    first, last = _ends(extent)
    if code not in codes:
        yield f"The code {code} is suggested, which the project does not offer."
    if not 0 <= float(probability) <= 1:
        yield f"The code {code} is suggested with a chance that is none."
    if not first <= start < end <= last:
        yield f"The code {code} is suggested for words outside its item."


def _ends(place: str) -> tuple[int, int]:
    start, end = place.split("-")
    return int(start), int(end)
