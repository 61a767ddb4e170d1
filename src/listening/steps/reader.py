"""Reading the files that officers confirmed: each once, however often the process is killed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from listening.errors import Fault, ListeningError, NothingToDo
from listening.steps import choices, mending, replaced, standing, taught
from listening.steps.arriving import sweep
from listening.steps.copies import THEIRS, SameTalk
from listening.steps.ingest import begin, ingest
from listening.steps.kept_folder import forget_kept
from listening.steps.reach import keep_sender
from listening.steps.site import Site
from listening.steps.understanding import Answers, Understood, manifest, plain_name
from listening.steps.uploads import ask_whose, note, refuse, set_aside
from listening.steps.withdraw import let_go_as_sent
from listening.steps.work import Request, Work
from listening.store.accounts import Programme, Upload, nouns, people, trail
from listening.store.accounts import uploads as kept
from listening.store.connect import may_pass

#: how often an upload is begun that the process did not live to end
TRIES = 3
#: book of the vault that says how often each upload was begun
TRIED = "desk/tried"
#: folder in the vault in which a file lies open while it is being read
OPEN = "open"


class TooOften(ListeningError):  # noqa: N818
    """The process did not live to end the reading of a file, time and again."""


def read_next(site: Site, tries: int = 1) -> bool:
    """Read the upload that has waited longest; False where none waits.

    A fault that may pass is raised until an upload was begun `tries` times.
    """
    upload = kept.to_read()
    if upload is None:
        return False
    work, begun = site.work(upload.programme), 0
    try:
        with work.alone():
            if not kept.still_to_read(upload):
                return True  # another process has read it meanwhile
            begun = _begun(work, upload)
            _read(site, upload)
    except SameTalk as copy:
        _copy(site, upload, copy)
    except NothingToDo:
        _unreadable(site, upload)
    except Exception as error:
        if begun < tries and may_pass(error):
            raise
        _stop(upload, error)
    _ended(work, upload)
    return True


def _begun(work: Work, upload: Upload) -> int:
    """Count that an upload is begun; a kill leaves the count. Return which time it is.

    Raises:
        TooOften: the process did not live to end it, time and again.
    """
    told = work.vault.read(TRIED)
    times = int(told.get(upload.id, 0)) + 1
    work.vault.write(TRIED, told | {upload.id: times})
    if times > TRIES:
        raise TooOften("This file", "was begun again and again.", "Send it in another format.")
    return times


def _ended(work: Work, upload: Upload) -> None:
    told = work.vault.read(TRIED)
    if told.pop(upload.id, None) is not None:
        work.vault.write(TRIED, told)


def _stop(upload: Upload, error: Exception) -> None:
    """Note that reading was stopped; an exception's own words may be a resident's."""
    if kept.move(upload, nouns.STOPPED):
        trail.note(
            "reading stopped by a fault",
            programme=upload.programme.slug,
            on=upload.book,
            detail={"fault": Fault.of(error).why},
        )


def tidy(site: Site) -> None:
    """Clear away what a kill may have left: open files, and files that no upload knows."""
    people.forget_ended_sessions()
    sweep(site)
    for programme in people.programmes():
        with ExitStack() as inside:
            try:
                inside.enter_context(site.work(programme).alone_or_not())
            except ListeningError:  # somebody reads just now: what lies open is theirs
                continue
            _tidy(site, programme)


def _tidy(site: Site, programme: Programme) -> None:
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
