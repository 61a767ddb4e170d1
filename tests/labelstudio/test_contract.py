"""What the loop may rely on, asked alike of a real Label Studio and of the one in memory."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from listening.codebook import load
from listening.errors import ListeningError
from listening.labelstudio.configs import project_config
from listening.labelstudio.nouns import LAYOUTS
from listening.labelstudio.protocol import Server
from tests.fakes_labelstudio import FakeLabelStudio
from tests.labelstudio.playing import CONFIG, chosen, task
from tests.steps.coded_town import book

pytestmark = pytest.mark.labelstudio
FIRST = "first@example.org"


@dataclass
class Either:
    """A server, and what a coder does in it."""

    server: Server
    submit: Callable[[int, Sequence[Mapping[str, Any]]], int]
    skip: Callable[[int], int]
    take_back: Callable[[int, int], None]

    def project(self) -> int:
        return self.server.make_project(uuid.uuid4().hex, "A project", "For a test.", CONFIG)

    def keys(self, project: int, since: str = "") -> list[str]:
        return [one["data"]["item_key"] for one in self.server.changed(project, since)]

    def one(self, project: int) -> Mapping[str, Any]:
        (found,) = self.server.changed(project, "")
        return found


@pytest.fixture(params=["real", "in memory"])
def either(request: pytest.FixtureRequest) -> Either:
    if request.param == "real":
        coder = request.getfixturevalue("coders")[0]
        return Either(
            request.getfixturevalue("studio"),
            coder.annotate,
            coder.skip,
            lambda _task, number: coder.delete(number),
        )
    fake = FakeLabelStudio({1: "administrator@example.org", 2: FIRST})
    return Either(
        fake,
        lambda number, result: fake.submit(number, FIRST, result),
        lambda number: fake.submit(number, FIRST, [], skipped=True),
        fake.take_back,
    )


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_a_configuration_of_ours_is_told_as_it_was_put_there(either: Either, layout: str) -> None:
    ours = project_config(load(book()), layout, "assisted").content.decode()
    made = either.server.make_project(uuid.uuid4().hex, "A · project…", "For a test.", ours)
    assert either.server.config_of(made).strip() == ours.strip()


def test_a_coder_is_among_those_with_an_account(either: Either) -> None:
    assert FIRST in either.server.coders().values()
    assert either.server.invite("new@example.org").startswith(either.server.url)


def test_a_project_is_found_again_by_its_key(either: Either) -> None:
    made = either.project()
    key = either.server.projects()[made]
    assert either.server.make_project(key, "A project", "Again.", CONFIG) == made
    assert either.server.config_of(made) == CONFIG
    either.server.set_config(made, CONFIG.replace("Buses", "Trams"))
    assert either.server.config_of(made) == CONFIG.replace("Buses", "Trams")
    either.server.delete_project(made)
    assert made not in either.server.projects()
    either.server.delete_project(made)


def test_a_project_that_is_gone_is_told_and_not_taken_for_empty(either: Either) -> None:
    made = either.project()
    either.server.delete_project(made)
    asks: tuple[Callable[[], object], ...] = (
        lambda: either.server.tasks(made),
        lambda: list(either.server.changed(made, "")),
        lambda: either.server.add_tasks(made, [task("a")]),
    )
    for asked in asks:
        with pytest.raises(ListeningError, match="is not there"):
            asked()


def test_tasks_are_never_doubled_and_numbers_are_told_for_all_that_were_given(
    either: Either,
) -> None:
    made = either.project()
    first = either.server.add_tasks(made, [task("a"), task("b")])
    both = either.server.add_tasks(made, [task("b"), task("c")])
    assert set(both) == {"b", "c"}
    assert both["b"] == first["b"]
    assert either.server.tasks(made) == first | both


def test_changes_come_the_oldest_first_and_since_a_moment(either: Either) -> None:
    made = either.project()
    numbers = either.server.add_tasks(made, [task(key) for key in "abcd"])
    assert either.keys(made) == list("abcd")
    either.submit(numbers["b"], chosen("green"))
    assert either.keys(made) == list("acdb")
    last = [str(one["updated_at"]) for one in either.server.changed(made, "")][-1]
    assert either.keys(made, last)[-1] == "b"
    assert either.keys(made, "2099-01-01T00:00:00Z") == []


def test_a_reading_has_its_coder_its_result_and_its_time(either: Either) -> None:
    made = either.project()
    number = either.server.add_tasks(made, [task("a")])["a"]
    annotation = either.submit(number, chosen("green", "buses"))
    found = either.one(made)
    (reading,) = found["annotations"]
    assert found["id"] == number
    assert reading["id"] == annotation
    assert either.server.coders()[reading["completed_by"]] == FIRST
    assert reading["result"] == chosen("green", "buses")
    assert reading["was_cancelled"] is False
    assert reading["lead_time"] > 0
    assert reading["updated_at"] <= found["updated_at"]
    assert found["drafts"] == []


def test_a_skipped_task_has_a_cancelled_annotation(either: Either) -> None:
    made = either.project()
    number = either.server.add_tasks(made, [task("a")])["a"]
    either.skip(number)
    (reading,) = either.one(made)["annotations"]
    assert reading["was_cancelled"] is True


def test_an_annotation_taken_back_moves_its_task_to_the_end_of_what_changed(
    either: Either,
) -> None:
    made = either.project()
    numbers = either.server.add_tasks(made, [task("a"), task("b")])
    annotation = either.submit(numbers["a"], chosen("green"))
    either.submit(numbers["b"], chosen("green"))
    either.take_back(numbers["a"], annotation)
    *_others, last = either.server.changed(made, "")
    assert last["data"]["item_key"] == "a"
    assert last["annotations"] == []


def test_a_result_put_in_the_place_of_anothers_stays_their_reading(either: Either) -> None:
    made = either.project()
    number = either.server.add_tasks(made, [task("a")])["a"]
    annotation = either.submit(number, chosen("green"))
    either.server.replace_result(number, annotation, chosen("buses"))
    (reading,) = either.one(made)["annotations"]
    assert reading["result"] == chosen("buses")
    assert either.server.coders()[reading["completed_by"]] == FIRST


def test_other_data_and_deletion_reach_the_task_that_was_meant(either: Either) -> None:
    made = either.project()
    numbers = either.server.add_tasks(made, [task("a"), task("b")])
    either.server.update_task(made, numbers["a"], task("a")["data"] | {"text": "Now."}, [])
    assert [one["data"]["text"] for one in either.server.changed(made, "")][-1] == "Now."
    for _twice in range(2):
        assert either.server.delete_tasks(made, [numbers["b"]]) == 1
    assert set(either.server.tasks(made)) == {"a"}


def test_a_link_leads_to_the_project_and_to_the_task(either: Either) -> None:
    made = either.project()
    assert either.server.link(made) == f"{either.server.url}/projects/{made}/data"
    assert either.server.link(made, 7) == f"{either.server.url}/projects/{made}/data?task=7"
