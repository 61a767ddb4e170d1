"""An annotation of a whole answer or note, read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from listening.codebook import OTHER, Codebook
from listening.labelstudio.names import CODES, MEMO, NEW_CODE, SEVERITY
from listening.labelstudio.nouns import Coded, Item
from listening.labelstudio.results import (
    Found,
    Names,
    Place,
    degree,
    no_degree,
    parts,
    unknown,
    words,
)
from listening.records import Span


def read_whole(item: Item, results: Any, book: Codebook, place: Place) -> Found:
    """Return the codes of a whole item, each once, with how grave each is."""
    names = Names(book)
    told, rejects = parts(results, place)
    codes: dict[str, None] = {}
    grave: dict[str, int] = {}
    memo = proposed = ""
    for part in told:
        name, value = part.name, part.value
        if name == CODES:
            for given in _given(value):
                code = names.id_of(given)
                if code:
                    codes[code] = None
                else:
                    rejects.append(unknown(place))
        elif name == MEMO:
            memo = words(value)
        elif name == NEW_CODE:
            proposed = words(value)
        elif name.startswith(f"{SEVERITY}_"):
            marked = degree(value)
            if marked is None:
                rejects.append(no_degree(place))
            else:
                grave[name.removeprefix(f"{SEVERITY}_")] = marked
    if proposed:
        codes[OTHER] = None
    turn = item.turns[0]
    span = Span(turn.start, turn.start + len(turn.text))
    codings = tuple(
        Coded(
            code,
            span,
            turn.participant_id,
            turn.text,
            proposed=proposed if code == OTHER else "",
            severity=grave.get(code),
        )
        for code in codes
    )
    return Found(codings, memo, tuple(rejects))


def _given(value: Mapping[str, Any]) -> Iterator[str]:
    """What was ticked: of choices the code, of a path in a taxonomy its last."""
    yield from value.get("choices") or ()
    for path in value.get("taxonomy") or ():
        yield path[-1]
