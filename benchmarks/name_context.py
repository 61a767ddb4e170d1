"""Trains what the tagger of names knows of whole passages; the same command makes the same weights.

`python -m benchmarks.name_context` writes src/listening/privacy/lists/names_context.npz.
`python -m benchmarks.name_context --without FILE,FILE FILE ...` trains anew without each group of
marked files, measures all of privacy on them, before and after, and writes the table to results.md.
It takes some eight minutes of one processor for each.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from benchmarks.name_tagger import (
    HELD_OUT,
    SEED,
    SPEECH,
    Example,
    _filled,
    _labels,
    _train,
    _variants,
)
from benchmarks.sections import write
from benchmarks.speech_marks import (
    DIRECT,
    NAMED,
    STAYS,
    Marked,
    compare,
    pooled,
    read_marked,
    treat,
)
from listening.privacy import context
from listening.privacy.context import FITTED, HASHED, LABELS, PARTS, SCALE
from listening.privacy.features import features
from listening.privacy.scan import Word, words_of
from listening.privacy.tagger import load_tagger

#: How many filled frames, and how many variants of marked segments, are learnt from; how often.
FRAMES, VARIANTS, TIMES = 6_000, 8_000, 2
BATCH, RANK, TELLING, MIDDLE = 32, 16, 48, 128
#: How much is left out at random while training: of features, and of numbers between layers.
UNKNOWN, DROPPED = 0.2, 0.15
RATE = 1e-3


class Lesson(NamedTuple):
    """A segment: its text and words, the numbers of its features, and what each word is."""

    text: str
    words: list[Word]
    known: NDArray[np.int64]
    labels: list[int]


class _Changed(nn.Module):
    """A layer's part with a product of two small matrices added."""

    def __init__(self, part: nn.Linear) -> None:
        super().__init__()
        self.part = part
        self.a = nn.Linear(part.in_features, RANK, bias=False)
        self.b = nn.Linear(RANK, part.out_features, bias=False)
        nn.init.normal_(self.a.weight, std=part.in_features**-0.5)
        nn.init.zeros_(self.b.weight)

    def forward(self, x: Any) -> Any:
        return self.part(x) + SCALE * self.b(self.a(x))


class Network(nn.Module):
    """The encoder with parts that can be trained, and what makes chances of what it tells."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.tokenizer = context.load_encoder()
        self.encoder.requires_grad_(False)
        self.changed: dict[str, _Changed] = {}
        for layer in FITTED:
            for name, path in PARTS.items():
                above, _, last = path.rpartition(".")
                owner = self.encoder.encoder.layer[layer].get_submodule(above)
                self.changed[f"{layer} {name}"] = _Changed(getattr(owner, last))
                setattr(owner, last, self.changed[f"{layer} {name}"])
        self.known = nn.EmbeddingBag(HASHED + 1, TELLING, mode="sum", padding_idx=HASHED)
        nn.init.normal_(self.known.weight, std=0.05)
        self.middle = nn.Linear(2 * self.encoder.config.hidden_size + TELLING, MIDDLE)
        self.out = nn.Linear(MIDDLE, len(LABELS))
        self.dropped = nn.Dropout(DROPPED)

    def forward(self, lessons: Sequence[Lesson]) -> Any:
        read = context.pieces_of(self.tokenizer, [one.text for one in lessons])
        offsets = read.pop("offset_mapping").numpy()
        layers = self.encoder(**read, output_hidden_states=True).hidden_states
        hidden = torch.cat([layers[-1], layers[FITTED.start]], -1)
        told = _pooling(offsets, lessons) @ hidden.reshape(-1, hidden.shape[2])
        known = torch.from_numpy(np.concatenate([one.known for one in lessons]))
        if self.training:
            known = torch.where(torch.rand(known.shape) < UNKNOWN, HASHED, known)
        seen = torch.cat([self.dropped(told), self.known(known)], -1)
        return self.out(self.dropped(torch.relu(self.middle(seen))))

    def weights(self) -> dict[str, NDArray[np.float16]]:
        held = {
            "known": self.known.weight[:HASHED],
            "mid": self.middle.weight,
            "mid bias": self.middle.bias,
            "out": self.out.weight,
            "out bias": self.out.bias,
        }
        for name, part in self.changed.items():
            held |= {f"{name} a": part.a.weight, f"{name} b": part.b.weight}
        return {name: one.detach().numpy().astype(np.float16) for name, one in held.items()}


def _pooling(offsets: NDArray[np.int64], lessons: Sequence[Lesson]) -> Any:
    """A matrix (words, pieces) that takes the mean of each word's pieces."""
    matrix = torch.zeros(
        sum(len(one.words) for one in lessons), offsets.shape[0] * offsets.shape[1]
    )
    first = 0
    for i, one in enumerate(lessons):
        for word, piece in context.pieces_by_word(offsets[i], one.words):
            matrix[first + word, i * offsets.shape[1] + piece] = 1
        first += len(one.words)
    return matrix / matrix.sum(1, keepdim=True).clamp(min=1)


