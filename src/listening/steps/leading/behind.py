"""What stands behind the order: who was heard, places side by side, how it was made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from listening.report import beside, doubts, equity, workings
from listening.steps.desk import showing
from listening.steps.kept_results import KeptResults
from listening.steps.leading.standing import Document
from listening.steps.work import Work


@dataclass(frozen=True)
class Made:
    """How it was made.

    Attributes:
        steps: in plain words.
        facts: what it was made with.
        agreement: the figures of agreement, as the researcher's page prints them; empty where two
            have not read the same.
        agreed: the same in a sentence, with how many codes could be judged.
        notes: what a person should know of the figures.
    """

    steps: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    agreement: Mapping[str, Any]
    agreed: str
    notes: tuple[str, ...]


def voices(told: Document) -> dict[str, Any]:
    """Return who was heard and who was not, as the report tells it."""
    return {
        **doubts.voices(told),
        "represented": equity.heard(told),
        "differs": equity.differs(told),
    }


def places(told: Document) -> dict[str, Any] | None:
    """Return places side by side; None where no place is known."""
    return beside.places(told)


def made(work: Work, kept: KeptResults, told: Document) -> Made:
    """Return how it was made, with the figures of agreement."""
    run = json.loads((kept.folder / "run.json").read_bytes())
    with_book = (kept.folder / "codebook.toml").is_file()
    found = showing.printed(work).get("agreement") or {}
    return Made(
        tuple(workings.steps(told, with_codebook=with_book)),
        (
            ("Programme", told["programme"] or "Not named"),
            ("Wave", told["wave"] or "Not named"),
            ("Codebook", told["codebook_version"] or "None yet"),
            ("Language model", str(run["encoder"])),
            ("Random seed", str(run["seed"])),
            ("Listening", f"version {run['version']}"),
        ),
        found,
        str(found.get("agreed", "")),
        tuple(told["notes"]),
    )
