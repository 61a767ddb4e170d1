"""Equity: who was heard, who differs, and what matters most to the few.

Beside the ranking and never inside it (METHOD §7). Wherever chance is judged, people who speak
together count as one voice (`voices`); groups of fewer than ten voices are not compared.
"""

from listening.priorities.equity.differences import Compared, compare
from listening.priorities.equity.found import equity
from listening.priorities.equity.nouns import (
    Difference,
    Equity,
    Most,
    PriorityGroup,
    Represented,
    Unmatched,
)
from listening.priorities.equity.representation import representation

__all__ = [
    "Compared",
    "Difference",
    "Equity",
    "Most",
    "PriorityGroup",
    "Represented",
    "Unmatched",
    "compare",
    "equity",
    "representation",
]
