"""A list of questions with a run: whoever could not raise a code is in no share of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from material import priorities, request, table, whole_way

from listening.priorities import Theme
from listening.records import NOT_ASKED, PROMPTED, SEGMENTS
from listening.steps import Work, bring, prioritise, write_results
from listening.steps.could_raise import CouldRaise, could_raise
from tests.steps.coded_town import book

OpenAt = Callable[[Path], Work]

PARKS, OPEN = "How is the park?", "What would help you?"
LIST = f"question,code,how\n{PARKS},Parks,prompted\n"
HOMES = ["The damp in our flat", "The rent is too high", "Our landlord never answers"]
THEMES = [Theme(one, one.capitalize(), "") for one in ("buses", "housing", "parks")]


def form(path: Path, question: str, answers: list[str]) -> None:
    rows = pd.DataFrame({"id": [f"{path.stem}{n}" for n in range(len(answers))], question: answers})
    rows.to_csv(path, index=False)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A form that asks of the park alone, and one that is open."""
    spring = tmp_path / "spring"
    spring.mkdir()
    (tmp_path / "book.toml").write_text(book(), encoding="utf-8")
    form(spring / "park.csv", PARKS, [f"The grass and the swings are good {n}" for n in range(30)])
    form(spring / "open.csv", OPEN, [f"{HOMES[n % 3]} {n}" for n in range(20)])
    return spring


def shares(out: Path) -> dict[str, tuple[int, int]]:
    return {one["id"]: (one["of"], one["prompted"]) for one in priorities(out)["priorities"]}


def test_a_list_beside_the_files_reaches_the_shares_of_a_run(town: Path, open_at: OpenAt) -> None:
    (town / "questions.csv").write_text(LIST + "How?,parks,perhaps\n", encoding="utf-8")
    work, out = open_at(town.parent / "home"), town.parent / "out"
    whole_way(work, request(town, codebook=town.parent / "book.toml"), out)
    assert shares(out) == {"parks": (50, 30), "housing": (20, 0), "buses": (20, 0)}
    assert ("questions.csv", "3") in {
        (row["file"], row["row"]) for row in table(out / "rejects.csv")
    }


def test_a_list_can_be_brought_to_a_report_and_names_what_nobody_was_asked(
    town: Path, open_at: OpenAt
) -> None:
    work, out = open_at(town.parent / "home"), town.parent / "out"
    whole_way(work, request(town, codebook=town.parent / "book.toml"), out)
    assert shares(out) == {"parks": (50, 0), "housing": (50, 0), "buses": (50, 0)}
    path = town.parent / "questions.csv"
    path.write_text(f"{LIST}How is the library?,books,prompted\n", encoding="utf-8")
    run_id = work.store.run("").run_id
    bring(work, run_id, questions=path)
    write_results(work, run_id, prioritise(work, run_id), out)
    assert shares(out)["housing"] == (20, 0)
    notes = " ".join(priorities(out)["notes"])
    assert "not in the codebook: books" in notes
    assert "“How is the library?”" in notes


def test_a_programme_can_say_it_of_every_run(town: Path, open_at: OpenAt) -> None:
    programme = town.parent / "programme.toml"
    programme.write_text(
        f'name = "Town"\nquestion = "{OPEN}"\n'
        f'[[asked]]\nquestion = "{PARKS}"\nprompted = ["parks"]\n',
        encoding="utf-8",
    )
    work, out = open_at(town.parent / "home"), town.parent / "out"
    book_file = town.parent / "book.toml"
    whole_way(work, request(town, codebook=book_file, programme=programme), out)
    assert shares(out)["parks"] == (50, 30)
    assert shares(out)["housing"] == (20, 0)


def heard(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """SEGMENTS of (participant, document, kind, question)."""
    names = ["participant_id", "document_id", "source_kind", "question"]
    return pd.DataFrame(rows, columns=names).reindex(columns=list(SEGMENTS.columns), fill_value="")


def ways(found: CouldRaise) -> set[tuple[str, str, str]]:
    assert found.asked is not None
    return set(found.asked.itertuples(index=False, name=None))


def test_whoever_left_a_question_of_their_form_blank_was_asked_it() -> None:
    own = heard(
        ("p1", "f-0", "survey", PARKS),
        ("p2", "f-1", "survey", "And the buses?"),
        ("p3", "g", "interview", ""),
    )
    listed: dict[str, Any] = {"questions": f"{LIST}And the buses?,buses,spontaneous\n"}
    found = could_raise(listed, own, THEMES, topics=False)
    expected = {(who, "parks", PROMPTED) for who in ("p1", "p2")}
    assert ways(found) == expected | {(who, "housing", NOT_ASKED) for who in ("p1", "p2")}
    assert found.notes == ()


def test_without_a_codebook_a_list_is_not_used_and_that_is_said() -> None:
    own = heard(("p1", "f-0", "survey", PARKS))
    found = could_raise({"questions": LIST}, own, THEMES, topics=True)
    assert found.asked is None
    assert "found by a machine" in found.notes[0]
    assert could_raise({}, own, THEMES, topics=False) == CouldRaise()
