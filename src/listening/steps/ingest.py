"""From files to documents, participants and segments in the store."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from listening import documents, language, privacy
from listening.errors import NothingToDo, UnreadableFile
from listening.programme import load as load_programme
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
from listening.segments import Segmented, segment
from listening.sources import WHOLE_FILE, FoundFile
from listening.steps import replaced
from listening.steps.aside import with_questions, without_names
from listening.steps.codebooks import codebook_text
from listening.steps.finding import content_of, gather, refused, text_of
from listening.steps.how import How, how
from listening.steps.replacing import (
    allows_less,
    content_before,
    forget_replaced,
    holds_more,
    same_people,
    still_sent,
)
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
        "extend": request.extend,
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
    #: hash of what its place held before; empty where that was the same, or nothing
    before: str


def ingest(work: Work, run_id: str, upload: str = "") -> None:
    """Read every file of the run that the store does not know, and keep what was understood.

    Args:
        work: the workplace.
        run_id: the run.
        upload: book of the upload that the run's one file is. It is the file's place, whatever the
            file is called, and the vault keeps the words that are replaced in it for its officer.

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
            text = text_of(found.population)
            work.store.note_run(run_id, parameters={**run.parameters, "population": text})
    way = how(work, work.store.run(run_id).parameters)
    done = _Batch(work, way, manifest, work.vault.read("places"), upload, rejects)
    for position, file in enumerate(found.files):
        work.progress("read", position, len(found.files))
        with work.stage(run_id, "read"):
            done.take(file)
        if sum(len(item.reading.turns) for item in done.fresh) >= TURNS_AT_ONCE:
            _keep(done, run_id)
    _keep(done, run_id)
    names = done.names | done.what_stays()
    work.measure.count("read", len(names))
    work.vault.write("places", done.places)
    book |= {"names": names, "rejects": [vars(reject) for reject in rejects]}
    work.vault.write(f"runs/{run_id}", book)
    work.store.note_run(run_id, sources=list(names), stages=work.measure.rows())
    if not names:
        raise NothingToDo("Nothing could be read", _why(rejects), "Then run again.")


@dataclass
class _Batch:
    """What one ingest has read so far, and how it reads.

    Attributes:
        places: content that each path last held; brought up to date as files are read.
        upload: book of the upload that the one file is, if it is one.
        rejects: what was refused.
        names: name by key of what was read.
        contents: name by content of what was read.
        earlier: the same as `names` of readings that stay because a corrected file is broken.
        fresh: what is still to be kept.
    """

    work: Work
    way: How
    manifest: Table | None
    places: dict[str, str]
    upload: str
    rejects: list[Reject]
    names: dict[str, str] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    earlier: dict[str, str] = field(default_factory=dict)
    fresh: list[_File] = field(default_factory=list)

    def take(self, file: FoundFile) -> None:
        """Read a file, unless the store knows it or it was read before."""
        try:
            content = content_of(file)
        except UnreadableFile as error:
            self.rejects.append(refused(file.name, error))
            return
        file_key = content_key(content)
        if file_key in self.contents:
            self.rejects.append(_twice(file.name, self.contents[file_key]))
            return
        key = self.way.key(file_key, file.name, self.manifest)
        place = self.upload or file.place
        before = content_before(self.places, place, file_key)
        self.work.store.forget_ended(file_key, self.work.today.isoformat())
        if self.work.store.known_sources([key]):
            forget_replaced(self.work, file_key, key, before, self.elsewhere())
        else:
            reading = self.way.understood(self.work, file, place, content, self.manifest)
            if isinstance(reading, Reject):
                self._refuse(file, file_key, before, reading)
                return
            fresh = _File(key, file_key, file.name, reading, before)
            if holds_more(self.work, file_key, _consents(fresh)):
                self.work.store.forget_readings(file_key)
            self.fresh.append(fresh)
        self.names[key] = self.contents[file_key] = file.name
        self.places[place] = file_key

    def elsewhere(self) -> set[str]:
        """Return contents that stay even where a place that held them holds another one now."""
        return set(self.contents) | (still_sent(self.places, self.upload) if self.upload else set())

    def what_stays(self) -> dict[str, str]:
        """Return name by key of earlier readings, as far as nothing has replaced them since."""
        still = self.work.store.known_sources(self.earlier)
        return {key: self.earlier[key] for key in self.earlier if key in still - set(self.names)}

    def _refuse(self, file: FoundFile, file_key: str, before: str, reject: Reject) -> None:
        """Keep what the place of a file held before, unless consent to it was taken back."""
        self.work.store.forget_readings(file_key)
        if before and allows_less(self.work, before, self.manifest, file.name):
            self.work.store.forget_readings(before)
        stays = self.work.store.readings(before) if before else []
        self.earlier |= dict.fromkeys(stays, file.name)
        self.rejects.append(_and_what_stays(reject) if stays else reject)


