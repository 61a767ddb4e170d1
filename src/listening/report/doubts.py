"""What a sceptic asks: who was heard and who was not, and what would change the order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from listening.report import words

Document = Mapping[str, Any]

#: The ways of putting themes in order that `priorities.json` names under `sensitivity`.
WAYS = {
    "depth": "Bigger sources have more say, but not in step with their size",
    "equal": "Each source has the same say",
    "pooled": "Everyone in one pool",
    "unscaled": "Plain shares, not measured against each source’s average",
    "weighted": "Weighted to the population",
    "unweighted": "Without weights",
    "audited_alone": "Those alone whom people read",
    "one_vote_each": "One vote each, shared among all that a person raised",
}


_NONE_MISSING = (
    "Nothing can be said about who is missing: no group is known to have fewer than 14 people "
    "heard. Groups that nobody recorded cannot be seen here."
)
_MISSING_NOT_WORKED_OUT = (
    "This was not worked out, as there is no order yet. It does not mean that every group was "
    "heard."
)
#: Said where no theme is listed for a group to be looked after: never an all-clear.
_NONE_PROTECTED = {
    "provisional": "This is not worked out before people have coded, and only for groups that the "
    "programme named to be looked after. It does not mean that there is no such theme.",
    "reviewed": "No theme is listed. Either no group was named to be looked after, or too few of "
    "its people were heard, or no theme outside the top of the order is surely near the top for "
    "it. It does not mean that there is no such theme.",
}


def voices(document: Document) -> dict[str, Any]:
    """Describe who was heard, who was not, and what matters most to the few."""
    ordered = bool(document["priorities"])
    return {
        "sources": [
            _source(kind, found, ordered=ordered) for kind, found in document["sources"].items()
        ],
        "not_heard": [_missing(group) for group in document["not_heard"]],
        "none_missing": _NONE_MISSING if ordered else _MISSING_NOT_WORKED_OUT,
        "protected": [_protected(theme) for theme in document["protected"]],
        "unprotected": _unprotected(document),
        "none_protected": _NONE_PROTECTED[document["status"]],
        "coverage": _coverage(document) if ordered else "",
    }


def _source(kind: str, found: Mapping[str, Any], *, ordered: bool) -> tuple[str, str, str]:
    if not ordered:
        part = "None yet: there is no order"
    elif found["votes"]:
        part = f"{round(100 * found['alpha'])} parts in 100"
    else:
        part = "None: too few took part, shown as evidence"
    return words.source(kind), words.number(found["people"]), part


def _missing(group: Mapping[str, Any]) -> tuple[str, str]:
    return f"{words.label(group['attribute'])}: {group['value']}", group["sentence"]


def missing(document: Document) -> list[tuple[str, str]]:
    """Name the groups that were hardly heard in few words, those of whom nobody was first."""
    groups = sorted(document["not_heard"], key=lambda group: group["heard"])
    return [(_missing(group)[0], _few(group)) for group in groups]


def _few(group: Mapping[str, Any]) -> str:
    heard = words.people(group["heard"]) if group["heard"] else "nobody known"
    living = group["population"]
    return f"{heard} heard{'' if living is None else f', of {words.number(living)} who live there'}"


def _protected(theme: Mapping[str, Any]) -> str:
    return (
        f"{theme['name']}, for {words.label(theme['attribute'])}: {theme['value']}. Raised by "
        f"{words.reach(theme['people'], theme['of'])} of this group: number "
        f"{theme['rank_in_group']} for them, {theme['rank']} for everyone."
    )


def _unprotected(document: Document) -> list[str]:
    """Say, of each group to be looked after for which no theme is listed, why none is."""
    listed = {(theme["attribute"], theme["value"]) for theme in document["protected"]}
    return [
        group["sentence"]
        for group in document["priority_groups"]
        if (group["attribute"], group["value"]) not in listed
    ]


def _coverage(document: Document) -> str:
    found = document["coverage"]
    k, themes = document["k"], len(document["priorities"])
    if themes == 1:
        return f"{words.reach(found['people'], found['of'])} raised the only theme."
    if k >= themes:
        return (
            f"{words.reach(found['people'], found['of'])} raised at least one of the {themes} "
            f"themes. {_all_are_first(themes, k)}"
        )
    said = (
        f"{words.reach(found['people'], found['of'])} raised at least one of the first "
        f"{words.counted(k, 'theme')}."
    )
    widest = found["greedy"]
    if not widest or widest[-1]["people"] <= found["people"]:
        return f"{said} Choosing themes one after another for reach alone reaches no more."
    names = {theme["id"]: theme["name"] for theme in document["priorities"]}
    chosen = words.listed(names[one["id"]] for one in widest)
    return (
        f"{said} Chosen one after another for reach alone, {chosen} would reach "
        f"{words.number(widest[-1]['people'])}."
    )


def sensitivity(document: Document) -> dict[str, Any]:
    """Say in words and rows how the order would change under other reasonable choices."""
    found = document["sensitivity"]
    names = {theme["id"]: theme["name"] for theme in document["priorities"]}
    here = [theme["id"] for theme in document["priorities"]]
    k = min(document["k"], len(here))
    return {
        "notes": document["notes"],
        "sentences": _sentences(found, here, names, document["k"]) if here else [],
        "rows": [
            (
                _way(way, document["scheme"]),
                words.listed(_place(one, order, here, names) for one in order[:k]),
            )
            for way, order in found["orders"].items()
        ],
        "caption": f"The first {words.counted(k, 'theme')} under each way of counting",
    }


def of_theme(theme: Mapping[str, Any], document: Document) -> list[str]:
    """Say where one theme would stand under each other way of putting themes in order."""
    found = next(o for o in document["sensitivity"]["themes"] if o["id"] == theme["id"])
    here, many = found["rank"], len(document["priorities"])
    if many == 1:
        return ["There is only one theme, so there is no order to change."]
    ranks = found["ranks"]
    other = {way: place for way, place in ranks.items() if place != here}
    if not other:
        return [f"Number {here} whichever of the {len(ranks)} ways of counting is chosen."]
    said = [
        f"Number {place}: {WAYS.get(way, way)[:1].lower()}{WAYS.get(way, way)[1:]}."
        for way, place in sorted(other.items(), key=lambda item: item[1])
    ]
    same = len(ranks) - len(other)
    return [f"Number {here} under {same} of {len(ranks)} ways of counting. Otherwise:", *said]


def _way(way: str, used: str) -> str:
    said = WAYS.get(way, way)
    return f"{said} (used here)" if way == used else said


def _sentences(
    found: Mapping[str, Any], here: Sequence[str], names: Mapping[str, str], k: int
) -> list[str]:
    if len(here) == 1:
        return ["There is only one theme, so there is no order to change."]
    orders = list(found["orders"].values())
    first = sum(order[0] == here[0] for order in orders)
    ways = "every way" if first == len(orders) else f"{first} of {len(orders)} ways"
    said = [f"{names[here[0]]} comes first under {ways} of counting."]
    always = [one for one in here if all(one in order[:k] for order in orders)]
    if k >= len(here):
        said.append(_all_are_first(len(here), k))
    elif len(always) == k:
        said.append("The same themes stand at the top whichever way is chosen.")
    elif always:
        verb = "stays" if len(always) == 1 else "stay"
        said.append(
            f"{words.listed(names[one] for one in always)} {verb} among the first {k} whichever "
            "way is chosen; the other places depend on the choice."
        )
    else:
        said.append(f"Which themes are among the first {k} depends on the choice.")
    flagged = [
        f"{names[one['id']]} ({one['moves']} places)" for one in found["themes"] if one["flagged"]
    ]
    if flagged:
        said.append(f"Moving furthest with the choice: {words.listed(flagged)}.")
    return said


def _all_are_first(themes: int, k: int) -> str:
    """Say that the choice of the first k leaves nothing out."""
    return f"All {themes} themes are among the first {k}, so only their order is at stake."


def _place(one: str, order: Sequence[str], here: Sequence[str], names: Mapping[str, str]) -> str:
    """Name a theme, and its place in the order used here where that is another one."""
    before = here.index(one)
    return names[one] if order.index(one) == before else f"{names[one]} (here {before + 1})"


def apart(document: Document) -> list[tuple[str, str]]:
    """Return the rows of what is counted but never ranked."""
    return [(one["name"], words.reach(one["people"], one["of"])) for one in document["apart"]]
