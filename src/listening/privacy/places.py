"""Finds addresses, schools, surgeries, faith centres and employers; public places stay.

A district, an estate, a road without a number, a park or a station is evidence about a place and
nobody's address. What goes needs a name of its own: "Oakwood Primary" goes, "a primary school" and
"Sunday School" stay.
"""

from __future__ import annotations

import re

from listening.privacy import cues
from listening.privacy.addresses import PROPER, ROAD_ONLY, find_addresses
from listening.privacy.called import find_called
from listening.privacy.care import find_care
from listening.privacy.chains import find_chains
from listening.privacy.edits import Find
from listening.privacy.employed import find_employed
from listening.privacy.gazetteer import gazetteer
from listening.privacy.homes import find_homes
from listening.privacy.institutions import find_institutions
from listening.privacy.saints import find_dedicated
from listening.privacy.taught import find_taught
from listening.privacy.trades import FIRMS, JOB, TRADES, WORK
from listening.privacy.words import ORDINARY, Bag

#: Words that may stand before the name proper; they are no part of it.
_LEAD = re.compile(
    r"(?i:the|a|an|at|my|our|his|her|their|your|in|to|from|of|and|&|for|with|by|near"
    r"|i|we|when|is|was|went|go|this|that|but|because|so|then|like|on)"
)
_BACK = re.compile(rf"(?:(?:St\.|{PROPER})[ ]+(?:(?:of|and|&|upon)[ ]+(?={PROPER}))?)+$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;…\n\"“(])[\s\"'“(]*$")
_NOT_AFTER = rf"(?![ ]+(?i:{ROAD_ONLY}|hospital|station|park|hill|close|way|estate|green|bus)\b)"

_KINDS = (
    (
        "school",
        re.compile(
            r"\b(?i:(?:(?:primary|infants?|junior|secondary|high|grammar|comprehensive|special|nursery"
            r"|church of england|c of e|ce|rc|catholic|community|girls['’]?|boys['’]?|free|prep"
            r"|preparatory|sixth form|pre)[ -]+)*(?:school|academy|college|nursery|preschool"
            r"|playgroup|primary|infants|juniors|sixth form)(?:[ ]school)?)\b"
            + _NOT_AFTER
            # "Whalley Range High": the school is left to be understood
            + r"|(?<=[a-z][ ])(?:High|Grammar|Girls|Boys|Comp)\b(?![ ](?:[A-Z]|street|road|rise))"
        ),
    ),
    (
        "surgery",
        re.compile(
            r"\b(?i:(?:gp|doctors?['’]?s?|medical|health|family|group|dental)[ ]+)*"
            r"(?i:surgery|practice"
            r"|(?:medical|health|healthcare|gp)[ ]+(?:centre|center|group|practice))\b"
        ),
    ),
    (
        "faith",
        re.compile(
            r"\b(?i:(?:parish|baptist|methodist|catholic|orthodox|pentecostal|central|community"
            r"|islamic|hindu|sikh|buddhist)[ ]+)*(?i:church(?!es)|cathedral|chapel|mosque|masjid"
            r"|temple|gurdwara|synagogue|mandir|tabernacle|ministries|islamic[ ]+centre|vihara|kirk"
            r"|shul|gospel[ ]hall|(?:parish|church)[ ]hall|pagoda|kovil|citadel|oratory|friary)\b"
            r"(?![ ]+(?i:of england|of scotland|road|street|lane|hill|school|primary|close|green))"
        ),
    ),
)
_HEAD_WORDS = """
school academy college nursery preschool playgroup primary infants juniors sixth surgery practice
centre center group church cathedral chapel mosque masjid temple gurdwara synagogue mandir
tabernacle ministries vihara high grammar girls boys comp kirk shul hall pagoda kovil citadel
oratory friary
"""
_HEADS = frozenset(_HEAD_WORDS.split())
_COMMON = """
primary secondary high junior infant infants grammar comprehensive special nursery community
catholic free sunday summer saturday after evening medical health family group dental general
private best good local day knee heart hip spinal eye brain plastic cosmetic major minor routine
baptist methodist parish orthodox pentecostal islamic hindu sikh buddhist jewish muslim christian
anglican mental nhs gp doctors doctor sixth form art technical further higher adult law medicine
laser bowel cancer breast bladder kidney hernia hand hands foot feet shoulder back neck jaw throat
nose mouth oral open emergency elective urgent weight loss gastric bypass tummy womb reconstructive
vascular cardiac thoracic orthopaedic robotic exploratory corrective valve same different another
any nearest closest church mosque temple england wales scotland keyhole cataract bariatric dr mr mrs
ms miss st county state phd
"""
_GENERIC = frozenset(_COMMON.split())

