"""Names where no noun phrase is said by enough people: plain and honest rather than odd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set

import numpy as np

from listening.topics.counting import Floats, Labels, Said
from listening.topics.empty_words import blame, empty_words, praise, vague, verdicts
from listening.topics.languages import commonest, is_known, stop_words
from listening.topics.terms import Key, are_apart, without_descriptors, words_of

#: Said instead of a name where residents' words give none (a topic of back-channels, say).
NO_NAME = "other remarks"
#: Answers in another language than most that have no phrase in common.
OTHER_LANGUAGES = "answers in other languages"
PRAISES = ("general praise", "other praise")
COMPLAINTS = ("general complaints", "other complaints")
#: A topic is of such answers where they are this share of all, and that of those whose language is
#: known: one that is half in English is of a matter.
FOREIGN, FOREIGN_OF_KNOWN = 0.5, 0.6
#: A language of this share of all answers is no "other" one.
HOME = 1 / 3
#: Short answers are easily taken for another language: not those with so many of the main one's
#: function words.
FAMILIAR = 0.3
#: Plain words that fewer of the topic's people say name it after a few.
TOO_FEW = 0.08
#: What is said in this share of the topic is what they speak of, noun or not.
MOST = 0.5
#: A topic of which this share praises (or blames) is that and no more.
VERDICTS = 0.4
#: Words that may stand in a short answer used as a name ("very good", "no complaints").
_SMALL = frozenset({"very", "no", "not", "always", "really", "so", "too", "and", "all", "more"})


def is_label(name: str) -> bool:
    """Say whether a name is a plain label of ours, given where residents' words do not carry."""
    return is_unnamed(name) or name in (OTHER_LANGUAGES, *PRAISES, *COMPLAINTS)


def is_unnamed(name: str) -> bool:
    """Say whether a topic's name only says that residents' words gave none."""
    return name.startswith(NO_NAME)


def fallbacks(
    labels: Labels,
    texts: Sequence[str],
    vectors: Floats,
    said: Sequence[Said],
    forms: Mapping[Key, str],
    qualities: Set[str],
    verbs: Set[str],
    languages: Sequence[str],
) -> list[list[str]]:
    """Return for each topic what it may be called when its noun phrases do not carry.

    Args:
        labels: topic of each segment.
        texts: the segments' texts.
        vectors: the segments' unit vectors, shape (n, dimensions).
        said: what is said on each topic.
        forms: how terms are written.
        qualities: adjectives.
        verbs: words mostly used as verbs.
        languages: the segments' languages, as far as they are known.
    """
    of_text = {text: _verdicts(text) for text in dict.fromkeys(texts)}
    meant = [of_text[text] for text in texts]
    foreign = _in_other_languages(texts, languages)
    found: list[list[str]] = []
    for topic, of in enumerate(said):
        rows = np.flatnonzero(labels == topic)
        near = vectors[rows] @ vectors[rows].mean(axis=0)
        middle = [texts[rows[i]] for i in np.lexsort((rows, -near))]
        found.append(
            [
                *_phrase_of_few(of, forms),
                *([OTHER_LANGUAGES] if _are_foreign(rows.tolist(), foreign, languages) else []),
                *_praise([meant[row] for row in rows]),
                *_qualities(of, forms, qualities),
                *_answers(middle),
                *_in_all_mouths(of, forms, verbs),
                *_remarks_with(of, forms),
                NO_NAME,
                *_remarks_that_begin(middle),
            ]
        )
    return found


def _verdicts(text: str) -> int:
    """Return 1 for a text that praises, -1 for one that blames, 0 for both or neither."""
    words = set(words_of(text))
    return bool(words & praise()) - bool(words & blame())


def _praise(verdicts: Sequence[int]) -> list[str]:
    """Return what to call a topic that only praises or only blames."""
    enough = VERDICTS * len(verdicts)
    if verdicts.count(1) >= max(enough, 4 * verdicts.count(-1)):
        return [*PRAISES]
    if verdicts.count(-1) >= max(enough, 4 * verdicts.count(1)):
        return [*COMPLAINTS]
    return []


