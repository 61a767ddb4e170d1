"""Names and words of topics, from residents' own phrases.

A good name is said by many of the people in the topic, by few elsewhere, and in the topic's middle;
two or three words say more than one, and back each other up. Where one phrase does not cover the
topic, up to two more that are said with it or of the same matter are joined to it; a lone word
takes in brackets what is most said with it. Nobody has more than five votes on a topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from listening.topics import terms as term
from listening.topics.counting import Floats, Labels, Said, count
from listening.topics.empty_words import vague, ways
from listening.topics.extractive import stands, words_there
from listening.topics.fallbacks import NO_NAME, TOO_FEW, fallbacks, is_label, is_unnamed
from listening.topics.languages import commonest
from listening.topics.scoring import PEOPLE
from listening.topics.terms import Key
from listening.topics.vocabulary import vocabulary

Forms = Mapping[Key, str]

#: A name said by this share of the topic's votes needs no more words.
COVERS = 0.9
#: A name has so many words or phrases at most.
PARTS = 3
#: Another word must bring this share of the topic's votes to a name.
BRINGS = 0.05
#: A topic is of a place in general where no name is said by this share of its votes.
PLACE = 0.5
#: In a topic of few people two in five of them must say its name, or a part of it.
FEW = 0.4
#: Another phrase must be this good against the first.
SECOND = 0.3
#: What stands in brackets behind a name of one word is this good against the best.
SUPPORT = 0.15
#: A phrase said by this share of the topic's votes needs nothing in brackets.
CLEAR = 0.5
#: Half a phrase ("building" of "building costs") is worth this much of a whole one.
HALF = 0.5
#: Two phrases are of one matter when said together by two people, or with as like words (cosine).
ALIKE = 0.2
#: A longer phrase replaces the word it holds where this share of its segments hold it.
LONGER = 0.4
#: A word in this share of the topic tells it from another of the same name, noun or not.
OFTEN = 0.25
WORDS = (6, 10)

__all__ = ["NO_NAME", "Named", "is_unnamed", "name_topics"]


@dataclass(frozen=True)
class Named:
    """A topic's name, distinct among its topics, and 10 terms or fewer, the best first."""

    name: str
    words: tuple[str, ...]


def name_topics(
    labels: Labels,
    texts: Sequence[str],
    phrases: Sequence[Iterable[str]],
    people: Sequence[str],
    vectors: Floats,
    languages: Sequence[str],
    given: Sequence[str] = (),
) -> list[Named]:
    """Name topics 0..K-1.

    Args:
        labels: topic of each segment, shape (n,); every topic has at least one.
        texts: the segments' texts.
        phrases: the segments' noun phrases.
        people: the participant of each segment; nobody says the same text twice.
        vectors: unit vectors of the segments, shape (n, dimensions).
        languages: the segments' languages; empty or "unsure" where they are not known.
        given: for each topic a name to prefer to what its words give (may be empty).
    """
    known = vocabulary(tuple(texts), tuple(map(tuple, phrases)), tuple(people), tuple(languages))
    found, forms, capitals, qualities, verbs, places = known
    said = count(labels, found, people, vectors, forms, qualities | verbs, places)
    last = fallbacks(labels, texts, vectors, said, forms, qualities, verbs, languages)
    rows = [np.flatnonzero(labels == topic) for topic in range(len(said))]
    written = [term.shown([found[row] for row in of], capitals, forms) for of in rows]
    options = []
    for topic, instead in enumerate(given or [""] * len(said)):
        there = words_there(texts[row] for row in rows[topic])
        english = commonest([languages[row] for row in rows[topic]]) in ("", "en")
        of = said[topic] if english else _of_nouns(said[topic])
        every = (*_options(of, written[topic]), *last[topic])
        good = [name for name in every if is_label(name) or stands(name, there)]
        if not english:
            good = [name.replace(" and ", ", ") for name in good]
        options.append([name for name in (instead, *good) if name])
    names = _distinct(options, [of.people for of in said])
    return [
        Named(name, _words(of, own)) for name, of, own in zip(names, said, written, strict=True)
    ]


def _of_nouns(said: Said) -> Said:
    """Leave the nouns alone: which other words of a language are empty is not known so well."""
    return replace(said, score={key: of for key, of in said.score.items() if key in said.nouns})


def _words(said: Said, forms: Forms) -> tuple[str, ...]:
    """Return the terms that score best, filled up with BERTopic's diverse choice."""
    fewest, most = WORDS
    best = [forms[key] for key in said.score][: most - 2]
    more = [forms[key] for key in said.diverse]
    return tuple(dict.fromkeys(best + more))[: max(fewest, len(best))]


def _options(said: Said, forms: Forms) -> list[str]:
    """Return possible names, the best first; none where no noun phrase is said by enough."""
    may = [key for key in said.score if _may_name(said, key, forms)]
    place = _place(said, forms)
    clear, enough = _reached(said, may, forms)
    names = (clear if place else []) + place + enough
    return list(dict.fromkeys(names + (_told_apart(said, names[0], forms) if names else [])))


def _reached(said: Said, may: Sequence[Key], forms: Forms) -> tuple[list[str], list[str]]:
    """Return the names that cover the topic, and all that enough people say, with pairs last."""
    worth = {key: _worth(said, key, forms) for key in may}
    keys = sorted(worth, key=lambda key: (-worth[key], key))
    good = [_joined(said, keys[i:], forms) for i in range(min(4, len(keys)))]
    pairs = [
        f"{forms[a]} and {forms[b]}"
        for a in keys[:2]
        for b in keys[1:]
        if a != b and term.are_apart(forms[a], forms[b]) and _of_one_matter(said, a, b)
    ]
    least = max(TOO_FEW, min(PEOPLE, FEW * said.people) / said.people)
    enough = [name for name, reach in good if reach >= least]
    return [name for name, reach in good if reach >= PLACE], enough + (pairs if enough else [])


