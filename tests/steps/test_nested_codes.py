"""Codes under a broader one, the whole way: what is ranked, told, quoted, planned and compared."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from listening import steps
from listening.errors import InvalidCodebook
from listening.steps import Work, kept_passages
from listening.steps.change import change
from listening.steps.choices import logged
from listening.steps.coding import pull, push
from listening.steps.kept_results import KeptResults
from listening.steps.leading import evidence
from listening.steps.planning import plan_run
from listening.steps.rank_tables import Given, plan_tables, rank_tables
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps import coded_town
from tests.steps.coded_town import ADA, CODERS, chosen, lay_out, marked, ticked
from tests.steps.test_rank_tables import ranked, survey
from tests.steps.town import RUN

OpenAt = Callable[[Path], Work]

OUTDOORS = """[[codes]]
id = "outdoors"
name = "Out of doors"
definition = "What people say of being out and about."
examples = ["pavement litter 1", "street lamp 2", "pavement lamp 3", "litter street 4",
  "lamp litter 5", "pavement street 6", "street litter 7", "lamp pavement 8", "litter lamp 9"]
"""


def book(version: str = "1.0") -> str:
    """The town's codebook, with buses and parks under a code of their own."""
    text = coded_town.book(version, OUTDOORS)
    for code in ("buses", "parks"):
        text = text.replace(f'id = "{code}"\n', f'id = "{code}"\nparent = "outdoors"\n')
    return text


def results(work: Work, out: Path) -> dict[str, Any]:
    steps.write_results(work, RUN, steps.prioritise(work, RUN), out, kept_passages.files)
    return dict(json.loads((out / "priorities.json").read_text(encoding="utf-8")))


def by_id(told: Mapping[str, Any]) -> dict[str, Any]:
    return {one["id"]: one for one in told["priorities"]}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def laid_out(open_at: OpenAt, tmp_path: Path) -> tuple[Work, dict[str, str]]:
    work = open_at(tmp_path / "home")
    themes = lay_out(work)
    asked = {"codebook": book(), "k": 1, "programme": "", "wave": "", "population": ""}
    work.store.note_run(RUN, parameters=asked | {"extend": False, "options": {}})
    return work, themes


def read(work: Work, themes: Mapping[str, str], folder: Path) -> Counter[str]:
    """Let one person code the audit and the conversation; return what was given in the audit."""
    chosen(work, folder / "selection.csv")
    server = FakeLabelStudio(CODERS)
    push(work, RUN, book(), server, [ADA])
    given: Counter[str] = Counter()
    for number, task in list(server.hold(f"blind/whole/{ADA}").items()):
        theme = themes[task["data"]["text"]]
        given[theme] += 1
        server.submit(number, ADA, ticked(theme))
    for number, task in server.hold(f"blind/spans/{ADA}").items():
        server.submit(number, ADA, marked(task, "buses", 0, "damp"))
    pull(work, server)
    return given


def test_what_people_coded_counts_for_the_broad_code_and_is_corrected_as_such(
    laid_out: tuple[Work, dict[str, str]], tmp_path: Path
) -> None:
    work, themes = laid_out
    given = read(work, themes, tmp_path)
    told = results(work, tmp_path / "out")
    assert told["status"] == "reviewed"
    found = by_id(told)
    assert set(found) == {"housing", "outdoors"}
    truth = Counter(themes.values())
    outdoors = found["outdoors"]
    # guesses are learnt of the broad code: it is plain who speaks of it
    assert outdoors["sources"]["survey"]["estimated"]
    assert outdoors["sources"]["survey"]["people"] == pytest.approx(
        truth["buses"] + truth["parks"], abs=4
    )
    assert outdoors["sources"]["focus_group"]["people"] == 1
    within = {one["id"]: one["people"] for one in outdoors["within"]}
    assert within == {"buses": given["buses"] + 1, "parks": given["parks"]}
    assert outdoors["read"]["people"] == sum(within.values())
    assert "within" not in found["housing"]
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Of the people read who raised it" in page
    assert f"{within['parks']} spoke of “Parks”" in page


def test_quotes_and_passages_of_narrower_codes_speak_for_the_broad_one(
    laid_out: tuple[Work, dict[str, str]], tmp_path: Path
) -> None:
    work, themes = laid_out
    given = read(work, themes, tmp_path)
    out = tmp_path / "out"
    told = results(work, out)
    assert len(by_id(told)["outdoors"]["quotes"]) == 3
    assert {row["code"] for row in rows(out / "quotes.csv")} <= {"housing", "outdoors"}
    raised = Counter(row["code"] for row in rows(out / "raised.csv"))
    # kept by the very codes that were given
    assert raised["parks"] == given["parks"]
    assert raised["outdoors"] == 0
    kept = KeptResults(out, RUN, datetime.now(UTC), "mark", False, 0.0)
    page = evidence.passages(kept, "outdoors", 1)
    assert page.people == given["buses"] + given["parks"] + 1
    assert all(one.counted for one in page.passages)
    pages = [evidence.passages(kept, "outdoors", one + 1) for one in range(page.pages)]
    named = Counter(one.within for each in pages for one in each.passages)
    assert set(named) == {"Buses", "Parks"}
    assert named["Parks"] == given["parks"]
    assert {one.within for one in evidence.passages(kept, "housing", 1).passages} == {""}
    plan_run(work, RUN, out, 1)
    assert {row["code"] for row in rows(out / "plan.csv")} == {"housing", "outdoors"}


