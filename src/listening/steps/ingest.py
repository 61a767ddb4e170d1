"""From files to documents, participants and segments in the store."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from listening import documents, language, privacy, sources
from listening.codebook import load as load_codebook
from listening.errors import InvalidTable, ListeningError, NothingToDo
from listening.records import (
    DOCUMENTS,
    PARTICIPANTS,
    PASSAGES,
    SEGMENTS,
    Parsed,
    Reading,
    Reject,
    Table,
)
from listening.segments import segment
from listening.steps.aside import with_questions, without_names
from listening.steps.finding import content_of, gather
from listening.steps.work import Request, Work, content_key
from listening.store import KeptSource

#: raise when the same file would be understood differently, so that it is read again
READING_VERSION = 2
#: files are kept in groups, so that one spaCy pass serves many and a kill loses little
TURNS_AT_ONCE = 20_000
WHOLE_FILE = "The whole file"


def newest(work: Work, run_id: str = "") -> str:
    """Return the id of a run, of the newest without an id.

    Raises:
        NothingToDo: there is no such run.
    """
    return str(work.store.run(run_id).run_id)


def begin(work: Work, request: Request) -> str:
    """Open a run; return its id. Paths go to the vault: file names are often people's names."""
    run_id = secrets.token_hex(8)
    codebook = request.codebook.read_text(encoding="utf-8") if request.codebook else ""
    if request.codebook:
        load_codebook(codebook, request.codebook.name)  # a fault in it is told before any work
    population = content_of(request.population).decode("utf-8-sig") if request.population else ""
    parameters = {
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
            "leave_out": [str(p) for p in (request.codebook, request.population) if p],
        },
    )
    work.store.begin_run(run_id, request.seed, parameters)
    return run_id


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
    run = work.store.run(run_id)
    with work.stage(run_id, "read"):
        found, manifest, rejects = gather(
            [Path(path) for path in book["paths"]],
            Path(book["manifest"]) if book["manifest"] else None,
            [Path(path) for path in book["leave_out"]],
        )
        if not run.parameters["population"] and found.population:
            text = content_of(found.population).decode("utf-8-sig")
            work.store.note_run(run_id, parameters={**run.parameters, "population": text})
    options = _options(run.parameters["options"])
    names: dict[str, str] = {}
    contents: dict[str, str] = {}
    places = work.vault.read("places")
    fresh: list[_File] = []
    for position, file in enumerate(found.files):
        work.progress("read", position, len(found.files))
        with work.stage(run_id, "read"):
            content = content_of(file.path)
            rows = sources.rows_for(manifest, file.name)
            plain = [{k: v for k, v in row.items() if k != "file"} for row in rows]
            file_key = content_key(content)
            key = content_key(READING_VERSION, file_key, run.parameters["options"], plain)
            if file_key in contents:
                rejects.append(_twice(file.name, contents[file_key]))
                continue
            before = places.get(str(file.path.resolve()), file_key)
            if before != file_key:  # a corrected file stands in the old one's place
                work.store.forget_readings(before, but="", today=work.today.isoformat())
            places[str(file.path.resolve())] = file_key
            # a file is kept under one reading: another manifest may have taken consent back
            work.store.forget_readings(file_key, but=key, today=work.today.isoformat())
            if not work.store.known_sources([key]):
                reading = _read(work, file.name, content, options, manifest)
                if isinstance(reading, Reject):
                    rejects.append(reading)
                    continue
                fresh.append(_File(key, file_key, file.name, reading))
            names[key] = contents[file_key] = file.name
        if sum(len(item.reading.turns) for item in fresh) >= TURNS_AT_ONCE:
            _keep(work, run_id, fresh)
            fresh = []
    _keep(work, run_id, fresh)
    work.measure.count("read", len(names))
    work.vault.write("places", places)
    book |= {"names": names, "rejects": [vars(reject) for reject in rejects]}
    work.vault.write(f"runs/{run_id}", book)
    work.store.note_run(run_id, sources=list(names), stages=work.measure.rows())
    if not names:
        raise NothingToDo("Nothing could be read", _why(rejects), "Then run again.")


