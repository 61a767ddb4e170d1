"""Replaces what identifies people by bracketed descriptors, the same person always by the same.

Detection runs over each distinct text until nothing more is found, so a second call on the result
changes nothing. What is looked for lies in the neighbouring modules: identifiers, people, places,
dates.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd
import pandera.pandas as pa

from listening.privacy.aloud import find_aloud
from listening.privacy.codes import find_codes
from listening.privacy.dates import find_dates
from listening.privacy.edits import EDITS, Find, apply, compose, settle
from listening.privacy.everybodys import find_everybodys, is_everybodys, may_be_everybodys
from listening.privacy.famous import is_public_name
from listening.privacy.gazetteer import gazetteer
from listening.privacy.guessed import find_guessed, learnt, may_be_theirs, may_guess
from listening.privacy.handles import find_handles
from listening.privacy.helplines import is_a_helpline
from listening.privacy.identifiers import find_identifiers
from listening.privacy.introduced import may_introduce
from listening.privacy.known import Known, person_key
from listening.privacy.letters import find_letters
from listening.privacy.local import Local
from listening.privacy.people import find_people, learn, may_name
from listening.privacy.places import find_places
from listening.privacy.plates import find_plates
from listening.privacy.public import PLACE_KINDS, Place, find_public, may_place
from listening.privacy.scan import Word, in_english, words_of
from listening.privacy.sites import is_everybodys_site
from listening.privacy.spoken import find_spoken
from listening.privacy.tagger import Tagger, Told, load_tagger
from listening.privacy.trades import WORK
from listening.privacy.words import Bag, bag_of
from listening.records import TEXT, Parsed, Span, Table, check

#: kind → what stands in its place. Persons are numbered, dates become their month.
DESCRIPTORS = {
    "address": "[an address]",
    "bank": "[a bank account number]",
    "card": "[a bank card number]",
    "care": "[a care home or hospice]",
    "clinic": "[a clinic]",
    "dentist": "[a dentist]",
    "email": "[an email]",
    "employer": "[an employer]",
    "faith": "[a faith centre]",
    "ip": "[an IP address]",
    "licence": "[a driving licence number]",
    "nhs": "[an NHS number]",
    "nino": "[a National Insurance number]",
    "passport": "[a passport number]",
    "pharmacy": "[a pharmacy]",
    "phone": "[a phone number]",
    "postcode": "[a postcode]",
    "reference": "[a reference number]",
    "school": "[a school]",
    "surgery": "[a GP surgery]",
    "username": "[a username]",
    "vehicle": "[a vehicle registration]",
    "web": "[a web address]",
}
#: what stands for something that was replaced
DESCRIPTOR = re.compile(
    "|".join([r"\[name \d+\]", *(re.escape(text) for text in DESCRIPTORS.values())])
)
#: What a programme's own list may keep: an identifier always goes.
_CARE = frozenset(["care", "clinic", "dentist", "pharmacy"])
GUESSED = _CARE | {"person", "address", "school", "surgery", "faith", "employer"}
#: Those of them that a rule may find in the name of what is everybody's.
_INSTITUTIONS = _CARE | {"school", "surgery", "faith"}
#: What a web site that is everybody's may be taken for.
_ONLINE = frozenset(["web", "username"])
#: What a number that is everybody's may be taken for.
_NUMBERS = frozenset(["phone", "reference", "bank", "nhs"])
#: Public places, which stay: evidence about a place, generalised when results are released.
#: Offsets are code points of the new text of that index.
PLACES = pa.DataFrameSchema(
    {
        "text_index": pa.Column(int, checks=[pa.Check.ge(0)]),
        "start": pa.Column(int, checks=[pa.Check.ge(0)]),
        "end": pa.Column(int, checks=[pa.Check.ge(1)]),
        "kind": pa.Column(
            pd.StringDtype(na_value=TEXT.na_value),
            checks=[pa.Check.isin(PLACE_KINDS)],
            coerce=True,
        ),
    },
    strict=True,
    name="places",
)
NO_LOCAL = Local()
#: Words that a text must have for the tagger.
_CONTEXT = 3
#: Texts whose words are looked at together: bounded memory.
_AT_ONCE = 4_096
#: A bound, never reached in practice: each round replaces something or is the last.
_ROUNDS = 10


@dataclass(frozen=True)
class Pseudonymised:
    """What pseudonymising gave.

    Attributes:
        parsed: one per input text, in its order, with every span moved to the new text.
        edits: the edit log (`EDITS`), offsets in the original texts; it never holds their words.
        places: the public places that stay (`PLACES`), offsets in the new texts.
        descriptors: "person|name in small letters" → "[name 3]": raw names, for the vault alone.
    """

    parsed: list[Parsed]
    edits: Table
    places: Table
    descriptors: dict[str, str]


def pseudonymise(
    parsed: Sequence[Parsed],
    names: Sequence[tuple[str, ...]],
    descriptors: Mapping[str, str],
    local: Local = NO_LOCAL,
    tagger: Tagger | None = None,
) -> Pseudonymised:
    """Replace persons, addresses, schools, surgeries, employers, faith centres and identifiers.

    Districts, estates, roads without a number, parks and stations stay; full dates become months.

    Args:
        parsed: texts with the spans of the one spaCy pass.
        names: per text, the people's names that its file gives away (may be empty).
        descriptors: what was issued before; it is extended, never changed.
        local: the programme's own names, places and words to keep (`parse_local`).
        tagger: what was learnt of names; by default the packaged one.
    """
    issued = _Register(descriptors)
    tagger = tagger or load_tagger()
    given = {text: _Given(text) for text in dict.fromkeys(parsed)}
    learned = _read(list(given.values()), tagger)
    known = _prepare(names, local.persons)
    done: dict[tuple[Parsed, int], _Done] = {}
    results: list[_Done] = []
    for text, theirs in zip(parsed, names, strict=True):
        key = (text, id(known[id(theirs)]))
        if key not in done:
            done[key] = _one(
                given[text], _Knowing(known[id(theirs)], learned, local, tagger), issued
            )
            given[text].let_go()
        results.append(done[key])
    return Pseudonymised(
        [one.parsed for one in results],
        _table([(i, *edit) for i, one in enumerate(results) for edit in one.edits], EDITS),
        _table([(i, *place) for i, one in enumerate(results) for place in one.places], PLACES),
        issued.given,
    )


def _table(rows: list[tuple[object, ...]], schema: pa.DataFrameSchema) -> Table:
    table = pd.DataFrame(rows, columns=list(schema.columns))
    return check(table.astype({"text_index": int, "start": int, "end": int}), schema)


class _Given:
    """A text with its words, which several searches share."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.text = parsed.text
        self.told = Told()  # filled in by `_tag`

    @cached_property
    def words(self) -> list[Word]:
        return words_of(self.text)

    @cached_property
    def bag(self) -> Bag:
        return bag_of(self.text)

    def let_go(self) -> None:
        """Forget its words until somebody asks again: they take ten times the text's memory."""
        for name in ("words", "bag"):
            self.__dict__.pop(name, None)

    def may_be_tagged(self) -> bool:
        # the tagger goes by what stands around a word, and one or two have nothing around them;
        # it was taught English speech: to it, most words of another language are names
        if len(self.words) < _CONTEXT or not may_guess(self.text, self.bag):
            return False
        return in_english([word.key for word in self.words if self.text[word.start].islower()])

    def is_nobody(self, span: Span, knowing: _Knowing) -> bool:
        """Whether the tagger read a name that a rule found, and says that it names nobody."""
        told, known = self.told.nobody, knowing.known.parts | knowing.learned
        # words lie in order, so that a text of many names is not read through for each of them
        first = bisect_right(self.words, span.start, key=lambda word: word.end)
        own = range(first, bisect_left(self.words, span.end, key=lambda word: word.start))
        pieces = (piece for i in own for piece in self.words[i].key.split("-"))
        return len(own) > 0 and told.issuperset(own) and known.isdisjoint(pieces)

    def learned(self) -> set[str]:
        found = learnt(self.told.names, self.words)
        if may_introduce(self.bag, gazetteer().plain):
            found |= learn(self.text, self.words, self.parsed.entities)
        return found


