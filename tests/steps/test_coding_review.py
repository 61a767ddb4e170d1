"""Agreement, adjudication and the framework matrix of what was pulled, through a Label Studio."""

from __future__ import annotations

import contextlib
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from listening.coding.adjudicate import disputed
from listening.coding.counted import counted
from listening.errors import InvalidTable, NothingToDo, ServerAway
from listening.steps import Work, withdraw
from listening.steps.agreement_stored import compare_stored
from listening.steps.coding import pull, push
from listening.steps.coding.adjudicating import adjudicate
from listening.steps.framework import write_framework
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, BEN, CLEO, book, marked, ticked
from tests.steps.town import RUN
from tests.unit.coding.agreement_cases import by_nltk, compared


def both(server: FakeLabelStudio) -> list[tuple[str, int, int]]:
    """Items that both read: key, Ada's task, Ben's task."""
    held = {
        who: {
            task["data"]["item_key"]: number for number, task in server.hold(f"whole/{who}").items()
        }
        for who in (ADA, BEN)
    }
    return [(key, held[ADA][key], held[BEN][key]) for key in held[ADA] if key in held[BEN]]


def coded(work: Work, server: FakeLabelStudio, apart: int = 5) -> list[dict[str, list[str]]]:
    """Both read what both have; on so many items Ben finds a code more."""
    given = []
    for place, (_, ada, ben) in enumerate(both(server)):
        codes = [["housing"], ["buses"], []][place % 3]
        more = [*codes, "parks"] if place < apart else codes
        server.submit(ada, ADA, ticked(*codes))
        server.submit(ben, BEN, ticked(*more))
        given.append({ADA: codes, BEN: more})
    pull(work, server)
    return given


def test_agreement_of_what_was_pulled_is_what_nltk_says(
    work: Work, server: FakeLabelStudio, tmp_path: Path
) -> None:
    given = coded(work, server)
    assert len(given) >= 30
    found = compare_stored(work, RUN, tmp_path / "agreement", 0)
    overall = found.figures["agreement"][0]
    assert overall["alpha"] == pytest.approx(by_nltk(compared(given).segments), abs=1e-4)
    assert found.figures["disagreements"] == 5
    rounds = pd.read_csv(tmp_path / "agreement" / "rounds.csv")
    assert rounds["segments"][0] == len(given)
    differing = tmp_path / "agreement" / "disagreements.csv"
    withdraw(work, str(pd.read_csv(differing)["participant_id"][0]))
    assert not differing.exists()


def test_what_was_read_with_suggestions_is_in_no_figure_of_agreement_and_tells_what_hints_do(
    work: Work, server: FakeLabelStudio, tmp_path: Path
) -> None:
    given = coded(work, server)
    tasks = server.hold("assisted/whole")
    for number in tasks:
        hints = tasks[number]["predictions"]
        lines = hints[0]["result"][0]["value"]["text"] if hints else []
        server.submit(number, ADA, ticked(*(line.split()[0] for line in lines)))
    pull(work, server)
    found = compare_stored(work, RUN, tmp_path / "agreement", 0)
    assert found.figures["double_coded"] == len(given)
    overall = found.figures["acceptance"][0]
    assert overall["hinted"] == overall["accepted"] > 0
    assert overall["blind"] > overall["applied"] == 0
    assert overall["gap"] == 1


def test_what_two_see_differently_goes_to_one_project_without_names_and_once(
    work: Work, server: FakeLabelStudio
) -> None:
    coded(work, server)
    told = adjudicate(work, RUN, server)
    assert (told.differ, told.sent, told.there, told.codes) == (5, 5, 0, {"parks": 5})
    tasks = server.hold("adjudication/whole")
    assert {task["data"]["item_key"] for task in tasks.values()} == {
        key for key, _, _ in both(server)[:5]
    }
    for task in tasks.values():
        assert "Parks" in task["data"]["shown_answers"]
        assert not any(who in str(task["data"]) for who in (ADA, BEN))
    again = adjudicate(work, RUN, server)
    assert (again.sent, again.there) == (0, 5)
    assert len(server.hold("adjudication/whole")) == 5


def test_a_task_that_waits_to_be_settled_shows_what_coders_gave_since_and_a_settled_one_stays(
    work: Work, server: FakeLabelStudio
) -> None:
    coded(work, server)
    adjudicate(work, RUN, server)
    tasks = server.hold("adjudication/whole")
    settled, open_still = list(tasks)[:2]
    server.submit(settled, CLEO, ticked("parks"))
    mine = {key: ben for key, _, ben in both(server)}
    for number in (settled, open_still):
        task = mine[tasks[number]["data"]["item_key"]]
        (one,) = server.hold(f"whole/{BEN}")[task]["annotations"]
        server.replace_result(task, one["id"], ticked("parks", memo="not what I meant"))
    before = tasks[settled]["data"]["shown_answers"]
    pull(work, server)
    told = adjudicate(work, RUN, server)
    assert (told.sent, told.renewed) == (0, 1)
    assert "not what I meant" in tasks[open_still]["data"]["shown_answers"]
    assert tasks[settled]["data"]["shown_answers"] == before
    assert adjudicate(work, RUN, server).renewed == 0
    assert pull(work, server).rejects == ()


