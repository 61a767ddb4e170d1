"""From segments to embeddings, topics and, where there is a codebook, suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from listening import embeddings
from listening.codebook import Codebook
from listening.codebook import load as load_codebook
from listening.coding import likeliest, match, suggestions, texts_of
from listening.coding.match import MINIMUM_EXAMPLES
from listening.records import SEGMENTS, Table, Vector, Vectors, table_of
from listening.steps.kept_index import from_plain, to_plain
from listening.steps.work import Indexed, Work, content_key
from listening.store import KeptTopics
from listening.topics import CHANGES, ReadingIndex, SavedReading, TopicSettings, extend, saved
from listening.topics import discover as discover_topics
from listening.topics import themes as merge_topics

#: raise when the same segments would give other topics
TOPICS_VERSION = 6


def extending(work: Work, run_id: str) -> None:
    """Let a run keep the topics of the reading before it, and place new material in them."""
    parameters = {**work.store.run(run_id).parameters, "extend": True}
    work.store.note_run(run_id, parameters=parameters)


def discover(work: Work, run_id: str) -> Indexed:
    """Embed what was never embedded, and make the reading index.

    Within one command it is made once: what was indexed last stays at hand for the stages after.
    """
    if run_id not in work.indexed:
        with work.stage(run_id, "store"):
            segments = work.store.load(work.store.run(run_id).sources, SEGMENTS)
        vectors = embed_segments(work, run_id, segments)
        if embeddings.reads_many_languages(work.settings.encoder):
            vectors = embeddings.across_languages(vectors, segments["language"].tolist())
        reading, changes = extended(work, run_id, segments, vectors)
        work.indexed = {run_id: Indexed(segments, vectors, reading, changes)}
    return work.indexed[run_id]


def embed_segments(work: Work, run_id: str, segments: Table) -> Vectors:
    """Return one vector per segment; nil answers have none and get zeros."""
    spoken = segments[~segments["nil"]]
    texts = dict(zip(spoken["text_key"], spoken["text"], strict=True))
    before = work.measure.items("embed")
    _embed_new(work, run_id, texts)
    work.embedded += work.measure.items("embed") - before
    rows: dict[str, list[int]] = {}
    said = zip(segments["text_key"].tolist(), segments["nil"].tolist(), strict=True)
    for position, (key, nil) in enumerate(said):
        if not nil:
            rows.setdefault(key, []).append(position)
    vectors = np.zeros((len(segments), 1), dtype=np.float32)
    with work.stage(run_id, "store"):
        # one after another out of the store: beside this table there are none
        for key, vector in work.store.each_vector(work.models.encoder_name, rows):
            if len(vector) != vectors.shape[1]:
                vectors = np.zeros((len(segments), len(vector)), dtype=np.float32)
            vectors[rows[key]] = vector
    return vectors


def embed_texts(work: Work, run_id: str, texts: dict[str, str]) -> dict[str, Vector]:
    """Return the vector of every text, embedding only what the store has never seen."""
    _embed_new(work, run_id, texts)
    with work.stage(run_id, "store"):
        return work.store.vectors(work.models.encoder_name, texts)


def _embed_new(work: Work, run_id: str, texts: dict[str, str]) -> None:
    """Embed what the store has never seen; it keeps each stretch as it comes."""
    name = work.models.encoder_name
    with work.stage(run_id, "store"):
        known = work.store.embedded(name, texts)
    work.measure.count("embed", len(texts) - len(known))
    if len(known) == len(texts):
        return
    fresh = {key: text for key, text in texts.items() if key not in known}
    with work.stage(run_id, "load"):
        encoder = work.models.encoder
    with work.stage(run_id, "embed"):
        for made in embeddings.in_stretches(
            fresh, encoder, lambda done, of: work.progress("embed", done, of), work.spread
        ):
            work.store.keep_vectors(name, made)


def index(work: Work, run_id: str, segments: Table, vectors: Vectors) -> ReadingIndex:
    """Return the reading index of these segments, made now or kept from before."""
    run = work.store.run(run_id)
    settings = TopicSettings()
    key = content_key(
        TOPICS_VERSION,
        run.seed,
        repr(settings),
        work.models.encoder_name,
        segments[["segment_id", "participant_id", "text_key", "language"]].to_numpy().tolist(),
    )
    with work.stage(run_id, "topics"):
        kept = work.store.result(key)
        if kept is not None:
            return from_plain(kept)
        made = discover_topics(segments, vectors, settings, run.seed)
        work.measure.count("topics", len(made.topics))
        work.store.keep_result(key, "topics", to_plain(made))
    return made


def extended(
    work: Work, run_id: str, segments: Table, vectors: Vectors
) -> tuple[ReadingIndex, Table | None]:
    """Return the reading, and what changed where the run extends the one before it.

    The run notes which result it made, so that its later stages see the same changes again.
    """
    run = work.store.run(run_id)
    kept = work.store.topics()
    before = _saved(kept)
    if not run.parameters.get("extend") or not before.names:
        reading, changes = index(work, run_id, segments, vectors), None
    else:
        made = work.store.result(run.parameters.get("extended", ""))
        if made is None:
            made = _extend(work, run_id, before, segments, vectors)
        reading = from_plain(made["reading"])
        changes = table_of(made["changes"], CHANGES)
    if (now := _kept(saved(reading))) != kept:
        with work.stage(run_id, "store"):
            work.store.keep_topics(now)
    return reading, changes


def _extend(
    work: Work, run_id: str, before: SavedReading, segments: Table, vectors: Vectors
) -> dict[str, Any]:
    with work.stage(run_id, "topics"):
        done = extend(before, segments, vectors)
        work.measure.count("topics", len(done.reading.topics))
    made = {"reading": to_plain(done.reading), "changes": done.changes.to_dict("records")}
    key = content_key("extended", run_id, made)
    work.store.keep_result(key, "topics", made)
    parameters = {**work.store.run(run_id).parameters, "extended": key}
    work.store.note_run(run_id, parameters=parameters)
    return made


def _saved(kept: KeptTopics) -> SavedReading:
    size = len(kept.names)
    together = np.array(kept.together, dtype=np.float32).reshape(size, size)
    return SavedReading(kept.names, kept.stability, together, kept.topic_of)


def _kept(reading: SavedReading) -> KeptTopics:
    together = tuple(tuple(row) for row in reading.together.astype(float).tolist())
    return KeptTopics(reading.names, reading.stability, together, reading.topic_of)


@dataclass(frozen=True)
class Suggested:
    """A codebook's codes, suggested for segments.

    Attributes:
        codebook: as it was when the run began.
        table: what `coding.suggestions` returned.
        best: segment_id, code, probability: the likeliest code of every segment that was matched.
        notes: which codes no machine could match, and why.
    """

    codebook: Codebook
    table: Table
    best: Table
    notes: tuple[str, ...] = ()


def suggest(work: Work, run_id: str, segments: Table, vectors: Vectors) -> Suggested | None:
    """Match residents' own words to the run's codebook; None where it has none."""
    run = work.store.run(run_id)
    if not run.parameters["codebook"]:
        return None
    codebook = load_codebook(run.parameters["codebook"])
    texts = {content_key("codebook", text): text for text in texts_of(codebook)}
    found = embed_texts(work, run_id, texts)
    known = {text: found[key] for key, text in texts.items()}
    # an officer's observation is nobody's word: it is neither coded nor counted
    spoken = (~segments["nil"] & (segments["voice"] != "observation")).to_numpy()
    with work.stage(run_id, "match"):
        matching = match(vectors[spoken].reshape(-1, vectors.shape[1]), codebook, known)
        table = suggestions(segments[spoken], matching)
        best = likeliest(segments[spoken], matching)
    return Suggested(codebook, table, best, _not_matched(codebook, matching.aside))


def _not_matched(codebook: Codebook, aside: Sequence[str]) -> tuple[str, ...]:
    """Say which codes the machine suggests for nothing, and what would mend it."""
    if not aside:
        return ()
    names = ", ".join(f"“{codebook.called(code)}”" for code in aside)
    return (
        f"The codebook has fewer than {MINIMUM_EXAMPLES} different examples for {names}: no "
        "machine could match that to what people said, and nobody counts for it until people have "
        "coded. "
        "A researcher can add examples in the codebook.",
    )


def themes(work: Work, reading: ReadingIndex, segments: Table, vectors: Vectors) -> ReadingIndex:
    """Return the topics merged into candidate themes, made now or kept from before."""
    key = content_key("themes", TOPICS_VERSION, to_plain(reading))
    kept = work.store.result(key)
    if kept is not None:
        return from_plain(kept)
    made = merge_topics(reading, segments, vectors)
    work.store.keep_result(key, "themes", to_plain(made))
    return made