def _read(
    work: Work, name: str, content: bytes, options: Any, manifest: Table | None
) -> Reading | Reject:
    try:
        reading = sources.read(name, content, options, manifest)
        return sources.gate(reading, options.consent, work.today)
    except InvalidTable:
        raise
    except ListeningError as error:
        return Reject(name, "", WHOLE_FILE, error.why, error.what_to_do)


def _keep(work: Work, run_id: str, files: list[_File]) -> None:
    """Take freshly read files through language, pseudonymisation and segmenting into the store."""
    if not files:
        return
    with work.stage(run_id, "load"):
        pipeline = work.models.pipeline
    texts = [text for file in files for text in file.reading.turns["text"]]
    asked = [(file, q) for file in files for q in dict.fromkeys(file.reading.turns["question"])]
    with work.stage(run_id, "language"):
        parsed = language.parse([*texts, *(question for _, question in asked)], pipeline)
        work.measure.count("language", len(set(texts)))
    with work.stage(run_id, "pseudonymise"):
        known = [file.reading.names for file in files for _ in range(len(file.reading.turns))]
        known += [file.reading.names for file, _ in asked]
        done = privacy.pseudonymise(parsed, known, work.vault.read("descriptors"))
        work.vault.write("descriptors", done.descriptors)
        work.measure.count("pseudonymise", len(done.edits))
        questions = {
            (file.key, question): one.text
            for (file, question), one in zip(asked, done.parsed[len(texts) :], strict=True)
        }
    ids = work.vault.issue(_person_keys(files))
    start = 0
    for item in files:
        file = item
        end = start + len(file.reading.turns)
        told = {q: text for (key, q), text in questions.items() if key == file.key}
        file = replace(file, reading=without_names(with_questions(file.reading, told)))
        _keep_one(work, run_id, file, done.parsed[start:end], ids)
        start = end


def _keep_one(
    work: Work, run_id: str, file: _File, parsed: list[Parsed], ids: dict[str, str]
) -> None:
    people = file.reading.people
    local = {
        str(row.participant): ids[_person_key(file, str(row.participant), str(row.programme_id))]
        for row in people.itertuples()
    }
    with work.stage(run_id, "segment"):
        turns = file.reading.turns.assign(text=[item.text for item in parsed])
        assembled = documents.assemble(turns, people, parsed, file.file_key, local)
        segmented = segment(assembled, language.detect)
        work.measure.count("segment", len(segmented.segments))
    with work.stage(run_id, "store"), work.store.atomic():
        rejects = (*file.reading.rejects, *segmented.rejects)
        counts = dict(Counter(file.reading.turns["role"]))
        ends = [until for until in people["consent_until"] if until]
        kept = KeptSource(file.key, rejects, file.reading.notes, counts, min(ends, default=""))
        work.store.add_source(kept, file.file_key)
        work.store.save(file.key, assembled.documents, DOCUMENTS)
        work.store.save(file.key, assembled.passages, PASSAGES)
        work.store.save(file.key, assembled.participants, PARTICIPANTS)
        work.store.save(file.key, segmented.segments, SEGMENTS)


def _person_keys(files: Iterable[_File]) -> list[str]:
    return [
        _person_key(file, str(row.participant), str(row.programme_id))
        for file in files
        for row in file.reading.people.itertuples()
    ]


def _person_key(file: _File, participant: str, programme_id: str) -> str:
    return f"programme|{programme_id}" if programme_id else f"{file.file_key}|{participant}"


def _options(plain: dict[str, Any]) -> Any:
    from listening.records import ReadOptions

    return replace(
        ReadOptions(),
        text=tuple(plain["text"]),
        participant=plain["participant"],
        question=plain["question"],
        attributes=tuple(plain["attributes"]),
        drop=tuple((column, value) for column, value in plain["drop"]),
        consent=plain["consent"],
    )


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
    rejects = work.vault.read(f"runs/{run_id}").get("rejects", [])
    return [
        f"Refused {reject['file']}: {reject['why']} {reject['what_to_do']}"
        for reject in rejects
        if reject["what"] == WHOLE_FILE
    ]


def _why(rejects: list[Reject]) -> str:
    return " ".join(f"{r.file}: {r.why} {r.what_to_do}" for r in rejects) or "No files were found."
