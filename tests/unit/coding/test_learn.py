"""Learning from coded rows: planted codes are found, thin ones are not guessed at."""

from __future__ import annotations

import numpy as np
import pytest
from coding_cases import CODES, WIDTH, stacked, towards

from listening.coding import Matching, learn
from listening.records import Vectors

NONE: frozenset[str] = frozenset()
#: one row per letter and closeness: texts, vectors and codes
Rows = tuple[list[str], Vectors, list[frozenset[str]]]


def rows(**times: int) -> Rows:
    texts, vectors, codes = [], [], []
    for code, wanted in times.items():
        for n in range(wanted):
            texts.append(f"something about {code} number{n}")
            vectors.append(towards(code, 0.6 + 0.02 * (n % 10), seed=len(texts)))
            codes.append(frozenset({code}))
    return texts, stacked(*vectors), codes


def learnt(given: Rows, *new: np.ndarray) -> tuple[Matching, tuple[str, ...]]:
    return learn(*given, ["something new"] * len(new), stacked(*new))


def test_a_new_text_is_given_the_code_that_it_lies_nearest() -> None:
    found, not_learnt = learnt(rows(parks=12, buses=12), towards("parks"), towards("buses"))
    assert found.codes == ("buses", "parks")
    assert found.probabilities.argmax(axis=1).tolist() == [1, 0]
    assert not_learnt == ()


def test_the_closer_a_text_lies_the_likelier_its_code() -> None:
    closer = [towards("parks", c, seed=5) for c in np.linspace(0.0, 0.95, 10)]
    found, _ = learnt(rows(parks=12, buses=12), *closer)
    parks = found.probabilities[:, found.codes.index("parks")]
    assert (np.diff(parks) > 0).all()
    assert ((parks > 0) & (parks < 1)).all()


def test_words_tell_apart_what_vectors_do_not() -> None:
    same = np.tile(towards("parks"), (20, 1))
    texts = [f"the {'swings' if n % 2 else 'trams'} again number{n}" for n in range(20)]
    codes = [frozenset({"parks" if n % 2 else "buses"}) for n in range(20)]
    found, _ = learn(texts, same, codes, ["trams trams", "swings please"], same[:2])
    assert found.probabilities.argmax(axis=1).tolist() == [0, 1]


def test_a_text_may_carry_several_codes() -> None:
    texts, vectors, codes = rows(parks=12, buses=12, lifts=12)
    both = [towards("parks", 0.7, n) + towards("buses", 0.7, n) for n in range(12)]
    unit = [vector / np.linalg.norm(vector) for vector in both]
    found, _ = learn(
        [*texts, *["something about parks and buses"] * 12],
        np.concatenate([vectors, stacked(*unit)]),
        [*codes, *[frozenset({"parks", "buses"})] * 12],
        ["something about parks and buses"],
        stacked(unit[0]),
    )
    by_code = dict(zip(found.codes, found.probabilities[0], strict=True))
    assert by_code["parks"] > 0.5 < by_code["buses"]
    assert by_code["lifts"] < 0.5


@pytest.mark.parametrize(("positives", "wanted"), [(7, False), (8, True)])
def test_a_code_needs_eight_positives(positives: int, wanted: bool) -> None:
    found, not_learnt = learnt(rows(parks=12, lifts=positives), towards("lifts"))
    assert ("lifts" in found.codes) == wanted
    assert ("lifts" in not_learnt) == (not wanted)


def test_a_code_that_every_text_carries_cannot_be_learnt() -> None:
    found, not_learnt = learnt(rows(parks=12), towards("parks"))
    assert found.codes == ()
    assert found.probabilities.shape == (1, 0)
    assert not_learnt == ("parks",)


def test_texts_read_and_left_without_a_code_are_negatives() -> None:
    texts, vectors, codes = rows(parks=12, buses=12)
    given = texts, vectors, [code if "parks" in code else NONE for code in codes]
    found, not_learnt = learnt(given, towards("parks", 0.8), towards("buses", 0.8))
    assert found.codes == ("parks",)
    assert found.probabilities[0, 0] > 0.5 > found.probabilities[1, 0]
    assert not_learnt == ()


def test_nothing_coded_teaches_nothing() -> None:
    found, not_learnt = learn([], stacked(), [], ["swings"], stacked(towards("parks")))
    assert (found.codes, found.probabilities.shape, not_learnt) == ((), (1, 0), ())


def test_no_new_texts_are_given_no_probabilities() -> None:
    found, _ = learnt(rows(parks=12, buses=12))
    assert found.codes == ("buses", "parks")
    assert found.probabilities.shape == (0, 2)


def test_answers_of_one_word_each_are_learnt_by_meaning_alone() -> None:
    _, vectors, codes = rows(parks=12, buses=12)
    texts = [f"word{n}" for n in range(24)]
    found, _ = learn(texts, vectors, codes, ["new"], stacked(towards("parks", 0.9)))
    assert found.codes[int(found.probabilities[0].argmax())] == "parks"


def test_the_same_rows_teach_the_same_to_the_last_bit() -> None:
    new = [towards(code, 0.5, seed=3) for code in CODES]
    first, _ = learnt(rows(parks=12, buses=12), *new)
    again, _ = learnt(rows(parks=12, buses=12), *new)
    assert first.probabilities.tobytes() == again.probabilities.tobytes()
    assert first.probabilities.shape[0] == len(CODES) <= WIDTH
