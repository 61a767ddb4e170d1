"""How far a run is, as its progress artifact: names of stages and counts, for the pages to show."""

from __future__ import annotations

import time
from contextlib import suppress
from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact

from listening.steps.orchestrating import Stage

#: seconds between two tellings of the same stage
_EVERY = 2.0


class Telling:
    """Tells Prefect how far the run of this process is; whether it hears is all one to the work."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._artifact: UUID | None = None
        self._stage = ""
        self._told = 0.0

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Tell a new stage at once, and one that goes on now and then."""
        now = time.monotonic()
        if (stage == self._stage and now - self._told < _EVERY) or (
            stage == self._stage and not of
        ):
            return
        self._stage, self._told = stage, now
        percent, said = (100.0 * done / of if of else 0.0), str(Stage(stage, done, of))
        with suppress(Exception):
            if self._artifact is None:
                made = create_progress_artifact(percent, self._key, said)
                self._artifact = made if isinstance(made, UUID) else None
            else:
                update_progress_artifact(self._artifact, percent, said)
