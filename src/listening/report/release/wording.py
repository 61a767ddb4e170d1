"""What a release tells, in words: figures are rounded, bands are words, and withheld is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from listening.report import words

Document = Mapping[str, Any]
WITHHELD = "withheld"
METHOD = (
    "People are counted, not words: however often somebody said it, they count once.",
    "Not mentioning a theme is not disagreeing with it.",
    "Figures are rounded to the nearest five, and percentages are worked out from rounded "
    "figures. Ranges say what sampling alone would allow, 19 times in 20, in steps of five points.",
    "Where fewer than fifty people were asked, words stand for figures: a few is under a quarter, "
    "some is up to a half, many is up to three quarters, most is above. A word that would cover "
    "too few counts is joined to the next.",
    "A figure is withheld where it would be about a few people, or would give such a figure away.",
    "Every quote was signed off by a person, of somebody who agreed to be quoted. At least five "
    "people share what stands beside it.",
)


def status(document: Document) -> dict[str, str]:
    """Say what the results are worth: the first thing that every output says."""
    if document["status"] == "provisional":
        return {
            "word": "PROVISIONAL",
            "first": "no person has coded this material yet.",
            "rest": "These are candidate themes in reading order, put together by a machine. They "
            "are not findings.",
        }
    version = document["codebook_version"]
    return {
        "word": "REVIEWED",
        "first": "people have coded this material.",
        "rest": f"The themes are those of codebook {version}." if version else "",
    }


def may_go(document: Document) -> str:
    """Say which release this is."""
    wave = f", {document['wave']}" if document["wave"] else ""
    return f"RELEASE {document['release']} (number {document['number']}{wave}): may be passed on."


def headline(document: Document) -> str:
    """Return the heading over the order."""
    if document["status"] == "provisional":
        return "Candidate themes, in reading order"
    return "What matters most"


def about(count: int | str | None) -> str:
    """Write a released number of people: `about 285`, `fewer than 10`."""
    if count is None:
        return WITHHELD
    if isinstance(count, str) or count == 0:
        return str(count or "nobody")
    return f"about {words.number(count)}"


def estimated(told: Mapping[str, Any]) -> bool:
    """Whether a share is told that a correction estimated: a percentage, and no number."""
    return bool(told.get("estimated")) and told["prevalence"] is not None


def known(told: Mapping[str, Any]) -> bool:
    """Whether anything is told of how many raised a theme."""
    return told["people"] is not None or estimated(told)


def reach(told: Mapping[str, Any]) -> str:
    """Write how many raised a theme: `about 95 of about 285 people (33%)`, `some of about 40`."""
    people, of = told["people"], told["of"]
    if estimated(told):
        return f"an estimated {100 * told['prevalence']:.0f}% of {about(of)} people"
    if people is None:
        return "number withheld"
    if of is None:
        return f"{people if isinstance(people, str) else about(people)} of those who were asked"
    if isinstance(people, str):
        return f"{people} of {about(of)} people"
    share = told["prevalence"]
    part = "" if share is None else f" ({100 * share:.0f}%)"
    return f"about {words.number(people)} of {about(of)} people{part}"


def cell(told: Mapping[str, Any]) -> str:
    """Return a table's cell of how many raised a theme."""
    people, of = told["people"], told["of"]
    if estimated(told):
        return f"{100 * told['prevalence']:.0f}% (estimate)"
    if people is None:
        return WITHHELD
    if of is None:
        return f"{people if isinstance(people, str) else words.number(people)} of those asked"
    if isinstance(people, str):
        return f"{people} of {of}"
    share = told["prevalence"]
    return f"{words.number(people)} of {of}" + ("" if share is None else f" ({100 * share:.0f}%)")


def spread(told: Mapping[str, Any]) -> str:
    """Write the range that sampling alone would allow, where it is told."""
    ends = told.get("interval")
    return f"{100 * ends[0]:.0f}% to {100 * ends[1]:.0f}%" if ends else ""


def place(one: Mapping[str, Any], document: Document) -> str:
    """Write a theme's place: `2`, or `2=` where it shares it; a dash where none is told."""
    if not one["placed"]:
        return "–"
    shared = sum(o["rank"] == one["rank"] for o in document["priorities"] if o["placed"]) > 1
    return f"{one['rank']}=" if shared else str(one["rank"])


def sure(one: Mapping[str, Any], document: Document) -> str:
    """Say how surely a theme is among the first; empty where that is not told or says nothing."""
    k = document["k"]
    if not one["certainty"] or k >= len(document["priorities"]):
        return ""
    said = f"{one['certainty'].capitalize()} among the first {k}"
    chance = one["p_top_k"]
    if not isinstance(chance, float):
        return said
    often = (
        f"about {round(100 * chance)} of 100 repeats" if chance < 0.99 else "nearly every repeat"
    )
    return f"{said} (in {often})"


def line(one: Mapping[str, Any], document: Document) -> str:
    """Say everything of a theme's place in one line."""
    ends = spread(one)
    parts = [reach(one) + (f", by sampling alone {ends}" if ends else ""), sure(one, document)]
    return "; ".join(part[:1].lower() + part[1:] if n else part
                     for n, part in enumerate(p for p in parts if p))  # fmt: skip


def heard(document: Document) -> str:
    """Say how many people were heard, and where."""
    parts = [
        f"{about(one['people'])} {words.in_source(kind)}"
        for kind, one in document["sources"].items()
    ]
    total = about(document["people"]).capitalize()
    read = [
        f" What {about(one['read'])} of those {words.in_source(kind)} said was read in full."
        for kind, one in document["correction"].items()
    ]
    return f"{total} people were heard: {words.listed(parts)}.{''.join(read)}"


def by_group(document: Document) -> str:
    """Say among whom groups are counted."""
    return "by group, among those who were read" if document["correction"] else "by group"


def not_yet_read(document: Document) -> str:
    """Say how many are not counted as nobody has read them."""
    count = document["not_yet_read"]
    if not count:
        return ""
    said = about(count) if isinstance(count, int) else count
    return f"Nobody has yet read in full what {said} people said."


def covered(document: Document) -> str:
    """Say how many have a concern among the first."""
    one = document["coverage"]
    if one["people"] is None or not document["priorities"]:
        return ""
    first = min(one["k"], len(document["priorities"]))
    said = reach(one)
    alone = " who were read" if document["correction"] else ""
    return f"{said[:1].upper()}{said[1:]}{alone} raised at least one of the first {first} themes."


def provenance(quote: Mapping[str, Any]) -> str:
    """Say what stands beside a quote."""
    told = [words.one_source(quote["source_kind"]) if quote["source_kind"] else "A resident"]
    told += [f"{words.label(name)}: {value}" for name, value in quote["attributes"].items()]
    told += [words.TRANSLATED] if quote["translated"] else []
    return " · ".join([*told, quote["evidence_id"]])


def protected(one: Mapping[str, Any]) -> str:
    """Say what matters to a group beside the overall order."""
    return (
        f"{one['name']}, for {words.label(one['attribute'])}: {one['value']}. Near the top for "
        f"this group ({reach(one)}), {one['rank']} for everyone."
    )
