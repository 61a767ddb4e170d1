"""How sure the order is, in words: what they claim, and what they never claim."""

from __future__ import annotations

from typing import Any

import pytest

from listening.report import certainty


def _document(chances: list[float | None], k: int = 2, tied: str = "") -> dict[str, Any]:
    names = "ABCDE"[: len(chances)]
    reviewed = all(chance is not None for chance in chances)
    return {
        "status": "reviewed" if reviewed else "provisional",
        "k": k,
        "priorities": [
            {
                "id": name,
                "name": name,
                "rank": place,
                "p_top_k": chance,
                "tied_with": [o for o in tied if name in tied and o != name],
            }
            for place, (name, chance) in enumerate(zip(names, chances, strict=True), start=1)
        ],
    }


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (1.0, "Almost certainly among the first 2"),
        (0.95, "Almost certainly among the first 2"),
        (0.94, "Probably among the first 2"),
        (0.74, "Perhaps among the first 2"),
        (0.24, "Probably not among the first 2"),
        (0.04, "Almost certainly not among the first 2"),
    ],
)
def test_a_chance_has_one_word(chance: float, said: str) -> None:
    told = _document([chance, 0.5, 0.5])
    assert certainty.first(told["priorities"][0], told) == said


def test_nothing_is_said_before_people_have_coded_or_where_all_are_first() -> None:
    provisional = _document([None, None, None])
    assert certainty.first(provisional["priorities"][0], provisional) == ""
    assert "Not sure at all yet" in certainty.sentences(provisional)[0]
    every = _document([1.0, 1.0], k=2)
    assert certainty.first(every["priorities"][0], every) == ""
    assert certainty.sentences(every) == [
        "All 2 themes are among the first 2, so only their order is at stake."
    ]


def test_the_top_and_its_order_are_told_apart() -> None:
    said = certainty.sentences(_document([0.99, 0.97, 0.8, 0.3, 0.0], k=3, tied="AB"))
    assert said == [
        "Almost certainly among the first 3: A and B.",
        "Probably among the first 3: C.",
        "Perhaps among the first 3: D.",
        "Their order is less sure than that. A and B cannot be told apart: statistically tied.",
    ]


def test_a_row_names_few_ties_counts_many_and_is_silent_where_all_are_tied() -> None:
    some = _document([1.0, 1.0, 0.1, 0.1], tied="AB")["priorities"]
    assert certainty.tied(some[0], some) == "Tied with B: which stands higher may be chance"
    assert certainty.tied(some[2], some) == ""
    every = _document([0.5] * 4, tied="ABCD")["priorities"]
    assert certainty.tied(every[0], every) == ""
