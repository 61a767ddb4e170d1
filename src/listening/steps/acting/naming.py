"""Whether a text about an action may name somebody: what the privacy room would replace in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from listening import language, privacy
from listening.steps import taught
from listening.steps.work import Work

#: replaced in what residents say, and wanted here: an action has days
_WANTED = frozenset({"date"})


@dataclass(frozen=True)
class MayName:
    """Words of a text that may say who somebody is; `kind` as the edit log calls it."""

    field: str
    words: str
    kind: str


def may_name(work: Work, texts: Mapping[str, str]) -> list[MayName]:
    """Return what the privacy room would replace in texts, by field; nothing is kept of it."""
    told = {field: " ".join(text.split()) for field, text in texts.items() if text.strip()}
    if not told:
        return []
    parsed = language.parse(list(told.values()), work.models.pipeline)
    done = privacy.pseudonymise(parsed, [()] * len(told), {}, taught.local(work))
    fields, lines = list(told), [one.text for one in parsed]
    edits = done.edits[["text_index", "start", "end", "kind"]].to_numpy().tolist()
    return [
        MayName(fields[at], lines[at][start:end], str(kind))
        for at, start, end, kind in edits
        if kind not in _WANTED
    ]
