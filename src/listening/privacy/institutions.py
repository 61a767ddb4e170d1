"""Finds institutions whose names nothing but their surroundings give away.

"Registered with Riverside", "goes to the Oaks", "we go to Bethel of a Sunday", "on shift at
Harrisons": what people do there says what it is.
"""

from __future__ import annotations

import re

from listening.privacy import cues
from listening.privacy.addresses import PROPER
from listening.privacy.edits import Find
from listening.privacy.gazetteer import gazetteer
from listening.privacy.words import ORDINARY, Bag, fold

_INITIAL = r"(?-i:[A-Z]\.?[ ](?:[A-Z]\.?[ ])?|(?:St|Dr)\.?[ ])"
_CAPITALS = (
    rf"(?-i:(?:{_INITIAL})?{PROPER}(?:[ ](?:(?:and|&|of|of[ ]the)[ ])?{PROPER}){{0,3}}"
    rf"|[A-Z][ ]&[ ][A-Z](?:[ ]{PROPER}){{0,2}})"
)
_SMALL = r"(?-i:[a-z][a-z'’]{2,}(?:[ ][a-z'’]{2,}){0,3})"
_NAME = rf"(?:the[ ]+)?(?:(?P<name>{_CAPITALS})|(?P<small>{_SMALL}))"
_BIG_NAME = rf"(?:the[ ]+)?(?P<name>{_CAPITALS})"
_IS = r"(?:['’]?s|[ ](?:is|was|are|were))"

