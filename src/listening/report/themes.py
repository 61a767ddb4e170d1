"""The themes as the page tells them: the headline, and one part for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from listening.report import beside, certainty, equity, passages, ties, words
from listening.report.results import Results

#: Quotes shown at once for a theme; further ones are folded away.
_QUOTES_AT_ONCE = 3
#: Narrower codes that a sentence names, the most people first; a longer list is not read.
_CODES_AT_ONCE = 6

Priority = Mapping[str, Any]


def status(document: Mapping[str, Any]) -> dict[str, str]:
    """Say what the results are worth: the first thing that the page says."""
    if document["status"] == "provisional":
        return {
            "word": "PROVISIONAL",
            "first": "no person has coded this material yet.",
            "rest": "These are candidate themes in reading order: a machine put them together so "
            "that people know where to start reading. They are not findings.",
        }
    return {
        "word": "REVIEWED",
        "first": "people have coded this material.",
        "rest": f"The themes are those of {_codebook(document)}.",
    }


def _codebook(document: Mapping[str, Any]) -> str:
    version = document["codebook_version"]
    return f"codebook version {version}" if version else "a codebook without a version"


def headline(results: Results) -> dict[str, Any]:
    """Put the top of the order, its ties and who was heard into words."""
    document = results.document
    priorities = document["priorities"]
    top = priorities[: document["k"]]
    provisional = document["status"] == "provisional"
    return {
        "name": "Candidate themes, in reading order" if provisional else "What matters most",
        "heard": heard(document),
        "themes": [
            {
                "rank": theme["rank"],
                "id": theme["id"],
                "name": theme["name"],
                "line": _line(theme),
            }
            for theme in top
        ],
        "more": _more(len(priorities) - len(top)),
        "ties": ties.sentences(priorities, len(top)),
        "why": [f"{theme['name']}: {theme['why_order']}" for theme in top if theme["why_order"]],
        "not_yet_read": not_yet_read(document),
    }


def heard(document: Mapping[str, Any]) -> str:
    """Say how many people were heard, and where."""
    sources = document["sources"]
    total = document["people"]
    parts = [
        f"{words.number(found['people'])} {words.in_source(kind)}"
        for kind, found in sources.items()
    ]
    if len(parts) == 1:
        return f"{words.people(total)} heard, all {words.in_source(next(iter(sources)))}."
    return f"{words.people(total)} heard: {words.listed(parts)}."


def _more(left: int) -> str:
    if not left:
        return ""
    return f"{words.counted(left, 'further theme')} {'stands' if left == 1 else 'stand'} below."


def not_yet_read(document: Mapping[str, Any]) -> str:
    """Say who is not counted, or not for sure, because nobody has read what they said."""
    count, everyone = document["not_yet_read"], document["people"]
    if document["status"] == "reviewed":
        if not count:
            return ""
        return f"Nobody has yet read what {words.people(count)} said: they are not counted here."
    said = "Nobody has read or coded anything yet."
    if not count:
        return said
    spoken = words.spoke_in(kind for kind in document["sources"] if kind != "survey")
    who = f"{words.number(count)} of the {words.people(everyone)}"
    if count == everyone:
        who = words.people(count) if count == 1 else f"All {words.people(count)}"
    return (
        f"{said} {who} spoke {spoken}: what they said counts for sure only once a person has "
        "read it."
    )


def _line(theme: Priority) -> str:
    share = words.percentage(theme["prevalence"], theme["of"])
    reach = words.reach(theme["people"], theme["of"], estimated=_estimated(theme))
    # Alone: taken together, ties reach further than these ranges seem to allow.
    ranks = f"{words.rank_range(theme['rank_interval'])}, taken alone"
    return f"{reach}{f' ({share})' if share else ''}, {ranks}"


def all_themes(results: Results) -> dict[str, Any]:
    """Describe each theme in its own part, in order of rank."""
    priorities = results.document["priorities"]
    languages = passages.languages_of(results.segments, passages.quoted_ids(priorities))
    return {
        "introduction": _introduction(results),
        "asks_note": words.ASKED_FOR,
        "all": [one(theme, results.document, languages) for theme in priorities],
    }


def _introduction(results: Results) -> str:
    counting = (
        "Raising a theme is speaking about it: praise counts as well as complaint. "
        "People are counted, not words: however often somebody said it, they count once. "
        "Not mentioning a theme is not disagreeing with it."
    )
    if results.codebook is None:
        return f"{counting} The themes’ names are words that the machine picked from the passages."
    return counting


def one(
    theme: Priority, document: Mapping[str, Any], languages: Mapping[str, str]
) -> dict[str, Any]:
    """Describe one theme.

    Args:
        theme: of `document`.
        document: what `priorities.json` holds.
        languages: segment id to ISO code of its language, where that is known.
    """

    def shown(kind: str) -> list[passages.Passage]:
        return [passages.passage(quote, languages) for quote in theme[kind]]

    quotes = shown("quotes")
    asks = [("What people need", shown("needs")), ("What people asked for", shown("changes"))]
    return {
        "rank": theme["rank"],
        "id": theme["id"],
        "name": theme["name"],
        "statement": theme["statement"],
        "facts": _facts(theme, document),
        "asks": [(heading, items) for heading, items in asks if items],
        "quotes": quotes[:_QUOTES_AT_ONCE],
        "more": quotes[_QUOTES_AT_ONCE:],
        "against": [passages.against(case, languages) for case in theme["negative_cases"]],
        "sources": [
            (words.source(kind), reach_cell(found), sampling_cell(found))
            for kind, found in theme["sources"].items()
        ],
        "group_head": equity.group_head(document),
        "groups": [
            (equity.group(group), reach_cell(group), *equity.beside(group["difference"]))
            for group in theme["groups"]
        ],
    }


def _facts(theme: Priority, document: Mapping[str, Any]) -> list[str]:
    of = theme["of"]
    share = words.percentage(theme["prevalence"], of)
    reach = words.reach(theme["people"], of, estimated=_estimated(theme))
    facts = [f"Raised by {reach}{f' ({share})' if share else ''}."]
    facts += _within(theme)
    spread = words.sampling_range(theme["interval"], of)
    doubts = "Sampling and the correction together" if _estimated(theme) else "Sampling alone"
    facts.append(f"{doubts} would allow {spread}.")
    if few := theme.get("too_few_checked"):
        facts.append(
            f"Too few checked: fewer than five of those whom people read {words.in_source(few[0])} "
            "raised it, so the machine's part in the figure is not vouched for."
        )
    facts.append(
        f"{words.rank_range(theme['rank_interval']).capitalize()}, by sampling alone and taking "
        "one theme at a time."
    )
    if sure := certainty.repeats(theme, document):
        facts.append(sure)
    tied = ties.tied_names(theme, document["priorities"])
    if tied:
        facts.append(f"Statistically tied with {words.listed(tied)}.")
    if theme["why_order"]:
        facts.append(theme["why_order"])
    return facts + beside.of_theme(theme)


def _within(theme: Priority) -> list[str]:
    """Say how many of a theme's people raised it by each of the narrower codes beneath it."""
    under: dict[str, list[Mapping[str, Any]]] = {}
    for code in theme.get("within", ()):
        under.setdefault(code["under"], []).append(code)
    if not under:
        return []
    whose = "Of the people read who raised it" if _estimated(theme) else "Of these"
    told = words.listed(_beneath(theme["id"], under))
    return [f"{whose}, {told}. One person may have spoken of several."]