def _phrase_of_few(said: Said, forms: Mapping[Key, str]) -> list[str]:
    """Return the best phrases of a topic of one or two people: who speaks alone says it once."""
    keys = [key for key in said.score if len(key) > 1 and key in said.nouns]
    return [forms[key] for key in keys[:3]] if said.people < 3 else []


def _answers(texts: Sequence[str]) -> list[str]:
    """Return the whole answers of 2 to 4 words that several gave, the commonest first."""
    counts = Counter(answer for answer in map(_answer, texts) if answer)
    often = [answer for answer, times in counts.items() if times > 1]
    return sorted(often, key=lambda answer: (-counts[answer], answer))


def _answer(text: str) -> str:
    words = text.lower().strip(" .!?;:-").split()
    meant = [word for word in words if word.isalpha() and word not in empty_words()]
    allowed = all(word in _SMALL or word in meant for word in words)
    varied = len(set(words)) == len(words)
    return " ".join(words) if 2 <= len(words) <= 4 and allowed and varied and meant else ""


def _qualities(said: Said, forms: Mapping[Key, str], adjectives: Set[str]) -> list[str]:
    """Return two things that people call what they speak of: "helpful and polite"."""
    wanted = adjectives - verdicts()
    keys = [key for key in said.score if len(key) == 1 and key[0] in wanted and key in said.solid]
    names = [forms[key] for key in keys if said.reach(said.rows[key]) >= TOO_FEW][:3]
    return [f"{names[0]} and {name}" for name in names[1:] if are_apart(names[0], name)]


def _in_all_mouths(said: Said, forms: Mapping[Key, str], verbs: Set[str]) -> list[str]:
    """Return a word in most of what is said, noun or not: "it is not damp" is of "damp"."""
    barred = verbs | verdicts() | vague()
    return [
        forms[key]
        for key in said.score
        if len(key) == 1
        and key[0] not in barred
        and not key[0].endswith(("ed", "ly"))
        and said.share(said.rows[key]) >= MOST
    ][:1]


def _remarks_with(said: Said, forms: Mapping[Key, str]) -> list[str]:
    """Say by two words what a topic without a name is about, as far as they tell."""
    long = [key for key in said.score if len(key[-1]) > 2]
    nouns = [key for key in long if key in said.nouns]
    clear = [key for key in nouns if key[-1] not in vague()]
    told = [forms[key] for key in (clear or nouns or long)[:2]]
    return [f"{NO_NAME} ({', '.join(told)})"] if told else []


def _remarks_that_begin(middle: Sequence[str]) -> list[str]:
    """Tell several topics without a name or a word apart by how a typical text begins."""
    begins = (" ".join(without_descriptors(text).split()[:5]) for text in middle)
    openings = [opening.strip(" ,.;:!?–-") for opening in begins]
    return [f"{NO_NAME} ({opening} …)" for opening in openings if opening]


def _in_other_languages(texts: Sequence[str], languages: Sequence[str]) -> list[bool]:
    """Say of each segment whether it is in a language that few others are in."""
    known = Counter(filter(is_known, languages))
    main = commonest(languages)
    at_home = {main} | {name for name, times in known.items() if times >= HOME * known.total()}
    pairs = zip(texts, languages, strict=True)
    return [
        is_known(language) and language not in at_home and not _is_familiar(text, main)
        for text, language in pairs
    ]


def _are_foreign(rows: Sequence[int], foreign: Sequence[bool], languages: Sequence[str]) -> bool:
    """Say whether a topic is of answers in other languages."""
    such = sum(foreign[row] for row in rows)
    known = sum(is_known(languages[row]) for row in rows)
    return such >= FOREIGN * len(rows) and such >= FOREIGN_OF_KNOWN * known


def _is_familiar(text: str, language: str) -> bool:
    words = words_of(text)
    return sum(word in stop_words(language) for word in words) >= FAMILIAR * len(words)
