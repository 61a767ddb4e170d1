"""What is done beside the pages, one thing after another: reading files, and what was asked for."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from listening.errors import Fault, NothingToDo
from listening.steps import choices, mending, replaced, standing, taught
from listening.steps.arriving import sweep
from listening.steps.coding import following
from listening.steps.copies import THEIRS, SameTalk
from listening.steps.desk import doing
from listening.steps.ingest import begin, ingest
from listening.steps.kept_folder import forget_kept
from listening.steps.panel import keeping as panel_keeping
from listening.steps.reach import keep_sender
from listening.steps.site import Site
from listening.steps.understanding import Answers, Understood, manifest, plain_name
from listening.steps.uploads import ask_whose, note, refuse, set_aside
from listening.steps.withdraw import let_go_as_sent
from listening.steps.work import Request, Work
from listening.store.accounts import Upload, nouns, people, trail
from listening.store.accounts import uploads as kept
from listening.store.lock import only_in

_LOG = logging.getLogger("listening.reader")
#: seconds after which it looks for itself, should nobody have told it
LOOKS_EVERY = 30.0
#: folder in the vault in which a file lies open while it is being read
OPEN = "open"


class Reader(threading.Thread):
    """Reads what is confirmed, pulls what was coded, and does what researchers ask for.

    A stop loses nothing and repeats nothing.

    A site has one: it is in `site.settings.home` alone from `begin` until `stop`.
    """

    def __init__(self, site: Site) -> None:
        super().__init__(name="reader", daemon=True)
        self._site = site
        self._told = threading.Event()
        self._stopping = False
        self._alone = ExitStack()
        self._hinted = False
        self._pull_at = 0.0

    def begin(self) -> None:
        """Clear away what a kill may have left, and begin to read.

        Raises:
            ListeningError: another process reads for this site.
        """
        place = self._site.settings.home / "serving"
        self._alone.enter_context(only_in(place, f"Serving from {self._site.settings.home}"))
        tidy(self._site)
        doing.recover(self._site)
        self.start()

    def nudge(self) -> None:
        """Tell it that something was confirmed or asked for."""
        self._told.set()

    def hint(self) -> None:
        """Tell it that somebody may have coded something."""
        self._hinted = True
        self._told.set()

    def stop(self) -> None:
        """Let it end with what it is doing."""
        self._stopping = True
        self._told.set()
        self.join()
        self._alone.close()

    def run(self) -> None:
        """Read until stopped; what was asked for comes before the next file."""
        while not self._stopping:
            if not _next(self._site):
                _sweep(self._site)
                self._pull()
                self._site.close()
                self._told.wait(LOOKS_EVERY)
                self._told.clear()

    def _pull(self) -> None:
        """Bring back what people coded, on a hint or when it is time."""
        if self._hinted or time.monotonic() >= self._pull_at:
            self._hinted = False
            following.pull_everywhere(self._site)
            doing.keep_figures(self._site)
            if doing.ask_for_results(self._site):
                self._told.set()
            self._pull_at = time.monotonic() + following.EVERY


def _next(site: Site) -> bool:
    """Do what waits: what was asked for, what a panel said, a file; False where nothing does."""
    return doing.do_next(site) or _heed_panels(site) or read_next(site)


def _heed_panels(site: Site) -> bool:
    """Keep what panels said; a fault in it must not stop the reading."""
    try:
        return panel_keeping.keep_next(site)
    except Exception as error:
        _LOG.error("%s", Fault.of(error))
        return False


def read_next(site: Site) -> bool:
    """Read the upload that has waited longest; False where none waits."""
    upload = kept.to_read()
    if upload is None:
        return False
    try:
        with site.work(upload.programme).alone():
            _read(site, upload)
    except SameTalk as copy:
        _copy(site, upload, copy)
    except NothingToDo:
        _unreadable(site, upload)
    except Exception as error:
        # an exception's own words may be a resident's
        fault = Fault.of(error)
        if kept.move(upload, nouns.STOPPED):
            trail.note(
                "reading stopped by a fault",
                programme=upload.programme.slug,
                on=upload.book,
                detail={"fault": fault.why},
            )
    return True


def tidy(site: Site) -> None:
    """Clear away what a kill may have left: open files, and files that no upload knows."""
    people.forget_ended_sessions()
    sweep(site)
    for programme in people.programmes():
        work = site.work(programme)
        vault = work.vault
        shutil.rmtree(vault.folder / OPEN, ignore_errors=True)
        known = kept.ids(programme.slug)
        for shelf in ("uploads", "drafts"):
            for name in set(vault.books(shelf)) - {f"{shelf}/{one}" for one in known}:
                vault.erase(name)
        for beside in (replaced, standing):
            told = beside.files(work)
            for file_key in set(told) - work.store.known_files(told):
                beside.erase(work, file_key)


def _sweep(site: Site) -> None:
    """Sweep what ran out; a fault in it must not stop the reading."""
    try:
        sweep(site)
        panel_keeping.sweep(site)
    except Exception as error:
        _LOG.error("%s", Fault.of(error))


def _read(site: Site, upload: Upload) -> None:
    work = site.work(upload.programme)
    read = mending.to_read(work, upload)
    list_before = taught.mark(work)
    if read.content is None and upload.source_key:
        # somebody withdrew from it: the file is gone, and what others said stays as it is
        kept.move(upload, nouns.KEPT)
        return
    with _opened(work, upload, read) as (file, answers):
        before, chosen = _newest(work)
        rules = site.rules(upload.programme)
        run_id = begin(work, Request((file,), manifest=answers, programme=rules))
        try:
            ingest(work, run_id, upload.book)
        finally:
            choices.carry(work, run_id, chosen)
            own = _join(work, run_id, before, str(read.book["name"]))
    file_key = str(read.book["file_key"])
    sources = [key for key in own if key in work.store.readings(file_key)]
    if not sources:
        raise NothingToDo("Nothing could be read", "", "")
    keep_sender(work, sources, upload.officer.name)
    mending.take_place(work, upload, read)
    told = work.store.sources(dict.fromkeys(sources, ""))
    if any(one.why == THEIRS[0] for source in told for one in source.rejects):
        # as after a withdrawal: what others said stays in the store, and the file does not
        let_go_as_sent(work, upload.book)
    if taught.mark(work) != list_before or mending.confirmed(work, upload):
        return  # something was taught, or a draft confirmed, meanwhile: it is read once more
    if kept.keep(upload, sources[0], file_key):
        note(upload, "file read again" if upload.source_key else "file kept")
    if upload.source_key:
        forget_kept(work)  # results of what it said before
    if upload.source_key and not kept.any_again(upload.programme.slug):
        work.store.compact()  # what was missed before lies nowhere in the store's files any more


@contextmanager
def _opened(work: Work, upload: Upload, read: mending.ToRead) -> Iterator[tuple[Path, Path]]:
    """Lay a file out in the vault while it is read; whatever happens, it is gone afterwards."""
    folder = work.vault.folder / OPEN / upload.id
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        file = folder / plain_name(read.book["name"])
        _write(file, read.content or b"")
        speakers = Understood.of(read.book["understood"]).speakers
        answers = folder / "answers.csv"
        _write(answers, manifest(file.name, speakers, Answers(**read.book["answers"])))
        yield file, answers
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)


def _newest(work: Work) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the vault holds of the newest run, and what was chosen for it."""
    try:
        newest = work.store.run()
    except NothingToDo:
        return {}, {}
    return work.vault.read(f"runs/{newest.run_id}"), dict(newest.parameters)