class _Knowing(NamedTuple):
    known: Known
    learned: frozenset[str]
    local: Local
    tagger: Tagger


class _Done(NamedTuple):
    parsed: Parsed
    edits: list[Find]
    places: list[Place]


def _read(given: Sequence[_Given], tagger: Tagger) -> frozenset[str]:
    """Let the tagger read all texts, some thousand at once; return the names learnt from them."""
    learned: set[str] = set()
    for start in range(0, len(given), _AT_ONCE):
        some = given[start : start + _AT_ONCE]
        _tag(some, tagger)
        for one in some:
            learned |= one.learned()
            one.let_go()
    return frozenset(learned)


def _tag(given: Sequence[_Given], tagger: Tagger) -> None:
    """Let the tagger read all texts at once, which is faster than one by one."""
    read = [one for one in given if one.may_be_tagged()]
    for one, told in zip(read, tagger.tag([(o.text, o.words) for o in read]), strict=True):
        one.told = told


def _prepare(names: Sequence[tuple[str, ...]], local: tuple[str, ...]) -> dict[int, Known]:
    """Prepare each different set of names once; keyed by identity, as hashing long ones is slow."""
    alike: dict[tuple[str, ...], Known] = {}
    prepared: dict[int, Known] = {}
    for given in names:
        if id(given) not in prepared:
            if given not in alike:
                alike[given] = Known.of((*given, *local))
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


