"""What residents are told of what is done about the themes of a release: nothing else of actions.

An action is public once a lead has written for residents what it is. Owner, aim, measure, evidence
and all else of the record stay with the team.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from listening.actions import NOT_ASKED, Action
from listening.report import FEWEST_ASKED
from listening.steps.acting.following import follow
from listening.steps.work import Work


def answers(work: Work, names: Iterable[str]) -> list[tuple[str, Action]]:
    """Return every action with the theme of a release that it answers now; empty where none.

    One whose code was split since answers no part before somebody has said which.

    Args:
        work: the workplace.
        names: ids of the themes of the release.
    """
    actions = work.store.actions.all()
    here = set(names)
    follows = follow(work) if any(one.theme not in here for one in actions) else None
    told = []
    for one in actions:
        theme = one.theme
        if follows and theme not in here:
            only = follows.stands(one).only
            theme = only.id if only else ""
        told.append((theme if theme in here else "", one))
    return told


def public(answered: Sequence[tuple[str, Action]]) -> dict[str, list[dict[str, Any]]]:
    """Return what of actions may be told, by theme: words for residents, status, their view."""
    told: dict[str, list[dict[str, Any]]] = {}
    for theme, one in answered:
        if theme and one.told.strip():
            said = one.helped if (one.helped_asked or 0) >= FEWEST_ASKED else NOT_ASKED
            told.setdefault(theme, []).append(
                {
                    "told": one.told,
                    "status": one.status,
                    "helped": "" if said == NOT_ASKED else said,
                }
            )
    return told
