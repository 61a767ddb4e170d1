"""A programme with working results kept on the site, laid out without reading anything."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from benchmarks.attackers import Programme as People
from listening.steps import Work
from listening.steps.desk import doing
from listening.steps.kept_folder import results_folder
from listening.steps.kept_results import state_mark
from listening.steps.site import now
from tests.steps.test_releasing import results
from tests.web.coding_town import shown
from tests.web.town import Town, client_of


@dataclass
class Kept:
    """A town with 200 people of whom five may be quoted for a theme."""

    town: Town
    people: People

    @property
    def work(self) -> Work:
        return self.town.site.work(self.town.here)

    def address(self, then: str) -> str:
        return f"/programmes/{self.town.here.slug}/{then}"

    def client(self, by: str = "lead") -> Any:
        return client_of(self.town.people[by])

    def page(self, then: str, by: str = "lead") -> str:
        answer = self.client(by).get(self.address(then))
        assert answer.status_code == 200
        return shown(answer)

    def fields(self, then: str) -> dict[str, str]:
        """Return what the last form of a page holds."""
        page = self.client().get(self.address(then)).content.decode()
        return dict(re.findall(r'name="(words|seen|mark|once)" value="([^"]*)"', page))

    def do_all(self) -> int:
        """Do what was asked for; how much."""
        many = 0
        while doing.do_next(self.town.site):
            many += 1
        return many


def keep(town: Town, people: People, status: str = "reviewed") -> Kept:
    """Keep results of some people as the reader of the site would."""
    made = Kept(town, people)
    work = made.work
    name = f"of{people.issued}"
    folder = results_folder(work) / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    results(work, people, folder, status)
    told = json.loads((folder / "priorities.json").read_text(encoding="utf-8"))
    for one in told["priorities"]:
        one["name"] = f"Theme {one['id']}"
    (folder / "priorities.json").write_text(json.dumps(told), encoding="utf-8")
    said = [{"participant_id": one.id, "text": f"The damp of {one.id}."} for one in people.people]
    pd.DataFrame(said).to_csv(folder / "segments.csv", index=False)
    if not work.vault.read("runs/r1"):
        work.store.begin_run("r1", 0, {})
        work.vault.write("runs/r1", {"names": {}, "paths": [], "rejects": []})
    at = now().isoformat(timespec="seconds")
    told = {"folder": name, "run": "r1", "made": at, "mark": state_mark(work), "took": 1.0}
    work.vault.write("results", told)
    return made
