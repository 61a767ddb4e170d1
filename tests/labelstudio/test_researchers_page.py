"""A researcher at the pages as they are served, with a real Label Studio behind them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from listening.labelstudio.client import LabelStudio
from listening.settings import Settings
from listening.steps import accounts
from listening.steps.coding import pull, push
from listening.steps.selecting import select
from listening.steps.site import open_site
from tests.browser import chromium
from tests.browser.conftest import browser  # noqa: F401 (the same browser for all that need one)
from tests.browser.officers import Phone, Server, free_port, join
from tests.conftest import FakeModels
from tests.labelstudio import serving
from tests.labelstudio.playing import Coder
from tests.labelstudio.serving import ADMINISTRATOR
from tests.steps.coded_town import book, lay_out, ticked
from tests.steps.town import RUN

pytestmark = [pytest.mark.labelstudio, *chromium.MARKS]
NAME = "Mill Town, spring"


@pytest.fixture
def served(
    label_studio: serving.Server,
    studio: LabelStudio,
    coders: tuple[Coder, Coder],
    tmp_path: Path,
) -> Iterator[Server]:
    """The pages, served as an operator does, over a programme in which two have coded."""
    with ThreadPoolExecutor(1) as apart:  # the browser's loop runs in this thread
        apart.submit(_lay_out, tmp_path / "home", studio, coders).result()
    url = f"http://127.0.0.1:{free_port()}"
    environ = {
        **os.environ,
        "LISTENING_HOME": str(tmp_path / "home"),
        "LISTENING_URL": url,
        "LISTENING_LABEL_STUDIO_URL": label_studio.url,
        "LISTENING_LABEL_STUDIO_EMAIL": ADMINISTRATOR,
        "LISTENING_LABEL_STUDIO_PASSWORD": serving.PASSWORD,
    }
    server = Server(url, environ, tmp_path)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _lay_out(home: Path, studio: LabelStudio, coders: tuple[Coder, Coder]) -> None:
    site = open_site(Settings(home=home, programme=NAME), FakeModels(None))
    work = site.work(accounts.begin_programme(NAME))
    lay_out(work)
    select(work, RUN, None, None, 0)
    push(work, RUN, book(), studio, [one.email for one in coders])
    _code(work, studio, coders)
    pull(work, studio)
    site.close()


def _code(work: Any, studio: LabelStudio, coders: tuple[Coder, Coder]) -> None:
    """Both read the audit; on four answers the second sees parks too."""
    for coder in coders:
        project = next(
            int(one.number or 0)
            for one in work.store.loop.projects()
            if one.key.endswith(f"blind/whole/{coder.email}")
        )
        for place, task in enumerate(sorted(studio.changed(project, ""), key=lambda t: t["id"])):
            codes = [["housing"], ["buses"], ["housing", "buses"]][place % 3]
            more = ["parks"] if coder is coders[1] and place < 4 else []
            coder.annotate(task["id"], ticked(*codes, *more, memo="Says so twice.", severity=1))


def picture(page: Any, shots: Path, name: str) -> None:
    """Take a picture at the width of a screen, and nothing scrolls sideways."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.screenshot(path=str(shots / f"{name}-1280.png"), full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 1280, name
    page.set_viewport_size({"width": 390, "height": 844})


def test_a_researcher_sees_progress_settles_and_publishes_a_renamed_code(
    browser: Any,  # noqa: F811
    served: Server,
    label_studio: serving.Server,
    studio: LabelStudio,
) -> None:
    phone = Phone(browser, served.shots)
    page = phone.page
    join(page, served.invite("researcher@mill.example", "researcher"), "Wren Ashdown")
    page.get_by_role("button", name="Coding").click()
    page.get_by_role("heading", name="How far it has come").wait_for()
    phone.check("coding-begun")
    _progress(phone, label_studio.url)
    _settle(phone, studio)
    _rename(phone)
    configs = [studio.config_of(n) for n, key in studio.projects().items() if "/town/" in key]
    assert any("Parks and trees" in one for one in configs)
    _matrix(phone)
    assert phone.said == []
    said = (served.shots / "log").read_text(encoding="utf-8")
    assert "Error" not in said
    assert "landlord" not in said


def _progress(phone: Phone, there: str) -> None:
    """Pull, look at the figures, and open a project."""
    page = phone.page
    page.get_by_role("button", name="Pull now").click()
    page.get_by_text("Done", exact=True).wait_for(timeout=120_000)
    page.get_by_text("are to be settled: send them").wait_for()
    page.get_by_role("rowheader", name="Housing").wait_for()
    phone.check("coding")
    picture(page, phone.shots, "coding")
    link = page.get_by_role("link", name="Blind · answers").first
    assert link.get_attribute("rel") == "noopener noreferrer"
    with page.context.expect_page() as opened:
        link.click()
    assert opened.value.url.startswith(there)
    opened.value.close()


def _settle(phone: Phone, studio: LabelStudio) -> None:
    """Send what coders differ on, with two presses in one moment."""
    page, before = phone.page, set(studio.projects())
    page.get_by_role("button", name="Send them to adjudication").dblclick()
    page.get_by_text("wait to be settled in Label Studio").wait_for(timeout=120_000)
    made = {n: key for n, key in studio.projects().items() if n not in before}
    (number,) = [n for n, key in made.items() if key.endswith("adjudication/whole")]
    assert len(studio.tasks(number)) == 4
    phone.check("coding-settling")


def _rename(phone: Phone) -> None:
    """Give a code another name, look at what it changes, publish it, and see it."""
    page = phone.page
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Codebook").first.click()
    phone.check("codebook")
    picture(page, phone.shots, "codebook")
    page.get_by_role("button", name="Prepare the next version").click()
    page.get_by_text("Give a code another name").first.click()
    phone.check("codebook-change")
    page.locator("#id_rename-code").select_option("parks")
    page.locator("#id_rename-name").fill("Parks and trees")
    page.locator("#id_rename-why").fill("Coders took trees for another thing.")
    page.get_by_role("button", name="Give a code another name").click()
    page.get_by_text("is now called “Parks and trees”").wait_for()
    phone.check("codebook-next")
    picture(page, phone.shots, "codebook-next")
    page.get_by_role("button", name="Publish version 1.1").click()
    page.get_by_text("from version 1.0 to 1.1").wait_for(timeout=120_000)
    phone.check("coding-published")
    page.get_by_role("link", name="The town, version 1.1").click()
    page.get_by_text("What changed since version 1.0").wait_for()
    phone.check("codebook-published")


def _matrix(phone: Phone) -> None:
    """Read who said what, and choose one code."""
    page = phone.page
    page.goto(page.url.replace("codebook/", "matrix/"))
    page.get_by_role("heading", name="Framework matrix").wait_for()
    phone.check("matrix")
    picture(page, phone.shots, "matrix")
    page.get_by_label("Code").select_option("buses")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("People 1 to").wait_for()
    phone.check("matrix-of-one-code")


def test_without_script_a_researcher_does_the_same(
    browser: Any,  # noqa: F811
    served: Server,
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    join(page, served.invite("second@mill.example", "researcher"), "Sorrel Vane")
    page.get_by_role("button", name="Coding").click()
    page.get_by_role("button", name="Pull now").click()
    for _ in range(60):
        if page.get_by_text("Done", exact=True).count():
            break
        page.wait_for_timeout(1_000)
        page.get_by_role("link", name="Look again").click()
    assert page.get_by_text("are to be settled").is_visible()
