"""The room of action: what a programme does about a priority, and what came of it.

One record (`Action`) and what is worked out from it: whether an aim is one that can be checked
(`smart`), where it stands among the drivers (`drivers`), and what its points say over time
(`run_chart`). Nothing here is from a resident; evidence is named by id alone.
"""

from __future__ import annotations

from listening.actions.drivers import Branch, Vocabulary, packaged, parse, tree
from listening.actions.nouns import (
    DECISIONS,
    DIRECTIONS,
    HELPED,
    NOT_ASKED,
    OUTCOMES,
    STATUSES,
    TEXTS,
    Action,
    Change,
    Cycle,
    Point,
)
from listening.actions.rows import ACTION_COLUMNS, as_row, from_rows
from listening.actions.run_chart import RunChart, run_chart
from listening.actions.smart import Asked, doubts, sentence

__all__ = [
    "ACTION_COLUMNS",
    "DECISIONS",
    "DIRECTIONS",
    "HELPED",
    "NOT_ASKED",
    "OUTCOMES",
    "STATUSES",
    "TEXTS",
    "Action",
    "Asked",
    "Branch",
    "Change",
    "Cycle",
    "Point",
    "RunChart",
    "Vocabulary",
    "as_row",
    "doubts",
    "from_rows",
    "packaged",
    "parse",
    "run_chart",
    "sentence",
    "tree",
]
