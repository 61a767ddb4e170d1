"""One text under the lens: its words, and what stands around each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from listening.privacy import cues
from listening.privacy.gazetteer import Gazetteer, gazetteer
from listening.privacy.known import Known
from listening.privacy.words import ORDINARY, WORD, fold

_POSSESSIVES = frozenset({"'s", "’s", "'S", "’S"})
CONTRACTED = re.compile(r"'(?:ve|d|ll|re|m|t|em|all)$")
#: How medicines and illnesses are called, and hardly anybody.
MEDICINE = re.compile(
    r"[a-z]{2}(?:pril|statin|olol|azole|mycin|cillin|traline|zepam|formin|dipine|sartan|prazole|oxetine"
    r"|triptyline|bactam|profen|codeine|dronate|gliptin|floxacin|thiazide|azepine|zapine|ridone"
    r"|algia|itis|osis|aemia|pathy|ectomy|plegia|phasia|phobia|oscopy|iasis|carcinoma"
    r"|(?:melan|lymph|glauc|sarc|gli|mesotheli|myel|aden)oma)$"
)
#: What may stand between two words of one sentence; a full stop only after a title or an initial.
_NEAR = re.compile(r"[ \t]{1,2}|,[ ]|:[ ]|\.[ ]?|[ ]?[-–][ ]?|\n?[ ]?[\"'“‘(]")
JOIN = re.compile(r"[ \t]{1,2}|\.[ ]?")
#: A word that does not begin a sentence.
_INSIDE = re.compile(r"(?<=[\w,;:)] )[^\W\d_]+")
_ENOUGH = 3
#: Of the words inside sentences, how many have a capital in a language that writes nouns with one,
#: and how few of the others are English words ("in", "war" and "so" are German ones as well).
MANY_CAPITALS, FEW_ENGLISH = 0.15, 0.6
_START = re.compile(r"(?:^|[.!?:;…\n•*\-–—\d)\"“])[\s\"'“‘(\[]*$")


class Word(NamedTuple):
    """A word of a text: where it stands, and how the lists would write it (`words.fold`)."""

    start: int
    end: int
    key: str
    upper: bool  # begins with a capital that says something (the text does not shout)
    possessive: bool


def words_of(text: str) -> list[Word]:
    """Return the words of `text`; a possessive's ending is no part of its word."""
    capitals = sum(map(str.isupper, text))
    shouting = capitals > 12 and capitals > 2 * sum(map(str.islower, text))
    nouns = capitals > 2 and not shouting and _writes_nouns_with_capitals(text)
    found: list[Word] = []
    for match in WORD.finditer(text):
        word, start = match.group(), match.start()
        possessive = word[-2:] in _POSSESSIVES
        bare = word[:-2] if possessive else word
        key = fold(bare)
        upper = not shouting and bare[0].isupper()
        if nouns and upper:
            upper = key in gazetteer().first or (found != [] and _calls(found[-1]))
        found.append(Word(start, start + len(bare), key, upper, possessive))
    return found


def _calls(before: Word) -> bool:
    """Tell whether a name follows a word, where a capital alone says nothing of it."""
    return before.key in cues.TITLES or (before.upper and before.key in gazetteer().first)


def _writes_nouns_with_capitals(text: str) -> bool:
    """Tell whether a text is in a language such as German, in which a capital marks any noun.

    Many capitals inside its sentences alone would be a list of names, and few English words alone
    a language in which a capital still marks a name.
    """
    inside = [word for word in _INSIDE.findall(text) if len(word) > 1]
    raised = sum(word[0].isupper() for word in inside)
    many = len(inside) >= _ENOUGH and raised >= MANY_CAPITALS * len(inside)
    return many and not in_english([fold(word) for word in inside if not word[0].isupper()])


def in_english(words: Sequence[str]) -> bool:
    """Tell whether words without a capital are English ones; of too few nobody can tell."""
    english = gazetteer().words
    return len(words) < _ENOUGH or sum(w in english for w in words) >= FEW_ENGLISH * len(words)


