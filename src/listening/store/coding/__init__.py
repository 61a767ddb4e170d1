"""The coding loop in the store: projects, items, readings, codings, their trail and what must go.

Everything is keyed so that the same page of tasks twice, even twice at once, changes nothing twice.
"""

from listening.store.coding.going import Leaving
from listening.store.coding.loop import CodingLoop
from listening.store.coding.nouns import (
    AGAIN,
    CHOSEN,
    GONE,
    SENDING,
    SENT,
    Change,
    KeptCoding,
    KeptItem,
    KeptProject,
    KeptReading,
    KeptTurn,
    ReadTask,
    Saved,
    Standing,
    Touched,
)

__all__ = [
    "AGAIN",
    "CHOSEN",
    "GONE",
    "SENDING",
    "SENT",
    "Change",
    "CodingLoop",
    "KeptCoding",
    "KeptItem",
    "KeptProject",
    "KeptReading",
    "KeptTurn",
    "Leaving",
    "ReadTask",
    "Saved",
    "Standing",
    "Touched",
]
