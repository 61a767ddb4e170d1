"""What a programme brings, and how grave coders found things, stand beside the order of a run."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from material import request

from listening import steps
from listening.errors import ListeningError
from listening.steps import Work
from listening.steps.change import wave_of
from listening.steps.coding import pull, push
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, CODERS, book, chosen, lay_out, marked, ticked
from tests.steps.town import RUN

OpenAt = Callable[[Path], Work]
PANEL = "id,word,words,date,present\nhousing,rename,Our homes,2026-05-02,9\nsky,confirm,,,\n"
TALK = """Interviewer: What would help?
Resident: The damp in our flat is what makes the children ill every winter.
"""
INDICATORS = "place,measure,value\nMill,Damp homes,21.5\nMill,GPs,many\n"


@pytest.fixture
def coded(tmp_path_factory: pytest.TempPathFactory, open_at: OpenAt) -> tuple[Work, Path]:
    """A town that one person has read whole, marking how grave every third answer is."""
    folder = tmp_path_factory.mktemp("beside")
    work = open_at(folder / "home")
    themes = lay_out(work)
    asked = {"codebook": book(), "k": 3, "programme": "", "wave": "", "population": ""}
    work.store.note_run(RUN, parameters=asked | {"extend": False, "options": {}})
    chosen(work, folder / "selection.csv")
    server = FakeLabelStudio(CODERS)
    push(work, RUN, book(), server, [ADA])
    for place, (number, task) in enumerate(server.hold(f"blind/whole/{ADA}").items()):
        severity = 3 if place % 3 == 0 else None
        server.submit(number, ADA, ticked(themes[task["data"]["text"]], severity=severity))
    for number, task in server.hold(f"blind/spans/{ADA}").items():
        server.submit(number, ADA, marked(task, "housing", 0, "damp"))
    pull(work, server)
    return work, folder


def written(work: Work, out: Path) -> dict[str, Any]:
    steps.write_results(work, RUN, steps.prioritise(work, RUN), out)
    told: dict[str, Any] = json.loads((out / "priorities.json").read_text(encoding="utf-8"))
    return told


def test_a_panels_word_changes_no_byte_of_the_order(
    coded: tuple[Work, Path], tmp_path: Path
) -> None:
    work, folder = coded
    before = written(work, folder / "before")
    (tmp_path / "panel.csv").write_text(PANEL, encoding="utf-8")
    (tmp_path / "indicators.csv").write_text(INDICATORS, encoding="utf-8")
    steps.bring(work, RUN, panel=tmp_path / "panel.csv", indicators=tmp_path / "indicators.csv")
    after = written(work, folder / "after")

    ranks = [(folder / name / "priorities.csv").read_bytes() for name in ("before", "after")]
    assert ranks[0] == ranks[1]
    by = {one["id"]: one["panel"] for one in after["priorities"]}
    assert by["housing"][0]["words"] == "Our homes"
    assert all(words == [] for theme, words in by.items() if theme != "housing")
    bare = [{**one, "panel": []} for one in after["priorities"]]
    heard = [place for place in after["places"] if place["name"] != "Mill"]
    assert {**after, "priorities": bare, "places": heard} == before
    mill = next(place for place in after["places"] if place["name"] == "Mill")
    assert [one["value"] for one in mill["indicators"]] == [21.5]
    assert "Our homes" in (folder / "after" / "report.html").read_text(encoding="utf-8")
    rejects = pd.read_csv(folder / "after" / "rejects.csv", keep_default_na=False)
    assert {"panel.csv", "indicators.csv"} <= set(rejects["file"])


def test_how_grave_coders_found_it_stands_with_the_theme(coded: tuple[Work, Path]) -> None:
    work, folder = coded
    told = written(work, folder / "grave")
    marks = {one["id"]: one for one in told["priorities"]}
    assert told["status"] == "reviewed"
    assert all(one["intensity"] == 3 for one in marks.values() if one["intensity_people"])
    assert 0 < sum(one["intensity_people"] for one in marks.values()) < told["people"]
    table = pd.read_csv(folder / "grave" / "priorities.csv")
    assert table["intensity_people"].tolist() == [one["intensity_people"] for one in marks.values()]


def test_the_working_results_tell_who_was_counted_as_a_later_wave_needs_it(
    coded: tuple[Work, Path],
) -> None:
    work, folder = coded
    written(work, folder / "wave")
    wave = wave_of(folder / "wave")
    assert (wave.status, wave.version) == ("reviewed", "town 1.0")
    codings = pd.read_csv(folder / "wave" / "codings.csv", dtype=str, keep_default_na=False)
    human = codings[codings["origin"] == "human"]
    # whom only the correction counts was read by nobody, and is no part of a comparison
    assert set(wave.participants["participant_id"]) == set(human["participant_id"])
    ranked = human[human["code"].isin(list(wave.names))]
    pairs = set(zip(ranked["participant_id"], ranked["code"], strict=True))
    raised = wave.raised[wave.raised["code"].isin(list(wave.names))]
    assert set(zip(raised["participant_id"], raised["code"], strict=True)) == pairs
    assert wave.codebook is not None
    assert wave.codebook.label == "town 1.0"


def test_a_table_that_is_none_is_refused_before_any_work(
    coded: tuple[Work, Path], tmp_path: Path
) -> None:
    work, _ = coded
    (tmp_path / "panel.csv").write_text("theme,said\nhousing,yes\n", encoding="utf-8")
    with pytest.raises(ListeningError, match="“id”"):
        steps.bring(work, RUN, panel=tmp_path / "panel.csv")


def test_tables_in_the_folder_that_is_read_are_brought_and_are_nobodys_answers(
    open_at: OpenAt, tmp_path: Path
) -> None:
    spring = tmp_path / "spring"
    spring.mkdir()
    (spring / "talk.txt").write_text(TALK, encoding="utf-8")
    (spring / "panel.csv").write_text(PANEL, encoding="utf-8")
    (spring / "indicators.csv").write_text(INDICATORS, encoding="utf-8")
    work = open_at(tmp_path / "home")
    run_id = steps.begin(work, request(spring))
    steps.ingest(work, run_id)
    run = work.store.run(run_id)
    assert len(run.sources) == 1
    assert (run.parameters["panel"], run.parameters["indicators"]) == (PANEL, INDICATORS)


def test_a_table_named_by_hand_goes_before_one_that_lies_in_the_folder(
    open_at: OpenAt, tmp_path: Path
) -> None:
    spring = tmp_path / "spring"
    spring.mkdir()
    (spring / "talk.txt").write_text(TALK, encoding="utf-8")
    (spring / "panel.csv").write_text(PANEL, encoding="utf-8")
    other = tmp_path / "later.csv"
    other.write_text(PANEL.replace("Our homes", "Homes"), encoding="utf-8")
    work = open_at(tmp_path / "home")
    run_id = steps.begin(work, replace(request(spring), panel=other))
    steps.ingest(work, run_id)
    assert "Homes" in work.store.run(run_id).parameters["panel"]
    assert "Our homes" not in work.store.run(run_id).parameters["panel"]
