"""Learning from coded rows: planted codes are found, thin ones are not guessed at."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from coding_cases import CODES, WIDTH, book, known, stacked, towards

from listening.coding import Learnt, Texts, examples, learn
from listening.coding.learn import apart
from listening.records import Vectors

NONE: frozenset[str] = frozenset()
#: texts, their vectors and their codes
Rows = tuple[list[str], Vectors, list[frozenset[str]]]


def texts(said: list[str], vectors: Vectors, whose: str = "p") -> Texts:
    """Texts without questions, each of a person of their own."""
    return Texts(said, vectors, [""] * len(said), [f"{whose}{n}" for n in range(len(said))])


def rows(**times: int) -> Rows:
    said, vectors, codes = [], [], []
    for code, wanted in times.items():
        for n in range(wanted):
            said.append(f"something about {code} number{n}")
            vectors.append(towards(code, 0.6 + 0.02 * (n % 10), seed=len(said)))
            codes.append(frozenset({code}))
    return said, stacked(*vectors), codes


def learnt(given: Rows, *new: np.ndarray) -> Learnt:
    said, vectors, codes = given
    return learn(
        texts(said, vectors), codes, texts(["something new"] * len(new), stacked(*new), "n")
    )


def test_a_new_text_is_given_the_code_that_it_lies_nearest() -> None:
    found = learnt(rows(parks=12, buses=12), towards("parks"), towards("buses"))
    assert found.codes == ("buses", "parks")
    assert found.probabilities.argmax(axis=1).tolist() == [1, 0]
    assert found.suggested.tolist() == [[False, True], [True, False]]
    assert found.not_learnt == ()


def test_the_closer_a_text_lies_the_likelier_its_code() -> None:
    closer = [towards("parks", c, seed=5) for c in np.linspace(0.0, 0.95, 10)]
    found = learnt(rows(parks=12, buses=12), *closer)
    parks = found.probabilities[:, found.codes.index("parks")]
    assert (np.diff(parks) > 0).all()
    assert ((parks > 0) & (parks < 1)).all()


def test_words_tell_apart_what_vectors_do_not() -> None:
    same = np.tile(towards("parks"), (20, 1))
    said = [f"the {'swings' if n % 2 else 'trams'} again number{n}" for n in range(20)]
    codes = [frozenset({"parks" if n % 2 else "buses"}) for n in range(20)]
    found = learn(texts(said, same), codes, texts(["trams trams", "swings please"], same[:2], "n"))
    assert found.probabilities.argmax(axis=1).tolist() == [0, 1]


def test_the_same_words_are_another_code_under_another_question() -> None:
    same = np.tile(towards("parks"), (40, 1))
    asked = ["What was good?" if n % 2 else "What could be better?" for n in range(40)]
    people = [f"p{n}" for n in range(40)]
    coded = Texts(["nothing"] * 40, same, asked, people)
    codes = [frozenset({"complaint" if n % 2 else "praise"}) for n in range(40)]
    new = Texts(["nothing"] * 2, same[:2], ["what  WAS good?", "What could be better?"], ["a", "b"])
    found = learn(coded, codes, new)
    assert found.codes == ("complaint", "praise")
    assert found.suggested.tolist() == [[True, False], [False, True]]


def test_a_text_may_carry_several_codes() -> None:
    said, vectors, codes = rows(parks=12, buses=12, lifts=12)
    both = [towards("parks", 0.7, n) + towards("buses", 0.7, n) for n in range(12)]
    unit = [vector / np.linalg.norm(vector) for vector in both]
    found = learn(
        texts(
            [*said, *["something about parks and buses"] * 12],
            np.concatenate([vectors, stacked(*unit)]),
        ),
        [*codes, *[frozenset({"parks", "buses"})] * 12],
        texts(["something about parks and buses"], stacked(unit[0]), "n"),
    )
    by_code = dict(zip(found.codes, found.suggested[0].tolist(), strict=True))
    assert by_code == {"buses": True, "lifts": False, "parks": True}


@pytest.mark.parametrize(("positives", "wanted"), [(7, False), (8, True)])
def test_a_code_needs_eight_positives(positives: int, wanted: bool) -> None:
    found = learnt(rows(parks=12, lifts=positives), towards("lifts"))
    assert ("lifts" in found.codes) == wanted
    assert ("lifts" in found.not_learnt) == (not wanted)


def test_a_code_that_every_text_carries_cannot_be_learnt() -> None:
    found = learnt(rows(parks=12), towards("parks"))
    assert found.codes == ()
    assert found.probabilities.shape == (1, 0)
    assert found.suggested.shape == (1, 0)
    assert found.not_learnt == ("parks",)


def test_texts_read_and_left_without_a_code_are_negatives() -> None:
    said, vectors, codes = rows(parks=12, buses=12)
    given = said, vectors, [code if "parks" in code else NONE for code in codes]
    found = learnt(given, towards("parks", 0.8), towards("buses", 0.8))
    assert found.codes == ("parks",)
    assert found.suggested.tolist() == [[True], [False]]
    assert found.not_learnt == ()


def test_nothing_coded_teaches_nothing() -> None:
    found = learn(texts([], stacked()), [], texts(["swings"], stacked(towards("parks"))))
    assert (found.codes, found.probabilities.shape, found.not_learnt) == ((), (1, 0), ())


def test_no_new_texts_are_given_no_probabilities() -> None:
    found = learnt(rows(parks=12, buses=12))
    assert found.codes == ("buses", "parks")
    assert found.probabilities.shape == (0, 2)
    assert found.reasons.empty


def test_answers_of_one_word_each_are_learnt_by_meaning_alone() -> None:
    _, vectors, codes = rows(parks=12, buses=12)
    coded = texts([f"{chr(97 + n) * 5}" for n in range(24)], vectors)
    found = learn(coded, codes, texts(["new"], stacked(towards("parks", 0.9)), "n"))
    assert found.codes[int(found.probabilities[0].argmax())] == "parks"


def test_the_same_rows_teach_the_same_to_the_last_bit() -> None:
    new = [towards(code, 0.5, seed=3) for code in CODES]
    first = learnt(rows(parks=12, buses=12), *new)
    again = learnt(rows(parks=12, buses=12), *new)
    assert first.probabilities.tobytes() == again.probabilities.tobytes()
    assert first.probabilities.shape[0] == len(CODES) <= WIDTH


def test_the_reasons_of_a_suggestion_are_its_nearest_coded_passages() -> None:
    said, vectors, codes = rows(parks=12, buses=12)
    new = texts([said[15]], vectors[15:16], "n")
    found = learn(texts(said, vectors), codes, new)
    assert found.suggested.tolist() == [[True, False]]
    assert found.reasons["code"].tolist() == ["buses"] * 3
    assert found.reasons["coded"].iloc[0] == 15
    assert found.reasons["similarity"].iloc[0] == pytest.approx(1, abs=1e-5)
    assert found.reasons["similarity"].is_monotonic_decreasing
    assert all("buses" in codes[row] for row in found.reasons["coded"])


def test_a_codebook_alone_teaches_its_codes() -> None:
    lesson = examples(book(), known(book()))
    new = texts(list("abc"), stacked(*[towards(code, 0.85, 99) for code in CODES]), "n")
    found = learn(texts([], stacked()), [], new, lesson)
    by_code = [found.codes[int(row.argmax())] for row in found.probabilities]
    assert tuple(by_code) == CODES
    named = [lesson.names[row] for row in found.reasons["coded"]]
    assert {name.split()[0] for name in named} <= {"example", "name", "definition"}


def test_a_codebooks_examples_count_towards_the_eight_and_its_names_do_not() -> None:
    new = texts(["a"], stacked(towards("lifts")), "n")
    for given, learnable in ((7, ()), (8, tuple(sorted(CODES)))):
        lesson = examples(book(given), known(book(given)))
        assert learn(texts([], stacked()), [], new, lesson).codes == learnable


def test_a_counter_example_is_an_example_of_what_it_belongs_to() -> None:
    lesson = examples(book(), known(book()))
    unlike = [code for code, name in zip(lesson.codes, lesson.names, strict=True) if "-" in name]
    assert unlike == [NONE] * 3
    assert next(name for name in lesson.names if "-" in name) == "counter-example 1 of parks"


def test_coded_rows_and_a_codebook_are_learnt_from_together() -> None:
    lesson = examples(book(codes=("buses", "lifts")), known(book(codes=("buses", "lifts"))))
    said, vectors, codes = rows(parks=12, buses=2)
    new = texts(list("abc"), stacked(*[towards(code, 0.9, 99) for code in CODES]), "n")
    alone = learn(texts(said, vectors), codes, new)
    both = learn(texts(said, vectors), codes, new, lesson)
    assert alone.codes == ("parks",)
    assert both.codes == ("buses", "lifts", "parks")
    assert [both.codes[int(row.argmax())] for row in both.probabilities] == list(CODES)


def test_very_many_rows_are_learnt_from_in_shares_of_whole_people() -> None:
    people = [f"p{n // 3}" for n in range(9_000)]
    shares = apart(people)
    assert len(shares) == 3
    assert sorted(np.concatenate(shares)) == list(range(9_000))
    whose = [{people[row] for row in share} for share in shares]
    assert sum(map(len, whose)) == len(set(people))
    assert max(map(len, shares)) <= 4_000


def test_shares_together_suggest_as_one_would(monkeypatch: pytest.MonkeyPatch) -> None:
    new = [towards(code, 0.85, seed=50) for code in ("parks", "buses")]
    whole = learnt(rows(parks=40, buses=40), *new)
    monkeypatch.setattr(sys.modules["listening.coding.learn"], "_TOGETHER", 40)
    shared = learnt(rows(parks=40, buses=40), *new)
    assert shared.suggested.tolist() == whole.suggested.tolist()
    assert not np.array_equal(shared.probabilities, whole.probabilities)
