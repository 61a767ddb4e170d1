"""A language in which every translated word stands in brackets: what has none was forgotten."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

import pytest

OPEN, SHUT = "⟦", "⟧"
_ASIDE = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
_TOLD = re.compile(r"\s(?:aria-label|alt|placeholder)=\"([^\"]*)\"")


def speak_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put what Django translates in brackets, in this process."""
    from django.utils import translation

    spoken: Any = translation._trans  # type: ignore[attr-defined]
    for name in ("gettext", "pgettext", "ngettext", "npgettext"):
        said = getattr(spoken, name)
        monkeypatch.setattr(
            spoken, name, lambda *words, said=said: f"{OPEN}{said(*words)}{SHUT}", raising=False
        )


def untranslated(page: str, data: Iterable[str]) -> list[str]:
    """Return every run of words of a page that was not translated and is not what somebody wrote.

    Args:
        page: as it is sent.
        data: what people wrote, such as the programme's name.
    """
    shown = _ASIDE.sub(" ", page)
    told = [
        *_TOLD.findall(shown),
        *re.split(r"<[^>]+>", re.sub(r"</?(?:span|a|br)\b[^>]*>", " ", shown)),
    ]
    text = "\n".join(html.unescape(one) for one in told)
    # brackets that a tag stands in are put together again by taking the innermost away first
    joined = text
    while (less := re.sub(rf"{OPEN}[^{OPEN}{SHUT}]*{SHUT}", " ", joined)) != joined:
        joined = less
    for one in sorted(data, key=len, reverse=True):
        joined = joined.replace(one, " ")
    return [
        " ".join(line.split()) for line in joined.split("\n") if re.search(r"[^\W\d_]{2}", line)
    ]
