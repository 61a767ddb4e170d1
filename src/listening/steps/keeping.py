"""What was taken of files, through language, pseudonymisation and segmenting, into the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from listening import documents, language, privacy
from listening.records import DOCUMENTS, PARTICIPANTS, PASSAGES, PLACES, SEGMENTS, Parsed
from listening.segments import Segmented, segment
from listening.steps import replaced
from listening.steps.aside import with_questions, without_names
from listening.steps.contacts import keep_contacts
from listening.steps.reach import keep_officers
from listening.steps.replacing import forget_replaced, same_people
from listening.steps.taking import Batch, Taken, people_of
from listening.steps.withdraw import code
from listening.steps.work import Work, helping
from listening.store import KeptSource


def keep(batch: Batch, run_id: str) -> None:
    """Take freshly read files through language, pseudonymisation and segmenting into the store."""
    work, files, way = batch.work, batch.fresh, batch.way
    if not files:
        return
    batch.fresh = []
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
        parsed = language.parse([*texts, *others, *asked], pipeline, helping())
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
    ids = _issue(work, files)
    _keep_codes(work, files)
    _keep_contacts(work, files, ids)
    for file in files:
        own = {str(row.participant): ids[key] for key, row in people_of([file])}
        way.copies.keep(file.file_key, own)
    heard_by = [(f.key, ids[key], str(row.officer)) for f in files for key, row in people_of([f])]
    keep_officers(work.vault, heard_by)
    words = replaced.by_turn(done.edits, texts) if batch.upload else []
    start = 0
    for file, of in zip(files, told, strict=True):
        end = start + len(file.reading.turns)
        clean = replace(
            file, reading=without_names(with_questions(file.reading, of), way.local.persons)
        )
        said = _said(done, worded, start, end)
        with work.stage(run_id, "segment"):
            made = _segmented(clean, said, ids)
            work.measure.count("segment", len(made[1].segments))
        if batch.upload:
            of_turn = dict(zip(map(id, said.parsed), words[start:end], strict=True))
            replaced.keep(work, file.key, file.file_key, of_turn, made[0].parsed)
        with work.stage(run_id, "store"), work.store.atomic():
            _save(work, clean, *made, said.removed)
            ends = {ids[key]: str(row.consent_until) for key, row in people_of([file])}
            work.store.kept.note_ends(file.key, ends)
            forget_replaced(work, file.file_key, file.key, file.before, batch.elsewhere())
        start = end


def _issue(work: Work, files: Sequence[Taken]) -> dict[str, str]:
    """Return a participant id for everybody; of a corrected file, the one that they had."""
    before: dict[str, str] = {}
    for file in files:
        before |= same_people(file.file_key, file.before, (key for key, _ in people_of([file])))
    return work.vault.issue((key for key, _ in people_of(files)), before)


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


def _segmented(
    file: Taken, said: _Said, ids: dict[str, str]
) -> tuple[documents.Assembled, Segmented]:
    people = file.reading.people
    local = {str(row.participant): ids[key] for key, row in people_of([file])}
    assembled = documents.assemble(
        file.reading.turns,
        people,
        said.parsed,
        file.file_key,
        local,
        places=said.places,
        worded=said.worded,
    )
    return assembled, segment(assembled, language.detect)


def _save(
    work: Work,
    file: Taken,
    assembled: documents.Assembled,
    segmented: Segmented,
    removed: dict[str, int],
) -> None:
    rejects = (*file.reading.rejects, *segmented.rejects)
    counts = dict(Counter(file.reading.turns["role"]))
    ends = [until for until in file.reading.people["consent_until"] if until]
    until = min(ends, default="")
    kept = KeptSource(file.key, rejects, file.reading.notes, counts, until, removed)
    work.store.add_source(kept, file.file_key)
    work.store.save(file.key, assembled.documents, DOCUMENTS)
    work.store.save(file.key, assembled.passages, PASSAGES)
    work.store.save(file.key, assembled.places, PLACES)
    work.store.save(file.key, assembled.participants, PARTICIPANTS)
    work.store.save(file.key, segmented.segments, SEGMENTS)


def _keep_codes(work: Work, files: Iterable[Taken]) -> None:
    """Keep the codes of consent forms in the vault, where a withdrawal looks for them."""
    told = ((code(str(row.withdrawal_code)), key) for key, row in people_of(files))
    fresh = {of_form: key for of_form, key in told if of_form}
    if fresh:
        work.vault.write("codes", work.vault.read("codes") | fresh)


def _keep_contacts(work: Work, files: Sequence[Taken], ids: Mapping[str, str]) -> None:
    """Keep in the vault alone how to reach those who agreed to be asked again."""
    columns = ("contact", "language", "officer")
    fresh = {
        ids[key]: {column: str(getattr(row, column)) for column in columns}
        for key, row in people_of(files)
        if row.contact
    }
    keep_contacts(
        work.vault, {key for file in files for key in (file.file_key, file.before)}, fresh
    )
