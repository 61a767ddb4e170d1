"""Finds e-mail and web addresses that are said aloud: "jo dot bloggs at gmail dot com".

A machine that writes speech down cuts them up anyhow ("sal quilts at g mail dot com", "at outlook
com"), so that they are read outwards from what gives them away: an "at" before a provider or a
"dot com", and an ending of an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from listening.privacy.edits import Find
from listening.privacy.gazetteer import gazetteer
from listening.privacy.institutions import STOPPING
from listening.privacy.words import ORDINARY, Bag

_PROVIDER_WORDS = """
gmail googlemail hotmail yahoo ymail outlook icloud aol btinternet talktalk virginmedia proton
protonmail msn btopenworld blueyonder ntlworld live sky
"""
_PROVIDERS = frozenset(_PROVIDER_WORDS.split())
#: Providers that are ordinary words: only with an ending.
_WORDY_PROVIDERS = frozenset(["outlook", "live", "sky", "proton", "yahoo"])
_ENDING_WORDS = """
com net org info co gov ac nhs sch uk io me app london scot wales cymru eu pub shop online site
blog tv store biz ie ly ee gg gl club community life world coop charity foundation care church
agency global help support school academy news today health social family digital page link love
example couk orguk co.uk org.uk gov.uk ac.uk nhs.uk me.uk sch.uk
"""
_ENDINGS = frozenset(_ENDING_WORDS.split())
#: What an address may end in without "dot" before it.
_LAST = frozenset(["com", "net", "org", "co", "uk"])
_DIGITS_WORDS = """
zero oh nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
ninety double triple treble
"""
_DIGITS = frozenset(_DIGITS_WORDS.split())
_SIGNS = frozenset(["dot", "underscore", "dash", "hyphen", "minus", "plus", "point"])
#: What stands before an address and is no part of it.
_BEFORE_WORDS = """
is was are at on to of see visit called site website page webpage look looking looked go went
check try via from email mail use by and the through under for in into says said read type put
google it that me us them him her it's its that's address e-mail contact find found named up
"""
_BEFORE = frozenset(_BEFORE_WORDS.split())
_TOKEN = re.compile(r"[\w+'’-]+(?:\.[\w+'’-]+)*")
_BLANK = re.compile(r"[ ]{1,3}")
#: How "www" is said.
_WEB = frozenset(["w", "www", "double", "double-u", "dub"])
_HTTP = frozenset(["h", "t", "p", "s", "http", "https"])
_BETWEEN_WWW = frozenset(["u", "you", "dot", "colon", "slash", "forward"])
_MOST_WWW = 18
#: Words that lead up to a site's name, however long it is.
_LEADS_WORDS = """
is it's its was were called site website webpage page blog at on to visit see check try via or
website's site's page's blog's up search google
"""
_LEADS = frozenset(_LEADS_WORDS.split())
#: What a site's name may hold, and nothing else that a sentence goes on with.
_WITHIN = frozenset(["a", "in", "and", "of", "the", "by", "for", "n", "my", "our", "from"])
#: Small words inside a page's name: "slash keep the number nine bus".
_IN_PAGE = frozenset(["the", "of", "our", "my", "n", "a", "for"])
_SLASHES = frozenset(["slash", "forward", "back"])
#: Words of a name that a lead tells, and of a page's name after "slash".
_MOST_LED, _MOST_PAGE = 6, 6
#: Words of a site's name, of a host's name, and signs in the local part of an address.
_MOST_SITE, _MOST_HOST, _MOST_LOCAL = 3, 3, 12
#: What leads up to an e-mail address, and how many plain words its local part may have.
_MAIL_LEADS_WORDS = """
is it's its email e-mail mail emails email's address address's to was on contact under mine's
"""
_MAIL_LEADS = frozenset(_MAIL_LEADS_WORDS.split())
_MOST_MAIL = 7


class _Token(NamedTuple):
    start: int
    end: int
    low: str
    near: bool  # nothing but a blank parts it from the one before


def find_spoken(text: str, bag: Bag) -> list[Find]:
    """Return the e-mail and web addresses of `text` that are spelt out as people say them.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    mailed = "at" in bag and not bag.isdisjoint(_PROVIDERS | {"dot", "mail", "com"})
    found = _bare(text, bag)
    if not mailed and "dot" not in bag:
        return found
    tokens = _tokens(text)
    found += [Find(*span, "email") for span in _mails(tokens)] if mailed else []
    return found + [Find(*span, "web") for span in _sites(tokens)]


