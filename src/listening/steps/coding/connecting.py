"""The Label Studio of a workplace: the one that is open, or the one that its settings name."""

from __future__ import annotations

from listening.labelstudio.protocol import Server
from listening.steps import label_studio
from listening.steps.work import Work


def connected(work: Work) -> Server | None:
    """Return the Label Studio of a workplace; None where none is named or was ever started."""
    if work.labelstudio is None:
        work.labelstudio = label_studio.reached(work.settings)
    return work.labelstudio


def needed(work: Work) -> Server:
    """Return the Label Studio of a workplace.

    Raises:
        ListeningError: none is named and none was ever started here.
    """
    if work.labelstudio is None:
        work.labelstudio = label_studio.needed(work.settings)
    return work.labelstudio
