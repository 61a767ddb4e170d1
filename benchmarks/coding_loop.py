"""The whole coding loop against a real Label Studio, with people's own codes played back.

NHS comments of 400 respondents are read in as an officer would read them, chosen, pushed, coded
through the API by two coders, pulled, compared, adjudicated and learnt from, batch after batch. The
first coder gives the codes of the data; the second leaves out some of them and adds others. What
is suggested is tested on respondents of whom nothing is coded.

`LISTENING_LABEL_STUDIO_BIN=… python -m benchmarks.coding_loop ../shared/data [--people 400]`
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import masi_distance

from benchmarks import f1, nhs, sections
from benchmarks.suggestions import ENOUGH, lesson_of
from listening import steps
from listening.codebook import OTHER, Codebook
from listening.codebook.writing import as_toml
from listening.coding import Lesson, learn
from listening.coding.agreement import agreement, as_rows, blind, double_coded
from listening.coding.counted import counted
from listening.labelstudio.client import LabelStudio, connect
from listening.labelstudio.names import CODES, TEXT
from listening.records import PASSAGES, ReadOptions
from listening.settings import Settings
from listening.steps import PackagedModels, Request, Work, open_work
from listening.steps.coding import pull, push
from listening.steps.coding.adjudicating import adjudicate
from listening.steps.coding.turning import choose_more, push_more
from listening.steps.selecting import select
from tests.labelstudio import serving
from tests.labelstudio.playing import Coder, sign_up

#: of each code that the first gave, the second misses this share; and to so many comments they
#: add a code that the first did not give
MISSES, ADDS = 0.15, 0.1
BATCHES = 10


@dataclass
class Loop:
    """One programme under way.

    Attributes:
        comments: everything that was coded in the data.
        rows: of `comments`, those of the respondents who are read in.
        tested: rows of other respondents.
        book: the codebook, with the framework's own definitions and examples.
        truth: codes of each item, by document and start.
        row_of: row in `comments` of each item.
    """

    work: Work
    run_id: str
    studio: LabelStudio
    first: Coder
    second: Coder
    comments: nhs.Comments
    rows: nhs.Rows
    tested: nhs.Rows
    book: Codebook
    lesson: Lesson
    rng: np.random.Generator
    truth: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict)
    row_of: dict[tuple[str, int], int] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)


def main(arguments: Sequence[str]) -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("shared", type=Path)
    told.add_argument("--people", type=int, default=400)
    asked = told.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, serving.server(Path(folder) / "ls") as server:
        lines = _played(asked.shared, asked.people, Path(folder), server)
    print("\n".join(lines))
    command = f"python -m benchmarks.coding_loop ../shared/data --people {asked.people}"
    sections.write("The coding loop, played back", command, lines)


def _played(shared: Path, people: int, folder: Path, server: serving.Server) -> list[str]:
    models = PackagedModels(Settings())
    comments = nhs.read(shared, models.encoder)
    rows, tested = _drawn(comments, people)
    settings = Settings(home=folder / "home", programme="NHS comments, played back")
    work = open_work(settings, date.today(), models)
    studio = connect(server.url, server.credentials(serving.ADMINISTRATOR))
    work.labelstudio = studio
    coders = [sign_up(studio.invite(a), a) for a in ("first@example.org", "second@example.org")]
    loop = Loop(
        work,
        _read_in(work, comments, rows, folder),
        studio,
        *coders,
        comments,
        rows,
        tested,
        nhs.codebook(shared, comments),
        lesson_of(shared, comments, models.encoder),
        np.random.default_rng(0),
    )
    _know(loop)
    return [*_curve(loop), "", *_agreed(loop), "", *_settled(loop)]


def _drawn(comments: nhs.Comments, people: int) -> tuple[nhs.Rows, nhs.Rows]:
    who = np.array(comments.texts.people)
    everyone = sorted(set(who[~comments.development]))
    chosen = np.random.default_rng(0).permutation(len(everyone))[:people]
    own = np.isin(who, [everyone[one] for one in chosen])
    return np.flatnonzero(own), np.flatnonzero(~own & ~comments.development)


def _read_in(work: Work, comments: nhs.Comments, rows: nhs.Rows, folder: Path) -> str:
    texts = comments.texts
    table = pd.DataFrame(
        {
            "person": [texts.people[row] for row in rows],
            "question": [texts.questions[row] for row in rows],
            "answer": [texts.texts[row] for row in rows],
        }
    )
    table.to_csv(folder / "comments.csv", index=False)
    options = ReadOptions(text=("answer",), participant="person", question="question")
    run_id = steps.begin(work, Request((folder / "comments.csv",), options))
    steps.ingest(work, run_id)
    steps.discover(work, run_id)
    return run_id


def _know(loop: Loop) -> None:
    """Find each comment again in the store: its turns stand in the order of the file's rows."""
    passages = loop.work.store.load(loop.work.store.run(loop.run_id).sources, PASSAGES)
    places = list(zip(passages["document_id"], passages["start"].astype(int), strict=True))
    order = _in_order(loop)
    ids = {code.name: code.id for code in loop.book.codes}
    for place, question, row in zip(places, passages["question"], order, strict=True):
        if question != loop.comments.texts.questions[row]:
            raise ValueError("a comment was not found again in the store")
        codes = loop.comments.sets(np.array([row]))[0]
        loop.truth[place] = frozenset(ids.get(code, OTHER) for code in codes)
        loop.row_of[place] = row


