"""What the free edition does not keep from a coder: said in docs/how-to/label-studio.md, seen here.

If a test of these fails after an upgrade, Label Studio hides more (or less) than that page says.
"""

from __future__ import annotations

import httpx
import pytest

from listening.labelstudio.client import LabelStudio
from tests.labelstudio.playing import Coder, chosen, task
from tests.labelstudio.serving import Server

pytestmark = pytest.mark.labelstudio


@pytest.fixture
def others(studio: LabelStudio, project: int, coders: tuple[Coder, Coder]) -> tuple[int, int, int]:
    """The first coder's blind project: its number, a task's and an annotation's."""
    number = studio.add_tasks(project, [task("a", "green")])["a"]
    return project, number, coders[0].annotate(number, chosen("green"))


@pytest.mark.parametrize(
    "path",
    [
        "/api/projects/{project}/",
        "/api/tasks?project={project}&fields=all",
        "/api/tasks/{task}/",
        "/api/tasks/{task}/annotations/",
        "/api/annotations/{annotation}/",
        "/api/predictions/?task={task}",
        "/api/projects/{project}/export?exportType=JSON",
        "/projects/{project}/data",
        "/api/users",
    ],
)
def test_a_coder_who_asks_sees_another_coders_project(
    coders: tuple[Coder, Coder], others: tuple[int, int, int], path: str
) -> None:
    project, number, annotation = others
    asked = path.format(project=project, task=number, annotation=annotation)
    assert coders[1].see(asked).status_code == 200


def test_a_coder_finds_another_coders_project_in_the_list_and_their_answer_in_the_task(
    coders: tuple[Coder, Coder], others: tuple[int, int, int]
) -> None:
    project, number, annotation = others
    listed = coders[1].see("/api/projects?page_size=100").json()["results"]
    assert project in {one["id"] for one in listed}
    (answer,) = coders[1].see(f"/api/tasks/{number}/").json()["annotations"]
    assert answer["id"] == annotation
    assert answer["result"] == chosen("green")


def test_a_coder_can_change_and_delete_what_another_coded(
    coders: tuple[Coder, Coder], others: tuple[int, int, int]
) -> None:
    annotation = others[2]
    coders[1].edit(annotation, chosen("buses"))
    assert coders[0].see(f"/api/annotations/{annotation}/").json()["result"] == chosen("buses")
    coders[1].delete(annotation)
    assert coders[0].see(f"/api/annotations/{annotation}/").status_code == 404


def test_a_coder_can_invite_anybody(coders: tuple[Coder, Coder]) -> None:
    assert "token=" in coders[1].see("/api/invite").json()["invite_url"]


def test_nobody_sees_anything_without_an_account(
    label_studio: Server, others: tuple[int, int, int]
) -> None:
    project, number, _annotation = others
    for path in (f"/api/tasks/{number}/", f"/api/projects/{project}/", "/api/invite"):
        assert httpx.get(label_studio.url + path, trust_env=False).status_code == 401


def test_nobody_makes_an_account_without_an_invitation_or_with_one_taken_back(
    studio: LabelStudio, label_studio: Server
) -> None:
    old = studio.invite("late@example.org")
    studio.withdraw_invitations()
    assert studio.invite("late@example.org") != old
    for link in (old, f"{label_studio.url}/user/signup/"):
        with httpx.Client(trust_env=False) as browser:
            page = browser.get(link)
            form = {
                "email": "late@example.org",
                "password": "a-password-for-tests",
                "csrfmiddlewaretoken": page.text.split('csrfmiddlewaretoken" value="')[1][:64],
            }
            made = browser.post(link, data=form, headers={"Referer": link})
        assert made.status_code == 403
    assert "late@example.org" not in studio.coders().values()


def test_a_coder_is_shown_no_suggestion_as_if_it_were_ticked(
    studio: LabelStudio, project: int, coders: tuple[Coder, Coder]
) -> None:
    studio.add_tasks(project, [task("a", "green")])
    shown = coders[0].see(f"/api/projects/{project}/next").json()
    assert shown["annotations"] == []
    assert shown["predictions"] == []
    assert coders[0].see(f"/api/projects/{project}/").json()["show_collab_predictions"] is False
