"""Finds institutions whose names nothing but their surroundings give away.

"Registered with Riverside", "goes to the Oaks", "we go to Bethel of a Sunday", "on shift at
Harrisons": what people do there says what it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from listening.privacy import cues
from listening.privacy.addresses import PROPER
from listening.privacy.edits import Find
from listening.privacy.gazetteer import gazetteer
from listening.privacy.trades import JOB, TRADES, WORK
from listening.privacy.words import ORDINARY, Bag, fold

_INITIAL = r"(?-i:[A-Z]\.?[ ](?:[A-Z]\.?[ ])?|(?:St|Dr)\.?[ ])"
CAPITALS = (
    rf"(?-i:(?:{_INITIAL})?{PROPER}(?:[ ](?:(?:and|&|of|of[ ]the)[ ])?{PROPER}){{0,3}}"
    rf"|[A-Z][ ]&[ ][A-Z](?:[ ]{PROPER}){{0,2}})"
)
_SMALL = r"(?-i:[a-z][a-z'’]{2,}(?:[ ][a-z'’]{2,}){0,3})"
_NAME = rf"(?:the[ ]+)?(?:(?P<name>{CAPITALS})|(?P<small>{_SMALL}))"
BIG_NAME = rf"(?:the[ ]+)?(?P<name>{CAPITALS})"
_IS = r"(?:['’]?s|[ ](?:is|was|are|were))"
_REGISTERED = frozenset(["register", "registered", "signed", "patient"])
_DOCTORS_WORDS = """
gp gps doctor doctors surgery practice receptionist list
"""
_DOCTORS = frozenset(_DOCTORS_WORDS.split())
_PRAYER_WORDS = """
pray prays prayed praying worship worships baptised christened sing sings sang congregation pastor
imam vicar usher choir mass jummah confirmed funeral fast
"""
_PRAYER = frozenset(_PRAYER_WORDS.split())
_FRIDAYS = frozenset(["sunday", "friday", "church", "chapel", "mosque", "temple", "gurdwara"])
_SCHOOLS = frozenset(["school", "primary", "academy", "nursery"])


class _Rule(NamedTuple):
    kind: str
    small: bool  # whether small letters are believed there
    bag: frozenset[str]  # words one of which the text must hold
    pattern: re.Pattern[str]


def _rule(kind: str, small: bool, bag: frozenset[str], pattern: str) -> _Rule:
    return _Rule(kind, small, bag, re.compile(pattern, re.IGNORECASE))


_RULES = (
    _rule(
        "surgery",
        True,
        _REGISTERED,
        rf"\b(?:register(?:ed)?|signed[ ]up|a[ ]patient)[ ]+(?:at|with)[ ]+{_NAME}",
    ),
    _rule(
        "surgery",
        True,
        _DOCTORS,
        rf"\bmy[ ](?:gp|doctor['’]?s|doctors|surgery|practice)(?:[ ]surgery)?"
        rf"(?:{_IS}|[ ](?:at|with))[ ]+(?:at[ ]+|with[ ]+|called[ ]+)?{_NAME}",
    ),
    _rule(
        "surgery",
        False,
        _DOCTORS | {"appointment", "appointments"},
        r"\b(?:gps?|doctor['’]?s?|doctors|receptionists?|surgery|appointments?|list)"
        rf"(?:{_IS})?[ ]+(?:(?:at|with|from)[ ]+)?{BIG_NAME}",
    ),
    _rule(
        "surgery",
        False,
        _DOCTORS,
        rf"\b(?:at|with|under|from|to)[ ]+{BIG_NAME}(?=,?[ ](?:that['’]?s[ ]my[ ]|my[ ]|the[ ]"
        r"|it['’]?s[ ](?:the|a|my)[ ])(?:surgery|gp|doctor|practice))",
    ),
    _rule(
        "surgery",
        False,
        _DOCTORS | {"appointment", "appointments"},
        rf"\b(?:changed|moved|switched|transferred|all)[ ](?:over[ ])?(?:to|at)[ ]+{BIG_NAME}"
        r"(?=.{0,60}\b(?:list|surgery|gps?|doctors?|appointments?)\b)",
    ),
    _rule(
        "surgery",
        False,
        _DOCTORS | {"prescription", "bloods", "jab", "triage"},
        r"\b(?:bloods?|prescriptions?|triage|waiting[ ]room|jabs?|smear|check[- ]?up|link[ ]worker)"
        rf"[ ]+(?:at|from)[ ]+{BIG_NAME}",
    ),
    _rule(
        "surgery",
        False,
        frozenset(["list", "books"]),
        rf"\b{BIG_NAME}(?=[ ](?:shut|shuts|closed|opened)[ ](?:its|their)[ ](?:list|books))",
    ),
    _rule(
        "surgery",
        False,
        frozenset(["patients", "changed", "moved", "switched"]),
        rf"\b(?:patients[ ](?:at|of|with)|(?:changed|moved|switched)[ ]from)[ ]+{BIG_NAME}"
        r"(?=[ ](?:have|are|had|were|get|say)\b"
        r"|[ ]to[ ].{0,40}\b(?:surgery|practice|medical|doctors)\b)",
    ),
    _rule(
        "school",
        True,
        frozenset(["evening", "gates", "reception", "gcses", "levels", "sixth"]),
        r"\b(?:parents['’]?[ ]evening|(?:the|school)[ ]gates|reception|gcses|a[ ]levels"
        rf"|sixth[ ]form)[ ]at[ ]+{_NAME}",
    ),
    _rule(
        "surgery",
        False,
        frozenset(["medical"]),
        rf"(?P<name>(?-i:(?:{PROPER}[ ]){{1,3}}Medical))\b(?![ ](?-i:[A-Z]))",
    ),
    _rule(
        "school",
        True,
        frozenset(["high"]),
        r"\b(?:from|at|to|goes|attends?)[ ](?P<small>(?-i:[a-z'’]{4,}))(?P<head>[ ]high)\b"
        r"(?![ ](?:street|road|rise|up|and|above))",
    ),
    _rule(
        "school",
        False,
        _SCHOOLS,
        r"\b(?:at|to|from|of|start(?:s|ed)?|joined|attends?|attended|left)[ ]+(?:in[ ]|at[ ])?"
        rf"{BIG_NAME}(?=[,]?[ ](?:it['’]?s[ ]a|that['’]?s[ ]the|the|an?)[ ]\w{{0,12}}[ ]?"
        r"(?:school|primary|academy|nursery))",
    ),
    _rule(
        "school",
        False,
        _SCHOOLS,
        rf"\b(?:school|nursery|academy)(?:{_IS})[ ]+(?:at[ ])?{BIG_NAME}",
    ),
    _rule(
        "faith",
        False,
        _FRIDAYS,
        rf"\bmy[ ](?:church|chapel|mosque|temple|gurdwara)(?:{_IS})[ ]+"
        rf"(?:at[ ]|called[ ])?{BIG_NAME}",
    ),
    _rule(
        "faith",
        True,
        _FRIDAYS | {"prayers", "mass"},
        rf"\b(?:go(?:es|ing)?|went)[ ](?:along[ ])?(?:to[ ])?{_NAME}"
        r"(?=[ ]for[ ](?:church|mass|prayers?|friday))",
    ),
    _rule(
        "faith",
        True,
        _PRAYER,
        r"\b(?:(?:pray(?:s|ed|ing)?|worship(?:s|ped|ping)?|baptised|christened|sings?|sang|usher"
        r"|congregation|choir|mass|jummah|confirmed|funeral(?:[ ]was)?|break[ ]fast)"
        rf"[ ]+at|(?:pastor|imam|vicar)[ ]+(?:at|of|from))[ ]+{_NAME}",
    ),
    _rule(
        "faith",
        False,
        _FRIDAYS,
        rf"\b(?:at|to|from)[ ]+{BIG_NAME}(?=,?[ ](?:of[ ]a[ ]sunday|(?:every|on[ ]a?|each)[ ]?"
        r"(?:sunday|friday)|the[ ](?:church|chapel|mosque|temple|gurdwara)|for[ ]church))",
    ),
    _rule(
        "faith",
        False,
        _FRIDAYS,
        rf"\b(?:every|on[ ]a|of[ ]a)[ ](?:friday|sunday)[ ](?:i['’]?m|we['’]?re|i[ ]am|we[ ]are"
        rf"|i[ ]go|we[ ]go)[ ](?:at|to)[ ]+{BIG_NAME}",
    ),
    _rule(
        "faith",
        False,
        frozenset(["married", "buried", "christened", "baptised"]),
        rf"\b(?:married|buried|christened|baptised)[ ](?:\w{{2,8}}[ ])?"
        rf"(?:at|in|from)[ ]+{BIG_NAME}",
    ),
    _rule(
        "faith",
        True,
        frozenset(["temple", "gurdwara", "mandir", "masjid", "mosque", "baptist", "methodist"]),
        r"\b(?P<small>(?-i:[a-z'’]{4,}(?:[ ][a-z'’]{4,})?))"
        r"(?P<head>[ ](?:temple|gurdwara|mandir|masjid|mosque|baptist|methodist))\b",
    ),
    _rule(
        "employer",
        True,
        WORK,
        rf"\b(?:{JOB})(?:[ ](?!(?:and|but|at|for|with|from)\b)[\w'’-]{{1,14}}){{0,3}}?,?[ ]+"
        rf"(?:at|for|with|from|by)[ ]+{_NAME}",
    ),
    _rule(
        "employer",
        False,
        frozenset(
            ["working", "year", "years", "boy", "line", "bottling", "tills", "lorries", "vans"]
        ),
        r"\b(?:were|was|been|i['’]?m|am|is|he['’]?s|she['’]?s)[ ](?:\w{1,10}[ ]){0,2}"
        rf"(?:at|with)[ ]+{BIG_NAME}(?=,?[ ](?:(?:all|for|nearly|about)[ ])?(?:my[ ]working"
        r"|[\w-]{2,14}[ ]years?\b|man[ ]and[ ]boy"
        r"|on[ ]the[ ](?:line|bottling|tills|lorries|buses|vans|factory)))",
    ),
)
#: A school by what its people do: only where pupils or teachers are spoken of.
_SCHOOLED = re.compile(
    r"\b(?:go(?:es|ing)?|went|is|are|was|were|i['’]?m|he['’]?s|she['’]?s|they['’]?re|lads?|girls?"
    r"|boys?|kids|twins|two|three|eldest|youngest|start(?:s|ed)?|excluded|teach(?:es)?|taught"
    r"|governor|ta|lady|one|four|five|six|seven|eight|nine|ten|eleven|reception|levels|gcses"
    rf"|(?:have|take)[ ](?:him|her)|place)[ ]+(?:at|to|from|of)[ ]+{BIG_NAME}",
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
    r"(?<![\w'’])(?P<name>(?:Mount[ ])?(?:Bethel|Ebenezer|Zion|Calvary|Elim|Salem|Bethesda|Rehoboth"
    r"|Hebron|Moriah|Horeb|Siloam|Bethania|Gethsemane)"
    r"(?:[ ](?:Hall|House|Chapel|Centre|Church|Mission|Methodist|Baptist|Pentecostal|Tabernacle))?"
    r"|Ramgarhia|Nanaksar|Singh[ ]Sabha|Swaminarayan|Ghamkol[ ]Sharif|Ghausia|Ghousia|Hanfia"
    r"|(?:Masjid|Gurdwara|Jamia|Jami|Darul|Dar-ul|Dar[ ]ul|Markaz|Madina|Mandir|Vihara)"
    r"(?:[ -][A-Z][\w'’-]*){1,3}"
    r"|(?:Our[ ]Lady|St\.?[ ][A-Z]\w+|Holy[ ]\w+|Sacred[ ]Heart)['’]s(?=[ ](?:open|church|do|run))"
    r"|(?:[A-Z][\w'’-]*[ ]){1,2}(?:Chapel|Tabernacle))"
    r"(?![ ](?:Street|Road|Hill|Lane|Ave|Close))"
)
#: The same chapels as a machine writes them: "got married in bethesda".
_SMALL_HOLY = re.compile(
    r"\b(?:married|buried|christened|baptised|preached|worships?|chapel)[ ](?:in|at|from)[ ]"
    r"(?P<it>(?:mount[ ])?(?:bethel|ebenezer|zion|calvary|elim|salem|bethesda|rehoboth|hebron"
    r"|moriah|horeb|siloam|bethania|gethsemane))\b"
)
_WANTED = frozenset().union(_PUPILS, *(rule.bag for rule in _RULES))
#: A name inside a sentence.
_CAPITAL = re.compile(r"[\w,][ ](?!I\b)[A-Z]")
#: Beside these, names of ordinary words in small letters are believed.
_SMALL_CUES = frozenset().union(*(r.bag for r in _RULES if r.small and r.kind != "employer"))
_HOLY_TEXT = """
bethel ebenezer zion calvary elim salem bethesda rehoboth hebron moriah horeb siloam bethania
gethsemane ramgarhia nanaksar singh swaminarayan ghamkol ghausia ghousia hanfia church ministries
assemblies masjid gurdwara jamia jami darul dar markaz madina mandir vihara chapel tabernacle
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
ramadan english maths job housing benefit allowance children adults adult age
facebook zoom teams whatsapp google
"""
_PUBLIC = frozenset(_PUBLIC_WORDS.split())
_TOLD = frozenset(["sons", "home"])
_ROADS = frozenset(["road", "street", "lane", "avenue", "park", "station", "market"])
_STOPPING_WORDS = """
and but or so cos because that which who they he she we you i it its in on for at to from with when
where while since till until then is was are were has had have do does did if as my me his her our
the a an this there every all any some no not now here again ever never also like just really only
about over out up down by of im ive shes hes theyre weve
"""
STOPPING = frozenset(_STOPPING_WORDS.split())


def find_institutions(text: str, bag: Bag) -> list[Find]:
    """Return the surgeries, schools, faith centres and employers that what is done there tells.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    found: list[Find] = []
    if not bag.isdisjoint(_HOLY_WORDS):
        found += [Find(*m.span(), "faith") for m in _HOLY.finditer(text)]
        found += [Find(*m.span("it"), "faith") for m in _SMALL_HOLY.finditer(text)]
    if bag.isdisjoint(_WANTED):
        return found
    capital = _CAPITAL.search(text) is not None
    if not capital and bag <= gazetteer().words and bag.isdisjoint(_SMALL_CUES | _TOLD):
        return found
    for rule in _RULES:
        if (capital or rule.small) and not bag.isdisjoint(rule.bag):
            for match in rule.pattern.finditer(text):
                found += taken(text, match, rule.kind, rule.small)
    if capital and not bag.isdisjoint(_PUPILS):
        for match in _SCHOOLED.finditer(text):
            found += taken(text, match, "school", False)
    return found


