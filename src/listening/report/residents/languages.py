"""The languages in which residents can read a release: a catalogue of gettext for each."""

from __future__ import annotations

import gettext
from functools import cache
from importlib.resources import as_file, files

DOMAIN, ENGLISH = "residents", "en"


def languages() -> list[str]:
    """Return the languages that there are catalogues for, English first."""
    place = files("listening.report.residents").joinpath("locale")
    found = (one.name for one in place.iterdir() if one.is_dir())
    return [ENGLISH, *sorted(found)]


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Return the sentences of a language; those of English are in the code."""
    if language == ENGLISH:
        return gettext.NullTranslations()
    with as_file(files("listening.report.residents").joinpath("locale")) as place:
        return gettext.translation(DOMAIN, localedir=str(place), languages=[language])
