"""The lead's pages in Chromium: no barrier, no scrolling sideways, and the script's arithmetic."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listening.priorities.exploring import COMBINED, MEASURES, Choice, reorder
from listening.steps.kept_results import make_results
from tests.browser.chromium import MARKS
from tests.conftest import ROOT
from tests.web.coding_town import Built, Coded, built, copied  # noqa: F401 (a fixture)

pytestmark = [*MARKS]

SCRIPT = ROOT / "src" / "listening" / "web" / "static" / "listening" / "exploring.js"
PAGES = {
    "first": "",
    "one": "of/parks/",
    "passages": "of/parks/passages/",
    "voices": "voices/",
    "places": "places/",
    "choices": "choices/",
    "made": "made/",
}
SIZES = ((390, 844), (768, 1024), (1440, 900))


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[str]:
    from django.core.wsgi import get_wsgi_application
    from django.test import override_settings

    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=_Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with override_settings(ALLOWED_HOSTS=["127.0.0.1", "localhost"], SESSION_COOKIE_SECURE=False):
        yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def ranked(
    built: dict[str, Built],  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Coded]:
    # the browser's driver keeps a loop in this thread, beside which Django asks a store nothing
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with copied(built["coded"], tmp_path, monkeypatch) as made:
        make_results(made.work)
        yield made


def _signed_in(browser: Any, ranked: Coded, url: str, **more: Any) -> Any:
    client = ranked.client("lead")
    kept = next(iter(client.cookies.values()))
    context = browser.new_context(**more)
    context.add_cookies([{"name": kept.key, "value": kept.value, "url": url}])
    return context.new_page()


def test_no_page_has_a_barrier_and_none_scrolls_sideways(
    browser: Any, ranked: Coded, tmp_path: Path
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with serving() as url:
        page = _signed_in(browser, ranked, url)
        said: list[str] = []
        page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
        for name, path in PAGES.items():
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                page.goto(f"{url}{ranked.address('priorities/')}{path}")
                page.screenshot(path=str(tmp_path / f"{name}-{width}.png"), full_page=True)
                assert page.evaluate("document.documentElement.scrollWidth") == width, name
            found = axe.run(page).response["violations"]
            assert [(one["id"], [n["html"] for n in one["nodes"]]) for one in found] == [], name
        assert said == []


def test_a_slider_moved_by_the_keyboard_orders_at_once(browser: Any, ranked: Coded) -> None:
    with serving() as url:
        page = _signed_in(browser, ranked, url)
        page.goto(f"{url}{ranked.address('priorities/choices/')}")
        page.locator("#show").wait_for(state="hidden")
        slider = page.locator('input[name="say-survey"]')
        slider.focus()
        page.keyboard.press("Home")
        assert page.locator("#scheme-own").is_checked()
        assert page.locator('output[for="say-survey"]').inner_text() == "0"
        page.locator("#scheme-pooled").check()
        by_script = page.locator("#explored li").all_inner_texts()
        page.goto(f"{url}{ranked.address('priorities/choices/')}?scheme=pooled")
        assert page.locator("#explored li").all_inner_texts() == by_script


@pytest.fixture(scope="module")
def script(browser: Any) -> Any:
    """The script's own function, in a page of nothing."""
    page = browser.new_context().new_page()
    source = SCRIPT.read_text(encoding="utf-8").replace("export function", "function", 1)
    page.evaluate(f"() => {{ {source}; window.reorder = reorder; }}")
    return page


@st.composite
def figures(draw: st.DrawFn) -> dict[str, Any]:
    """What an order is made of, as `priorities.json` has it."""
    sources, themes = draw(st.integers(1, 3)), draw(st.integers(1, 5))

    def table(values: st.SearchStrategy[Any]) -> Any:
        row = st.lists(values, min_size=themes, max_size=themes)
        return draw(st.lists(row, min_size=sources, max_size=sources))

    share = st.integers(0, 20).map(lambda n: n / 20)
    evidence = {"shares": table(share), "votes": table(share)}
    evidence |= {"people": table(st.integers(0, 30)), "effective": table(st.integers(0, 900))}
    return {
        "sources": [f"s{n}" for n in range(sources)],
        "participants": draw(st.lists(st.integers(1, 30), min_size=sources, max_size=sources)),
        "themes": [f"t{n}" for n in range(themes)],
        "people": draw(st.lists(st.integers(0, 3), min_size=themes, max_size=themes)),
        "lot": draw(st.permutations(range(themes))),
        "evidence": {"used": evidence},
    }


@settings(max_examples=150)
@given(
    told=figures(),
    scheme=st.sampled_from(COMBINED),
    measure=st.sampled_from(MEASURES),
    fewest=st.integers(1, 40),
    say=st.lists(st.integers(0, 100), min_size=3, max_size=3),
)
def test_the_script_orders_as_the_server_does(
    script: Any, told: dict[str, Any], scheme: str, measure: str, fewest: int, say: list[int]
) -> None:
    own = dict(zip(told["sources"], say, strict=False))
    choice = Choice(scheme, measure, "used", fewest, own)
    given_to = {"scheme": scheme, "measure": measure, "evidence": "used", "fewest": fewest}
    given_to |= {"say": [own[one] for one in told["sources"]]}
    found = script.evaluate(
        "([told, choice]) => reorder(told, choice)",
        [json.loads(json.dumps({**told, "cap": 400})), given_to],
    )
    assert found == reorder(told, choice)
