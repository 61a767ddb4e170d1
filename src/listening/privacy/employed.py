"""Finds small firms and places of worship by what is said beside their names.

"She runs the Copper Kettle, the cafe by the bus stop", "at Dearden's doing his apprenticeship",
"cooks at bramble barn the soft play place", "the Kingdom Hall on Tarleton Road": the road stays.
"""

from __future__ import annotations

import re

from listening.privacy.called import NAMED, WHOSE, is_public
from listening.privacy.edits import Find
from listening.privacy.gazetteer import gazetteer
from listening.privacy.institutions import BIG_NAME, STOPPING, taken
from listening.privacy.trades import JOB, WORK
from listening.privacy.words import Bag

#: What a small firm is, said beside its name.
_FIRM = (
    r"(?:cafe|caf|shop|pub|salon|garage|takeaway|chippy|bakery|bakers?|butchers?"
    r"|solicitors?|factory|mill"
    r"|warehouse|firm|place|restaurant|hotel|nursery|club|builders?|roofers|plumbers"
    r"|barbers?|florists?"
    r"|newsagents?|corner[ ]shop|hairdressers?|lads|people|agency|laundry|printers|yard|farm)\b"
)
_FIRM_WORDS = """
cafe shop pub salon garage takeaway chippy bakery baker bakers butcher butchers solicitor
solicitors factory mill warehouse firm place restaurant hotel builders roofers plumbers barber
barbers florist florists newsagent newsagents hairdresser hairdressers agency laundry printers
yard farm
"""
_FIRMS = frozenset(_FIRM_WORDS.split())
_KEEPS = frozenset(["runs", "run", "own", "owns", "ran", "owned", "opened", "manages", "managed"])
#: "runs NAME, the cafe", and "at NAME, it's a factory" where work is spoken of.
_KEPT = re.compile(
    r"\b(?:runs?|ran|owns?|owned|opened|manages?|managed|took[ ]over|has)[ ]+"
    rf"{BIG_NAME}(?=,?[ ](?:it['’]?s[ ]|that['’]?s[ ])?(?:the|a"
    rf"|an)[ ](?:[\w'’]{{2,12}}[ ]){{0,2}}?{_FIRM})",
    re.IGNORECASE,
)
_AT = re.compile(
    rf"\b(?:at|for|with|from|in|down)[ ]+{BIG_NAME}(?=,?[ ](?:it['’]?s[ ]"
    rf"|that['’]?s[ ])?(?:the|a|an)[ ]"
    rf"(?:[\w'’]{{2,12}}[ ]){{0,2}}?{_FIRM})",
    re.IGNORECASE,
)
_SMALL_AT = re.compile(
    rf"\b(?:{JOB})(?:[ ](?!(?:and|but|at|for|with|from)\b)[\w'’-]{{1,14}}){{0,2}}[ ](?:at"
    rf"|for|with)[ ]"
    r"(?:the[ ])?(?P<it>[a-z'’]{3,16}(?:[ ](?:(?:and|&)[ ])?[a-z'’]{3,16}){0,2}?)"
    rf"(?=,?[ ](?:it['’]?s[ ]|that['’]?s[ ])?(?:the|a|an)[ ](?:[\w'’]{{2,12}}[ ]){{0,2}}?{_FIRM})"
)
#: Who learns a trade does so somewhere.
_TRAINED = re.compile(
    rf"\b(?:at|with)[ ]+{BIG_NAME}(?=,?[ ](?:doing|on|for|learning|serving"
    rf"|finishing)[ ](?:his|her|an?|my"
    r"|their|the)[ ](?:\w{2,12}[ ])?(?:apprenticeship|placement|training|traineeship"
    r"|nights|trade))",
    re.IGNORECASE,
)
_TRAINED_WORDS = frozenset(
    ["apprenticeship", "placement", "training", "traineeship", "trade", "nights"]
)
#: A small shop or firm by what it is: "the nail shop, Lotus Nails".
_SHOP = (
    r"(?:nail[ ]\w+|salon|garage|takeaway|chippy|barbers?|barber[ ]shop|bakery|butchers?|restaurant"
    r"|solicitors?|accountants?|corner[ ]shop|cafe|caff|launderette|newsagents?|florists?|tailors?"
    r"|builders|plumbers|hairdressers?|care[ ]company|charity|shop)"
)
_SHOP_WORDS = """
salon garage takeaway chippy barber barbers bakery butcher butchers restaurant solicitor
solicitors accountant accountants shop cafe caff launderette newsagent newsagents florist
florists tailor tailors builders plumbers hairdresser hairdressers charity nail
"""
_SHOPS = frozenset(_SHOP_WORDS.split())
_KEPT_SHOP = re.compile(
    rf"\b{WHOSE}[ ](?:[\w'’-]{{2,14}}[ ]){{0,2}}?{_SHOP}(?:,|[ ]?{NAMED})[ ]{BIG_NAME}"
    r"(?=[ ]?(?:[,.;:!?]|$)|[ ](?:on|in|by|at|down|up|off|round|is|was|has|does|gave|let|took)\b)",
    re.IGNORECASE,
)
#: What only an employer does.
_EMPLOYS = re.compile(
    rf"\b{BIG_NAME}(?=[ ](?:(?:took|taken|takes|kept|keep|laid|let|finished)[ ](?:me|us|him|her"
    r"|them)[ ](?:all[ ])?(?:on|off|go)|(?:sacked|hired|employs?|employed)[ ](?:me|us|him|her|them)"
    r"|(?:made|cut)[ ](?:me|us|him|her|them|my|our|his)[ ](?:redundant|hours))\b)",
    re.IGNORECASE,
)
_EMPLOYING = frozenset(["on", "off", "go", "sacked", "hired", "redundant", "hours", "employs"])
#: By their streets, where few of a town have one of these.
_HALL = re.compile(
    r"\b(?P<it>kingdom[ ]hall|(?:friends['’]?[ ])?meeting[ ]house|gurdwara|mandir|synagogue"
    r"|(?:methodist|baptist|pentecostal|spiritualist)[ ](?:church|chapel))"
    r"(?=[ ](?:on|in|down|off|up)[ ][A-Za-z'’]{3,14}(?:[ ][A-Za-z]{3,14})?"
    r"[ ](?:street|road|lane|avenue|hill|row|terrace|way|close|square)\b)",
    re.IGNORECASE,
)
_HALLS_WORDS = """
kingdom meeting gurdwara mandir synagogue methodist baptist pentecostal spiritualist
"""
_HALLS = frozenset(_HALLS_WORDS.split())
#: In small letters: what congregations are called, before or after a word of faith.
_GATHERED = re.compile(
    r"(?<![\w'’])(?P<it>(?:new|living|grace|trinity|christ|holy|abundant|victory|redeemed"
    r"|holy|all|st)[ ]"
    r"(?:[a-z'’]{3,12}[ ])?(?:assembly|tabernacle|methodist|baptist|pentecostal"
    r"|fellowship|rood|trinity"
    r"|souls|saints|ministries|urc)"
    r"|(?:grace|hope|trinity|bethany|emmanuel|kings|elim|beulah|carmel|providence|salem|zion)[ ]"
    r"(?:tabernacle|chapel|church|assembly|fellowship|baptist|methodist|urc|mission)"
    r"|(?:masjid|jamia|jami|darul|dar[ ]ul|gurdwara|mandir)[ ](?:(?:e|al|ul|us|un|guru"
    r"|sri|shri|masjid)"
    r"[ -])?(?!(?:is|was|has|on|in|for|and|are|they|that|who|where|people|near|down|up"
    r"|feeds?|gave|does"
    r"|do|did|round|by)\b)[a-z]{3,14})\b(?![ ]day)",
    re.IGNORECASE,
)
_GATHERED_TEXT = """
assembly tabernacle methodist baptist pentecostal fellowship rood trinity souls saints
ministries urc chapel church mission masjid jamia jami darul dar gurdwara mandir
"""
_GATHERED_WORDS = frozenset(_GATHERED_TEXT.split())


