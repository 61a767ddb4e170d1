"""A language in which every translated word stands in brackets: what has none was forgotten.

What people wrote, and what is called the same in every language, stands in an element with
`translate="no"`. A sentence of the rooms behind the pages, which are in English for now, stands in
one with `lang`. Nothing else passes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

import pytest

OPEN, SHUT = "⟦", "⟧"
_TOLD = ("aria-label", "alt", "placeholder", "title")
#: elements that do not end a run of words, those without an end, and those that show no words
_INLINE = ("span", "a", "strong", "em", "mark")
_VOID = ("br", "hr", "img", "input", "link", "meta", "source", "line", "circle")
_ASIDE = ("script", "style", "textarea")


def speak_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put what Django translates in brackets, in this process."""
    from django.utils import translation

    spoken: Any = translation._trans  # type: ignore[attr-defined]
    for name in ("gettext", "pgettext", "ngettext", "npgettext"):
        said = getattr(spoken, name)
        monkeypatch.setattr(
            spoken, name, lambda *words, said=said: f"{OPEN}{said(*words)}{SHUT}", raising=False
        )


class _Shown(HTMLParser):
    """Collects the words that a page shows or tells, but not those that are marked."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.brought: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        own = tag in _ASIDE or given.get("translate") == "no" or ("lang" in given and tag != "html")
        marked = own or self._marked
        if not marked:
            self.words += [f"\n{given.get(name) or ''}\n" for name in _TOLD]
        if tag == "script" and given.get("type") == "application/json":
            self.brought.append("")
        if tag not in _VOID:
            self._open.append((tag, marked))
        self.words.append(" " if tag in _INLINE else "\n")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        self.words.append(" " if tag in _INLINE else "\n")

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "script" and self.brought:
            self.brought[-1] += data
        self.words.append(" " if self._marked else data)

    @property
    def _marked(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def untranslated(page: str, data: Iterable[str]) -> list[str]:
    """Return every run of words of a page that was not translated and is not what somebody wrote.

    Args:
        page: as it is sent.
        data: what people wrote, such as the programme's name, where no element can mark it.
    """
    seen = _Shown()
    seen.feed(page)
    joined = "".join(seen.words)
    # brackets that a tag stands in are put together again by taking the innermost away first
    while (less := re.sub(rf"{OPEN}[^{OPEN}{SHUT}]*{SHUT}", " ", joined)) != joined:
        joined = less
    for one in sorted(data, key=len, reverse=True):
        joined = joined.replace(one, " ")
    return [
        " ".join(line.split()) for line in joined.split("\n") if re.search(r"[^\W\d_]{2}", line)
    ]


def brought(page: str) -> list[dict[str, Any]]:
    """Return what a page brings along for its scripts."""
    seen = _Shown()
    seen.feed(page)
    return [json.loads(one) for one in seen.brought if one.strip()]


def bare(template: str) -> list[str]:
    """Return every run of words of a template, in any of its branches, that is not translated."""
    said = f"{OPEN}{SHUT}"
    page = re.sub(
        r"\{% blocktranslate.*?\{% endblocktranslate %\}", said, template, flags=re.DOTALL
    )
    page = re.sub(r"\{% translate .*?%\}", said, page)
    page = re.sub(r"\{#.*?#\}", "", page)
    return untranslated(re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", page), [])
