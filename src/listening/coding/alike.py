"""How alike texts are to a learner: by meaning, by words, by letters and by the question asked.

Three similarities between 0 and 1 make one, so that no single view has to be right: vectors tell
that “queue” is “wait”, words and pairs of words tell “not good” from “good”, and runs of letters
bridge spellings. The squared part lets the views agree: alike in meaning *and* in words counts for
more than the sum. The same words under “What was good?” and “What could we do better?” are less
alike. The weights were chosen by cross-validation on people who are in no figure of
`benchmarks.suggestions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from listening.records import Vectors

#: what meaning, words and runs of letters weigh
_MEANING, _WORDS, _LETTERS = 1.0, 1.0, 1.2
#: what is left of the likeness of texts that answer different questions
_ACROSS_QUESTIONS = 0.75

#: single precision: twice as many texts in the same time and memory
Likenesses = NDArray[np.float32]


@dataclass(frozen=True)
class Texts:
    """Texts with all that is looked at; every part has one entry per text.

    Attributes:
        texts: what was said.
        vectors: unit vectors, n x d.
        questions: what was asked; empty where nothing was.
        people: who said it.
    """

    texts: Sequence[str]
    vectors: Vectors
    questions: Sequence[str]
    people: Sequence[str]

    def __len__(self) -> int:
        return len(self.texts)

    def part(self, rows: NDArray[np.intp]) -> Texts:
        """Return the texts of these rows."""
        return Texts(
            [self.texts[row] for row in rows],
            np.asarray(self.vectors[rows]).reshape(len(rows), self.vectors.shape[1]),
            [self.questions[row] for row in rows],
            [self.people[row] for row in rows],
        )

    def and_then(self, others: Texts) -> Texts:
        """Return these texts and then the others."""
        return Texts(
            [*self.texts, *others.texts],
            np.concatenate([self.vectors, others.vectors]).reshape(len(self) + len(others), -1),
            [*self.questions, *others.questions],
            [*self.people, *others.people],
        )


class Likeness:
    """Tells how alike any texts are to the texts that it was made for."""

    def __init__(self, texts: Texts) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._texts = texts
        made = (
            (
                _WORDS,
                TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, dtype=np.float32),
            ),
            (
                _LETTERS,
                TfidfVectorizer(
                    analyzer="char_wb",
                    ngram_range=(3, 5),
                    min_df=3,
                    sublinear_tf=True,
                    dtype=np.float32,
                ),
            ),
        )
        self._views: list[tuple[float, Any, Any]] = []
        for weight, view in made:
            try:
                self._views.append((weight, view, view.fit_transform(texts.texts)))
            except ValueError:  # nothing occurs twice (one-word answers): the others have to do
                continue

    def of(self, new: Texts) -> Likenesses:
        """Return how alike each new text is to each text, m x n: at most 1, and 1 for the same."""
        found = np.float32(_MEANING) * (new.vectors @ self._texts.vectors.T)
        total = _MEANING
        for weight, view, known in self._views:
            found += (weight * view.transform(new.texts) @ known.T).toarray()
            total += weight
        return np.asarray(found / np.float32(total), dtype=np.float32)

    def kernel(self, likenesses: Likenesses, new: Texts) -> Likenesses:
        """Return what is learnt with: likenesses, those of views that agree, and the question."""
        agree: Likenesses = np.asarray((likenesses + likenesses**2) / 2, dtype=np.float32)
        if not any(self._texts.questions):  # nothing is known of questions: they tell nothing
            return agree
        asked, known = _numbers(new.questions, self._texts.questions)
        # as if every question had the same part in common, and an unknown one nothing else
        across = np.full((len(asked), len(known)), _ACROSS_QUESTIONS, dtype=np.float32)
        across[asked == 0] = across[:, known == 0] = np.sqrt(_ACROSS_QUESTIONS)
        across[asked[:, None] == known[None, :]] = 1.0
        return np.asarray(agree * across, dtype=np.float32)


def _numbers(*several: Sequence[str]) -> list[NDArray[np.intp]]:
    """Number questions, equal ones alike whatever their case and spaces; 0 is none."""
    found: dict[str, int] = {"": 0}
    return [
        np.array([found.setdefault(_plain(question), len(found)) for question in questions])
        for questions in several
    ]


def _plain(question: str) -> str:
    return " ".join(question.casefold().split())