def _and_what_stays(reject: Reject) -> Reject:
    return replace(reject, what_to_do=f"{reject.what_to_do} What it held before stays till then.")


def _consents(file: _File) -> list[tuple[str, str]]:
    return [(key, str(row.consent)) for key, row in _people([file])]


def _keep(batch: _Batch, run_id: str) -> None:
    """Take freshly read files through language, pseudonymisation and segmenting into the store."""
    work, files, local = batch.work, batch.fresh, batch.way.local
    if not files:
        return
    batch.fresh = []
    with work.stage(run_id, "load"):
        pipeline = work.models.pipeline
    texts = [text for file in files for text in file.reading.turns["text"]]
    questions = [list(dict.fromkeys(file.reading.turns["question"])) for file in files]
    asked = [question for of_file in questions for question in of_file]
    with work.stage(run_id, "language"):
        parsed = language.parse([*texts, *asked], pipeline)
        work.measure.count("language", len(set(texts)))
    with work.stage(run_id, "pseudonymise"):
        known = [file.reading.names for file in files for _ in range(len(file.reading.turns))]
        known += [f.reading.names for f, of in zip(files, questions, strict=True) for _ in of]
        done = privacy.pseudonymise(parsed, known, work.vault.read("descriptors"), local)
        work.vault.write("descriptors", done.descriptors)
        work.measure.count("pseudonymise", len(done.edits))
        answers = iter(one.text for one in done.parsed[len(texts) :])
        told = [{question: next(answers) for question in of} for of in questions]
    ids = _issue(work, files)
    _keep_codes(work, files)
    _keep_contacts(work, files, ids)
    words = replaced.by_turn(done.edits, texts) if batch.upload else []
    start = 0
    for file, of in zip(files, told, strict=True):
        end = start + len(file.reading.turns)
        clean = replace(
            file, reading=without_names(with_questions(file.reading, of), local.persons)
        )
        removed = done.edits[done.edits["text_index"].between(start, end - 1)]["kind"]
        parsed = done.parsed[start:end]
        with work.stage(run_id, "segment"):
            made = _segmented(clean, parsed, ids)
            work.measure.count("segment", len(made[1].segments))
        if batch.upload:
            of_turn = dict(zip(map(id, parsed), words[start:end], strict=True))
            replaced.keep(work, file.key, file.file_key, of_turn, made[0].parsed)
        with work.stage(run_id, "store"), work.store.atomic():
            _save(work, clean, *made, Counter(removed))
            forget_replaced(work, file.file_key, file.key, file.before, batch.elsewhere())
        start = end


def _issue(work: Work, files: Sequence[_File]) -> dict[str, str]:
    """Return a participant id for everybody; of a corrected file, the one that they had."""
    before: dict[str, str] = {}
    for file in files:
        before |= same_people(file.file_key, file.before, (key for key, _ in _people([file])))
    return work.vault.issue((key for key, _ in _people(files)), before)


def _segmented(
    file: _File, parsed: list[Parsed], ids: dict[str, str]
) -> tuple[documents.Assembled, Segmented]:
    local = {str(row.participant): ids[key] for key, row in _people([file])}
    turns = file.reading.turns.assign(text=[item.text for item in parsed])
    assembled = documents.assemble(turns, file.reading.people, parsed, file.file_key, local)
    return assembled, segment(assembled, language.detect)


def _save(
    work: Work,
    file: _File,
    assembled: documents.Assembled,
    segmented: Segmented,
    removed: Mapping[str, int],
) -> None:
    rejects = (*file.reading.rejects, *segmented.rejects)
    counts = dict(Counter(file.reading.turns["role"]))
    ends = [until for until in file.reading.people["consent_until"] if until]
    until = min(ends, default="")
    kept = KeptSource(file.key, rejects, file.reading.notes, counts, until, dict(removed))
    work.store.add_source(kept, file.file_key)
    work.store.save(file.key, assembled.documents, DOCUMENTS)
    work.store.save(file.key, assembled.passages, PASSAGES)
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
