"""BERTopic's part: class-based TF-IDF and diverse words over clusters that are already made.

The clusters are handed over as fixed labels, BERTopic's own way of doing without its clustering
("manual topic modelling"). A document given to it is everything said on one topic, each term once
per *person*: whoever repeats a word does not make it weigh more.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

CANDIDATES = 60
WORDS = 10


def warm() -> None:
    """Import what clustering and naming need, so that it is there when the vectors are."""
    import scipy.cluster.hierarchy  # noqa: F401
    import sklearn.cluster  # noqa: F401

    _bertopic()


def represent(
    documents: Sequence[Mapping[str, int]], centroids: Floats, terms: Mapping[str, Floats]
) -> list[tuple[list[str], list[str]]]:
    """Return, for each topic, its candidate terms by c-TF-IDF and a diverse choice of them.

    Args:
        documents: for each topic, terms (no blanks in them) and how many people say them.
        centroids: one vector per topic, shape (topics, dimensions).
        terms: for each term a vector, the mean of the segments that hold it: its meaning *here*,
            without a model.
    """
    bertopic = _bertopic()
    vectors = _Lookup(terms, centroids.shape[1])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = _model(bertopic, vectors)
        texts = [_document(of_topic) for of_topic in documents]
        model.fit(texts, embeddings=centroids, y=list(range(len(texts))))
    names = model.vectorizer_model.get_feature_names_out()
    found: list[tuple[list[str], list[str]]] = []
    for theirs in model.topics_:  # BERTopic renumbers; its i-th document is our i-th topic
        row = model.c_tf_idf_[theirs].toarray()[0]
        best = np.argsort(-row, kind="stable")[:CANDIDATES]
        chosen = [term for term, _ in model.topic_representations_[theirs] if term]
        found.append(([str(names[i]) for i in best if row[i] > 0], chosen))
    return found


def _document(said: Mapping[str, int]) -> str:
    return " ".join(" ".join([term] * count) for term, count in sorted(said.items()))


def _model(bertopic: Any, vectors: _Lookup) -> Any:
    from bertopic.cluster import BaseCluster
    from bertopic.dimensionality import BaseDimensionalityReduction
    from bertopic.representation import MaximalMarginalRelevance
    from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer

    return bertopic.BERTopic(
        language="multilingual",  # "english" strips everything but a to z
        top_n_words=WORDS,
        embedding_model=make_pipeline(FunctionTransformer(vectors)),
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=BaseCluster(),
        vectorizer_model=CountVectorizer(token_pattern=r"\S+", lowercase=False),  # noqa: S106
        ctfidf_model=ClassTfidfTransformer(),
        representation_model=MaximalMarginalRelevance(diversity=0.3, top_n_words=WORDS),
    )


class _Lookup:
    """Gives the vector of a term, or the mean vector of several terms joined by blanks."""

    def __init__(self, terms: Mapping[str, Floats], dimensions: int) -> None:
        self._terms = terms
        self._nothing = np.zeros(dimensions, dtype=np.float32)

    def __call__(self, texts: Sequence[str]) -> Floats:
        return np.stack([self._mean(text.split()) for text in texts])

    def _mean(self, terms: list[str]) -> Any:
        known = [self._terms[term] for term in terms if term in self._terms]
        return np.mean(known, axis=0) if known else self._nothing


def _bertopic() -> Any:
    """Import BERTopic without its plotting and its clusterers, as its light installation does.

    Each of them is optional there. With plotly comes UMAP and with UMAP numba: a second or two in
    every process, for nothing that is used here.
    """
    if "bertopic" not in sys.modules:
        with _hidden("plotly", "hdbscan"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import bertopic  # noqa: F401
    return sys.modules["bertopic"]


@contextmanager
def _hidden(*modules: str) -> Iterator[None]:
    before = {name: sys.modules.get(name) for name in modules}
    sys.modules.update(dict.fromkeys(modules))  # type: ignore[arg-type]  # None: "not installed"
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module
