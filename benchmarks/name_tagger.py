"""Trains the tagger of names on invented speech; the same command makes the same weights.

`python -m benchmarks.name_tagger` writes src/listening/privacy/lists/names.crfsuite.
`python -m benchmarks.name_tagger --without FILE ...` leaves marked files out and measures on them
how many of their words the tagger alone would find; it writes nothing.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from benchmarks.name_makers import MAKERS
from benchmarks.speech_marks import Mark, Marked, body, read_marked
from listening.privacy.context import KINDS
from listening.privacy.features import features
from listening.privacy.scan import Word, words_of
from listening.privacy.tagger import MODEL

SPEECH = Path(__file__).parents[1] / "tests" / "quality" / "privacy"
FRAMES = Path(__file__).with_name("name_frames.txt")
SEED = 20_26
#: How often each frame with slots is filled, each without is taken, each marked segment varied.
FILLED, PLAIN, VARIED = 18, 6, 6
#: Never trained on: written last and kept clean.
HELD_OUT = frozenset(
    [
        "last.txt",
        "clean.txt",
        "dev3a.txt",
        "dev3b.txt",
        "reach1.txt",
        "reach2.txt",
        "unseen.txt",
        "unseen2.txt",
        "unseen3.txt",
        "spelt1.txt",
        "spelt2.txt",
        "spelt3.txt",
        "sites1.txt",
        "sites2.txt",
    ]
)
_LONG_WORD = re.compile(r"[A-Za-z]{4,}")
_SLOT = re.compile(r"<(\w+)>")
_FILLERS = ["um", "er", "like", "you know", "well", "yeah", "so", "and", "i mean"]
_PARAMETERS = {
    "c1": 0.12,
    "c2": 0.02,
    "max_iterations": 90,
    "feature.possible_transitions": True,
    "feature.minfreq": 2,
}


class Example(NamedTuple):
    rows: list[list[str]]
    labels: list[str]


def main(arguments: Sequence[str]) -> None:
    left_out = [Path(a) for a in arguments if not a.startswith("--")]
    names = {path.name for path in left_out}
    rng = random.Random(SEED)  # noqa: S311 - no secret depends on it
    segments = list(_filled(rng))
    for path in sorted(SPEECH.glob("*.txt")):
        if path.name not in names and path.name not in HELD_OUT:
            segments += _variants(read_marked(path), rng)
    examples = _examples(segments)
    print(f"{len(examples)} segments, {sum(len(e.rows) for e in examples)} words")
    if not left_out:
        _train(examples, Path(str(MODEL)))
        print(f"wrote {MODEL}")
        return
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model"
        _train(examples, model)
        for path in left_out:
            _measure(model, path)


def _train(examples: Sequence[Example], path: Path) -> None:
    trainer = pycrfsuite.Trainer(verbose=False)
    for example in examples:
        trainer.append(example.rows, example.labels)
    trainer.set_params(_PARAMETERS)
    trainer.train(str(path))


def _measure(model: Path, path: Path) -> None:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong = 0
    for example in _examples(read_marked(path)):
        for label, truth in zip(tagger.tag(example.rows), example.labels, strict=True):
            kind = truth.rpartition("-")[2]
            total[kind] += 1
            right[kind] += label.rpartition("-")[2] == kind
            wrong += truth == "O" and label != "O" and not label.endswith("place")
    shares = [f"{kind} {right[kind]}/{n}" for kind, n in sorted(total.items())]
    print(path.name, *shares, f"false {wrong}", sep="; ")


def _filled(rng: random.Random) -> Iterator[Marked]:
    lines = FRAMES.read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            slotted = "<" in line
            for turn in range(FILLED if slotted else PLAIN):
                filled = _fill(line, rng)
                filled = _mistyped(filled, rng) if turn % 3 == 2 else filled
                yield _small(filled, rng) if turn % 2 else filled


def _fill(line: str, rng: random.Random) -> Marked:
    text, marks, last = "", [], 0
    for slot in _SLOT.finditer(line):
        text += line[last : slot.start()]
        kind, make = MAKERS[slot[1]]
        made = make(rng)
        marks.append(Mark(len(text), len(text) + len(made), kind))
        text += made
        last = slot.end()
    return Marked(text + line[last:], tuple(marks))


def _variants(segments: Sequence[Marked], rng: random.Random) -> Iterator[Marked]:
    """Marked speech as it is, with other people's names, and in small letters."""
    for segment in segments:
        yield segment
        yield _small(segment, rng)
        yield _mistyped(segment, rng)
        for _ in range(VARIED if any(m.kind == "name" for m in segment.marks) else 0):
            other = _renamed(segment, rng)
            yield _small(other, rng) if rng.random() < 0.4 else other


def _renamed(segment: Marked, rng: random.Random) -> Marked:
    text, marks, last = "", [], 0
    for mark in segment.marks:
        span = body(segment, mark)
        text += segment.text[last : span.start]
        start, made = len(text), segment.text[span.start : span.stop]
        last = span.stop
        if mark.kind == "name":
            other = MAKERS["full" if " " in made.strip() else "given"][1](rng)
            made = other.lower() if made.islower() else other
        text += made
        marks.append(Mark(start, len(text), mark.kind))
    return Marked(text + segment.text[last:], tuple(marks))


def _small(segment: Marked, rng: random.Random) -> Marked:
    """The same as a machine writes it down: small letters, hardly a sign, now and then a filler."""
    kept: list[str] = []
    moved: list[int] = []
    size = 0
    bare = rng.random() < 0.7
    for i, sign in enumerate(segment.text):
        moved.append(size)
        apart = sign in '.,!?;:"“”' and (i + 1 == len(segment.text) or segment.text[i + 1] in ' "”')
        if (bare and apart) or (bare and sign in "'’" and rng.random() < 0.4):
            continue
        kept.append(sign.lower() if len(sign.lower()) == 1 else sign)
        size += 1
        if sign == " " and rng.random() < 0.02:
            filler = rng.choice(_FILLERS) + " "
            inside = any(m.start <= i < m.end for m in segment.marks)
            kept += "" if inside else filler
            size += 0 if inside else len(filler)
    moved.append(size)
    marks = tuple(m._replace(start=moved[m.start], end=moved[m.end]) for m in segment.marks)
    return Marked("".join(kept), marks)


def _mistyped(segment: Marked, rng: random.Random) -> Marked:
    """The same with slips in words that name nobody, so that a slip is learnt to be no name."""
    letters = list(segment.text)
    for word in _LONG_WORD.finditer(segment.text):
        named = any(m.start < word.end() and word.start() < m.end for m in segment.marks)
        if not named and rng.random() < 0.12:
            at = rng.randrange(word.start() + 1, word.end() - 1)
            letters[at] = rng.choice([letters[at + 1], letters[at - 1], rng.choice("aeioutnrsl")])
    return Marked("".join(letters), segment.marks)


def _examples(segments: Sequence[Marked]) -> list[Example]:
    found = []
    for segment in segments:
        words = words_of(segment.text)
        found.append(Example(features(segment.text, words), _labels(segment, words)))
    return found


def _labels(segment: Marked, words: Sequence[Word]) -> list[str]:
    labels = ["O"] * len(words)
    for mark in segment.marks:
        if mark.kind in KINDS:
            span = body(segment, mark)
            inside = [i for i, w in enumerate(words) if span.start <= w.start < span.stop]
            for i in inside:
                labels[i] = f"{'B' if i == inside[0] else 'I'}-{mark.kind}"
    return labels


if __name__ == "__main__":
    main(sys.argv[1:])
