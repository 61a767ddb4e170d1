"""Reads the exact figures that matter for disclosure out of a working `priorities.json`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from listening.disclosure.nouns import EVERYONE, Crowd, Partition, Truth, group, source
from listening.errors import NothingToDo

Document = Mapping[str, Any]


def truth(document: Document) -> Truth:
    """Return the exact figures of a working document.

    Raises:
        NothingToDo: it ranks nothing.
    """
    ranked = document["priorities"]
    if not ranked:
        raise NothingToDo(
            "The release", "would be empty: nothing has been ranked yet.", "Code and rank first."
        )
    sizes, values = _sizes(document)
    kinds = tuple(source(kind) for kind in document["sources"])
    everyone = sizes[EVERYONE]
    partitions = [Partition(kinds, sum(sizes[one] for one in kinds) == everyone)]
    partitions += [
        Partition(crowds, sum(sizes[one] for one in crowds) == everyone)
        for crowds in (tuple(group(name, value) for value in values[name]) for name in values)
    ]
    counts = {one["id"]: _counts(one) for one in ranked}
    for one in document.get("apart", ()):
        counts.setdefault(one["id"], {EVERYONE: int(one["people"])})
    return Truth(
        sizes=sizes,
        partitions=tuple(partitions),
        counts=counts,
        order=tuple(one["id"] for one in ranked),
        slopes=_slopes(document),
        sure={one["id"]: float(one["p_top_k"]) for one in ranked if one["p_top_k"] is not None},
        k=int(document["k"]),
        covered=int(document["coverage"]["people"]),
        preferred=tuple(
            (one["id"], group(one["attribute"], one["value"])) for one in document["protected"]
        ),
        asked={one["id"]: found for one in ranked if (found := _asked(one, sizes))},
    )


def _sizes(document: Document) -> tuple[dict[Crowd, int], dict[str, list[str]]]:
    sizes = {EVERYONE: int(document["people"])}
    sizes |= {source(kind): int(one["people"]) for kind, one in document["sources"].items()}
    values: dict[str, list[str]] = defaultdict(list)
    for one in document["priorities"][0]["groups"]:
        sizes[group(one["attribute"], one["value"])] = int(one["of"])
        values[one["attribute"]].append(one["value"])
    for one in document["not_heard"]:
        # whom nobody of was heard stands in no theme
        crowd = group(one["attribute"], one["value"])
        if crowd not in sizes:
            sizes[crowd] = int(one["heard"])
    return sizes, values


def _counts(one: Mapping[str, Any]) -> dict[Crowd, int]:
    return (
        {EVERYONE: int(one["people"])}
        | {source(kind): int(share["people"]) for kind, share in one["sources"].items()}
        | {group(part["attribute"], part["value"]): int(part["people"]) for part in one["groups"]}
    )


def _asked(one: Mapping[str, Any], sizes: Mapping[Crowd, int]) -> dict[Crowd, int]:
    """Return how many could raise a theme, of the crowds in which not everybody could."""
    of = {EVERYONE: int(one["of"])}
    of |= {source(kind): int(share["of"]) for kind, share in one["sources"].items()}
    return {crowd: people for crowd, people in of.items() if people != sizes[crowd]}


def _slopes(document: Document) -> dict[Crowd, float]:
    """Return what a person of each source adds to a score, from what the document says of it."""
    slopes = {}
    for kind, one in document["sources"].items():
        if document["scheme"] == "pooled":
            slopes[source(kind)] = 1.0
        elif one["votes"] and one["mean_prevalence"] > 0:
            slopes[source(kind)] = one["alpha"] / one["mean_prevalence"] / one["people"]
    return slopes
