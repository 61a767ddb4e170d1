"""Actions of a programme in its store; their tables, and what is saved and loaded of them."""

from listening.store.actions.kept import Actions

__all__ = ["Actions"]