@dataclass
class Scan:
    """A text's words, and which of them are parts of names.

    Attributes:
        text: the text.
        words: its words.
        lists: the lists of names, places and words.
        known: names known for it from its file.
        learned: names that a cue gave away elsewhere.
        named: numbers of the words that are parts of names.
        cued: those of them that the words before gave away.
    """

    text: str
    words: list[Word]
    lists: Gazetteer
    known: Known
    learned: frozenset[str]
    named: set[int] = field(default_factory=set)
    cued: set[int] = field(default_factory=set)

    @cached_property
    def candidates(self) -> list[int]:
        """Numbers of the words that could be parts of a name; most words of a text cannot."""
        plain, parts = self.lists.plain, self.known.parts
        found, last = [], ""
        for i, word in enumerate(self.words):
            key = word.key
            if (
                word.upper
                or key not in plain
                or last in _LEADING
                or key in parts
                or self.text[word.start].isupper()
            ):
                found.append(i)
            last = key
        return found

    @cached_property
    def english(self) -> bool:
        """Whether the text is in English, as far as one can tell."""
        return in_english([word.key for word in self.words if self.text[word.start].islower()])

    def gap(self, i: int) -> str:
        """The characters between word i - 1 and word i."""
        return self.text[self.words[i - 1].end : self.words[i].start]

    def near(self, i: int) -> bool:
        """Whether word i - 1 stands right before word i in the same sentence."""
        if i <= 0 or not _NEAR.fullmatch(self.gap(i)):
            return False
        return "." not in self.gap(i) or self.words[i - 1].key in cues.TITLES

    def before(self, i: int) -> str:
        """The word right before word i, or nothing."""
        return self.words[i - 1].key if self.near(i) else ""

    def after(self, i: int) -> str:
        """The word right after word i, or nothing."""
        return self.words[i + 1].key if i + 1 < len(self.words) and self.joined(i + 1) else ""

    def joined(self, i: int) -> bool:
        """Whether nothing but a blank parts word i from the one before."""
        return 0 < i < len(self.words) and JOIN.fullmatch(self.gap(i)) is not None

    def initial(self, i: int) -> bool:
        """Whether word i begins a sentence, so that its capital says nothing."""
        return bool(_START.search(self.text[max(0, self.words[i].start - 8) : self.words[i].start]))

    def lettered(self, i: int) -> bool:
        """Whether an initial stands before word i: "B. Okonjo"."""
        if i == 0 or self.gap(i) not in {". ", "."}:
            return False
        before = self.words[i - 1]
        return before.upper and before.end - before.start == 1

    def pieces(self, i: int) -> list[str]:
        """The parts of word i, which hyphens join."""
        return self.words[i].key.split("-")

    def foreign(self, i: int) -> bool:
        """A word that is no English one, no place, no brand, no role and no contraction."""
        key = self.words[i].key
        if len(key) < 2 or not self._is_alien(key):
            return False
        return not (key.endswith("s") and len(key) > 4 and not self._is_alien(key[:-1]))

    def _is_alien(self, key: str) -> bool:
        if key in _PLAIN or CONTRACTED.search(key) or MEDICINE.search(key):
            return False
        if _PEOPLES.match(key):
            return False
        return not all(p in self.lists.words or p in self.lists.towns for p in key.split("-"))

    def strange(self, i: int) -> bool:
        """A capitalised word that is no ordinary word, place, role or abbreviation."""
        word = self.words[i]
        if not word.upper or not self.foreign(i):
            return False
        written = self.text[word.start : word.end]
        if len(written) < 6 and written.isupper():
            return False
        capitals = sum(map(str.isupper, written))  # "PTs", "GoFundMe"; but "McBride", "LaToya"
        return written.isupper() or (capitals < 3 and not written[:2].isupper())


_LEADING = cues.SURE_TITLES | cues.SPOKEN_NICKNAMES
#: What people of a place are called, one or many: "Etonians", "Liverpudlian".
_PEOPLES = re.compile(r"[a-z]{3,}(?:ians|[nd]lian|onian|ensian|wegian|siders|landers)$")
_PLAIN = (
    ORDINARY | cues.TITLES | cues.ROLES | cues.PLACE_NOUNS | cues.BRANDS | cues.KIN | cues.TONGUES
)
