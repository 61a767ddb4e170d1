"""The programme lead's pages on 100,000 answers: how long a page takes, and a new order.

A hundred thousand made-up people answer both questions of the bundled survey, each with one of its
150 answers drawn by lot, and have the attributes of one of its people. They are laid into the
store of a site, matched to the bundled codebook and ranked by the product itself; what it keeps is
what the pages are made of. Half of them answered in March and half in June, and the lead said that
a wave began between. They share a few hundred wordings, so that next to nothing is embedded:
of as many different answers that takes most of the time, once. Pages are asked for in this process,
past the network: the first time, with nothing at hand, and the median of those after. The order is
made anew in Chromium: from moving a slider to the next picture on the screen, the median and the
longest of 40 moves.

`python -m benchmarks.leading [--count 100000]`
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from wsgiref.simple_server import make_server

import numpy as np
import pandas as pd

from benchmarks import sections
from listening.records import DOCUMENTS, PARTICIPANTS, PASSAGES, SEGMENTS
from listening.segments import text_key
from listening.settings import Settings
from listening.steps import PackagedModels, Work, accounts, quoting, signing, waves
from listening.steps.acting import keeping
from listening.steps.acting.keeping import Action
from listening.steps.attending import Reader
from listening.steps.choices import logged
from listening.steps.kept_results import kept_results, make_results
from listening.steps.prioritise import prioritise
from listening.steps.releasing import release
from listening.steps.site import Site, open_site
from listening.store import KeptSource
from listening.store.accounts import people
from listening.web import here

ROOT = Path(__file__).parents[1]
SURVEY = ROOT / "examples" / "tallow_wharf" / "survey.csv"
BOOK = ROOT / "annotations" / "codebooks" / "north_westminster_six.toml"
ASKED = slice(2, 4)
KNOWN = ("age_band", "gender", "ethnicity", "tenure", "place")
#: on which day the first half answered, and the second; from when on a second wave is told
HEARD, SECOND = ("2026-03-05", "2026-06-08"), date(2026, 6, 1)
RUN, PROGRAMME = "r1", "A hundred thousand"
PAGES = {
    "Priorities": "priorities/",
    "One priority": "priorities/of/housing/",
    "Every passage behind it": "priorities/of/housing/passages/",
    "Who was heard": "priorities/voices/",
    "Places": "priorities/places/",
    "What would change the order": "priorities/choices/",
    "How this was made": "priorities/made/",
    "Quotes": "quotes/",
    "One quote": "quotes/{quote}/",
    "Releases": "releases/",
    "You said, we did": "actions/you-said-we-did/",
    "What changed": "priorities/change/",
}
#: what residents are shown, which is asked for as a file
POSTER = "actions/residents/poster/"
AGAIN, MOVES = 5, 40
DONE = "There is a team now that comes out within a week when damp is back in a flat."


def lay_out(work: Work, count: int, seed: int = 0) -> None:
    """Keep made-up people who answer two questions, and begin a run over them."""
    survey = pd.read_csv(SURVEY, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    random = np.random.default_rng(seed)
    who = survey.iloc[random.integers(0, len(survey), count)].reset_index(drop=True)
    ids = pd.Series([f"P{n:06d}" for n in range(count)])
    segments = []
    for question in survey.columns[ASKED]:
        said = survey[question].iloc[random.integers(0, len(survey), count)].reset_index(drop=True)
        told = empty_rows(SEGMENTS, count) | {"segment_id": ids + f"-{len(segments)}", "text": said}
        told |= {"document_id": "d" + ids, "participant_id": ids, "question": question}
        told |= {"nil": said.str.strip() == "", "text_key": said.map(text_key)}
        told |= {"end": said.str.len(), "source_kind": "survey", "language": "en"}
        segments.append(pd.DataFrame(told | {"voice": "verbatim"}))
    attributes = [dict(row) for row in who[list(KNOWN)].to_dict("records")]
    person = empty_rows(PARTICIPANTS, count) | {"participant_id": ids, "source_kind": "survey"}
    person |= {"consent": who["consent"], "people": 1, "cluster": "d" + ids, "place": who["place"]}
    document = empty_rows(DOCUMENTS, count) | {"document_id": "d" + ids, "kind": "survey"}
    document |= {"date": [HEARD[2 * n // count] for n in range(count)]}
    work.store.add_source(KeptSource("survey", (), (), {}), "file survey")
    both = pd.concat(segments, ignore_index=True)
    passages = {name: both[name] for name in ("document_id", "participant_id", "start", "end")}
    passages = (
        empty_rows(PASSAGES, len(both)) | passages | {"role": "participant", "voice": "verbatim"}
    )
    for table, schema in (
        (pd.DataFrame(document | {"text": segments[0]["text"]}), DOCUMENTS),
        (pd.DataFrame(passages), PASSAGES),
        (pd.DataFrame(person | {"attributes": attributes}), PARTICIPANTS),
        (both, SEGMENTS),
    ):
        work.store.save("survey", table, schema)
    nothing = dict.fromkeys(("programme", "population", "panel", "indicators", "wave"), "")
    book = BOOK.read_text(encoding="utf-8")
    asked = {**nothing, "codebook": book, "k": 3, "choices": [logged(k=3)], "options": {}}
    work.store.begin_run(RUN, seed, {**asked, "extend": False})
    work.store.note_run(RUN, sources=["survey"])
    work.vault.write(f"runs/{RUN}", {"names": {"survey": "survey.csv"}, "paths": [], "rejects": []})


def empty_rows(schema: Any, count: int) -> dict[str, Any]:
    """Return columns of a table in which nothing is said yet."""
    told: dict[str, Any] = {}
    for name, column in schema.columns.items():
        empty: Any = column.default if column.default is not None else ""
        kind = str(column.dtype)
        if empty == "" and kind.startswith(("int", "float")):
            empty = 0
        told[name] = pd.Series([() if name == "phrases" else empty] * count)
    return told


def release_one(site: Site, work: Work, person: Any, slug: str) -> str:
    """Sign a quote, make a release, and tell residents what is done; return the quote's id."""
    kept = kept_results(work)
    if kept is None:
        raise SystemExit("There are no results.")
    quote = quoting.board(work, kept).first
    first = signing.candidates(work, kept.folder)
    one = next(found for found in first if quoting.quote_id(found) == quote)
    signing.enter(work, one, quoting.SIGNED, "Lead", speaks=quoting.YES)
    start = time.perf_counter()
    release(work, kept.folder, None, provisional=True)
    print(f"released in {time.perf_counter() - start:.0f} seconds", file=sys.stderr, flush=True)
    action = Action(idea="A repairs team", theme=one.theme, told=DONE)
    keeping.save(site, person, people.programme(slug), action)
    return quote


