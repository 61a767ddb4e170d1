"""What stands beside people's words: places, attribute values, notes on a file.

These are short and hold no sentences, so nothing is guessed about them: identifiers and addresses
go, the names that the file gives away, and what follows a title ("home visit to Mrs Quaverly").
"Fennel Court" and "Black Caribbean" stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from listening.privacy.codes import find_codes
from listening.privacy.edits import Find, apply, settle
from listening.privacy.gazetteer import gazetteer
from listening.privacy.handles import find_handles
from listening.privacy.identifiers import find_identifiers
from listening.privacy.places import find_places
from listening.privacy.pseudonyms import DESCRIPTORS
from listening.privacy.spoken import find_spoken
from listening.privacy.words import bag_of
from listening.records import Parsed

SHORTEST_NAME = 3
NAME = "[a name]"
_TITLED = re.compile(
    r"\b(?:mr|mrs|ms|miss|mx|dr)\.? +(?-i:([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?))", re.IGNORECASE
)


def mask(text: str, names: Sequence[str] = (), column: bool = False) -> str:
    """Return `text` without identifiers, addresses and the given names.

    Args:
        text: a place, an attribute's value, a note.
        names: people's names as the file writes them, looked for whole.
        column: it is what a table calls a column, and no username however it is spelt.
    """
    bag = bag_of(text)
    found = [*find_identifiers(text), *find_spoken(text, bag), *find_places(text, bag)]
    found += [*find_codes(text, bag), *_named(text, names)]
    found += [Find(*match.span(1), "person") for match in _TITLED.finditer(text)]
    handles = [] if column else find_handles(text, bag)
    found += [f for f in handles if not _is_a_column(text[f.start : f.end])]
    edits = [f._replace(replacement=DESCRIPTORS.get(f.kind, NAME)) for f in settle(found)]
    return apply(Parsed(text), edits).text


def _is_a_column(written: str) -> bool:
    """Tell whether something is spelt like a column of a table: "age_band", "service_type_1"."""
    parts = written.casefold().split("_")
    return len(parts) > 1 and all(p in gazetteer().words or p.isdigit() for p in parts)


def _named(text: str, names: Sequence[str]) -> list[Find]:
    wanted = sorted({name for name in names if len(name) >= SHORTEST_NAME}, key=len, reverse=True)
    low = text.casefold()
    present = [name for name in wanted if name.casefold() in low]
    return [
        Find(match.start(), match.end(), "person")
        for name in present
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    ]
