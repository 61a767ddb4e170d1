"""Suggestions learnt from coded rows: one yes-or-no model a code on embedding, words and question.

METHOD.md, section 5: one-vs-rest logistic regression on embedding and tf-idf; a code with fewer
than eight coded examples is not suggested.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from listening.coding.match import Matching
from listening.records import Vectors

MINIMUM_POSITIVES = 8


def learn(
    texts: Sequence[str],
    vectors: Vectors,
    codes: Sequence[frozenset[str]],
    new_texts: Sequence[str],
    new_vectors: Vectors,
    seed: int = 0,
) -> tuple[Matching, tuple[str, ...]]:
    """Learn codes from coded texts, and give new texts the probability of each.

    Args:
        texts: coded texts; a question put before its answer is read as part of it.
        vectors: their unit vectors, n x d.
        codes: the codes of each.
        new_texts: texts to suggest for.
        new_vectors: their unit vectors, m x d.
        seed: of the solver.

    Returns:
        Probabilities (m x codes that could be learnt), and the codes that could not: those with
        fewer than eight examples, and one that every text carries.
    """
    counts = Counter(code for row in codes for code in row)
    enough = sorted(
        code for code, times in counts.items() if MINIMUM_POSITIVES <= times < len(codes)
    )
    not_learnt = tuple(sorted(set(counts) - set(enough)))
    if not enough or not new_texts:
        return Matching(tuple(enough), np.zeros((len(new_texts), len(enough)))), not_learnt
    known, new = _features(texts, vectors, new_texts, new_vectors)
    columns = [_one(known, [code in row for row in codes], new, seed) for code in enough]
    return Matching(tuple(enough), np.column_stack(columns)), not_learnt


def _features(
    texts: Sequence[str], vectors: Vectors, new_texts: Sequence[str], new_vectors: Vectors
) -> tuple[Any, Any]:
    """Return embedding and tf-idf side by side, of the coded texts and of the new ones."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    try:
        by_words = words.fit_transform(texts)
    except ValueError:  # no word occurs twice (one-word answers): meaning alone has to do
        return csr_matrix(vectors), csr_matrix(new_vectors)
    known = hstack([csr_matrix(vectors), by_words]).tocsr()
    return known, hstack([csr_matrix(new_vectors), words.transform(new_texts)]).tocsr()


def _one(known: Any, positive: Sequence[bool], new: Any, seed: int) -> NDArray[np.float64]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=10.0, max_iter=2000, random_state=seed)
    return np.asarray(model.fit(known, np.array(positive)).predict_proba(new)[:, 1])
