"""What columns are called, by whom and for what; compared as `plain` or `squeezed`."""

from __future__ import annotations

import re

from listening.records import ANSWERS, CONSENT_BY, CONSENTS, KINDS, VOICES
from listening.sources.refuse import words

#: Columns of the manifest that a table may carry itself, by what people call them.
STANDARD = {
    "kind": ("kind", "source_kind"),
    "people": ("people", "number of people", "how many people"),
    "place": ("place", "location", "area", "neighbourhood"),
    "date": (
        "date", "submitted", "date submitted", "submission date", "start date", "startdate",
        "recorded date", "recordeddate", "completion time", "timestamp", "datetime", "date time",
    ),
    "language": ("language", "userlanguage", "user language"),
    "method": ("method",),
    "officer": ("officer", "interviewer", "cdo"),
    "note_taker": ("note_taker", "note taker", "notetaker"),
    "voice": ("voice",),
    "consent": ("consent",),
    "young": ("young",),
    "consent_by": ("consent_by", "consent by"),
    "disclosure": ("disclosure", "disclosure of harm"),
    "withdrawal_code": ("withdrawal_code", "withdrawal code", "consent code", "code on the form"),
    "consent_until": (
        "consent_until",
        "consent until",
        "consent expires",
        "consent expiry",
        "consent ends",
        "consent end date",
    ),
}  # fmt: skip
ALLOWED = {
    "kind": KINDS,
    "voice": VOICES,
    "consent": CONSENTS,
    "young": ANSWERS,
    "consent_by": CONSENT_BY,
    "disclosure": ANSWERS,
}

PERSON = re.compile(
    r"^(participant|respondent|response|resident|person|people|author|user|interviewee|parent"
    r"|patient|client|member|case)s?(id|no|number|code|ref|reference|key|identifier)?$"
)
PERSON_BY_NAME = ("interview", "interviewee", "speaker", "full name", "fullname", "name",
                   "participant name", "respondent name", "resident name")  # fmt: skip
ROW_ID = ("id", "ref", "reference", "no", "number", "row", "#", "respondent", "note id",
           "comment id", "answer id", "row id", "record id", "case")  # fmt: skip
NAMES = (*PERSON_BY_NAME, "first name", "firstname", "last name", "lastname", "surname",
          "forename", "contact name", "your name", "child name", "childs name", "parent name",
          "officer", "recipient first name", "recipient last name")  # fmt: skip
#: “What is your name?”, as forms ask it.
ASKS_NAME = re.compile(r"\b(?:your|full|first|last|family|sur) ?names?$|\bwhat is your name\b")
QUESTION = ("question", "prompt", "question text", "question asked")
TEXT_WORDS = words(
    "answer answers comment comments text response responses note notes feedback verbatim "
    "statement statements remark remarks reply replies specify transcript words body"
)
NOT_TEXT_WORDS = words(
    "id sentiment score code codes category categorical type date time number count rating "
    "language status length url link address postcode email phone telephone mobile name ip"
)
ASKING = words("what why how describe please tell would which question q anything share explain")
ATTRIBUTES = re.compile(
    r"^(age|ageband|agegroup|agerange|gender|sex|ethnicity|ethnicgroup|ethnicbackground|ethnicorigin"
    r"|tenure|housingtenure|religion|faith|belief|disability|disabled|sexuality|sexualorientation"
    r"|ward|employment|employmentstatus|carer|householdincome|education)$"
)
#: Most values that an attribute may take when nobody named it one.
MOST_VALUES = 30


def plain(header: str) -> str:
    """Return a header's words in small letters, without marks."""
    return " ".join(re.sub(r"[\W_]+", " ", header).casefold().split())


def squeezed(header: str) -> str:
    """Return a header's letters and figures in small letters."""
    return plain(header).replace(" ", "")