def _in_order(loop: Loop) -> list[int]:
    """Return the row of each turn: a person's comments stand together, in the file's order."""
    by_person: dict[str, list[int]] = {}
    for row in loop.rows:
        by_person.setdefault(loop.comments.texts.people[row], []).append(int(row))
    return [row for own in by_person.values() for row in own]


def _curve(loop: Loop) -> list[str]:
    """Code batch after batch; return what is suggested elsewhere after each."""
    loop.work.progress = lambda *_: None
    book = as_toml(loop.book)
    lines = [
        f"{len(_people(loop))} respondents, "
        f"{len(loop.rows)} comments; tested on {len(loop.tested)} comments of others; micro / "
        f"macro F1 over codes with {ENOUGH} test positives or more.",
        "",
        "| batch | tasks coded in it | comments learnt from | micro F1 | macro F1 |",
        "|---|---|---|---|---|",
    ]
    for batch in range(BATCHES + 1):
        if batch == 0:
            select(loop.work, loop.run_id, None, None, 0)
            push(loop.work, loop.run_id, book, loop.studio, [loop.first.email, loop.second.email])
        else:
            if not choose_more(loop.work, loop.run_id):
                break
            push_more(loop.work, loop.run_id, loop.studio)
        coded = _code(loop)
        told = pull(loop.work, loop.studio)
        if told.rejects:
            raise ValueError(f"{len(told.rejects)} codings could not be used")
        learnt_from, micro, macro = _tested(loop)
        lines.append(f"| {batch + 1} | {coded} | {learnt_from} | {micro:.3f} | {macro:.3f} |")
        print(lines[-1], file=sys.stderr)
    return lines


def _people(loop: Loop) -> set[str]:
    return {loop.comments.texts.people[row] for row in loop.rows}


def _code(loop: Loop) -> int:
    """Let both coders submit everything that waits for them; return how many tasks."""
    coded = 0
    for project in loop.work.store.loop.projects():
        mine = loop.second if project.coder == loop.second.email else loop.first
        for task in list(loop.studio.changed(int(project.number or 0), "")):
            if task["id"] in loop.done or task["annotations"]:
                continue
            item = loop.work.store.loop.of_tasks(project.key, [task["id"]])[task["id"]]
            codes = loop.truth[item.document_id, item.start]
            if mine is loop.second:
                codes = _otherwise(loop, codes)
            mine.annotate(task["id"], _ticked(codes))
            loop.done.add(task["id"])
            coded += 1
    return coded


def _otherwise(loop: Loop, codes: frozenset[str]) -> frozenset[str]:
    kept = {code for code in sorted(codes) if loop.rng.random() >= MISSES}
    if loop.rng.random() < ADDS:
        every = [code.id for code in loop.book.codes if code.id not in codes]
        kept.add(str(loop.rng.choice(every)))
    return frozenset(kept)


def _ticked(codes: frozenset[str]) -> list[dict[str, Any]]:
    if not codes:
        return []
    value = {"choices": sorted(codes)}
    return [{"from_name": CODES, "to_name": TEXT, "type": "choices", "value": value}]