def _join(work: Work, run_id: str, newest: dict[str, Any], name: str) -> list[str]:
    """Make the newest run one over everything that the programme holds; return this file's keys."""
    book = work.vault.read(f"runs/{run_id}")
    before, reach = newest.get("names", {}), newest.get("reach", [])
    own = dict.fromkeys(book.get("names", {}), name)
    known = work.store.known_sources([*before, *own])
    names = {key: name for key, name in {**before, **own}.items() if key in known}
    told = [{**reject, "file": name} for reject in book.get("rejects", [])]
    work.vault.write(f"runs/{run_id}", book | {"names": names, "rejects": told, "reach": reach})
    work.store.note_run(run_id, sources=list(names))
    return [key for key in own if key in known]


def _copy(site: Site, upload: Upload, copy: SameTalk) -> None:
    """A file that is the same talk as one that was read since it came."""
    work = site.work(upload.programme)
    if mending.confirmed(work, upload):
        mending.refuse_draft(work, upload, copy)
        note(upload, "correction refused")
        return
    if upload.source_key:
        set_aside(site, upload, copy)
    else:
        ask_whose(site, upload)


def _unreadable(site: Site, upload: Upload) -> None:
    """A file that was understood and cannot be read any more: its consent may have ended."""
    work = site.work(upload.programme)
    if mending.confirmed(work, upload):
        mending.refuse_draft(work, upload)  # then what it would have replaced is read again
        note(upload, "correction refused")
        return
    vault = work.vault
    book = vault.read(upload.book)
    why = "Nobody in it may be read any more, or nothing was left to keep."
    told = Understood(refused=(why, "Check the consent and send the file again."))
    vault.write(upload.book, book | {"understood": told.plain()})
    refuse(site, upload)
