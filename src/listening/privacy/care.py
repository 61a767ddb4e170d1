"""Finds dentists, pharmacies, opticians, clinics, care homes and hospices that have a name.

What they are called ends in what they are ("Harrowell Dental", "the beeches care home"), or what
they are is said beside it ("the chemist, Oswald and Fry", "in Haven Brook, it's a dementia unit").
"""

from __future__ import annotations

import re

from listening.privacy import cues
from listening.privacy.addresses import PROPER
from listening.privacy.edits import Find
from listening.privacy.gazetteer import gazetteer
from listening.privacy.institutions import CAPITALS, STOPPING
from listening.privacy.words import ORDINARY, Bag, fold

#: kind → how such a place's name ends
_HEADS = {
    "dentist": r"dental(?:[ ](?:care|practice|surgery|clinic|centre|studio))?|dentists?|dentistry"
    r"|orthodontics",
    "pharmacy": r"pharmacy|chemists?|dispensary",
    "care": r"(?:care|nursing|residential|rest|retirement)[ ]home|hospice|nursing|respite"
    r"(?:[ ](?:centre|unit|care))?|day[ ]centre",
    "clinic": r"(?:(?:foot|eye|skin|wellbeing|fertility|hearing|health)[ ])?clinic|opticians?"
    r"|eye[ ]?care|opticals?|physio(?:therapy)?|podiatry|chiropody|osteopaths?|osteopathy"
    r"|chiropractic|therapy[ ]centre|walk-?[ ]?in(?:[ ]centre)?|(?:health|medical|wellbeing)[ ]hub"
    r"|wellbeing[ ]centre|polyclinic|day[ ]hospital|birth(?:ing)?[ ]centre|dialysis[ ]unit"
    r"|vets|veterinary(?:[ ](?:practice|centre|clinic|surgery))?",
}
_ENDING = "|".join(f"(?P<{kind}>{heads})" for kind, heads in _HEADS.items())
_HEAD = re.compile(
    rf"(?<=[\w'’.][ ])(?:{_ENDING})\b"
    r"(?![ ](?:road|street|lane|hospital|nurses?|school|appointments?|work|treatment|first|shop))",
    re.IGNORECASE,
)
#: What a town has many of, so that its name with one of these names a place of its own.
_LOCAL = frozenset(["dentist", "pharmacy"])
#: Before these any words that are none of everyday's name the place that is gone to.
_GONE_TO = re.compile(r"dental|pharmacy|opticians?|eye ?care|podiatry|chiropody|vets|orthodontics")
_TO = re.compile(r"\b(?:at|to|from|with|rang|called|phoned)[ ]$")
_BACK = re.compile(rf"(?:(?:St\.|{PROPER})[ ](?:(?:and|&|of|of[ ]the)[ ](?={PROPER}))?){{1,4}}$")
_BACK_SMALL = re.compile(r"(?:(?<=\s)|^)(?:st[ ])?[a-z'’-]{3,20}[ ](?:[a-z'’-]{2,20}[ ]){0,2}$")
#: Somebody is there, or it is said what it is.
_WHAT = (
    r"(?:chemist|pharmacy|dentist|optician|vet|hospice|care[ ]home|nursing[ ]home"
    r"|respite(?:[ ]place)?"
    r"|podiatrist|chiropodist|physio|clinic)s?"
)
_BESIDE = re.compile(
    rf"\b(?P<what>{_WHAT})(?:['’]s|[ ](?:is|was|at|called)"
    rf"|,(?:[ ]well)?,?)(?:[ ]called)?[ ]+(?:the[ ])?"
    rf"(?P<name>{CAPITALS})",
    re.IGNORECASE,
)
_TOLD = re.compile(
    rf"\b(?:in|into|at|to|from|with)[ ]+(?:the[ ])?(?P<name>{CAPITALS})"
    r"(?=,?[ ](?:it['’]?s[ ]|that['’]?s[ ])?(?:the|a|an|my)[ ](?:\w{2,12}[ ]){0,2}?"
    r"(?P<what>dementia[ ]unit|home\b|care[ ]home"
    r"|nursing[ ]home"
    r"|hospice|respite|supported[ ]living|sheltered|chemist|pharmacy|dentist|optician"
    r"|clinic|vet))",
    re.IGNORECASE,
)
#: Homes are called so, and somebody lives in them or comes back from them.
_HOUSE = re.compile(
    r"\b(?:(?:mum|mam|mom|dad|nan|nana|gran|grandad|grandma|mother|father|husband|wife"
    r"|uncle|aunt|auntie"
    r"|sister|brother|she|he|they|resident|carer|manager|matron)(?:['’]s"
    r"|s)?)(?:[ ][\w'’]{1,12}){0,3}?[ ]"
    rf"(?:in|into|to|at|of)[ ]+(?P<name>(?-i:(?:The[ ])?(?:{PROPER}[ ]){{1,2}}(?:Lodge"
    rf"|Manor|Grange|Court"
    r"|House|Hall)))\b(?![ ](?-i:[A-Z]))",
    re.IGNORECASE,
)
_CARED_WORDS = """
carers carer residential dementia respite fees matron resident care nursing hospice alzheimer's
"""
_CARED = frozenset(_CARED_WORDS.split())
_WANTED_WORDS = """
dental dentist dentists dentistry orthodontics pharmacy chemist chemists dispensary home hospice
nursing respite centre clinic optician opticians eyecare eye optical opticals physio physiotherapy
podiatry chiropody osteopath osteopaths osteopathy chiropractic vets veterinary vet podiatrist
chiropodist unit supported sheltered care walk-in walkin walk hub polyclinic birth birthing dialysis
"""
_WANTED = frozenset(_WANTED_WORDS.split())
#: Before such a word, and no name: what it is for, whose, of what kind.
_PLAIN_WORDS = """
sexual health memory flu covid vaccine vaccination walk walk-in drop drop-in baby warfarin
diabetes
diabetic asthma fracture eye foot skin hearing pain breast chest heart stroke fertility dementia
private local council nhs mental emergency community hospital outpatient specialist general care
nursing residential rest day adult adults elderly older young children children's family minor own
new old best only nearest online late high street village town royal great good lovely another
university school dental weight loss smoking stop stroke falls leg ulcer smear gum menopause
antenatal postnatal maternity blood screening travel law advice legal debt housing international
national british english gp every first well your my our mum's dad's nan's mother's father's
rapid access urgent independent jewish catholic polish asian welsh scottish irish monday tuesday
wednesday thursday friday saturday sunday morning evening weekend mobile orthodontic cosmetic
clinical same different free sports women's men's long covid's macmillan sue ryder marie curie
age uk
"""
_PLAIN = frozenset(_PLAIN_WORDS.split())
#: Trees and the like, by which homes are called in small letters too.
_CALLED_WORDS = """
beeches willows oaks elms limes cedars firs poplars laurels hollies birches pines maples rowans
larches chestnuts sycamores hawthorns grange manor lodge gables orchard orchards meadows croft
priory
hollow fairways lawns
"""
_CALLED = frozenset(_CALLED_WORDS.split())


