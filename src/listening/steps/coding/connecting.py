"""The Label Studio of a workplace: the one that is open, or the one that its settings name."""

from __future__ import annotations

from listening.labelstudio.protocol import Server
from listening.steps.label_studio import reached
from listening.steps.work import Work


def connected(work: Work) -> Server | None:
    """Return the Label Studio of a workplace; None where none is named or was ever started."""
    if work.labelstudio is None:
        work.labelstudio = reached(work.settings)
    return work.labelstudio
