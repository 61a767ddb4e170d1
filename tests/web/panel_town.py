"""A programme with kept results to ask a panel about, and a panel that is open."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from typing import Any

from listening.steps.kept_folder import BOOK, results_folder
from listening.steps.kept_results import state_mark
from listening.steps.nouns import AskedAbout
from listening.steps.panel import opening
from tests.unit.report import fictional_results as fictional
from tests.web.town import Town, client_of

ASKED = (
    AskedAbout("housing", "Our homes", "People want homes that are warm and dry."),
    AskedAbout("money", "Money", "People find it hard to pay for what they need."),
)


def keep_document(town: Town) -> dict[str, Any]:
    """Give the first programme kept results; return their document."""
    work = town.site.work(town.here)
    document = fictional.document()
    folder = results_folder(work) / "made"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "priorities.json").write_text(json.dumps(document), encoding="utf-8")
    told = {"folder": "made", "run": "r", "made": "2026-07-01T08:00:00+00:00"}
    work.vault.write(BOOK, {**told, "mark": state_mark(work), "took": 1.0})
    return document


def open_panel(
    town: Town, asked: Sequence[AskedAbout] = ASKED, days: int = 14, most: int = 5
) -> str:
    """Open a panel as the lead; return the address of its link."""
    token = opening.open_panel(
        town.site, town.people["lead"], town.here, "May meeting", asked,
        days=days, most=most, document=fictional.document(),
    )  # fmt: skip
    return f"/panel/{token}/"


def shown(answer: Any) -> str:
    """Return what a page says, its tags taken for spaces."""
    told = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(html.unescape(told).split())


class Member:
    """Somebody with the link and a browser of their own."""

    def __init__(self, link: str) -> None:
        self.link = link
        self.client = client_of(None)
        self.at = link
        self.page = shown(self.client.get(link))

    def say(self, **told: Any) -> str:
        """Fill in the page that is open; go where it leads."""
        answer = self.client.post(self.at, told, follow=True)
        self.at = answer.redirect_chain[-1][0] if answer.redirect_chain else self.at
        self.page = shown(answer)
        return self.page

    @property
    def code(self) -> str:
        """Return the code that the last page shows."""
        found = re.search(r"\b(?:[0-9A-Z]{4}-){2}[0-9A-Z]{4}\b", self.page)
        assert found
        return found.group()
