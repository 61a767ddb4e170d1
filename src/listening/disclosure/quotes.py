"""Which quotes may leave the team, and with what beside them (METHOD §6).

Only what a person signed off, of people who agreed to be quoted and whose consent has not ended. At
most one quote of a person for a theme and three in all; beside it the source and at most two
attributes, and only as long as five participants or more share all of them. Public places become
"[a district]", numbered stand-ins lose their number (they would link one person's quotes).
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from listening.disclosure.nouns import EVERYONE, Crowd, Told, group, source

#: At least so many participants share what stands beside a quote.
SHARED = 5
MOST_ATTRIBUTES = 2
PER_PERSON = 3
#: Where somebody lives, beside a story in their own words, says most of all who they are.
PLACE = "place"
#: What an officer saw is nobody's words.
QUOTABLE = ("verbatim", "paraphrase")
#: Nothing else of a quote leaves the team.
SHOWN = ("text", "voice", "source_kind", "attributes", "translated")
_NUMBERED = re.compile(r"\[([^\[\]]*?)\s*\d+\]")


@dataclass(frozen=True)
class Candidate:
    """A passage that somebody signed off for a theme.

    Attributes:
        places: (start, end, kind) of public places within `text`.
        may: consented to quotation, and the consent holds.
        as_said: words, voice and person are those that the store holds; nobody has changed them.
    """

    theme: str
    segment_id: str
    participant_id: str
    text: str
    voice: str
    source_kind: str
    attributes: Mapping[str, str]
    translated: bool
    places: tuple[tuple[int, int, str], ...] = ()
    may: bool = True
    as_said: bool = True


@dataclass
class Chosen:
    """Quotes that may be released, by theme; and why others may not: reason to how many.

    `holds` says of whom each is: theme, segment and participant, for the ledger alone;
    `beside` what was named beside a segment when it was told first.
    """

    by_theme: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    holds: list[tuple[str, str, str]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    quoted: dict[str, dict[Crowd, int]] = field(default_factory=dict)
    beside: dict[str, frozenset[Crowd]] = field(default_factory=dict)


def choose(
    candidates: Sequence[Candidate],
    told: Told,
    members: Mapping[str, Iterable[Crowd]],
    hidden: Iterable[str] = (),
    before: Mapping[str, frozenset[Crowd]] | None = None,
) -> Chosen:
    """Choose quotes under every rule.

    Args:
        candidates: what was signed off, in the order in which it is wanted.
        told: what may be told of counts; a label must not point to a count that is withheld.
        members: participant id to the crowds that they are in.
        hidden: attributes that never stand beside a quote.
        before: segment to what an earlier release named beside it: nothing else may join it, as the
            same words would link both.
    """
    chosen, per_person = Chosen(), Counter[str]()
    known: dict[Crowd, set[str]] = {}
    for person, crowds in members.items():
        for crowd in crowds:
            known.setdefault(crowd, set()).add(person)
    never = {name.casefold() for name in (*hidden, PLACE)}
    for one in candidates:
        why = _refused(one, chosen, told, per_person)
        if why:
            chosen.left_out[why] += 1
            continue
        per_person[one.participant_id] += 1
        labels = _labels(one, told, known, never)
        seen = chosen.beside.get(one.segment_id, (before or {}).get(one.segment_id))
        labels = [crowd for crowd in labels if seen is None or crowd in seen]
        chosen.beside.setdefault(one.segment_id, frozenset(labels) if seen is None else seen)
        chosen.by_theme.setdefault(one.theme, []).append(_quote(one, labels))
        chosen.holds.append((one.theme, one.segment_id, one.participant_id))
        counts = chosen.quoted.setdefault(one.theme, {})
        for crowd in (EVERYONE, *labels):
            counts[crowd] = counts.get(crowd, 0) + 1
    return chosen


def _refused(one: Candidate, chosen: Chosen, told: Told, per_person: Counter[str]) -> str:
    """Return why a quote stays here; empty where it may go."""
    same = [held for held in chosen.holds if held[0] == one.theme and held[2] == one.participant_id]
    rules = {
        "its theme is not ranked": one.theme not in told.cells,
        "it would give a count away": one.theme in told.silent,
        "the person has not agreed to be quoted, or their consent has ended": not one.may,
        "it is not in the words that were kept of its person": not one.as_said,
        "it is nobody's own words": one.voice not in QUOTABLE,
        "the person is already quoted for this theme": bool(same),
        "the person is already quoted three times": per_person[one.participant_id] >= PER_PERSON,
    }
    for why, holds in rules.items():
        if holds:
            return why
    if told.cells[one.theme][EVERYONE].zone in ("low", "high", "also"):
        return "the number of people who raised the theme is withheld, and quotes would count them"
    return ""


def _labels(
    one: Candidate, told: Told, inside: Mapping[Crowd, set[str]], never: set[str]
) -> list[Crowd]:
    """Return the crowds that may be named beside a quote: source first, then attributes."""
    values = Counter(crowd.split("|")[1] for crowd in inside if crowd.startswith("group|"))
    wanted: list[Crowd] = []
    # the most general first: an attribute of few values says least of one person
    for name in sorted(one.attributes, key=lambda name: (values[name], name)):
        if name.casefold() not in never:
            wanted.append(group(name, one.attributes[name]))
    taken: list[Crowd] = []
    nobody: set[str] = set()
    shared = None
    for crowd in (source(one.source_kind), *wanted):
        room = len([c for c in taken if c.startswith("group|")]) < MOST_ATTRIBUTES
        people = inside.get(crowd, nobody)
        if one.participant_id in people and room and _may_name(one.theme, crowd, told):
            together = people if shared is None else shared & people
            if len(together) >= SHARED:
                taken.append(crowd)
                shared = together
    return taken


def _may_name(theme: str, crowd: Crowd, told: Told) -> bool:
    """Whether naming the crowd says nothing of a count that is withheld."""
    cell, size = told.cells[theme].get(crowd), told.sizes.get(crowd)
    if cell is None or size is None or size.zone or cell.kept:
        return False
    return cell.value is not None or cell.zone == "small"


def _quote(one: Candidate, labels: Sequence[Crowd]) -> dict[str, Any]:
    named = [crowd.split("|", 2) for crowd in labels if crowd.startswith("group|")]
    return {
        "text": general(one.text, one.places),
        "voice": one.voice,
        "source_kind": one.source_kind if source(one.source_kind) in labels else "",
        "attributes": {parts[1]: parts[2] for parts in named},
        "translated": one.translated,
    }


def general(text: str, places: Sequence[tuple[int, int, str]]) -> str:
    """Return a text with public places in general words and stand-ins without their numbers."""
    for start, end, kind in sorted(places, reverse=True):
        if 0 <= start < end <= len(text):
            text = f"{text[:start]}[{_general_place(kind)}]{text[end:]}"
    return _NUMBERED.sub(lambda found: f"[{_article(found[1])}]", text)


def _general_place(kind: str) -> str:
    said = "place" if kind == "other" else kind
    return _article(said)


def _article(noun: str) -> str:
    if noun.startswith(("a ", "an ", "the ")):
        return noun
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def evidence_ids(secret: bytes, content: str, chosen: Chosen) -> None:
    """Give every quote the id that it has in this release alone.

    Made from a secret that never leaves, and from all that is released: the same release repeated
    has the same ids, and no id means anything in another.
    """
    held = iter(chosen.holds)
    theme_of: dict[str, list[tuple[str, str, str]]] = {}
    for one in held:
        theme_of.setdefault(one[0], []).append(one)
    for theme, quotes in chosen.by_theme.items():
        for quote, (_, segment, person) in zip(quotes, theme_of[theme], strict=True):
            said = "|".join((content, theme, segment, person)).encode()
            quote["evidence_id"] = f"E-{hmac.new(secret, said, hashlib.sha256).hexdigest()[:10]}"
