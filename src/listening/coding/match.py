"""Before anyone has coded: segments matched to a codebook by meaning.

METHOD.md, section 5: the mean similarity to a code's three nearest examples, with its name and
its definition, is the best that a codebook alone gives. The similarities become a probability
through a logistic regression fitted on the codebook's own examples, each left out of its own
code's pool, and each code in turn taken out altogether: no resident's text and no threshold chosen
by hand enters it, so the same rule serves encoders whose similarities lie in different ranges.

Codes without broader ones above them are ranked (section 2), so it is these that must be told from
one another. A code is matched by the examples of every code beneath it as well, and its rivals are
the codes that are neither above nor beneath it. A narrower code has one rival more: what was given
as an example of a broader one alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from listening.codebook import Codebook
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
        aside: ids of the codes in use that have too few examples to be matched by.
    """

    codes: tuple[str, ...]
    probabilities: Probabilities
    aside: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Book:
    """What a codebook is matched by.

    Attributes:
        codes: ids of the codes that are matched.
        examples: one unit vector each.
        own: examples x codes: of which code each is an example.
        whole: the same, and of every code above that.
        kin: codes x codes: one stands above the other, or is it.
        above: codes x codes: the second stands above the first.
        heads: codes x 2: vectors of name and definition.
    """

    codes: tuple[str, ...]
    examples: Array
    own: Array
    whole: Array
    kin: Array
    above: Array
    heads: Array

    def only(self, examples: Array, codes: Array) -> _Book:
        """Return what is left with some examples and some codes."""
        between = np.ix_(codes, codes)
        return _Book(
            tuple(np.array(self.codes, dtype=object)[codes]),
            self.examples[examples],
            self.own[examples][:, codes],
            self.whole[examples][:, codes],
            self.kin[between],
            self.above[between],
            self.heads[codes],
        )


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

    A code with fewer than `MINIMUM_EXAMPLES` different examples, those beneath it among them, is
    set aside: nobody is said to raise it. Where nothing is left to tell codes apart by, all are.

    Args:
        vectors: one unit vector per text, n x d.
        codebook: the codes.
        known: unit vector of every text of `texts_of(codebook)`.
    """
    from scipy.special import expit

    every = tuple(code.id for code in codebook.in_use)
    book = _book(codebook, known)
    features, is_own, weight = _practice(book) if len(book.codes) > 1 else _NO_PRACTICE
    if len(np.unique(is_own)) < 2:
        return Matching((), np.empty((len(vectors), 0)), every)
    weights, offset, mean, scale = _fit(features, is_own, weight)

    found = np.empty((len(vectors), len(book.codes)))
    for start in range(0, len(vectors), 4096):  # bounded memory for large corpora
        block = _features(vectors[start : start + 4096], book)
        found[start : start + 4096] = ((block - mean) / scale) @ weights + offset
    aside = tuple(code for code in every if code not in book.codes)
    return Matching(book.codes, expit(found), aside)


_NO_PRACTICE = np.empty((0, 4)), np.empty(0, dtype=bool), np.empty(0)


def _book(codebook: Codebook, known: Mapping[str, Vector]) -> _Book:
    """Return what there is to match by, without the codes of too few examples."""
    above = _above(codebook)
    pools = _pools(codebook, above)
    every = list(above)
    pairs = [(code, text) for code, texts in pools.items() for text in texts]
    own = np.array([[code == one for one in every] for code, _ in pairs], dtype=bool)
    over = np.array([[other in above[one] for other in every] for one in every], dtype=bool)
    own, over = own.reshape(-1, len(every)), over.reshape(-1, len(every))
    # an example of a code is one of all that it stands under
    whole = own | (own.astype(int) @ over.astype(int) > 0)
    kin = over | over.T | np.eye(len(every), dtype=bool)
    heads = [[known[code.name], known[code.definition]] for code in codebook.in_use]
    width = len(next(iter(known.values()), ()))
    examples = np.array([known[text] for _, text in pairs]).reshape(-1, width)
    book = _Book(
        tuple(every), examples, own, whole, kin, over, np.array(heads).reshape(-1, 2, width)
    )
    enough = whole.sum(axis=0) >= MINIMUM_EXAMPLES
    # an example of no code that is matched shows what a text of none looks like
    return book.only(np.ones(len(pairs), dtype=bool), enough)


def _above(codebook: Codebook) -> dict[str, frozenset[str]]:
    """Return of each code in use those in use above it; what is not in use is passed over."""
    parents = {code.id: code.parent for code in codebook.codes}
    used = {code.id for code in codebook.in_use}
    found = {}
    for code in codebook.in_use:
        chain, at = [], code.parent
        while at and at not in chain:
            chain.append(at)
            at = parents.get(at, "")
        found[code.id] = frozenset(used.intersection(chain))
    return found


def _pools(codebook: Codebook, above: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """Return the different examples by code, `other` among them; a narrower code's are its own."""
    given: dict[str, list[str]] = {code.id: list(code.examples) for code in codebook.in_use}
    for code in codebook.in_use:
        for counter in code.counter_examples:
            given.setdefault(counter.belongs_to, []).append(counter.text)
    beneath: dict[str, set[str]] = {code: set() for code in given}
    for narrow, over in above.items():
        for broad in over:
            beneath[broad].update(given[narrow])
    return {
        owner: [text for text in dict.fromkeys(texts) if text not in beneath[owner]]
        for owner, texts in given.items()
    }


