"""What to do next, in one sentence, and the button for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from listening.coding.selection import BATCH
from listening.labelstudio.nouns import ADJUDICATION, ASSISTED, BLIND
from listening.steps.desk.asked import NEXT, PUBLISH, PULL, PUSH, SETTLE
from listening.steps.desk.books import Step
from listening.steps.desk.progress import Progress

#: where somebody goes who needs a codebook, and who settles what coders differ on
TO_CODEBOOK, TO_PROJECT, TO_MATRIX = "codebook", "project", "matrix"


@dataclass(frozen=True)
class Advice:
    """What to do next.

    Attributes:
        said: in a sentence.
        do: what can be asked for at once (`asked.KINDS`); empty where nothing can.
        go: where to go instead: TO_CODEBOOK, TO_PROJECT or TO_MATRIX.
        link: of the project to go to.
    """

    said: str
    do: str = ""
    go: str = ""
    link: str = ""


@dataclass(frozen=True)
class Known:
    """What is known when advice is given.

    Attributes:
        material: whether anything was read in.
        server: whether a Label Studio is named or was ever started here.
        book: whether there is a codebook.
        step: the last change of version.
        figures: as they were worked out last.
    """

    material: bool
    server: bool
    book: bool
    step: Step | None
    progress: Progress
    figures: Mapping[str, Any]


def advice(known: Known) -> Advice:
    """Return what to do next: first what stands in the way of anything else."""
    return _begin(known) or _mend(known) or _go_on(known)


def _begin(known: Known) -> Advice | None:
    if not known.material:
        return Advice("No file has been read yet: officers send them first.")
    if not known.book:
        return Advice("The programme has no codebook yet: give it one.", go=TO_CODEBOOK)
    if not known.server:
        return Advice(
            "Label Studio is not set up: whoever runs the server starts it with make serve, or "
            "says where it is."
        )
    if not known.progress.projects:
        return Advice("Name two coders or more, and send them the first batch.", PUSH)
    return None


def _mend(known: Known) -> Advice | None:
    told = known.progress
    if known.step and known.step.begun:
        return Advice(
            f"The change to version {known.step.now} of the codebook stopped half way. Nothing is "
            "lost: go on with it.",
            PUBLISH,
        )
    reopen = sum(one.whole.reopen for one in told.projects)
    if reopen:
        return Advice(
            f"{_many(reopen, 'reading')} must be opened again in Label Studio, as something in "
            f"{'it' if reopen == 1 else 'them'} cannot be used: see below.",
        )
    if told.leaving:
        return Advice(
            f"{_many(told.leaving, 'task')} of people who withdrew must still be deleted in Label "
            "Studio: pull.",
            PULL,
        )
    unsent = sum(one.whole.unsent for one in told.projects)
    if unsent:
        return Advice(f"{_many(unsent, 'item')} were chosen and not sent yet: push.", PUSH)
    return None


def _go_on(known: Known) -> Advice:
    told, figures = known.progress, known.figures
    settle = figures.get("settle") or {}
    open_now = int(settle.get("differ", 0)) - int(settle.get("sent", 0))
    if open_now > 0:
        to_be = "is to be settled: send it." if open_now == 1 else "are to be settled: send them."
        return Advice(f"{_many(open_now, 'item')} {to_be}", SETTLE)
    waiting = told.of_role(ADJUDICATION).to_read
    if waiting:
        project = next(one for one in told.projects if one.role == ADJUDICATION)
        wait = "waits" if waiting == 1 else "wait"
        return Advice(
            f"{_many(waiting, 'item')} {wait} to be settled in Label Studio.",
            go=TO_PROJECT,
            link=project.link,
        )
    if (figures.get("rules") or {}).get("met"):
        return Advice(f"Stop: {figures['rules']['said']}", go=TO_MATRIX)
    if told.of_role(ASSISTED).to_read < BATCH:
        return Advice("Little is left to be read with suggestions: ask for the next batch.", NEXT)
    left = told.of_role(ASSISTED).to_read + told.of_role(BLIND).to_read
    return Advice(f"Coders go on: {_many(left, 'item')} are to be read.")


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
