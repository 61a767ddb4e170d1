"""The programme: what is asked, of whom, by whose rules, read from TOML.

One file says what officers print and what the software expects of their material: the question and
its prompts, the attributes with their allowed values, whom to contact, and the words in further
languages that the programme itself supplied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from listening.errors import InvalidProgramme
from listening.tomls import read_toml, texts

#: who agrees for somebody under the age of their own consent
YOUNG = ("guardian", "own")
#: one step alone is no journey
FEWEST_STEPS = 2


@dataclass(frozen=True)
class Attribute:
    """What is asked about a person.

    Attributes:
        name: the column, as `attr:NAME` of a manifest.
        question: as it is asked.
        values: what may be answered; empty means anything.
        sensitive: nobody need answer, and it is never printed beside a quote.
    """

    name: str
    question: str
    values: tuple[str, ...] = ()
    sensitive: bool = False


@dataclass(frozen=True)
class Asked:
    """A question of a form that does not let people raise everything.

    Attributes:
        question: as it stands in the form.
        prompted: codes that it names.
        spontaneous: codes that people can raise in answer to it and that it does not name.
    """

    question: str
    prompted: tuple[str, ...] = ()
    spontaneous: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contact:
    """Whom to speak to: a name or an office, and how."""

    name: str = ""
    phone: str = ""
    email: str = ""

    @property
    def line(self) -> str:
        """Name, phone and e-mail on one line."""
        return ", ".join(part for part in (self.name, self.phone, self.email) if part)


@dataclass(frozen=True)
class JourneyStep:
    """One step of a journey: what it is called, and the ids of the codes that are of it."""

    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Journey:
    """What people go through, step by step.

    Attributes:
        name: of the journey.
        steps: in order.
        good: ids of codes by which people say that something went well.
        bad: the same where it went badly. Without either, how grave coders found it is told.
    """

    name: str
    steps: tuple[JourneyStep, ...]
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()


@dataclass(frozen=True)
class Retention:
    """For how many months what is kept; 0 where the programme says nothing.

    Attributes:
        originals: files as officers sent them, and the words that were replaced in them.
        contacts: how to reach people, and the names behind the stand-ins.
        words: what people said, pseudonymised, whatever else was agreed.
        quotes: how long somebody who agreed to it may be quoted.
        results: working results.
        trail: the trail of changes.
        backups: files of `listening backup`, which the operator deletes.
        consent: what people were told on their form, where the programme says it.
    """

    originals: int = 0
    contacts: int = 0
    words: int = 0
    quotes: int = 0
    results: int = 0
    trail: int = 0
    backups: int = 0
    consent: int = 0


@dataclass(frozen=True)
class Programme:
    """A programme's own settings.

    Attributes:
        name: printed on everything.
        question: the one question that is asked of everybody.
        prompts: what helps people go on, in order.
        attributes: what is asked about people.
        asked: questions that let people raise some codes alone; any other is open to all.
        contact: whom residents turn to, to withdraw above all.
        safeguarding: whom an officer tells when somebody may come to harm.
        consent_years: how long consent holds.
        young: who consents below `own_from`: a guardian, or the young person.
        own_from: the age from which people consent for themselves.
        languages: the languages that officers work in, English first.
        words: for each further language, its words by the names of the English ones.
        journey: what people go through, where the programme asks about one.
        retention: how long what is kept.
    """

    name: str
    question: str
    prompts: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    asked: tuple[Asked, ...] = ()
    contact: Contact = Contact()
    safeguarding: Contact = Contact()
    consent_years: int = 2
    young: str = "guardian"
    own_from: int = 16
    languages: tuple[str, ...] = ("en",)
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    journey: Journey | None = None
    retention: Retention = Retention()


def load(content: str, file: str = "The programme") -> Programme:
    """Read a programme from TOML text.

    Args:
        content: the file's text.
        file: how errors call the file.

    Raises:
        InvalidProgramme: saying which entry breaks which rule.
    """
    data = read_toml(content, file, InvalidProgramme)
    unknown = sorted(set(data) - set(_ENTRIES))
    if unknown:
        raise _invalid(
            file, f"has an unknown entry `{unknown[0]}`.", f"Entries are: {', '.join(_ENTRIES)}."
        )
    for needed in ("name", "question"):
        if not _text(data, needed, file):
            raise _invalid(file, f"has no `{needed}`.", "Add it.")
    consent = _table(data, "consent", file)
    return Programme(
        name=_text(data, "name", file),
        question=_text(data, "question", file),
        prompts=_texts(data, "prompts", file),
        attributes=_attributes(data, file),
        asked=_asked(data, file),
        contact=_contact(data, "contact", file),
        safeguarding=_contact(data, "safeguarding", file),
        consent_years=_whole(consent, "years", 2, file),
        young=_one_of(consent, "young", YOUNG, file),
        own_from=_whole(consent, "own_from", 16, file),
        languages=_texts(data, "languages", file) or ("en",),
        words={code: _table(data["words"], code, file) for code in _table(data, "words", file)},
        journey=_journey(_table(data, "journey", file), file),
        retention=_retention(data, file),
    )


_ENTRIES = (
    "name", "question", "prompts", "attributes", "asked", "contact", "safeguarding", "consent",
    "languages", "words", "journey", "retention",
)  # fmt: skip
#: of [retention]; what is left out is kept until somebody erases it
_KEPT = ("originals", "contacts", "words", "quotes", "results", "trail", "backups")


def _retention(data: Mapping[str, Any], file: str) -> Retention:
    told = _table(data, "retention", file)
    known = {f"{name}_months": name for name in _KEPT}
    unknown = sorted(set(told) - set(known))
    if unknown:
        raise _invalid(
            file,
            f"has an unknown `{unknown[0]}` in [retention].",
            f"Entries are: {', '.join(known)}.",
        )
    months = {name: _whole(told, entry, 1, file) for entry, name in known.items() if entry in told}
    consent = _table(data, "consent", file)
    # a form that promises years binds; one whose programme says nothing has promised none
    promised = 12 * _whole(consent, "years", 2, file) if "years" in consent else 0
    return Retention(**months, consent=promised)


def _journey(data: Mapping[str, Any], file: str) -> Journey | None:
    if not data:
        return None
    steps = _entries(data, "steps", "[[journey.steps]]", file)
    if len(steps) < FEWEST_STEPS:
        raise _invalid(file, "has a journey of less than two steps.", "Add [[journey.steps]].")
    made = tuple(JourneyStep(_text(one, "name", file), _texts(one, "codes", file)) for one in steps)
    lacking = next((one for one in made if not one.name or not one.codes), None)
    if lacking:
        raise _invalid(
            file,
            f"has a step of its journey without {'codes' if lacking.name else 'a name'}.",
            'Write name = "…" and codes = ["…"].',
        )
    good, bad = _texts(data, "good", file), _texts(data, "bad", file)
    if set(good) & set(bad):
        raise _invalid(file, "has a code that is both good and bad.", "Take it out of one list.")
    return Journey(_text(data, "name", file) or "The journey", made, good, bad)


def _entries(data: Mapping[str, Any], name: str, written: str, file: str) -> list[dict[str, Any]]:
    entries = data.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise _invalid(file, f"has `{name}` that are no list.", f"Write each as {written}.")
    return entries


def _attributes(data: Mapping[str, Any], file: str) -> tuple[Attribute, ...]:
    entries = _entries(data, "attributes", "[[attributes]]", file)
    found: list[Attribute] = []
    for entry in entries:
        name = _text(entry, "name", file)
        if not name or name in (other.name for other in found):
            why = f"has two attributes “{name}”." if name else "has an attribute without a name."
            raise _invalid(file, why, "Give every attribute a name of its own.")
        sensitive = entry.get("sensitive", False)
        if not isinstance(sensitive, bool):
            raise _invalid(
                file, f"says of “{name}” neither yes nor no.", "Write sensitive = true or false."
            )
        question = _text(entry, "question", file) or name
        found.append(Attribute(name, question, _texts(entry, "values", file), sensitive))
    return tuple(found)


def _asked(data: Mapping[str, Any], file: str) -> tuple[Asked, ...]:
    entries = data.get("asked", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise _invalid(file, "has `asked` that is no list.", "Write each as [[asked]].")
    found = [
        Asked(
            _text(entry, "question", file),
            _texts(entry, "prompted", file),
            _texts(entry, "spontaneous", file),
        )
        for entry in entries
    ]
    if not all(one.question and (one.prompted or one.spontaneous) for one in found):
        raise _invalid(
            file,
            "has an [[asked]] without a question, or without a code.",
            "Write the question as it stands in the form, and the codes under `prompted` or "
            "`spontaneous`.",
        )
    return tuple(found)


def _contact(data: Mapping[str, Any], name: str, file: str) -> Contact:
    entry = _table(data, name, file)
    return Contact(*(_text(entry, part, file) for part in ("name", "phone", "email")))


def _table(data: Mapping[str, Any], name: str, file: str) -> dict[str, Any]:
    entry = data.get(name, {})
    if not isinstance(entry, dict):
        raise _invalid(file, f"has a `{name}` that is no table.", f"Write it as [{name}].")
    return entry


def _text(data: Mapping[str, Any], name: str, file: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise _invalid(file, f"has a `{name}` that is no text.", "Put it in quotation marks.")
    return value.strip()


def _texts(data: Mapping[str, Any], name: str, file: str) -> tuple[str, ...]:
    return tuple(text for text in texts(data.get(name, []), name, file, InvalidProgramme) if text)


def _whole(data: Mapping[str, Any], name: str, usual: int, file: str) -> int:
    value = data.get(name, usual)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _invalid(file, f"has a `{name}` that is no whole number from 1 up.", "Correct it.")
    return value


def _one_of(data: Mapping[str, Any], name: str, choices: tuple[str, ...], file: str) -> str:
    value = _text(data, name, file) or choices[0]
    if value not in choices:
        raise _invalid(file, f"has an unknown `{name}`.", f"Write one of: {', '.join(choices)}.")
    return value


def _invalid(file: str, why: str, what_to_do: str) -> InvalidProgramme:
    return InvalidProgramme(file, why, f"{what_to_do} Then run again.")
