"""Working results kept on the site: made beside the pages, swapped in whole, gone at a withdrawal.

They are what `listening report` writes for the newest run. Pages read them and count nothing.
"""

from __future__ import annotations

import json
import secrets
import shutil
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from listening import report
from listening.errors import ListeningError, NothingToDo
from listening.steps import kept_passages, kept_quotes
from listening.steps.desk import books
from listening.steps.ingest import newest
from listening.steps.kept_folder import BOOK, TURN, results_folder
from listening.steps.kept_releases import write
from listening.steps.own_words import index_files
from listening.steps.prioritise import prioritise
from listening.steps.results import write_results
from listening.steps.site import now
from listening.steps.waves import FILE, begins, over_time
from listening.steps.work import Work, content_key

__all__ = ["KeptResults", "document", "due", "kept_results", "make_results", "results_folder"]

#: how long results stand at least while people code and files come; and how many times as long as
#: they took to make
STAND, TIMES = timedelta(minutes=5), 10
#: how often they are begun anew because somebody left while they were being made
_TRIES = 3


@dataclass(frozen=True)
class KeptResults:
    """Results of a programme as they were made last.

    Attributes:
        folder: with the files of `listening report`.
        run: id of the run that was ranked.
        made: when.
        mark: of the state that they were made of: runs, codings, choices and the day.
        stale: whether something has changed since.
        took: seconds that making them took.
    """

    folder: Path
    run: str
    made: datetime
    mark: str
    stale: bool
    took: float


def kept_results(work: Work) -> KeptResults | None:
    """Return the results that are kept; None before any were made, and after a withdrawal."""
    told = work.vault.read(BOOK)
    if "folder" not in told or not (results_folder(work) / str(told["folder"])).is_dir():
        return None
    return KeptResults(
        results_folder(work) / str(told["folder"]),
        str(told["run"]),
        datetime.fromisoformat(str(told["made"])),
        str(told["mark"]),
        str(told["mark"]) != state_mark(work),
        float(told["took"]),
    )


def document(kept: KeptResults) -> dict[str, Any]:
    """Return what `priorities.json` of kept results holds. It is shared: change nothing in it.

    Raises:
        NothingToDo: they were deleted or replaced meanwhile.
    """
    try:
        return _document(
            str(kept.folder), kept.mark, (kept.folder / "priorities.json").stat().st_ino
        )
    except FileNotFoundError:
        raise NothingToDo(
            "The results", "are being made anew.", "Open the page again in a moment."
        ) from None


@lru_cache(maxsize=8)
def _document(folder: str, _mark: str, _inode: int) -> dict[str, Any]:
    return dict(json.loads((Path(folder) / "priorities.json").read_bytes()))


def make_results(work: Work) -> KeptResults:
    """Rank the newest run and keep its working results in the place of those before.

    A kill leaves the earlier results or the new ones, whole. Nobody waits for the ranking; a
    withdrawal that comes meanwhile is heeded, and what was being made is made anew without them.

    Raises:
        NothingToDo: nothing was read in yet.
        ListeningError: people left again and again while it was made.
    """
    for _ in range(_TRIES):
        made = _make(work)
        if made is not None:
            return made
    raise ListeningError(
        "The results",
        "changed again and again while they were made.",
        "Ask for them again when nobody is taking anything out.",
    )


def _make(work: Work) -> KeptResults | None:
    begun, turn = time.monotonic(), work.vault.read(BOOK).get(TURN)
    run_id = newest(work)
    _take_codebook(work, run_id)
    mark = state_mark(work)
    work.indexed.clear()
    done = prioritise(work, run_id)
    changed = over_time(work, run_id, done)
    runs = index_files(work)
    with work.alone():
        if work.vault.read(BOOK).get(TURN) != turn:
            return None
        name = secrets.token_hex(8)
        fresh = results_folder(work) / name
        results_folder(work).mkdir(parents=True, exist_ok=True, mode=0o700)
        write_results(work, run_id, done, fresh, kept_passages.files)
        kept_quotes.lay_out(work, fresh)
        write(fresh, {FILE: report.as_json(changed), **runs}, private=True)
        _let_note_go(work, run_id, fresh)
        told = {
            "folder": name,
            "run": run_id,
            "made": now().isoformat(timespec="seconds"),
            "mark": mark,
            "took": round(time.monotonic() - begun, 1),
        }
        work.vault.write(BOOK, told if turn is None else {TURN: turn, **told})
        _sweep(results_folder(work), name)
    return kept_results(work)


def _take_codebook(work: Work, run_id: str) -> None:
    """Let the newest run be ranked by the codebook that is coded by."""
    found = books.current(work)
    parameters = work.store.run(run_id).parameters
    if found and parameters.get("codebook") != found[0]:
        work.store.note_run(run_id, parameters={**parameters, "codebook": found[0]})


def _let_note_go(work: Work, run_id: str, fresh: Path) -> None:
    """Take the folder off the run's list: it goes as a whole, and is another one each time."""
    book = work.vault.read(f"runs/{run_id}")
    kept = [path for path in book.get("results", []) if Path(path).parent != fresh.resolve()]
    work.vault.write(f"runs/{run_id}", {**book, "results": kept})


def _sweep(folder: Path, but: str) -> None:
    """Delete earlier results, and what a kill left half made."""
    for one in folder.iterdir():
        if one.name != but:
            shutil.rmtree(one, ignore_errors=True)


def state_mark(work: Work) -> str:
    """Return a mark of all that results rest on: the day is one, as consent ends."""
    try:
        run = work.store.run()
    except NothingToDo:
        return ""
    book = books.current(work)
    # without what making the results itself writes into the run
    parameters = {k: v for k, v in run.parameters.items() if k not in ("codebook", "extended")}
    days = [(one.day, one.name) for one in begins(work)]
    told = content_key(parameters, list(run.sources), book[0] if book else "", days)[:16]
    said = work.store.panels.mark()
    return f"{work.store.loop.mark()} {run.run_id} {told} {said} {work.today.isoformat()}"


def due(work: Work) -> bool:
    """Whether results should be made: there are none, or something changed and they have stood."""
    mark = state_mark(work)
    if not mark:
        return False
    kept = kept_results(work)
    if kept is None:
        return True
    stand = max(STAND, timedelta(seconds=TIMES * kept.took))
    return kept.stale and now() - kept.made >= stand