def _one(given: _Given, knowing: _Knowing, issued: _Register) -> _Done:
    edits: list[Find] = []
    for _ in range(_ROUNDS):
        finds, places = _finds(given, knowing)
        if not finds:
            break
        worded = [
            f._replace(replacement=_replacement(f, given.text, knowing.known, issued))
            for f in finds
        ]
        edits = compose(edits, worded, given.text) if edits else worded
        given = _Given(apply(given.parsed, worded))
        _tag([given], knowing.tagger)
    return _Done(given.parsed, edits, places)


def _finds(given: _Given, knowing: _Knowing) -> tuple[list[Find], list[Place]]:
    """Return what must go, settled, and the public places of the text as it is."""
    text, bag, local = given.text, given.bag, knowing.local
    taught = local.names_as_written(text)
    named = bool(taught) or may_name(text, bag, knowing.known, knowing.learned)
    own = [Place(*span, "other") for span in local.places(text)]
    placed = find_public(text, bag, given.words) if named or may_place(text, bag) else []
    places = _apart(own, placed) if own else placed
    # The order decides between equally long finds: a date is no telephone number.
    finds = find_dates(text, bag) + find_identifiers(text) + find_places(text, bag)
    finds += find_spoken(text, bag) + find_codes(text, bag) + find_handles(text, bag)
    finds += find_plates(text, bag) + find_aloud(text, bag) + local.finds(text)
    finds += find_letters(text)
    finds = [f for f in finds if f.kind not in _NUMBERS or not is_a_helpline(text[f.start : f.end])]
    finds = [
        f for f in finds if f.kind not in _ONLINE or not is_everybodys_site(text[f.start : f.end])
    ]
    everybodys = find_everybodys(text, given.words) if may_be_everybodys(bag) else []

    def public(find: Find) -> bool:
        return is_everybodys(text, find.start, find.end, everybodys)

    finds = [f for f in finds if f.kind not in _INSTITUTIONS or not public(f)]
    guessed, further = find_guessed(text, given.told.names, given.words, places)
    employed = {
        given.words[t.first].start
        for t in given.told.names
        if everybodys and may_be_theirs(t, given.words) and not bag.isdisjoint(WORK)
    }
    spared = [Span(place.start, place.end) for place in places]
    if named:
        people = find_people(
            text, given.words, given.parsed.entities, spared, knowing.known, knowing.learned
        )
        guessed += [Find(*span, "person") for span in people if not given.is_nobody(span, knowing)]
    finds += [
        f
        for f in guessed
        if not is_public_name(text, f, knowing.known)
        and (f.start in employed or _is_known(text, f, knowing.known) or not public(f))
    ]
    finds += [find for find in taught if not _lies_in(find, spared)]
    free = [p for p in further if not any(f.start < p.end and p.start < f.end for f in finds)]
    places = _apart(places, free) if free else places
    if "[" in text:
        held = [m.span() for m in DESCRIPTOR.finditer(text)]
        finds = [f for f in finds if not any(s < f.end and f.start < e for s, e in held)]
        places = [p for p in places if not any(s < p.end and p.start < e for s, e in held)]
    if local.keep or own:
        stay = [*local.kept(text), *(Span(place.start, place.end) for place in own)]
        finds = [f for f in finds if f.kind not in GUESSED or not _lies_in(f, stay)]
    return (settle(finds) if len(finds) > 1 else finds), places


def _apart(own: list[Place], found: list[Place]) -> list[Place]:
    """Put the programme's own places beside those found, which give way."""
    free = [f for f in found if not any(o.start < f.end and f.start < o.end for o in own)]
    return sorted({*own, *free})


def _is_known(text: str, find: Find, known: Known) -> bool:
    """Whether the file itself names a person so."""
    return not known.parts.isdisjoint(text[find.start : find.end].lower().split())


def _lies_in(find: Find, spans: Sequence[Span]) -> bool:
    return any(span.start <= find.start and find.end <= span.end for span in spans)


def _replacement(find: Find, text: str, known: Known, issued: _Register) -> str:
    if find.kind == "person":
        return issued.person(known.resolve(person_key(text[find.start : find.end])))
    return find.replacement or DESCRIPTORS[find.kind]
