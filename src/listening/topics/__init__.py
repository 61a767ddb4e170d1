"""Topics: the machine's index for reading, found by consensus clustering (METHOD.md §4).

Topics choose what is read first and suggest codes. They are never ranked, and never hide a segment.
"""

from __future__ import annotations

from listening.topics.campaigns import CAMPAIGNS, Campaigns, campaigns, in_campaigns
from listening.topics.discovery import discover, themes, typicality
from listening.topics.extending import CHANGES, Extended, SavedReading, extend, saved
from listening.topics.fallbacks import is_unnamed
from listening.topics.index import Merge, ReadingIndex, TopicSettings
from listening.topics.representation import warm

__all__ = [
    "CAMPAIGNS",
    "CHANGES",
    "Campaigns",
    "Extended",
    "Merge",
    "ReadingIndex",
    "SavedReading",
    "TopicSettings",
    "campaigns",
    "discover",
    "extend",
    "in_campaigns",
    "is_unnamed",
    "saved",
    "themes",
    "typicality",
    "warm",
]
