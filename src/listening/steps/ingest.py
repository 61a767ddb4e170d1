"""From files to documents, participants and segments in the store."""

from __future__ import annotations

import secrets
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from listening.errors import NothingToDo
from listening.programme import load as load_programme
from listening.records import Reject, Table
from listening.sources import WHOLE_FILE, Found
from listening.steps import signing, taken_out
from listening.steps.beside import READERS, brought_text
from listening.steps.choices import logged
from listening.steps.codebooks import codebook_text
from listening.steps.finding import gather, text_of
from listening.steps.how import how
from listening.steps.keeping import keep
from listening.steps.reach import found_beside
from listening.steps.taking import Batch
from listening.steps.work import Request, Work

#: files are kept in groups, so that one spaCy pass serves many and a kill loses little
TURNS_AT_ONCE = 20_000


def newest(work: Work, run_id: str = "") -> str:
    """Return the id of a run, of the newest without an id.

    Raises:
        NothingToDo: there is no such run.
    """
    return str(work.store.run(run_id).run_id)


def begin(work: Work, request: Request) -> str:
    """Open a run; return its id. Paths go to the vault: file names are often people's names."""
    run_id = secrets.token_hex(8)
    # a fault in it is told before any work
    codebook = codebook_text(request.codebook) if request.codebook else ""
    population = text_of(request.population) if request.population else ""
    programme = text_of(request.programme) if request.programme else ""
    if request.programme:
        load_programme(programme, request.programme.name)
    parameters = {
        "programme": programme,
        "options": asdict(request.options),
        "k": request.k,
        "wave": request.wave,
        "codebook": codebook,
        "population": population,
        "panel": brought_text("panel", request.panel),
        "indicators": brought_text("indicators", request.indicators),
        "questions": brought_text("questions", request.questions),
        "extend": request.extend,
        "choices": [
            logged(
                k=request.k,
                scheme=request.scheme,
                weights=request.weights,
                priority_groups=request.priority_groups,
            )
        ],
    }
    work.vault.write(
        f"runs/{run_id}",
        {
            "paths": [str(path) for path in request.paths],
            "manifest": str(request.manifest or ""),
            "leave_out": [str(path) for path in _other_parts(request)],
        },
    )
    work.store.begin_run(run_id, request.seed, parameters)
    return run_id


def _other_parts(request: Request) -> list[Path]:
    """Return the files of a request that are no material."""
    parts = (
        request.codebook,
        request.population,
        request.programme,
        request.panel,
        request.indicators,
        request.questions,
    )
    return [path for path in parts if path]


def ingest(work: Work, run_id: str, upload: str = "") -> None:
    """Read every file of the run that the store does not know, and keep what was understood.

    Args:
        work: the workplace.
        run_id: the run.
        upload: book of the upload that the run's one file is. It is the file's place, whatever the
            file is called, and the vault keeps the words that are replaced in it for its officer.

    Raises:
        NothingToDo: no file could be read.
        SameTalk: the upload is the same talk as a file that is kept.
    """
    # whoever reads an upload is alone from before it is opened
    with nullcontext() if upload else work.alone():
        _ingest(work, run_id, upload)


def _ingest(work: Work, run_id: str, upload: str) -> None:
    book = work.vault.read(f"runs/{run_id}")
    found, manifest, rejects = _gathered(work, run_id, book)
    way = how(work, work.store.run(run_id).parameters)
    places = work.vault.read("places")
    done = Batch(work, way, found, manifest, places, upload, rejects)
    for position, file in enumerate(found.files):
        work.progress("read", position, len(found.files))
        with work.stage(run_id, "read"):
            done.take(file)
        if sum(len(item.reading.turns) for item in done.fresh) >= TURNS_AT_ONCE:
            keep(done, run_id)
    keep(done, run_id)
    names = done.names | done.what_stays()
    work.measure.count("read", len(names))
    work.vault.write("places", done.places)
    book |= {"names": names, "rejects": [vars(reject) for reject in rejects]}
    work.vault.write(f"runs/{run_id}", book)
    work.store.note_run(run_id, sources=list(names), stages=work.measure.rows())
    # a quote may read otherwise now, or be nobody's any more
    taken_out.take_down(work)
    work.store.releases.forget_other_words(signing.fingerprint)
    if not names:
        raise NothingToDo("Nothing could be read", _why(rejects), "Then run again.")


def _gathered(
    work: Work, run_id: str, book: dict[str, Any]
) -> tuple[Found, Table | None, list[Reject]]:
    """Find the files of a run; note in its book what was told of the reach beside them."""
    run = work.store.run(run_id)
    with work.stage(run_id, "read"):
        found, manifest, rejects = gather(
            [Path(path) for path in book["paths"]],
            Path(book["manifest"]) if book["manifest"] else None,
            [Path(path) for path in book["leave_out"]],
        )
        book["reach"], wrong = found_beside(found.reach)
        rejects += wrong
        parts = {part: getattr(found, part) for part in ("population", *READERS)}
        texts = {
            part: text_of(file)
            for part, file in parts.items()
            if file and not run.parameters.get(part)
        }
        if texts:
            work.store.note_run(run_id, parameters={**run.parameters, **texts})
    return found, manifest, rejects


def refusals(work: Work, run_id: str) -> list[str]:
    """Say which whole files a run refused, and what to do."""
    rejects = [Reject(**kept) for kept in work.vault.read(f"runs/{run_id}").get("rejects", [])]
    return [f"Refused {reject.sentence}" for reject in rejects if reject.what == WHOLE_FILE]


def _why(rejects: list[Reject]) -> str:
    return " ".join(reject.sentence for reject in rejects) or "No files were found."
