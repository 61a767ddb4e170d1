"""What is looked at on every page of the walk, at every width."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from tests.browser.here import WIDTHS
from tests.web.town import client_of

#: notes what the policy of the site would not let through
_WATCH = """window.refused = [];
document.addEventListener('securitypolicyviolation', (one) =>
  window.refused.push(`${one.violatedDirective} ${one.blockedURI}`));"""
#: what stands on a page, and charts without a table: a chart is named, or says nothing at all
_LOOKED = """() => ({
  heads: document.querySelectorAll('h1').length,
  title: document.title,
  refused: window.refused,
  charts: [...document.querySelectorAll(
    'svg[role=img], img:not([alt=""]), .listening-dot, .listening-control svg:not(svg svg)'
  )].filter((one) => one.checkVisibility()).length,
  tables: document.querySelectorAll('main table').length,
  broken: [...document.images].filter((one) => one.complete && !one.naturalWidth).length,
})"""


@dataclass
class Walk:
    """One person's browser, in which every page is looked at.

    Attributes:
        faults: what is wrong, by page.
        seen: addresses at which a page was looked at.
    """

    page: Any
    url: str
    who: str
    axe: str
    shots: Path | None
    faults: dict[str, list[str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    @classmethod
    def begun(cls, browser: Any, url: str, who: str, person: Any) -> Walk:
        """Open a browser in which somebody is signed in; nobody where there is no person."""
        axe = pytest.importorskip("axe_playwright_python.base").AXE_FILE_PATH
        context = browser.new_context(viewport={"width": WIDTHS[0], "height": 844})
        context.add_init_script(_WATCH)
        for cookie in client_of(person).cookies.values():
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])
        told = os.environ.get("LISTENING_TEST_SHOTS")
        script = Path(axe).read_text(encoding="utf-8")
        walk = cls(context.new_page(), url, who, script, Path(told) if told else None)
        walk.page.on("console", walk._heard)
        walk.page.on("pageerror", lambda error: walk.said.append(str(error)))
        return walk

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.said.append(message.text)

    def look(
        self,
        name: str,
        address: str,
        widths: tuple[int, ...] = WIDTHS,
        *,
        moved: bool = False,
    ) -> None:
        """Open an address, and look at its page at every width.

        Args:
            name: of the page.
            address: its path.
            widths: at which axe looks as well.
            moved: whether it may send on to another page; never to where one signs in.
        """
        self.said.clear()
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 844})
        answer = self.page.goto(f"{self.url}{address}")
        found = self.faults.setdefault(f"{name} as {self.who}", [])
        asked, came = urlsplit(address).path, urlsplit(self.page.url).path
        # a page that shows itself only later sends on to the one that says so
        sent_on = asked != came and (not moved or came == reverse("sign-in"))
        if answer.status != 200 or sent_on:
            found.append(f"answers {answer.status} at {came}")
            return
        self.seen.add(name)
        self.page.evaluate(self.axe)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            found += [f"{width}: {one}" for one in self._wrong(width, axe=width in widths)]
            if self.shots:
                self.shots.mkdir(parents=True, exist_ok=True)
                place = self.shots / f"{name}-{self.who}-{width}.png"
                self.page.screenshot(path=str(place), full_page=True)
        found += self.said

    def _wrong(self, width: int, *, axe: bool) -> list[str]:
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        found = [f"scrolls sideways to {wide}"] if wide > width else []
        told = self.page.evaluate(_LOOKED)
        if told["heads"] != 1:
            found.append(f"{told['heads']} first headings")
        if not told["title"].strip(" –"):
            found.append("no title")
        if told["charts"] and not told["tables"]:
            found.append("a chart without a table")
        if told["broken"]:
            found.append("a picture that does not load")
        found += told["refused"]
        if axe:
            result = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            found += [
                f"{one['id']}: {node['html'][:160]}"
                for one in result["violations"]
                for node in one["nodes"][:3]
            ]
        return found
