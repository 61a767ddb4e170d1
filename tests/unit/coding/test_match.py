"""Matching by meaning: planted vectors are found, in the order of their closeness."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from coding_cases import CODES, WIDTH, book, known, stacked, towards

from listening.codebook import OTHER
from listening.coding import Matching, match, texts_of
from listening.errors import InvalidCodebook
from listening.records import Vectors


def matched(vectors: Vectors) -> Matching:
    return match(vectors, book(), known(book()))


def test_every_text_of_a_codebook_is_asked_for_once_in_a_fixed_order() -> None:
    texts = texts_of(book(examples=8))
    assert texts[:3] == ["name of parks", "definition of parks", "parks example 0"]
    assert "unlike buses" in texts
    assert len(texts) == len(set(texts)) == 3 * (2 + 8 + 1)


def test_a_text_near_a_code_is_given_that_code_and_no_other() -> None:
    near = matched(stacked(*[towards(code, 0.85, seed=99) for code in CODES]))
    assert near.codes == CODES
    assert (near.probabilities.argmax(axis=1) == [0, 1, 2]).all()
    own = np.diag(near.probabilities)
    assert (own > 0.5).all()
    assert (near.probabilities - np.diag(own) < 0.5).all()


def test_a_text_near_no_code_is_given_none() -> None:
    nowhere = towards("parks", 0.0, seed=7)
    assert (matched(stacked(nowhere)).probabilities < 0.5).all()


def test_the_closer_a_text_lies_the_likelier_its_code() -> None:
    closer = np.linspace(0.0, 0.95, 12)
    parks = matched(stacked(*[towards("parks", c, seed=5) for c in closer])).probabilities[:, 0]
    assert (np.diff(parks) > 0).all()
    assert 0 < parks[0] < 0.1
    assert 0.9 < parks[-1] < 1


def test_the_order_of_texts_changes_no_probability() -> None:
    vectors = stacked(*[towards(code, 0.5 + 0.04 * n, n) for n in range(9) for code in CODES])
    forth = matched(vectors).probabilities
    back = matched(vectors[::-1]).probabilities[::-1]
    np.testing.assert_allclose(forth, back, atol=1e-6)


def test_more_texts_than_one_block_are_matched_as_one_by_one() -> None:
    vectors = np.tile(stacked(towards("buses", 0.7), towards("lifts", 0.4)), (3000, 1))
    found = matched(vectors).probabilities
    assert found.shape == (6000, 3)
    alone = matched(vectors[:2]).probabilities
    np.testing.assert_allclose(found, np.tile(alone, (3000, 1)), atol=1e-6)


def test_no_texts_are_given_no_probabilities() -> None:
    assert matched(stacked()).probabilities.shape == (0, 3)


def test_a_code_with_too_few_examples_is_named() -> None:
    thin = book(examples=7)
    with pytest.raises(InvalidCodebook, match=r"fewer than 8 .* examples for parks, buses, lifts"):
        match(stacked(), thin, known(thin))


def test_the_same_example_eight_times_is_one_example() -> None:
    codes = book().codes
    padded = replace(codes[0], examples=("parks example 0",) * 8)
    codebook = replace(book(), codes=(padded, *codes[1:]))
    with pytest.raises(InvalidCodebook, match="different examples for parks"):
        match(stacked(), codebook, known(codebook))


def test_a_retired_code_is_neither_matched_nor_embedded() -> None:
    retired = book(status="retired")
    assert not [text for text in texts_of(retired) if "lifts" in text]
    assert match(stacked(towards("lifts")), retired, known(retired)).codes == ("parks", "buses")


def test_what_belongs_to_other_is_no_example_of_its_neighbour() -> None:
    codebook, vectors = book(), known(book())
    for code in CODES:  # counter-examples that lie right among the examples
        vectors[f"unlike {code}"] = towards(code, 0.75, seed=3)
    sure = match(stacked(towards("parks", 0.75, 3)), codebook, known(codebook)).probabilities[0, 0]
    unsure = match(stacked(towards("parks", 0.75, 3)), codebook, vectors).probabilities[0, 0]
    assert unsure < sure
    assert OTHER not in match(stacked(), codebook, vectors).codes


def test_names_unlike_every_text_do_no_harm() -> None:
    vectors = known(book())
    for text in vectors:
        if "of" in text.split():
            vectors[text] = np.zeros(WIDTH, dtype=np.float32)
    found = match(stacked(towards("parks", 0.85)), book(), vectors).probabilities
    assert np.isfinite(found).all()
    assert found[0].argmax() == 0
