"""Waves: what changed between rounds of listening, and what only seems to have.

Themes are compared at equal meaning alone, by distinct people, over the kinds of source that every
wave has (METHOD.md, section 7). A change that chance alone would make is called none.
"""

from listening.priorities.waves.charting import FOR_RUN_RULES, Chart, Point, chart
from listening.priorities.waves.comparing import compare
from listening.priorities.waves.meaning import not_carried
from listening.priorities.waves.nouns import Change, Changes, Level, ThemeOverWaves, Wave
from listening.priorities.waves.told import CHANGE_COLUMNS, changes_document, changes_table

__all__ = [
    "CHANGE_COLUMNS",
    "FOR_RUN_RULES",
    "Change",
    "Changes",
    "Chart",
    "Level",
    "Point",
    "ThemeOverWaves",
    "Wave",
    "changes_document",
    "changes_table",
    "chart",
    "compare",
    "not_carried",
]
