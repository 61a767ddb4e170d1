"""Reading what officers confirmed, one file after another, in a thread beside the pages."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from listening.errors import Fault, NothingToDo
from listening.steps.ingest import begin, ingest
from listening.steps.reach import keep_sender
from listening.steps.site import Site
from listening.steps.understanding import Answers, Understood, manifest, plain_name
from listening.steps.uploads import note, refuse
from listening.steps.work import Request, Work
from listening.store.accounts import Upload, nouns, people, trail
from listening.store.accounts import uploads as kept
from listening.store.lock import only_in

#: seconds after which it looks for itself, should nobody have told it
LOOKS_EVERY = 30.0
#: folder in the vault in which a file lies open while it is being read
OPEN = "open"


class Reader(threading.Thread):
    """Reads what is confirmed; stopped and started again, it loses nothing and repeats nothing.

    A site has one: it is in `site.settings.home` alone from `begin` until `stop`.
    """

    def __init__(self, site: Site) -> None:
        super().__init__(name="reader", daemon=True)
        self._site = site
        self._told = threading.Event()
        self._stopping = False
        self._alone = ExitStack()

    def begin(self) -> None:
        """Clear away what a kill may have left, and begin to read.

        Raises:
            ListeningError: another process reads for this site.
        """
        place = self._site.settings.home / "serving"
        self._alone.enter_context(only_in(place, f"Serving from {self._site.settings.home}"))
        tidy(self._site)
        self.start()

    def nudge(self) -> None:
        """Tell it that something was confirmed."""
        self._told.set()

    def stop(self) -> None:
        """Let it end with the file that it is reading."""
        self._stopping = True
        self._told.set()
        self.join()
        self._alone.close()

    def run(self) -> None:
        """Read until stopped."""
        while not self._stopping:
            if not read_next(self._site):
                self._site.close()
                self._told.wait(LOOKS_EVERY)
                self._told.clear()


def read_next(site: Site) -> bool:
    """Read the upload that has waited longest; False where none waits."""
    upload = kept.to_read()
    if upload is None:
        return False
    try:
        _read(site, upload)
    except NothingToDo:
        _refused(site, upload)
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
    for programme in people.programmes():
        vault = site.work(programme).vault
        shutil.rmtree(vault.folder / OPEN, ignore_errors=True)
        known = {f"uploads/{one}" for one in kept.ids(programme.slug)}
        for name in set(vault.books("uploads")) - known:
            vault.erase(name)


def _read(site: Site, upload: Upload) -> None:
    work = site.work(upload.programme)
    book = work.vault.read(upload.book)
    with _opened(work, upload, book) as (file, answers):
        before = _newest(work)
        rules = site.rules(upload.programme)
        run_id = begin(work, Request((file,), manifest=answers, programme=rules))
        try:
            ingest(work, run_id)
        finally:
            own = _join(work, run_id, before, str(book["name"]))
    if not own:
        raise NothingToDo("Nothing could be read", "", "")
    keep_sender(work, own, upload.officer.name)
    if kept.move(upload, nouns.KEPT, source_key=own[0]):
        note(upload, "file kept")


@contextmanager
def _opened(work: Work, upload: Upload, book: dict[str, Any]) -> Iterator[tuple[Path, Path]]:
    """Lay a file out in the vault while it is read; whatever happens, it is gone afterwards."""
    folder = work.vault.folder / OPEN / upload.id
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        file = folder / plain_name(book["name"])
        _write(file, work.vault.file(upload.book))
        speakers = Understood.of(book["understood"]).speakers
        answers = folder / "answers.csv"
        _write(answers, manifest(file.name, speakers, Answers(**book["answers"])))
        yield file, answers
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)


def _newest(work: Work) -> dict[str, Any]:
    try:
        newest = work.store.run().run_id
    except NothingToDo:
        return {}
    return work.vault.read(f"runs/{newest}")


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


def _refused(site: Site, upload: Upload) -> None:
    """A file that was understood and cannot be read any more: its consent may have ended."""
    vault = site.work(upload.programme).vault
    book = vault.read(upload.book)
    why = "Nobody in it may be read any more, or nothing was left to keep."
    told = Understood(refused=(why, "Check the consent and send the file again."))
    vault.write(upload.book, book | {"understood": told.plain()})
    refuse(site, upload)
