"""From what people coded, or else suggestions or topics, to ranked priorities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from listening import priorities, sources, topics
from listening.codebook import ALWAYS_THERE
from listening.coding import dwelt_on, raised_by_people
from listening.priorities import Theme
from listening.priorities.correction import Audit
from listening.priorities.document import Quotes
from listening.priorities.nouns import Status
from listening.programme import load as load_programme
from listening.records import PARTICIPANTS, Table, Vectors
from listening.steps.beside import Beside, beside
from listening.steps.choices import settings_of, told_of
from listening.steps.correcting import CountedBeside, corrected
from listening.steps.could_raise import CouldRaise, could_raise
from listening.steps.discover import Suggested, discover, suggest, themes
from listening.steps.doubting import negative_cases, not_covered
from listening.steps.journeying import mapped
from listening.steps.people import merged, with_place
from listening.steps.reviewing import Coded
from listening.steps.reviewing import coded as people_coded
from listening.steps.work import Work
from listening.topics import ReadingIndex


@dataclass(frozen=True)
class Prioritised:
    """Everything that the results are written from."""

    document: dict[str, Any]
    segments: Table
    participants: Table
    reading: ReadingIndex
    suggested: Suggested | None
    quotes: Table
    changes: Table | None
    uncovered: Table | None
    coded: Coded | None
    basis: Basis
    beside: Beside
    could: CouldRaise


@dataclass(frozen=True)
class Basis:
    """What is counted: who raises which theme, and the segments that show it or may be of it."""

    #: every code, those that count for a broader one among them
    themes: list[Theme]
    #: by the very codes that were given; `evidence` and `near` by those that are ranked
    raised: Table
    evidence: Table
    near: Table
    version: str
    #: who is counted: all who are heard, or those whom people have read in full
    counted: frozenset[str] | None = None
    #: how sources are corrected in which not everybody was read
    audit: Audit | None = None
    #: what a reader must know of how it was counted
    notes: tuple[str, ...] = ()


def prioritise(work: Work, run_id: str) -> Prioritised:
    """Rank what people raised: provisional until enough of them have been read by people."""
    run = work.store.run(run_id)
    with work.stage(run_id, "store"):
        participants = merged(work.store.load(run.sources, PARTICIPANTS))
    found = discover(work, run_id)
    segments, vectors, reading = found.segments, found.vectors, found.reading
    suggested = suggest(work, run_id, segments, vectors)
    with work.stage(run_id, "priorities"):
        # an officer's observation is never a resident's word (METHOD.md, section 1)
        own = segments[segments["voice"] != "observation"]
        # whom only an officer observed said nothing, and is no participant
        participants = participants[participants["participant_id"].isin(own["participant_id"])]
        participants = participants.reset_index(drop=True)
        heard = with_place(participants)
        coded = people_coded(work, run_id, own)
        if coded and coded.found.enough:
            mine = vectors[(segments["voice"] != "observation").to_numpy()].reshape(len(own), -1)
            basis = _from_people(coded, corrected(work, run_id, own, mine, coded))
        elif suggested:
            basis = _from_codebook(suggested, own)
        else:
            merged_topics = themes(work, reading, segments, vectors)
            basis = _from_topics(merged_topics, segments, own, vectors)
        quotes = priorities.choose(own, heard, _speaking(work, basis.evidence))
    wanted = priorities.asks(own, heard, basis.evidence)
    against = negative_cases(work, run_id, found, heard, basis.evidence, basis.near)
    loose = not_covered(work, run_id, found, heard, suggested)
    with work.stage(run_id, "priorities"):
        could = could_raise(run.parameters, own, basis.themes, topics=not basis.version)
        document = _document(work, run, heard, basis, could, quotes, against, wanted)
        work.measure.count("priorities", len(document["priorities"]))
        stands = beside(
            work,
            run.parameters,
            document,
            basis.raised,
            heard,
            basis.themes,
            people=coded.found.people if coded and basis.counted is not None else None,
            codings=coded.codings if coded and basis.counted is not None else None,
            asked=could.asked,
            seed=run.seed,
        )
        journey = mapped(work, run.parameters, coded, own, heard)
        if journey.document is not None:
            stands.document["journey"] = journey.document
        stands = replace(stands, rejects=(*stands.rejects, *journey.rejects))
    return Prioritised(
        stands.document,
        segments,
        participants,
        reading,
        suggested,
        quotes,
        found.changes,
        loose,
        coded,
        basis,
        stands,
        could,
    )


def _speaking(work: Work, evidence: Table) -> Table:
    """Return evidence without what a person read and found not to speak for its theme."""
    refused = work.store.releases.no_evidence()
    if not refused or evidence.empty:
        return evidence
    pairs = zip(evidence["segment_id"], evidence["code"], strict=True)
    return evidence[[pair not in refused for pair in pairs]].reset_index(drop=True)


def _from_people(coded: Coded, made: CountedBeside | None) -> Basis:
    found, book = coded.found, coded.codebook
    ranked = priorities.themes_of(book)
    # a passage that carries a code speaks for the one above it
    evidence = priorities.Nesting.of(ranked).rolled(found.evidence)
    return Basis(
        ranked + _apart(),
        found.raised,
        evidence.assign(score=1.0),
        evidence,
        book.label,
        found.people | (made.people if made else frozenset()),
        made.audit if made else None,
    )


def _from_codebook(suggested: Suggested, own: Table) -> Basis:
    book = suggested.codebook
    table = suggested.table[suggested.table["segment_id"].isin(own["segment_id"])]
    sure = table[table["suggested"] == 1]
    ranked = priorities.themes_of(book)
    nesting = priorities.Nesting.of(ranked)
    evidence = sure[["segment_id", "code"]].assign(score=sure["probability"])
    return Basis(
        ranked + _apart(),
        raised_by_people(own, table),
        nesting.rolled(evidence, best="score"),
        nesting.rolled(table[["segment_id", "code"]]),
        book.label,
        notes=suggested.notes,
    )


def _from_topics(
    merged_topics: ReadingIndex, segments: Table, own: Table, vectors: Vectors
) -> Basis:
    found = merged_topics.assignments.assign(score=topics.typicality(merged_topics, vectors))
    found = found.merge(segments[["segment_id", "participant_id", "text_key"]], on="segment_id")
    found = found[(found["topic_id"] >= 0) & found["segment_id"].isin(own["segment_id"])]
    found = found.assign(code=[f"t{number}" for number in found["topic_id"]])
    found = found.assign(suggested=dwelt_on(found).astype(int))
    ranked = [
        Theme(
            f"t{row.topic_id}",
            str(row.name),
            _statement(str(row.words)),
            # remarks without a common subject are counted apart: they are no concern of anybody's
            rankable=not topics.is_unnamed(str(row.name)),
        )
        for row in merged_topics.topics.itertuples(index=False)
    ]
    evidence = found.loc[found["suggested"] == 1, ["segment_id", "code", "score"]]
    near = found[["segment_id", "code"]]
    return Basis(ranked + _apart(), raised_by_people(own, found), evidence, near, "")


def _apart() -> list[Theme]:
    return [Theme(c.id, c.name, c.definition, rankable=False) for c in ALWAYS_THERE]


def _statement(words: str) -> str:
    return f"What was said turns around: {words.replace(';', ',')}."


def _document(
    work: Work,
    run: Any,
    heard: Table,
    basis: Basis,
    could: CouldRaise,
    quotes: Table,
    against: Quotes,
    wanted: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    own = run.parameters["programme"]
    programme = load_programme(own).name if own else work.settings.programme
    wave = run.parameters["wave"] or months(heard)
    status, heard, unread = _counted(heard, basis)
    settings = settings_of(run, status)
    if not any(theme.rankable for theme in basis.themes):
        return priorities.without_themes(
            heard,
            settings,
            programme=programme,
            wave=wave,
            not_yet_read=unread,
            chosen=told_of(run),
        )
    population = None
    if run.parameters["population"]:
        text = run.parameters["population"].encode()
        population, _ = sources.read_population("population.csv", text)
    ranking = priorities.rank(
        basis.raised,
        heard,
        basis.themes,
        settings,
        run.seed,
        population,
        asked=could.asked,
        audit=basis.audit,
    )
    return priorities.document(
        replace(ranking, notes=(*basis.notes, *could.notes, *ranking.notes)),
        programme=programme,
        wave=wave,
        codebook_version=basis.version,
        quotes=priorities.by_theme(quotes),
        not_yet_read=unread,
        negative_cases=against,
        chosen=told_of(run),
        asks=wanted,
    )


def _counted(heard: Table, basis: Basis) -> tuple[Status, Table, int]:
    """Return the status of the ranking, who is counted, and how many people nobody has read."""
    if basis.counted is None:
        return "provisional", heard, _people(heard[heard["source_kind"] != "survey"])
    counts = heard["participant_id"].isin(basis.counted)
    return "reviewed", heard[counts].reset_index(drop=True), _people(heard[~counts])


def _people(heard: Table) -> int:
    return int(heard["people"].sum())


def months(heard: Table) -> str:
    """Name a wave by the months in which people were heard."""
    dates = sorted({date[:7] for date in heard["date"] if date})
    if not dates:
        return ""
    first, last = (pd.Timestamp(f"{month}-01").strftime("%B %Y") for month in (dates[0], dates[-1]))
    return first if first == last else f"{first} to {last}"
