"""Looking for what was said, in the store of one programme.

What somebody looks for is kept nowhere: not in the store, not in the ledger, not in a log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from listening import embeddings, reading
from listening.errors import ListeningError, NothingToDo
from listening.records import SEGMENTS, UNASSIGNED_TOPIC, Table, Vector, Vectors
from listening.steps.site import Site
from listening.steps.work import Work
from listening.store.accounts import Person, Programme
from listening.store.accounts import uploads as kept

#: texts that a page compares for the first time before it answers: some seconds' worth
NEW_AT_ONCE = 1_000


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for.

    Attributes:
        said: words, and "phrases" in quotation marks.
        words: whether to look for the words themselves.
        meaning: whether to look for what means the same; only then the embedding model is loaded.
        source_kind: only in such sources.
        language: only in this language (ISO code).
        topic: only in the topic of this name.
        most: how many to find.
    """

    said: str
    words: bool = True
    meaning: bool = True
    source_kind: str = ""
    language: str = ""
    topic: str = ""
    most: int = 20


@dataclass(frozen=True)
class Hit:
    """One passage that was found.

    Attributes:
        quotable: whether the person agreed to be quoted.
        found_by: `words`, `meaning` or `words and meaning`.
    """

    segment_id: str
    participant_id: str
    source_kind: str
    question: str
    text: str
    voice: str
    language: str
    topic: str
    quotable: bool
    found_by: str
    score: float


@dataclass(frozen=True)
class Found:
    """What was found, and among what.

    Attributes:
        hits: best first.
        among: how many passages there are to look through, before anything was narrowed.
        not_compared: how many of them have not been compared by meaning yet.
        languages: their languages.
        topics: names of their topics.
    """

    hits: tuple[Hit, ...]
    among: int
    not_compared: int
    languages: tuple[str, ...]
    topics: tuple[str, ...]


def search(
    work: Work, sources: Sequence[str], wanted: Wanted, new_at_once: int | None = None
) -> Found:
    """Look through sources of a store; through none in which somebody's consent has ended.

    Args:
        work: the workplace.
        sources: keys of the sources.
        wanted: what is looked for.
        new_at_once: how many texts may be embedded for it; without, all that never were.

    Raises:
        ListeningError: there is no word in what is looked for.
    """
    query = reading.query(wanted.said)
    if not query.runs:
        raise ListeningError("What you look for", "has no word in it.", "Give a word, or several.")
    keys = work.store.agreed(sources, work.today.isoformat())
    segments = _with_topics(work, work.store.load(keys, SEGMENTS))
    spoken = segments[~segments["nil"]].reset_index(drop=True)
    known: dict[str, Vector] = {}
    meant = None
    if wanted.meaning and len(spoken):
        known = known_vectors(work, spoken, new_at_once)
        meant = work.models.encoder.encode([query.text])[0]
    asked = reading.Asked(
        query, wanted.source_kind, wanted.language, wanted.topic, max(wanted.most, 1)
    )
    hits = reading.search(
        spoken,
        asked,
        words=wanted.words,
        vectors=None if meant is None else _matrix(spoken, known, len(meant)),
        meant=meant,
    )
    missing = 0 if meant is None else int((~spoken["text_key"].isin(known)).sum())
    topics = sorted({name for name in spoken["topic_name"] if name != UNASSIGNED_TOPIC})
    return Found(
        _hits(work, hits),
        len(spoken),
        missing,
        tuple(sorted(set(spoken["language"]) - {""})),
        tuple(topics),
    )


def search_as(
    site: Site, person: Person, programme: Programme, everywhere: bool, wanted: Wanted
) -> Found:
    """Look through a programme; through somebody's own files alone unless `everywhere`.

    Raises:
        ListeningError: there is no word in what is looked for.
    """
    work = site.work(programme)
    sources = kept.source_keys(programme.slug, None if everywhere else person)
    if everywhere:  # what an operator read on the command line belongs to the programme as well
        sources = list(dict.fromkeys([*sources, *_of_newest(work)]))
    return search(work, sources, wanted, NEW_AT_ONCE)


def _of_newest(work: Work) -> list[str]:
    try:
        return list(work.store.run().sources)
    except NothingToDo:
        return []


def plain(hit: Hit) -> dict[str, object]:
    """Return a hit as plain data, its score to six decimals."""
    return asdict(replace(hit, score=round(hit.score, 6)))


def _with_topics(work: Work, segments: Table) -> Table:
    topics = work.store.topics()
    numbers = [topics.topic_of.get(one, -1) for one in segments["segment_id"]]
    names = [topics.names[one] or UNASSIGNED_TOPIC if one >= 0 else "" for one in numbers]
    return segments.assign(topic_name=[name or UNASSIGNED_TOPIC for name in names])


def known_vectors(work: Work, spoken: Table, new_at_once: int | None = None) -> dict[str, Vector]:
    """Return vectors by text key; what was never embedded is, as much of it as may be."""
    name = work.models.encoder_name
    texts = dict(zip(spoken["text_key"], spoken["text"], strict=True))
    known = work.store.vectors(name, texts)
    new = [key for key in texts if key not in known][:new_at_once]
    if new:
        made = embeddings.embed(
            {key: texts[key] for key in new},
            work.models.encoder,
            {},
            lambda done, of: work.progress("embed", done, of),
        )
        work.store.keep_vectors(name, made.vectors)
        known |= made.vectors
    return known


def _matrix(spoken: Table, known: dict[str, Vector], width: int) -> Vectors:
    vectors = np.zeros((len(spoken), width), dtype=np.float32)
    for position, key in enumerate(spoken["text_key"]):
        if key in known:
            vectors[position] = known[key]
    return vectors


def _hits(work: Work, table: Table) -> tuple[Hit, ...]:
    may_quote = work.store.quotable(table["participant_id"])
    return tuple(
        Hit(
            segment_id=str(row["segment_id"]),
            participant_id=str(row["participant_id"]),
            source_kind=str(row["source_kind"]),
            question=str(row["question"]),
            text=str(row["text"]),
            voice=str(row["voice"]),
            language=str(row["language"]),
            topic="" if row["topic_name"] == UNASSIGNED_TOPIC else str(row["topic_name"]),
            quotable=row["participant_id"] in may_quote,
            found_by=str(row["found_by"]),
            score=float(row["score"]),
        )
        for row in table.to_dict("records")
    )
