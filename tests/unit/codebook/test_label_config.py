"""The labelling configuration is one that Label Studio's own reader takes."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given

from listening.codebook import NO_REASON, OTHER, Codebook, retire
from listening.codebook.label_config import CODES, label_config
from tests.unit.codebook.codebook_cases import DECISION, books, mill_town, some


def interface(book: Codebook, *, spans: bool = False) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own
        from label_studio_sdk.label_interface import LabelInterface

        found = LabelInterface(label_config(book, spans=spans).content.decode())
        found.validate()
    return found


def prediction(codes: list[str], kind: str = "choices", **value: Any) -> dict[str, Any]:
    names = {"from_name": CODES, "to_name": "text", "type": kind}
    return {"result": [{**names, "id": "a", "value": {kind: codes, **value}}]}


@pytest.mark.parametrize("spans", [False, True])
def test_codes_are_offered_by_their_ids_and_no_others(spans: bool) -> None:
    found = interface(mill_town(), spans=spans)
    kind, place = ("labels", {"start": 0, "end": 3, "text": "The"}) if spans else ("choices", {})
    for code in ("housing", "damp", OTHER, NO_REASON):
        assert (
            found.validate_prediction(prediction([code], kind, **place), return_errors=True) == []
        )
    for code in ("trams", "Housing", "Other / new"):
        assert found.validate_prediction(prediction([code], kind, **place), return_errors=True)


def test_a_code_that_is_not_in_use_is_not_offered_and_headings_are_no_choice() -> None:
    book = retire(mill_town(), "buses", "", DECISION)
    root = fromstring(label_config(book).content)
    assert [one.get("alias") for one in root.iter("Choice")] == [
        "housing",
        "damp",
        OTHER,
        NO_REASON,
    ]
    assert next(root.iter("Choice")).get("hint") == "The home itself."
    (below,) = root.iter("View").__next__().findall("./Choices/View")
    assert [one.get("alias") for one in below] == ["damp"]
    assert not any(one.get("selected") for one in root.iter("Choice"))


@some
@given(book=books())
def test_every_codebook_gives_a_configuration_that_offers_its_codes_in_use(book: Codebook) -> None:
    found = interface(book)
    wanted = [code.id for code in book.in_use]
    assert set(found.get_control(CODES).labels) == {*wanted, OTHER, NO_REASON}
    assert found.validate_prediction(prediction(wanted), return_errors=True) == []