_SMALL_NAMED = re.compile(
    r"\b(?:to|at|from|with|in|go|goes|went|attends?|attended|called|is|was)[ ]+(?:the[ ]+)?"
    r"(?P<name>(?:st[ ])?[a-z'’\-]{3,}(?:[ ][a-z'’\-]{3,})?)[ ]+(?P<head>"
    r"(?:rc[ ]|catholic[ ]|c of e[ ])?primary(?:[ ]school)?|academy"
    r"|(?:secondary|high|infants?|junior|nursery|grammar|comprehensive)[ ]school"
    r"|medical[ ](?:centre|practice)|health[ ]centre|(?:doctors['’]?[ ])?surgery|nursery"
    r"|(?:baptist|methodist|catholic|parish)[ ]church|church|mosque|temple|gurdwara|masjid)\b"
)

_EMPLOYER = re.compile(
    rf"\b(?i:{JOB})[ ]+(?i:at|for|by|with|from)[ ]+(?:the[ ]+)?(?P<name>(?:{PROPER}|[A-Z]&[A-Z])"
    rf"(?:[ ](?:(?:and|&|of)[ ])?(?:{PROPER}|[A-Z]&[A-Z]))*)"
)
_FIRMS = "|".join(sorted(word.title() for word in FIRMS - {"sons", "llp"}))
_COMPANY = re.compile(
    rf"\b(?P<name>(?:{PROPER}[ ](?:(?:and|&)[ ])?){{1,4}}"
    rf"(?:PLC|plc|LLP|& Sons|and Sons|{_FIRMS}))\b"
)
_SMALL_EMPLOYER = re.compile(
    r"\b(?:work(?:s|ed|ing)?|employed|job|shifts?)[ ]+(?:at|for|by|in)[ ]+(?P<name>tesco'?s?|asda"
    r"|sainsbury'?s|morrisons|aldi|lidl|waitrose|iceland|co-?op|amazon|argos|primark|greggs|boots"
    r"|mcdonald'?s|kfc|costa|starbucks|ikea|b&q|b&m|wilko|royal mail|dhl|evri|uber|deliveroo"
    r"|just eat|network rail|british gas|bt|g4s|serco|mitie|capita|wetherspoons?|poundland"
    r"|jd sports|next|dunelm|screwfix|halfords|stagecoach|first bus|arriva|national express|dpd"
    r"|hermes|yodel|sports direct|matalan|home bargains|subway|nando'?s|burger king|premier inn"
    r"|travelodge|bupa|sodexo|iss|veolia|biffa|balfour beatty|rolls[- ]royce|jaguar|nissan|ford)\b",
    re.IGNORECASE,
)
#: A practice that bears its doctors' names: "Dr Khan and Partners".
_PARTNERS = re.compile(
    rf"\b(?:Drs?\.?[ ])?(?:{PROPER}[ ](?:(?:and|&)[ ])?){{1,3}}(?:and|&)[ ]Partners\b"
)
#: A name that is no English word, in small letters: "security for securitas".
_SMALL_FIRM = re.compile(
    r"\b(?:work(?:s|ed|ing)?|job|shifts?|security|cleaner|driver|driving|nights|tills)[ ]+"
    r"(?:at|for|with)[ ]+(?P<name>[a-z'’]{4,})\b"
)
#: An unheard-of name before what the firm does: "working at hendersons bakery".
_SMALL_TRADE = re.compile(
    r"\b(?:work(?:s|ed|ing)?|employed|job|shifts?|nights|years?)[ ]+(?:at|for|with)[ ]+(?:the[ ]+)?"
    r"(?P<name>(?P<firm>[a-z'’]{4,})[ ](?:bakery|bakers|factory|cafe|garage|builders|cleaners|care"
    r"|homecare|foods?|motors|engineering|steel|textiles|haulage|logistics|transport|hotel|pub"
    r"|laundry|butchers|brewery|printers|plastics|cabs|taxis|security|scaffolding|roofing))\b"
)
#: Public bodies are evidence about services, and too large to point at a person.
_PUBLIC_WORDS = """
nhs hospital university jobcentre home civil infirmary college service services council borough
government dwp trust police hmrc authority tfl
"""
_PUBLIC = frozenset(_PUBLIC_WORDS.split())


