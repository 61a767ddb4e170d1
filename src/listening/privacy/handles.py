"""Finds usernames as people say them: "I'm kofi underscore 99 on insta"."""

from __future__ import annotations

import re

from listening.privacy import cues
from listening.privacy.edits import Find
from listening.privacy.gazetteer import gazetteer
from listening.privacy.institutions import STOPPING
from listening.privacy.pages import find_pages
from listening.privacy.words import ORDINARY, Bag

_SITE_WORDS = """
insta instagram twitter tiktok snap snapchat facebook fb reddit discord xbox playstation psn
steam twitch youtube telegram bluesky threads linkedin online username user handle login log
logs logged sign signs signed gamertag gamer screen portal tag whatsapp nextdoor roblox fortnite
forum forums gaming depop etsy gumtree mumsnet marketplace handles usernames display channel stream
minecraft vinted ebay access add dm follow x streams streaming posts
gamers clips
"""
_SITES = frozenset(_SITE_WORDS.split())
#: Sites and programmes that are written like handles: "YouTube".
_SITE_NAMES_WORDS = """
youtube tiktok whatsapp facebook linkedin nextdoor paypal gofundme mumsnet playstation chatgpt
airbnb onlyfans justgiving soundcloud livejournal fixmystreet wetransfer mcdonald deviantart
"""
_SITE_NAMES = frozenset(_SITE_NAMES_WORDS.split())
#: A tag with its number, and one of several words run together: "noodlecat#4471", "HillTopHelen".
_NUMBERED_TAG = re.compile(r"(?<![\w#])\w[\w.]{2,30}#\d{3,5}\b")
_RUN_TOGETHER = re.compile(
    r"(?:\b(?:as|is|was|called|under|by|i['’]?m|im|he['’]?s|she['’]?s|it['’]?s|me|for|add"
    r"|follow|dm"
    r"|message|name|tag|handle|account|channel)|['’]s)[:,]?[ ][\"“‘']?"
    r"(?P<it>[A-Z]?[a-z]+(?:[A-Z][a-z]+)+\d{0,4}|[A-Z]{1,3}[a-z]{2,}[A-Z]\w*)\b"
)
_SITE = (
    r"(?:the[ ]|my[ ])?(?:insta(?:gram)?|tik ?tok|twitter|x|snap(?:chat)?|facebook|fb|reddit"
    r"|discord"
    r"|xbox|playstation|psn|steam|twitch|youtube|telegram|bluesky|threads|vinted|ebay|depop|etsy"
    r"|nextdoor|mumsnet|marketplace|gumtree|roblox|fortnite|minecraft|forums?|gaming)"
)
#: What somebody goes by: the word after is no word, so that it is a handle.
_GOING_BY = re.compile(
    rf"\b(?:(?:post|posts|posting|posted|sell|sells|selling|comment|comments|stream|streams"
    rf"|play|plays"
    rf"|known|listed|down|i['’]?m|im|i[ ]am|he['’]?s|she['’]?s|is)(?:[ ](?:on"
    rf"|in)[ ]{_SITE})?[ ]+as"
    rf"|on[ ]{_SITE}[ ](?:as|under|i['’]?m|im|it['’]?s|its|he['’]?s|she['’]?s|name|called)"
    rf"|(?:go|goes|went)[ ]by|{_SITE}[ ](?:name|handle|tag|id|account|page|channel)?[ ]?"
    r"(?:is|was|are|['’]s|called|under)"
    r"|(?:display|screen|user|profile|account|login|channel|gamer|player|character|server)[ -]?"
    r"(?:name|tag|id)?(?:[ ](?:on|for|in)(?:[ ](?:the|my|it))?[ ]\w{2,12})?[ ]?(?:['’]s|is|was|:)"
    rf"|(?:my|his|her|your|our|the)[ ](?:tag|handle|nick|at|page|channel)(?:[ ]on[ ]{_SITE})?"
    r"[ ]?(?:['’]s|is|was)"
    r"|(?:find|add|follow|dm|message|look|tag)[ ](?:me|him|her|us|them)(?:[ ]up)?"
    rf"(?:[ ]on[ ]{_SITE})?,?(?:[ ](?:as|at|under|on[ ]there[ ]as|it['’]?s|im|i['’]?m))?)"
    r"[:,]?[ ]+(?:(?:still|just|it['’]?s|only|called)[ ])?[\"“‘']?(?P<it>@?\w[\w.\-]{2,30}\w)",
    re.IGNORECASE,
)
#: What is a handle wherever it stands: words that an underscore joins.
_JOINED = re.compile(
    r"(?<![\w@./])(?:[uU][ ]slash[ ])?@?(?=\w*[a-zA-Z])[a-zA-Z0-9]+(?:_[\w.]*\w|(?:\.\w+)+_\w+)"
)
_PART = r"[a-z0-9]{1,24}"
_SAID_JOINED = re.compile(
    rf"\b{_PART}(?:[ ](?:dot|dash|hyphen)[ ]{_PART}){{0,3}}[ ]underscore[ ]{_PART}"
    rf"(?:[ ](?:dot|dash|hyphen|underscore)[ ]{_PART}){{0,4}}(?:[ ]\d{{1,4}}\b)?",
    re.IGNORECASE,
)
#: Two signs or more, said between words: nothing else is said like that.
_SAID_TWICE = re.compile(
    rf"\b{_PART}(?:[ ](?:dot|dash|hyphen|underscore)[ ]{_PART}){{2,5}}\b(?![ ](?:at|dot|slash)\b)",
    re.IGNORECASE,
)
_SIGNS = frozenset(["dash", "hyphen", "dot"])
#: The rest of a name of several words on a site: "on Facebook I'm Tess Of The Allotments".
_AND_MORE = re.compile(r"(?:[ ](?:[Oo]f|[Tt]he|[Aa]nd|[Nn]|[A-Z]\w*)){0,4}[ ][A-Z]\w+")
#: What is said to be a name to sign in with: any word that is none follows.
_NAMED = re.compile(
    r"\b(?:user[ ]?names?|user[ ]ids?|handles?|log[ -]?ins?|log(?:s|ged|ging)?[ -]?(?:in|on)"
    r"|sign(?:s|ed|ing)?[ -]?in|gamer[ ]?tags?|screen[ ]?names?|access[ ]ids?"
    r"|(?:xbox|psn|playstation|steam|insta(?:gram)?|tik ?tok"
    r"|snap(?:chat)?|facebook|fb|twitter|reddit|discord|telegram|youtube|roblox)"
    r"(?:[ ](?:name|account|handle|id|tag))?|calls?[ ]himself|calls?[ ]herself)\b"
    r"(?:['’]s)?[ ]{0,2}[,:]?[ ]{0,2}"
    r"(?:(?:for|on)[ ](?:the[ ]|my[ ])?(?:\w{2,14})[ ])?"
    r"(?:(?:is|was|it['’]?s|i['’]?m|i[ ]am|as|with|under|im[ ]under|my|name|name['’]?s|still|just)"
    r"[ ]){0,3}",
    re.IGNORECASE,
)
#: With such a name people sign in, so that a word that is none is one.
_SIGNED = re.compile(r"user|log|sign|gamer|screen", re.IGNORECASE)
_AFTER = re.compile(
    rf"(?P<said>{_PART}(?:[ ](?:dot|dash|hyphen|underscore)[ ]{_PART}){{1,4}}(?:[ ]\d{{1,4}})?)\b"
    r"|(?P<numbered>(?:[a-z]{2,12}[ ]){1,3}(?:\d{2,4}|\d[ ]\d))\b"
    r"(?![ ](?:years?|people|times|weeks|months))"
    r"|(?P<one>@?[\w][\w.\-]{2,30}[\w])",
    re.IGNORECASE,
)
#: "lil deb dot 82 on TikTok": what stands before "on" and a site.
_BEFORE_SITE = re.compile(
    r"(?P<it>(?:(?:[a-z]{2,12}[ ]){0,2}"
    rf"{_PART}(?:[ ](?:dot|dash|hyphen|underscore)[ ]{_PART}){{1,4}}|@?[\w][\w.\-]{{2,30}}[\w]))"
    r"[ ]on[ ](?:the[ ]|my[ ])?(?:insta(?:gram)?|tik ?tok|twitter|x|snap(?:chat)?|facebook|fb"
    r"|reddit|discord|xbox|playstation|psn|steam|twitch|youtube|telegram|bluesky|threads|there)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"(?:i['’]?m|it['’]?s|im|its|is|as|under|i[ ]am|me)[ ]", re.IGNORECASE)
#: Letters and digits of one word, where signing in or a site is spoken of.
_MIXED = re.compile(
    r"(?<![\w@./-])(?=[A-Za-z.\-]*\d)(?:[A-Za-z]{3,}[A-Za-z.\-]*\d{1,6}"
    r"|[a-z]{1,3}\d{3,6}[a-z]{1,3})"
    r"(?![\w/-])"
)
#: A digit among letters, where signing in or a site is spoken of: "dizzy4real".
_LETTERS_ROUND = re.compile(r"(?<![\w@./-])[A-Za-z]{2,}\d{1,4}[A-Za-z]{2,}\d{0,4}(?![\w/-])")
#: A page or an account by a name of several words: "my page is Shirl N Pete Allotment".
_PAGE = re.compile(
    r"\b(?:account|page|profile|channel|group|name|one[ ](?:[iI]|we|he|she|they)"
    r"[ ](?:use|uses|run|have))"
    r"(?:[ ](?:on|for)[ ](?:there|it|[A-Za-z]{2,12}))?(?:['’]s|[ ](?:is|was))"
    r"(?:[ ](?:called|just|now))?"
    r"[ ][\"“]?(?P<it>[A-Z][\w'’]*(?:[ ](?:and|n|the|of|&|[A-Z0-9][\w'’]*)){1,5})"
)
#: A gamertag may have blanks: "Kron1k Villa".
_FURTHER = re.compile(r"(?:[ ][A-Z0-9]\w*){1,2}")
#: A name of several words on a site: "my tiktok is nanna mo dances", "it's X on instagram".
_SEVERAL = re.compile(
    rf"\b(?:my|his|her|our|the)[ ]{_SITE}(?:[ ](?:name|handle|page|account|tag))?"
    r"(?:['’]s|[ ](?:is|was))[ ](?:at[ ])?(?P<it>[a-z]{2,14}(?:[ ][a-z0-9]{2,14}){1,3})(?=[,.;]|$)"
    r"|\b(?:is|was|it['’]?s|i['’]?m|i[ ]am|as|called|under|at)[ ](?:at[ ])?"
    rf"(?P<that>[a-z]{{2,14}}(?:[ ][a-z0-9]{{2,14}}){{1,3}})[ ]on[ ]{_SITE}\b",
    re.IGNORECASE,
)
_THERE = (
    r"(?:on[ ](?:there|here|it|the[ ](?:forum|app|chat|group|game|stream|server|site))"
    r"|online)"
)
_GOER = r"(?:i['’]?m|im|i[ ]am|he['’]?s|she['’]?s|they['’]?re|it['’]?s)"
#: What somebody is called there, in several words: a name, a digit or no word is among them.
_CALLED_THERE = re.compile(
    rf"\b(?:(?:call[ ](?:me|him|her|us)|go(?:es)?[ ]by|{_GOER}|known[ ]as|posts[ ]as)[ ]"
    rf"(?P<a>[a-z0-9]{{2,14}}(?:[ ][a-z0-9]{{1,14}}){{0,3}}?)[ ](?:{_THERE}|on[ ]{_SITE})\b"
    rf"|(?:{_THERE}|on[ ]{_SITE})[ ]{_GOER}[ ](?:called[ ]"
    rf"|just[ ])?(?P<b>[a-z0-9]{{2,14}}(?:[ ][a-z0-9]{{1,14}}){{1,3}})"
    r"(?=[,.;]|$)"
    r"|\b(?:handle|user[ ]?name|tag|gamertag|screen[ ]name|display[ ]name|login)(?:['’]s"
    r"|[ ]is|[ ]was)[ ](?:at[ ])?"
    r"(?P<c>[a-z0-9]{2,14}(?:[ ][a-z0-9]{1,14}){1,3})(?=[,.;]|$|[ ](?:all|with|and[ ]then"
    r"|and[ ]a)\b))",
    re.IGNORECASE,
)
_NO_HANDLE_WORDS = """
not never always just only still being been my me the a an very really so doing getting going in
at on off all her him locked blocked wrong gone too no out up down now back here there like
someone somebody people
"""
_NO_HANDLE = frozenset(_NO_HANDLE_WORDS.split())
_PAGED = frozenset(["facebook", "fb", "youtube", "tiktok", "insta", "instagram"])
_NO_NAME = re.compile(r"(?:year|covid|level|key|ward|band|class|stage|route|bus)-?\d{1,2}", re.I)


def find_handles(text: str, bag: Bag) -> list[Find]:
    """Return the usernames of `text`.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    found = find_pages(text, bag)
    if "_" in text:
        found += [Find(*m.span(), "username") for m in _JOINED.finditer(text)]
    if "underscore" in bag:
        found += [Find(*m.span(), "username") for m in _SAID_JOINED.finditer(text)]
    if not bag.isdisjoint(_SIGNS):
        found += [Find(*m.span(), "username") for m in _SAID_TWICE.finditer(text)]
    if "#" in text:
        found += [Find(*m.span(), "username") for m in _NUMBERED_TAG.finditer(text)]
    if not bag.isdisjoint(_SITES):
        found += _beside_sites(text)
    if not bag.isdisjoint(_PAGED):
        found += [Find(*m.span("it"), "username") for m in _PAGE.finditer(text)]
    return found


def _beside_sites(text: str) -> list[Find]:
    found = [
        Find(*m.span(), "username") for m in _MIXED.finditer(text) if not _NO_NAME.fullmatch(m[0])
    ]
    for cue in _NAMED.finditer(text):
        after = _AFTER.match(text, cue.end())
        signed = after and _SIGNED.match(cue[0]) and _is_no_word(after[0])
        if after and (signed or _is_handle(after)):
            further = _FURTHER.match(text, after.end()) if "tag" in cue[0].lower() else None
            found.append(Find(after.start(), (further or after).end(), "username"))
    found += [Find(*m.span(), "username") for m in _LETTERS_ROUND.finditer(text)]
    for match in _RUN_TOGETHER.finditer(text):
        if match["it"].lower() not in _SITE_NAMES | gazetteer().names:
            found.append(Find(*match.span("it"), "username"))
    for match in _GOING_BY.finditer(text):
        more = _AND_MORE.match(text, match.end()) if match["it"][0].isupper() else None
        if more or _is_no_word(match["it"]):
            found.append(Find(match.start("it"), (more or match).end(), "username"))
    found += _of_several_words(text)
    for match in _BEFORE_SITE.finditer(text):
        start = match.start("it")
        while lead := _LEADING.match(text, start, match.end("it")):
            start = lead.end()
        spelt = " " in text[start : match.end("it")]
        if spelt or _is_odd(text[start : match.end("it")]):
            found.append(Find(start, match.end("it"), "username"))
    return found


def _of_several_words(text: str) -> list[Find]:
    found = []
    for match in _SEVERAL.finditer(text):
        group = "it" if match["it"] else "that"
        if _is_several(match[group].lower().split()):
            found.append(Find(*match.span(group), "username"))
    for match in _CALLED_THERE.finditer(text):
        group = match.lastgroup or "a"
        if _is_called(match[group].lower().split()):
            found.append(Find(*match.span(group), "username"))
    return found


def _is_several(words: list[str]) -> bool:
    """Whether several words are somebody's name on a site: one is no plain word, none goes on."""
    lists = gazetteer()
    told = [w not in lists.words or (w in lists.first and w not in ORDINARY) for w in words]
    plain = any(w in STOPPING or w in lists.towns or w in cues.BRANDS for w in words)
    return any(told) and not plain


def _is_called(words: list[str]) -> bool:
    """Whether several words are a name to go by: one is a name, no word or has a digit."""
    lists = gazetteer()
    if words[0] in _NO_HANDLE or any(w in cues.BRANDS or w in lists.towns for w in words):
        return False
    digits = words[-1].isdigit() and len(words) > 2
    return digits or any(
        (w in lists.first and w not in ORDINARY) or (w.isalpha() and w not in lists.words)
        for w in words
    )


def _is_handle(match: re.Match[str]) -> bool:
    return match.lastgroup in {"said", "numbered"} or _is_odd(match[0])


def _is_odd(word: str) -> bool:
    """Whether a word is neither English nor a name: it holds signs or digits, or no list has it."""
    lists, low = gazetteer(), word.lower().strip("@")
    if any(c.isdigit() for c in word):
        return any(c.isalpha() for c in word) and not _NO_NAME.fullmatch(word)
    if "." in word.strip(".") or "_" in word or word[0] == "@":
        return True
    parts = low.split("-")
    return len(low) > 7 and not any(p in lists.words or p in lists.names for p in parts)


def _is_no_word(word: str) -> bool:
    """Whether what somebody goes by is a handle: no word, no name and no site."""
    lists, low = gazetteer(), word.lower().strip("@")
    if _is_odd(word):
        return True
    plain = low in lists.words or low in lists.names or low in lists.towns or low in cues.BRANDS
    return word.isalpha() and not plain and low not in _SITE_NAMES and low not in cues.TONGUES
