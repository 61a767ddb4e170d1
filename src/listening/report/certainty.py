"""How sure the order is, in words that a lay reader gets right: a probability is never alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from listening.records import chances
from listening.report import ties, words

Document = Mapping[str, Any]
Priority = Mapping[str, Any]

#: what the words mean, where they stand
MEANING = (
    "“Almost certainly” means in at least 95 of 100 repeats, “probably” in at least 75: had other "
    "people like these been asked by chance. It says nothing of people who could not be asked."
)
_PROVISIONAL = (
    "Not sure at all yet: people have not coded enough of the material, and a machine put the "
    "themes in this order so that people know where to start reading."
)
#: who is at the top is often surer than in which order: the two must not be read as one
_ORDER = "Their order is less sure than that."
_ALL = "All {many} themes are among the first {k}, so only their order is at stake."
#: from this many on, names of tied themes are counted instead
_MOST_TIED = 3


def first(theme: Priority, document: Document) -> str:
    """Say how surely a theme is among the first k; empty where that is not known or says nothing.

    Where every theme is among the first k, being there says nothing.
    """
    if theme["p_top_k"] is None or document["k"] >= len(document["priorities"]):
        return ""
    return f"{chances.word(theme['p_top_k']).capitalize()} among the first {document['k']}"


def repeats(theme: Priority, document: Document) -> str:
    """Say the same with its figure: `Probably among the first 4 (in 93 of 100 repeats).`"""
    said = first(theme, document)
    return f"{said} (in {round(100 * theme['p_top_k'])} of 100 repeats)." if said else ""


def tied(theme: Priority, priorities: Sequence[Priority]) -> str:
    """Say in few words which themes cannot be told apart from this one; empty where all can."""
    names = ties.tied_names(theme, priorities)
    # where none can be told apart from any, it is said once and not in every row
    if not names or (len(names) == len(priorities) - 1 and len(names) > 1):
        return ""
    if len(names) > _MOST_TIED:
        return f"Tied with {words.number(len(names))} others: which stands higher may be chance"
    return f"Tied with {words.listed(names)}: which stands higher may be chance"


def sentences(document: Document) -> list[str]:
    """Say how sure the order is, most certain first: who is in the top, and what is tied."""
    priorities = document["priorities"]
    if document["status"] == "provisional":
        return [_PROVISIONAL] if priorities else []
    k = document["k"]
    said = []
    if k >= len(priorities):
        said.append(_ALL.format(many=len(priorities), k=k))
    else:
        for _, word in chances.WORDS[:3]:
            names = [one["name"] for one in priorities if _is(one, word)]
            if names:
                said.append(f"{word.capitalize()} among the first {k}: {words.listed(names)}.")
    tied = ties.sentences(priorities, min(k, len(priorities)))
    return [*said, *([f"{_ORDER} {tied[0]}", *tied[1:]] if tied else [])]


def _is(one: Priority, word: str) -> bool:
    return one["p_top_k"] is not None and chances.word(one["p_top_k"]) == word