#: What large old firms call themselves, and no place.
_GRAND = frozenset(
    ["british", "royal", "national", "imperial", "united", "english", "scottish", "welsh"]
)
#: With a capital after "hours from", and no firm.
_TIMES_WORDS = """
january february march april may june july august september october november december monday tuesday
wednesday thursday friday saturday sunday easter christmas
"""
_TIMES = frozenset(_TIMES_WORDS.split())
#: "at St Chad's" with nothing after it that says what it is.
_SAINT = re.compile(
    rf"\b(?:at|from|to|attends?|attended|left|joined)[ ](?P<it>St\.?[ ]{PROPER}(?<=['’]s))"
    r"(?![\w'’]|[ ](?:[A-Z]|estate|park|road|street|area|way|end|hospital|station|day|flats|ward))"
)
_SMALL_SAINT = re.compile(
    r"\b(?:at|from|to|left|joined)[ ](?P<it>st[ ][a-z]{3,}['’]?s)\b"
    r"(?![ ](?:estate|park|road|street|area|way|end|hospital|station|day|flats|ward|church|school"
    r"|primary|academy|carnival))"
)
_PUPIL_WORDS = """
school schools kids kid son daughter lad lads boy boys girl girls child children class year teacher
teachers pupils exams gcses uniform nursery grandson granddaughter twins
"""
_PUPILS = frozenset(_PUPIL_WORDS.split())
#: Districts named after saints, which are public places.
_SAINTLY_PLACES = frozenset(
    [
        "st anns",
        "st pauls",
        "st ann's",
        "st paul's",
        "st mary's",
        "st george's",
        "st john's",
        "st james's",
        "st peter's",
    ]
)
_DEDICATED = re.compile(rf"[ ](?:of[ ](?:the[ ]|St\.?[ ])*)?{PROPER}(?:[ -]{PROPER})*")


def find_places(text: str, bag: Bag) -> list[Find]:
    """Return the addresses, schools, surgeries, faith centres and employers named in `text`."""
    found = find_addresses(text, bag) + find_institutions(text, bag) + find_dedicated(text, bag)
    found += find_taught(text, bag) + find_care(text, bag) + find_employed(text, bag)
    found += find_chains(text, bag) + find_called(text, bag) + find_homes(text, bag)
    if not bag.isdisjoint(_HEADS):
        found += [
            find
            for kind, pattern in _KINDS
            for match in pattern.finditer(text)
            if (find := _named(text, match, kind))
        ]
        found += _small_named(text)
    if "partners" in bag:
        found += [Find(*match.span(), "surgery") for match in _PARTNERS.finditer(text)]
    if "st" in bag:
        found += _saints(text, bag)
    return found if bag.isdisjoint(WORK | FIRMS) else found + _employers(text)


def _small_named(text: str) -> list[Find]:
    found = []
    for match in _SMALL_NAMED.finditer(text):
        words = match["name"].split()
        academy = match["head"] == "academy" and len(words) == 2  # "park view academy"
        if words[0] in ORDINARY and words[0] != "st" and not academy:
            words = words[1:]  # "to hear brookfield academy"
        if not words or any(w in _GENERIC for w in words if w != "st"):
            continue
        if words[0] not in ORDINARY or words[0] == "st" or academy:
            start = match.end("name") - len(" ".join(words))
            found.append(Find(start, match.end(), _kind_of(match["head"])))
    return found


def _kind_of(head: str) -> str:
    last = head.rsplit(maxsplit=1)[-1]
    if last in {"primary", "academy", "school", "nursery"}:
        return "school"
    return "surgery" if last in {"centre", "practice", "surgery"} else "faith"


