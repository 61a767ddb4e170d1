"""The six-theme case: the bundled example, as its authors coded it, ranked from tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from listening import priorities, sources
from listening.cli import app
from listening.priorities import RankSettings, Theme
from listening.steps.people_table import people_of
from tests.conftest import EXAMPLE
from tests.example_coded import write

SIX = ("housing", "money", "community", "neighbourhood", "crime-safety", "structural-racism")
GROUPS = (("ethnicity", "Black Somali"), ("ethnicity", "Roma"))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The ranking, five of six at the top, with two groups to be looked after."""
    codings, participants = write(tmp_path_factory.mktemp("coded"))
    given = [
        pd.read_csv(path, dtype=str, keep_default_na=False) for path in (codings, participants)
    ]
    raised = given[0].loc[given[0]["code"] != "", ["participant_id", "code"]]
    people, _ = people_of(given[1], "participants.csv")
    living, refused = sources.read_population(
        "population.csv", (EXAMPLE / "population.csv").read_bytes()
    )
    assert not refused
    ranking = priorities.rank(
        raised,
        people,
        [Theme(code, code, "", rankable=code != "other") for code in (*SIX, "other")],
        RankSettings(k=5, status="reviewed", priority_groups=GROUPS),
        0,
        living,
    )
    return priorities.document(
        ranking, programme="", wave="", codebook_version="1.0", quotes={}, not_yet_read=0
    )


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


def _ranked(folder: Path, codings: Path, participants: Path) -> dict[str, Any]:
    words = ["rank", "--codings", codings, "--participants", participants, "--k", "5"]
    words += ["--population", EXAMPLE / "population.csv", "--out", folder]
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return dict(json.loads((folder / "priorities.json").read_text(encoding="utf-8")))


def test_the_command_tells_the_same_of_groups(found: dict[str, Any], tmp_path: Path) -> None:
    told = _ranked(tmp_path / "out", *write(tmp_path))
    assert [one["id"] for one in told["priorities"]] == [one["id"] for one in found["priorities"]]
    for field in ("differences", "representation", "comparison"):
        assert told[field] == found[field], field


def test_coding_a_person_ten_times_or_in_twice_as_many_passages_moves_nothing(
    tmp_path: Path,
) -> None:
    codings, participants = write(tmp_path)
    before = _ranked(tmp_path / "once", codings, participants)
    said = pd.read_csv(codings, dtype=str, keep_default_na=False)
    ten = said[said["participant_id"] == "I01"]
    longer = said[said["participant_id"] == "I02"]
    often = pd.concat([said, *[ten] * 9, longer])
    assert len(often) > len(said) + 9
    often.to_csv(tmp_path / "often.csv", index=False)
    assert _ranked(tmp_path / "often", tmp_path / "often.csv", participants) == before
