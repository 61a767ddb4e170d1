"""What residents are shown: "you said, we did", as a page and as an A4 poster to print.

Everything that residents said comes from a release: names of themes and signed quotes. What was
done is told in the plain words that a lead wrote for residents, and in none of the record's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from listening.report.page import page_policy, part, template

#: fewer people's answer on whether it helped is not told
FEWEST_ASKED = 10
#: on one sheet of paper, in letters that are read from a wall
MOST_ON_A_POSTER = 4
_STATUS = {
    "planned": "We plan to do this.",
    "testing": "We are trying this out.",
    "in place": "This is in place.",
    "stopped": "We stopped doing this.",
}
_HELPED = {
    "yes": "Residents we asked said that it helped.",
    "partly": "Residents we asked said that it helped in part.",
    "no": "Residents we asked said that it has not helped yet.",
}
#: as `residents.html` of the same release says it
_FIRST_LOOK = (
    "This is a first look. A computer put people’s words into groups. No one has checked the "
    "groups yet. They may change."
)


@dataclass(frozen=True)
class Told:
    """What residents are told of one released theme.

    Attributes:
        name: as it was released.
        quotes: signed quotes of the release, with `text` and `voice`.
        done: of each action `told`, `status`, `helped` and `asked` (people, or None).
        theme: its id in the release.
    """

    name: str
    quotes: tuple[Mapping[str, Any], ...]
    done: tuple[Mapping[str, Any], ...]
    theme: str = ""


def residents_page(
    programme: str, release: str, wave: str, told: Sequence[Told], provisional: bool = False
) -> str:
    """Render the residents' page as one HTML file that loads nothing; a fixed input, fixed bytes.

    Args:
        programme: its name.
        release: id of the release that it is made from.
        wave: when people were heard.
        told: the released themes in their order; those without anything done stand apart.
        provisional: whether nobody had coded: it is said first.
    """
    return _rendered("residents_actions.html", programme, release, wave, told, provisional)


def poster(
    programme: str, release: str, wave: str, told: Sequence[Told], provisional: bool = False
) -> str:
    """Render the A4 poster: the first answered themes, a quote and what was done for each."""
    return _rendered("poster_actions.html", programme, release, wave, told, provisional)


def _rendered(
    name: str, programme: str, release: str, wave: str, told: Sequence[Told], provisional: bool
) -> str:
    from markupsafe import Markup

    style = part("residents_actions.css")
    answered = [one for one in told if one.done]
    return template(
        name
    ).render(
        programme=programme,
        release=release,
        wave=wave,
        caution=_FIRST_LOOK if provisional else "",
        policy=page_policy(style, []),
        style=Markup(style),  # noqa: S704 - our own file
        themes=[_theme(one) for one in answered],
        first=[_theme(one) for one in answered[:MOST_ON_A_POSTER]],
        quoted=any(one.quotes for one in answered),
        open=[one for one in told if not one.done],
    )


def _theme(one: Told) -> dict[str, Any]:
    return {
        "name": one.name,
        "theme": one.theme,
        "quotes": [dict(quote) for quote in one.quotes],
        "done": [
            {"told": done["told"], "status": _STATUS[done["status"]], "helped": _helped(done)}
            for done in one.done
        ],
    }


def _helped(done: Mapping[str, Any]) -> str:
    asked = done["asked"]
    return _HELPED.get(done["helped"], "") if asked is not None and asked >= FEWEST_ASKED else ""
