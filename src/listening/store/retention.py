"""What the store knows of how long things may be kept, and the receipts of what went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from listening.retention import Heard
from listening.store.connect import atomic
from listening.store.frames import batches, objects

QUOTATION, ANALYSIS = "quotation", "analysis"


@dataclass(frozen=True)
class Went:
    """A receipt: nothing here says whose it was."""

    receipt: str
    day: date
    done: bool
    counts: Mapping[str, int]


class Kept:
    """How long what one store holds is kept."""

    def __init__(self, alias: str) -> None:
        self.alias = alias

    def heard(self) -> list[Heard]:
        """Return everybody, once for each source."""
        rows = objects(self.alias, "Participant").values_list(
            "participant_id", "consent", "date", "consent_until", "source__added"
        )
        return [
            Heard(who, consent == QUOTATION, day or added.date().isoformat(), until)
            for who, consent, day, until, added in rows.iterator()
        ]

    def note_ends(self, source: str, ends: Mapping[str, str]) -> None:
        """Note until when the consent of each participant of a source holds."""
        by_day: dict[str, list[str]] = {}
        for who, day in ends.items():
            if day:
                by_day.setdefault(day, []).append(who)
        for day, people in by_day.items():
            for batch in batches(people):
                rows = objects(self.alias, "Participant").filter(source_id=source)
                rows.filter(participant_id__in=batch).update(consent_until=day)

    def quote_no_longer(self, participants: Iterable[str]) -> int:
        """Count people from now on without quoting them; return how many that changed."""
        changed = set()
        with atomic(self.alias):
            for batch in batches(list(participants)):
                rows = objects(self.alias, "Participant").filter(participant_id__in=batch)
                quoted = rows.filter(consent=QUOTATION)
                changed |= set(quoted.values_list("participant_id", flat=True))
                quoted.update(consent=ANALYSIS)
        return len(changed)

    def young(self, since: date) -> set[str]:
        """Return the sources in which somebody was heard on a day or later."""
        told = objects(self.alias, "Participant").values_list("source_id", "date", "source__added")
        cut = since.isoformat()
        days = ((key, day or added.date().isoformat()) for key, day, added in told.iterator())
        return {key for key, day in days if day >= cut[: len(day)]}

    def runs_before(self, day: date) -> list[str]:
        """Return the ids of the runs that were begun before a day."""
        rows = objects(self.alias, "Run").filter(started__date__lt=day)
        return list(rows.values_list("run_id", flat=True))

    def note(self, went: Went) -> None:
        """Keep a receipt, in place of one of the same number; of those of nothing, the last."""
        told = {"day": went.day, "done": went.done, "counts": dict(went.counts)}
        objects(self.alias, "Retained").update_or_create(receipt=went.receipt, defaults=told)
        if went.done and not went.counts:
            every = objects(self.alias, "Retained").filter(done=True).exclude(receipt=went.receipt)
            empty = [row.receipt for row in every if not row.counts]
            every.filter(receipt__in=empty).delete()

    def unfinished(self) -> Went | None:
        """Return the receipt that was begun and stopped, if there is one."""
        row = objects(self.alias, "Retained").filter(done=False).order_by("day").first()
        return Went(row.receipt, row.day, row.done, row.counts) if row else None

    def receipts(self) -> list[Went]:
        """Return every receipt, the newest first."""
        rows = objects(self.alias, "Retained").order_by("-day", "receipt")
        return [Went(row.receipt, row.day, row.done, row.counts) for row in rows]