#: kind, whether small letters and ordinary words are believed there, pattern.
_PATTERNS = (
    (
        "surgery",
        True,
        rf"\b(?:register(?:ed)?|signed[ ]up|a[ ]patient)[ ]+(?:at|with)[ ]+{_NAME}",
    ),
    (
        "surgery",
        True,
        rf"\bmy[ ](?:gp|doctor['’]?s|doctors|surgery|practice)(?:[ ]surgery)?(?:{_IS}|[ ](?:at|with))[ ]+"
        rf"(?:at[ ]+|with[ ]+|called[ ]+)?{_NAME}",
    ),
    (
        "surgery",
        False,
        rf"\b(?:gps?|doctor['’]?s?|doctors|nurses?|receptionists?|surgery|appointments?|list)"
        rf"(?:{_IS})?[ ]+(?:(?:at|with|from)[ ]+)?{_BIG_NAME}",
    ),
    (
        "surgery",
        False,
        rf"\b(?:at|with|under|from|to)[ ]+{_BIG_NAME}(?=,?[ ](?:that['’]?s[ ]my[ ]|my[ ]|the[ ]|it['’]?s"
        r"[ ](?:the|a|my)[ ])(?:surgery|gp|doctor|practice))",
    ),
    (
        "surgery",
        False,
        rf"\b(?:changed|moved|switched|transferred|all)[ ](?:over[ ])?(?:to|at)[ ]+{_BIG_NAME}"
        r"(?=.{0,60}\b(?:list|surgery|gps?|doctors?|appointments?)\b)",
    ),
    (
        "surgery",
        False,
        rf"\b{_BIG_NAME}(?=[ ](?:shut|shuts|closed|opened)[ ](?:its|their)[ ](?:list|books))",
    ),
    ("surgery", False, rf"(?P<name>(?-i:(?:{PROPER}[ ]){{1,3}}Medical))\b(?![ ](?-i:[A-Z]))"),
    (
        "school",
        True,
        r"\b(?:from|at|to|goes|attends?)[ ](?P<small>[a-z'’]{4,})[ ]high\b"
        r"(?![ ](?:street|road|rise|up|and|above))",
    ),
    (
        "faith",
        True,
        r"\b(?P<small>(?:shri|shree|sri|guru|masjid|[a-z'’]{4,}))"
        r"(?=(?:[ ][a-z'’]{4,})?[ ](?:temple|gurdwara|mandir|masjid|mosque)\b)",
    ),
    (
        "school",
        False,
        r"\b(?:at|to|from|of|start(?:s|ed)?|joined|attends?|attended|left)[ ]+(?:in[ ]|at[ ])?"
        rf"{_BIG_NAME}(?=[,]?[ ](?:it['’]?s[ ]a|that['’]?s[ ]the|the|an?)[ ]\w{{0,12}}[ ]?(?:school"
        r"|primary|academy|nursery))",
    ),
    (
        "faith",
        True,
        r"\b(?:go(?:es|ing)?|went)[ ](?:along[ ])?(?:to[ ])?(?:the[ ]+)?"
        rf"(?:(?P<name>{_CAPITALS})|(?P<small>{_SMALL}))(?=[ ]for[ ](?:church|mass|prayers?|friday))",
    ),
    (
        "faith",
        True,
        r"\b(?:pray(?:s|ed|ing)?|worship(?:s|ped|ping)?|baptised|christened|sing|sings|sang"
        r"|congregation|pastor|imam|vicar|usher|choir|mass|jummah|confirmed|funeral(?:[ ]was)?"
        r"|break[ ]fast|open[ ]our[ ]fast|services?)"
        rf"[ ]+(?:at|of|from)[ ]+{_NAME}",
    ),
    (
        "faith",
        False,
        rf"\b(?:at|to|from)[ ]+{_BIG_NAME}(?=,?[ ](?:of[ ]a[ ]sunday|(?:every|on[ ]a?|each)[ ]?"
        r"(?:sunday|friday)|the[ ](?:church|chapel|mosque|temple|gurdwara)|for[ ]church))",
    ),
    (
        "faith",
        False,
        rf"\b(?:every|on[ ]a|of[ ]a)[ ](?:friday|sunday)[ ](?:i['’]?m|we['’]?re|i[ ]am|we[ ]are"
        rf"|i[ ]go|we[ ]go)[ ](?:at|to)[ ]+{_BIG_NAME}",
    ),
    (
        "faith",
        False,
        rf"\b(?:married|buried|christened|baptised)[ ](?:\w{{2,8}}[ ])?(?:at|in|from)[ ]+{_BIG_NAME}",
    ),
    (
        "employer",
        True,
        r"\b(?:work(?:s|ed|ing)?|shifts?|employed|job|carer|cleaner|cleans?|cleaned|cleaning|driver"
        r"|drives?|driving|drove|reception|receptionist|labouring|labours?|warehouseman|warehouse"
        r"|apprentice(?:ship)?|checkouts|tills|packs?|picks?|weaver|welder|fitter|security|porter"
        r"|contract|zero[ ]hours|career|redundant|laid[ ](?:us|me|him|her|them|off)|sacked|took[ ]on"
        r"|taken[ ]on|kept[ ]me|hired|years?|nights|days|mate|chef|cook|machinist|foreman|temp(?:s|ing)?"
        r"|started|hair|agency|retired)"
        rf"(?:[ ](?!and\b|but\b|at\b|for\b|with\b|from\b)[\w'’-]{{1,14}}){{0,3}}?,?[ ]+(?:at|for|with|from|by)[ ]+{_NAME}",
    ),
    (
        "employer",
        False,
        r"\b(?:were|was|been|i['’]?m|am|is|he['’]?s|she['’]?s)[ ](?:\w{1,10}[ ]){0,2}(?:at|with)[ ]+"
        rf"{_BIG_NAME}(?=,?[ ](?:(?:all|for|nearly|about)[ ])?(?:my[ ]working|[\w-]{{2,14}}[ ]years?\b"
        r"|man[ ]and[ ]boy|on[ ]the[ ](?:line|bottling|tills|lorries|buses|vans|factory)))",
    ),
)
_COMPILED = tuple((k, sure, re.compile(p, re.IGNORECASE)) for k, sure, p in _PATTERNS)
#: A school by what its people do: only where pupils or teachers are spoken of.
_SCHOOLED = re.compile(
    r"\b(?:go(?:es|ing)?|went|is|are|was|were|i['’]?m|he['’]?s|she['’]?s|they['’]?re|lads?|girls?|boys?|kids|twins|two|three|eldest"
    r"|youngest|start(?:s|ed)?|excluded|teach(?:es)?|taught|governor|ta|lady|six|seven|eight|nine"
    r"|ten|eleven|one|two|three|four|five|reception|levels|gcses|have[ ]him|have[ ]her|take[ ]him|place)[ ]+"
    rf"(?:at|to|from|of)[ ]+{_BIG_NAME}",
    re.IGNORECASE,
)
_PUPIL_WORDS = """
school schools year reception gcses gcse levels exams teacher teachers teaches teach taught governor
ta dinner pupils excluded bullied uniform nursery twins autism autistic sen senco grandkids
grandchildren kids eldest youngest girls boys lad lads daughter son grandson granddaughter
"""
_PUPILS = frozenset(_PUPIL_WORDS.split())
#: Names of chapels, and what mosques and temples begin with.
_HOLY = re.compile(
    r"(?<![\w'’])(?P<name>(?:(?:Mount[ ])?(?:Bethel|Ebenezer|Zion|Calvary|Elim|Salem|Bethesda|Rehoboth"
    r"|Hebron|Moriah|Horeb|Siloam|Bethania|Gethsemane)|(?:Masjid|Gurdwara|Jamia|Jami|Darul|Dar-ul"
    r"|Dar[ ]ul|Markaz|Madina|Mandir|Vihara)(?:[ -][A-Z][\w'’-]*){1,3}"
    r"|(?:Our[ ]Lady|St\.?[ ][A-Z]\w+|Holy[ ]\w+|Sacred[ ]Heart)['’]s(?=[ ](?:open|church|do|does|run)))"
    r"|(?:[A-Z][\w'’-]*[ ]){1,2}(?:Chapel|Tabernacle|Assembly))(?![ ](?:Street|Road|Hill|Lane|Ave|Close))"
)
_CUE_WORDS = """
register registered signed patient gp gps doctor doctors surgery practice nurse nurses receptionist
appointment appointments list pray prays prayed praying worship worships church mass choir pastor
imam vicar usher sing sings sang sunday friday fast funeral married buried christened baptised
services service mosque temple chapel gurdwara work works worked working shift shifts employed job
carer cleaner clean cleans cleaned cleaning driver drive drives driving drove reception receptionist
labouring warehouseman warehouse apprentice apprenticeship checkouts tills packs picks pack pick
weaver welder fitter security porter contract hours career redundant laid sacked took taken kept
hired year years nights days mate chef cook machinist foreman started hair agency retired working
academy primary
"""
_WANTED = frozenset(_CUE_WORDS.split()) | _PUPILS
_HOLY_TEXT = """
bethel ebenezer zion calvary elim salem bethesda rehoboth hebron moriah horeb siloam bethania
gethsemane masjid gurdwara jamia jami darul dar markaz madina mandir vihara chapel tabernacle
assembly lady holy sacred st
"""
_HOLY_WORDS = frozenset(_HOLY_TEXT.split())
#: Bodies and things that are no institution of anybody's.
_PUBLIC_WORDS = """
nhs hospital hospitals university jobcentre infirmary council borough government dwp police hmrc
authority tfl station park road street lane avenue library market a&e ward estate prison airport gp
mp mps citizens advice social services home office court parliament brexit covid clinic i universal
credit centre hub bus train pip esa monday tuesday wednesday thursday friday saturday sunday january
february march april may june july august september october november december christmas easter eid
ramadan english maths job housing benefit allowance children adults adult age facebook zoom teams whatsapp google
"""
_PUBLIC = frozenset(_PUBLIC_WORDS.split())
_ROADS = frozenset(["road", "street", "lane", "avenue", "park", "station", "market"])
_TRADES_WORDS = """
farm farms sons laundry bakery bakers factory cafe garage builders cleaners homecare foods motors
engineering steel textiles haulage logistics transport butchers brewery printers plastics cabs taxis
security scaffolding roofing plumbing logistics removals catering nurseries mills
"""
_TRADES = frozenset(_TRADES_WORDS.split())
_STOPPING_WORDS = """
and but or so cos because that which who they he she we you i it its in on for at to from with when
where while since till until then is was are were has had have do does did if as my me his her our
the a an this there every all any some no not now here again ever never also like just really only
about over out up down by of im ive shes hes theyre weve
"""
_STOPPING = frozenset(_STOPPING_WORDS.split())


