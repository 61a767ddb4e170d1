"""From files to documents, participants and segments in the store."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from listening import documents, language, privacy
from listening.codebook import load as load_codebook
from listening.errors import NothingToDo, UnreadableFile
from listening.programme import load as load_programme
from listening.records import (
    DOCUMENTS,
    PARTICIPANTS,
    PASSAGES,
    PLACES,
    SEGMENTS,
    Parsed,
    Reading,
    Reject,
    Table,
)
from listening.segments import segment
from listening.sources import WHOLE_FILE, Found, FoundFile
from listening.steps.aside import with_questions, without_names
from listening.steps.copies import Copies, set_aside
from listening.steps.finding import content_of, gather, refused, text_of, translation_of
from listening.steps.how import How, how
from listening.steps.withdraw import code
from listening.steps.work import Request, Work, content_key
from listening.store import KeptSource

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
    codebook = text_of(request.codebook) if request.codebook else ""
    if request.codebook:
        load_codebook(codebook, request.codebook.name)  # a fault in it is told before any work
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
    parts = (request.codebook, request.population, request.programme)
    return [path for path in parts if path]


@dataclass(frozen=True)
class _File:
    key: str
    file_key: str
    name: str
    reading: Reading


def ingest(work: Work, run_id: str) -> None:
    """Read every file of the run that the store does not know, and keep what was understood.

    Raises:
        NothingToDo: no file could be read.
    """
    book = work.vault.read(f"runs/{run_id}")
    found, manifest, rejects = _gathered(work, run_id, book)
    way = how(work, work.store.run(run_id).parameters)
    names: dict[str, str] = {}
    contents: dict[str, str] = {}
    places = work.vault.read("places")
    copies = Copies(work)
    fresh: list[_File] = []
    for position, file in enumerate(found.files):
        work.progress("read", position, len(found.files))
        with work.stage(run_id, "read"):
            try:
                content = content_of(file)
                translation = translation_of(found, file)
            except UnreadableFile as error:
                rejects.append(refused(file.name, error))
                continue
            file_key = content_key(content)
            key = way.key(file_key, file.name, manifest, translation)
            if file_key in contents:
                rejects.append(_twice(file.name, contents[file_key]))
                continue
            _forget_what_it_replaces(work, places, file, file_key, key, contents)
            reading: Reading | None = None
            if not work.store.known_sources([key]):
                got = way.understood(work, file, file_key, content, manifest, translation)
                if isinstance(got, Reject):
                    rejects.append(got)
                    continue
                reading = got
                copies.note(file_key, reading.sketch)
            if first := copies.first(file_key, contents):
                rejects.append(set_aside(file.name, contents[first], manifest))
                work.store.forget_readings(file_key, but="", today=work.today.isoformat())
                continue
            if reading:
                fresh.append(_File(key, file_key, file.name, reading))
            names[key] = contents[file_key] = file.name
            if translation:  # it holds the same people's words
                places[found.translations[file.name].place] = file_key
        if sum(len(item.reading.turns) for item in fresh) >= TURNS_AT_ONCE:
            _keep(work, run_id, fresh, way)
            fresh = []
    _keep(work, run_id, fresh, way)
    work.vault.write("places", places)
    copies.save()
    work.vault.write(
        f"runs/{run_id}", book | {"names": names, "rejects": [vars(reject) for reject in rejects]}
    )
    _close(work, run_id, list(names), rejects)


def _gathered(
    work: Work, run_id: str, book: Mapping[str, Any]
) -> tuple[Found, Table | None, list[Reject]]:
    run = work.store.run(run_id)
    with work.stage(run_id, "read"):
        found, manifest, rejects = gather(
            [Path(path) for path in book["paths"]],
            Path(book["manifest"]) if book["manifest"] else None,
            [Path(path) for path in book["leave_out"]],
        )
        if not run.parameters["population"] and found.population:
            text = text_of(found.population)
            work.store.note_run(run_id, parameters={**run.parameters, "population": text})
    return found, manifest, rejects


def _close(work: Work, run_id: str, sources: list[str], rejects: list[Reject]) -> None:
    work.measure.count("read", len(sources))
    work.store.note_run(run_id, sources=sources, stages=work.measure.rows())
    if not sources:
        raise NothingToDo("Nothing could be read", _why(rejects), "Then run again.")


def _forget_what_it_replaces(
    work: Work,
    places: dict[str, str],
    file: FoundFile,
    file_key: str,
    key: str,
    contents: Mapping[str, str],
) -> None:
    """Erase what was kept of this file under another content, manifest row or consent.

    Args:
        work: the workplace.
        places: content that each path last held; this file's is brought up to date.
        file: the file.
        file_key: hash of its content.
        key: hash of its content and of how it is read.
        contents: what this run has read so far; content that moved to another path stays.
    """
    today = work.today.isoformat()
    place = file.place
    before = places.get(place, file_key)
    if before not in (file_key, *contents):
        work.store.forget_readings(before, but="", today=today)
    places[place] = file_key
    # a file is kept under one reading: another manifest may have taken consent back
    work.store.forget_readings(file_key, but=key, today=today)


def _keep(work: Work, run_id: str, files: list[_File], way: How) -> None:
    """Take freshly read files through language, pseudonymisation and segmenting into the store."""
    if not files:
        return
    with work.stage(run_id, "load"):
        pipeline = work.models.pipeline
    worded = [
        one for file in files for one in documents.worded(file.reading.turns, way.translations)
    ]
    texts = [one.text for one in worded]
    others = [one.beside for one in worded]
    questions = [list(dict.fromkeys(file.reading.turns["question"])) for file in files]
    asked = [question for of_file in questions for question in of_file]
    with work.stage(run_id, "language"):
        parsed = language.parse([*texts, *others, *asked], pipeline)
        work.measure.count("language", len(set(texts)))
    with work.stage(run_id, "pseudonymise"):
        known = [file.reading.names for file in files for _ in range(len(file.reading.turns))] * 2
        known += [f.reading.names for f, of in zip(files, questions, strict=True) for _ in of]
        done = privacy.pseudonymise(parsed, known, work.vault.read("descriptors"), way.local)
        work.vault.write("descriptors", done.descriptors)
        work.measure.count("pseudonymise", len(done.edits))
        beside = [one.text for one in done.parsed[len(texts) : 2 * len(texts)]]
        worded = [one._replace(beside=text) for one, text in zip(worded, beside, strict=True)]
        answers = iter(one.text for one in done.parsed[2 * len(texts) :])
        told = [{question: next(answers) for question in of} for of in questions]
    ids = work.vault.issue(key for key, _ in _people(files))
    _keep_codes(work, files)
    _keep_contacts(work, files, ids)
    start = 0
    for file, of in zip(files, told, strict=True):
        end = start + len(file.reading.turns)
        clean = replace(
            file, reading=without_names(with_questions(file.reading, of), way.local.persons)
        )
        _keep_one(work, run_id, clean, _said(done, worded, start, end), ids)
        start = end


class _Said(NamedTuple):
    """What pseudonymising made of the turns of one file."""

    parsed: list[Parsed]
    worded: list[documents.Worded]
    places: list[documents.Place]
    removed: dict[str, int]


def _said(
    done: privacy.Pseudonymised, worded: list[documents.Worded], start: int, end: int
) -> _Said:
    """Return what was made of the texts from `start` up to `end`, counted anew from 0."""
    edits = done.edits[done.edits["text_index"].between(start, end - 1)]
    named = done.places[done.places["text_index"].between(start, end - 1)]
    places = [
        documents.Place(turn - start, first, last, str(kind))
        for turn, first, last, kind in named.itertuples(index=False, name=None)
    ]
    removed = dict(Counter(edits["kind"]))
    return _Said(done.parsed[start:end], worded[start:end], places, removed)


def _keep_one(
    work: Work,
    run_id: str,
    file: _File,
    said: _Said,
    ids: dict[str, str],
) -> None:
    people = file.reading.people
    local = {str(row.participant): ids[key] for key, row in _people([file])}
    with work.stage(run_id, "segment"):
        assembled = documents.assemble(
            file.reading.turns,
            people,
            said.parsed,
            file.file_key,
            local,
            places=said.places,
            worded=said.worded,
        )
        segmented = segment(assembled, language.detect)
        work.measure.count("segment", len(segmented.segments))
    with work.stage(run_id, "store"), work.store.atomic():
        rejects = (*file.reading.rejects, *segmented.rejects)
        counts = dict(Counter(file.reading.turns["role"]))
        ends = [until for until in people["consent_until"] if until]
        until = min(ends, default="")
        kept = KeptSource(file.key, rejects, file.reading.notes, counts, until, said.removed)
        work.store.add_source(kept, file.file_key)
        work.store.save(file.key, assembled.documents, DOCUMENTS)
        work.store.save(file.key, assembled.passages, PASSAGES)
        work.store.save(file.key, assembled.places, PLACES)
        work.store.save(file.key, assembled.participants, PARTICIPANTS)
        work.store.save(file.key, segmented.segments, SEGMENTS)


def _keep_codes(work: Work, files: Iterable[_File]) -> None:
    """Keep the codes of consent forms in the vault, where a withdrawal looks for them."""
    told = ((code(str(row.withdrawal_code)), key) for key, row in _people(files))
    fresh = {of_form: key for of_form, key in told if of_form}
    if fresh:
        work.vault.write("codes", work.vault.read("codes") | fresh)


def _keep_contacts(work: Work, files: Iterable[_File], ids: Mapping[str, str]) -> None:
    """Keep in the vault alone how to reach those who agreed to be asked again."""
    columns = ("contact", "language", "officer")
    fresh = {
        ids[key]: {column: str(getattr(row, column)) for column in columns}
        for key, row in _people(files)
        if row.contact
    }
    if fresh:
        work.vault.write("contacts", work.vault.read("contacts") | fresh)


def _people(files: Iterable[_File]) -> Iterator[tuple[str, Any]]:
    """Yield everybody with what tells them apart: a programme-wide id, or file and key within."""
    for file in files:
        for row in file.reading.people.itertuples():
            programme_id, local = str(row.programme_id), str(row.participant)
            key = f"programme|{programme_id}" if programme_id else f"{file.file_key}|{local}"
            yield key, row


def _twice(name: str, first: str) -> Reject:
    return Reject(
        name,
        "",
        "A second copy",
        f"Its content is the same as that of {first}.",
        "Nothing: it was read once.",
    )


def refusals(work: Work, run_id: str) -> list[str]:
    """Say which whole files a run refused, and what to do."""
    rejects = [Reject(**kept) for kept in work.vault.read(f"runs/{run_id}").get("rejects", [])]
    return [f"Refused {reject.sentence}" for reject in rejects if reject.what == WHOLE_FILE]


def _why(rejects: list[Reject]) -> str:
    return " ".join(reject.sentence for reject in rejects) or "No files were found."