def test_labels_that_were_deleted_where_it_is_settled_are_put_back_by_either_command(
    work: Work, server: FakeLabelStudio
) -> None:
    coded(work, server)
    assert adjudicate(work, RUN, server).notes == ()
    config = server.config("adjudication/whole")
    number = next(n for n, key in server.projects().items() if key.endswith("adjudication/whole"))
    for command in (
        lambda: adjudicate(work, RUN, server),
        lambda: push(work, RUN, book(), server, [ADA, BEN]),
    ):
        server.set_config(number, config.replace('alias="parks"', 'alias="lost"'))
        (note,) = command().notes
        assert "Adjudication" in note
        assert "are put back" in note
        assert 'alias="parks"' in server.config("adjudication/whole")


def test_what_was_settled_counts_and_is_asked_no_more(work: Work, server: FakeLabelStudio) -> None:
    coded(work, server)
    adjudicate(work, RUN, server)
    tasks = server.hold("adjudication/whole")
    first = next(iter(tasks))
    key = tasks[first]["data"]["item_key"]
    server.submit(first, CLEO, ticked("parks"))
    pull(work, server)
    codings = work.store.codings()
    assert len(disputed(codings)) == 4
    decided = counted(codings).set_index("item").loc[[key]]
    assert decided[["code", "decided"]].to_numpy().tolist() == [["parks", "adjudicated"]]
    # the two readings stay beside it
    assert len(codings[codings["item"] == key]["coder"].unique()) == 3


def test_what_is_to_be_settled_and_was_deleted_by_hand_is_sent_again(
    work: Work, server: FakeLabelStudio
) -> None:
    coded(work, server)
    adjudicate(work, RUN, server)
    tasks = server.hold("adjudication/whole")
    tasks.pop(next(iter(tasks)))
    again = adjudicate(work, RUN, server)
    assert (again.sent, again.there, len(tasks)) == (1, 4, 5)
    number = next(n for n, key in server.projects().items() if key.endswith("adjudication/whole"))
    server.delete_project(number)
    again = adjudicate(work, RUN, server)
    assert (again.sent, again.there) == (5, 0)
    assert len(server.hold("adjudication/whole")) == 5


def test_what_is_to_be_settled_is_sent_again_when_somebody_else_in_it_withdraws(
    work: Work, server: FakeLabelStudio
) -> None:
    for who in (ADA, BEN):
        for number, held in server.hold(f"blind/spans/{who}").items():
            more = marked(held, "buses", 2, "The rent") if who == BEN else []
            server.submit(number, who, [*marked(held, "housing", 0, "damp"), *more])
    pull(work, server)
    work.labelstudio = server
    assert adjudicate(work, RUN, server).sent == 1
    withdraw(work, "P90001")
    assert server.hold("adjudication/spans") == {}
    again = adjudicate(work, RUN, server)
    assert (again.sent, again.there) == (1, 0)
    assert "damp" not in str(server.hold("adjudication/spans"))


@pytest.mark.parametrize("requests", range(0, 8))
def test_a_cut_while_tasks_are_made_doubles_nothing(
    work: Work, server: FakeLabelStudio, requests: int
) -> None:
    coded(work, server)
    server.page, server.fails_in = 2, requests
    with contextlib.suppress(ServerAway):
        adjudicate(work, RUN, server)
    server.fails_in = None
    adjudicate(work, RUN, server)
    keys = [task["data"]["item_key"] for task in server.hold("adjudication/whole").values()]
    assert len(keys) == len(set(keys)) == 5


def test_nothing_is_settled_before_two_have_read(work: Work, server: FakeLabelStudio) -> None:
    with pytest.raises(NothingToDo, match="two people"):
        adjudicate(work, RUN, server)
    with pytest.raises(NothingToDo, match="no coding"):
        compare_stored(work, RUN, Path("nowhere"), 0)


def test_the_matrix_is_a_workbook_of_the_people_who_were_read_and_goes_with_a_withdrawal(
    work: Work, server: FakeLabelStudio, tmp_path: Path
) -> None:
    given = coded(work, server)
    to = tmp_path / "framework.xlsx"
    told = write_framework(work, RUN, to)
    assert told.people == len(given)
    sheet = list(openpyxl.load_workbook(to)["Framework"].values)
    assert sheet[0][0] == "participant_id"
    filled = {cell for row in sheet[1:] for cell in row[6:] if cell}
    assert all(cell.startswith("“") for cell in filled)
    # Ben alone gave parks: with two readers that is no majority
    assert not any(row[sheet[0].index("Parks")] for row in sheet[1:])
    with pytest.raises(InvalidTable, match="already"):
        write_framework(work, RUN, to)
    withdraw(work, str(sheet[1][0]))
    assert not to.exists()