def _practice(book: _Book) -> tuple[Array, Array, Array]:
    """Return features, truth and weights of examples matched to codes, to learn from.

    Each example is matched with itself left out of its code's pool. Then each ranked code in turn
    is taken out of the codebook with all beneath it, and its examples are matched to the codes that
    remain: that is what a text of no code at all looks like, without which everything would belong
    somewhere. These weigh together as much as one code: a text of none is taken to be as likely as
    one of any code.
    """
    known = _features(book.examples, book, leave_out=True)
    parts = [known.reshape(-1, known.shape[-1])]
    truth = [book.whole.reshape(-1)]
    for top in np.flatnonzero(~book.above.any(axis=1)):
        apart = book.above[:, top].copy()
        apart[top] = True
        if (~apart).sum() < 2:  # one alone has no rival
            continue
        of_none = book.whole[:, top]
        rest = _features(book.examples[of_none], book.only(~of_none, ~apart))
        parts.append(rest.reshape(-1, rest.shape[-1]))
        truth.append(np.zeros(len(parts[-1]), dtype=bool))
    weight = np.full(sum(map(len, truth)), 1 / len(book.codes))
    weight[: len(truth[0])] = 1
    return np.concatenate(parts), np.concatenate(truth), weight


def _features(vectors: Array, book: _Book, leave_out: bool = False) -> Array:
    """Return texts x codes x 4: nearest examples, lead over the best rival, name, definition."""
    similarity = vectors @ book.examples.T
    if leave_out:
        np.fill_diagonal(similarity, -np.inf)
    codes = range(len(book.codes))
    nearest = np.stack([_top(similarity[:, book.whole[:, code]]) for code in codes], axis=1)
    # what is broader alone: with too few examples of its own it is nobody's rival
    broader = {
        code: _top(similarity[:, book.own[:, code]])
        for code in codes
        if book.above[:, code].any() and book.own[:, code].sum() > NEAREST
    }
    rivals = np.stack([_rival(code, book, nearest, broader) for code in codes], axis=1)
    by_head = np.einsum("nd,chd->nch", vectors, book.heads)
    return np.concatenate([np.stack([nearest, nearest - rivals], axis=2), by_head], axis=2)


def _rival(code: int, book: _Book, nearest: Array, broader: Mapping[int, Array]) -> Array:
    """Return how near each text is to the best rival of a code."""
    found = [nearest[:, ~book.kin[code]]]
    found += [broader[one][:, None] for one in np.flatnonzero(book.above[code]) if one in broader]
    among = np.concatenate(found, axis=1)
    if not among.shape[1]:  # all others stand above or beneath it
        among = np.delete(nearest, code, axis=1)
    return np.asarray(among.max(axis=1))


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
