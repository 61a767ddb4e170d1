"""How good suggestions are, on NHS comments that people coded: F1, calibration, learning curve.

`python -m benchmarks.suggestions [FOLDER] [--seeds N] [--draws N] [--setfit PYTHON]
[--only PART ...]`

FOLDER is `../shared/data`. PYTHON belongs to an environment with setfit and the packaged encoder.

Nothing was chosen on a tested comment: 40 % of the respondents are set apart (`nhs.DEVELOPMENT`),
and every weight and way was chosen by cross-validation among them alone, before the others were
tested. They are in every training fold and in no test fold. What was tried there (1,439 comments,
23 codes with 15 positives or more, five folds by respondent, two or three seeds, micro / macro F1):

- logistic regression on embedding, tf-idf and question, at one half (the baseline): .66 / .34; at a
  bar of .3 .69 / .42; with classes balanced .69 / .51
- kernel ridge regression, bars from held-out scores: embedding alone .60 / .49; with words .64 /
  .52; with words and letters .67 / .54; the same with the question, and views that agree .71 / .57
- bars drawn towards that of all codes .72 / .57; one bar for all .72 / .55; at one half .71 / .51
- Gaussian kernels of any width, cubes and fourth powers: worse (.68 / .53 and lower)
- stacking: logistic regression on the scores of four, five or eight kernels (.69 to .72 / .55 to
  .57), and on those of all codes, with or without the question (.70 to .72 / .56 to .57): no gain
- sentences apart, the length of a comment, the question inside the embedding, stems, centred or
  whitened embeddings: within .002 of logarithmic loss, and left out
- runs of 3 to 5 letters instead of 2 to 5: the same, and faster
- with the framework's own examples beside the codings (19 codes that have some): 50 people .66 /
  .52 instead of .52 / .13 without; 400 people .74 / .62 instead of .70 / .46
- before any coding: `match` as the reading index uses it .44 / .36 at one half and .52 / .43 at its
  best bar; kernel ridge regression on examples, names and definitions .57 / .53
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from benchmarks import curve, f1, nhs, plain, sections
from benchmarks.data import SHARED
from listening import embeddings
from listening.coding import Lesson, Texts, examples, learn, texts_of

#: codes with so many test positives are counted
ENOUGH = 15
COMMAND = "python -m benchmarks.suggestions ../shared/data"
#: the plain ways, each with how it weighs classes
PLAIN = {"plain": None, "plain, balanced": "balanced"}
WAYS = (*PLAIN, "codings", "codings and codebook")


def suggested(
    way: str, comments: nhs.Comments, train: nhs.Rows, test: nhs.Rows, lesson: Lesson
) -> tuple[nhs.Marks, f1.Array]:
    """Return suggestions and probabilities of one way, tested comments x codes."""
    coded, codes, new = comments.texts.part(train), comments.sets(train), comments.texts.part(test)
    marks = np.zeros((len(test), len(comments.codes)), dtype=bool)
    likely = np.zeros(marks.shape)
    if way in PLAIN:
        found = plain.logistic(coded, codes, new, PLAIN[way])
        for code, probabilities in found.items():
            likely[:, comments.codes.index(code)] = probabilities
        return likely >= 0.5, likely
    learnt = learn(coded, codes, new, lesson if "codebook" in way else None)
    columns = [comments.codes.index(code) for code in learnt.codes]
    marks[:, columns], likely[:, columns] = learnt.suggested, learnt.probabilities
    return marks, likely


def lesson_of(shared: Path, comments: nhs.Comments, encoder: nhs.Encoder) -> Lesson:
    book = nhs.codebook(shared, comments)
    texts = texts_of(book)
    taught = examples(book, dict(zip(texts, nhs.embed(texts, encoder), strict=True)))
    names = {code.id: code.name for code in book.codes}
    renamed = [frozenset(names[code] for code in row) for row in taught.codes]
    return Lesson(taught.texts, renamed, taught.names, taught.spoken)


def folds_tables(comments: nhs.Comments, lesson: Lesson, seeds: int) -> Iterator[list[str]]:
    """Yield the table after each seed: it takes long, and what is there is written down."""
    tested = np.flatnonzero(~comments.development)
    true = comments.marks[tested]
    enough = true.sum(axis=0) >= ENOUGH
    said: dict[str, list[nhs.Marks]] = {way: [] for way in WAYS}
    likely: dict[str, list[f1.Array]] = {way: [] for way in WAYS}
    for seed in range(seeds):
        fold = nhs.folds(comments.texts.people, seed)
        for way in WAYS:
            marks, probable = np.zeros(true.shape, dtype=bool), np.zeros(true.shape)
            for one in range(5):
                rows = fold[tested] == one
                train = np.flatnonzero((fold != one) | comments.development)
                marks[rows], probable[rows] = suggested(way, comments, train, tested[rows], lesson)
            said[way].append(marks)
            likely[way].append(probable)
            scores = f1.micro_macro(marks, true, enough)
            print(f"seed {seed} {way}: {scores[0]:.3f} {scores[1]:.3f}", file=sys.stderr)
        yield _folds_table(comments, tested, said, likely)


def _folds_table(
    comments: nhs.Comments,
    tested: nhs.Rows,
    said: Mapping[str, list[nhs.Marks]],
    likely: Mapping[str, list[f1.Array]],
) -> list[str]:
    true = comments.marks[tested]
    enough = true.sum(axis=0) >= ENOUGH
    seeds = len(said["plain"])
    people = [comments.texts.people[row] for row in tested]
    lines = [
        f"{len(tested):,} comments of {len(set(people)):,} respondents tested in five folds by "
        f"respondent, {seeds} seeds; {comments.development.sum():,} comments of respondents on "
        f"whom choices were made are in every training fold. {enough.sum()} codes with {ENOUGH} "
        "test positives or more are counted. F1 is the mean over seeds (lowest to highest); gains "
        "are paired, with 95 % intervals over respondents. ECE: expected calibration error, ten "
        "bins of equal width: over all pairs of comment and code, and over those with a "
        "probability of at least .1.",
        "",
        "| way | micro F1 | macro F1 | gain on plain in micro | in macro "
        "| gain on balanced in micro | in macro | ECE all | ECE ≥ .1 |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for way in WAYS:
        scores = np.array([f1.micro_macro(marks, true, enough) for marks in said[way]])
        told: list[str] = []
        for rival in PLAIN:
            gains = f1.gain(said[way], said[rival], true, people, enough)
            words = [f"{g:+.3f} ({a:+.3f} to {b:+.3f})" for g, a, b in gains]
            told += ["", ""] if way in PLAIN else words
        both = np.stack(likely[way])[:, :, enough]
        truth = np.broadcast_to(true[:, enough], both.shape)
        sure = both >= 0.1
        errors = [f1.calibration_error(both.ravel(), truth.ravel())]
        errors.append(f1.calibration_error(both[sure], truth[sure]))
        lines.append(
            f"| {way} | {_spread(scores[:, 0])} | {_spread(scores[:, 1])} | {' | '.join(told)} "
            f"| {errors[0]:.3f} | {errors[1]:.3f} |"
        )
    return lines


def _spread(values: f1.Array) -> str:
    return f"{values.mean():.3f} ({values.min():.3f} to {values.max():.3f})"


def before_table(
    shared: Path, comments: nhs.Comments, lesson: Lesson, encoder: nhs.Encoder
) -> list[str]:
    tested = np.flatnonzero(~comments.development)
    book = nhs.codebook(shared, comments)
    names = [code.name for code in book.codes]
    true = comments.marks[np.ix_(tested, [comments.codes.index(name) for name in names])]
    new = comments.texts.part(tested)
    none = Texts([], np.zeros((0, new.vectors.shape[1]), dtype=np.float32), [], [])
    learnt = learn(none, [], new, lesson)
    ours = learnt.suggested[:, [learnt.codes.index(name) for name in names]]
    owner = np.array([names.index(code.name) for code in book.codes for _ in code.examples])
    vectors = nhs.embed([text for code in book.codes for text in code.examples], encoder)
    heads = [
        nhs.embed([getattr(code, part) for code in book.codes], encoder)
        for part in ("name", "definition")
    ]
    near = plain.nearest(new.vectors, vectors, owner, *heads)
    enough = np.ones(len(names), dtype=bool)
    people = new.people
    gains = f1.gain([ours], [near], true, people, enough)
    rows = [("nearest examples, name and definition", near, ["", ""])]
    rows.append(("codebook alone", ours, [f"{g:+.3f} ({a:+.3f} to {b:+.3f})" for g, a, b in gains]))
    return [
        f"{len(names)} codes of the framework with eight examples that are no comment of the data; "
        f"{len(tested):,} comments.",
        "",
        "| way | micro F1 | macro F1 | gain in micro | gain in macro |",
        "|---|---|---|---|---|",
        *(
            "| {} | {:.3f} | {:.3f} | {} |".format(
                name, *f1.micro_macro(marks, true, enough), " | ".join(told)
            )
            for name, marks, told in rows
        ),
    ]


def seconds(comments: nhs.Comments) -> list[str]:
    everyone = np.arange(len(comments.texts))
    start = time.perf_counter()
    learn(comments.texts, comments.sets(everyone), comments.texts.part(everyone[:1]))
    learning = time.perf_counter() - start
    many = comments.texts.part(np.tile(everyone, 5))
    start = time.perf_counter()
    learn(comments.texts, comments.sets(everyone), many)
    predicting = time.perf_counter() - start - learning
    return [
        f"Learning from {len(everyone):,} comments took {learning:.1f} s, and suggesting for "
        f"{len(many):,} took {predicting:.1f} s, embedding apart, on one thread of a busy machine."
    ]


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suggestions")
    parser.add_argument("shared", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--draws", type=int, default=5, help="draws of people a point of the curve")
    parser.add_argument("--setfit", type=Path, help="a Python with setfit")
    parser.add_argument("--only", nargs="*", help="parts to make, by how their titles begin")
    given = parser.parse_args(arguments)
    encoder = embeddings.load_encoder()
    comments = nhs.read(given.shared, encoder)
    lesson = lesson_of(given.shared, comments, encoder)
    parts = {
        "before any coding": lambda: [before_table(given.shared, comments, lesson, encoder)],
        "time": lambda: [seconds(comments)],
        "learning curve": lambda: curve.tables(comments, lesson, given.draws, given.setfit),
        "learnt from codings": lambda: folds_tables(comments, lesson, given.seeds),
    }
    for title, make in parts.items():
        if not given.only or title.startswith(tuple(given.only)):
            for made in make():
                sections.write(f"Suggestions: {title}", COMMAND, made)


if __name__ == "__main__":
    main(sys.argv[1:])