def _supported(said: Said, key: Key, share: float, forms: Forms) -> str:
    """Return a name that says little with the words most said with it: "transfer (cost)"."""
    if len(key) > 1 and share >= CLEAR:
        return forms[key]
    words: list[str] = []
    least = SUPPORT * max(said.score.values())
    for other, score in said.score.items():
        often = score >= least and said.share(said.rows[other]) >= BRINGS
        if often and _says_something(said, other) and _apart(other, [forms[key], *words], forms):
            words.append(forms[other])
    return f"{forms[key]} ({', '.join(words[: PARTS - 1])})" if words else forms[key]


def _says_something(said: Said, key: Key) -> bool:
    return key not in said.places and (len(key) > 1 or (len(key[0]) > 2 and key[0] not in vague()))


def _apart(key: Key, names: Sequence[str], forms: Forms) -> bool:
    return all(term.are_apart(name, forms[key]) for name in names)


def _told_apart(said: Said, name: str, forms: Forms) -> list[str]:
    """Return the name with one more word each, for where another topic has it already."""
    more = [
        forms[key]
        for key in said.score
        if term.are_apart(name, forms[key])
        and (_may_name(said, key, forms) or said.share(said.rows[key]) >= OFTEN)
    ]
    return [f"{name} ({word})" for word in more[:5]]


def _place(said: Said, forms: Forms) -> list[str]:
    """Return the name of the place, if that is all that joins what is said."""
    of = [key for key in said.places if said.share(said.rows.get(key, set())) >= PLACE]
    return [f"{name} in general" for key in of for name in (said.places[key], forms[key])]


def _may_name(said: Said, key: Key, forms: Forms) -> bool:
    """Say whether a term is a noun with a meaning, said by enough, and not the place."""
    short = len(key[0]) < 3 and not forms[key].isupper()
    general = len(key) == 1 and (short or key[0] in vague() or _is_part_of_names(key, forms))
    if key in said.places or general:
        return False
    told = said.told(key)
    if key in said.gerunds:  # "listening", where many "listened"
        return said.reach(told) > said.reach(said.rows[key]) >= TOO_FEW
    several = said.voices(said.rows[key]) > 1 and said.voices(told) >= PEOPLE
    return key in said.nouns and (key in said.solid or several)


def _is_part_of_names(key: Key, forms: Forms) -> bool:
    """Say whether people write "Street" because they speak of several streets by their names."""
    return key[0] in ways() and forms[key][:1].isupper()


def _worth(said: Said, key: Key, written: Forms) -> float:
    """Return a term's score with its other forms' best: "they listened" speaks for "listening"."""
    stems = {term.stem(word) for word in key}
    forms = (
        score
        for other, score in said.score.items()
        if len(other) == 1 and other not in said.nouns and term.stem(other[0]) in stems
    )
    half = HALF if key in said.bare and not written[key].isupper() else 1.0
    return half * (said.score[key] + max(forms, default=0.0))


def _joined(said: Said, keys: list[Key], forms: Forms) -> tuple[str, float]:
    """Return a name that begins with the first key, and the share of the people who say it."""
    first = _longer(said, keys[0])
    parts, covered = [first], said.told(first) | said.told(keys[0])
    for more in (_longer(said, key) for key in keys[1:] if key not in said.gerunds):
        if len(parts) == PARTS or said.share(covered) >= COVERS:
            break
        good = said.score.get(more, 0.0) >= SECOND * said.score[keys[0]]
        brings = said.share(said.rows[more] - covered) >= BRINGS
        apart = _apart(more, [forms[part] for part in parts], forms)
        if good and brings and apart and any(_of_one_matter(said, part, more) for part in parts):
            whole = _one_phrase(said, parts[-1], more)
            parts = [*parts[:-1], whole] if whole else [*parts, more]
            covered |= said.told(more)
    if len(parts) == 1:
        return _supported(said, first, said.share(covered), forms), said.reach(covered)
    return _listed([forms[part] for part in parts]), said.reach(covered)


def _listed(words: Sequence[str]) -> str:
    """Return words as a name: "drugs, opioids and doctors"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _longer(said: Said, key: Key) -> Key:
    """Return the longer phrase that many of those who say the word mean by it, or the word."""
    holding = [
        longer
        for longer in said.score
        if set(key) < set(longer) and len(said.rows[longer]) >= LONGER * len(said.rows[key])
    ]
    return max(holding, key=lambda longer: len(said.rows[longer]), default=key)


def _one_phrase(said: Said, first: Key, second: Key) -> Key | None:
    """Return a phrase that holds both ("Nashville" and "Road"), if residents say one."""
    both = set(first) | set(second)
    return next((key for key in said.rows if both <= set(key)), None)


def _of_one_matter(said: Said, a: Key, b: Key) -> bool:
    """Say whether two people say both in one breath, or both are said of the same."""
    return said.voices(said.rows[a] & said.rows[b]) > 1 or said.alike(a, b) >= ALIKE


def _distinct(options: list[list[str]], people: list[int]) -> list[str]:
    """Name the largest topics first; a taken name gives way to the next best."""
    taken: set[str] = set()
    names = [""] * len(options)
    for topic in sorted(range(len(options)), key=lambda topic: (-people[topic], topic)):
        free = (option for option in options[topic] if option.lower() not in taken)
        names[topic] = next(free, options[topic][0])
        taken.add(names[topic].lower())
    return names
