"""What a topic may be called: residents' own noun phrases, stripped to what carries meaning.

A term is one to three words. Counting goes by a *key* (lower case, singular), so that "Bus times"
and "the bus time" are one; what is shown is the form that most people used.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from unicodedata import combining, normalize

from listening.topics.empty_words import (
    before_adjectives,
    before_verbs,
    empty_words,
    heads,
    name_beginnings,
    verdicts,
)
from listening.topics.languages import CAPITAL_NOUNS, stop_words

Key = tuple[str, ...]

MAX_WORDS = 3
_DESCRIPTOR = re.compile(r"\[[^\]]*\](?:['’]s)?")
#: Written short in addresses; and plurals that no rule makes.
_SAME = {"ave": "avenue", "rd": "road", "blvd": "boulevard"} | {
    "children": "child", "men": "man", "women": "woman", "lives": "life", "wives": "wife"
}  # fmt: skip
_ENDING = re.compile("(ment|ing|ers|er|ed|es|e|s)$")
#: What a word inside a sentence stands after: not a beginning, nor what ends the sentence before.
_INSIDE = re.compile(r"[^\s.!?:;•*\-–\"„“”'(][\"„“”'(]?\s+$|,\s+$")
_WORD = re.compile(r"[^\W_]+(?:[&'’\-][^\W_]+)*")


@dataclass(frozen=True)
class Terms:
    """What one segment says, as keys with the words they were written in.

    Attributes:
        phrases: noun phrases and their parts; a part that only stands before another noun here
            ("school" in "school bus") has no words: there it is singular whatever people mean.
        words: the other words with a meaning of their own ("polite", "waited"), one-word keys.
    """

    phrases: dict[Key, tuple[str, ...]]
    words: dict[Key, tuple[str, ...]]


def without_descriptors(text: str) -> str:
    """Return the text without bracketed stand-ins such as "[name 1]'s"."""
    return _DESCRIPTOR.sub(" ", text)


def words_of(text: str) -> list[str]:
    """Return a text's words in small letters, without bracketed stand-ins."""
    return list(map(_plain, _WORD.findall(without_descriptors(text))))


def extract(
    texts: Sequence[str], phrases: Sequence[Iterable[str]], languages: Sequence[str] = ()
) -> list[Terms]:
    """Find the terms of each segment; without its language, English is supposed.

    A part of a phrase counts when some resident ends a phrase with it: "affordable housing" of
    "affordable housing projects" does, "housing projects" does, "good bus" of "good bus service"
    does not.
    """
    spoken = languages or [""] * len(texts)
    every = list(zip(texts, map(tuple, phrases), spoken, strict=True))
    chunks = {
        one: [_stripped(phrase, one[2]) for phrase in (*one[1], *nouns_by_capital(one[0], one[2]))]
        for one in dict.fromkeys(every)
    }
    endings = {
        _key(words[start:])
        for of_text in chunks.values()
        for words in of_text
        for start in range(max(0, len(words) - MAX_WORDS), len(words))
    }
    found = {one: _terms(one[0], parts, endings, one[2]) for one, parts in chunks.items()}
    return [found[one] for one in every]


def shown(
    terms: Iterable[Terms], written: Mapping[str, str], elsewhere: Mapping[Key, str] | None = None
) -> dict[Key, str]:
    """Return for every key the form to show, written as inside a sentence (`capitals`).

    What nobody here writes by itself is shown as `elsewhere`, if that is given.

    A plural that a third of the segments use is shown ("schools"): that is how a topic is named.
    Ties go to the first in the alphabet, so that the order of the segments decides nothing.
    """
    counts: dict[Key, Counter[tuple[str, ...]]] = {}
    for of_text in terms:
        for found in (of_text.phrases, of_text.words):
            for key, form in found.items():
                of = counts.setdefault(key, Counter())
                if form:
                    of[form] += 1
    known = elsewhere or {}
    return {
        key: known[key] if not of and key in known else _written(key, of, written)
        for key, of in counts.items()
    }


def _written(key: Key, forms: Counter[Key], capitals: Mapping[str, str]) -> str:
    lower: Counter[Key] = Counter()
    for form, times in forms.items():
        lower[tuple(word.lower() for word in form)] += times
    best = _form(key, lower)
    # "County" is mostly small and "Warren County" never: a name of several words is kept whole.
    whole: Counter[Key] = Counter({form: times for form, times in forms.items() if _is_title(form)})
    if len(key) > 1 and 2 * whole.total() > forms.total():
        name = min(whole, key=lambda form: (-whole[form], form))
        return " ".join(name)
    return " ".join(capitals.get(word, word) for word in best)


def _is_title(words: tuple[str, ...]) -> bool:
    return all(word[0].isupper() and word[1:2].islower() for word in words)


