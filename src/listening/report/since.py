"""What changed since the wave before the last, in a sentence that cannot be read as more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from listening.report import words

Document = Mapping[str, Any]
_VERBS = {"more": "more people raise", "fewer": "fewer people raise"}


def last_pair(document: Document) -> tuple[str, str]:
    """Return the names of the last two waves that were compared."""
    earlier, later = document["waves"][-2:]
    return str(earlier), str(later)


def last_change(theme: Mapping[str, Any], document: Document) -> Mapping[str, Any]:
    """Return a theme's change between the last two waves."""
    found: Mapping[str, Any] = theme["changes"][len(document["waves"]) - 2]
    return found


def sentence(document: Document) -> str:
    """Say what changed between the last two waves, and what cannot be told.

    Args:
        document: what `waves.changes_document` returned.
    """
    earlier, later = last_pair(document)
    if not document["themes"]:
        return f"{later} cannot be compared with {earlier}: below it says why."
    told = _told(document)
    rest = _counted(document, "none_shown")
    if told:
        return f"Since {earlier}, {told}{_of_the_rest(rest)}."
    if not rest:
        return (
            f"Too few people were heard to say whether anything changed between {earlier} and "
            f"{later}."
        )
    return (
        f"Between {earlier} and {later} no change can be told from chance. That is not the same as "
        "no change: it may be too small to be seen with these numbers."
    )


def short(document: Document) -> str:
    """Say in short which themes changed; empty where none did for certain.

    A difference between two machine's readings is none of what people said, so it is not told.
    """
    told = _told(document) if document["status"] == "reviewed" else ""
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def _told(document: Document) -> str:
    return "; ".join(
        f"{_VERBS[verdict]} {words.listed(names)}"
        for verdict in _VERBS
        if (names := list(_named(document, verdict)))
    )


def _named(document: Document, verdict: str) -> Iterator[str]:
    """Yield each theme of a verdict with its share then and now."""
    for theme in document["themes"]:
        if last_change(theme, document)["verdict"] == verdict:
            then, now = (words.percentage(one["share"], one["of"]) for one in theme["levels"][-2:])
            yield f"{theme['name']} ({then} then, {now} now)"


def _of_the_rest(many: int) -> str:
    if not many:
        return ""
    return f"; of {words.counted(many, 'other theme')} no change can be told from chance"


def _counted(document: Document, verdict: str) -> int:
    return sum(last_change(one, document)["verdict"] == verdict for one in document["themes"])
