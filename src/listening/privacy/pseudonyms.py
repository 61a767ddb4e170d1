"""Replaces what identifies people by bracketed descriptors, the same person always by the same.

Detection runs over each distinct text until nothing more is found, so a second call on the result
changes nothing. What is looked for lies in the neighbouring modules: identifiers, people, places,
dates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from listening.privacy.dates import find_dates
from listening.privacy.edits import EDITS, Find, apply, compose, settle
from listening.privacy.identifiers import find_identifiers
from listening.privacy.known import Known, person_key
from listening.privacy.people import find_people, learn
from listening.privacy.places import find_places
from listening.privacy.words import Bag, bag_of
from listening.records import Parsed, Table, check

#: kind → what stands in its place. Persons are numbered, dates become their month.
DESCRIPTORS = {
    "address": "[an address]",
    "bank": "[a bank account number]",
    "card": "[a bank card number]",
    "email": "[an email]",
    "employer": "[an employer]",
    "faith": "[a faith centre]",
    "ip": "[an IP address]",
    "licence": "[a driving licence number]",
    "nhs": "[an NHS number]",
    "nino": "[a National Insurance number]",
    "passport": "[a passport number]",
    "phone": "[a phone number]",
    "postcode": "[a postcode]",
    "reference": "[a reference number]",
    "school": "[a school]",
    "surgery": "[a GP surgery]",
    "username": "[a username]",
    "vehicle": "[a vehicle registration]",
    "web": "[a web address]",
}
_DESCRIPTOR = re.compile(
    "|".join([r"\[name \d+\]", *(re.escape(text) for text in DESCRIPTORS.values())])
)
#: A bound, never reached in practice: each round replaces something or is the last.
_ROUNDS = 10


@dataclass(frozen=True)
class Pseudonymised:
    """What pseudonymising gave.

    Attributes:
        parsed: one per input text, in its order, with every span moved to the new text.
        edits: the edit log (`EDITS`), offsets in the original texts; it never holds their words.
        descriptors: "person|name in small letters" → "[name 3]": raw names, for the vault alone.
    """

    parsed: list[Parsed]
    edits: Table
    descriptors: dict[str, str]


def pseudonymise(
    parsed: Sequence[Parsed],
    names: Sequence[tuple[str, ...]],
    descriptors: Mapping[str, str],
) -> Pseudonymised:
    """Replace persons, addresses, schools, surgeries, employers, faith centres and identifiers.

    Districts, estates, roads without a number, parks and stations stay; full dates become months.

    Args:
        parsed: texts with the spans of the one spaCy pass.
        names: per text, the people's names that its file gives away (may be empty).
        descriptors: what was issued before; it is extended, never changed.
    """
    issued = _Register(descriptors)
    bags = {p: bag_of(p.text) for p in dict.fromkeys(parsed)}
    learned = frozenset().union(*(learn(p.text, bag, p.entities) for p, bag in bags.items()))
    known = _prepare(names)
    done: dict[tuple[Parsed, int], tuple[Parsed, list[Find]]] = {}
    results: list[Parsed] = []
    log: list[tuple[int, int, int, str, str]] = []
    for index, (text, given) in enumerate(zip(parsed, names, strict=True)):
        key = (text, id(known[id(given)]))
        if key not in done:
            done[key] = _one(text, bags[text], known[id(given)], learned, issued)
        result, edits = done[key]
        results.append(result)
        log += [(index, *edit) for edit in edits]
    table = pd.DataFrame(log, columns=list(EDITS.columns)).astype(
        {"text_index": int, "start": int, "end": int}
    )
    return Pseudonymised(results, check(table, EDITS), issued.given)


def _prepare(names: Sequence[tuple[str, ...]]) -> dict[int, Known]:
    """Prepare each different set of names once; keyed by identity, as hashing long ones is slow."""
    alike: dict[tuple[str, ...], Known] = {}
    prepared: dict[int, Known] = {}
    for given in names:
        if id(given) not in prepared:
            if given not in alike:
                alike[given] = Known.of(given)
            prepared[id(given)] = alike[given]
    return prepared


class _Register:
    """The persons' descriptors issued so far."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = dict(given)
        numbers = (int(n) for d in self.given.values() for n in re.findall(r"\[name (\d+)\]", d))
        self._last = max(numbers, default=0)

    def person(self, key: str) -> str:
        entry = f"person|{key}"
        if entry not in self.given:
            self._last += 1
            self.given[entry] = f"[name {self._last}]"
        return self.given[entry]


def _one(
    parsed: Parsed, bag: Bag, known: Known, learned: frozenset[str], issued: _Register
) -> tuple[Parsed, list[Find]]:
    edits: list[Find] = []
    for _ in range(_ROUNDS):
        finds = _finds(parsed, bag, known, learned)
        if not finds:
            break
        worded = [
            f._replace(replacement=_replacement(f, parsed.text, known, issued)) for f in finds
        ]
        edits = compose(edits, worded, parsed.text) if edits else worded
        parsed = apply(parsed, worded)
        bag = bag_of(parsed.text)
    return parsed, edits


def _finds(parsed: Parsed, bag: Bag, known: Known, learned: frozenset[str]) -> list[Find]:
    text = parsed.text
    # The order decides between equally long finds: a date is no telephone number.
    finds = find_dates(text, bag) + find_identifiers(text) + find_places(text, bag)
    finds += [Find(*s, "person") for s in find_people(text, bag, parsed.entities, known, learned)]
    if "[" in text:
        held = [m.span() for m in _DESCRIPTOR.finditer(text)]
        finds = [f for f in finds if not any(s < f.end and f.start < e for s, e in held)]
    return settle(finds) if len(finds) > 1 else finds


def _replacement(find: Find, text: str, known: Known, issued: _Register) -> str:
    if find.kind == "person":
        return issued.person(known.resolve(person_key(text[find.start : find.end])))
    return find.replacement or DESCRIPTORS[find.kind]
