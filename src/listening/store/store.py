"""The store: the truth about what was read, and the ledger of runs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandera.pandas as pa

from listening.errors import NothingToDo
from listening.records import Reject, Table, Vector
from listening.store import erase, frames, noted, reading, selecting
from listening.store.actions import Actions
from listening.store.bulk import storable
from listening.store.coding import CodingLoop, going, told
from listening.store.connect import atomic, connect, disconnect
from listening.store.panels import Panels
from listening.store.releases import Releases
from listening.store.retention import Kept


@dataclass(frozen=True)
class KeptSource:
    """What the store knows of one file besides its rows."""

    key: str
    rejects: tuple[Reject, ...]
    notes: tuple[str, ...]
    counts: Mapping[str, int]
    #: the first day on which somebody's consent ends, as ISO text; empty where nobody's does
    consent_until: str = ""
    #: the edit log in short: kind of what was replaced to how often
    removed: Mapping[str, int] = field(default_factory=dict)


class Store:
    """One opened store. Everything is saved and loaded by source."""

    def __init__(self, home: Path, url: str = "") -> None:
        self.alias = connect(home, url)
        self.loop = CodingLoop(self.alias)
        self.releases = Releases(self.alias)
        self.actions = Actions(self.alias)
        self.panels = Panels(self.alias)
        self.kept = Kept(self.alias)

    def codings(self, sources: Sequence[str] | None = None) -> Table:
        """Return every coding that counts (`CODINGS`), in the sources given, or in all."""
        return told.codings(self.alias, sources)

    def close(self) -> None:
        """Let go of the database; a later use opens it again."""
        disconnect(self.alias)

    def atomic(self) -> AbstractContextManager[None]:
        """Everything inside is kept, or nothing of it."""
        return atomic(self.alias)

    def is_empty(self) -> bool:
        """Whether nothing has been read yet."""
        return not self._objects("Source").exists()

    def known_sources(self, keys: Iterable[str]) -> set[str]:
        """Which of `keys` have been read before."""
        found: set[str] = set()
        for batch in frames.batches(list(keys)):
            rows = self._objects("Source").filter(key__in=batch)
            found.update(rows.values_list("key", flat=True))
        return found

    def agreed(self, keys: Iterable[str], today: str) -> list[str]:
        """Return those of `keys` that are known and in which nobody's consent has ended.

        Args:
            keys: sources, in an order that is kept.
            today: as ISO text.
        """
        wanted = list(keys)
        good: set[str] = set()
        for batch in frames.batches(wanted):
            rows = self._objects("Source").filter(key__in=batch)
            told = rows.values_list("key", "consent_until")
            good |= {key for key, until in told if not until or until >= today}
        return [key for key in wanted if key in good]

    def quotable(self, participants: Iterable[str]) -> set[str]:
        """Return those who agreed to be quoted, in every source in which they are heard."""
        consents: dict[str, set[str]] = {}
        for batch in frames.batches(list(dict.fromkeys(participants))):
            rows = self._objects("Participant").filter(participant_id__in=batch)
            for person, consent in rows.values_list("participant_id", "consent"):
                consents.setdefault(person, set()).add(consent)
        return {person for person, told in consents.items() if told == {"quotation"}}

    def add_source(self, kept: KeptSource, file_key: str) -> None:
        """Keep what is known of a file; its rows are saved with `save`."""
        self._objects("Source").create(
            key=kept.key,
            file_key=file_key,
            consent_until=kept.consent_until,
            # the file's name is the run's business: it may be a person's name
            rejects=storable([{**vars(reject), "file": ""} for reject in kept.rejects]),
            notes=storable(kept.notes),
            counts=storable(kept.counts),
            removed=storable(kept.removed),
        )

    def forget_readings(self, file_key: str, but: str = "") -> None:
        """Erase the readings of a file, other ones than `but`, and what was made from them."""
        self._forget(self._objects("Source").filter(file_key=file_key).exclude(key=but))

    def forget_ended(self, file_key: str, today: str) -> bool:
        """Erase the readings of a file in which somebody's consent has ended (ISO date).

        Returns:
            Whether there were any.
        """
        ended = self._objects("Source").filter(file_key=file_key, consent_until__lt=today)
        return self._forget(ended.exclude(consent_until=""))

    def _forget(self, readings: Any) -> bool:
        """Erase readings, vectors of texts that nobody else said, and results: they hold quotes."""
        stale = list(readings.values_list("key", flat=True))
        if not stale:
            return False
        with self.atomic():
            segments = self._objects("Segment").filter(source_id__in=stale)
            gone = set(segments.values_list("text_key", flat=True))
            reading.forget_names(self.alias, segments)
            going.forget_documents(self.alias, stale)
            self._objects("Source").filter(key__in=stale).delete()
            erase.forget_vectors(self.alias, gone)
            self._objects("StageResult").all().delete()
        return True

    def readings(self, file_key: str) -> list[str]:
        """Return the keys of what was read of a file."""
        rows = self._objects("Source").filter(file_key=file_key).order_by("added")
        return list(rows.values_list("key", flat=True))

    def consents(self, file_key: str) -> dict[str, str]:
        """Return consent by participant id of everybody who is kept of a file."""
        rows = self._objects("Participant").filter(source__file_key=file_key)
        return dict(rows.values_list("participant_id", "consent"))

    def file_keys_of(self, participant_id: str) -> set[str]:
        """Return the content hashes of the files in which a participant is heard."""
        rows = self._objects("Participant").filter(participant_id=participant_id)
        return set(rows.values_list("source__file_key", flat=True))

    def known_files(self, file_keys: Iterable[str]) -> set[str]:
        """Which of these files something is kept of."""
        rows = self._objects("Source").filter(file_key__in=list(file_keys))
        return set(rows.values_list("file_key", flat=True))

    def erase_participant(self, participant_id: str) -> Counter[str]:
        """Erase a participant and what was made of their words; return how much went."""
        return erase.erase_participant(self.alias, participant_id)

    def compact(self) -> None:
        """Leave no byte of erased rows in the database's files."""
        erase.compact(self.alias)

    def reword(self, reworded: Callable[[str], str]) -> int:
        """Put what people noted beside residents' words otherwise; return how many rows changed."""
        return noted.reword(self.alias, reworded)

    def holds(self, words: Iterable[str]) -> set[str]:
        """Which of these words stand in some text, question or attribute that is kept."""
        left = set(words)
        found: set[str] = set()
        for name, fields in erase.TEXTS.items():
            for values in self._objects(name).values_list(*fields).iterator():
                text = "\n".join(map(str, values))
                found |= {word for word in left if word in text}
                left -= found
        return found

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every text that is kept, with its source's key: words, questions, attributes."""
        yield from self._objects("Document").values_list("source_id", "text").iterator()
        questions = self._objects("Passage").exclude(question="").order_by()
        yield from questions.values_list("source_id", "question").distinct()
        beside = self._objects("Participant").values_list("source_id", "place", "attributes")
        for key, place, attributes in beside.iterator():
            yield key, "\n".join((place, *attributes.values()))

    def keep_receipt(self, receipt: str, day: date, counts: Mapping[str, int]) -> None:
        """Keep the receipt of a withdrawal, in place of one of the same number."""
        told = {"day": day, "counts": dict(counts)}
        self._objects("Withdrawal").update_or_create(receipt=receipt, defaults=told)

    def sources(self, names: Mapping[str, str]) -> list[KeptSource]:
        """Return the sources of `names` (key to file name) with rejects under that name."""
        rows = {
            row.key: row
            for batch in frames.batches(list(names))
            for row in self._objects("Source").filter(key__in=batch)
        }
        return [
            KeptSource(
                key,
                tuple(Reject(**{**reject, "file": name}) for reject in rows[key].rejects),
                tuple(rows[key].notes),
                rows[key].counts,
                removed=rows[key].removed,
            )
            for key, name in names.items()
            if key in rows
        ]

    def save(self, source_key: str, table: Table, schema: pa.DataFrameSchema) -> None:
        """Keep a table of one source."""
        frames.save(self.alias, source_key, table, schema)

    def load(self, source_keys: Sequence[str], schema: pa.DataFrameSchema) -> Table:
        """Return the rows of the sources given, in their order."""
        return frames.load(self.alias, source_keys, schema)

    def days(self, source_keys: Sequence[str]) -> dict[str, str]:
        """Return when each document of the sources was heard, ISO day or month; '' for unknown."""
        found: dict[str, str] = {}
        for batch in frames.batches(list(source_keys)):
            rows = self._objects("Document").filter(source_id__in=batch)
            found.update(rows.values_list("document_id", "date"))
        return found

    def vectors(self, encoder: str, keys: Iterable[str]) -> dict[str, Vector]:
        """Return the vectors already made by `encoder`."""
        return frames.vectors(self.alias, encoder, keys)

    def each_vector(self, encoder: str, keys: Iterable[str]) -> Iterator[tuple[str, Vector]]:
        """Yield the vectors already made by `encoder` with their keys, and hold none of them."""
        return frames.each_vector(self.alias, encoder, keys)

    def embedded(self, encoder: str, keys: Iterable[str]) -> set[str]:
        """Return which of `keys` have a vector made by `encoder`."""
        return frames.embedded(self.alias, encoder, keys)

    def keep_vectors(self, encoder: str, fresh: Mapping[str, Vector]) -> None:
        """Keep vectors made just now."""
        frames.keep_vectors(self.alias, encoder, fresh)

    def result(self, key: str) -> Any:
        """Return what a stage made under `key`, or None."""
        row = self._objects("StageResult").filter(key=key).first()
        return None if row is None else json.loads(row.content)

    def keep_result(self, key: str, stage: str, content: Any) -> None:
        """Keep what a stage made: plain data."""
        self._objects("StageResult").update_or_create(
            key=key, defaults={"stage": stage, "content": json.dumps(content)}
        )

    def keep_topics(self, kept: reading.KeptTopics) -> None:
        """Keep a reading, in place of the one before, for a later run to extend."""
        reading.keep(self.alias, kept)

    def topics(self) -> reading.KeptTopics:
        """Return the reading that was kept last; it has no topics where none was."""
        return reading.load(self.alias)

    def selections(self) -> Table:
        """Return every segment that people were asked to code (`SELECTIONS`), in that order."""
        return selecting.load(self.alias)

    def framed(self) -> dict[str, str]:
        """Return the kind of source of everybody among whom the audit was drawn."""
        return selecting.framed(self.alias)

    def keep_selections(self, chosen: Table, framed: Mapping[str, str], batch: int) -> None:
        """Add a batch to the log of what people are asked to code.

        Args:
            chosen: `SELECTIONS`; none of its segments is in the log.
            framed: kind of source of the people among whom its audit was drawn.
            batch: its number.
        """
        selecting.add(self.alias, chosen, framed, batch)

    def begin_run(self, run_id: str, seed: int, parameters: Mapping[str, Any]) -> None:
        """Open a line of the ledger."""
        self._objects("Run").create(run_id=run_id, seed=seed, parameters=storable(parameters))

    def run(self, run_id: str = "") -> Any:
        """Return a line of the ledger; without an id the newest.

        Raises:
            NothingToDo: nothing has been read into this store yet.
        """
        rows = self._objects("Run")
        row = rows.filter(run_id=run_id).first() if run_id else rows.order_by("started").last()
        if row is None:
            raise NothingToDo(
                "The store",
                "has no run to go on with.",
                "Read material first: listening ingest PATH.",
            )
        return row

    def costs(self) -> tuple[int, dict[str, float]]:
        """Return how many runs were made, and the seconds that each stage took in all of them."""
        told = list(self._objects("Run").values_list("stages", flat=True))
        seconds: dict[str, float] = {}
        for one in (stage for stages in told for stage in stages):
            name = str(one["name"])
            seconds[name] = seconds.get(name, 0.0) + float(one["seconds"])
        return len(told), seconds

    def note_run(self, run_id: str, **fields: Any) -> None:
        """Write into a line of the ledger."""
        self._objects("Run").filter(run_id=run_id).update(**storable(fields))

    def _objects(self, name: str) -> Any:
        return frames.objects(self.alias, name)
