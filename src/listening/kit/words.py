"""The kit's words in English, and what a programme must supply for another language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from listening.programme import Programme

#: Everything that is printed, by the name under which a programme translates it. Braces are filled
#: in; a translation keeps them.
ENGLISH: dict[str, str] = {
    "guide": "Interview guide",
    "guide_before": "Before you start",
    "guide_before_1": "Say who you are, who you work with, and why you are asking.",
    "guide_before_2": "Go through the consent form together and leave the slip with the person.",
    "guide_before_3": "Say that they may stop, or leave a question out, at any time.",
    "guide_question": "The question",
    "guide_prompts": "If it helps",
    "guide_listen": "Let them finish. Write their words, not yours. Silence is an answer too.",
    "guide_about": "About the person",
    "guide_about_why": "So that we can say whose voices we heard and whose are missing.",
    "guide_need_not": "nobody need answer this",
    "guide_after": "Before you leave",
    "guide_after_1": "Ask what matters most of what was said, and whether something was left out.",
    "guide_after_2": "Thank them, and say what happens next and when they will hear.",
    "guide_harm": "If somebody may come to harm",
    "guide_harm_1": "Do not promise to keep it to yourself. Tell {safeguarding} today.",
    "guide_harm_2": "Do not write it into your notes: mark the file when you hand it in.",
    "consent": "Taking part in {name}",
    "consent_what": "We ask what it would take to thrive here. A person from our team reads what "
    "you say. Names, addresses and numbers are taken out first.",
    "consent_free": "Taking part is up to you. You can stop at any time and nothing else changes "
    "for you.",
    "consent_until": "Your consent holds for {years} years. After that what you said is erased.",
    "consent_choose": "Please tick what you agree to",
    "consent_analysis": "What I say may be read and counted.",
    "consent_quotation": "My words may be quoted without my name.",
    "consent_again": "You may contact me again about this. My details are kept apart.",
    "consent_contact_details": "How to reach me, if ticked",
    "consent_name": "Name",
    "consent_signed": "Signature or mark",
    "consent_date": "Date",
    "consent_guardian": "Under {age}: parent or guardian",
    "consent_assent": "Under {age}: I want to take part myself (young person)",
    "consent_code": "Withdrawal code",
    "consent_slip": "Keep this slip",
    "consent_slip_how": "If you change your mind, give us this code. You need not say your name or "
    "why. Everything you said is then erased.",
    "consent_slip_whom": "Call or write to {contact}.",
    "consent_officer": "For the officer: copy the code into the column withdrawal_code of the "
    "manifest.",
    "street": "Street notes",
    "street_how": "One row for each conversation. Write what was said; tick V if these are their "
    "words, P if you put it in yours, O if it is only what you saw.",
    "street_place": "Place",
    "street_date": "Date",
    "street_officer": "Officer",
    "street_language": "Language",
    "street_people": "People",
    "street_said": "What was said",
    "street_voice": "V / P / O",
    "street_quote": "May quote?",
    "street_reach": "People approached: ____   who spoke: ____   who declined: ____",
    "upload": "Handing in",
    "upload_1": "One file for each interview or session, with the place and the month in its name, "
    "never a person's name.",
    "upload_2": "Mark who is speaking: Interviewer, Resident 1, Resident 2.",
    "upload_3": "Fill in the manifest: consent, withdrawal code, place, date, language.",
    "upload_4": "Without consent to be read and counted, hand nothing in.",
    "upload_5": "Check each file: listening check FOLDER. Answer what it asks.",
    "upload_6": "When the file has arrived, delete the recording and your own copies, as your "
    "programme's rules say.",
    "upload_7": "Keep the signed forms locked away, apart from the notes.",
}


def words_in(programme: Programme, language: str) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Return the kit's words in a language, and the names of those that the programme lacks.

    Args:
        programme: with the words that it supplied.
        language: code; English needs nothing.
    """
    if language == "en":
        return ENGLISH, ()
    given: Mapping[str, Any] = programme.words.get(language, {})
    missing = tuple(name for name in ENGLISH if not str(given.get(name, "")).strip())
    return {name: str(given.get(name, "")) for name in ENGLISH}, missing
