"""Fifty officers who send files and two hundred leads who read, all at once, on a real server.

A programme is laid out with made-up answers and its results are made; then `listening serve` runs
as a process of its own on this machine. Every person signs in through the form and keeps a session.
Leads open one of their pages, read for 5 to 15 seconds, and open the next. Officers send a made-up
interview by tus in two pieces, answer its questions, confirm it, and have the next one ready 15 to
45 seconds later. After the time is over the server reads what is left, and the store is asked which
files it holds: each that was confirmed, once.

With `--whole` a Prefect server and a worker run beside the pages, as `make serve` starts them, and
files are read by the worker's process; without, `listening serve` alone does both.

Only addresses of this machine are asked, and the command ends by itself.

`python -m benchmarks.load [--whole] [--minutes 5] [--officers 50] [--leads 200] [--answers 2000]`
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import sections
from benchmarks.leading import lay_out
from benchmarks.load_people import PASSWORD, Lead, Log, Officer
from listening.settings import Settings
from listening.steps import PackagedModels, accounts
from listening.steps.kept_results import make_results
from listening.steps.nouns import Programme
from listening.steps.site import open_site
from listening.store.accounts import people, uploads

#: how long the reading of what was confirmed may take after the last was sent
LONGEST_READING_S = 1800
#: seconds over which everybody signs in
ARRIVING_S = 60


@dataclass(frozen=True)
class Asked:
    """What the command was asked for."""

    minutes: float
    officers: int
    leads: int
    answers: int
    whole: bool = False


def lay(home: Path, asked: Asked) -> str:
    """Make the site with its people and results; return the programme's slug."""
    site = open_site(Settings(home=home), PackagedModels(Settings(home=home)))
    programme = accounts.begin_programme("Mill Town, spring")
    for role, count in (("officer", asked.officers), ("lead", asked.leads)):
        for number in range(count):
            person = people.join(f"{role}{number}@mill.example", f"{role} {number}", PASSWORD)
            people.give(person, programme.slug, role)
    work = site.work(programme)
    lay_out(work, asked.answers)
    make_results(work)
    site.close()
    return programme.slug


@contextmanager
def beside(home: Path, whole: bool) -> Iterator[dict[str, str]]:
    """Run what stands beside the pages, if anything; yield the settings that tell them of it."""
    from tests.flows.whole import Whole, free_port, until

    if not whole:
        yield {}
        return
    parts = Whole(home, free_port())
    try:
        for part in ("prefect", "worker"):
            parts.start(part)
        until(parts.works, "the worker starts")
        yield {"LISTENING_PREFECT_URL": parts.url}
    finally:
        parts.stop()


@contextmanager
def served(home: Path, more: dict[str, str]) -> Iterator[str]:
    """Serve the site as its operator would, with further settings; yield the address."""
    from tests.browser.officers import free_port, wait_for

    url = f"http://127.0.0.1:{free_port()}"
    environ = {**os.environ, "LISTENING_HOME": str(home), "HF_HUB_OFFLINE": "1", **more}
    with (home / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "listening", "serve", "--port", url.rsplit(":", 1)[1]],
            env=environ, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(120)


async def everybody(url: str, slug: str, asked: Asked) -> Log:
    """Let all of them in, one after another, and stop them together."""
    log = Log()
    until = time.monotonic() + ARRIVING_S + asked.minutes * 60
    crowd = [Officer(url, slug, n, log) for n in range(asked.officers)]
    crowd += [Lead(url, slug, n, log) for n in range(asked.leads)]
    order = np.random.default_rng(0).permutation(len(crowd))
    stays = [
        crowd[who].stay(place * ARRIVING_S / len(crowd), until) for place, who in enumerate(order)
    ]
    await asyncio.gather(*stays)
    return log


def wait_until_read() -> float:
    """Wait until nothing waits to be read; return the seconds."""
    start = time.monotonic()
    while time.monotonic() - start < LONGEST_READING_S:
        if uploads.to_read() is None:
            return time.monotonic() - start
        time.sleep(1)
    raise SystemExit(f"Files still wait after {LONGEST_READING_S} seconds.")


def counted(home: Path, slug: str) -> Counter[str]:
    """Return how many sources the newest run counts of each file sent, by the file's name."""
    site = open_site(Settings(home=home), PackagedModels(Settings(home=home)))
    work = site.work(Programme(slug, ""))
    names = work.vault.read(f"runs/{work.store.run().run_id}")["names"]
    site.close()
    return Counter(names.values())


def lines(log: Log, kept: Counter[str], waited: float, asked: Asked) -> list[str]:
    """Return the section."""
    confirmed = log.confirmed
    lost = sum(1 for name in confirmed if kept[name] == 0)
    doubled = sum(1 for name in confirmed if kept[name] > 1)
    way = "The pages, Prefect and its worker" if asked.whole else "`listening serve` alone"
    told = [
        f"{way}: {asked.officers} officers and {asked.leads} leads for {asked.minutes:g} minutes, "
        f"signed in over {ARRIVING_S} seconds; {os.cpu_count()} cores, shared by clients and "
        f"server (load {os.getloadavg()[1]:.1f}). {asked.answers:,} answers in the programme "
        "before.",
        "",
        "| asked for | requests | median, s | p95, s | longest, s | errors |",
        "|---|---|---|---|---|---|",
    ]
    for name in sorted(log.took):
        took = sorted(log.took[name])
        p95 = took[min(len(took) - 1, int(0.95 * len(took)))]
        told.append(
            f"| {name} | {len(took):,} | {statistics.median(took):.2f} | {p95:.2f} "
            f"| {took[-1]:.2f} | {log.errors[name]} |"
        )
    told += [
        "",
        f"{len(confirmed)} files were confirmed; after the end reading what was left took "
        f"{waited:.0f} seconds. Kept once: {len(confirmed) - lost - doubled}; lost: {lost}; kept "
        f"twice: {doubled}. What was said of errors: {dict(log.said) or 'nothing'}.",
    ]
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--officers", type=int, default=50)
    parser.add_argument("--leads", type=int, default=200)
    parser.add_argument("--answers", type=int, default=2000)
    parser.add_argument("--whole", action="store_true", help="with Prefect and a worker")
    parser.add_argument("--print", action="store_true", help="print and write nothing")
    told = parser.parse_args()
    asked = Asked(told.minutes, told.officers, told.leads, told.answers, told.whole)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        slug = lay(home, asked)
        with beside(home, asked.whole) as more, served(home, more) as url:
            log = asyncio.run(everybody(url, slug, asked))
            waited = wait_until_read()
        kept = counted(home, slug)
    section = lines(log, kept, waited, asked)
    print("\n".join(section))
    if not told.print:
        name = "Load: the whole system" if asked.whole else "Load"
        command = f"python -m benchmarks.load {'--whole ' * asked.whole}--minutes {asked.minutes:g}"
        sections.write(name, command, section)


if __name__ == "__main__":
    main()
