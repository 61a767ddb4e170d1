"""Finds people by what is said around names that are ordinary words: "autumn my niece is ...".

In small letters such a word is a name only where nothing but a person could stand: before "my
niece", between "me and" and what they do, beside "we call him", after "her name's".
"""

from __future__ import annotations

import re

from listening.privacy import cues
from listening.privacy.edits import Find
from listening.privacy.gazetteer import AMBIGUOUS, gazetteer
from listening.privacy.words import ORDINARY, Bag

#: Of the names that are words those that speech needs as verbs, and "hope my mum is well".
_VERBS_WORDS = """
bill bless bob buck chase cherish chuck don drew grant gift hope hunt josh mark may nick page pat
peg promise rejoice rob rose skip stew sue ward will wade guy young gray green grant stone art
"""
_VERBS = frozenset(_VERBS_WORDS.split())
_KIN = "|".join(sorted(cues.KIN - {"head", "boss", "visitor", "worker", "baby", "man", "woman"}))
_OWN = re.compile(
    r"(?:^|[.,;!?][ ]|\b(?:and|but|so|then|because|cos|that|um|er|well|yeah)[ ])"
    r"(?P<it>[a-zA-Z'’-]{3,14}),?[ ](?:my|our|his|her)[ ]"
    rf"(?:(?:late|eldest|youngest|middle|little|big|older|younger|poor|next[ ]door)[ ])?"
    rf"(?:{_KIN})\b",
    re.IGNORECASE,
)
_BESIDE_ME = re.compile(
    r"\b(?:me|him|her|us)[ ]and[ ](?P<it>[a-z]{3,12})[ ](?:go|goes|went|are|were|do|did|used|always"
    r"|have|both|had|get|got|sit|walk|share|never|live|take|run|started)\b"
)
_WORDS = r"[^\W\d_][\w'’-]*(?:[ ][^\W\d_][\w'’-]*)?"
_CALLED = re.compile(
    r"(?:^|[.,;:!?][ ]|\b(?:and|but|so|well|um|er|yeah|old)[ ])"
    rf"(?P<it>{_WORDS})[ ](?:(?:we|they|i|you|people|everyone|everybody|the[ ]kids)[ ](?:all[ ])?"
    r"calls?[ ](?:him|her|me|us|them)|(?:he|she)(?:['’]?s|[ ]is|[ ]was)[ ]called)\b",
    re.IGNORECASE,
)
_NAME_IS = re.compile(
    r"\b(?:my|his|her|their|boy['’]?s|girl['’]?s|baby['’]?s|son['’]?s|lad['’]?s)[ ]"
    r"(?:(?:real|full|first|proper|actual|nick|middle)[ ]?)?name(?:['’]?s|[ ]is|[ ]was)[ ]"
    r"(?:actually[ ]|really[ ])?(?P<it>[a-z][a-z'’-]{2,13})"
    r"(?=[ ]?(?:[.,;!?]|$)"
    r"|[ ](?:and|but|he|hes|he['’]s|she|shes|she['’]s|i|from|after|short)\b)"
)
_NICKNAMED = re.compile(
    r"\b(?:big|wee|tiny|fat|mad|little)[ ](?P<it>[a-z]{3,10})[ ](?P<does>[a-z]{3,12})\b"
)
_NO_NAME_WORDS = """
mud wrong spelt spelled spelling misspelt missing unknown dirt irrelevant important changed forgotten
different difficult foreign english mine what which that this something anything nothing whatever
private confidential hard easy known taken used removed secret written gone muck famous
"""
_NO_NAME = frozenset(_NO_NAME_WORDS.split())
_HINTS_WORDS = """
my our his her me him us call calls called name name's names big wee tiny fat mad little
"""
_HINTS = frozenset(_HINTS_WORDS.split())


def find_by_names(text: str, bag: Bag) -> list[Find]:
    """Return the people of `text` whom names that are words call, told by what stands beside them.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    if bag.isdisjoint(_HINTS):
        return []
    found = [m for p in (_OWN, _BESIDE_ME) for m in p.finditer(text) if _is_doubtful(m["it"])]
    found += [m for m in _CALLED.finditer(text) if _is_no_sentence(m["it"])]
    found += [m for m in _NAME_IS.finditer(text) if _is_no_sentence(m["it"])]
    found += [
        m
        for m in _NICKNAMED.finditer(text)
        if m["does"] in cues.DEEDS | cues.CARRYING_ON | {"is", "was"} and _is_odd(m["it"])
    ]
    return [Find(*m.span("it"), "person") for m in found]


def _is_doubtful(word: str) -> bool:
    """Whether a word is a first name that means something else too, and no verb."""
    low = word.lower()
    return low in AMBIGUOUS and low in gazetteer().first and low not in _VERBS


def _is_no_sentence(words: str) -> bool:
    low = words.lower().split()
    return not any(w in ORDINARY or w in _NO_NAME or w in cues.KIN for w in low)


def _is_odd(word: str) -> bool:
    lists = gazetteer()
    return word not in lists.words and word not in lists.towns and word not in ORDINARY
