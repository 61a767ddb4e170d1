"""Reads the exact figures that matter for disclosure out of a working `priorities.json`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from listening.disclosure.nouns import EVERYONE, Crowd, Partition, Truth, group, heard, source
from listening.errors import NothingToDo

Document = Mapping[str, Any]


def truth(document: Document) -> Truth:
    """Return the exact figures of a working document.

    Where a correction estimates shares of everybody, sizes and counts are those of the people who
    were read: it is of them that nothing may be found out.

    Raises:
        NothingToDo: it ranks nothing.
    """
    ranked = document["priorities"]
    if not ranked:
        raise NothingToDo(
            "The release", "would be empty: nothing has been ranked yet.", "Code and rank first."
        )
    corrected = document.get("correction") or {}
    sizes, values = _sizes(document)
    kinds = tuple(source(kind) for kind in document["sources"])
    everyone = sizes[EVERYONE]
    partitions = [Partition(kinds, sum(sizes[one] for one in kinds) == everyone)]
    partitions += [
        Partition(crowds, sum(sizes[one] for one in crowds) == everyone)
        for crowds in (tuple(group(name, value) for value in values[name]) for name in values)
    ]
    counts = {one["id"]: _counts(one) for one in ranked}
    if corrected:
        partitions += _within_heard(document, sizes)
    else:
        for one in document.get("apart", ()):
            counts.setdefault(one["id"], {EVERYONE: int(one["people"])})
    stands = {source(kind): float(one["heaviest"]) for kind, one in corrected.items()}
    slopes = {crowd: slope * stands.get(crowd, 1.0) for crowd, slope in _slopes(document).items()}
    covered = document["coverage"].get("read", document["coverage"])
    return Truth(
        sizes=sizes,
        partitions=tuple(partitions),
        counts=counts,
        order=tuple(one["id"] for one in ranked),
        slopes=slopes,
        sure={one["id"]: float(one["p_top_k"]) for one in ranked if one["p_top_k"] is not None},
        k=int(document["k"]),
        covered=int(covered["people"]),
        preferred=tuple(
            (one["id"], group(one["attribute"], one["value"])) for one in document["protected"]
        ),
        asked={one["id"]: found for one in ranked if (found := _asked(one, sizes))},
        estimates={one["id"]: _estimates(one, sizes) for one in ranked} if corrected else {},
        stands=stands,
        beyond=_beyond(ranked, counts, slopes) if corrected else {},
        sharper=min([1.0, *filter(None, map(_least, corrected.values()))]),
    )


def _sizes(document: Document) -> tuple[dict[Crowd, int], dict[str, list[str]]]:
    corrected = document.get("correction") or {}
    people = {kind: int(one["people"]) for kind, one in document["sources"].items()}
    read = people | {kind: int(one["read"]) for kind, one in corrected.items()}
    unread = sum(people.values()) - sum(read.values())
    sizes = {EVERYONE: int(document["people"]) - unread}
    sizes |= {source(kind): number for kind, number in read.items()}
    if corrected:
        sizes |= {heard(source(kind)): number for kind, number in people.items()}
        sizes[heard(EVERYONE)] = int(document["people"])
    values: dict[str, list[str]] = defaultdict(list)
    for one in document["priorities"][0]["groups"]:
        sizes[group(one["attribute"], one["value"])] = int(one["of"])
        values[one["attribute"]].append(one["value"])
    for one in document["not_heard"]:
        # whom nobody of was heard stands in no theme
        crowd = group(one["attribute"], one["value"])
        crowd = heard(crowd) if corrected else crowd
        if crowd not in sizes:
            sizes[crowd] = int(one["heard"])
    return sizes, values


def _within_heard(document: Document, sizes: Mapping[Crowd, int]) -> list[Partition]:
    """Return how those who were read lie within those who were heard."""
    corrected = document["correction"]
    everybody = heard(EVERYONE)
    kinds = tuple(heard(source(kind)) for kind in document["sources"])
    found = [Partition(kinds, sum(sizes[one] for one in kinds) == sizes[everybody], everybody)]
    found += [
        Partition((source(kind),), kind not in corrected, heard(source(kind)))
        for kind in document["sources"]
    ]
    for one in document["not_heard"]:
        crowd = group(one["attribute"], one["value"])
        found.append(Partition((heard(crowd),), complete=False, whole=everybody))
        if crowd in sizes:
            found.append(Partition((crowd,), complete=False, whole=heard(crowd)))
    return found


def _counts(one: Mapping[str, Any]) -> dict[Crowd, int]:
    return (
        {EVERYONE: int(_read(one)["people"])}
        | {source(kind): int(_read(share)["people"]) for kind, share in one["sources"].items()}
        | {group(part["attribute"], part["value"]): int(part["people"]) for part in one["groups"]}
    )


def _read(share: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the count of those who were read: the share itself where it is no estimate."""
    found: Mapping[str, Any] = share.get("read", share)
    return found


def _asked(one: Mapping[str, Any], sizes: Mapping[Crowd, int]) -> dict[Crowd, int]:
    """Return how many could raise a theme, of the crowds in which not everybody could."""
    of = {EVERYONE: int(_read(one)["of"])}
    of |= {source(kind): int(_read(share)["of"]) for kind, share in one["sources"].items()}
    return {crowd: people for crowd, people in of.items() if people != sizes[crowd]}


def _estimates(one: Mapping[str, Any], sizes: Mapping[Crowd, int]) -> dict[Crowd, float | None]:
    """Return the shares that a correction estimated; None where not everybody was asked."""
    shares = {EVERYONE: one} | {source(kind): share for kind, share in one["sources"].items()}
    return {
        crowd: share["people"] / share["of"] if share["of"] == sizes[heard(crowd)] else None
        for crowd, share in shares.items()
        if share.get("estimated")
    }


def _slopes(document: Document) -> dict[Crowd, float]:
    """Return what a person of each source adds to a score, from what the document says of it."""
    slopes = {}
    pool = sum(one["mean_prevalence"] * one["people"] for one in document["sources"].values())
    for kind, one in document["sources"].items():
        if document["scheme"] == "pooled":
            slopes[source(kind)] = 1 / pool if pool > 0 else 1.0
        elif one["votes"] and one["mean_prevalence"] > 0:
            slopes[source(kind)] = one["alpha"] / one["mean_prevalence"] / one["people"]
    return slopes


def _beyond(
    ranked: list[Mapping[str, Any]],
    counts: Mapping[str, Mapping[Crowd, int]],
    slopes: Mapping[Crowd, float],
) -> dict[str, float]:
    """Return what of each score comes from guesses, which an attacker is held to know."""
    return {
        one["id"]: float(one["score"])
        - sum(slope * counts[one["id"]].get(crowd, 0) for crowd, slope in slopes.items())
        for one in ranked
    }


def _least(one: Mapping[str, Any]) -> float | None:
    return one["width_against_audited_alone"]["least"]  # type: ignore[no-any-return]