#: A site without its dots: "www brindle plumbing co uk", "brindle plumbing dotcom".
_BARE = re.compile(
    r"\b(?:www|w[ ]w[ ]w)[ ](?P<it>(?:[a-z0-9'’-]{2,20}[ ]){1,5}(?:co[ ]uk|org[ ]uk|com|org"
    r"|net))\b"
    r"|\b[a-z0-9'’-]{3,30}[ ]dot[ ]?com(?:[ ]?slash[ ]\w+)?\b",
    re.IGNORECASE,
)
#: A page of a site that everybody uses: "facebook slash thornhaven bowls".
_PAGE_OF = re.compile(
    r"\b(?:facebook|fb|insta(?:gram)?|twitter|tik ?tok|youtube|linkedin|etsy)[ ]?"
    r"(?:(?:forward|back)[ ])?slash[ ]",
    re.IGNORECASE,
)


def _bare(text: str, bag: Bag) -> list[Find]:
    found = []
    if not bag.isdisjoint(["www", "w", "dotcom"]):
        found += [Find(*match.span(), "web") for match in _BARE.finditer(text)]
    if "slash" in bag:
        for match in _PAGE_OF.finditer(text):
            tokens = _tokens(text[match.end() : match.end() + 80])
            if tokens and not tokens[0].start:
                end = match.end() + tokens[_page(tokens, 0) - 1].end
                found.append(Find(match.start(), end, "web"))
    return found


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    last = -1
    for match in _TOKEN.finditer(text):
        near = last >= 0 and _BLANK.fullmatch(text, last, match.start()) is not None
        found.append(_Token(*match.span(), match.group().lower(), near))
        last = match.end()
    return found


def _mails(tokens: Sequence[_Token]) -> Iterator[tuple[int, int]]:
    for i, token in enumerate(tokens):
        if token.low != "at" or not 0 < i < len(tokens) - 1 or not token.near:
            continue
        host = _host(tokens, i + 1)
        if host is None:
            continue
        last, sure = host
        first = min(_local(tokens, i - 1), _led_to(tokens, i - 1) if sure else i)
        alone = first == i - 1
        plain = tokens[first].low in _BEFORE or (not sure and tokens[first].low in ORDINARY)
        if not (alone and plain):
            yield tokens[first].start, tokens[last].end


def _host(tokens: Sequence[_Token], i: int) -> tuple[int, bool] | None:
    """Return the last word of a mail's host that begins with word i, and whether it is a sure one.

    A provider alone is sure of itself, unless its name is a word; any other needs its ending.
    """
    for size in (1, 2):
        name = "".join(token.low for token in tokens[i : i + size])
        provider, _, written = name.partition(".")
        if provider in _PROVIDERS and _all_near(tokens, i, i + size):
            end = _ending(tokens, i + size)
            if end or written or provider not in _WORDY_PROVIDERS:
                return (end or i + size) - 1, bool(end or written)
    for size in range(1, _MOST_HOST + 1):
        end = _ending(tokens, i + size, said=True)
        if end and _all_near(tokens, i, i + size):
            return end - 1, True
    return None


def _ending(tokens: Sequence[_Token], i: int, *, said: bool = False) -> int:
    """Return what follows the ending of an address that begins with word i; 0 if none does."""
    end = 0
    while i < len(tokens) and tokens[i].near:
        low = tokens[i].low
        letters = low == "u" and i + 1 < len(tokens) and tokens[i + 1].low == "k"
        if low == "dot" and i + 1 < len(tokens) and tokens[i + 1].near:
            following = tokens[i + 1].low
            if following in _ENDINGS:
                i += 2
            elif following == "u":
                i += 1
                continue
            else:
                # a part of the host's name: "stmarks dot parish dot org"
                further = _ending(tokens, i + 2, said=True) if not end else 0
                return further or end
        elif (end or not said) and (low in _LAST or letters):
            i += 2 if letters else 1
        else:
            break
        end = i
    return end


def _all_near(tokens: Sequence[_Token], first: int, end: int) -> bool:
    return end <= len(tokens) and all(token.near for token in tokens[first:end])


