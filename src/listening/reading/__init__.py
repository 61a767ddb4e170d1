"""Reading: finding what was said, what speaks against a theme, and what no code covers.

It chooses what a person reads next. It judges nothing: what may contradict is shown to be read.
"""

from listening.reading.contrary import CONTRARY, CONTRARY_MOST, contrary
from listening.reading.direction import Direction, direction, sentences
from listening.reading.search import FOUND, Asked, search
from listening.reading.uncovered import uncovered
from listening.reading.words import Query, query

__all__ = [
    "CONTRARY",
    "CONTRARY_MOST",
    "FOUND",
    "Asked",
    "Direction",
    "Query",
    "contrary",
    "direction",
    "query",
    "search",
    "sentences",
    "uncovered",
]