def train(lessons: Sequence[Lesson], path: Path) -> None:
    """Train on segments and write the weights."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)  # sums in another order would be other weights
    rng = random.Random(SEED)  # noqa: S311 - no secret depends on it
    network = Network()
    free = [weights for weights in network.parameters() if weights.requires_grad]
    optimiser = torch.optim.AdamW(free, lr=RATE, weight_decay=0.01)
    steps = TIMES * -(-len(lessons) // BATCH)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, steps + 1, pct_start=0.1)
    network.train()
    network.encoder.eval()
    started, done = time.monotonic(), 0
    for _ in range(TIMES):
        for batch in _batches(lessons, rng):
            goal = torch.tensor([label for one in batch for label in one.labels])
            loss = nn.functional.cross_entropy(network(batch), goal)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(free, 1.0)
            optimiser.step()
            rates.step()
            done += 1
            if done % 100 == 0:
                print(f"{done} of {steps}: {time.monotonic() - started:.0f} s", flush=True)
    np.savez_compressed(path, **network.weights())


def _batches(lessons: Sequence[Lesson], rng: random.Random) -> list[list[Lesson]]:
    """Segments of like lengths together, the batches in any order."""
    order = sorted(lessons, key=lambda one: len(one.text) + rng.random() * 8)
    batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    rng.shuffle(batches)
    return batches


class Speech(NamedTuple):
    """What is learnt from: filled frames, and the marked files with their variants, by name."""

    frames: list[Marked]
    plain: dict[str, list[Marked]]
    varied: dict[str, list[Marked]]

    def without(self, names: frozenset[str]) -> tuple[list[Marked], list[Marked]]:
        """All segments for the field, and those of them that the context learns from."""
        kept = [name for name in self.plain if name not in names]
        varied = [one for name in kept for one in self.varied[name]]
        rng = random.Random(SEED)  # noqa: S311
        some = rng.sample(self.frames, FRAMES) + [one for n in kept for one in self.plain[n]]
        some += rng.sample(varied, min(VARIANTS, len(varied)))
        return self.frames + varied, list(dict.fromkeys(some))


def speech() -> Speech:
    rng = random.Random(SEED)  # noqa: S311
    frames = list(_filled(rng))
    paths = [path for path in sorted(SPEECH.glob("*.txt")) if path.name not in HELD_OUT]
    plain = {path.name: read_marked(path) for path in paths}
    varied = {name: list(_variants(segments, rng)) for name, segments in plain.items()}
    return Speech(frames, plain, varied)


def lessons_of(segments: Iterable[Marked]) -> list[Lesson]:
    found = []
    for segment in segments:
        words = words_of(segment.text)
        if words:
            labels = [LABELS.index(label) for label in _labels(segment, words)]
            known = context.hashed(features(segment.text, words))
            found.append(Lesson(segment.text, words, known, labels))
    return found


def examples_of(segments: Iterable[Marked]) -> list[Example]:
    worded = [(segment, words_of(segment.text)) for segment in segments]
    return [Example(features(one.text, words), _labels(one, words)) for one, words in worded]


class Row(NamedTuple):
    """What came out of the files of one group."""

    name: str
    counts: Mapping[str, tuple[int, int]]


def measure(group: Sequence[str], known: Speech) -> tuple[Row, Row]:
    """Train without a group of files and measure all of privacy on them, before and after."""
    for_field, for_context = known.without(frozenset(group))
    with tempfile.TemporaryDirectory() as folder:
        field, weights = Path(folder) / "field", Path(folder) / "context.npz"
        _train(examples_of(for_field), field)
        train(lessons_of(for_context), weights)
        before = load_tagger(field)
        after = before._replace(context=context.load_context(weights))
        segments = [one for name in group for one in read_marked(SPEECH / name)]
        counts = [compare(segments, treat(segments, tagger)).counts for tagger in (before, after)]
    names = ", ".join(f"`{name}`" for name in group)
    return Row(f"{names}: field alone", counts[0]), Row(f"{names}: with the context", counts[1])


def table(rows: Sequence[Row]) -> list[str]:
    kinds = sorted({kind for row in rows for kind in row.counts} & NAMED - {"date"})
    head = ["left out", "direct identifiers", "names, institutions", "stays", *kinds]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for row in rows:
        cells = [pooled(row.counts, which) for which in (DIRECT, NAMED, STAYS)]
        cells += [row.counts.get(kind, (0, 0)) for kind in kinds]
        told = [f"{right} of {total}" if total else "none" for right, total in cells]
        lines.append(f"| {' | '.join([row.name, *told])} |")
    return lines


def _all(rows: Sequence[Row], name: str) -> Row:
    counts: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for row in rows:
        counts.update({kind: right for kind, (right, _) in row.counts.items()})
        totals.update({kind: total for kind, (_, total) in row.counts.items()})
    return Row(name, {kind: (counts[kind], totals[kind]) for kind in totals})


def main(arguments: Sequence[str]) -> None:
    groups = [argument.split(",") for argument in arguments if not argument.startswith("--")]
    known = speech()
    if not groups:
        lessons = lessons_of(known.without(frozenset())[1])
        print(f"{len(lessons)} segments, {sum(len(one.words) for one in lessons)} words")
        train(lessons, Path(str(context.WEIGHTS)))
        return
    rows: list[tuple[Row, Row]] = []
    for group in groups:
        rows.append(measure(group, known))
        both = [row for pair in rows for row in pair]
        if len(rows) > 1:
            both += [
                _all(every, f"together: {every[0].name.partition(': ')[2]}")
                for every in zip(*rows, strict=True)
            ]
        lines = table(both)
        print(*lines, sep="\n", flush=True)
        command = f"python -m benchmarks.name_context {' '.join(arguments)}"
        write("Names found by what a passage means", command, lines)


if __name__ == "__main__":
    main(sys.argv[1:])
