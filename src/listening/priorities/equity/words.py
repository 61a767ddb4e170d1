"""The plain sentences of equity: how much a group was heard, who differs, what cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from listening.priorities.words import number, people

if TYPE_CHECKING:
    from listening.priorities.groups import Key

WAITS = (
    "Groups are compared once people have coded: a machine's guesses may miss more of what some "
    "groups say than of what others say."
)
AUDITED = (
    "Where the machine's reading of a source is corrected by an audit, only those of it are "
    "compared whom people read."
)
NOBODY = (
    "No group can be compared: a group and all others must each be at least ten separate voices. "
    "That says nothing about whether groups differ."
)


def group(label: Key) -> str:
    """Name a group in a sentence."""
    return f"this group ({label[0].replace('_', ' ')}: {label[1]})"


def represented(
    label: Key,
    heard: int,
    of: int,
    unknown: int,
    part: float,
    interval: tuple[float, float] | None,
    shortfall: str,
    *,
    sure: bool,
) -> str:
    """Say how much of a group was heard, beside its part of the population.

    Args:
        label: the group.
        heard: people of it; `of`: of all heard of whom it is known; `unknown`: of how many not.
        part: of the population.
        interval: of the ratio of both parts.
        shortfall: as in `Represented`.
        sure: whether an under-heard group would be so even if all the unknown were of it.
    """
    who = people(heard) if heard else "Nobody known to be"
    said = f"{who} of {group(label)} {'were' if heard > 1 else 'was'} heard"
    if not of:
        return f"{said}: of nobody heard is it known."
    share = part * of
    expected = "fewer than 1" if share < 1 else f"about {number(round(share))}"
    said += f"; by their part of the population it would be {expected} of {number(of)}."
    if shortfall != "under":
        return f"{said} {_not_shown(shortfall, interval)}"
    said += " That is less than four fifths of their part, and more than chance would do."
    if not unknown:
        return said
    if sure:
        return f"{said} It would be so even if all {number(unknown)} of whom it is not known were."
    return (
        f"{said} For {people(unknown)} it is not known: if many of them are of this group, it may "
        "not be so."
    )


def _not_shown(shortfall: str, interval: tuple[float, float] | None) -> str:
    """Say what can be told of a group that is not under-heard for certain."""
    if shortfall == "likely" and interval:
        chance = "that it is not by chance" if interval[1] >= 1 else "that it is below four fifths"
        return f"Fewer than expected were heard, but too few in all to be sure {chance}."
    if shortfall == "some":
        return (
            "Somewhat fewer than expected were heard, more than chance would do; it is not shown "
            "to be less than four fifths of their part."
        )
    return "No shortfall can be told from chance."


def not_recorded(attribute: str) -> str:
    """Say that the population table names what is known of nobody."""
    return (
        f"The population table counts {attribute}, and of nobody heard is it known: who is "
        "under-heard by it cannot be told. Ask for it, or name the column as the table does."
    )


def no_population(attribute: str) -> str:
    """Say that nothing is known of how many live there by this attribute."""
    return (
        f"The population table says nothing of {attribute}, so who is under-heard by it cannot be "
        "told. Add its rows to population.csv."
    )


def not_in_table(attribute: str, values: Sequence[str], heard: int) -> str:
    """Say which values the population table does not name."""
    named = ", ".join(values)
    return (
        f"{people(heard)} gave a value of {attribute} that the population table does not name "
        f"({named}): they are left out of the comparison with the population. Spell both alike, "
        "or add the rows."
    )


def difference(label: Key, theme: str, sides: tuple[int, int, int, int]) -> str:
    """Say a difference that chance does not explain.

    Args:
        label: the group.
        theme: the theme's name.
        sides: people of the group who raised it, of how many, and the same of the others.
    """
    x, n, y, m = sides
    return (
        f"{number(x)} of {people(n)} of {group(label)} raised {theme}, "
        f"{number(y)} of {number(m)} others."
    )


def compared(tests: int, groups: int, themes: int, found: int, *, together: bool) -> str:
    """Say what came of comparing groups.

    Args:
        tests: how many comparisons were made.
        groups: of how many groups.
        themes: on how many themes.
        found: how many differences are claimed.
        together: whether some people spoke together, or stand in one note.
    """
    if not tests:
        return NOBODY
    looked = (
        f"{number(tests)} {'comparison was' if tests == 1 else 'comparisons were'} made: "
        f"{number(groups)} {'group' if groups == 1 else 'groups'} with all others, on "
        f"{number(themes)} {'theme' if themes == 1 else 'themes'}."
    )
    if together:
        looked += (
            " People who spoke together, or who stand in one note, count as one voice wherever "
            "chance is judged."
        )
    if not found:
        return (
            f"{looked} No difference can be told. That is not to say that groups are alike: with "
            "so few people only large differences show."
        )
    return (
        f"{looked} {number(found)} {'shows' if found == 1 else 'show'} more than chance would do, "
        "surest first; about one in ten of such findings is chance all the same. Where no "
        "difference is listed, none can be told, which is not to say that there is none."
    )


def too_few(labels: Sequence[Key]) -> str:
    """Say which groups are too small to be compared."""
    if not labels:
        return ""
    named = "; ".join(f"{attribute.replace('_', ' ')}: {value}" for attribute, value in labels)
    return f"Not compared, since they or the others are fewer than ten separate voices: {named}."


def protection(
    label: Key, participants: int, listed: Sequence[str], *, enough: bool, waits: bool
) -> str:
    """Say what became of a priority group's own top three.

    Args:
        label: the group.
        participants: how many of it were heard.
        listed: names of the themes that are protected for it.
        enough: whether so many say what its top three are.
        waits: whether it is not worked out, since nobody has coded yet.
    """
    if not participants:
        return f"Nobody known to be of {group(label)} was heard, so nothing can be listed for it."
    if not enough:
        return (
            f"{people(participants)} of {group(label)} "
            f"{'was' if participants == 1 else 'were'} heard: too few to say what matters most to "
            "it. Ten separate voices are needed: a focus group is one."
        )
    if waits:
        return f"What matters most to {group(label)} is worked out once people have coded."
    if not listed:
        return (
            f"For {group(label)} no theme outside the top of the order is surely among its first "
            "three."
        )
    return f"For {group(label)}: {', '.join(listed)}."
