"""Pages of a town, served from this process: what a test laid out stands on them at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.officers import PASSWORD, Phone, free_port
from tests.web.town import Town

#: widths of a phone, a tablet and a desk
WIDTHS = (390, 768, 1440)


@contextmanager
def served(_town: Town) -> Iterator[str]:
    """Serve the site that is open; yield its address."""
    from django.core.wsgi import get_wsgi_application
    from waitress import wasyncore
    from waitress.server import create_server

    port = free_port()
    server: Any = create_server(get_wsgi_application(), host="127.0.0.1", port=port, threads=2)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        # from within its own loop: a socket closed from outside is one that the loop still waits on
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        thread.join(20)
        server.task_dispatcher.shutdown()


def look(phone: Phone, name: str) -> None:
    """Check a page on a phone, then on a tablet and a desk, with a picture of each."""
    phone.check(name)
    for width in WIDTHS[1:]:
        phone.page.set_viewport_size({"width": width, "height": 900})
        picture = phone.shots / f"{name}-{width}.png"
        phone.page.screenshot(path=str(picture), full_page=True)
        assert phone.page.evaluate("document.documentElement.scrollWidth") == width, name
        phone.no_barrier(f"{name}-{width}")
    phone.page.set_viewport_size({"width": WIDTHS[0], "height": 844})


def signed_in(browser: Any, shots: Path, url: str, role: str) -> Phone:
    """Sign somebody in on a phone."""
    shots.mkdir(parents=True, exist_ok=True)
    phone = Phone(browser, shots)
    phone.page.goto(f"{url}/sign-in/")
    phone.page.get_by_label("E-mail address").fill(f"{role}@mill.example")
    phone.page.get_by_label("Password", exact=True).fill(PASSWORD)
    phone.page.get_by_role("button", name="Sign in").click()
    return phone
