"""The client against a real Label Studio: what the loop asks of it, asked for and asked again."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from listening.errors import ListeningError
from listening.labelstudio.client import Credentials, LabelStudio, Patience, connect
from tests.labelstudio.playing import Coder, chosen
from tests.labelstudio.serving import ADMINISTRATOR, PASSWORD, Server, free_port

pytestmark = pytest.mark.labelstudio

CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Choices name="code" toName="text" choice="multiple">
    <Choice value="Green spaces" alias="green"/><Choice value="Buses" alias="buses"/>
  </Choices>
</View>"""


def task(key: str, *hints: str) -> dict[str, Any]:
    made = {"model_version": "suggestions", "score": 0.5, "result": chosen(*hints)}
    return {
        "data": {"item_key": key, "text": f"What was said in {key}."},
        "predictions": [made] if hints else [],
    }


@pytest.fixture
def project(studio: LabelStudio) -> Iterator[int]:
    """An empty project of ours."""
    number = studio.make_project(uuid.uuid4().hex, "A project for a test", "For a test.", CONFIG)
    yield number
    studio.delete_project(number)


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
    studio: LabelStudio, project: int, all_of: Callable[[], dict[str, Any]]
) -> None:
    told: list[tuple[int, int]] = []
    first = studio.add_tasks(
        project, [task("a", "green"), task("b")], lambda *done: told.append(done)
    )
    again = studio.add_tasks(project, [task("b"), task("c"), task("a", "green")])
    assert told == [(2, 2)]
    assert again.items() >= first.items()
    assert studio.tasks(project) == again
    assert {key: one["total_predictions"] for key, one in all_of().items()} == {
        "a": 1, "b": 0, "c": 0,
    }  # fmt: skip


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
    label_studio: Server,
) -> None:
    number = studio.add_tasks(project, [task("a", "green")])["a"]
    fresh = task("a", "buses")
    for _twice in range(2):
        studio.update_task(project, number, fresh["data"] | {"text": "Now."}, fresh["predictions"])
    assert all_of()["a"]["data"]["text"] == "Now."
    assert all_of()["a"]["total_predictions"] == 1
    studio.update_task(project, number, fresh["data"], [])
    assert all_of()["a"]["total_predictions"] == 0


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


def test_a_lost_token_is_replaced_and_one_that_holds_is_used_again(label_studio: Server) -> None:
    kept: list[str] = []
    tokens: dict[str, str] = {}

    def keep(token: str) -> None:
        kept.append(token)
        tokens["last"] = token

    who = Credentials(ADMINISTRATOR, PASSWORD, lambda: tokens.get("last", ""), keep)
    for _again in range(2):
        connect(label_studio.url, who).coders()
    assert len(kept) == 1
    tokens.clear()  # as when the vault is restored without it
    connect(label_studio.url, who).coders()
    assert len(kept) == 2
    tokens["last"] = kept[0]  # one that was taken back
    connect(label_studio.url, who).coders()
    assert len(kept) == 3
    label_studio.tokens[ADMINISTRATOR] = kept[2]


def test_a_pass_that_ran_out_is_renewed_within_a_call(
    studio: LabelStudio, label_studio: Server
) -> None:
    assert studio.coders()
    studio._wire._access = "one.that.ran-out"
    assert studio.coders()


@pytest.mark.parametrize(
    ("email", "password", "told"),
    [
        (ADMINISTRATOR, "a-wrong-password", "do not match"),
        ("nobody@example.org", PASSWORD, "do not match"),
        (ADMINISTRATOR, "", "no password is set"),
    ],
)
def test_who_cannot_be_signed_in_is_told_what_to_set(
    label_studio: Server, email: str, password: str, told: str
) -> None:
    with pytest.raises(ListeningError, match=told) as raised:
        connect(label_studio.url, Credentials(email, password)).coders()
    assert "LISTENING_LABEL_STUDIO_PASSWORD" in raised.value.what_to_do
    assert not re.search(r"a-wrong-password", str(raised.value) + repr(raised.value.__cause__))


def test_a_server_that_is_not_there_is_named_with_what_to_do() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    client = connect(url, Credentials(ADMINISTRATOR, PASSWORD), Patience((0.01,)))
    with pytest.raises(ListeningError, match="does not answer") as raised:
        client.coders()
    assert url in raised.value.what
