"""What suggestions are measured against: the plain ways that a competent script would take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from listening.coding import Texts

Array = NDArray[np.float64]


def logistic(
    coded: Texts, codes: Sequence[frozenset[str]], new: Texts, weight: str | None = None
) -> dict[str, Array]:
    """One-vs-rest logistic regression on embedding, tf-idf of words and pairs, and the question.

    Args:
        coded: what people coded, with `codes`.
        new: what is to be suggested for.
        weight: "balanced" lets the coded texts of a rare code weigh as much as all others.

    Returns:
        The probability of each code that stands on eight coded texts.
    """
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import OneHotEncoder

    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True).fit(coded.texts)
    asked = OneHotEncoder(handle_unknown="ignore").fit(np.array(coded.questions)[:, None])

    def features(texts: Texts) -> Any:
        questions = asked.transform(np.array(texts.questions)[:, None])
        return hstack([csr_matrix(texts.vectors), words.transform(texts.texts), questions]).tocsr()

    known, unknown = features(coded), features(new)
    found = {}
    for code in sorted(set().union(*codes)):
        marks = np.array([code in row for row in codes])
        if 8 <= marks.sum() < len(marks):
            model = LogisticRegression(
                C=10.0, solver="liblinear", max_iter=2000, class_weight=weight
            )
            found[code] = model.fit(known, marks).predict_proba(unknown)[:, 1]
    return found


def nearest(vectors: Array, examples: Array, owner: Array, names: Array, definitions: Array) -> Any:
    """Return the one code whose three nearest examples, name and definition lie nearest.

    Args:
        vectors: texts x d.
        examples: examples x d, and `owner`, the code's column of each.
        names: vectors of the codes' names, codes x d; `definitions` likewise.
    """
    similar = vectors @ examples.T
    columns = range(len(names))
    near = [np.sort(similar[:, owner == code], axis=1)[:, -3:].mean(axis=1) for code in columns]
    score = np.stack(near, axis=1) + 0.3 * (vectors @ names.T) + 0.3 * (vectors @ definitions.T)
    return score == score.max(axis=1, keepdims=True)
