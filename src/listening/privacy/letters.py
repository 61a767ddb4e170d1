"""Finds names that are spelt out letter by letter, and people called by initials alone.

"wahida w a h i d a", "Siobhán, S I O B H Á N", "H. in group two was upset", "D.J. fixes bikes".
"""

from __future__ import annotations

import re

from listening.privacy import cues
from listening.privacy.edits import Find
from listening.privacy.words import ORDINARY, fold

_LETTER = r"(?:(?:double|treble)[ ])?[^\W\d_]"
#: Single letters in a row: from three on beside the name they spell, from four on anywhere.
_RUN = re.compile(
    rf"(?<![\w'’@./-])(?P<it>{_LETTER}(?:(?:[ ]|[ ]?-[ ]?|,[ ]|\.[ ]?){_LETTER}){{2,19}})"
    r"(?![\w'’@]|[-/]\w)"
)
_BREAKS = re.compile(r"[\s,.-]+|double|treble")
#: A number, another sign or an ending goes on with it: an identifier, not a name.
_GOES_ON = re.compile(
    r"[ ,.-]{0,3}(?:\d|(?:dot|at|underscore|dash|hyphen|slash|double|treble|oh|zero|nought|one|two"
    r"|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(
    r"(?:\d|\b(?:dot|underscore|dash|hyphen|slash|oh|zero|one|two|three|four|five|six|seven|eight"
    r"|nine|ten))[ ,.-]{1,3}$",
    re.IGNORECASE,
)
#: What is said letter by letter and nobody's name, besides the short names of services.
_SAID_TEXT = """
abcd abcde aeiou rspca nspcc rspb ymca ywca lgbt lgbtq lgbtqi lgbtqia gcses btecs http https html
mrsa asap diy iou aoc rnli raf rac aa bbc itv cctv hgv lgv suv atm dvd dna faq gdpr
"""
_SAID = frozenset(_SAID_TEXT.split()) | cues.BRANDS
_LEAST_ALONE, _LOOK_BACK = 4, 70
_WORD = re.compile(r"[^\W\d_]{3,}")
#: An initial or two where somebody is told of: at the start of a sentence or after these.
_INITIALS = re.compile(
    r"(?:(?:^|(?<=[!?;:—–\"“(] )|(?<=[a-z\d]\. )|(?<=[\"“(]))"
    r"|\b(?:that|told|and|with|for|by|met|asked|saw|called|says|said|named|from|is|like)[ ])"
    r"(?P<it>[A-Z]\.(?:[ ]?[A-Z]\.){0,2})"
    r"(?=,?[ ](?P<after>[a-z]+)\b)"
)
_TOLD = (
    cues.DEEDS | cues.BEING | cues.CARRYING_ON | {"in", "short", "our", "my", "which", "fixes"}
) - {"and", "from", "left"}
_NO_INITIALS = frozenset(
    ["u.k.", "u.s.", "e.u.", "a.m.", "p.m.", "i.t.", "u.c.", "g.p.", "n.i.", "b.t.", "t.v.", "i.d."]
)


def find_letters(text: str) -> list[Find]:
    """Return the names of `text` that are spelt out, and the initials that stand for people."""
    found = [Find(*m.span("it"), "person") for m in _RUN.finditer(text) if _is_spelt(text, m)]
    if "." in text:
        found += [
            Find(*m.span("it"), "person") for m in _INITIALS.finditer(text) if _is_somebody(m)
        ]
    return found


def _is_spelt(text: str, run: re.Match[str]) -> bool:
    letters = fold(_BREAKS.sub("", run["it"]))
    if letters in _SAID or "www" in letters or _GOES_ON.match(text, run.end()):
        return False
    before = text[max(0, run.start() - _LOOK_BACK) : run.start()]
    if _NUMBER_BEFORE.search(before):
        return False
    after = text[run.end() : run.end() + _LOOK_BACK]
    spelt = any(
        fold(word).startswith(letters[:3]) and fold(word) not in ORDINARY
        for word in _WORD.findall(before) + _WORD.findall(after)
    )
    return spelt or (len(letters) >= _LEAST_ALONE and len(set(letters)) > 2)


def _is_somebody(found: re.Match[str]) -> bool:
    return found["after"] in _TOLD and found["it"].lower().replace(" ", "") not in _NO_INITIALS