def find_institutions(text: str, bag: Bag) -> list[Find]:
    """Return the surgeries, schools, faith centres and employers that what is done there tells.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    found: list[Find] = []
    if not bag.isdisjoint(_HOLY_WORDS):
        found += [Find(*m.span(), "faith") for m in _HOLY.finditer(text)]
    if bag.isdisjoint(_WANTED):
        return found
    for kind, sure, pattern in _COMPILED:
        for match in pattern.finditer(text):
            found += _taken(text, match, kind, sure)
    if not bag.isdisjoint(_PUPILS):
        for match in _SCHOOLED.finditer(text):
            found += _taken(text, match, "school", False)
    return found


def _taken(text: str, match: re.Match[str], kind: str, sure: bool) -> list[Find]:
    if match.groupdict().get("name"):
        start, end = match.span("name")
        articled = text[:start].rstrip().lower().endswith(" the")
        return [Find(start, end, kind)] if _is_named(text[start:end], kind, articled) else []
    return _small(match, kind) if sure else []


def _is_named(name: str, kind: str, articled: bool) -> bool:
    """Whether capitalised words name an institution, and no place, person, brand or service."""
    lists = gazetteer()
    words = [fold(w).removesuffix("'s") for w in re.findall(r"[\w&'’-]+", name)]
    home = "care home" in name.lower()
    public = _PUBLIC - _ROADS if kind == "surgery" else _PUBLIC
    if not words or (not public.isdisjoint(words) and not home):
        return False
    if kind != "employer" and not cues.BRANDS.isdisjoint(words):
        return False
    if words[0] in cues.TONGUES or words[0] in cues.KIN or words[0] in cues.TITLES - {"sir"}:
        return False
    if len(words) > 1:
        firm = words[-1] in _TRADES | {"house", "home"} or home or "&" in name
        person = all(w in lists.names for w in words) and kind == "employer" and not firm
        return not person and tuple(words) not in lists.places.get(words[0], ())
    word = words[0]
    owned = name.endswith(("'s", "’s"))
    if word in lists.first and not (owned and kind == "employer"):
        return False
    if articled:
        return word not in ORDINARY
    if word in lists.towns and kind in {"employer", "school"}:
        return False
    return word not in ORDINARY or word in cues.BRANDS


def _small(match: re.Match[str], kind: str) -> list[Find]:
    """Take the words of a small-letter name up to the first that goes on with the sentence."""
    words: list[re.Match[str]] = []
    start = match.start("small")
    for word in re.finditer(r"[a-z'’]+", match["small"]):
        if word.group() in _STOPPING and not (
            word.group() == "and" and match["small"].endswith("and sons")
        ):
            break
        words.append(word)
    if not words:
        return []
    lists, keys = gazetteer(), [w.group().replace("’", "'") for w in words]
    odd = [k not in lists.words and k not in lists.towns and k not in lists.first for k in keys]
    if kind == "employer":
        told = len(keys) > 1 and (keys[-1] in _TRADES or keys[-2:] == ["care", "home"])
        firm = told and keys[0] not in ORDINARY
        unheard = odd[0] and len(keys[0]) > 4
        if not (firm or unheard):
            return []
        if not firm:
            words = words[: 2 if len(odd) > 1 and odd[1] else 1]
    elif not (_PUBLIC - _ROADS).isdisjoint(keys) or keys[0] in _NOT_NAMED or keys[0] in cues.BRANDS:
        return []
    return [Find(start + words[0].start(), start + words[-1].end(), kind)]


#: After "my doctors is" or "registered with", and no surgery's name.
_NOT_NAMED_WORDS = """
a an dr doctor them him someone somebody local new good great lovely brilliant useless shocking
rubbish terrible amazing very so too ok okay alright nice bad awful closed shut full always rude
kind excellent fine near far quite really mum dad home work school church mosque temple different
another disabled blind deaf vote partially one two three people front doing trying being looking
says said told gave never sent kept put got been going took thinks thought tells wants refused
dentist agency service events surgery there receptionist appointment just choir
"""
_NOT_NAMED = frozenset(_NOT_NAMED_WORDS.split())
