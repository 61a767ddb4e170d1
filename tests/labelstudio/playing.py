"""A coder who works through the API as the editor in the browser does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from tests.labelstudio.serving import PASSWORD

_Json = Mapping[str, Any]
#: nothing is left open for a test to complain of
_CLOSED = httpx.Limits(max_keepalive_connections=0)
_FORM = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Choices name="code" toName="text" choice="multiple">
    <Choice value="Green spaces" alias="green"/><Choice value="Buses" alias="buses"/>
  </Choices>
</View>"""


def task(key: str, *hints: str) -> dict[str, Any]:
    """A task as it is pushed; with hints, one prediction."""
    made = {"model_version": "suggestions", "score": 0.5, "result": chosen(*hints)}
    return {
        "data": {"item_key": key, "text": f"What was said in {key}."},
        "predictions": [made] if hints else [],
    }


@dataclass
class Coder:
    """Somebody signed in with a session, as in a browser."""

    email: str
    http: httpx.Client

    @property
    def number(self) -> int:
        return int(self._asked("GET", "/api/current-user/whoami")["id"])

    def annotate(self, task: int, result: Sequence[_Json], seconds: float = 5.0) -> int:
        """Submit regions or choices; return the annotation's number."""
        return self._submit(task, {"result": list(result), "lead_time": seconds})

    def skip(self, task: int) -> int:
        return self._submit(task, {"result": [], "lead_time": 1.0, "was_cancelled": True})

    def edit(self, annotation: int, result: Sequence[_Json]) -> None:
        self._asked("PATCH", f"/api/annotations/{annotation}/", {"result": list(result)})

    def take_up(self, annotation: int, result: Sequence[_Json]) -> None:
        """Submit what was skipped before."""
        body = {"result": list(result), "was_cancelled": False}
        self._asked("PATCH", f"/api/annotations/{annotation}/", body)

    def delete(self, annotation: int) -> None:
        self._asked("DELETE", f"/api/annotations/{annotation}/")

    def draft(self, task: int, result: Sequence[_Json], annotation: int | None = None) -> int:
        """Begin and do not submit; over an annotation: begin to change it."""
        place = f"/api/tasks/{task}/" + (f"annotations/{annotation}/" if annotation else "")
        body = {"result": list(result), "lead_time": 2.0}
        return int(self._asked("POST", f"{place}drafts", body)["id"])

    def delete_task(self, task: int) -> None:
        self._asked("DELETE", f"/api/tasks/{task}/")

    def delete_all_annotations(self, project: int) -> None:
        """Choose every task in the data manager, and delete their annotations."""
        everything = {"selectedItems": {"all": True, "excluded": []}, "project": project}
        path = f"/api/dm/actions?id=delete_tasks_annotations&project={project}"
        self._asked("POST", path, everything)

    def see(self, path: str) -> httpx.Response:
        """Ask for anything, as somebody does who types an address."""
        return self.http.get(path)

    def _submit(self, task: int, body: _Json) -> int:
        return int(self._asked("POST", f"/api/tasks/{task}/annotations/", body)["id"])

    def _asked(self, method: str, path: str, body: _Json | None = None) -> Any:
        answer = self.http.request(method, path, json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None


def chosen(*codes: str, region: str = "", to: str = "text") -> list[dict[str, Any]]:
    """What ticking codes leaves behind, for a configuration of one list of choices."""
    value = {"choices": list(codes)}
    one = {"from_name": "code", "to_name": to, "type": "choices", "value": value}
    return [{**one, "id": region} if region else one]


def sign_up(link: str, email: str) -> Coder:
    """Make an account by an invitation's link, as its form does."""
    url = httpx.URL(link)
    http = httpx.Client(
        base_url=f"{url.scheme}://{url.netloc.decode()}", timeout=60, limits=_CLOSED
    )
    form = {"email": email, "password": PASSWORD, "allow_newsletters": "false"}
    return _opened(http, link, form, email)


def sign_in(url: str, email: str) -> Coder:
    http = httpx.Client(base_url=url, timeout=60, limits=_CLOSED)
    return _opened(http, "/user/login/", {"email": email, "password": PASSWORD}, email)


def _opened(http: httpx.Client, path: str, form: dict[str, str], email: str) -> Coder:
    found = _FORM.search(http.get(path).text)
    assert found
    http.headers["Referer"] = str(http.base_url)
    answer = http.post(path, data={**form, "csrfmiddlewaretoken": found.group(1)})
    assert answer.status_code == 302, "the form was shown again"
    http.headers["X-CSRFToken"] = http.cookies["csrftoken"]
    return Coder(email, http)
