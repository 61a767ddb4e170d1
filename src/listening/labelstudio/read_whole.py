"""An annotation of a whole answer or note, read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from listening.codebook import OTHER, Codebook
from listening.labelstudio.names import CODES, MEMO, NEW_CODE, SEVERITY
from listening.labelstudio.nouns import Coded, Item
from listening.labelstudio.results import Found, Names, Place, degree, no_degree, unknown, words
from listening.records import Reject, Span


def read_whole(
    item: Item, results: Iterable[Mapping[str, Any]], book: Codebook, place: Place
) -> Found:
    """Return the codes of a whole item, each once, with how grave each is."""
    names, rejects = Names(book), list[Reject]()
    codes: dict[str, None] = {}
    grave: dict[str, int] = {}
    memo = proposed = ""
    for result in results:
        name, value = str(result.get("from_name", "")), result.get("value") or {}
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
    for kind in ("choices", "taxonomy"):
        for one in value.get(kind) or ():
            yield str(one) if isinstance(one, str) else str(one[-1])
