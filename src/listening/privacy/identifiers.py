"""Finds numbers and addresses that identify a person directly: Presidio's patterns and our own.

Presidio's recognisers are used as plain patterns over the text; its engine, which would parse every
text a second time, is not started. Each runs only where the text can hold what it looks for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from listening.privacy.edits import Find

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

_HINT = re.compile(r"\d|@|www\.|https?:|\.(?:com|org|net|info|co|uk)\b|\bat (?:g|hot)mail\b", re.I)
#: Characters looked through at once, and how many of them again with the next.
WINDOW, OVERLAP = 1_000, 200
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)$", re.IGNORECASE)
_VEHICLE = re.compile(r"\b(?:reg|registration|plate|car|van|vehicle|mot|dvla|v5c?|taxi)\b", re.I)
#: Presidio takes "well.So" for an address of Somalia; only what people really write counts.
_WEB = re.compile(
    r"^['\"]?(?:https?://|www\.)|\.(?:com|org|net|info|io|app|uk|eu|london|scot|wales|cymru)(?:/|$)",
    re.IGNORECASE,
)
_IS = r"\s{0,3}[,:=#]?\s{0,3}(?:is|was)?\s{0,3}"
_NUMBER_NAME = rf"\s{{0,3}}(?:number|no\.?|num|id|ref(?:erence)?|code)?{_IS}"
_OFFICE = (
    r"(?:reference|ref|case|hospital|patient|tenancy|rent|policy|membership|member|customer|claim"
    r"|crime|complaint|application|payroll|staff|student|candidate|account|library card"
    r"|oyster card|home office|visa|brp)"
)
_MAILER = r"(?:gmail|hotmail|yahoo|outlook|icloud|live|aol|btinternet|sky)"

#: Our own patterns: group 1 is what goes. A cue makes up for a checksum that a slip breaks.
_OURS = (
    ("phone", r"(?<![\w+])((?:\+|00)\d{1,3}[\s.-]?(?:\(0\)[\s.-]?)?\d(?:[\s.()-]?\d){7,11})(?!\d)"),
    ("phone", r"(?<![\w+./-])(\(?0\d(?:[\s.()-]{0,2}\d){8,9})(?!\d)"),
    # Presidio leaves out prefixes that are not issued; people mistype.
    ("nino", r"\b([A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D])\b"),
    ("nhs", rf"\bNHS{_NUMBER_NAME}(\d{{3}}[ -]?\d{{3}}[ -]?\d{{4}})(?!\d)"),
    ("passport", rf"\bpassport{_NUMBER_NAME}([A-Z]{{0,2}}\d{{7,9}})(?!\d)"),
    ("bank", rf"\bsort\s+code{_IS}(\d\d[ -]?\d\d[ -]?\d\d)(?!\d)"),
    ("bank", rf"\b(?:bank\s+)?account{_NUMBER_NAME}(\d{{4}} ?\d{{4}})(?!\d)"),
    ("card", r"(?<!\d)(\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4})(?!\d)"),
    (
        "reference",
        rf"\b(?:{_OFFICE} )*(?:(?:reference|ref|case|tenancy|policy|membership|claim|visa|brp)"
        rf"|{_OFFICE} (?:number|no\.?|id|code)){_IS}"
        r"((?=(?:[A-Z/-]*\d){5})[A-Z0-9][A-Z0-9/-]{4,})\b",
    ),
    ("username", r"(?<![\w.@/])(@[A-Z_]\w{2,30})"),
    (
        "email",
        rf"\b([\w.+-]{{1,60}}(?:\s{{1,3}}dot\s{{1,3}}\w+)?\s{{1,3}}at\s{{1,3}}{_MAILER}"
        r"\s{0,3}(?:\.|dot\s{1,3})\s{0,3}(?:com|net|co(?:\.|\s{1,3}dot\s{1,3})uk))\b",
    ),
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
    "EMAIL_ADDRESS": "email",
    "CREDIT_CARD": "card",
    "IBAN_CODE": "bank",
    "PHONE_NUMBER": "phone",
    "URL": "web",
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

    class OfflineEmail(presidio.EmailRecognizer):  # type: ignore[misc]
        """Takes the pattern's word: the original asks the internet for the list of suffixes."""

        def validate_result(self, pattern_text: str) -> bool | None:  # noqa: ARG002
            return None

    return (
        _Recogniser(presidio.NhsRecognizer(), 10, "", False),
        _Recogniser(presidio.UkNinoRecognizer(), 6, "", False),
        _Recogniser(presidio.UkPostcodeRecognizer(), 2, r"\d[A-Za-z]{2}\b", False),
        _Recogniser(presidio.UkPassportRecognizer(), 7, "", True),
        _Recogniser(presidio.UkDrivingLicenceRecognizer(), 6, "", False),
        _Recogniser(
            presidio.UkVehicleRegistrationRecognizer(), 1, r"[A-Za-z]\d|\d ?[A-Za-z]\b", True
        ),
        _Recogniser(OfflineEmail(), 0, "@", False),
        _Recogniser(presidio.CreditCardRecognizer(), 12, "", False),
        _Recogniser(presidio.IbanRecognizer(), 10, r"[A-Za-z]{2}\d\d", False),
        _Recogniser(presidio.PhoneRecognizer(supported_regions=("GB",)), 9, "", False),
        _Recogniser(
            presidio.UrlRecognizer(), 0, r"(?i)www\.|https?:|\.(?:com|org|net|info|co|uk)\b", False
        ),
        _Recogniser(presidio.IpRecognizer(), 4, r"\d\.\d+\.\d|[0-9A-Fa-f]:[0-9A-Fa-f:]", False),
    )


def find_identifiers(text: str) -> list[Find]:
    """Return telephone numbers, postcodes, e-mail addresses, NHS numbers and the like in `text`.

    Long texts are looked through in windows that overlap by more than an identifier's length: some
    patterns take time with the square of what they are given.
    """
    if len(text) <= WINDOW:
        return _find(text)
    found = {
        Find(find.start + first, find.end + first, find.kind)
        for first in range(0, len(text), WINDOW - OVERLAP)
        for find in _find(text[first : first + WINDOW])
    }
    return sorted(found)


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
    if find.kind == "web":
        return not _WEB.search(words)
    return False