def _beneath(code: str, under: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    told = []
    for one in under[code][:_CODES_AT_ONCE]:
        many = words.number(one["people"]) if one["people"] else "nobody"
        further = words.listed(_beneath(one["id"], under)) if one["id"] in under else ""
        told.append(f"{many} spoke of “{one['name']}”{f' (of them {further})' if further else ''}")
    left = under[code][_CODES_AT_ONCE:]
    if left:
        most = words.number(left[0]["people"])
        told.append(f"{most} or fewer of each of {words.counted(len(left), 'further code')}")
    return told


def _estimated(found: Mapping[str, Any]) -> bool:
    """Say whether a correction estimated the people; nobody can list them."""
    return bool(found.get("estimated"))


def reach_cell(found: Mapping[str, Any]) -> str:
    """Return a table's cell: `x of n`, with a percentage for 20 people or more."""
    share = words.percentage(found["prevalence"], found["of"])
    about = "about " if _estimated(found) else ""
    counts = f"{about}{words.number(found['people'])} of {words.number(found['of'])}"
    return f"{counts} ({share})" if share else counts


def sampling_cell(found: Mapping[str, Any]) -> str:
    """Return a table's cell for the sampling interval."""
    return words.sampling_range(found["interval"], found["of"])


def figures(priorities: Sequence[Priority]) -> list[tuple[str, ...]]:
    """Return the rows of the table behind the chart."""
    return [
        (
            f"{theme['rank']}. {theme['name']}",
            reach_cell(theme),
            sampling_cell(theme),
            words.ranks(theme["rank_interval"]),
        )
        for theme in priorities
    ]
