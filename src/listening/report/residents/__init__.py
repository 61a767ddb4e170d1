"""What residents read of a release: short words, large print, on a phone, on paper and in Word.

Made from a released document alone. Every sentence of ours goes through gettext in the language
that is asked for; names of themes and residents' own words stay as they were released.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from listening.report.residents.languages import ENGLISH, languages, translations
from listening.report.residents.paper import word_file
from listening.report.residents.screen import page
from listening.report.residents.telling import plainly

__all__ = ["ENGLISH", "languages", "plainly", "residents_files", "translations"]


def residents_files(
    document: Mapping[str, Any],
    language: str = ENGLISH,
) -> dict[str, bytes]:
    """Return `residents.html` and `residents.docx`; the same document gives the same bytes.

    Args:
        document: the released `priorities.json`.
        language: one of `languages()`.
    """
    told = plainly(document, translations(language))
    stem = "residents" if language == ENGLISH else f"residents_{language}"
    return {
        f"{stem}.html": page(told, language).encode(),
        f"{stem}.docx": word_file(told, language),
    }
