"""Language: the one spaCy pass over all texts, and which language a text is in.

Sentences, tokens, entities and noun phrases are taken from the same parse, because parsing costs
more than everything that is done with it afterwards.
"""

from __future__ import annotations

from listening.language.detecting import UNSURE, detect, load_identifier
from listening.language.parsing import DEFAULT_PIPELINE, MAX_PART, load_pipeline, parse

__all__ = [
    "DEFAULT_PIPELINE",
    "MAX_PART",
    "UNSURE",
    "detect",
    "load_identifier",
    "load_pipeline",
    "parse",
]
