"""residents.html: one page that loads nothing, in large print, for a phone and for A4 paper."""

from __future__ import annotations

from listening.report.page import page_policy, part, template
from listening.report.residents.telling import Plain

_RIGHT_TO_LEFT = frozenset(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])


def page(told: Plain, language: str) -> str:
    """Render the page; the same words give the same bytes."""
    from markupsafe import Markup

    style = part("residents.css")
    return template("residents.html").render(
        told=told,
        language=language,
        back=language.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT,
        policy=page_policy(style, []),
        style=Markup(style),  # noqa: S704 - our own file
    )
