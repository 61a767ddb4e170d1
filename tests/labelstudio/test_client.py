"""The client against a real Label Studio: what the loop asks of it, asked for and asked again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from listening.errors import ListeningError
from listening.labelstudio.client import LabelStudio
from tests.labelstudio.playing import CONFIG, Coder, chosen, task
from tests.labelstudio.serving import ADMINISTRATOR

pytestmark = pytest.mark.labelstudio


def hints_of(coder: Coder, number: int) -> list[Any]:
    """What is suggested for a task."""
    return [one["result"] for one in coder.see(f"/api/predictions/?task={number}").json()]


@pytest.fixture
def all_of(studio: LabelStudio, project: int) -> Callable[[], dict[str, Any]]:
    """Every task of the project, by its key."""
    return lambda: {one["data"]["item_key"]: one for one in studio.changed(project, "")}


def test_an_account_is_known_by_its_address_in_small_letters(
    studio: LabelStudio, coders: tuple[Coder, Coder]
) -> None:
    known = studio.coders()
    assert ADMINISTRATOR in known.values()
    assert [known[one.number] for one in coders] == ["first@example.org", "second@example.org"]


def test_a_new_coder_gets_a_link_to_a_form_and_a_known_one_to_signing_in(
    studio: LabelStudio, coders: tuple[Coder, Coder]
) -> None:
    assert studio.invite("new@example.org").startswith(f"{studio.url}/user/signup/?token=")
    assert studio.invite("First@example.org") == f"{studio.url}/user/login/"


def test_a_project_of_one_key_is_made_once_and_others_are_not_ours(
    studio: LabelStudio, project: int
) -> None:
    key = studio.projects()[project]
    assert studio.make_project(key, "Another title", "Again.", CONFIG) == project
    assert list(studio.projects().values()).count(key) == 1


def test_a_project_with_a_title_that_is_too_long_or_short_is_made_all_the_same(
    studio: LabelStudio,
) -> None:
    for title in ("a", "title " * 20):
        number = studio.make_project(uuid.uuid4().hex, title, "", CONFIG)
        assert number in studio.projects()
        studio.delete_project(number)
        assert number not in studio.projects()
        studio.delete_project(number)  # gone already: no fault


def test_a_configuration_that_label_studio_refuses_is_told_in_its_own_words(
    studio: LabelStudio, project: int
) -> None:
    with pytest.raises(ListeningError, match="is a required property"):
        studio.set_config(project, '<View><Choices name="code" toName="text"/></View>')


def test_tasks_are_brought_in_once_and_found_by_their_items_key(
    studio: LabelStudio, project: int, coders: tuple[Coder, Coder]
) -> None:
    told: list[tuple[int, int]] = []
    first = studio.add_tasks(
        project, [task("a", "green"), task("b")], lambda *done: told.append(done)
    )
    again = studio.add_tasks(project, [task("b"), task("c"), task("a", "green")])
    assert told == [(2, 2)]
    assert again.items() >= first.items()
    assert studio.tasks(project) == again
    assert [len(hints_of(coders[0], again[key])) for key in "abc"] == [1, 0, 0]


def test_more_tasks_than_a_batch_all_arrive(
    studio: LabelStudio, project: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("listening.labelstudio.client.tasks.BATCH", 7)
    monkeypatch.setattr("listening.labelstudio.client.tasks.PAGE", 4)
    monkeypatch.setattr("listening.labelstudio.client.changes.PAGE", 3)
    numbers = studio.add_tasks(project, [task(f"k{place:02}") for place in range(20)])
    assert len(set(numbers.values())) == 20
    assert studio.tasks(project) == numbers
    assert [one["id"] for one in studio.changed(project, "")] == sorted(numbers.values())


def test_the_same_task_given_twice_is_brought_in_once(studio: LabelStudio, project: int) -> None:
    assert len(studio.add_tasks(project, [task("a"), task("a")])) == 1
    assert len(studio.tasks(project)) == 1


def test_a_task_changed_has_its_new_words_and_its_new_predictions_alone(
    studio: LabelStudio,
    project: int,
    all_of: Callable[[], dict[str, Any]],
    coders: tuple[Coder, Coder],
) -> None:
    number = studio.add_tasks(project, [task("a", "green")])["a"]
    fresh = task("a", "buses")
    for _twice in range(2):
        studio.update_task(project, number, fresh["data"] | {"text": "Now."}, fresh["predictions"])
    assert all_of()["a"]["data"]["text"] == "Now."
    assert hints_of(coders[0], number) == [chosen("buses")]
    studio.update_task(project, number, fresh["data"], [])
    assert hints_of(coders[0], number) == []


def test_deleted_tasks_are_gone_and_deleting_them_again_is_no_fault(
    studio: LabelStudio, project: int, coders: tuple[Coder, Coder]
) -> None:
    numbers = studio.add_tasks(project, [task("a"), task("b"), task("c")])
    coders[0].annotate(numbers["a"], chosen("green"))
    gone = [numbers["a"], numbers["b"]]
    assert studio.delete_tasks(project, gone) == 2
    assert studio.delete_tasks(project, gone) == 2
    assert studio.tasks(project) == {"c": numbers["c"]}


def test_a_result_is_replaced_and_stays_its_coders(
    studio: LabelStudio,
    project: int,
    coders: tuple[Coder, Coder],
    all_of: Callable[[], dict[str, Any]],
) -> None:
    number = studio.add_tasks(project, [task("a")])["a"]
    annotation = coders[0].annotate(number, chosen("green"))
    studio.replace_result(number, annotation, chosen("buses"))
    (one,) = all_of()["a"]["annotations"]
    assert one["result"] == chosen("buses")
    assert one["completed_by"] == coders[0].number


def test_a_link_opens_the_project_at_the_task(
    studio: LabelStudio, project: int, coders: tuple[Coder, Coder]
) -> None:
    number = studio.add_tasks(project, [task("a")])["a"]
    for link in (studio.link(project), studio.link(project, number)):
        assert coders[0].see(link).status_code == 200
