"""What a machine guesses of people it never learnt from."""

from __future__ import annotations

import numpy as np
import pytest

from listening.coding import Texts
from listening.coding.guesses import by_person, guesses

WORDS = {"housing": "the damp in my flat again", "parks": "grass and trees in the park"}


def _said(count: int) -> tuple[Texts, dict[str, frozenset[str]]]:
    random = np.random.default_rng(0)
    codes = [str(random.choice(list(WORDS))) for _ in range(count)]
    vectors = np.array([[code == one for one in WORDS] for code in codes], dtype=np.float32)
    vectors += random.normal(0, 0.05, vectors.shape).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors.reshape(count, len(WORDS))
    people = [f"p{n}" for n in range(count)]
    texts = Texts(
        [f"{WORDS[code]} {n}" for n, code in enumerate(codes)], vectors, [""] * count, people
    )
    return texts, {who: frozenset({code}) for who, code in zip(people, codes, strict=True)}


def test_a_persons_own_codes_never_change_their_own_guess() -> None:
    said, read = _said(80)
    before = guesses(said, read, 3).set_index(["participant_id", "code"])["probability"]
    other = {**read, "p7": frozenset({"parks", "housing"}) - read["p7"]}
    after = guesses(said, other, 3).set_index(["participant_id", "code"])["probability"]
    assert after["p7"].to_dict() == before["p7"].to_dict()
    assert after.to_dict() != before.to_dict()


def test_everybody_is_guessed_once_read_or_not_and_mostly_right() -> None:
    said, read = _said(120)
    some = {who: codes for who, codes in read.items() if int(who[1:]) < 60}
    table = guesses(said, some, 0)
    assert len(table) == 240
    best = table.sort_values("probability").groupby("participant_id")["code"].last()
    assert np.mean([best[who] in codes for who, codes in read.items()]) > 0.95


def test_the_order_of_people_means_nothing() -> None:
    said, read = _said(60)
    turned = said.part(np.arange(60)[::-1])
    tables = [
        guesses(one, read, 1).sort_values(["participant_id", "code"]) for one in (said, turned)
    ]
    assert np.allclose(tables[0]["probability"], tables[1]["probability"], atol=1e-5)


def test_what_the_others_of_some_group_cannot_teach_is_as_likely_for_everybody() -> None:
    said, read = _said(100)
    # eight people raise it, so that those of some groups are taught by seven
    rare = {
        who: frozenset({"trams"}) if n < 8 else codes for n, (who, codes) in enumerate(read.items())
    }
    table = guesses(said, rare, 2)
    trams = table.loc[table["code"] == "trams", "probability"]
    assert trams.to_list() == pytest.approx([0.08] * 100)
    assert table.loc[table["code"] == "parks", "probability"].nunique() > 50


def test_nobody_read_teaches_nothing() -> None:
    said, _ = _said(10)
    assert guesses(said, {}, 0).empty


def test_all_that_a_person_says_is_one_text() -> None:
    vectors = np.array([[1, 0], [0, 1], [1, 0]], dtype=np.float32).reshape(3, 2)
    both = by_person(Texts(["damp", "rent", "bus"], vectors, ["a", "b", "a"], ["p", "p", "q"]))
    assert both.people == ["p", "q"]
    assert both.texts == ["damp\nrent", "bus"]
    assert np.allclose(both.vectors[0], [0.5**0.5, 0.5**0.5])
    assert both.questions == ["", "a"]
