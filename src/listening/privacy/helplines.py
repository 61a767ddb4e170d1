"""Telephone numbers that are everybody's, and so identify nobody: emergency and national lines.

Sources: Ofcom's National Telephone Numbering Plan for 100 to 119 and 116xxx; the lines' own public
pages for the rest. Any other freephone number goes: it may be somebody's case line.
"""

from __future__ import annotations

import re

from listening.privacy.said import written

_LINES = """
100 101 105 111 112 118 119 123 155 159 195 999 116000 116006 116111 116117 116123 118118 18000
18001 18002 85258
08001111 08088005000 08000113379 08082000247 08088010327 08001070726 08088021414 08088004444
08001448848 08003285644 08001696333 08009172222 08001214433 08001910287 08000556688 08000321321
08000683131 08004708090 08006781602 08088081677 08081689111 08000789321 08081689293 08000472222
03001233393 03001234999 03002003300 03003300630 08082232323 08001076600 03001231110 08088081111
08000851491 08453036760 03457909090 08000280285 03002225724 08088020925 08000148041 08000113344
"""
HELPLINES = frozenset(_LINES.split())
_PLAIN = re.compile(r"[\d \t().-]+")


def is_a_helpline(words: str) -> bool:
    """Tell whether a number, written or said aloud, is one of everybody's.

    Args:
        words: what stands in the text and nothing else.
    """
    plain = words if _PLAIN.fullmatch(words) else written(words).text
    return "".join(filter(str.isdigit, plain)) in HELPLINES
