"""Segments on which coders differ, side by side, to be talked over and settled."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

import numpy as np
import pandas as pd

from listening.coding.agreement.readings import Reading, Segment
from listening.records import Table

FIRST = ("participant_id", "segment_id", "question", "text")
LAST = ("differ", "agreed", "memo")
#: what a coder found who read a segment and found nothing; an empty cell is nobody
NO_CODE = "(no code)"


def side_by_side(segments: Sequence[Segment], seed: int) -> Table:
    """Return the segments on which coders gave different codes, in an order drawn at random.

    Who is coder a and who is coder b is drawn anew for each segment, so that people talk about the
    segment and not about each other.

    Args:
        segments: what two or more have read.
        seed: of the order, and of who is who.

    Returns:
        FIRST; `codes_a`, `codes_b` and so on, joined by `;`; `differ`, the codes that not all have;
        `agreed` and `memo`, empty, for what is settled.
    """
    random = np.random.default_rng(seed)
    apart = [one for one in segments if len({reading.codes for reading in one.readings}) > 1]
    most = max((len(one.readings) for one in apart), default=2)
    lettered = [f"codes_{_letter(at)}" for at in range(most)]
    columns = [*FIRST, *lettered, *LAST]
    rows = []
    for at in random.permutation(len(apart)):
        one = apart[at]
        given = [_codes(one.readings[who]) for who in random.permutation(len(one.readings))]
        found = [reading.codes for reading in one.readings]
        differ = frozenset[str]().union(*found) - found[0].intersection(*found[1:])
        rows.append(
            dict.fromkeys(columns, "")
            | {
                "participant_id": one.participant_id,
                "segment_id": one.segment_id,
                "question": one.question,
                "text": one.text,
                **dict(zip(lettered, given, strict=False)),
                "differ": ";".join(sorted(differ)),
            }
        )
    return pd.DataFrame(rows, columns=columns, dtype=str)


def _letter(number: int) -> str:
    return ascii_lowercase[number] if number < len(ascii_lowercase) else str(number + 1)


def _codes(reading: Reading) -> str:
    return ";".join(sorted(reading.codes)) or NO_CODE
