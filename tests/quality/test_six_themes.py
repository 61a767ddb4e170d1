"""The six-theme case: the bundled example, as its authors coded it, ranked from tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from listening.cli import app
from tests.conftest import EXAMPLE
from tests.example_coded import write

SIX = ("housing", "money", "community", "neighbourhood", "crime-safety", "structural-racism")
GROUPS = (("ethnicity", "Black Somali"), ("ethnicity", "Roma"))


def _ranked(folder: Path, codings: Path, participants: Path) -> dict[str, Any]:
    words = ["rank", "--codings", codings, "--participants", participants, "--k", "5"]
    words += ["--population", EXAMPLE / "population.csv", "--out", folder]
    for name, value in GROUPS:
        words += ["--priority-group", f"{name}={value}"]
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return dict(json.loads((folder / "priorities.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The ranking by `listening rank`, five of six at the top, two groups to be looked after."""
    folder = tmp_path_factory.mktemp("coded")
    return _ranked(folder / "out", *write(folder))


def test_the_six_come_with_intervals(found: dict[str, Any]) -> None:
    ranked = found["priorities"]
    assert {one["id"] for one in ranked} == set(SIX)
    assert ranked[0]["id"] == "housing"
    for one in ranked:
        assert one["interval"][0] < one["prevalence"] < one["interval"][1]
        assert one["rank_interval"][0] <= one["rank"] <= one["rank_interval"][1]
        assert 0 <= one["p_top_k"] <= 1


def test_the_concern_of_few_is_outside_the_top_and_inside_the_protected_list(
    found: dict[str, Any],
) -> None:
    racism = next(one for one in found["priorities"] if one["id"] == "structural-racism")
    assert racism["rank"] == 6 > found["k"]
    assert racism["p_top_k"] < 0.2
    assert [(one["value"], one["id"]) for one in found["protected"]] == [
        ("Black Somali", "structural-racism")
    ]
    one = found["protected"][0]
    assert one["p_top_3"] >= 0.8
    assert one["of"] >= 10
    assert racism["equity"]["value"] == "Black Somali"


def test_who_holds_it_differs_from_the_others_in_a_plain_sentence(found: dict[str, Any]) -> None:
    sentences = [
        one["sentence"] for one in found["differences"] if one["id"] == "structural-racism"
    ]
    assert (
        "11 of 20 people of this group (ethnicity: Black Somali) raised structural-racism, "
        "11 of 244 others." in sentences
    )


def test_a_group_with_nobody_is_listed_as_not_heard(found: dict[str, Any]) -> None:
    roma = next(one for one in found["not_heard"] if one["value"] == "Roma")
    assert (roma["heard"], roma["population"]) == (0, 410)
    beside = next(one for one in found["representation"] if one["value"] == "Roma")
    assert (beside["people"], beside["ratio"], beside["under_heard"]) == (0, 0.0, True)
    told = {one["value"]: one["sentence"] for one in found["priority_groups"]}
    assert "Nobody known to be of this group (ethnicity: Roma) was heard" in told["Roma"]
    assert not any(one["value"] == "Roma" for one in found["differences"])


def test_every_attribute_of_the_example_matches_its_population_table(found: dict[str, Any]) -> None:
    assert found["not_matched"] == []


def test_coding_a_person_ten_times_or_in_twice_as_many_passages_moves_nothing(
    found: dict[str, Any], tmp_path: Path
) -> None:
    codings, participants = write(tmp_path)
    said = pd.read_csv(codings, dtype=str, keep_default_na=False)
    ten = said[said["participant_id"] == "I01"]
    longer = said[said["participant_id"] == "I02"]
    often = pd.concat([said, *[ten] * 9, longer])
    assert len(often) > len(said) + 9
    often.to_csv(tmp_path / "often.csv", index=False)
    assert _ranked(tmp_path / "often", tmp_path / "often.csv", participants) == found