def _form(key: Key, counts: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    best = min(counts, key=lambda form: (-counts[form], form), default=key)
    plurals = [form for form in counts if form[-1] != key[-1] and form[:-1] == best[:-1]]
    often = [form for form in plurals if 3 * counts[form] >= counts.total()]
    return min(often, key=lambda form: (-counts[form], form), default=best)


def capitals(texts: Iterable[str]) -> dict[str, str]:
    """Return how words are mostly written inside sentences where that is not in small letters.

    The first word of a text and texts in capitals prove nothing, but for short all-capital words
    ("GP"), which nobody writes otherwise.
    """
    forms: dict[str, Counter[str]] = {}
    for text, times in Counter(texts).items():
        shouted = text.isupper()
        for position, word in enumerate(_WORD.findall(without_descriptors(text))):
            short = word.isupper() and 1 < len(word) <= 4
            if not shouted and (position or short):
                forms.setdefault(word.lower(), Counter())[word] += times
    best = {word: min(of, key=lambda form: (-of[form], form.lower() != form, form))
            for word, of in forms.items()}  # fmt: skip
    return {word: form for word, form in best.items() if form != word}


def nouns_by_capital(text: str, language: str) -> list[str]:
    """Return the words that their capital marks as nouns, in a language that writes them so.

    The parser is an English one: of German it finds few noun phrases, and the wrong ones.
    """
    if language not in CAPITAL_NOUNS or text.isupper():
        return []
    plain = without_descriptors(text)
    found = _WORD.finditer(plain)
    return [
        w[0]
        for w in found
        if w[0][0].isupper() and _INSIDE.search(plain, max(0, w.start() - 4), w.start())
    ]


def _stripped(phrase: str, language: str) -> list[str]:
    """Return the words of a phrase without the empty ones at its two ends."""
    words = _WORD.findall(without_descriptors(phrase))
    start, end = 0, len(words)
    while (
        start < end
        and _opens_nothing(words[start], language)
        and not _begins_a_name(words[start:end])
    ):
        start += 1
    while start < end and language in CAPITAL_NOUNS and not words[end - 1][0].isupper():
        end -= 1
    # "time" alone says nothing and the end of "waiting time" does.
    while start < end and _is_empty(words[end - 1], language):
        if end - start > 1 and _plain(words[end - 1]) in heads():
            break
        end -= 1
    return words[start:end]


def _begins_a_name(words: list[str]) -> bool:
    """Say whether an empty word is part of a proper name ("General Motors", "Little Mill Lane")."""
    plain = _plain(words[0])
    return len(words) > 1 and _is_title(tuple(words)) and plain in name_beginnings()


def _terms(text: str, chunks: list[list[str]], endings: set[Key], language: str) -> Terms:
    phrases: dict[Key, tuple[str, ...]] = {}
    for words in chunks:
        for start in range(len(words)):
            if _opens_nothing(words[start], language) and not _begins_a_name(words[start:]):
                continue
            for end in range(start + 1, min(start + MAX_WORDS, len(words)) + 1):
                key = _key(words[start:end])
                if key in endings:
                    form = tuple(words[start:end]) if end == len(words) else ()
                    phrases[key] = phrases.get(key) or form
    others: dict[Key, tuple[str, ...]] = {}
    for word in _WORD.findall(without_descriptors(text)):
        key = _key([word])
        if not _is_empty(word, language) and key not in phrases:
            others.setdefault(key, (word,))
    return Terms(phrases, others)


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


@lru_cache(maxsize=100_000)
def _is_empty(word: str, language: str) -> bool:
    plain = _plain(word)
    # English has a list of its own, made for what residents say
    empty = plain in empty_words() or (language != "en" and plain in stop_words(language))
    return len(plain) < 2 or empty or not any(map(str.isalpha, plain))


@lru_cache(maxsize=100_000)
def _opens_nothing(word: str, language: str) -> bool:
    return _is_empty(word, language) or _plain(word) in verdicts()


def _key(words: Sequence[str]) -> Key:
    return tuple(map(_singular, words))


@lru_cache(maxsize=100_000)
def _singular(word: str) -> str:
    """Return an English plural's singular, near enough to count the two forms as one."""
    word = _plain(word).removesuffix("'s")
    word = _SAME.get(word, word)
    if len(word) < 4 or word == "news" or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word.removesuffix("s")


def verbs(texts: Sequence[str]) -> frozenset[str]:
    """Return the words that often follow what only verbs follow in English ("they", "can't")."""
    return _often_after(texts, before_verbs(), 0.25)


def adjectives(texts: Sequence[str]) -> frozenset[str]:
    """Return the words that often follow what only adjectives and adverbs follow ("very")."""
    return _often_after(texts, before_adjectives(), 0.1)


def _often_after(texts: Sequence[str], before: Set[str], share: float) -> frozenset[str]:
    seen: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for text, times in Counter(texts).items():
        words = words_of(text)
        for word in words:
            seen[word] += times
        for last, word in pairwise(words):
            if last in before:
                after[word] += times
    return frozenset(word for word, often in after.items() if often >= share * seen[word])


def stem(word: str) -> str:
    """Return what "wait", "waited" and "waiting" share; a word of under four letters is its own."""
    bare = _ENDING.sub("", _ENDING.sub("", word))
    return bare if len(bare) > 3 else word


def are_apart(one: str, other: str) -> bool:
    """Say whether no word of one name is, begins as, or is part of a word of the other."""
    ours, theirs = _unaccented(one).split(), _unaccented(other).split()
    return not any(_are_kin(a, b) for a in ours for b in theirs)


def _unaccented(name: str) -> str:
    """Return small letters without their marks: "Städte" and "Stadt" are of one word."""
    return "".join(c for c in normalize("NFD", name.lower()) if not combining(c))


def _are_kin(one: str, other: str) -> bool:
    """Say whether two words are forms or parts of one: "wait", "waited"; "room", "bedroom"."""
    short, long = sorted((one, other), key=len)
    part = len(short) > 2 and long.startswith(short)
    return part or one[:4] == other[:4] or (len(short) > 3 and short.rstrip("s") in long)