def find_employed(text: str, bag: Bag) -> list[Find]:
    """Return the small firms and places of worship that what is said beside them gives away.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    found: list[Find] = []
    if not bag.isdisjoint(_FIRMS):
        worked = not bag.isdisjoint(WORK)
        patterns = [_KEPT] * (not bag.isdisjoint(_KEEPS)) + [_AT] * worked
        found += [
            f for p in patterns for m in p.finditer(text) for f in taken(text, m, "employer", False)
        ]
        if worked:
            found += [
                Find(*m.span("it"), "employer") for m in _SMALL_AT.finditer(text) if _is_firm(m)
            ]
    told = [_KEPT_SHOP] * (not bag.isdisjoint(_SHOPS))
    told += [_EMPLOYS] * (not bag.isdisjoint(_EMPLOYING))
    for match in (match for pattern in told for match in pattern.finditer(text)):
        if not is_public(match["name"]):
            found += taken(text, match, "employer", False)
    if not bag.isdisjoint(_TRAINED_WORDS):
        found += [f for m in _TRAINED.finditer(text) for f in taken(text, m, "employer", False)]
    if not bag.isdisjoint(_HALLS):
        found += [Find(*match.span("it"), "faith") for match in _HALL.finditer(text)]
    if not bag.isdisjoint(_GATHERED_WORDS):
        found += [Find(*match.span("it"), "faith") for match in _GATHERED.finditer(text)]
    return found


def _is_firm(match: re.Match[str]) -> bool:
    """Whether words in small letters before what a firm is are its name."""
    words = match["it"].split()
    inner = [w for w in words if w != "and"]
    return not any(w in STOPPING for w in inner) and not (
        len(inner) == 1 and inner[0] in gazetteer().words
    )
