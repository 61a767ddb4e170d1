"""What the results of an annotation have in common, of stretches and of whole items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from listening.codebook import NO_REASON, OTHER, Codebook
from listening.labelstudio.configs import NO_REASON_SHOWN, OTHER_SHOWN, plain, shown
from listening.labelstudio.names import GRAVEST
from listening.labelstudio.nouns import Coded
from listening.records import Reject


@dataclass(frozen=True)
class Found:
    """What one annotation says.

    Attributes:
        codings: in the order of the text.
        memo: of the whole item.
        rejects: what could not be used.
    """

    codings: tuple[Coded, ...] = ()
    memo: str = ""
    rejects: tuple[Reject, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a reject comes from: numbers in Label Studio, never words."""

    task: int
    annotation: int = 0

    def reject(self, what: str, why: str, what_to_do: str, row: str = "") -> Reject:
        """Return a reject of something in this place."""
        own = f"annotation {self.annotation}" if self.annotation else ""
        where = ", ".join(part for part in (own, row) if part)
        return Reject(f"Label Studio task {self.task}", where, what, why, what_to_do)


class Names:
    """Which code is meant by what stands in a result: its id (`alias`), or its name.

    The editor of 1.23.2 writes the alias wherever a code has one. A name comes from a result that
    was made while the configuration had none, or from another program.
    """

    def __init__(self, book: Codebook) -> None:
        self._book = book

    def id_of(self, given: str) -> str:
        """Return a code's id; nothing where no code is meant, or it is not clear which."""
        return given if self._book.code(given) else self._called.get(given, "")

    @cached_property
    def _called(self) -> dict[str, str]:
        """The id of each name that one code alone has."""
        called = {OTHER_SHOWN: OTHER, NO_REASON_SHOWN: NO_REASON}
        twice: set[str] = set()
        for code in self._book.codes:
            for name in {plain(code.name), plain(shown(self._book, code.id))}:
                if called.setdefault(name, code.id) != code.id:
                    twice.add(name)
        return {name: code for name, code in called.items() if name not in twice}


def unknown(place: Place, row: str = "") -> Reject:
    """Return the reject of a code that the codebook does not have."""
    return place.reject(
        "code",
        "it carries a code that the codebook does not have.",
        "Somebody changed the codes by hand in Label Studio: push the codebook again, open the "
        "item and code it again.",
        row,
    )


def words(value: Mapping[str, Any]) -> str:
    """Return what was written into a text area."""
    told = value.get("text") or ()
    parts = [told] if isinstance(told, str) else [str(part) for part in told]
    return "\n".join(part.strip() for part in parts if part.strip())


def degree(value: Mapping[str, Any]) -> int | None:
    """Return how grave, 0 to 3; None where nothing, or something else, was marked."""
    told = value.get("number")
    if isinstance(told, int | float) and told in range(GRAVEST + 1):
        return int(told)
    return None


def no_degree(place: Place, row: str = "") -> Reject:
    """Return the reject of a number that says nothing of how grave something is."""
    return place.reject(
        "severity",
        f"it is not 0, 1, 2 or {GRAVEST}.",
        "Open the item, mark how grave it is again and submit; its codes are kept.",
        row,
    )
