"""A phone on a bad connection: what broke off goes on where it stopped."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.browser.chromium import MARKS
from tests.browser.officers import (
    PASSWORD,
    Phone,
    Server,
    by_keyboard,
    focused,
    join,
    running,
    send,
)
from tests.web.material import holding

pytestmark = MARKS

NAMES = ("talk one.docx", "talk two.docx", "talk three.docx")
PIECE = 512 * 1024
CANARY = b"a canary in the photograph"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("site")) as server:
        yield server


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three conversations, each with a photograph in it."""
    return [with_photograph(tmp_path / name, 2_000_000) for name in NAMES]


def with_photograph(path: Path, size: int) -> Path:
    document = Document()
    document.add_paragraph("Interviewer: What would help you to thrive here?")
    document.add_paragraph(f"Oriel: The damp in my flat comes back, and {path.stem} is late.")
    document.save(str(path))
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("word/media/photo.bin", CANARY + os.urandom(size))
    return path


class Line:
    """The line between a phone and the server: slow, and it counts what is sent."""

    def __init__(self, page: Any) -> None:
        self.sent = 0
        self.begun = 0
        self.asked = 0
        self.arrived = 0
        self.page = page
        page.route("**/arriving/**", self._pass)
        page.on("response", self._answered)

    def _pass(self, route: Any) -> None:
        request = route.request
        self.sent += len(request.post_data_buffer or b"")
        self.begun += request.method == "POST"
        self.asked += request.method == "HEAD"
        time.sleep(0.15)
        route.continue_()

    def _answered(self, response: Any) -> None:
        took = response.request.method == "PATCH" and response.status == 204
        self.arrived += took

    def wait(self, pieces: int) -> None:
        """Wait until so many pieces have arrived."""
        end = time.monotonic() + 150
        while self.arrived < pieces and time.monotonic() < end:
            self.page.wait_for_timeout(20)
        assert self.arrived >= pieces


def at_files(browser: Any, server: Server, email: str) -> Phone:
    phone = Phone(browser, server.shots)
    join(phone.page, server.invite(email, "officer"), "Wren Ashdown")
    phone.page.get_by_role("button", name="Send files").click()
    phone.page.get_by_role("heading", name="My files").wait_for()
    return phone


def pieces(server: Server) -> list[Path]:
    """Return where pieces of files lie that are half sent."""
    arriving = server.shots / "home" / "programmes" / "mill-town-spring" / "vault" / "arriving"
    return sorted(arriving.rglob("*.sealed-file"))


def all_listed(page: Any) -> None:
    for name in NAMES:
        page.get_by_role("link", name=name).wait_for(timeout=150_000)


def test_three_files_arrive_although_the_connection_is_cut_midway(
    browser: Any, server: Server, files: list[Path]
) -> None:
    phone = at_files(browser, server, "cut@mill.example")
    page, line = phone.page, Line(phone.page)
    send(page, files)
    line.wait(6)  # in the middle of the second
    page.context.set_offline(True)
    page.get_by_text("No connection. It goes on by itself").wait_for(timeout=150_000)
    assert page.get_by_text("It has arrived.").count() == 1
    phone.check("no-connection")
    page.context.set_offline(False)
    all_listed(page)
    phone.check("arrived-after-all")

    size = sum(path.stat().st_size for path in files)
    assert line.begun == 3  # none of them began again
    assert line.asked >= 1
    assert size <= line.sent < size + 3 * PIECE


def test_a_page_that_was_closed_goes_on_when_the_same_file_is_chosen_again(
    browser: Any, server: Server, files: list[Path]
) -> None:
    phone = at_files(browser, server, "closed@mill.example")
    first = Line(phone.page)
    send(phone.page, files[:1])
    first.wait(2)
    address = phone.page.url
    context = phone.page.context
    phone.page.close()

    phone.page = context.new_page()
    phone.page.goto(address)
    phone.page.get_by_text("Not all of it has arrived").wait_for()
    assert phone.page.get_by_text("talk one.docx", exact=True).is_visible()
    phone.check("half-sent")
    kept = phone.page.evaluate("JSON.stringify(localStorage)")
    assert "talk" not in kept  # the phone's browser keeps no name
    second = Line(phone.page)
    send(phone.page, files[:1])
    phone.page.get_by_role("heading", name="talk one.docx").wait_for(timeout=150_000)

    size = files[0].stat().st_size
    assert (first.begun, second.begun) == (1, 0)
    assert second.sent <= size - 2 * PIECE
    assert first.sent + second.sent < size + 2 * PIECE
    assert phone.page.evaluate("localStorage.length") == 0


