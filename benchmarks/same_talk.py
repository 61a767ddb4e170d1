"""How alike the same talk is to itself in other files, and different people's talks to each other.

`python -m benchmarks.same_talk ../shared/data`: on real interviews and comments of that
folder, the estimated share of the shorter one's runs that the other holds (what `sources.sketches`
decides by), as two distributions. The same talk is written as .docx, .odt, .rtf, .pdf, .vtt, .srt
and .txt and read again, whole and lightly edited: words changed, fillers and turns out, half.
"""

from __future__ import annotations

import csv
import itertools
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from listening.records import ReadOptions
from listening.sources import heard, read
from listening.sources.apart import TELLING, _said_again, same_words
from listening.sources.sketches import FEWEST_RUNS, Sketch, Talks, contained, sketch
from tests.unit.sources.samples import samples

SECRET = b"measured with any"
FORMATS = (".txt", ".docx", ".odt", ".rtf", ".pdf", ".vtt", ".srt")
_FILLERS = re.compile(
    r"\b(um+|uh+|er+|you know|i mean|sort of|kind of|like|yeah|well)\b[, ]*", re.I
)
SHARES = (0, 1, 5, 25, 50, 75, 95, 99, 99.9, 100)


def interviews(data: Path) -> dict[str, list[str]]:
    """Return name of a file or person → their paragraphs."""
    found: dict[str, list[str]] = defaultdict(list)
    with (data / "heal_michigan" / "source.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["interview"]].append(" ".join(row["comment"].split()))
    for path in sorted((data / "western_sydney").glob("*.txt")):
        text = path.read_bytes().decode("cp1252", "replace").replace("\r", "")
        found[path.stem] = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
    return dict(found)


def comments(data: Path) -> list[str]:
    """Return what patients wrote, each once."""
    path = next((data / "nhs_fft").glob("*.csv"))
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        rows = [max(row.values(), key=lambda cell: len(cell or "")) for row in csv.DictReader(file)]
    return list(dict.fromkeys(text for text in rows if text))


def as_read(paragraphs: Iterable[str], kind: str) -> Sketch:
    """Write a talk as a file of a kind, read it, and return the resident's sketch."""
    talk = tuple(
        turn for said in paragraphs for turn in (("Interviewer", "And then?"), ("Resident", said))
    )
    reading = read(f"talk{kind}", samples(talk)[kind], ReadOptions(), None)
    return max(heard(reading, SECRET).people.values(), key=len, default=())


def edited(paragraphs: list[str], random_: random.Random) -> Iterator[tuple[str, list[str]]]:
    """Yield ways in which a transcript is edited, and what comes out."""
    vocabulary = " ".join(paragraphs).split()

    def changing(share: float) -> list[str]:
        return [
            " ".join(
                random_.choice(vocabulary) if random_.random() < share else word
                for word in said.split()
            )
            for said in paragraphs
        ]

    yield "fillers out", [_FILLERS.sub("", said) for said in paragraphs]
    yield "1 word in 20 changed", changing(0.05)
    yield "1 word in 10 changed", changing(0.1)
    yield "1 word in 5 changed", changing(0.2)
    yield "1 turn in 5 out", [said for said in paragraphs if random_.random() > 0.2] or paragraphs
    yield "the first half alone", paragraphs[: (len(paragraphs) + 1) // 2]


def likeness(one: Sketch, other: Sketch) -> float:
    """Return what two sketches are taken for the same talk by."""
    return max(contained(one, other), contained(other, one))


def line(what: str, values: list[float]) -> str:
    """Return a row of the table."""
    shown = " | ".join(f"{value:.2f}" for value in np.percentile(values, SHARES))
    return f"| {what} | {len(values):,} | {shown} |"


def main(data: Path) -> None:
    """Print the table."""
    talks = {name: said for name, said in interviews(data).items() if said}
    head = " | ".join(f"{share} %" for share in SHARES)
    print(f"| | pairs | {head} |", "|---" * (len(SHARES) + 2) + "|", sep="\n")
    plain = {name: as_read(said, ".txt") for name, said in talks.items()}
    plain = {name: one for name, one in plain.items() if one}
    random_ = random.Random(0)  # noqa: S311
    same: dict[str, list[float]] = defaultdict(list)
    for name, one in plain.items():
        for kind in FORMATS[1:]:
            same[f"the same, as {kind}"].append(likeness(one, as_read(talks[name], kind)))
        for how, said in edited(talks[name], random_):
            same[f"the same, {how}"].append(likeness(one, as_read(said, ".vtt")))
    written = {text: found for text in comments(data) if (found := sketch([text], SECRET))}
    for text, one in written.items():
        for how, (said,) in edited([text], random_):
            if how.startswith("1 word"):
                same[f"the same comment, {how}"].append(likeness(one, sketch([said], SECRET)))
    for what, values in same.items():
        print(line(what, values))
    pairs = [likeness(*two) for two in itertools.combinations(plain.values(), 2)]
    print(line("interviews of different people", pairs))
    print(line("different comments that share a run", list(_near(written))))
    turns = [text for text in comments(data) if len(text.split()) >= TELLING]
    spelt = {same_words(one) for one in turns[:200]}
    taken = int(_said_again(pd.Series(turns[200:]), spelt).sum())
    print(f"\nOf {len(turns):,} comments, setting 200 apart takes {taken:,} others with them.")
    print(f"{len(plain)} interviews; {len(written):,} comments of {FEWEST_RUNS} runs and more")


def _near(written: dict[str, Sketch]) -> Iterator[float]:
    """Yield the likeness of every pair that shares anything; all other pairs are at 0."""
    names = list(written)
    place = {text: n for n, text in enumerate(names)}
    talks = Talks(written)
    for text, one in written.items():
        for other in talks.near(one):
            if place[other] > place[text]:
                yield likeness(one, written[other])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
