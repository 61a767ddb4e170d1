"""The four forms, in every language whose words are there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from listening.kit.word_file import WordFile
from listening.kit.words import words_in
from listening.programme import Programme

_STREET_ROWS = 8


@dataclass(frozen=True)
class Kit:
    """The kit's files.

    Attributes:
        files: name → content of a Word file.
        missing: for each language that the programme lists and has not all words for, the names of
            those that are missing; nothing is printed half in one language and half in another.
    """

    files: Mapping[str, bytes]
    missing: Mapping[str, tuple[str, ...]]


def field_kit(programme: Programme, forms: int, new_code: Callable[[], str]) -> Kit:
    """Make the field kit.

    Args:
        programme: the programme's settings.
        forms: how many consent forms, each with its own code.
        new_code: makes a withdrawal code.
    """
    files: dict[str, bytes] = {}
    lacking: dict[str, tuple[str, ...]] = {}
    for language in programme.languages:
        words, missing = words_in(programme, language)
        if missing:
            lacking[language] = missing
            continue
        told = _Told(programme, words, programme.words.get(language, {}))
        files[f"interview_guide_{language}.docx"] = _guide(told, language)
        codes = [new_code() for _ in range(forms)]
        files[f"consent_forms_{language}.docx"] = _consent(told, language, codes)
        files[f"street_notes_{language}.docx"] = _street(told, language)
        files[f"upload_checklist_{language}.docx"] = _upload(told, language)
    return Kit(files, lacking)


class _Told:
    """The words of one language, filled in from the programme."""

    def __init__(
        self, programme: Programme, words: Mapping[str, str], own: Mapping[str, Any]
    ) -> None:
        self.programme = programme
        self._words = words
        self._own = own
        self._filled = {
            "{name}": programme.name,
            "{years}": str(programme.consent_years),
            "{age}": str(programme.own_from),
            "{contact}": programme.contact.line or "________________",
            "{safeguarding}": programme.safeguarding.line or "________________",
        }

    def __getitem__(self, name: str) -> str:
        text = self._words[name]
        for brace, value in self._filled.items():
            text = text.replace(brace, value)
        return text

    def asked(self, text: str) -> str:
        """Return the programme's own question, prompt or value in this language, where supplied."""
        own = self._own.get("asked", {})
        return str(own.get(text, text)) if isinstance(own, Mapping) else text


def _guide(told: _Told, language: str) -> bytes:
    page = WordFile(told["guide"], language, told.programme.name)
    page.heading(told["guide_before"])
    page.list([told[f"guide_before_{n}"] for n in (1, 2, 3)])
    page.heading(told["guide_question"])
    page.large(told.asked(told.programme.question))
    if told.programme.prompts:
        page.heading(told["guide_prompts"])
        page.list([told.asked(prompt) for prompt in told.programme.prompts])
    page.text(told["guide_listen"])
    if told.programme.attributes:
        page.heading(told["guide_about"])
        page.text(told["guide_about_why"])
    for attribute in told.programme.attributes:
        need_not = f" ({told['guide_need_not']})" if attribute.sensitive else ""
        page.text(f"{told.asked(attribute.question)}{need_not}", bold=True)
        values = [told.asked(value) for value in attribute.values]
        page.text("   ".join(f"☐ {value}" for value in values) or "_" * 40)
    page.heading(told["guide_after"])
    page.list([told["guide_after_1"], told["guide_after_2"]])
    page.heading(told["guide_harm"])
    page.list([told["guide_harm_1"], told["guide_harm_2"]])
    return page.content()


def _consent(told: _Told, language: str, codes: list[str]) -> bytes:
    page = WordFile(told["consent"], language, told.programme.name)
    for number, code in enumerate(codes):
        if number:
            page.new_page()
            page.title(told["consent"])
        for name in ("consent_what", "consent_free", "consent_until"):
            page.text(told[name])
        page.heading(told["consent_choose"])
        for name in ("consent_analysis", "consent_quotation", "consent_again"):
            page.text(f"☐ {told[name]}")
        lines = ["consent_contact_details", "consent_name", "consent_signed", "consent_date"]
        # by the programme's rule a guardian agrees, and the young person is asked as well
        lines += ["consent_assent"]
        lines += ["consent_guardian"] if told.programme.young == "guardian" else []
        for name in lines:
            page.line(told[name])
        page.text(f"{told['consent_code']}: {code}", bold=True)
        page.small(told["consent_officer"])
        page.cut()
        page.heading(told["consent_slip"])
        page.large(f"{told['consent_code']}: {code}")
        page.text(f"{told['consent_slip_how']} {told['consent_slip_whom']}")
    return page.content()


def _street(told: _Told, language: str) -> bytes:
    page = WordFile(told["street"], language, told.programme.name, wide=True)
    page.text(told.asked(told.programme.question), bold=True)
    page.text(told["street_how"])
    head = ("street_place", "street_date", "street_officer", "street_language")
    page.text("   ".join(f"{told[name]}: ____________" for name in head))
    columns = [told[n] for n in ("street_people", "street_said", "street_voice", "street_quote")]
    # on the street there is no time, and no place, to ask what is sensitive
    plain = [attribute for attribute in told.programme.attributes if not attribute.sensitive]
    columns += [told.asked(attribute.question) for attribute in plain[:3]]
    page.text(told["street_reach"])
    page.table(columns, _STREET_ROWS, broad=1)
    return page.content()


def _upload(told: _Told, language: str) -> bytes:
    page = WordFile(told["upload"], language, told.programme.name)
    for number in range(1, 8):
        page.text(f"☐ {told[f'upload_{number}']}")
    page.text(told["guide_harm"], bold=True)
    page.text(told["guide_harm_1"])
    return page.content()
