"""From priorities to the files of the working results."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

import listening
from listening import embeddings, report, topics
from listening.codebook import Codebook, as_toml
from listening.coding import refi
from listening.coding.reviewed import segments_read
from listening.records import CODINGS, DOCUMENTS, Reject, Table, empty, rejects_table
from listening.report import Results
from listening.steps import reach
from listening.steps.noting import note_results
from listening.steps.prioritise import Prioritised
from listening.steps.signing import signatures
from listening.steps.work import Work
from listening.store import KeptSource

#: what changes results when its version changes
TOLD_VERSIONS = (
    "bertopic",
    "numpy",
    "pandas",
    "scikit-learn",
    "sentence-transformers",
    "spacy",
    "torch",
)
#: parameters that are whole files
_TEXTS = ("codebook", "population", "panel", "indicators", "questions", "programme", "extended")


def write_results(
    work: Work,
    run_id: str,
    done: Prioritised,
    out: Path,
    beside: Callable[[Results], Mapping[str, bytes]] = lambda _: {},
) -> dict[str, Any]:
    """Write the working results into `out`; return what `run.json` holds.

    `beside` makes other files of the results, which are written into `out`, too.
    """
    run = work.store.run(run_id)
    book = work.vault.read(f"runs/{run_id}")
    sources = work.store.sources(book["names"])
    rejects = _rejects(book, sources, done)
    with work.stage(run_id, "report"):
        counts = _counts(work.embedded, done, sources, rejects)
        copied = topics.campaigns(done.segments)
        segments = done.segments.assign(campaign=topics.in_campaigns(copied, done.segments))
        results = Results(
            document=done.document,
            segments=segments.merge(done.reading.assignments, on="segment_id"),
            topics=done.reading.topics,
            topic_positions=done.reading.positions.tolist(),
            topic_quotes={k: list(v) for k, v in done.reading.quotes.items()},
            participants=_counted(done),
            codings=_codings(done),
            quotes=done.quotes.assign(**signatures(work, done.quotes)),
            rejects=rejects,
            run=_run_json(work, run, counts, done.document["status"]),
            codebook=_codebook(done),
            reading_list=done.reading.reading_list,
            notes=(
                *_notes(work, sources),
                *_languages(work, done.segments),
                *_changed(done.changes),
                *(done.coded.notes if done.coded else ()),
            ),
            campaigns=copied.table,
            topic_changes=done.changes,
            reach=reach.table(work, book["names"], book.get("reach", [])),
            uncovered=done.uncovered,
            project=_project(work, run, done),
            raised=done.beside.raised,
            codebook_file=_codebook_file(done),
        )
        files = report.files(results)
        more = beside(results)
        note_results(work, run_id, [out.resolve() / name for name in (*files, *more)])
        _write(out, files, more)
        work.measure.count("report", len(files))
    work.store.note_run(run_id, counts=counts, state="done", stages=work.measure.rows())
    # the report's own cost is known only now
    told = _run_json(work, work.store.run(run_id), counts, done.document["status"])
    _write(out, {"run.json": report.as_json(told)})
    return told


def _counted(done: Prioritised) -> Table:
    """Return participants with whether each counts in the ranking, and whether as read: 1 or 0.

    Of a source that the audit corrects everybody counts; what was read is that of the audit.
    """
    everybody = done.participants["participant_id"]
    those, audit = done.basis.counted, done.basis.audit
    counted = everybody != "" if those is None else everybody.isin(those)
    read = counted
    if audit is not None:
        there = done.participants["source_kind"].isin(audit.kinds)
        read = counted & (~there | everybody.isin(audit.read["participant_id"]))
    return done.participants.assign(counted=counted.astype(int), read=read.astype(int))


def _project(work: Work, run: Any, done: Prioritised) -> bytes:
    """Return the texts, codes and people's codings of a run; nothing of it is the machine's.

    The codebook is the one that was coded by; where nobody has coded, the run's.
    """
    keys = work.store.agreed(run.sources, work.today.isoformat())
    book = done.suggested.codebook if done.suggested else None
    codings = empty(CODINGS)
    if done.coded:
        codings, book = done.coded.codings, done.coded.codebook
    documents = work.store.load(keys, DOCUMENTS).drop_duplicates("document_id", keep="last")
    material = refi.Material(
        documents, done.participants, done.segments[["document_id", "participant_id"]]
    )
    return refi.project(done.document["programme"], material, book, codings)


def _rejects(book: Mapping[str, Any], sources: list[KeptSource], done: Prioritised) -> Table:
    rows = [Reject(**reject) for reject in book["rejects"]]
    for source in sources:
        rows.extend(source.rejects)
    rows.extend((*done.beside.rejects, *done.could.rejects))
    return rejects_table(rows)


def _counts(
    embedded: int, done: Prioritised, sources: list[KeptSource], rejects: Table
) -> dict[str, int]:
    spoken = done.segments[~done.segments["nil"]]
    distinct = int(spoken["text_key"].nunique())
    return {
        "files": len(sources),
        "rejects": len(rejects),
        "participants": len(done.participants),
        "segments": len(done.segments),
        "distinct_texts": distinct,
        "embedded_now": embedded,
        "embedded_before": distinct - embedded,
    }


def _run_json(work: Work, run: Any, counts: Mapping[str, int], status: str) -> dict[str, Any]:
    # databases do not agree on the order in which they keep them
    shown = {name: run.parameters[name] for name in sorted(run.parameters) if name not in _TEXTS}
    return {
        "version": listening.__version__,
        "status": status,
        "seed": run.seed,
        "encoder": work.models.encoder_name,
        "parameters": shown,
        "versions": {name: version(name) for name in TOLD_VERSIONS},
        "stages": work.measure.rows(),
        "counts": dict(counts),
    }


def _ranked_by(done: Prioritised) -> Codebook | None:
    """Return the codebook whose codes are ranked; None where a machine found the themes."""
    if done.coded and done.coded.found.enough:
        return done.coded.codebook
    return done.suggested.codebook if done.suggested else None


def _codebook_file(done: Prioritised) -> bytes:
    book = _ranked_by(done)
    return as_toml(book).encode() if book else b""


def _codebook(done: Prioritised) -> dict[str, Any] | None:
    book = _ranked_by(done)
    if book is None:
        return None
    codes = [{k: asdict(c)[k] for k in ("id", "name", "definition")} for c in book.in_use]
    return {"name": book.name, "version": book.version, "source": book.source, "codes": codes}


def _codings(done: Prioritised) -> Table:
    """Return people's codings, and the machine's suggestions where nobody has read."""
    suggested = _suggested_codings(done)
    if done.coded is None:
        return suggested
    own = done.coded.codings
    label = own["codebook"] + " " + own["codebook_version"]
    own = own.assign(codebook_version=label)
    read = segments_read(done.segments, own)
    left = suggested[suggested["segment_id"].isin(done.segments.loc[~read, "segment_id"])]
    return pd.concat([own, left], ignore_index=True)


def _suggested_codings(done: Prioritised) -> Table:
    """Return the machine's suggestions in the shape of codings.csv."""
    if done.suggested is None:
        return pd.DataFrame(columns=list(report.CODING_COLUMNS), dtype=str)
    table = done.suggested.table
    said = done.segments[["segment_id", "text", "question", "start", "end"]]
    table = table[table["suggested"] == 1].merge(said, on="segment_id")
    return table.assign(
        coder="machine",
        origin="suggestion",
        stream="",
        codebook_version=done.suggested.codebook.label,
        coded_at="",
        code_status="active",
        memo="",
        severity="",
        proposed="",
    )[list(report.CODING_COLUMNS)]


