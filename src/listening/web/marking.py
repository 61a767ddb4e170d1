"""Forms on what was removed from a file, and on what its officer answers anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from listening.programme import Attribute
from listening.steps.as_sent import Sent
from listening.steps.mending import is_table
from listening.steps.understanding import CONSENT, KIND, NOBODY, WHOLE, Answers
from listening.web.forms import consent_field, kind_field
from listening.web.govuk import Govuk
from listening.web.words import TAUGHT

INTERVIEWER = "interviewer"
_ROLES = ((INTERVIEWER, _("An interviewer, host or note-taker")), ("", _("A resident")))
_AS_THE_FILE = _("As for the whole file")
_CONSENTS = (
    ("", _AS_THE_FILE),
    ("quotation", _("May be counted and quoted")),
    ("analysis", _("May be counted, never quoted")),
    ("none", _("Did not agree: leave them out")),
)


class Adding(Govuk):
    """Words that should have been removed, and what they are."""

    words = forms.CharField(
        label=_("Words that should have been removed"),
        help_text=_("As the text spells them, for example a name or a nickname."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter the words")},
    )
    said = forms.ChoiceField(
        label=_("What are they?"),
        choices=[(said, told) for said, told in TAUGHT.items() if said != "keep"],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what they are")},
    )


class Keeping(Govuk):
    """Words about which something is said with one button."""

    words = forms.CharField(max_length=2000, widget=forms.HiddenInput)


class Somebody(NamedTuple):
    """Fields on one speaker."""

    label: str
    fields: list[forms.BoundField]


class Mending(Govuk):
    """Everything that was answered about a file, to be answered anew.

    Fields on a speaker are named by the speaker's position: `role-0`, `consent-0`, `attr-0-1`.
    """

    def __init__(
        self, *args: Any, sent: Sent, attributes: Sequence[Attribute], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self._sent = sent
        self._attributes = attributes
        told, answers = sent.understood, sent.answers
        if not is_table(sent):
            self.fields[KIND] = kind_field(told)
            self.initial[KIND] = answers.kind or told.kind
        if CONSENT in told.asked:
            self.fields[CONSENT] = consent_field(told)
            self.initial[CONSENT] = answers.consent
        for place, one in enumerate(told.speakers):
            self._add_speaker(str(place), one.role)
        if not told.speakers and not is_table(sent):
            self._add_attributes(WHOLE)

    @property
    def common(self) -> list[forms.BoundField]:
        """Fields on the whole file."""
        return [self[name] for name in (KIND, CONSENT) if name in self.fields] + [
            self[name] for name in self.fields if name.startswith(f"attr-{WHOLE}-")
        ]

    @property
    def people(self) -> Iterator[Somebody]:
        """Speakers with their fields."""
        for place, one in enumerate(self._sent.understood.speakers):
            own = (name for name in self.fields if name.split("-")[1:2] == [str(place)])
            yield Somebody(one.label, [self[name] for name in own])

    @property
    def no_consent(self) -> bool:
        """Whether the officer says that nobody agreed."""
        return bool(self.cleaned_data.get(CONSENT) == "none")

    def answers(self) -> Answers:
        """Return what is answered now; what says nothing new is as it was."""
        given, before = self.cleaned_data, self._sent.answers
        told = self._sent.understood
        kind = given.get(KIND, before.kind)
        if kind == told.kind and not before.kind:
            kind = ""
        consent = given.get(CONSENT, before.consent)
        asking = [n for n, _ in enumerate(told.speakers) if given[f"role-{n}"] == INTERVIEWER]
        people = self._people(asking)
        was = [n for n, one in enumerate(told.speakers) if one.role == INTERVIEWER]
        if not told.speakers or (asking == was and not set(people) - {WHOLE} and not before.people):
            return Answers(before.interviewer, kind, consent, people)
        return Answers(self._who(asking), kind, consent, people | self._others(asking))

    def _who(self, asking: list[int]) -> str:
        """Return who is named as the interviewer: whoever was, if they still are one."""
        before = self._sent.answers.interviewer
        if before.isdigit() and int(before) in asking:
            return before
        return str(asking[0]) if asking else NOBODY

    def _others(self, asking: list[int]) -> dict[str, dict[str, str]]:
        who = self._who(asking)
        return {str(n): {"participant_id": INTERVIEWER} for n in asking if str(n) != who}

    def _people(self, asking: list[int]) -> dict[str, dict[str, str]]:
        places = [str(n) for n, _ in enumerate(self._sent.understood.speakers) if n not in asking]
        told = {place: self._said_of(place) for place in (*places, WHOLE)}
        return {place: said for place, said in told.items() if said}

    def _said_of(self, place: str) -> dict[str, str]:
        given = self.cleaned_data
        said = {"consent": given.get(f"consent-{place}", "")}
        for n, one in enumerate(self._attributes):
            said[f"attr:{one.name}"] = given.get(f"attr-{place}-{n}", "")
        return {column: value for column, value in said.items() if value}

    def _add_speaker(self, place: str, role: str) -> None:
        said = self._sent.answers.people.get(place, {})
        self.fields[f"role-{place}"] = forms.ChoiceField(
            label=_("What are they here?"), choices=_ROLES, widget=forms.RadioSelect, required=False
        )
        self.initial[f"role-{place}"] = INTERVIEWER if role == INTERVIEWER else ""
        if CONSENT in self._sent.understood.asked:
            self.fields[f"consent-{place}"] = forms.ChoiceField(
                label=_("What did they agree to?"), choices=_CONSENTS, required=False
            )
            self.initial[f"consent-{place}"] = said.get("consent", "")
        self._add_attributes(place)

    def _add_attributes(self, place: str) -> None:
        said = self._sent.answers.people.get(place, {})
        for n, one in enumerate(self._attributes):
            self.fields[f"attr-{place}-{n}"] = _attribute(one)
            self.initial[f"attr-{place}-{n}"] = said.get(f"attr:{one.name}", "")


def _attribute(one: Attribute) -> forms.Field:
    hint = _("Nobody need answer this.") if one.sensitive else ""
    if not one.values:
        return forms.CharField(label=one.question, help_text=hint, max_length=80, required=False)
    choices = [("", _("Not known")), *((value, value) for value in one.values)]
    return forms.ChoiceField(label=one.question, help_text=hint, choices=choices, required=False)
