"""Erasing a participant from the store: rows, what was made of them, and the bytes they left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from listening.store import reading, releases, selecting
from listening.store.actions import Actions
from listening.store.coding import going
from listening.store.connect import atomic
from listening.store.frames import batches, objects

#: where residents' words, or what stands for a name, may lie
TEXTS = {
    "Document": ("text", "place", "method", "language"),
    "Passage": ("question", "beside"),
    "Segment": ("text", "question", "beside"),
    "Participant": ("place", "language", "attributes"),
    "Source": ("notes", "rejects"),
    "Topic": ("name",),
    "CodingReading": ("memo",),
    "Coding": ("memo", "proposed"),
    "PanelAnswer": ("words",),
    "QuoteDecision": ("why",),
}
#: tables that hold rows of one participant
_OWN = ("Passage", "Segment", "Participant")


def erase_participant(alias: str, participant_id: str) -> Counter[str]:
    """Erase everything kept of a participant, and what was made from it.

    What others said in the same document stays: the document's text is put together again without
    the participant's turns, and the others' offsets move with it. A document in which nobody else
    speaks goes as a whole, and so does a source.

    Returns:
        How many rows went: sources, documents, passages, segments, selections, items, readings,
        codings, vectors, results.
    """
    gone: Counter[str] = Counter()
    with atomic(alias):
        segments = objects(alias, "Segment").filter(participant_id=participant_id)
        keys = set(segments.values_list("text_key", flat=True))
        reading.forget_names(alias, segments)
        own = list(segments.values_list("segment_id", flat=True))
        releases.forget_decisions(alias, own)
        Actions(alias).forget_evidence(own)
        gone += going.erase_person(alias, participant_id)
        sources = objects(alias, "Participant").filter(participant_id=participant_id)
        for source in sorted(sources.values_list("source_id", flat=True)):
            gone += _from_source(alias, source, participant_id)
        gone["selections"] = selecting.forget(alias, participant_id)
        gone["vectors"] = forget_vectors(alias, keys)
        if +gone:  # kept results of stages hold quotes
            gone["results"] = objects(alias, "StageResult").all().delete()[0]
    return gone


def forget_vectors(alias: str, text_keys: Iterable[str]) -> int:
    """Erase the vectors of texts that no segment holds any more; return how many."""
    gone = 0
    for batch in batches(list(text_keys)):
        rows = objects(alias, "Segment").filter(text_key__in=batch)
        alone = set(batch) - set(rows.values_list("text_key", flat=True))
        gone += objects(alias, "Vector").filter(text_key__in=alone).delete()[0]
    return gone


def compact(alias: str) -> None:
    """Give back the room of erased rows: their bytes are nowhere in the database's files."""
    from django.db import connections

    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _from_source(alias: str, source: str, participant_id: str) -> Counter[str]:
    gone: Counter[str] = Counter()
    others = objects(alias, "Participant").filter(source_id=source)
    if not others.exclude(participant_id=participant_id).exists():
        for name in ("Document", "Passage", "Segment"):
            gone[f"{name.lower()}s"] = objects(alias, name).filter(source_id=source).count()
        objects(alias, "Source").filter(key=source).delete()
        return gone + Counter(sources=1)
    own = objects(alias, "Passage").filter(source_id=source, participant_id=participant_id)
    for document in sorted(set(own.values_list("document_id", flat=True))):
        gone += _from_document(alias, source, document, participant_id)
    for name in _OWN:
        mine = objects(alias, name).filter(source_id=source, participant_id=participant_id)
        gone[f"{name.lower()}s"] += mine.delete()[0]
    del gone["participants"]
    _until_others(alias, source)
    return gone


def _until_others(alias: str, source: str) -> None:
    """Let a source hold as long as the consent of those who stay in it."""
    stay = objects(alias, "Participant").filter(source_id=source)
    ends = stay.exclude(consent_until="").values_list("consent_until", flat=True)
    until = min(ends, default="")
    objects(alias, "Source").filter(key=source).update(consent_until=until)


def _from_document(alias: str, source: str, document_id: str, participant_id: str) -> Counter[str]:
    """Take a participant's turns out of a document; of one that is theirs alone, everything."""
    where = {"source_id": source, "document_id": document_id}
    stay = list(
        objects(alias, "Passage")
        .filter(**where)
        .exclude(participant_id=participant_id)
        .order_by("start")
    )
    if not any(passage.role == "participant" for passage in stay):
        objects(alias, "Place").filter(**where).delete()
        return Counter(
            {
                f"{name.lower()}s": objects(alias, name).filter(**where).delete()[0]
                for name in ("Segment", "Passage", "Document")
            }
        )
    _forget_places(alias, where, participant_id)
    document = objects(alias, "Document").get(**where)
    texts = [document.text[passage.start : passage.end] for passage in stay]
    position, moved = 0, []
    for passage, text in zip(stay, texts, strict=True):
        moved.append((passage.start, passage.end, position - passage.start))
        _move(alias, where, passage, position - passage.start)
        position += len(text) + 1  # turns are joined by a line end
    going.move(alias, document_id, moved)
    document.text = "\n".join(texts)
    document.save(using=alias, update_fields=["text"])
    return Counter()


def _forget_places(alias: str, where: dict[str, str], participant_id: str) -> None:
    """Forget the places that a participant's own turns name."""
    own = objects(alias, "Passage").filter(**where, participant_id=participant_id)
    for start, end in own.values_list("start", "end"):
        objects(alias, "Place").filter(**where, start__gte=start, end__lte=end).delete()


def _move(alias: str, where: dict[str, str], passage: Any, by: int) -> None:
    """Move a passage with its segments and places; earlier ones have moved, always to the left."""
    from django.db.models import F

    if not by:
        return
    inside = {**where, "start__gte": passage.start, "end__lte": passage.end}
    for rows in (
        objects(alias, "Segment").filter(**inside, participant_id=passage.participant_id),
        objects(alias, "Place").filter(**inside),
        objects(alias, "Passage").filter(pk=passage.pk),
    ):
        rows.update(start=F("start") + by, end=F("end") + by)
