"""Coding: what people coded, and the machine's suggestions beside it.

A suggestion becomes a coding only when a person says so.
"""

from listening.coding.alike import Texts
from listening.coding.drafting import draft, texts_to_read
from listening.coding.examples import Lesson, examples
from listening.coding.learn import Learnt, learn
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
    "Learnt",
    "Lesson",
    "Matching",
    "Migrated",
    "Texts",
    "denials",
    "draft",
    "dwelt_on",
    "examples",
    "learn",
    "likeliest",
    "match",
    "migrate",
    "raised_by_people",
    "suggestions",
    "texts_of",
    "texts_to_read",
]
