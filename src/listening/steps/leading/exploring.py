"""What would change the order: other choices tried out, which change nothing that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from listening.priorities.exploring import (
    COMBINED,
    EVIDENCE,
    MEASURES,
    OWN,
    USED,
    Choice,
    reorder,
)
from listening.report import doubts, words
from listening.steps.leading.standing import Document

#: what each choice is called, in the words of the report
SCHEMES = {**{way: doubts.WAYS[way] for way in COMBINED if way != OWN}, OWN: "A say that I set"}
MEASURED = {
    "average": "Shares beside the source’s average theme",
    "plain": doubts.WAYS["unscaled"],
    "one_vote": doubts.WAYS["one_vote_each"],
}
COUNTED = {
    USED: "As in the results",
    "weighted": doubts.WAYS["weighted"],
    "unweighted": doubts.WAYS["unweighted"],
    "read": doubts.WAYS["audited_alone"],
}
#: sources of more participants than this vote whatever is chosen
MOST_FEWEST = 100


@dataclass(frozen=True)
class Place:
    """A theme under the choices that are tried out.

    Attributes:
        rank: there; was: in the results.
        top: whether it is among the first k there.
    """

    id: str
    name: str
    rank: int
    was: int
    top: bool


@dataclass(frozen=True)
class Explored:
    """The page of choices.

    Attributes:
        choice: what is tried out; k: how many are the first.
        places: themes in that order.
        moved: how many stand at another place; said: the same in a sentence.
        sources: kind, name, people, and its say in the results in parts of 100.
        evidence: what can be counted, with its name.
        same: whether it is what the results were made with.
        told: sentences on the other ways that the report knows.
        rows, caption: their table.
        data: what the page's script orders by.
    """

    choice: Choice
    k: int
    places: tuple[Place, ...]
    moved: int
    said: str
    sources: tuple[tuple[str, str, str, int], ...]
    evidence: tuple[tuple[str, str], ...]
    same: bool
    told: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    caption: str
    data: Mapping[str, Any]


def explored(told: Document, given: Mapping[str, str]) -> Explored:
    """Return the order under what is asked for; what cannot be understood is as in the results."""
    choice, k = chosen(told, given)
    names = {one["id"]: one["name"] for one in told["priorities"]}
    was = {one["id"]: one["rank"] for one in told["priorities"]}
    order = reorder(told["exploring"], choice) if names else []
    places = tuple(
        Place(one, names[one], rank, was[one], rank <= k) for rank, one in enumerate(order, 1)
    )
    moved = sum(one.rank != one.was for one in places)
    doubted = doubts.sensitivity(told)
    return Explored(
        choice=choice,
        k=k,
        places=places,
        moved=moved,
        said=_said(places, moved, k, told["k"]),
        sources=tuple(_source(told, kind) for kind in told["exploring"].get("sources", ())),
        evidence=tuple((one, COUNTED[one]) for one in told["exploring"].get("evidence", ())),
        same=(choice, k) == chosen(told, {}),
        told=tuple(doubted["sentences"]),
        rows=tuple(doubted["rows"]),
        caption=doubted["caption"],
        data={
            **told["exploring"],
            "names": names,
            "ranks": was,
            "k": told["k"],
            "cap": 400,
        },
    )


def chosen(told: Document, given: Mapping[str, str]) -> tuple[Choice, int]:
    """Read choices as a form brings them."""
    found, many = told["exploring"], max(1, len(told["priorities"]))
    parts = {one: _number(given.get(f"say-{one}", ""), 100, _part(told, one))
             for one in found.get("sources", ())}  # fmt: skip
    choice = Choice(
        scheme=_one_of(given.get("scheme", ""), COMBINED, told["scheme"]),
        measure=_one_of(given.get("measure", ""), MEASURES, MEASURES[0]),
        evidence=_one_of(given.get("evidence", ""), EVIDENCE, USED),
        fewest=_number(given.get("fewest", ""), MOST_FEWEST, int(found.get("fewest", 10))),
        say=parts,
    )
    return choice, max(1, _number(given.get("k", ""), many, min(int(told["k"]), many)))


def _said(places: tuple[Place, ...], moved: int, k: int, was_k: int) -> str:
    if not moved and k == was_k:
        return "The order is the same."
    if not moved:
        return f"The order is the same; the first {k} are shown."
    fresh = [one.name for one in places if one.top and one.was > k]
    gone = [one.name for one in places if not one.top and one.was <= k]
    theme = "1 theme stands" if moved == 1 else f"{moved} themes stand"
    said = [f"{theme} elsewhere."]
    if fresh:
        said.append(
            f"Among the first {k} now: {words.listed(fresh)}; no longer: {words.listed(gone)}."
        )
    else:
        said.append(f"The same themes are the first {k}.")
    return " ".join(said)


def _source(told: Document, kind: str) -> tuple[str, str, str, int]:
    people = words.people(told["sources"][kind]["people"])
    return kind, words.source(kind), people, _part(told, kind)


def _part(told: Document, kind: str) -> int:
    return round(100 * float(told["sources"][kind]["alpha"]))


def _one_of(given: str, known: tuple[str, ...], usual: str) -> str:
    return given if given in known else usual


def _number(given: str, most: int, usual: int) -> int:
    return min(int(given), most) if given.isdecimal() and len(given) < 6 else usual
