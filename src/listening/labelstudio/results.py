"""What the results of an annotation have in common, of stretches and of whole items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from listening.codebook import NO_REASON, OTHER, Codebook
from listening.labelstudio.configs import NO_REASON_SHOWN, OTHER_SHOWN, plain, shown
from listening.labelstudio.names import (
    CODES,
    GRAVEST,
    MEMO,
    NEW_CODE,
    REGION_MEMO,
    SEVERITY,
    SUGGESTED,
)
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


#: the controls of our projects; what fills the unseen one of suggestions is nobody's
_OURS = frozenset({CODES, MEMO, NEW_CODE, REGION_MEMO, SEVERITY, SUGGESTED})
#: of the editor's results, one that joins two others and is of no control
_RELATION = "relation"
#: what the editor writes of each kind: words, or lists of words
_LISTS = ("choices", "paragraphlabels")
_LONGEST_ID = 100


@dataclass(frozen=True)
class Part:
    """One result of an annotation, of the shape that the editor writes."""

    id: str
    name: str
    value: Mapping[str, Any]


def parts(results: Any, place: Place) -> tuple[list[Part], list[Reject]]:
    """Return the results of an annotation, and a reject of each that no editor writes.

    Whoever has an account may write anything by Label Studio's programming interface.
    """
    if results is None:
        return [], []
    if not isinstance(results, list | tuple):
        return [], [_odd(place, "")]
    found, rejects = list[Part](), list[Reject]()
    for number, result in enumerate(results, start=1):
        one = _part(result)
        if one is None:
            rejects.append(_odd(place, f"result {number}"))
        elif one.name in _OURS or one.name.startswith(f"{SEVERITY}_"):
            found.append(one)
        elif result.get("type") != _RELATION:
            rejects.append(_elsewhere(place, f"result {number}"))
    return found, rejects


def _part(result: Any) -> Part | None:
    if not isinstance(result, Mapping):
        return None
    value = result.get("value")
    value = {} if value is None else value
    key = str(result.get("id", ""))
    if not isinstance(value, Mapping) or len(key) > _LONGEST_ID:
        return None
    sound = (
        _words(value.get("text"))
        and all(_listed(value.get(kind)) for kind in _LISTS)
        and _paths(value.get("taxonomy"))
    )
    return Part(key, str(result.get("from_name", "")), value) if sound else None


def _words(given: Any) -> bool:
    return given is None or isinstance(given, str) or _listed(given)


def _listed(given: Any) -> bool:
    return given is None or (
        isinstance(given, list | tuple) and all(isinstance(one, str) for one in given)
    )


def _paths(given: Any) -> bool:
    """Whether it is a list of paths, each of words."""
    return given is None or (
        isinstance(given, list | tuple)
        and all(isinstance(one, list | tuple) and bool(one) and _listed(one) for one in given)
    )


def _odd(place: Place, row: str) -> Reject:
    return place.reject(
        "annotation",
        "it is not as Label Studio's editor writes it.",
        "Another program wrote it: open the item, code it again and submit.",
        row,
    )


def _elsewhere(place: Place, row: str) -> Reject:
    return place.reject(
        "annotation",
        "it stands under a control that is none of the project's.",
        "Somebody changed the project's labels by hand in Label Studio: push again, which puts "
        "them back, open the item and code it again.",
        row,
    )


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