def taken(text: str, match: re.Match[str], kind: str, sure: bool) -> list[Find]:
    """Return the name that a rule's match holds, if it is one.

    Args:
        text: one text.
        match: a match with a group `name`, or `small` for one in small letters.
        kind: what the rule takes it for.
        sure: whether small letters are believed there.
    """
    if match.groupdict().get("name"):
        start, end = match.span("name")
        articled = text[:start].rstrip().lower().endswith(" the")
        return [Find(start, end, kind)] if _is_named(text[start:end], kind, articled) else []
    return _small(match, kind) if sure else []


def _is_named(name: str, kind: str, articled: bool) -> bool:
    """Whether capitalised words name an institution, and no place, person, brand or service."""
    lists = gazetteer()
    words = [fold(w).removesuffix("'s") for w in re.findall(r"[\w&'’-]+", name)]
    firm = _is_called_a_firm(name, words) and kind == "employer"
    public = _PUBLIC - _ROADS if kind == "surgery" else _PUBLIC
    short = len(name) < 5 and name.isupper() and kind != "employer"
    service = not public.isdisjoint(words) and not firm
    branded = kind != "employer" and not cues.BRANDS.isdisjoint(words)
    if short or service or branded or _NO_NAME.search(name) or words[0] in _NO_BEGINNING:
        return False
    if len(words) > 1:
        person = all(w in lists.names for w in words) and kind == "employer" and not firm
        plain = kind == "surgery" and all(w in ORDINARY for w in words)
        return not person and not plain and tuple(words) not in lists.places.get(words[0], ())
    word = words[0]
    owned = name.endswith(("'s", "’s")) and kind == "employer"
    ordinary = word in ORDINARY and (articled or word not in cues.BRANDS)
    town = word in lists.towns and kind in {"employer", "school", "faith"}
    return not ordinary and (articled or not (town or (word in lists.first and not owned)))


