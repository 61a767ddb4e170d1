"""Finds groups, pages and channels by their names of several words on sites that everybody uses.

"The facebook group, Ollerdale Mums and Bumps", "a group on facebook called thorpe end noticeboard",
"join Castlemere Watch on Facebook": a local group's name says who writes there.
"""

from __future__ import annotations

import re

from listening.privacy.edits import Find
from listening.privacy.institutions import STOPPING
from listening.privacy.words import ORDINARY, Bag

_SITE = (
    r"(?:the[ ]|my[ ]|our[ ])?(?:facebook|fb|insta(?:gram)?|youtube|you[ ]tube|tik[ ]?tok"
    r"|twitter|nextdoor"
    r"|whatsapp|discord|reddit|telegram|vinted|etsy|ebay|spotify|mixcloud|twitch)"
)
_SITES_WORDS = """
facebook fb insta instagram youtube tiktok twitter nextdoor whatsapp discord reddit telegram vinted
etsy ebay spotify mixcloud twitch tube
"""
_SITES = frozenset(_SITES_WORDS.split())
_KIND = r"(?:groups?|pages?|channels?|communit(?:y|ies)|blogs?|podcasts?|forums?|accounts?)"
#: A name with capitals, and small words between them.
_BIG = (
    r"(?-i:[A-Z0-9][\w'’&-]*(?:[ ](?:(?i:(?!on[ ](?:facebook|fb|insta|youtube|tik|twitter"
    r"|whatsapp)))"
    r"(?:and|n|of|the|in|for|on|a|to|at|&)[ ]){0,2}(?:[A-Z0-9][\w'’&-]*|&)){0,6})"
)
_SMALL = r"(?-i:[a-z0-9][\w'’&-]*(?:[ ][a-z0-9][\w'’&-]*){0,6})"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # what it is called is told outright
        rf"\b{_KIND}(?:[ ](?:on|for)[ ]{_SITE})?(?:['’]s|[ ](?:is|was))?[ ](?:called|named"
        rf"|under)[ ][\"“‘]?"
        rf"(?:(?P<big>{_BIG}(?:[ ][a-z]{{3,}}(?=[,.;]|$))?)|(?P<small>{_SMALL}))",
        rf"\b{_SITE}[ ](?:{_KIND}[ ])?(?:as|called|named|under)[ ][\"“‘]?(?:(?P<big>{_BIG})"
        rf"|(?P<small>{_SMALL}))",
        # beside what it is
        rf"\b{_SITE}[ ]{_KIND}(?:,|:|[ ]is|['’]s|[ ]it['’]?s)[ ][\"“‘]?(?:(?P<big>{_BIG})"
        rf"|(?P<small>{_SMALL})(?=[,.;]|$))",
        rf"\b{_KIND}(?:,|:|[ ]is|['’]s"
        rf"|[ ]it['’]?s)[ ][\"“‘]?(?P<big>{_BIG})(?=,?[ ]on[ ]{_SITE}\b)",
        rf"\b{_KIND}[ ]on[ ]{_SITE},[ ](?:it['’]?s[ ])?(?:(?P<big>{_BIG})"
        rf"|(?P<small>(?-i:[a-z]\w+(?:[ ][a-z0-9][\w'’&-]*){{1,6}}))(?=[,.;]|$))",
        rf"\b{_KIND}(?:[ ]is|['’]s|[ ]it['’]?s)[ ](?P<big>{_BIG})",
        # joined, looked up or followed there
        r"\b(?:join|search(?:[ ]for)?|look[ ]up|like|follow|find|type[ ]in|put[ ]in"
        r"|admin[ ](?:for|of)|run|runs|started"
        r"|set[ ]up|member[ ]of|posted[ ](?:in|on)|put[ ]it[ ](?:in|on)|saw[ ]it[ ](?:in"
        r"|on))[ ][\"“‘]?(?P<big>"
        rf"{_BIG})(?=,?[ ]on[ ]{_SITE}\b)",
    )
)
_GOES_ON_WORDS = """
it's its that's thats and it and that and they and we so but cos because if which who where when
while we've i'm we're they're he's she's there's you i've
"""
_GOES_ON = (
    STOPPING
    - {"in", "on", "of", "the", "a", "for", "at", "my", "our", "and", "up", "over", "all", "from"}
) | frozenset(_GOES_ON_WORDS.split())
_JOINING = frozenset(
    ["and", "in", "on", "of", "the", "a", "for", "at", "my", "our", "up", "over", "to", "n", "from"]
)
#: What a page is said to be, and not called.
_SAID_WORDS = """
great good brilliant full closed shut gone down private public quiet useless lovely amazing
rubbish really very just always been being run better worse called facebook whatsapp youtube
marketplace mainly mostly all where what how going getting doing having not no never quite only
still where's one two three better
"""
_SAID = frozenset(_SAID_WORDS.split())


def find_pages(text: str, bag: Bag) -> list[Find]:
    """Return the names of groups, pages and channels in `text`.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    if bag.isdisjoint(_SITES):
        return []
    found = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span("big") if match["big"] else _small(match)
            words = text[start:end].lower().split()
            if (
                words
                and words[0] not in _SAID | (STOPPING - {"the", "our", "my", "all", "in"})
                and not _is_plain(words)
            ):
                found.append(Find(start, end, "web"))
    return found


def _small(match: re.Match[str]) -> tuple[int, int]:
    """The words of a name in small letters, up to the first that goes on with the sentence."""
    start = end = match.start("small")
    words = list(re.finditer(r"\S+", match["small"]))
    for i, word in enumerate(words):
        low = word[0].replace("’", "'")
        following = words[i + 1][0].replace("’", "'") if i + 1 < len(words) else ""
        if low in _GOES_ON or (low == "and" and following in _GOES_ON | {"it's", "there's"}):
            break
        if low not in _JOINING:
            end = start + word.end()
    return start, end


def _is_plain(words: list[str]) -> bool:
    """Whether one everyday word is all that a page is called."""
    return len(words) == 1 and (words[0] in ORDINARY or len(words[0]) < 3)
