"""Matching by meaning: planted vectors are found, in the order of their closeness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from coding_cases import CODES, WIDTH, book, known, said, stacked, towards

from listening.codebook import OTHER, Codebook
from listening.coding import Matching, likeliest, match, suggestions, texts_of
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


def thin(codebook: Codebook, *codes: str) -> Codebook:
    """A codebook in which some codes have the same example eight times."""
    told = (
        replace(one, examples=(f"{one.id} example 0",) * 8) if one.id in codes else one
        for one in codebook.codes
    )
    return replace(codebook, codes=tuple(told))


def test_a_code_with_too_few_examples_is_set_aside_and_the_others_are_matched() -> None:
    codebook = thin(book(), "parks")
    near = [towards(code, 0.85, seed=99) for code in ("buses", "lifts")]
    found = match(stacked(*near), codebook, known(codebook))
    assert found.aside == ("parks",)
    assert found.codes == ("buses", "lifts")
    assert (found.probabilities.argmax(axis=1) == [0, 1]).all()
    assert (np.diag(found.probabilities) > 0.5).all()


@pytest.mark.parametrize("left", [(), ("lifts",)])
def test_where_codes_cannot_be_told_apart_all_are_set_aside(left: tuple[str, ...]) -> None:
    codebook = thin(book(), *(code for code in CODES if code not in left))
    found = match(stacked(towards("lifts")), codebook, known(codebook))
    assert found.aside == CODES
    assert found.probabilities.shape == (1, 0)
    one = said(("p1", "The lift is broken again"))
    assert suggestions(one, found).empty
    assert likeliest(one, found).empty


def under(codebook: Codebook, parents: Mapping[str, str]) -> Codebook:
    codes = tuple(replace(one, parent=parents.get(one.id, "")) for one in codebook.codes)
    return replace(codebook, codes=codes)


def test_a_code_and_the_one_above_it_are_no_rivals() -> None:
    flat = book()
    nested = under(flat, {"buses": "parks"})
    text = stacked(towards("buses", 0.85, seed=99))
    apart, together = match(text, flat, known(flat)), match(text, nested, known(nested))
    assert apart.probabilities[0, 0] < 0.5
    assert (together.probabilities[0, :2] > 0.5).all()
    assert together.probabilities[0, 2] < 0.5


def test_what_is_said_of_the_broader_code_alone_is_none_of_the_narrower() -> None:
    nested = under(book(), {"buses": "parks"})
    found = match(stacked(towards("parks", 0.85, seed=99)), nested, known(nested))
    assert found.probabilities[0, 0] > 0.5
    assert found.probabilities[0, 1] < 0.5


def test_a_broader_code_without_examples_is_matched_by_those_beneath_it() -> None:
    nested = under(book(), {"buses": "parks"})
    nested = replace(nested, codes=(replace(nested.codes[0], examples=()), *nested.codes[1:]))
    found = match(stacked(towards("buses", 0.85, seed=99)), nested, known(nested))
    assert found.aside == ()
    assert (found.probabilities[0, :2] > 0.5).all()


def test_where_one_code_stands_above_all_others_they_are_still_told_apart() -> None:
    nested = under(book(), {"buses": "parks", "lifts": "parks"})
    near = [towards(code, 0.85, seed=99) for code in ("buses", "lifts")]
    found = match(stacked(*near), nested, known(nested)).probabilities
    assert (found[:, 1:].argmax(axis=1) == [0, 1]).all()
    assert np.isfinite(found).all()


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
