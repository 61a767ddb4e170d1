"""The shared drivers, the diagram made of them, and its drawing."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.actions import Action, Branch, packaged, parse, tree
from listening.actions.drivers import UNPLACED
from listening.errors import InvalidProgramme
from listening.report import driver_diagram

ATTACK = '<script>alert(1)</script> & "more"'


def plain(branch: Branch) -> dict[str, object]:
    return {
        "words": branch.words,
        "status": branch.status,
        "branches": [plain(one) for one in branch.branches],
    }


def test_the_packaged_drivers_all_have_names_and_branches() -> None:
    known = packaged()
    assert set(known.primary) == set(known.secondary)
    assert all(known.secondary[key] for key in known.primary)
    keys = [key for _, inner in known.choices for key, _ in inner]
    assert len(keys) == len(set(keys))
    assert known.named(keys[0]) == (next(iter(known.primary.values())), known.choices[0][1][0][1])


def test_a_site_adds_its_own_and_loses_none() -> None:
    known = packaged()
    more = parse('[homes.secondary]\nboats = "Moorings"\n[river]\nname = "The river"\n', known)
    assert more.named("homes/boats") == (known.primary["homes"], "Moorings")
    assert more.named("homes/repairs") == known.named("homes/repairs")
    assert more.primary["river"] == "The river"


@pytest.mark.parametrize(
    "content",
    ["homes = 1", '[new]\nsecondary = "no table"', "[new]\n", '["a/b"]\nname = "x"', "[["],
)
def test_what_is_no_list_of_drivers_is_refused(content: str) -> None:
    with pytest.raises(InvalidProgramme):
        parse(content)


def test_the_diagram_goes_from_the_aim_of_a_priority_to_its_ideas() -> None:
    actions = [
        Action(
            "1", "housing", "Housing", aim_what="less damp", driver="homes/repairs", idea="Team"
        ),
        Action("2", "housing", "Housing", driver="homes/repairs", idea="Phone line"),
        Action("3", "housing", "Housing", driver="gone/away", idea="Book"),
        Action("4", "money", "Money", driver="money/advice", idea="Van"),
    ]
    first, second = tree(actions, packaged())
    assert first.words.startswith("Housing: Less damp")
    assert [one.words for one in first.branches] == [packaged().primary["homes"], UNPLACED]
    assert [one.words for one in first.branches[0].branches[0].branches] == ["Team", "Phone line"]
    assert second.words == "Money"


@given(
    st.lists(
        st.builds(
            Action,
            id=st.text(min_size=1, max_size=3),
            theme=st.sampled_from(["a", "b", ""]),
            idea=st.text(max_size=200),
            aim_what=st.text(max_size=80),
            driver=st.sampled_from(["homes/repairs", "homes/rent", "money/advice", "", "x/y"]),
        ),
        max_size=12,
    )
)
def test_every_action_stands_once_in_the_diagram(actions: list[Action]) -> None:
    trees = tree(actions, packaged(), "none")
    ideas = [
        idea
        for one in trees
        for primary in one.branches
        for secondary in primary.branches
        for idea in secondary.branches
    ]
    assert sorted(idea.action for idea in ideas) == sorted(one.id for one in actions)


def boxes(svg: str) -> list[tuple[float, float, float]]:
    """Return left, top and bottom of every box."""
    found = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', svg)
    return [(float(x), float(y), float(y) + float(h)) for x, y, h in found]


def test_boxes_of_a_column_do_not_overlap_and_lie_in_the_picture() -> None:
    many = [
        Action(str(n), "t", "Housing", driver=driver, idea="A long idea " * (n % 4 + 1))
        for n, driver in enumerate(["homes/repairs", "homes/rent", "money/advice"] * 3)
    ]
    long_aim = Action("z", "t", "Housing", aim_what="very long words " * 20, driver="money/work")
    for actions in (many, [long_aim], [long_aim, *many]):
        (one,) = tree(actions, packaged())
        svg = driver_diagram(plain(one))
        height = float(re.findall(r'height="(\d+)"', svg)[0])
        placed = sorted(boxes(svg))
        for left, right in pairwise(placed):
            assert left[0] != right[0] or left[2] <= right[1]
        assert all(top >= 0 and bottom <= height + 1 for _, top, bottom in placed)


def test_words_are_escaped_and_no_style_stands_in_the_drawing() -> None:
    (one,) = tree([Action("1", "t", "Housing", idea=ATTACK)], packaged())
    svg = driver_diagram(plain(one))
    ET.fromstring(svg)  # noqa: S314 - our own
    assert "<script" not in svg
    assert "style=" not in svg