def find_care(text: str, bag: Bag) -> list[Find]:
    """Return the named dentists, pharmacies, opticians, clinics, care homes and hospices.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    if bag.isdisjoint(_WANTED):
        return []
    found = [find for head in _HEAD.finditer(text) for find in _headed(text, head)]
    for pattern in (_BESIDE, _TOLD):
        for match in pattern.finditer(text):
            if _is_name(match["name"].split(), match["name"]):
                found.append(Find(*match.span("name"), _kind_of(match["what"])))
    if not bag.isdisjoint(_CARED):
        found += [Find(*match.span("name"), "care") for match in _HOUSE.finditer(text)]
    return found


def _headed(text: str, head: re.Match[str]) -> list[Find]:
    offset = max(0, head.start() - 70)
    before = text[offset : head.start()]
    kind = head.lastgroup or "clinic"
    back = _BACK.search(before)
    if back:
        words = [(back.start() + m.start(), m[0]) for m in re.finditer(r"\S+", back[0])]
        while words and _leads(words[0][1]):
            words.pop(0)
        if not words or not _is_name([w for _, w in words], before[words[0][0] :], kind in _LOCAL):
            return []
        return [Find(offset + words[0][0], head.end(), kind)]
    small = _BACK_SMALL.search(before) if head[0].islower() else None
    return _small(small, offset, head[0], kind) if small else []


def _leads(word: str) -> bool:
    low = fold(word)
    return low in STOPPING or (
        low in ORDINARY and low in {"went", "go", "get", "got", "ring", "see"}
    )


def _is_name(words: list[str], whole: str, local: bool = False) -> bool:
    """Whether capitalised words are a name of its own, and no town's (unless `local`)."""
    keys = [fold(w.strip(".,")).removesuffix("'s") for w in words]
    if all(k in _PLAIN or k in STOPPING for k in keys) or (
        len(keys) == 1 and keys[0] in cues.BRANDS
    ):
        return False
    towns = not local and tuple(keys) in gazetteer().places.get(keys[0], ())
    titled = keys[0] in cues.TITLES or keys[0] in cues.TONGUES
    lone = len(keys) == 1 and (keys[0] in ORDINARY or whole.strip().isupper())
    return not (towns or titled or lone)


def _small(back: re.Match[str], offset: int, head: str, kind: str) -> list[Find]:
    """Take a name in small letters before `head`: an unheard-of word, or one that is gone to."""
    lists = gazetteer()
    words = [(back.start() + m.start(), m[0]) for m in re.finditer(r"\S+", back[0])]
    first = len(words)
    for i in range(len(words) - 1, -1, -1):
        if words[i][1] in STOPPING and not (words[i][1] in {"and", "of"} and first == i + 1):
            break
        if words[i][1] not in STOPPING:
            first = i
    own = words[first:]
    if not own or any(word in cues.BRANDS for _, word in own):
        return []
    towns = frozenset[str]() if kind in _LOCAL else lists.towns
    odd = [j for j, (_, word) in enumerate(own) if _is_odd(word, lists.words, towns)]
    keys = [word for _, word in own]
    told = _TO.search(back.string, 0, own[0][0]) is not None and _GONE_TO.match(head.lower())
    plain = any(key in _PLAIN for key in keys) or all(key in ORDINARY for key in keys)
    named = (len(own) == 1 and keys[0] in _CALLED) or (len(own) > 1 and keys[0] == "st")
    if not odd and not named and not (told and not plain):
        return []
    start = own[odd[0]][0] if odd and not named else own[0][0]
    return [Find(offset + start, offset + len(back.string) + len(head), kind)]


def _is_odd(word: str, english: frozenset[str], towns: frozenset[str]) -> bool:
    low = fold(word)
    bare = low.removesuffix("'s")
    if len(bare) < 4 or low in _PLAIN or bare in cues.KIN or bare in cues.TONGUES:
        return False
    owned = bare != low and bare in gazetteer().names and bare not in ORDINARY
    return owned or not (bare in english or bare in towns or low in english or bare[:-1] in english)


def _kind_of(what: str) -> str:
    low = what.lower()
    if low.startswith("dentist"):
        return "dentist"
    if low.startswith(("chemist", "pharmac")):
        return "pharmacy"
    return "clinic" if low.startswith(("optic", "vet", "pod", "chir", "phys", "clin")) else "care"