def _tested(loop: Loop) -> tuple[int, float, float]:
    """Learn from what was coded outside of the audit; return how it does on other respondents."""
    codings = loop.work.store.codings()
    taught = counted(codings[codings["stream"] != "audit"].reset_index(drop=True))
    names = {code.id: code.name for code in loop.book.codes}
    codes: dict[int, set[str]] = {}
    for row in taught.itertuples():
        own = codes.setdefault(loop.row_of[str(row.document_id), int(row.start)], set())
        if str(row.code) in names:
            own.add(names[str(row.code)])
    known = sorted(codes)
    texts = loop.comments.texts
    learnt = learn(
        texts.part(known),
        [frozenset(codes[row]) for row in known],
        texts.part(loop.tested),
        loop.lesson,
    )
    true = loop.comments.marks[loop.tested]
    said = np.zeros(true.shape, dtype=bool)
    said[:, [loop.comments.codes.index(code) for code in learnt.codes]] = learnt.suggested
    return (len(known), *f1.micro_macro(said, true, true.sum(axis=0) >= ENOUGH))


def _agreed(loop: Loop) -> list[str]:
    """Return α of the two coders from the store, by NLTK and by hand."""
    codings = blind(loop.work.store.codings())
    given = double_coded(as_rows(codings))
    ours = float(agreement(given, 0).table.iloc[0]["alpha"])
    readings = [
        (one.coder, segment.segment_id, one.codes or frozenset({"{NONE}"}))
        for segment in given.segments
        for one in segment.readings
    ]
    theirs = AnnotationTask(data=readings, distance=masi_distance).alpha()
    hand = _alpha(
        [[codes for _, unit, codes in readings if unit == s.segment_id] for s in given.segments]
    )
    if not (math.isclose(ours, theirs, abs_tol=1e-9) and math.isclose(ours, hand, abs_tol=1e-9)):
        raise ValueError(f"α differs: {ours}, {theirs}, {hand}")
    return [
        f"The second coder misses {MISSES:.0%} of the codes and adds one to {ADDS:.0%} of the "
        f"comments. {len(given.segments)} comments were read by both, blind: Krippendorff's α with "
        f"MASI {ours:.6f} by our command, {theirs:.6f} by NLTK, {hand:.6f} by hand."
    ]


def _alpha(units: Sequence[Sequence[frozenset[str]]]) -> float:
    """Return Krippendorff's alpha of units read twice, from its definition."""
    observed = np.mean([masi_distance(a, b) for a, b in units])
    every = [codes for unit in units for codes in unit]
    apart = [
        masi_distance(a, b) for i, a in enumerate(every) for j, b in enumerate(every) if i != j
    ]
    return float(1 - observed / np.mean(apart))


def _settled(loop: Loop) -> list[str]:
    """Adjudicate by the data's own codes; return what counts in the end, and how it ranks."""
    before = _right(loop)
    told = adjudicate(loop.work, loop.run_id, loop.studio)
    _code(loop)
    pull(loop.work, loop.studio)
    after = _right(loop)
    done = steps.prioritise(loop.work, loop.run_id)
    by_people = {one["id"]: one["prevalence"] for one in done.document["priorities"]}
    return [
        f"{told.differ} of {told.compared} comments that both read were settled by a third reading "
        f"with the data's own codes: of the audited comments {before:.1%} carried exactly the "
        f"codes of the data before, {after:.1%} after.",
        "",
        f"The ranking is then {done.document['status']}: the shares of the codes differ from those "
        f"of all {len(loop.rows)} comments by {_away(loop, by_people):.1f} points on average.",
    ]


def _right(loop: Loop) -> float:
    codings = loop.work.store.codings()
    own = counted(codings[codings["stream"] == "audit"].reset_index(drop=True))
    by: dict[tuple[str, int], set[str]] = {}
    for row in own.itertuples():
        by.setdefault((str(row.document_id), int(row.start)), set()).add(str(row.code))
    return float(np.mean([frozenset(codes - {""}) == loop.truth[at] for at, codes in by.items()]))


def _away(loop: Loop, shares: Mapping[str, float]) -> float:
    """Return how far the shares of people are from those of all respondents, in points."""
    who: dict[str, set[str]] = {}
    people = _people(loop)
    for place, codes in loop.truth.items():
        for code in codes:
            who.setdefault(code, set()).add(loop.comments.texts.people[loop.row_of[place]])
    apart = [abs(share - len(who.get(code, ())) / len(people)) for code, share in shares.items()]
    return 100 * float(np.mean(apart))


if __name__ == "__main__":
    main(sys.argv[1:])
