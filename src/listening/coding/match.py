"""Before anyone has coded: segments matched to a codebook by meaning.

METHOD.md, section 5: the mean similarity to a code's three nearest examples, with its name and
its definition, is the best that a codebook alone gives. The similarities become a probability
through a logistic regression fitted on the codebook's own examples, each left out of its own
code's pool, and each code in turn taken out altogether: no resident's text and no threshold chosen
by hand enters it, so the same rule serves encoders whose similarities lie in different ranges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from listening.codebook import Codebook
from listening.errors import InvalidCodebook
from listening.records import Vector, Vectors

NEAREST = 3
MINIMUM_EXAMPLES = 8

Array = NDArray[Any]
Probabilities = NDArray[np.float64]


@dataclass(frozen=True)
class Matching:
    """Probability of every code for every text.

    Attributes:
        codes: ids, one per column.
        probabilities: texts x codes.
    """

    codes: tuple[str, ...]
    probabilities: Probabilities


def texts_of(codebook: Codebook) -> list[str]:
    """Every text of the codes in use that must be embedded, distinct, in a fixed order."""
    texts: dict[str, None] = {}
    for code in codebook.in_use:
        for text in (code.name, code.definition, *code.examples):
            texts[text] = None
        for counter in code.counter_examples:
            texts[counter.text] = None
    return list(texts)


def match(vectors: Vectors, codebook: Codebook, known: Mapping[str, Vector]) -> Matching:
    """Give every text the probability that it raises each code in use.

    Args:
        vectors: one unit vector per text, n x d.
        codebook: at least eight different examples a code.
        known: unit vector of every text of `texts_of(codebook)`.

    Raises:
        InvalidCodebook: a code has too few examples to match by.
    """
    from scipy.special import expit

    pools = _pools(codebook)
    codes = tuple(code.id for code in codebook.in_use)
    examples = [text for texts in pools.values() for text in texts]
    owner = np.array([key for key, texts in pools.items() for _ in texts])
    stacked = np.stack([known[text] for text in examples])
    heads = np.stack([np.stack([known[c.name], known[c.definition]]) for c in codebook.in_use])

    features, is_own, weight = _practice(stacked, owner, codes, heads)
    weights, offset, mean, scale = _fit(features, is_own, weight)

    found = np.empty((len(vectors), len(codes)))
    for start in range(0, len(vectors), 4096):  # bounded memory for large corpora
        block = _features(vectors[start : start + 4096], stacked, owner, codes, heads)
        found[start : start + 4096] = ((block - mean) / scale) @ weights + offset
    return Matching(codes, expit(found))


def _pools(codebook: Codebook) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {code.id: list(code.examples) for code in codebook.in_use}
    for code in codebook.in_use:
        for counter in code.counter_examples:
            given.setdefault(counter.belongs_to, []).append(counter.text)
    pools = {code: list(dict.fromkeys(texts)) for code, texts in given.items()}
    thin = [code.id for code in codebook.in_use if len(pools[code.id]) < MINIMUM_EXAMPLES]
    if thin:
        raise InvalidCodebook(
            f"The codebook {codebook.name}",
            f"has fewer than {MINIMUM_EXAMPLES} different examples for {', '.join(thin)}.",
            "Add examples in residents' own registers: matching lives by them; 25 is a good start.",
        )
    return pools


def _practice(
    examples: Array, owner: Array, codes: Sequence[str], heads: Array
) -> tuple[Array, Array, Array]:
    """Return features, truth and weights of examples matched to codes, to learn from.

    Each example is matched with itself left out of its code's pool. Then each code in turn is
    taken out of the codebook, and its examples are matched to the codes that remain: that is what
    a text of no code at all looks like, without which everything would belong somewhere. These
    weigh together as much as one code: a text of none is taken to be as likely as one of any code.
    """
    known = _features(examples, examples, owner, codes, heads, leave_out=True)
    parts = [known.reshape(-1, known.shape[-1])]
    truth = [(owner[:, None] == np.array(codes)[None, :]).reshape(-1)]
    for position, code in enumerate(codes if len(codes) > 2 else ()):  # one alone has no rival
        others = [other for other in codes if other != code]
        rest = _features(
            examples[owner == code],
            examples[owner != code],
            owner[owner != code],
            others,
            np.delete(heads, position, axis=0),
        )
        parts.append(rest.reshape(-1, rest.shape[-1]))
        truth.append(np.zeros(len(parts[-1]), dtype=bool))
    weight = np.full(sum(map(len, truth)), 1 / len(codes))
    weight[: len(truth[0])] = 1
    return np.concatenate(parts), np.concatenate(truth), weight


def _features(
    vectors: Array,
    examples: Array,
    owner: Array,
    codes: Sequence[str],
    heads: Array,
    leave_out: bool = False,
) -> Array:
    """Return texts x codes x 4: nearest examples, lead over the best rival, name, definition."""
    similarity = vectors @ examples.T
    if leave_out:
        np.fill_diagonal(similarity, -np.inf)
    nearest = np.stack([_top(similarity[:, owner == code]) for code in codes], axis=1)
    columns = range(len(codes))
    rivals = np.stack(
        [np.delete(nearest, column, axis=1).max(axis=1) for column in columns], axis=1
    )
    by_head = np.einsum("nd,chd->nch", vectors, heads)
    return np.concatenate([np.stack([nearest, nearest - rivals], axis=2), by_head], axis=2)


def _top(similarity: Array) -> Array:
    return np.asarray(np.sort(similarity, axis=1)[:, -NEAREST:].mean(axis=1))


def _fit(features: Array, positive: Array, weight: Array) -> tuple[Array, float, Array, Array]:
    from sklearn.linear_model import LogisticRegression

    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale[scale == 0] = 1.0  # a feature that tells nothing apart, such as names unlike every text
    model = LogisticRegression(C=1.0, max_iter=1000).fit(
        (features - mean) / scale, positive, weight
    )
    return model.coef_[0], float(model.intercept_[0]), mean, scale
