"""Numbers with their nouns, in the language of the page."""

from __future__ import annotations

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import ngettext_lazy

#: what is counted on several pages
FILES = ngettext_lazy("{shown} file", "{shown} files", "many")


def many_of(many: int, said: Any) -> str:
    """Return a number with its noun.

    Args:
        many: how many.
        said: `ngettext_lazy` of words in which `{shown}` stands for the number, by `many`.
    """
    return str(said.format(many=many, shown=number(many)))


def number(many: int) -> str:
    """Return a number as the language of the page writes it."""
    return number_format(many, use_l10n=True, force_grouping=True)
