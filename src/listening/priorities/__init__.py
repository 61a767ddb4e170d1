"""Priorities: from who raised what to a ranking of themes that says how sure it is.

Published counts are made here alone. People are counted, not words; sources of different depth
each have their say; every place in the order comes with what it could be by chance, and what was
not heard stands beside what was.
"""

from listening.priorities.asks import asks
from listening.priorities.document import document, without_themes
from listening.priorities.nesting import Nesting, themes_of
from listening.priorities.nouns import Priority, Ranking, RankSettings, Theme
from listening.priorities.quotes import by_theme, choose
from listening.priorities.ranking import rank
from listening.priorities.reach import BY as REACH_BY
from listening.priorities.reach import REACH_TABLE, reach_of

__all__ = [
    "REACH_BY",
    "REACH_TABLE",
    "Nesting",
    "Priority",
    "RankSettings",
    "Ranking",
    "Theme",
    "asks",
    "by_theme",
    "choose",
    "document",
    "rank",
    "reach_of",
    "themes_of",
    "without_themes",
]