def test_a_server_that_is_starting_again_is_waited_for(
    browser: Any, server: Server, files: list[Path]
) -> None:
    phone = at_files(browser, server, "restart@mill.example")
    page, line = phone.page, Line(phone.page)
    failed: list[str] = []

    def broken(route: Any) -> None:
        """Stand in for a proxy whose server is away: one piece and the question after it fail."""
        wanted = line.arrived >= 1 and len(failed) < 2
        if wanted and route.request.method in ("PATCH", "HEAD"):
            failed.append(route.request.method)
            route.fulfill(status=502, body="Bad gateway")
        else:
            route.fallback()

    page.route("**/arriving/**", broken)
    send(page, files[:1])
    page.get_by_role("heading", name="talk one.docx").wait_for(timeout=150_000)
    assert failed == ["PATCH", "HEAD"]
    assert line.begun == 1


def test_a_server_that_was_killed_goes_on_with_the_next_piece(
    browser: Any, server: Server, files: list[Path]
) -> None:
    phone = at_files(browser, server, "kill@mill.example")
    page, line = phone.page, Line(phone.page)
    send(page, files[:1])
    line.wait(2)
    server.kill()
    page.get_by_text("The connection broke. Trying again.").wait_for()
    server.start()
    page.get_by_role("heading", name="talk one.docx").wait_for(timeout=150_000)
    size = files[0].stat().st_size
    assert line.begun == 1
    assert line.sent < size + 2 * PIECE
    assert pieces(server) == []


def sign_out_in_another_tab(page: Any) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="Menu").click()
    other.get_by_role("link", name="Password and sign out").click()
    other.get_by_role("button", name="Sign out", exact=True).click()
    other.get_by_label("E-mail address").wait_for()
    other.close()


def test_who_was_signed_out_midway_signs_in_and_goes_on(
    browser: Any, server: Server, files: list[Path]
) -> None:
    phone = at_files(browser, server, "out@mill.example")
    page, line = phone.page, Line(phone.page)
    send(page, files[:1])
    line.wait(1)
    page.get_by_role("button", name="Pause sending").click()
    sign_out_in_another_tab(page)
    page.get_by_role("button", name="Continue sending").click()
    page.get_by_text("sign in if you are asked to, and choose the same file").wait_for()
    phone.check("signed-out")
    page.reload()
    page.get_by_label("E-mail address").fill("out@mill.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Not all of it has arrived").wait_for()
    send(page, files[:1])
    page.get_by_role("heading", name="talk one.docx").wait_for(timeout=150_000)
    assert line.begun == 1


def test_sending_is_paused_and_goes_on_by_the_keyboard_alone(
    browser: Any, server: Server, files: list[Path]
) -> None:
    phone = at_files(browser, server, "pause@mill.example")
    page, line = phone.page, Line(phone.page)
    page.locator("input[type=file]").set_input_files(files[:2])
    by_keyboard(page, lambda: page.evaluate("document.activeElement.type") == "submit")
    page.keyboard.press("Enter")
    line.wait(1)
    by_keyboard(page, focused(page, "Pause sending talk one.docx"), "Shift+Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Paused", exact=True).wait_for()
    # the other one goes meanwhile
    page.get_by_text("It has arrived.").wait_for(timeout=150_000)
    assert page.get_by_role("button", name="Pause").count() == 0
    phone.check("paused")
    assert focused(page, "Continue sending talk one.docx")()
    before = line.begun
    page.keyboard.press("Enter")
    page.get_by_role("link", name="talk one.docx").wait_for(timeout=150_000)
    assert line.begun == before == 2
    assert phone.said == []


def test_a_half_sent_file_is_erased_from_the_page(
    browser: Any, server: Server, files: list[Path]
) -> None:
    phone = at_files(browser, server, "erase@mill.example")
    before, line = pieces(server), Line(phone.page)
    send(phone.page, files[:1])
    line.wait(1)
    phone.page.get_by_role("button", name="Pause sending").click()
    phone.page.reload()
    assert len(pieces(server)) > len(before)
    assert holding(CANARY, server.shots / "home") == []
    phone.page.get_by_role("button", name="Erase what has arrived of talk one.docx").click()
    phone.page.get_by_text("What had arrived of the file was erased.").wait_for()
    assert phone.page.get_by_text("Not all of it has arrived").count() == 0
    assert pieces(server) == before


def test_two_tabs_with_the_same_file_make_one_upload(
    browser: Any, server: Server, files: list[Path]
) -> None:
    phone = at_files(browser, server, "tabs@mill.example")
    first, second = phone.page, phone.page.context.new_page()
    second.goto(first.url)
    line = Line(first)
    send(first, files[:1])
    line.wait(1)
    send(second, files[:1])
    for page in (first, second):
        page.get_by_role("heading", name="talk one.docx").wait_for(timeout=150_000)
    assert first.url == second.url
