"""The Label Studio of a workplace: the one that is open, or the one that its settings name."""

from __future__ import annotations

from listening.errors import ListeningError
from listening.labelstudio.protocol import Server
from listening.steps.label_studio import reached
from listening.steps.work import Work


def connected(work: Work) -> Server | None:
    """Return the Label Studio of a workplace; None where none is named or was ever started."""
    if work.labelstudio is None:
        work.labelstudio = reached(work.settings)
    return work.labelstudio


def needed(work: Work) -> Server:
    """Return the Label Studio of a workplace.

    Raises:
        ListeningError: none is named and none was ever started here.
    """
    found = connected(work)
    if found is None:
        raise ListeningError(
            "Label Studio",
            "is not set up.",
            "Start it with make serve, or set LISTENING_LABEL_STUDIO_URL to where it is.",
        )
    return found
