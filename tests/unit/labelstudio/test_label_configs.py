"""Each configuration is one that Label Studio's own reader takes, with codes by their ids."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from listening.codebook import NO_REASON, OTHER, Code, Codebook, retire
from listening.labelstudio.configs import project_config
from listening.labelstudio.names import CODES
from listening.labelstudio.nouns import BLIND, LAYOUTS, ROLES_OF_PROJECTS, SPANS, WHOLE
from listening.labelstudio.palette import KEYS, TOL, colours, on_top
from tests.unit.codebook.codebook_cases import DECISION, books, mill_town, some

EVERY = list(product(LAYOUTS, ROLES_OF_PROJECTS))


def interface(book: Codebook, layout: str, role: str = BLIND) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own
        from label_studio_sdk.label_interface import LabelInterface

        found = LabelInterface(project_config(book, layout, role).content.decode())
        found.validate()
    return found


def prediction(codes: list[str], kind: str = "choices", **value: Any) -> dict[str, Any]:
    names = {"from_name": CODES, "to_name": "text", "type": kind}
    return {"result": [{**names, "id": "a", "value": {kind: codes, **value}}]}


@pytest.mark.parametrize(("layout", "role"), EVERY)
def test_codes_are_offered_by_their_ids_and_no_others(layout: str, role: str) -> None:
    found = interface(mill_town(), layout, role)
    control = found.get_control(CODES)
    assert set(control.labels) == {"housing", "damp", "buses", OTHER, NO_REASON}
    if layout == WHOLE:
        assert found.validate_prediction(prediction(["damp"]), return_errors=True) == []
        assert found.validate_prediction(prediction(["trams"]), return_errors=True)


@pytest.mark.parametrize(("layout", "role"), EVERY)
def test_nothing_is_ticked_beforehand(layout: str, role: str) -> None:
    root = fromstring(project_config(mill_town(), layout, role).content)
    assert not [one for one in root.iter() if one.get("selected")]
    assert not [one for one in root.iter() if one.get("for")]


def test_hints_are_in_assisted_projects_alone_and_answers_where_they_are_adjudicated() -> None:
    shown = {
        role: {
            one.get("value")
            for one in fromstring(project_config(mill_town(), SPANS, role).content).iter(
                "HyperText"
            )
        }
        for role in ROLES_OF_PROJECTS
    }
    assert [
        ("$shown_hints" in shown[role], "$shown_answers" in shown[role])
        for role in ROLES_OF_PROJECTS
    ] == [
        (True, False),
        (False, False),
        (False, True),
    ]


def test_a_code_that_is_not_in_use_is_not_offered_and_headings_are_no_choice() -> None:
    book = retire(mill_town(), "buses", "", DECISION)
    book = replace(book, codes=tuple(replace(c, codable=c.id != "housing") for c in book.codes))
    root = fromstring(project_config(book, WHOLE, BLIND).content)
    (choices,) = [one for one in root.iter("Choices") if one.get("name") == CODES]
    assert [one.get("alias") for one in choices.iter("Choice")] == ["damp", OTHER, NO_REASON]
    assert [one.get("value") for one in choices.iter("Header")] == ["Housing"]
    (below,) = choices.findall("./View")
    assert [one.get("hint") for one in below] == ["Whether the home is dry."]


def test_labels_stand_under_those_above_them_and_differ_in_colour_and_key() -> None:
    root = fromstring(project_config(mill_town(), SPANS, BLIND).content)
    labels = list(root.iter("Label"))
    assert [one.get("alias") for one in root.find(".//ParagraphLabels").findall("./View/")] == [
        "damp"
    ]
    for told in ("background", "hotkey", "alias"):
        assert len({one.get(told) for one in labels}) == len(labels)


def test_a_dollar_in_a_name_is_no_field_of_the_task() -> None:
    book = mill_town()
    named = replace(book.codes[0], name="$question and $5 a week")
    book = replace(book, codes=(named, *book.codes[1:]))
    for layout in LAYOUTS:
        content = project_config(book, layout, BLIND).content.decode()
        assert "$question and" not in content
        assert "$5" not in content
        assert not re.search(
            r"^[$]|[$]\w",
            "".join(
                one.get("value", "")
                for one in fromstring(content).iter()
                if one.tag in ("Label", "Choice", "Header")
            ),
        )


@some
@given(book=books())
def test_every_codebook_gives_configurations_that_offer_its_codes_in_use(book: Codebook) -> None:
    wanted = [code.id for code in book.in_use]
    for layout in LAYOUTS:
        found = interface(book, layout)
        assert set(found.get_control(CODES).labels) == {*wanted, OTHER, NO_REASON}
    assert found.validate_prediction(prediction(wanted), return_errors=True) == []


def test_a_code_past_the_last_key_has_none_and_no_hidden_number_takes_a_letter() -> None:
    codes = tuple(Code(f"c{n}", f"Code {n}", f"Means {n}.") for n in range(60))
    root = fromstring(project_config(replace(mill_town(), codes=codes), WHOLE, BLIND).content)
    keys = [one.get("hotkey") for one in root.iter("Choice")]
    assert keys[:2] == ["1", "2"]
    assert len({key for key in keys if key}) == len(KEYS)
    assert keys[len(KEYS) :] == [None] * (62 - len(KEYS))
    pressed = [one.get("hotkey", "") for one in root.iter("Number")]
    assert pressed[0] == "shift+1"
    assert all("+" in key for key in pressed)
    assert "shift+f" not in pressed


def test_a_codebooks_own_colours_are_kept_and_others_are_never_like_them() -> None:
    own = (
        Code("a", "A", "a", colour="#4477aa"),
        Code("b", "B", "b"),
        Code("c", "C", "c", colour="red"),
    )
    found = colours(own)
    assert found["a"] == "#4477aa"
    assert len(set(found.values())) == 3
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in found.values())


@given(st.integers(1, 300))
def test_every_code_has_a_colour_of_its_own_with_letters_that_can_be_read(count: int) -> None:
    found = colours([Code(f"c{n}", f"{n}", "") for n in range(count)])
    assert len(set(found.values())) == count
    assert all(contrast(colour, on_top(colour)) >= 4.5 for colour in found.values())


#: Machado, Oliveira and Fernandes (2009), table 1: what is seen without one kind of cone
BLIND_TO = {
    "red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


@pytest.mark.parametrize("kind", BLIND_TO)
def test_colours_of_neighbours_differ_for_colour_blind_readers(kind: str) -> None:
    seen = [_lab(colour, BLIND_TO[kind]) for colour in TOL]
    # 10 is about ten times what can just be told apart side by side
    assert min(math.dist(one, other) for one, other in pairwise([*seen, seen[0]])) > 10


def _lab(colour: str, matrix: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Return a colour as somebody sees it, in CIE L*a*b* (D65)."""
    given = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in given]
    red, green, blue = (
        max(0.0, min(1.0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in matrix
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)
