"""Small fictional material of every kind, and how to take it the whole way."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from listening import steps
from listening.steps import Request, Work

INTERVIEW = """Interviewer: Do people here worry about gangs, or about zebracrossings?
Resident: No, not gangs. The damp in my flat is what worries me, it comes back every winter.
Interviewer: And the zebracrossings?
Resident: The rent went up again and my landlord never answers the phone.
Resident: I love the park by the canal, my children play there every day.
"""
QUESTION = "What would it take for you to thrive around here?"
ANSWERS = (
    "The rent is too high for what we earn",
    "Fix the damp in my flat please",
    "More buses in the evening would help me",
    "Buses that come when they say they will",
    "Cheaper childcare so that I can work",
    "Somewhere for young people to go",
    "nothing",
    "The lift in our block is broken again",
    "Repairs take months and the mould comes back",
    "A park that is clean and safe at night",
)


def folder(at: Path, answers: tuple[str, ...] = ANSWERS) -> Path:
    """Write an interview, a survey and a manifest."""
    at.mkdir(parents=True, exist_ok=True)
    (at / "interview.txt").write_text(INTERVIEW, encoding="utf-8")
    rows = [(f"R{n}", text, "quotation") for n, text in enumerate(answers)]
    survey(at / "survey.csv", rows)
    (at / "manifest.csv").write_text(
        "file,speaker,kind,participant_id,consent,voice,date\n"
        "interview.txt,Resident,interview,I1,analysis,verbatim,2026-03-05\n"
        "interview.txt,Interviewer,interview,interviewer,,,\n"
        "survey.csv,,survey,,,verbatim,2026-04-02\n",
        encoding="utf-8",
    )
    return at


def survey(path: Path, rows: list[tuple[str, str, str]]) -> Path:
    """Write a survey of id, answer, consent."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Response ID", QUESTION, "consent"])
        writer.writerows(rows)
    return path


def whole_way(work: Work, request: Request, out: Path) -> dict[str, Any]:
    """Take a request the whole way; return run.json."""
    run_id = steps.begin(work, request)
    steps.ingest(work, run_id)
    steps.discover(work, run_id)
    return steps.write_results(work, run_id, steps.prioritise(work, run_id), out)


def table(path: Path) -> list[dict[str, str]]:
    """Read a CSV as rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def holding(needle: bytes, folder: Path, *but: Path, among: int = 12) -> list[str]:
    """Name the files under a folder that hold the needle in any case, leaving out folders."""
    kept = [p for p in folder.rglob("*") if p.is_file() and not set(but) & set(p.parents)]
    assert len(kept) >= among  # more than the results alone: a search through nothing finds nothing
    return [path.name for path in kept if needle.lower() in path.read_bytes().lower()]


def priorities(out: Path) -> dict[str, Any]:
    """Read priorities.json."""
    return dict(json.loads((out / "priorities.json").read_text(encoding="utf-8")))


def request(*paths: Path, **changes: Any) -> Request:
    """Ask for a run over paths."""
    return replace(Request(paths), **changes)