def test_while_provisional_suggestions_count_for_the_broad_code(
    laid_out: tuple[Work, dict[str, str]], tmp_path: Path
) -> None:
    work, themes = laid_out
    told = results(work, tmp_path / "out")
    assert told["status"] == "provisional"
    outdoors = by_id(told)["outdoors"]
    assert set(by_id(told)) == {"housing", "outdoors"}
    said = {row["participant_id"]: set[str]() for row in rows(tmp_path / "out" / "raised.csv")}
    for row in rows(tmp_path / "out" / "raised.csv"):
        said[row["participant_id"]].add(row["code"])
    of = [codes for codes in said.values() if codes & {"outdoors", "buses", "parks"}]
    assert outdoors["people"] == len(of) > 50
    assert {one["id"]: one["people"] for one in outdoors["within"]} == {
        code: sum(code in codes for codes in of) for code in ("buses", "parks")
    }
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Of these, " in page
    assert len(themes) == 130


def nested(given: Given, folder: Path, text: str = "", name: str = "book.toml") -> Given:
    path = folder / name
    path.write_text(text or book(), encoding="utf-8")
    return Given(given.codings, given.participants, given.audit, codebook=path)


def test_tables_are_ranked_flat_without_a_codebook_and_by_broad_codes_with_one(
    tmp_path: Path,
) -> None:
    given = survey(tmp_path)
    flat = ranked(given, tmp_path)
    assert set(by_id(flat)) == {"housing", "parks", "buses"}
    assert not any("within" in one for one in flat["priorities"])
    told = ranked(nested(given, tmp_path), tmp_path)
    outdoors = by_id(told)["outdoors"]
    assert outdoors["name"] == "Out of doors"
    assert set(by_id(told)) == {"housing", "outdoors"}
    assert told["codebook_version"] == "town 1.0"
    single = [by_id(flat)[code]["read"]["people"] for code in ("buses", "parks")]
    assert [one["people"] for one in sorted(outdoors["within"], key=lambda o: o["id"])] == single
    assert max(single) <= outdoors["read"]["people"] <= sum(single)
    plan_tables(nested(given, tmp_path), tmp_path / "out", 2, 0)
    assert {row["code"] for row in rows(tmp_path / "out" / "plan.csv")} == {"housing", "outdoors"}


def test_a_ranking_of_tables_by_a_codebook_can_be_compared_with_the_next(tmp_path: Path) -> None:
    folders = []
    for name in ("spring", "autumn"):
        (tmp_path / name).mkdir()
        given = nested(survey(tmp_path / name), tmp_path / name)
        rank_tables(given, tmp_path / name / "out", logged(k=1), 0)
        folders.append(tmp_path / name / "out")
    found = change(folders, tmp_path / "change", paired=False, seed=1)
    assert {one.id for one in found.themes} == {"housing", "outdoors"}
    assert all(one.difference == 0 for theme in found.themes for one in theme.changes)
    read_of = by_id(json.loads((folders[0] / "priorities.json").read_text(encoding="utf-8")))
    (outdoors,) = (one for one in found.themes if one.id == "outdoors")
    assert outdoors.levels[0].people == read_of["outdoors"]["read"]["people"]


def test_drafts_count_in_tables_for_somebody_coded_by_them(tmp_path: Path) -> None:
    text = "tag,description,parent\nOutdoors,,\nParks,,Outdoors\nBuses,,Outdoors\nHousing,,\n"
    given = nested(survey(tmp_path), tmp_path, text, "book.csv")
    told = ranked(given, tmp_path)
    assert set(by_id(told)) == {"housing", "outdoors"}
    assert {one["id"] for one in by_id(told)["outdoors"]["within"]} == {"parks", "buses"}


def test_codes_that_the_codebook_does_not_have_are_said(tmp_path: Path) -> None:
    text = book().replace('id = "housing"', 'id = "homes"')
    told = ranked(nested(survey(tmp_path), tmp_path, text), tmp_path)
    assert any("the code housing" in n and "not in the codebook" in n for n in told["notes"])


def test_a_codebook_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidCodebook):
        ranked(nested(survey(tmp_path), tmp_path, "[codebook]\nid = 3\n"), tmp_path)


def test_a_code_with_too_few_examples_stops_no_results_and_is_told_of(
    laid_out: tuple[Work, dict[str, str]], tmp_path: Path
) -> None:
    work, _ = laid_out
    thin = """[[codes]]
id = "noise"
name = "Noise at night"
definition = "What keeps people awake."
examples = ["drums 1", "drums 2"]
"""
    work.store.note_run(
        RUN, parameters={**work.store.run(RUN).parameters, "codebook": coded_town.book("1.1", thin)}
    )
    told = results(work, tmp_path / "out")
    assert "noise" in by_id(told)
    assert by_id(told)["noise"]["people"] == 0
    (note,) = [said for said in told["notes"] if "Noise at night" in said]
    assert "fewer than 8 different examples" in note