def _local(tokens: Sequence[_Token], i: int) -> int:
    """Return the first word of the local part that ends with word i."""
    first, named = i, False
    while first > 0 and tokens[first].near and i - first < _MOST_LOCAL:
        before, here = tokens[first - 1].low, tokens[first].low
        if before in _SIGNS and first > 1 and tokens[first - 1].near:
            first -= 2
        elif here in _SIGNS:
            first -= 1
        elif before in _BEFORE or (before in {"a", "i", "i'm", "my"} and len(here) > 1):
            break
        elif here in _DIGITS or here.isdigit() or len(before) == 1:
            first -= 1
        elif not named and before not in gazetteer().words:
            named = True
            first -= 1
        elif named and before in gazetteer().first and before not in ORDINARY:
            return first - 1
        else:
            break
    return first


def _led_to(tokens: Sequence[_Token], i: int) -> int:
    """Return where a local part of plain words begins by what leads up to it, else `i`.

    "It's the mad batters at yahoo dot co dot uk", "email big dave seventy two at gmail dot com".
    """
    for back in range(i, max(-1, i - _MOST_MAIL), -1):
        low = tokens[back].low
        if low in STOPPING and low not in _WITHIN:
            return i
        before = tokens[back - 1].low if back and tokens[back].near else ""
        if before in _MAIL_LEADS or (not before and back < i):
            return back
    return i


def _sites(tokens: Sequence[_Token]) -> Iterator[tuple[int, int]]:
    i = 1
    while i < len(tokens):
        end = _ending(tokens, i, said=True) if tokens[i].low == "dot" else 0
        if not end or not tokens[i].near:
            i += 1
            continue
        yield tokens[_site(tokens, i - 1)].start, tokens[_path(tokens, end) - 1].end
        i = end


def _site(tokens: Sequence[_Token], i: int) -> int:
    """Return the first word of a site's name that ends with word i.

    Words before it are parts of it where it is plain how far back they go.
    """
    said = _said_www(tokens, i)
    if said is not None:
        return said
    first = i
    while first > 1 and tokens[first].near and tokens[first - 1].low == "dot":
        first -= 2
    back = first
    while back > 0 and tokens[back].near and tokens[back - 1].low not in _BEFORE:
        back -= 1
    led = _led(tokens, first)
    sure = tokens[back].low in _WEB or first - back < _MOST_SITE
    return (
        min(led, back)
        if sure and led < first
        else (led if led < first else back if sure else first)
    )


def _said_www(tokens: Sequence[_Token], i: int) -> int | None:
    """Return where "w w w dot" or "h t t p" begins whose site's name ends with word `i`.

    After it everything belongs to the name, however ordinary its words are.
    """
    first = None
    for back in range(i, max(-1, i - _MOST_WWW), -1):
        if tokens[back].low in _WEB | _HTTP:
            first = back
        elif first is not None and tokens[back].low not in _BETWEEN_WWW:
            break
        if not tokens[back].near:
            break
    return first


def _led(tokens: Sequence[_Token], first: int) -> int:
    """Return where a name that ends with word `first` begins by what leads up to it.

    "It's grumpy in gorsely dot ..."; `first` where nothing does, or where words of a sentence
    stand between.
    """
    for back in range(first, max(0, first - _MOST_LED), -1):
        low, before = tokens[back].low, tokens[back - 1].low
        if not tokens[back].near or (low in STOPPING and low not in _WITHIN):
            return first
        if before in _LEADS:
            return back if low not in _WITHIN or back == first else first
    return first


def _path(tokens: Sequence[_Token], end: int) -> int:
    """Return what follows the path of a site whose host ends before word `end`."""
    while end + 1 < len(tokens) and tokens[end].near:
        slash = end + (tokens[end].low in {"forward", "back"})
        if slash + 1 >= len(tokens) or tokens[slash].low not in {"slash", "slashes"}:
            break
        if not _all_near(tokens, end, slash + 2):
            break
        end = _page(tokens, slash + 1)
    return end


def _page(tokens: Sequence[_Token], first: int) -> int:
    """Return what follows the name of a page that begins with word `first`."""
    end = first + 1
    while end < len(tokens) and tokens[end].near and end - first < _MOST_PAGE:
        low = tokens[end].low
        if low in {"dash", "hyphen", "underscore", "dot"} and end + 1 < len(tokens):
            end += 2
        elif low not in _IN_PAGE and (low in STOPPING or low in _BEFORE or low in _SLASHES):
            break
        else:
            end += 1
    end = min(end, len(tokens))
    while end > first + 1 and tokens[end - 1].low in _IN_PAGE:
        end -= 1
    return end