def _notes(work: Work, sources: list[KeptSource]) -> tuple[str, ...]:
    notes = [note for source in sources for note in source.notes]
    if not work.vault.encrypted:
        notes.append(
            "The vault is not encrypted, and the secret lies open in it by which somebody who "
            "withdrew is known again: set LISTENING_VAULT_KEY to encrypt it."
        )
    return tuple(dict.fromkeys(notes))


def _languages(work: Work, segments: Table) -> tuple[str, ...]:
    """Say how many people the machine understands less well than others, and who was translated."""
    foreign = segments[~segments["language"].isin(["en", "unsure", ""])]
    people = foreign.loc[~foreign["translated"], "participant_id"].nunique()
    translated = segments.loc[segments["translated"], "participant_id"].nunique()
    notes = []
    if people:
        poorly = ", and matching and grouping understand it poorly"
        many = embeddings.reads_many_languages(work.settings.encoder)
        notes.append(
            f"{people} people said something in another language than English, or seem to have: "
            f"names are found less surely there{'' if many else poorly}. Read them."
        )
    if translated:
        notes.append(
            f"{translated} people are read in a translation that somebody supplied; the original "
            "stands beside it in segments.csv. Names are found less surely in the original."
        )
    return tuple(notes)


def _changed(changes: Table | None) -> tuple[str, ...]:
    """Say what an extension did to the topics."""
    if changes is None:
        return ()
    new = int((changes["change"] == "new").sum())
    gone = int((changes["change"] == "gone").sum())
    kept = changes[changes["change"] == "kept"]
    placed = int((kept["segments"] - kept["segments_before"]).sum())
    return (
        f"The earlier topics were kept: {placed} new passages were placed in them, {new} topics "
        f"are new and {gone} are gone (topic_changes.csv).",
    )


def _write(out: Path, *several: Mapping[str, bytes]) -> None:
    """Write every file beside its old self, then put it in place: a kill leaves whole files."""
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in chain.from_iterable(files.items() for files in several):
        fresh = out / f".{name}.new"
        fresh.write_bytes(content)
        fresh.chmod(0o600)  # residents' words: for whoever ran this, until they share it
        os.replace(fresh, out / name)  # noqa: PTH105
