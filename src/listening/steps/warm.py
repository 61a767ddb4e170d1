"""Loading in another thread what a run will need, while something else has to be waited for."""

from __future__ import annotations

import threading
from contextlib import suppress

from listening import language, privacy, report, topics
from listening.steps.work import Work

#: made up; it brings in the recognisers and the language identifier
SENTENCE = "Write to somebody@example.org or ring 07700 900123 about the lift in our block."


def warm(work: Work) -> threading.Thread:
    """Begin to load: the models where nothing has been read yet, and what draws the report.

    Returns:
        The thread, to be joined before the first stage so that no stage pays for the loading.
    """
    thread = threading.Thread(target=_load, args=(work, work.store.is_empty()), daemon=True)
    thread.start()
    return thread


def _load(work: Work, fresh: bool) -> None:
    # a fault here is met again, and told in a sentence, by whoever needs what could not be loaded
    with suppress(Exception):
        if fresh:
            parsed = language.parse([SENTENCE], work.models.pipeline)
            privacy.pseudonymise(parsed, [()], {})
            language.detect([SENTENCE])
            work.models.encoder.encode([SENTENCE])
            topics.warm()
        report.warm()
    work.store.close()