def _is_called_a_firm(name: str, words: list[str]) -> bool:
    return words[-1] in TRADES | {"house"} or "care home" in name.lower() or "&" in name


_NO_NAME = re.compile(r"\d|^A ?& ?E\b")
_NO_BEGINNING = cues.TONGUES | cues.KIN | (cues.TITLES - {"sir"})


def _small(match: re.Match[str], kind: str) -> list[Find]:
    """Take the words of a small-letter name up to the first that goes on with the sentence."""
    words: list[re.Match[str]] = []
    start = match.start("small")
    for word in re.finditer(r"[a-z'’]+", match["small"]):
        if word.group() in STOPPING and not (
            word.group() == "and" and match["small"].endswith("and sons")
        ):
            break
        words.append(word)
    if not words:
        return []
    lists, keys = gazetteer(), [w.group().replace("’", "'") for w in words]
    odd = [k not in lists.words and k not in lists.towns and k not in lists.first for k in keys]
    if kind == "employer":
        told = len(keys) > 1 and (keys[-1] in TRADES or keys[-2:] == ["care", "home"])
        firm = told and keys[0] not in ORDINARY
        unheard = odd[0] and len(keys[0]) > 4
        if not (firm or unheard):
            return []
        if not firm:
            words = words[: 2 if len(odd) > 1 and odd[1] else 1]
    elif not (_PUBLIC - _ROADS).isdisjoint(keys) or keys[0] in NOT_NAMED or keys[0] in cues.BRANDS:
        return []
    if kind in {"faith", "school"} and all(k in ORDINARY for k in keys):
        return []  # "pray at the time"
    headed = match.groupdict().get("head")
    if headed and not (any(odd) or (headed.endswith("ist") and keys[-1] not in ORDINARY)):
        return []
    end = match.end("head") if headed else start + words[-1].end()
    return [Find(start + words[0].start(), end, kind)]


#: After "my doctors is" or "registered with", and no surgery's name.
_NOT_NAMED_WORDS = """
a an dr doctor them him someone somebody local new good great lovely brilliant useless shocking
rubbish terrible amazing very so too ok okay alright nice bad awful closed shut full always rude
kind excellent fine near far quite really mum dad home work school church mosque temple different
another disabled blind deaf vote partially one two three people front doing trying being looking
says said told gave never sent kept put got been going took thinks thought tells wants refused
dentist agency service events surgery there receptionist appointment just choir
"""
NOT_NAMED = frozenset(_NOT_NAMED_WORDS.split())