def times(client: Any, slug: str, quote: str) -> Iterator[tuple[str, float, float, int]]:
    """Yield each page: the first time, the median of the times after, and how long it is."""
    asked = [(name, client.get, path.format(quote=quote)) for name, path in PAGES.items()]
    for name, ask, path in [*asked, ("The poster", client.post, POSTER)]:
        took = []
        for _ in range(1 + AGAIN):
            start = time.perf_counter()
            answer = ask(f"/programmes/{slug}/{path}")
            took.append(time.perf_counter() - start)
            if answer.status_code != 200:
                raise SystemExit(f"{path} answers {answer.status_code}")
        print(name, f"{took[0]:.2f} {statistics.median(took[1:]):.3f}", file=sys.stderr, flush=True)
        yield name, took[0], statistics.median(took[1:]), len(answer.content)


@contextmanager
def served() -> Iterator[str]:
    """Serve the site on a free port, in this process."""
    from django.core.wsgi import get_wsgi_application

    server = make_server("127.0.0.1", 0, get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def moves(client: Any, slug: str) -> list[float]:
    """Return how long each move of a slider takes until the next picture, in milliseconds."""
    from playwright.sync_api import sync_playwright

    from tests.browser.chromium import CHROMIUM

    script = """async (moves) => {
      const slider = document.querySelector('input[name^="say-"]');
      const took = [];
      for (let n = 0; n < moves; n += 1) {
        const start = performance.now();
        slider.value = (n * 37) % 101;
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        took.push(performance.now() - start);
      }
      return took;
    }"""
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        context = browser.new_context()
        kept = next(iter(client.cookies.values()))
        context.add_cookies([{"name": kept.key, "value": kept.value, "url": url}])
        page = context.new_page()
        page.goto(f"{url}/programmes/{slug}/priorities/choices/")
        page.locator("#explored li").first.wait_for()
        return [float(one) for one in page.evaluate(script, MOVES)]


def tables(count: int, folder: Path) -> list[str]:
    """Return the lines of the section."""
    site = _site(folder)
    programme = accounts.begin_programme(PROGRAMME)
    person = people.join("lead@example.org", "Lead", "kettle orchard tramline")
    people.give(person, programme.slug, "lead")
    work = site.work(programme)
    lay_out(work, count)
    print("laid out", file=sys.stderr, flush=True)
    waves.begin(site, person, programme, SECOND, "")
    start, busy = time.perf_counter(), time.process_time()
    make_results(work)
    made, busy = time.perf_counter() - start, time.process_time() - busy
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"made in {made:.0f} seconds, {busy:.0f} of CPU", file=sys.stderr, flush=True)
    compared = comparing(work)
    kept = kept_results(work)
    size = (kept.folder / "priorities.json").stat().st_size if kept else 0
    client = _client(person)
    quote = release_one(site, work, person, programme.slug)
    lines = [
        f"{count:,} made-up people with two answers each; {os.cpu_count()} cores, shared (load "
        f"{os.getloadavg()[1]:.1f}). Working the results out took {busy:.0f} seconds of CPU, "
        f"{made:.0f} by the clock, beside the pages, and the process {most:.1f} GiB at most; "
        f"`priorities.json` is {size / 1000:,.0f} kB. Half answered in a second wave: "
        f"counting both and comparing them, which is among that, took {compared:.1f} seconds of "
        "CPU.",
        "",
        "| page | first time, seconds | then, seconds | kB |",
        "|---|---|---|---|",
    ]
    for name, first, then, length in times(client, programme.slug, quote):
        lines.append(f"| {name} | {first:.2f} | {then:.3f} | {length / 1000:.0f} |")
    took = moves(client, programme.slug)
    lines += [
        "",
        f"A new order after a slider has moved, in Chromium: {statistics.median(took):.0f} ms, at "
        f"most {max(took):.0f} ms over {len(took)} moves.",
        "",
        "Not measured here: answers that all differ (these share a few hundred wordings, which are "
        "embedded in seconds), and the making with nothing else running.",
    ]
    site.close()
    return lines


def comparing(work: Work) -> float:
    """Return the seconds of CPU that *What changed* alone takes, once the order is there."""
    done = prioritise(work, RUN)
    busy = time.process_time()
    told = waves.over_time(work, RUN, done)
    if not told["change"]["themes"]:
        raise SystemExit("the two waves were not compared")
    return time.process_time() - busy


def _site(folder: Path) -> Site:
    settings = Settings(home=folder)
    site = open_site(settings, PackagedModels(settings))
    site.today = lambda: date(2026, 7, 1)
    here.serve_from(site, Reader(site))
    return site


def _client(person: Any) -> Any:
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - imported when the server starts
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    settings.SESSION_COOKIE_SECURE = False
    client = Client(SERVER_NAME="localhost")
    user = get_user_model().objects.get(pk=person.id)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--print", action="store_true", help="print and write nothing")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = tables(asked.count, Path(folder))
    print("\n".join(lines))
    if not asked.print:
        command = f"python -m benchmarks.leading --count {asked.count}"
        sections.write("The programme lead's pages", command, lines)


if __name__ == "__main__":
    main()
