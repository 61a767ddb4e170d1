"""Ties said aloud: which themes the evidence cannot tell apart, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from listening.report import words

#: A longer list of names in one sentence is not read; the ranks at both ends are given instead.
_MOST_NAMES = 6

Priority = Mapping[str, Any]


def sentences(priorities: Sequence[Priority], first: int) -> list[str]:
    """Say every tie that touches the first `first` themes, as few sentences as will do.

    Args:
        priorities: themes in order of rank, each with `id`, `name`, `rank` and `tied_with`.
        first: how many of them the reader is shown at the top.
    """
    top = {priority["id"] for priority in priorities[:first]}
    runs = [run for run in _runs(priorities) if top & {priority["id"] for priority in run}]
    said = {frozenset((a["id"], b["id"])) for run in runs for a in run for b in run if a is not b}
    names = {priority["id"]: priority["name"] for priority in priorities}
    rest = []
    for priority in priorities[:first]:
        others = [
            other
            for other in priority["tied_with"]
            if other in names and frozenset((priority["id"], other)) not in said
        ]
        said |= {frozenset((priority["id"], other)) for other in others}
        if others:
            rest.append(_sentence(priority["name"], [names[other] for other in others]))
    return [_run_sentence(run, len(priorities)) for run in runs] + rest


def tied_names(priority: Priority, priorities: Sequence[Priority]) -> list[str]:
    """Name the themes that cannot be told apart from this one, in order of rank."""
    tied = set(priority["tied_with"])
    return [other["name"] for other in priorities if other["id"] in tied]


def _runs(priorities: Sequence[Priority]) -> list[list[Priority]]:
    """Find the longest stretches of the order in which every theme is tied with every other."""
    runs: list[list[Priority]] = []
    reached = 0
    for start in range(len(priorities)):
        end = start + 1
        while end < len(priorities) and _tied_with_all(priorities[end], priorities[start:end]):
            end += 1
        if end - start > 1 and end > reached:
            runs.append(list(priorities[start:end]))
            reached = end
    return runs


def _tied_with_all(priority: Priority, others: Sequence[Priority]) -> bool:
    return {other["id"] for other in others} <= set(priority["tied_with"])


def _run_sentence(run: Sequence[Priority], of: int) -> str:
    names = [priority["name"] for priority in run]
    if len(run) == of > 2:
        return (
            f"None of the {of} themes can be told apart from the others: statistically tied. "
            "Read their order as an order to read in, not as a finding."
        )
    if len(run) > _MOST_NAMES:
        return (
            f"The {len(run)} themes from {run[0]['rank']} ({names[0]}) to {run[-1]['rank']} "
            f"({names[-1]}) cannot be told apart: statistically tied."
        )
    return f"{words.listed(names)} cannot be told apart: statistically tied."


def _sentence(name: str, others: Sequence[str]) -> str:
    shown = words.listed(others) if len(others) <= _MOST_NAMES else f"{len(others)} further themes"
    return f"{name} cannot be told apart from {shown} either: statistically tied."
