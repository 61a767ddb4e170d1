"""The drivers of change: a vocabulary that all programmes share, and the diagram made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from listening.actions.nouns import Action
from listening.actions.smart import sentence
from listening.errors import InvalidProgramme
from listening.tomls import read_toml

FILE = "drivers.toml"
#: stands where an action names no driver of the vocabulary
UNPLACED = "Not placed among the drivers yet"


@dataclass(frozen=True)
class Vocabulary:
    """Primary drivers by id, and the secondary drivers of each by id: names of both."""

    primary: Mapping[str, str] = field(default_factory=dict)
    secondary: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return what may be chosen: name of each primary, with (`primary/secondary`, name)."""
        return [
            (name, [(f"{key}/{inner}", said) for inner, said in self.secondary[key].items()])
            for key, name in self.primary.items()
        ]

    def named(self, driver: str) -> tuple[str, str]:
        """Return the names of `primary/secondary`; both empty where it is not of the list."""
        first, _, second = driver.partition("/")
        said = self.secondary.get(first, {}).get(second, "")
        return (self.primary[first], said) if said else ("", "")


@dataclass(frozen=True)
class Branch:
    """One node of a driver diagram, with what hangs on it.

    Attributes:
        kind: aim, primary, secondary or idea.
        words: what it says.
        action: id of the action, of an idea.
    """

    kind: str
    words: str
    branches: tuple[Branch, ...] = ()
    action: str = ""
    status: str = ""


def packaged() -> Vocabulary:
    """Return the list that comes with the software."""
    return parse(files("listening.actions").joinpath(FILE).read_text(encoding="utf-8"))


def parse(content: str, more_than: Vocabulary | None = None, file: str = FILE) -> Vocabulary:
    """Read a vocabulary from TOML.

    Args:
        content: the text: a table for each primary driver, with `name` and `secondary`.
        more_than: what it adds to; its own names win.
        file: how errors call it.

    Raises:
        InvalidProgramme: it is no TOML, or a driver has no name.
    """
    primary = dict(more_than.primary) if more_than else {}
    secondary = {key: dict(of) for key, of in more_than.secondary.items()} if more_than else {}
    for key, entry in read_toml(content, file, InvalidProgramme).items():
        name = entry.get("name", primary.get(key, "")) if isinstance(entry, dict) else ""
        inner = entry.get("secondary", {}) if isinstance(entry, dict) else {}
        named = isinstance(name, str) and name.strip() and isinstance(inner, dict)
        if not named or "/" in key or not all(isinstance(v, str) and v for v in inner.values()):
            raise InvalidProgramme(
                file,
                "has a driver that is not written as one.",
                'Write [id], name = "…" and [id.secondary] with id = "…" lines. Then run again.',
            )
        primary[key] = name
        secondary[key] = {**secondary.get(key, {}), **inner}
    return Vocabulary(primary, secondary)


def tree(actions: Sequence[Action], vocabulary: Vocabulary, aim: str = "") -> list[Branch]:
    """Return the driver diagram: an aim for each priority, its drivers, and the ideas for each.

    Args:
        actions: in the order in which they are listed.
        vocabulary: what names the drivers.
        aim: stands for the aim where no action of a priority states one.

    Returns:
        One tree for each priority that is answered, in order of the actions.
    """
    by_theme: dict[str, list[Action]] = {}
    for one in actions:
        by_theme.setdefault(one.theme, []).append(one)
    return [_aim(held, vocabulary, aim) for held in by_theme.values()]


def _aim(actions: Sequence[Action], vocabulary: Vocabulary, aim: str) -> Branch:
    stated = list(dict.fromkeys(said for one in actions if (said := sentence(one))))
    name = actions[0].theme_name or aim
    words = name if not stated else f"{name}: {' '.join(stated)}" if name else " ".join(stated)
    found: dict[str, dict[str, list[Branch]]] = {}
    for one in actions:
        first, second = vocabulary.named(one.driver)
        idea = Branch("idea", one.idea, action=one.id, status=one.status)
        held = found.setdefault(first or UNPLACED, {})
        held.setdefault(second or UNPLACED, []).append(idea)
    return Branch(
        "aim",
        words,
        tuple(
            Branch(
                "primary",
                first,
                tuple(Branch("secondary", said, tuple(ideas)) for said, ideas in inner.items()),
            )
            for first, inner in found.items()
        ),
    )
