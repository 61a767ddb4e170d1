"""The ledger of releases, and who signed off which quote."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from listening.store.frames import batches, objects

#: letters of a document that are read on each side of a segment
REACH = 600
#: what a person may decide about a quote; what was taken back is as if nobody had decided
SIGNED, REFUSED, TAKEN_BACK = "signed", "refused", "taken back"
#: whether a quote speaks for its theme
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Decision:
    """What a person decided about a passage as a quote for a theme.

    Attributes:
        words: hash of the words that they read.
        decision: SIGNED, REFUSED or TAKEN_BACK.
        by: their name.
        day: ISO date.
        why: why it was refused.
        speaks: YES where they read it as speaking for its theme, NO where it says something else or
            the opposite; empty where nobody was asked.
    """

    segment_id: str
    theme: str
    words: str
    decision: str
    by: str
    day: str
    why: str = ""
    speaks: str = ""


@dataclass(frozen=True)
class KeptRelease:
    """One line of the ledger; `tables` is the published `priorities.json` without quotes."""

    release: str
    made_from: str
    profile: str
    wave: str
    day: str
    tables: Mapping[str, Any]


@dataclass(frozen=True)
class Around:
    """What stands before and after a segment in its document, at most REACH letters each.

    Attributes:
        language: of the segment, or of its original where it is a translation.
        beside: the original, or the translation, that was supplied beside it.
        question: what was asked.
    """

    before: str
    after: str
    language: str
    beside: str
    question: str


class Releases:
    """What one store knows of releases."""

    def __init__(self, alias: str) -> None:
        self.alias = alias

    def all(self) -> list[KeptRelease]:
        """Return every release, the oldest first."""
        return [
            KeptRelease(
                row.release, row.made_from, row.profile, row.wave, row.day, json.loads(row.tables)
            )
            for row in objects(self.alias, "Release").order_by("number")
        ]

    def add(self, one: KeptRelease) -> None:
        """Enter a release; one that was made from the same stays as it is."""
        told = {**vars(one), "tables": json.dumps(one.tables, ensure_ascii=False)}
        objects(self.alias, "Release").get_or_create(made_from=one.made_from, defaults=told)

    def decisions(self) -> list[Decision]:
        """Return the decision that holds on each quote, by theme and passage."""
        last = {(one.theme, one.segment_id): one for one in self.every_decision()}
        return [last[key] for key in sorted(last)]

    def every_decision(self) -> list[Decision]:
        """Return every decision that was ever made, the oldest first."""
        names = list(Decision.__dataclass_fields__)
        rows = objects(self.alias, "QuoteDecision").order_by("number").values_list(*names)
        return [Decision(**dict(zip(names, row, strict=True))) for row in rows]

    def no_evidence(self) -> set[tuple[str, str]]:
        """Return the passages that do not speak for a theme, as somebody who read them says.

        Returns:
            Segment id and theme, whatever the words were: what a passage is about is not mended by
            a name that was taken out of it.
        """
        return {
            (one.segment_id, one.theme)
            for one in self.decisions()
            if one.decision == REFUSED and one.speaks == NO
        }

    def decide(self, one: Decision) -> None:
        """Keep a decision; those before on the same passage and theme stay in the log."""
        objects(self.alias, "QuoteDecision").create(**vars(one))

    def forget_other_words(self, hashed: Callable[[str], str]) -> int:
        """Forget the hash of what was read where the passage says something else now.

        Somebody who knows the rest of a passage could try out which name stood in it. Who decided
        what, and when, stays in the log.

        Args:
            hashed: the hash of a text, as decisions hold it.
        """
        rows = objects(self.alias, "QuoteDecision").exclude(words="")
        asked = {one.segment_id for one in rows.only("segment_id")}
        now = {segment: hashed(text) for segment, _, text, _ in self.passages(asked)}
        other = [
            one.pk for one in rows if one.segment_id in now and one.words != now[one.segment_id]
        ]
        for batch in batches(other):
            objects(self.alias, "QuoteDecision").filter(pk__in=batch).update(words="")
        return len(other)

    def places_named(self, segments: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
        """Return the public places that the documents of some segments name.

        Returns:
            Segment id to the words of each place and its kind.
        """
        found: dict[str, tuple[str, str]] = {}
        for batch in batches(list(segments)):
            rows = objects(self.alias, "Segment").filter(segment_id__in=batch)
            told = rows.values_list("segment_id", "source_id", "document_id")
            found |= {segment: (source, document) for segment, source, document in told}
        places: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for source in {source for source, _ in found.values()}:
            inside = sorted({document for one, document in found.values() if one == source})
            for batch in batches(inside):
                places |= self._places(source, batch)
        return {segment: places.get(where, []) for segment, where in found.items()}

    def _places(
        self, source: str, documents: Sequence[str]
    ) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """Return the places of some documents of a source, by source and document."""
        where = {"source_id": source, "document_id__in": documents}
        rows = objects(self.alias, "Document").filter(**where)
        texts = dict(rows.values_list("document_id", "text"))
        named: dict[tuple[str, str], list[tuple[str, str]]] = {}
        told = objects(self.alias, "Place").filter(**where).order_by("pk")
        for document, start, end, kind in told.values_list("document_id", "start", "end", "kind"):
            words = texts.get(document, "")[start:end]
            named.setdefault((source, document), []).append((words, kind))
        return named

    def known(self, participants: Iterable[str]) -> set[str]:
        """Return those of the participants whom the store holds."""
        found: set[str] = set()
        for batch in batches(list(participants)):
            rows = objects(self.alias, "Participant").filter(participant_id__in=batch)
            found.update(rows.values_list("participant_id", flat=True))
        return found

    def passages(self, segments: Iterable[str]) -> set[tuple[str, str, str, str]]:
        """Return passage, participant, words and voice of some segments, as they are kept."""
        found: set[tuple[str, str, str, str]] = set()
        for batch in batches(list(segments)):
            rows = objects(self.alias, "Segment").filter(segment_id__in=batch)
            found.update(rows.values_list("segment_id", "participant_id", "text", "voice"))
        return found

    def said(
        self, participant: str = "", sources: Sequence[str] | None = None
    ) -> Iterator[tuple[str, str]]:
        """Return participant and words of every passage; where it was translated, of both.

        Args:
            participant: whose; everybody's without one.
            sources: keys of the sources that are looked through; all of them without.
        """
        rows = objects(self.alias, "Segment").order_by("pk")
        rows = rows.values_list("participant_id", "text", "beside")
        own = rows.filter(participant_id=participant) if participant else rows
        parts = [own] if sources is None else [own.filter(source_id=one) for one in sources]
        return (
            (who, words)
            for part in parts
            for who, *both in part.iterator()
            for words in both
            if words
        )

    def marks(self) -> dict[str, tuple[int, int]]:
        """Return of each source a mark that is another one as soon as a passage of it goes."""
        rows = objects(self.alias, "Segment").order_by().values_list("source_id")
        told = rows.annotate(many=Count("pk"), whole=Sum("pk"))
        return {source: (many, int(whole)) for source, many, whole in told}

    def around(self, segment: str) -> Around | None:
        """Return what stands around a segment in its document; None where it is not kept."""
        row = objects(self.alias, "Segment").filter(segment_id=segment).first()
        if row is None:
            return None
        where = {"source_id": row.source_id, "document_id": row.document_id}
        texts = objects(self.alias, "Document").filter(**where).values_list("text", flat=True)
        text = next(iter(texts), "")
        before, after = text[max(0, row.start - REACH) : row.start], text[row.end :][:REACH]
        return Around(before, after, row.language, row.beside, row.question)

    def holding(self, participants: Iterable[str], today: str) -> set[str]:
        """Return those of the participants whose consent holds in every source they are heard in.

        Args:
            participants: ids.
            today: as ISO text.
        """
        until: dict[str, list[str]] = defaultdict(list)
        for batch in batches(list(dict.fromkeys(participants))):
            rows = objects(self.alias, "Participant").filter(participant_id__in=batch)
            for person, end in rows.values_list("participant_id", "source__consent_until"):
                until[person].append(end)
        return {
            person for person, ends in until.items() if all(not end or end >= today for end in ends)
        }


def forget_decisions(alias: str, segments: Iterable[str]) -> None:
    """Forget the decisions on passages of somebody who withdrew."""
    for batch in batches(list(segments)):
        objects(alias, "QuoteDecision").filter(segment_id__in=batch).delete()
