"""What can be counted of a site without saying anything of anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from listening.steps import health
from listening.steps.site import Site
from listening.store.accounts import nouns, people
from listening.store.accounts import uploads as sent


@dataclass(frozen=True)
class Measured:
    """A site in figures, over all its programmes.

    Attributes:
        files: uploads by state.
        runs: made so far.
        stages: seconds that each stage took in all of them.
        withdrawals: tasks in Label Studio that must still be deleted.
        backup_age: seconds since the last backup; -1 where none was made.
        free: bytes on the disk.
        overdue: programmes in which something should have gone.
        reader: whether files that are confirmed are read.
    """

    files: Mapping[str, int]
    runs: int
    stages: Mapping[str, float]
    withdrawals: int
    backup_age: float
    free: int
    overdue: int
    reader: bool


def measured(site: Site, reader: bool) -> Measured:
    """Measure a site now."""
    files: Counter[str] = Counter(dict.fromkeys(nouns.STATES, 0))
    stages: dict[str, float] = {}
    runs = 0
    for programme in people.programmes():
        files.update(sent.counts(programme.slug))
        made, took = site.work(programme).store.costs()
        runs += made
        stages |= {name: stages.get(name, 0.0) + seconds for name, seconds in took.items()}
    backup = health.last_backup(site)
    return Measured(
        files,
        runs,
        stages,
        health.waiting_to_leave(site),
        (datetime.now(UTC) - backup).total_seconds() if backup else -1.0,
        health.free(site),
        health.overdue(site),
        reader,
    )
