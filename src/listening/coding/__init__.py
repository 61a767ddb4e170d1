"""Coding: what people coded, and the machine's suggestions beside it.

A suggestion becomes a coding only when a person says so.
"""

from listening.coding.drafting import draft, texts_to_read
from listening.coding.learn import learn
from listening.coding.match import Matching, match, texts_of
from listening.coding.migrate import Migrated, migrate
from listening.coding.people import (
    denials,
    dwelt_on,
    likeliest,
    raised_by_people,
    suggestions,
)

__all__ = [
    "Matching",
    "Migrated",
    "denials",
    "draft",
    "dwelt_on",
    "learn",
    "likeliest",
    "match",
    "migrate",
    "raised_by_people",
    "suggestions",
    "texts_of",
    "texts_to_read",
]
