"""Figures and labels in plain English: the one place where a number becomes words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

#: Below this many people a percentage says more than is known (METHOD.md section 1).
FEWEST_FOR_A_PERCENTAGE = 20

SOURCES = {
    "interview": "Interviews",
    "focus_group": "Focus groups",
    "street": "Street notes",
    "survey": "Survey answers",
}

_IN_A_SOURCE = {
    "interview": "in interviews",
    "focus_group": "in focus groups",
    "street": "in street notes",
    "survey": "in survey answers",
}

#: Where people speak rather than write: a machine's reading of it is the least certain.
_SPOKE_IN = {**_IN_A_SOURCE, "street": "on the street"}

_ONE_SOURCE = {
    "interview": "Interview",
    "focus_group": "Focus group",
    "street": "Street note",
    "survey": "Survey answer",
}

#: How a passage is introduced. Only a resident's own words are ever put in quotation marks.
INTRODUCTIONS = {
    "paraphrase": "Officer’s note of what a resident said:",
    "observation": "Officer’s own observation, not counted as a resident’s view:",
    "unquotable": "A resident’s words, who has not agreed to be quoted:",
}

#: Why a passage may contradict a theme.
WHY_AGAINST = {
    "denial": "begins with a no",
    "direction": "seems to speak the other way",
}

#: Said above what people need and ask for: a rule found it, and nobody has read it.
ASKED_FOR = (
    "A machine picked these by how they are said: read them. Nobody has signed them off to be "
    "quoted."
)

#: Said beside words that are not in the language in which they were spoken.
TRANSLATED = "translated"

FLAGS = {
    "": "",
    "unstable": "Unstable: read it before relying on it",
    "single_voice": "Single voice: fewer than three people",
}


def number(count: int) -> str:
    """Write a count with thousands separated: `12,345`."""
    return f"{count:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """Write a count with its noun: `1 person`, `2 people`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def people(count: int) -> str:
    """Write a number of people."""
    return counted(count, "person", "people")


def reach(count: int, of: int, *, estimated: bool = False) -> str:
    """Write how many raised something: `x of n people`, `about x` where it is an estimate."""
    return f"{'about ' if estimated else ''}{number(count)} of {people(of)}"


def percentage(share: float | None, of: int) -> str:
    """Write a share (0 to 1) as a percentage, or nothing when it is of fewer than 20 people."""
    if share is None or of < FEWEST_FOR_A_PERCENTAGE:
        return ""
    return f"{100 * share:.0f}%"


def sampling_range(interval: Sequence[float], of: int) -> str:
    """Write an interval of shares as percentages, or as people when of fewer than 20."""
    low, high = interval
    if of < FEWEST_FOR_A_PERCENTAGE:
        return f"{of * low:.0f} to {of * high:.0f} of {of}"
    return f"{100 * low:.0f}% to {100 * high:.0f}%"


def rank_range(interval: Sequence[int]) -> str:
    """Write a range of ranks: `rank between 1 and 3`."""
    low, high = interval
    return f"rank {low}" if low == high else f"rank between {low} and {high}"


def ranks(interval: Sequence[int]) -> str:
    """Write a range of ranks for a table's cell: `1 to 3`."""
    low, high = interval
    return f"{low}" if low == high else f"{low} to {high}"


def listed(names: Iterable[str]) -> str:
    """Join names as people do: `a, b and c`, or `a, b; and c` where a name is itself a list."""
    items = list(names)
    if len(items) < 2:
        return "".join(items)
    if any("," in item or " and " in item for item in items):
        return f"{'; '.join(items[:-1])}; and {items[-1]}"
    return f"{', '.join(items[:-1])} and {items[-1]}"


def source(kind: str) -> str:
    """Name a kind of source as a heading does."""
    return SOURCES.get(kind, kind)


def in_source(kind: str) -> str:
    """Name where people were heard: `in interviews`."""
    return _IN_A_SOURCE.get(kind, f"in {kind}")


def spoke_in(kinds: Iterable[str]) -> str:
    """Name the places where people spoke: `in interviews or on the street`."""
    places = [_SPOKE_IN.get(kind, in_source(kind)) for kind in kinds]
    if len(places) < 2:
        return "".join(places)
    return f"{', '.join(places[:-1])} or {places[-1]}"


def one_source(kind: str) -> str:
    """Name the source of one quote."""
    return _ONE_SOURCE.get(kind, kind)


def steadiness(stability: float) -> str:
    """Say how steadily a topic came back when the grouping was repeated (METHOD.md 4.5).

    Args:
        stability: mean co-association within the topic, 0 to 1; under .5 is called unstable.
    """
    if stability >= 0.75:
        return "A steady topic"
    return "A fairly steady topic" if stability >= 0.5 else "An unsteady topic"


def label(attribute: str) -> str:
    """Name an attribute as people read it: columns are often called `age_band`."""
    return attribute.replace("_", " ")
