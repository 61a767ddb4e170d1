"""Whether a text about an action may say who somebody is, or repeats what a resident said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from listening import language, privacy
from listening.steps import taught
from listening.steps.own_words import own_words
from listening.steps.work import Work

#: replaced in what residents say, and wanted here: an action has days
_WANTED = frozenset({"date"})
#: kind of words in a row that stand in what a resident said
OWN_WORDS = "a resident's own words"
#: kind of a number of people in what residents are told: a release alone says how many there were
FIGURE = "a number of people"
_TOLD = "told"
_PEOPLE = re.compile(
    r"\d[\d,.]*\s*(?:%|per\s?cent\b|(?:out\s+)?of\s+(?:you|them|\d+)\b"
    r"|(?:people|residents|tenants|families)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class MayName:
    """Words of a text that may say who somebody is; `kind` as the edit log calls it."""

    field: str
    words: str
    kind: str


def may_name(work: Work, texts: Mapping[str, str]) -> list[MayName]:
    """Return what the privacy room would replace in texts, and residents' own words, by field.

    Of what residents are told, numbers of people as well. Nothing is kept of it.
    """
    told = {field: " ".join(text.split()) for field, text in texts.items() if text.strip()}
    if not told:
        return []
    parsed = language.parse(list(told.values()), work.models.pipeline)
    done = privacy.pseudonymise(parsed, [()] * len(told), {}, taught.local(work))
    fields, lines = list(told), [one.text for one in parsed]
    edits = done.edits[["text_index", "start", "end", "kind"]].to_numpy().tolist()
    named = [
        MayName(fields[at], lines[at][start:end], str(kind))
        for at, start, end, kind in edits
        if kind not in _WANTED
    ]
    said = own_words(work, told)
    figures = _PEOPLE.findall(told.get(_TOLD, ""))
    return [
        *named,
        *(MayName(field, words, OWN_WORDS) for field, words in said.items()),
        *(MayName(_TOLD, figure, FIGURE) for figure in figures),
    ]
