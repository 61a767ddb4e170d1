"""What Label Studio itself does, found out on a real one: what the pull of changes stands on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from listening.labelstudio.client import LabelStudio, changes
from tests.labelstudio.playing import CONFIG, Coder, chosen, sign_up, task

pytestmark = pytest.mark.labelstudio
GREEN = chosen("green")


@pytest.fixture
def number(studio: LabelStudio, project: int) -> int:
    """A task with a suggestion."""
    return studio.add_tasks(project, [task("a", "green"), task("b")])["a"]


@pytest.fixture
def seen(studio: LabelStudio, project: int, number: int) -> Callable[[], Mapping[str, Any]]:
    """The task as a pull sees it."""

    def now() -> Mapping[str, Any]:
        return next(one for one in studio.changed(project, "") if one["id"] == number)

    return now


@pytest.fixture
def moved(seen: Callable[[], Mapping[str, Any]]) -> Callable[[], bool]:
    """Whether the task changed since this was asked last."""
    last = [seen()["updated_at"]]

    def asked() -> bool:
        now = seen()["updated_at"]
        changed = now > last[0]
        last[0] = now
        return bool(changed)

    return asked


def test_submitting_editing_and_deleting_an_annotation_each_move_the_task(
    coders: tuple[Coder, Coder], number: int, moved: Callable[[], bool]
) -> None:
    annotation = coders[0].annotate(number, GREEN)
    assert moved()
    coders[0].edit(annotation, chosen("buses"))
    assert moved()
    coders[0].delete(annotation)
    assert moved()


def test_skipping_moves_the_task_and_coming_back_to_it_leaves_one_annotation(
    coders: tuple[Coder, Coder],
    number: int,
    moved: Callable[[], bool],
    seen: Callable[[], Mapping[str, Any]],
) -> None:
    skipped = coders[0].skip(number)
    assert moved()
    assert [one["was_cancelled"] for one in seen()["annotations"]] == [True]
    coders[0].take_up(skipped, GREEN)
    assert moved()
    assert [one["was_cancelled"] for one in seen()["annotations"]] == [False]


def test_a_draft_is_seen_and_does_not_move_the_task(
    coders: tuple[Coder, Coder],
    number: int,
    moved: Callable[[], bool],
    seen: Callable[[], Mapping[str, Any]],
) -> None:
    coders[0].draft(number, GREEN)
    (draft,) = seen()["drafts"]
    assert draft["annotation"] is None
    assert draft["user"] == coders[0].email
    assert not moved()


def test_a_draft_over_an_annotation_names_it(
    coders: tuple[Coder, Coder], number: int, seen: Callable[[], Mapping[str, Any]]
) -> None:
    annotation = coders[0].annotate(number, GREEN)
    coders[0].draft(number, chosen("buses"), annotation)
    (draft,) = seen()["drafts"]
    assert draft["annotation"] == annotation
    assert seen()["annotations"][0]["result"] == GREEN


def test_two_people_on_one_task_are_two_annotations(
    coders: tuple[Coder, Coder], number: int, seen: Callable[[], Mapping[str, Any]]
) -> None:
    both = [
        one.annotate(number, chosen(code))
        for one, code in zip(coders, ("green", "buses"), strict=True)
    ]
    found = seen()["annotations"]
    assert {one["id"]: one["completed_by"] for one in found} == dict(
        zip(both, (one.number for one in coders), strict=True)
    )


def test_an_edit_by_somebody_else_stays_the_first_ones_and_names_who_edited(
    coders: tuple[Coder, Coder], number: int, seen: Callable[[], Mapping[str, Any]]
) -> None:
    annotation = coders[0].annotate(number, GREEN)
    coders[1].edit(annotation, chosen("buses"))
    (one,) = seen()["annotations"]
    assert (one["completed_by"], one["updated_by"]) == (coders[0].number, coders[1].number)


def test_a_deleted_task_is_known_by_its_absence_alone(
    studio: LabelStudio, project: int, coders: tuple[Coder, Coder], number: int
) -> None:
    coders[0].delete_task(number)
    assert [one["data"]["item_key"] for one in studio.changed(project, "")] == ["b"]
    assert set(studio.tasks(project)) == {"b"}


def test_another_configuration_moves_no_task_and_a_label_in_use_goes_without_a_word(
    studio: LabelStudio,
    project: int,
    coders: tuple[Coder, Coder],
    number: int,
    moved: Callable[[], bool],
    seen: Callable[[], Mapping[str, Any]],
) -> None:
    coders[0].annotate(number, GREEN)
    assert moved()
    studio.set_config(project, CONFIG.replace('<Choice value="Green spaces" alias="green"/>', ""))
    assert not moved()
    assert seen()["annotations"][0]["result"] == GREEN


def test_other_data_and_other_suggestions_move_the_task(
    studio: LabelStudio, project: int, number: int, moved: Callable[[], bool]
) -> None:
    studio.update_task(project, number, task("a")["data"], [])
    assert moved()


def test_all_annotations_deleted_at_once_in_the_data_manager_are_seen_since_a_moment(
    studio: LabelStudio,
    project: int,
    coders: tuple[Coder, Coder],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(changes, "PAGE", 2)
    monkeypatch.setattr(changes, "OVERLAP", changes.OVERLAP * 0)
    numbers = studio.add_tasks(project, [task(f"k{place}") for place in range(7)])
    for number in numbers.values():
        coders[0].annotate(number, GREEN)
    last = [str(one["updated_at"]) for one in studio.changed(project, "")][-1]
    coders[1].delete_all_annotations(project)
    found = list(studio.changed(project, last))
    # all changed in the same microsecond, and are more than a page
    assert {one["id"] for one in found} == set(numbers.values())
    assert len({one["updated_at"] for one in found}) == 1
    assert all(one["annotations"] == [] for one in found)


def test_who_changes_a_task_while_pages_are_read_hides_no_other(
    studio: LabelStudio,
    project: int,
    coders: tuple[Coder, Coder],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(changes, "PAGE", 2)
    numbers = studio.add_tasks(project, [task(f"k{place}") for place in range(6)])
    reading = studio.changed(project, "")
    keys = [next(reading)["data"]["item_key"], next(reading)["data"]["item_key"]]
    coders[0].annotate(numbers["k0"], GREEN)
    coders[0].annotate(numbers["k3"], GREEN)
    later = list(reading)
    assert keys == ["k0", "k1"]
    assert [one["data"]["item_key"] for one in later] == ["k2", "k4", "k5", "k0", "k3"]
    assert [len(one["annotations"]) for one in later] == [0, 0, 0, 1, 1]


def test_a_change_shortly_before_the_moment_comes_again(
    studio: LabelStudio, project: int, number: int
) -> None:
    every = [str(one["updated_at"]) for one in studio.changed(project, "")]
    again = [str(one["updated_at"]) for one in studio.changed(project, every[-1])]
    assert again == every


def test_somebody_removed_from_the_organisation_leaves_their_annotations_behind(
    studio: LabelStudio, number: int, seen: Callable[[], Mapping[str, Any]]
) -> None:
    leaver = sign_up(studio.invite("leaver@example.org"), "leaver@example.org")
    leaver.annotate(number, GREEN)
    own = leaver.number
    studio._wire.send("DELETE", f"/api/organizations/1/memberships/{own}/", "remove somebody")
    assert seen()["annotations"][0]["completed_by"] == own
    assert own not in studio.coders()
