"""Finds numbers and addresses that identify a person directly: Presidio's patterns and our own.

Presidio's recognisers are used as plain patterns over the text; its engine, which would parse every
text a second time, is not started. Each runs only where the text can hold what it looks for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from listening.identifiers import (
    EMAIL,
    NATIONAL_INSURANCE,
    NHS_NUMBER,
    PHONE_ABROAD,
    PHONE_HERE,
    POSTCODE,
)
from listening.privacy.edits import Find

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

_HINT = re.compile(
    r"\d|@|[(\[] ?at ?[)\]]|www\.|https?:|\.(?:com|org|net|info|co|uk|io|app|blog"
    r"|tv|biz|ie|shop|pub|london|scot|wales|cymru|eu|ee|gg|be|ly|me)\b",
    re.I,
)
#: Characters looked through at once, and how many of them again with the next.
WINDOW, OVERLAP = 1_000, 200
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)$", re.IGNORECASE)
_VEHICLE = re.compile(
    r"\b(?:reg|registration|plates?|cars?|vans?|vehicle|mot|dvla|v5c?|taxi|transit|motor|lorry|truck"
    r"|motorbike|moped|scooter|minibus|4x4|fiesta|corsa|astra|focus|golf|bmw|audi|mercedes|merc"
    r"|vauxhall|toyota|nissan|ford|honda|peugeot|renault|citroen|skoda|kia|hyundai|parked)\b",
    re.I,
)
#: Any run of blanks longer than this is looked at as if it were as long: some patterns take time
#: with the square of it, and no identifier holds one.
_BLANKS = re.compile(r"(?<=[\s]{3})\s+")
_IS = r"(?:['’]s)?\s{0,3}[,:=#]?\s{0,3}(?:is|was)?\s{0,3}[,:]?\s{0,3}"
_NUMBER_NAME = rf"\s{{0,3}}(?:number|no\.?|num|id|ref(?:erence)?|code)?{_IS}"
_OFFICE = (
    r"(?:reference|ref|case|hospital|patient|tenancy|rent|policy|membership|member|customer|claim"
    r"|crime|complaint|application|payroll|staff|student|candidate|account|library card"
    r"|oyster card|home office|visa|brp|blue badge|badge|incident|log|ticket|order|booking|job"
    r"|repair|appeal|court|tribunal|insurance|asylum|nass|cid|port|universal credit|uc|pip|council"
    r"|housing|council tax|rent account|serial|meter|licence|unique|urn)"
)
_SUFFIX = r"(?:com|org|net|info|io|app|uk|eu|london|scot|wales|cymru)"

#: Our own patterns: group 1 is what goes. A cue makes up for a checksum that a slip breaks.
_OURS = (
    ("vehicle", r"(?<![\w-])((?-i:[A-Z]{2}[ ]?\d\d[ ]?[A-Z]{3}))(?![\w-])"),
    ("phone", rf"(?<![\w+])({PHONE_ABROAD})(?!\d)"),
    ("phone", rf"(?<![\w+./-])({PHONE_HERE})(?!\d)"),
    ("nino", rf"\b({NATIONAL_INSURANCE})\b"),
    ("nhs", rf"\bNHS{_NUMBER_NAME}({NHS_NUMBER})(?!\d)"),
    # broken up by commas or points, its name too: "N H S number is 999, 097, 8190"
    (
        "nhs",
        rf"\bn\.?[ ]?h\.?[ ]?s\b\.?{_NUMBER_NAME}"
        r"(\d{3}[ .,/-]{1,2}\d{3}[ .,/-]{1,2}\d{4})(?!\d)",
    ),
    ("postcode", rf"\b({POSTCODE})\b"),
    (
        "postcode",
        r"\b((?-i:[a-z]{1,2}\d{1,2}[a-z]? ?\d (?!(?:a[nst]|be|by|he|us|up|we)\b)"
        r"[abd-hjlnp-uw-z]{2}))\b",
    ),
    # letters that no postcode ends in, where it is called one or looks exactly like one
    ("postcode", r"\bpost\s?code\b.{0,40}?\b([a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2})\b"),
    ("postcode", r"\b((?-i:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}))\b"),
    ("email", rf"(?<![\w.+%'-])({EMAIL})"),
    # an address that blanks cut up
    (
        "email",
        r"(?<![\w.+%'-])([\w.+%'-]{1,64}[ ]?@[ ]?(?:[\w-]{1,63}[ ]?\.[ ]?){1,3}"
        r"(?:com|net|org|info|uk|me|eu|io))\b",
    ),
    ("web", r"(?<![\w@.])((?:https?://|www\.)[^\s<>\"“”]{3,300}[\w/])"),
    (
        "web",
        rf"(?<![\w@.-])((?:[a-z0-9-]{{2,63}}\.){{1,5}}{_SUFFIX}(?:/[^\s<>\"“”]{{0,200}})?)(?![\w@])",
    ),
    # without a path these would be words that a slip joins: "the club.shop"
    (
        "web",
        r"(?<![\w@.-])((?:[a-z0-9-]{2,63}\.){1,4}(?:blog|tv|biz|ie|shop|pub|ee|gg|be|ly|me|club"
        r"|online|site|store)/[^\s<>\"“”]{2,200})(?![\w@])",
    ),
    ("web", r"(?<![\w@.-])((?-i:[a-z0-9-]{4,63}\.(?:blog|tv|biz|ie|pub)))\b(?![@.]\w)"),
    ("passport", rf"\bpassport{_NUMBER_NAME}([A-Z]{{0,2}}\d{{7,9}})(?!\d)"),
    ("bank", rf"\bsort\s+code{_IS}(\d\d[ -]?\d\d[ -]?\d\d)(?!\d)"),
    ("bank", rf"\b(?:bank\s+)?account{_NUMBER_NAME}(\d{{4}} ?\d{{4}})(?!\d)"),
    (
        "bank",
        r"(?<![\w/.-])(\d\d[ -]?\d\d[ -]?\d\d|\d{8})(?=,?[ ](?:(?:that['’]?s|is|was|being|as"
        r"|for)[ ])?"
        r"(?:(?:the|my|a)[ ])?(?:sort[ ]?code|account[ ](?:number|no)))",
    ),
    ("bank", r"\bbank(?:['’]s|[ ](?:is|number))[:,]?[ ](\d\d[ -]?\d\d[ -]?\d\d)(?!\d)"),
    (
        "card",
        r"\b(?:cvv|cvc|security[ ](?:code|number)|(?:digits|numbers?|code)[ ]on[ ]the[ ]back)"
        r"(?:['’]s|[ ](?:is|was|are|of[ ](?:it|the[ ]card)))*[:,]?[ ](\d{3,4})\b",
    ),
    ("card", r"(?<!\d)(\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4})(?!\d)"),
    (
        "reference",
        rf"\b(?:{_OFFICE} ){{0,3}}(?:(?:reference|ref|case|tenancy|policy|membership|claim|visa|brp"
        rf"|urn|uprn)|(?:{_OFFICE}|my|the|a|its|this|that) (?:number|no\.?|id|ref|code)){_IS}"
        r"((?:[A-Z]{2,4}[ ])?(?=(?:[A-Z/-]{0,6}\d){4})[A-Z0-9][A-Z0-9/-]{4,30})\b",
    ),
    ("bank", r"(?<![\w/.-])(\d\d-\d\d-\d\d)(?![\w/-])"),
    # mistyped: what only looks like one
    ("nino", r"\b([a-z]{2}[ .-]?\d\d[ .-]?\d\d[ .-]?\d\d[ .-]?[a-d])\b"),
    ("nino", r"\b((?-i:[A-Z]{2})(?:[ ]\d\d,?){3}[ ](?-i:[A-D]))\b"),
    (
        "licence",
        r"\b((?-i:[A-Z]{2,5}9{0,3}[ ]?\d{6}[ ]?[A-Z]{1,2}[ ]?\d?[ ]?[A-Z\d]{1,3}"
        r"(?:[ ](?:\d\d|[A-Z]{2}))?))\b",
    ),
    # letters and digits in parts, and in turns: "SC242/23/01877", "F04NC221"
    (
        "reference",
        r"(?<![\w/-])((?-i:(?=[A-Z\d/-]{0,20}[A-Z])(?=(?:[A-Z/-]{0,8}\d){4})(?![ABM]\d{1,3}/[ABM]\d)"
        r"[A-Z\d]{1,10}(?:[/-][A-Z\d]{1,10}){1,4}))(?![\w/-])",
    ),
    (
        "reference",
        r"(?<![\w/-])((?-i:(?=[A-Z]{0,6}\d{1,9}[A-Z])(?=(?:[A-Z]{0,6}\d){4})[A-Z\d]{7,18}))(?![\w/-])",
    ),
    (
        "reference",
        r"(?<![\w/-])((?-i:[A-Z]{2,4})[ ]\d{1,6}(?:[-/](?-i:[A-Z\d]){1,8}){1,4})(?![\w/-])",
    ),
    # any number with a name of its own, and what has the shape of a reference without one
    (
        "reference",
        rf"\b(?:number|no\.|reference|ref|id|code){_IS}"
        r"((?=[A-Z0-9/-]{0,12}[A-Z/-])(?=(?:[A-Z/-]{0,6}\d){4})[A-Z0-9][A-Z0-9/-]{4,30}|\d{6,18})\b",
    ),
    (
        "reference",
        r"(?<![\w/-])((?-i:[A-Z]{1,4}[-/]?\d{5,12}|[A-Z]{1,4}[-/]\d{2,}[-/][A-Z0-9]{2,12}))(?![\w/-])",
    ),
    ("reference", r"(?<![\w£$€.,/-])(\d{7,18}(?<!000))(?![\w%]|[.,]\d)"),
    (
        "username",
        r"\b(?:insta(?:gram)?|twitter|tik ?tok|snap(?:chat)?|facebook|fb|user ?name|handle)"
        rf"(?:[ ](?:name|account|handle))?{_IS}((?=[\w.]{{0,30}}[\d_])[\w.]{{4,30}}\w)\b",
    ),
    ("username", r"(?<![\w.@/])(@[A-Z_](?:\w|\.(?=\w)){2,40})"),
    (
        "email",
        r"(?<![\w.])([\w.+-]{1,40}[ ]?[\[(][ ]?at[ ]?[\])][ ]?[\w-]{2,40}"
        r"(?:[ ]?(?:\.|[\[(]dot[\])])[ ]?\w{2,24}){1,4})",
    ),
    # letters before a number that is called something: "reference number is pcn lb 4471920"
    (
        "reference",
        rf"\b(?:number|no\.|reference|ref|id|code)\b(?:[ ](?!is\b|was\b)[a-z]{{2,12}}){{0,4}}{_IS}"
        r"((?<![a-z])(?!(?:the|my|and|for|on|was|is|ends?|starts?|begins?|of|with|like|about|said|says"
        r"|are|it|me|them|us|to|in|at|by|from|over|under|about|some|only|just|now|then|that)\b)"
        r"[a-z]{1,5}[ ](?:(?!(?:was|is|in|of|to|at)\b)[a-z]{1,4}[ ])?\d{4,12})\b"
        r"(?![ ]?(?:pounds|people))",
    ),
    # digits in groups, more than a year, an amount or a time holds
    ("reference", r"(?<![\w£$€.,/-])(\d{3}[ -]\d{3}[ -]\d{3,4})(?![\w%]|[.,]\d)"),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _OURS)

#: Presidio's entity → our kind.
_KINDS = {
    "UK_NHS": "nhs",
    "UK_NINO": "nino",
    "UK_POSTCODE": "postcode",
    "UK_PASSPORT": "passport",
    "UK_DRIVING_LICENCE": "licence",
    "UK_VEHICLE_REGISTRATION": "vehicle",
    "CREDIT_CARD": "card",
    "IBAN_CODE": "bank",
    "PHONE_NUMBER": "phone",
    "IP_ADDRESS": "ip",
}


class _Recogniser(NamedTuple):
    recogniser: EntityRecognizer
    digits: int  # fewest digits of a text worth a look
    mark: str  # pattern that the text must hold besides
    exact_case: bool


@cache
def _recognisers() -> tuple[_Recogniser, ...]:
    # Imported here: it takes most of a second, which texts without numbers need not pay.
    from presidio_analyzer import predefined_recognizers as presidio

    return (
        _Recogniser(presidio.NhsRecognizer(), 10, "", False),
        _Recogniser(presidio.UkNinoRecognizer(), 6, "", False),
        _Recogniser(presidio.UkPostcodeRecognizer(), 2, r"\d[A-Za-z]{2}\b", False),
        _Recogniser(presidio.UkPassportRecognizer(), 7, "", True),
        _Recogniser(presidio.UkDrivingLicenceRecognizer(), 6, "", False),
        _Recogniser(
            presidio.UkVehicleRegistrationRecognizer(), 1, r"[A-Za-z]\d|\d ?[A-Za-z]\b", True
        ),
        _Recogniser(presidio.CreditCardRecognizer(), 12, "", False),
        _Recogniser(presidio.IbanRecognizer(), 10, r"[A-Za-z]{2}\d\d", False),
        _Recogniser(presidio.PhoneRecognizer(supported_regions=("GB",)), 9, "", False),
        _Recogniser(presidio.IpRecognizer(), 4, r"\d\.\d+\.\d|[0-9A-Fa-f]:[0-9A-Fa-f:]", False),
    )


def find_identifiers(text: str) -> list[Find]:
    """Return telephone numbers, postcodes, e-mail addresses, NHS numbers and the like in `text`.

    Long texts are looked through in windows that overlap by more than an identifier's length: some
    patterns take time with the square of what they are given.
    """
    squeezed, whole = _squeeze(text)
    found = [
        Find(whole(find.start + first), whole(find.end + first - 1) + 1, find.kind)
        for first in range(0, max(1, len(squeezed) - OVERLAP), WINDOW - OVERLAP)
        for find in _find(squeezed[first : first + WINDOW])
    ]
    return sorted(set(found)) if len(squeezed) > WINDOW else found


def _squeeze(text: str) -> tuple[str, Callable[[int], int]]:
    """Return the text with its runs of blanks cut short, and what maps places of it back."""
    cuts = [match.span() for match in _BLANKS.finditer(text)]
    if not cuts:
        return text, lambda position: position
    pieces, starts, shifts, last, gone = [], [0], [0], 0, 0
    for start, end in cuts:
        pieces.append(text[last:start])
        gone += end - start
        starts.append(end - gone)
        shifts.append(gone)
        last = end
    pieces.append(text[last:])
    return "".join(pieces), lambda at: at + shifts[bisect_right(starts, at) - 1]


def _find(text: str) -> list[Find]:
    if not _HINT.search(text):
        return []
    found = [
        Find(match.start(1), match.end(1), kind)
        for kind, pattern in _COMPILED
        for match in pattern.finditer(text)
    ]
    digits = sum(c.isdigit() for c in text)
    for entry in _recognisers():
        if digits >= entry.digits and (not entry.mark or re.search(entry.mark, text)):
            found += _of_presidio(text, entry)
    return [find for find in found if not _is_mistaken(text, find)]


def _of_presidio(text: str, entry: _Recogniser) -> Sequence[Find]:
    entities = entry.recogniser.supported_entities
    if entry.exact_case:
        # In small letters a number plate is any "m25 was": only where a vehicle is spoken of.
        spoken_of = entities == ["UK_VEHICLE_REGISTRATION"] and _VEHICLE.search(text)
        flags = re.IGNORECASE if spoken_of else re.MULTILINE
        results = entry.recogniser.analyze(text, entities, regex_flags=flags)
        if entities == ["UK_VEHICLE_REGISTRATION"] and not spoken_of:
            results = [r for r in results if r.score == 1.0]
    else:
        results = entry.recogniser.analyze(text, entities)
    return [Find(r.start, r.end, _KINDS[r.entity_type]) for r in results]


def _is_mistaken(text: str, find: Find) -> bool:
    words = text[find.start : find.end]
    if find.kind == "postcode":
        return bool(_ORDINAL.search(words))  # "the A1 3rd exit"
    return False
