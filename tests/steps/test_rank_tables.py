"""A ranking from plain tables: corrected, weighted, by who could raise what; and a plan."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from listening.errors import ListeningError
from listening.steps import Work, ingest, prioritise, write_results
from listening.steps.change import change
from listening.steps.choices import choose, groups_of, logged
from listening.steps.rank_tables import Given, plan_tables, rank_tables
from tests.steps.material import folder, request

OpenAt = Callable[[Path], Work]

CODES = {"housing": 0.5, "parks": 0.2, "buses": 0.1}


def survey(to: Path, *, people: int = 400, read: int = 100, **more: Any) -> Given:
    """Write a survey of which some were read, at random, and all were guessed."""
    random = np.random.default_rng(5)
    rows, audit = [], []
    for n in range(people):
        who, carries = f"p{n}", [code for code, share in CODES.items() if random.random() < share]
        if n < read:
            audit.append({"participant_id": who, "probability": read / people})
            told = carries or [""]
            rows += [(who, code, "human", "", more.get("question", "")) for code in told]
        for code in CODES:
            likely = 0.8 if code in carries else 0.1
            rows.append((who, code, "suggestion", str(likely), more.get("question", "")))
    columns = ["participant_id", "code", "origin", "probability", "question"]
    pd.DataFrame(rows, columns=columns).to_csv(to / "codings.csv", index=False)
    table = pd.DataFrame({"participant_id": [f"p{n}" for n in range(people)]})
    table["attr:age"] = ["young" if n % 4 else "old" for n in range(people)]
    table.to_csv(to / "participants.csv", index=False)
    pd.DataFrame(audit).to_csv(to / "audit.csv", index=False)
    return Given(to / "codings.csv", to / "participants.csv", to / "audit.csv")


def ranked(given: Given, to: Path, **chosen: Any) -> dict[str, Any]:
    rank_tables(given, to / "out", logged(**{"k": 1, **chosen}), 0)
    return dict(json.loads((to / "out" / "priorities.json").read_text(encoding="utf-8")))


def test_an_audit_lets_everybody_count(tmp_path: Path) -> None:
    told = ranked(survey(tmp_path), tmp_path)
    assert told["status"] == "reviewed"
    assert told["not_yet_read"] == 0
    assert {one["of"] for one in told["priorities"]} == {400}
    assert all(one["estimated"] for one in told["priorities"])
    made = told["correction"]["survey"]
    assert (made["participants"], made["audited"]) == (400, 100)
    assert made["width_against_audited_alone"]["middle"] < 0.9


def test_too_small_an_audit_counts_those_read_alone_and_says_how_many_are_lacking(
    tmp_path: Path,
) -> None:
    given = survey(tmp_path, read=60)
    notes = rank_tables(given, tmp_path / "out", logged(k=1), 0)
    told = json.loads((tmp_path / "out" / "priorities.json").read_text(encoding="utf-8"))
    assert told["correction"] == {}
    assert {one["of"] for one in told["priorities"]} == {60}
    assert told["not_yet_read"] == 340
    assert any("too few were checked" in note and "read 40 more" in note for note in notes)
    assert set(notes) <= set(told["notes"])


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("p1,1.2\n", "row 2 has no probability"),
        ("p1,.2\np2,0\n", "row 3 has no probability"),
        ("p1,\n", "row 2 has no probability"),
        ("p1,.2\np1,.2\n", "row 3 names somebody a second time"),
        ("nobody,.2\n", "names nobody who answered the survey"),
    ],
)
def test_an_audit_that_cannot_be_used_is_refused_in_plain_words(
    tmp_path: Path, rows: str, why: str
) -> None:
    given = survey(tmp_path)
    (tmp_path / "audit.csv").write_text("participant_id,probability\n" + rows, encoding="utf-8")
    with pytest.raises(ListeningError) as refused:
        ranked(given, tmp_path)
    assert why in str(refused.value).replace(":", "")


def test_an_audit_of_people_without_a_coding_and_of_strangers_is_said(tmp_path: Path) -> None:
    given = survey(tmp_path)
    with (tmp_path / "audit.csv").open("a", encoding="utf-8") as file:
        file.write("p300,.25\np301,.25\nstranger,.25\n")
    told = ranked(given, tmp_path)
    assert any("names 2 of whom no person's coding is given" in note for note in told["notes"])
    assert any("names 1 who are not among the participants" in note for note in told["notes"])


def test_before_anybody_has_coded_an_audit_corrects_nothing_and_nobody_was_read(
    tmp_path: Path,
) -> None:
    given = survey(tmp_path)
    rows = pd.read_csv(given.codings, keep_default_na=False)
    rows[rows["origin"] == "suggestion"].to_csv(given.codings, index=False)
    told = ranked(given, tmp_path)
    assert (told["status"], told["correction"]) == ("provisional", {})
    assert not any("read in full" in note for note in told["notes"])
    assert any("no person has coded anything yet" in note for note in told["notes"])


def test_choices_are_written_with_their_time_before_the_ranks(tmp_path: Path) -> None:
    told = ranked(
        survey(tmp_path), tmp_path, scheme="equal", priority_groups=groups_of(["attr:age=old"])
    )
    log = json.loads((tmp_path / "out" / "choices.json").read_text(encoding="utf-8"))
    assert datetime.fromisoformat(log["made_at"]).tzinfo is not None
    assert told["choices"]["made_on"] == log["made_at"][:10]
    assert told["choices"]["scheme"] == told["scheme"] == "equal"
    assert told["choices"]["priority_groups"] == [["age", "old"]]
    assert told["choices"]["earlier"] == []


def test_weights_are_used_where_they_are_asked_for_and_else_shown_beside(tmp_path: Path) -> None:
    given = survey(tmp_path)
    population = tmp_path / "population.csv"
    population.write_text("attribute,value,count\nage,young,500\nage,old,500\n", encoding="utf-8")
    given = Given(given.codings, given.participants, given.audit, population)
    plain = ranked(given, tmp_path)
    assert plain["weighted"] == {}
    covered = plain["coverage"]["people"]
    assert "weighted" in plain["sensitivity"]["orders"]
    told = ranked(given, tmp_path, weights=True)
    assert told["weighted"]["survey"] > 1
    assert "unweighted" in told["sensitivity"]["orders"]
    assert any("weighted to the population by age" in note for note in told["notes"])
    # what a reader sees are people as they were heard
    assert told["coverage"]["people"] == covered
    assert {one["of"] for one in told["priorities"]} == {400}


def test_weights_without_a_population_table_are_said_to_do_nothing(tmp_path: Path) -> None:
    told = ranked(survey(tmp_path), tmp_path, weights=True)
    assert any("there is no population table" in note for note in told["notes"])


def test_a_question_that_could_not_raise_a_code_leaves_nobody_in_its_denominator(
    tmp_path: Path,
) -> None:
    given = survey(tmp_path, question="How is your home?")
    questions = tmp_path / "questions.csv"
    questions.write_text(
        "question,code,how\nHow is your home?,housing,prompted\n"
        "How is your home?,parks,spontaneous\n",
        encoding="utf-8",
    )
    told = ranked(Given(given.codings, given.participants, given.audit, None, questions), tmp_path)
    found = {one["id"]: one for one in told["priorities"]}
    assert (found["housing"]["of"], found["housing"]["prompted"]) == (400, 400)
    assert (found["parks"]["of"], found["parks"]["prompted"]) == (400, 0)
    assert found["buses"]["of"] == 0
    assert any("let them raise buses" in note for note in told["notes"])
    # readers found buses all the same: that is set aside aloud
    assert any("the code buses" in note and "could not raise it" in note for note in told["notes"])


def test_a_ranking_from_tables_can_be_compared_with_the_next_one(tmp_path: Path) -> None:
    for name in ("spring", "autumn"):
        (tmp_path / name).mkdir()
        given = survey(tmp_path / name)
        coded = pd.read_csv(given.codings, dtype=str, keep_default_na=False)
        coded.assign(codebook_version="b 1.0").to_csv(given.codings, index=False)
        ranked(given, tmp_path / name)
    found = change(
        [tmp_path / "spring" / "out", tmp_path / "autumn" / "out"],
        tmp_path / "change",
        paired=False,
        seed=1,
    )
    assert {one.id for one in found.themes} == set(CODES)
    # the hundred whom people read, among them those who raised nothing
    assert {level.of for one in found.themes for level in one.levels} == {100}
    assert all(change.difference == 0 for one in found.themes for change in one.changes)
    assert any("those alone are compared whom people read" in note for note in found.notes)


def test_participants_are_never_written_over_those_that_were_given(tmp_path: Path) -> None:
    given = survey(tmp_path)
    before = given.participants.read_bytes()
    said = rank_tables(given, tmp_path, logged(k=1), 0)
    assert given.participants.read_bytes() == before
    assert any("left as you gave it" in note for note in said)


def test_a_plan_says_how_many_more_to_read(tmp_path: Path) -> None:
    (sentence,) = plan_tables(survey(tmp_path), tmp_path / "out", 1, 0)
    table = pd.read_csv(tmp_path / "out" / "plan.csv").set_index("code")
    housing = table.loc["housing"]
    free = housing["share"] * (1 - housing["share"]) * (1 - housing["correlation"] ** 2)
    assert housing["needed"] == pytest.approx(1.959964**2 * free / 0.05**2, abs=2)
    assert housing["correlation"] == pytest.approx(1.0, abs=1e-6)
    assert table["read"].tolist() == [100, 100]
    assert "which is enough" in sentence


def test_a_plan_without_a_machine_needs_more(tmp_path: Path) -> None:
    given = survey(tmp_path, read=120)
    rows = pd.read_csv(given.codings, keep_default_na=False)
    rows[rows["origin"] == "human"].to_csv(given.codings, index=False)
    (sentence,) = plan_tables(given, tmp_path / "out", 1, 0)
    assert "more people, drawn at random, for ± 5 points on the first 2 codes" in sentence
    assert "housing needs most" in sentence


def test_a_priority_group_is_spelt_as_attribute_and_value() -> None:
    with pytest.raises(ListeningError, match="not ATTRIBUTE=VALUE"):
        groups_of(["old people"])
    with pytest.raises(ListeningError, match="the scheme must be one of"):
        logged(k=1, scheme="loudest")


def test_choices_made_again_leave_the_earlier_ones_standing(
    open_at: OpenAt, tmp_path: Path
) -> None:
    from listening.steps import begin

    work: Work = open_at(tmp_path / "home")
    run_id = begin(work, request(folder(tmp_path / "in")))
    ingest(work, run_id)
    choose(work, run_id, logged(k=2, scheme="pooled"))
    write_results(work, run_id, prioritise(work, run_id), tmp_path / "out")
    told = json.loads((tmp_path / "out" / "priorities.json").read_text(encoding="utf-8"))
    assert (told["k"], told["scheme"]) == (2, "pooled")
    (earlier,) = told["choices"]["earlier"]
    assert earlier["scheme"] == "depth"
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert [one["scheme"] for one in run["parameters"]["choices"]] == ["depth", "pooled"]
