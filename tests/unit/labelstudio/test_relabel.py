"""An annotation's codes put as the store has them: nothing else in it changes."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from listening.labelstudio.relabel import Mark, as_stored

CODES = st.lists(st.sampled_from(["damp", "rent", "buses"]), unique=True, min_size=1)


def result(name: str, value: dict[str, Any], key: str = "x") -> dict[str, Any]:
    return {"id": key, "from_name": name, "to_name": "text", "type": "any", "value": value}


def whole(*codes: str, **severity: int) -> list[dict[str, Any]]:
    grave = [result(f"severity_{code}", {"number": one}) for code, one in severity.items()]
    return [
        result("codes", {"choices": list(codes)}),
        result("memo", {"text": ["a memo"]}),
        *grave,
    ]


def stretch(key: str, *codes: str) -> list[dict[str, Any]]:
    place = {"start": "0", "end": "0", "startOffset": 3, "endOffset": 9, "text": "walls "}
    return [
        result("codes", {**place, "paragraphlabels": list(codes)}, key),
        result("region_memo", {**place, "text": ["why"]}, key),
    ]


@given(CODES, CODES)
def test_a_whole_item_carries_what_the_store_has_and_its_memo_stays(
    before: list[str], after: list[str]
) -> None:
    put = as_stored(whole(*before), [Mark("", code) for code in after])
    if sorted(before) == sorted(after):
        assert put is None
    else:
        assert put == whole(*after)


def test_two_codes_that_became_one_are_ticked_once_with_the_severity_that_is_there() -> None:
    marks = [Mark("", "damp", 2), Mark("", "damp", 2)]
    put = as_stored(whole("damp", "mould", mould=2), marks)
    assert put is not None
    assert [one["value"] for one in put if one["from_name"] == "codes"] == [{"choices": ["damp"]}]
    grave = {one["from_name"]: one["value"]["number"] for one in put[2:]}
    assert grave == {"severity_damp": 2}
    assert as_stored(put, marks) is None


@given(CODES, CODES)
def test_a_stretch_keeps_its_place_and_memo_and_others_are_not_touched(
    before: list[str], after: list[str]
) -> None:
    given_ = [*stretch("a", *before), *stretch("refused", "rent")]
    put = as_stored(given_, [Mark("a", code) for code in after])
    assert put == (
        None
        if sorted(before) == sorted(after)
        else [*stretch("a", *after), *stretch("refused", "rent")]
    )


def test_what_was_given_is_not_changed_in_place() -> None:
    given_ = stretch("a", "mould")
    as_stored(given_, [Mark("a", "damp")])
    assert given_ == stretch("a", "mould")
