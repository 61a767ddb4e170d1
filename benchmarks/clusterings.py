"""Our clustering of texts and those of other tools, all from the same vectors.

Each takes the texts, their unit vectors, who said them and a seed, and returns a topic for every
text, -1 for none.
"""

from __future__ import annotations

import subprocess
import tempfile
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from listening.topics.consensus import number_of_topics
from listening.topics.discovery import clustered
from listening.topics.fitting import Texts
from listening.topics.index import TopicSettings

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Material:
    """Human-coded answers: texts, unit vectors, who gave them, and the code of each."""

    texts: Sequence[str]
    vectors: Floats
    people: Sequence[str]
    codes: Ints

    def part(self, rows: Ints) -> Material:
        """Return some of the rows."""
        return Material(
            [self.texts[row] for row in rows],
            self.vectors[rows],
            [self.people[row] for row in rows],
            self.codes[rows],
        )


Method = Callable[[Material, int], dict[str, Ints]]


def ours(material: Material, seed: int) -> dict[str, Ints]:
    """Cluster as `listening topics` does; the same words of two people are one text."""
    rows: dict[str, list[int]] = {}
    for row, text in enumerate(material.texts):
        rows.setdefault(text, []).append(row)
    keys = sorted(rows)
    of_row = np.empty(len(material.texts), dtype=np.int64)
    for number, key in enumerate(keys):
        of_row[rows[key]] = number
    said_by = tuple(tuple(sorted({material.people[row] for row in rows[key]})) for key in keys)
    first = np.array([rows[key][0] for key in keys])
    texts = Texts(of_row, material.vectors[first], said_by)
    of_text, _ = clustered(texts, TopicSettings(), seed)
    return {"ours": of_text[of_row]}


def bertopic(material: Material, seed: int) -> dict[str, Ints]:
    """Run plain BERTopic, then the same with its outliers given to the nearest topic."""
    from bertopic import BERTopic
    from umap import UMAP

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # its own defaults; the seed alone is ours
        reduce = UMAP(
            n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed
        )
        texts = list(material.texts)
        model = BERTopic(umap_model=reduce)
        plain = np.array(model.fit_transform(texts, material.vectors)[0])
        fewer = plain
        if (plain == -1).any() and plain.max() >= 0:
            given = model.reduce_outliers(
                texts, plain.tolist(), strategy="embeddings", embeddings=material.vectors
            )
            fewer = np.array(given)
    return {"plain BERTopic": plain, "BERTopic, outliers reduced": fewer}


def umap_kmeans(material: Material, seed: int) -> dict[str, Ints]:
    """Run k-means on five dimensions of UMAP."""
    from sklearn.cluster import KMeans
    from umap import UMAP

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reduce = UMAP(
            n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed
        )
        low = reduce.fit_transform(material.vectors)
    means = KMeans(number_of_topics(len(low)), n_init=10, random_state=seed)
    return {"UMAP + KMeans": means.fit_predict(low).astype(np.int64)}


def nmf(material: Material, seed: int) -> dict[str, Ints]:
    """Factor tf-idf of words into topics; a text belongs to its heaviest."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(stop_words="english", min_df=2, sublinear_tf=True)
    table = words.fit_transform(material.texts)
    topics = number_of_topics(len(material.texts))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it has not quite converged
        model = NMF(topics, init="nndsvda", max_iter=400, random_state=seed)
        weights = model.fit_transform(table)
    return {"NMF": np.where(weights.max(axis=1) > 0, weights.argmax(axis=1), -1).astype(np.int64)}


class Turftopic:
    """Gaussian mixtures of turftopic, run by a Python of its own: it brings parts under the GPL.

    Of its models that take a number of topics this one came nearest to people's codes on a draw
    (AMI .25; S3 .19, KeyNMF .06).
    """

    def __init__(self, python: Path) -> None:
        self._python = python

    def __call__(self, material: Material, seed: int) -> dict[str, Ints]:
        """Hand texts and vectors over in a folder and read the topics back."""
        with tempfile.TemporaryDirectory() as folder:
            given, found = Path(folder) / "given.npz", Path(folder) / "found.npy"
            topics = number_of_topics(len(material.texts))
            np.savez(
                given,
                texts=np.array(material.texts),
                vectors=material.vectors,
                numbers=[topics, seed],
            )
            script = Path(__file__).with_name("turftopic_fit.py")
            subprocess.run(
                [str(self._python), str(script), str(given), str(found)],
                check=True,
                capture_output=True,
            )
            return {"turftopic GMM": np.load(found)}