def _named(text: str, head: re.Match[str], kind: str) -> Find | None:
    """Take the capitalised words before a head noun as its name, if there is one."""
    offset = max(0, head.start() - 80)
    back = _BACK.search(text[offset : head.start()])
    if back is None:
        return _named_after(text, head, kind)
    start = offset + back.start()
    words = [(start + m.start(), m.group()) for m in re.finditer(r"\S+", back.group())]
    while words and _is_lead(text, *words[0]) and not _begins_a_phrase(words, head.group()):
        words.pop(0)
    bare = [word.strip("'’.-").lower() for _, word in words if word[0].isupper()]
    saint = bare[:1] in (["st"], ["saint"]) and len(bare) > 1
    if not saint and all(word in _GENERIC or word in {"old", "new"} for word in bare):
        return _named_after(text, head, kind)
    if text[words[0][0] : head.start()].isupper() and not ORDINARY.isdisjoint(bare):
        return None  # a text that shouts: capitals say nothing
    if len(words) == 1 and head.group().islower() and _opens(text, words[0][0]):
        return None  # "Unelected school boards"
    if len(words) == 1 and head.group().islower() and bare[0].endswith(("ian", "ese", "ish")):
        return None  # "the Edwardian school"
    dedicated = (
        _DEDICATED.match(text, head.end()) if kind == "faith" and head[0][0].isupper() else None
    )
    end = dedicated.end() if dedicated and " of " in dedicated.group() else head.end()
    return Find(words[0][0], end, kind)


def _is_a_firm(word: str) -> bool:
    lists = gazetteer()
    if word in cues.BRANDS:
        return not _PUBLIC & {word}
    return word not in lists.words and word not in lists.names and word not in lists.towns


def _named_after(text: str, head: re.Match[str], kind: str) -> Find | None:
    """Take a faith centre's name from what follows: "Masjid Al-Noor", "Church of the Ascension"."""
    if kind != "faith" or not head.group()[0].isupper():
        return None
    after = _DEDICATED.match(text, head.end())
    if after is None or not (
        {"masjid", "mandir"} & {head.group().lower()} or " of " in after.group()
    ):
        return None
    return Find(head.start(), after.end(), kind)


def _saints(text: str, bag: Bag) -> list[Find]:
    """Take "at St Chad's" for a church or, where children are spoken of, for a school."""
    kind = "faith" if bag.isdisjoint(_PUPILS) else "school"
    return [
        Find(match.start("it"), match.end(), kind)
        for match in (*_SAINT.finditer(text), *_SMALL_SAINT.finditer(text))
        if match["it"].replace(".", "").replace("’", "'").lower() not in _SAINTLY_PLACES
    ]


def _is_lead(text: str, start: int, word: str) -> bool:
    if _LEAD.fullmatch(word):
        return True
    plain = word.lower() in ORDINARY and word.lower() not in {"st", "saint"}
    return plain and _opens(text, start)


def _begins_a_phrase(words: list[tuple[int, str]], head: str) -> bool:
    """Whether an ordinary word that opens a sentence is of the name: "Tiny Tots Nursery"."""
    if len(words) < 2 or not head[0].isupper() or _LEAD.fullmatch(words[0][1]):
        return False
    return words[1][1].lower() in gazetteer().words


def _opens(text: str, start: int) -> bool:
    """Whether a sentence starts here, so that a capital says nothing."""
    return bool(_SENTENCE_START.search(text[max(0, start - 8) : start]))


def _employers(text: str) -> list[Find]:
    found = []
    lists = gazetteer()
    for pattern in (_EMPLOYER, _COMPANY):
        for match in pattern.finditer(text):
            words = re.findall(r"[\w&'’\-]+", match["name"].lower())
            public = not _PUBLIC.isdisjoint(words)
            months = len(words) == 1 and words[0] in _TIMES
            plain = all(
                w in TRADES
                or w == "and"
                or (w in ORDINARY and w not in cues.BRANDS)
                or w in lists.towns
                or w in cues.TITLES
                for w in words
            )
            firm = len(words) > 1 and (words[-1] in TRADES or words[0] in _GRAND)
            named = len(words) == 1 and words[0] in lists.sure
            if not (public or (plain and not firm) or months or named or words[0] in cues.TITLES):
                found.append(Find(match.start("name"), match.end("name"), "employer"))
    found += [Find(*match.span("name"), "employer") for match in _SMALL_EMPLOYER.finditer(text)]
    for match in _SMALL_FIRM.finditer(text):
        if _is_a_firm(match["name"]):
            found.append(Find(*match.span("name"), "employer"))
    for match in _SMALL_TRADE.finditer(text):
        if match["firm"] not in ORDINARY and match["firm"] not in lists.words:
            found.append(Find(*match.span("name"), "employer"))
    return found
