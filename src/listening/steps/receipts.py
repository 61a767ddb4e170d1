"""The receipt of a withdrawal, and what it says to whoever is asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Receipt:
    """That somebody withdrew: nothing here says who.

    Attributes:
        receipt: its number.
        day: ISO date.
        counts: how many files, documents, passages, segments, vectors, results, names, reports,
            and codings were erased, `tasks` in Label Studio among them; `waiting tasks` are still
            to be deleted there, and are asked for until they are gone.
        left: files outside of our folders in which they still stand, for the operator to delete;
            told once and kept nowhere.
        alike: ids of those who say much of the same in other files; told once likewise.
        releases: id, wave and number of their quotes of each release in which they were counted.
            What has left the team cannot be called back: the next release goes without them.
        actions: ids of the actions that still repeat words of theirs, for a lead to mend.
    """

    receipt: str
    day: str
    counts: Mapping[str, int]
    left: tuple[str, ...]
    alike: tuple[str, ...] = ()
    releases: tuple[tuple[str, str, int], ...] = ()
    actions: tuple[str, ...] = ()


def said_of_alike(receipt: Receipt) -> str:
    """Say who may be the same person in another file; empty where nobody is."""
    if not receipt.alike:
        return ""
    says = "says" if len(receipt.alike) == 1 else "say"
    return (
        f"{', '.join(receipt.alike)} {says} much of the same in other files, and was not erased. "
        "Where that is the same person, withdraw them as well."
    )


def said_of_releases(receipt: Receipt) -> list[str]:
    """Say which releases counted the person, and what to do about those."""
    said = []
    for release, wave, quotes in receipt.releases:
        of = f" ({wave})" if wave else ""
        if quotes:
            words = "1 quote" if quotes == 1 else f"{quotes} quotes"
            said.append(
                f"Release {release}{of} counted them and holds {words} of theirs: take its copies "
                "down where you can. The next release goes without them."
            )
        else:
            said.append(
                f"Release {release}{of} counted them and holds no quote of theirs: leave it as it "
                "is, as a corrected one would show who left. The next release goes without them."
            )
    return said


def said_of_actions(receipt: Receipt) -> str:
    """Say which actions still repeat words of theirs; empty where none does."""
    if not receipt.actions:
        return ""
    many = "An action repeats" if len(receipt.actions) == 1 else "Actions repeat"
    return f"{many} words of theirs: let a lead say it otherwise ({', '.join(receipt.actions)})."


def counted(counts: Mapping[str, int]) -> str:
    """Say the counts of a receipt in a sentence's part."""
    said = (f"{n} {name[:-1] if n == 1 else name}" for name, n in counts.items())
    return ", ".join(said) or "nothing was kept"
