"""People's codings rank once enough people have been read; until then the order is provisional."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from listening import steps
from listening.steps import Work
from listening.steps.coding import pull, push
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, CODERS, book, chosen, lay_out, marked, ticked
from tests.steps.town import RUN

OpenAt = Callable[[Path], Work]


class Town:
    """A hundred and thirty answers and a conversation, to be coded by one person."""

    def __init__(self, work: Work, folder: Path) -> None:
        self.work, self.folder = work, folder
        self.themes = lay_out(work)
        asked = {"codebook": book(), "k": 3, "programme": "", "wave": "", "population": ""}
        work.store.note_run(RUN, parameters=asked | {"extend": False, "options": {}})
        chosen(work, folder / "selection.csv")
        self.server = FakeLabelStudio(CODERS)
        push(work, RUN, book(), self.server, [ADA])
        self.given: Counter[str] = Counter()

    def read(self, answers: int) -> None:
        """Code so many audited answers by their theme, and all of the conversation."""
        for number, task in list(self.server.hold(f"blind/whole/{ADA}").items())[:answers]:
            theme = self.themes[task["data"]["text"]]
            self.given[theme] += 1
            self.server.submit(number, ADA, ticked(theme))
        for number, task in self.server.hold(f"blind/spans/{ADA}").items():
            self.server.submit(number, ADA, marked(task, "housing", 0, "damp"))
        pull(self.work, self.server)

    def results(self) -> tuple[dict[str, object], pd.DataFrame]:
        steps.write_results(self.work, RUN, steps.prioritise(self.work, RUN), self.folder / "out")
        told = json.loads((self.folder / "out" / "priorities.json").read_text(encoding="utf-8"))
        codings = pd.read_csv(self.folder / "out" / "codings.csv", keep_default_na=False)
        return told, codings


@pytest.fixture
def town(open_at: OpenAt, tmp_path: Path) -> Town:
    return Town(open_at(tmp_path / "home"), tmp_path)


def test_people_who_were_read_in_full_are_counted_by_what_people_coded(town: Town) -> None:
    town.read(answers=130)
    told, codings = town.results()
    assert told["status"] == "reviewed"
    assert told["codebook_version"] == "town 1.0"
    spoken = {one["id"]: one["sources"]["focus_group"] for one in told["priorities"]}
    # one of the two in the conversation spoke of damp; nobody guesses at a conversation
    assert {code: found["people"] for code, found in spoken.items() if found["people"]} == {
        "housing": 1
    }
    assert not any(found["estimated"] for found in spoken.values())
    human = codings[codings["origin"] == "human"]
    assert set(human["coder"]) == {ADA}
    unread = set(codings.loc[codings["origin"] == "suggestion", "segment_id"])
    assert not unread & set(human["segment_id"])
    assert all(one["p_top_k"] is not None for one in told["priorities"])


def test_a_surveys_others_count_as_the_machine_guesses_corrected_by_those_read(
    town: Town,
) -> None:
    town.read(answers=130)
    assert sum(town.given.values()) == 100
    told, _ = town.results()
    truth = Counter(town.themes.values())
    for one in told["priorities"]:
        found = one["sources"]["survey"]
        assert found["of"] == 130
        assert found["estimated"]
        # what the answers say is plain, so the machine's guesses are nearly right
        assert found["people"] == pytest.approx(truth[one["id"]], abs=3)
    assert told["not_yet_read"] == 0
    made = told["correction"]["survey"]
    assert (made["participants"], made["audited"], made["certain"]) == (130, 100, 0)
    assert made["width_against_audited_alone"]["middle"] < 1
    page = (town.folder / "out" / "report.html").read_text(encoding="utf-8")
    assert "corrected by how far they were off there" in page
    assert "about" in page


def test_too_few_people_read_leave_the_order_the_machines_and_say_how_many_are_lacking(
    town: Town,
) -> None:
    town.read(answers=30)
    told, codings = town.results()
    assert told["status"] == "provisional"
    assert len(codings[codings["origin"] == "human"]) >= 30
    page = (town.folder / "out" / "report.html").read_text(encoding="utf-8")
    assert "70 more in the survey" in page


def test_what_waits_for_somebody_keeps_the_order_the_machines_and_says_what_to_do(
    town: Town,
) -> None:
    town.read(answers=100)
    assert town.results()[0]["status"] == "reviewed"
    town.work.store.loop.relabel("town", ["buses"], ADA, "split", status="recode")
    number = next(iter(town.server.hold(f"blind/spans/{ADA}")))
    held = town.server.hold(f"blind/spans/{ADA}")[number]
    town.server.submit(number, ADA, marked(held, "housing", 1, "what about"))
    pull(town.work, town.server)
    told, _ = town.results()
    assert told["status"] == "provisional"
    page = (town.folder / "out" / "report.html").read_text(encoding="utf-8")
    assert f"{town.given['buses']} people wait to be counted: a code was split" in page
    assert "2 people wait to be counted: something that a coder marked was refused" in page
    assert "listening coding status" in page
