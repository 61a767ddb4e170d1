"""What a codebook teaches by itself: its examples, names and definitions, as texts with a code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from listening.codebook import Code, Codebook
from listening.coding.alike import Texts
from listening.records import Vector


@dataclass(frozen=True)
class Lesson:
    """Texts that come with their codes.

    Attributes:
        texts: what a codebook says, each of nobody else.
        codes: the codes of each.
        names: what each is called, such as `example 3 of housing`.
        spoken: which are like what people say; names and definitions of codes are not.
    """

    texts: Texts
    codes: list[frozenset[str]]
    names: list[str]
    spoken: NDArray[np.bool_]


def examples(codebook: Codebook, known: Mapping[str, Vector]) -> Lesson:
    """Return a codebook's texts as if a person had coded each with its one code.

    Args:
        codebook: codes in use are taken.
        known: unit vector of every text of `texts_of(codebook)`.
    """
    rows = [row for code in codebook.in_use for row in _of(code) if row[1]]
    taught = {code.id for code in codebook.in_use}
    texts = [text for _, text, _, _ in rows]
    names = [name for name, _, _, _ in rows]
    vectors = np.stack([known[text] for text in texts]).reshape(len(texts), -1)
    return Lesson(
        Texts(texts, vectors, [""] * len(texts), names),
        [frozenset({code} & taught) for _, _, code, _ in rows],
        names,
        np.array([spoken for _, _, _, spoken in rows]),
    )


def _of(code: Code) -> list[tuple[str, str, str, bool]]:
    """Return name, text, code and whether it is spoken, of all that stands under a code.

    A counter-example is an example of the code to which it belongs; of `other`, of none.
    """
    own = list(dict.fromkeys(code.examples))
    return [
        *((f"example {n} of {code.id}", text, code.id, True) for n, text in enumerate(own, 1)),
        *(
            (f"counter-example {n} of {code.id}", unlike.text, unlike.belongs_to, True)
            for n, unlike in enumerate(code.counter_examples, 1)
        ),
        (f"name of {code.id}", code.name, code.id, False),
        (f"definition of {code.id}", code.definition, code.id, False),
    ]
