"""What a panel is asked on its pages, one thing at a time, and how a lead opens one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listening.steps.nouns import AskedAbout
from listening.steps.panel.answering import MOST_TOGETHER, MOST_WORDS
from listening.steps.panel.opening import MOST_ANSWERS, MOST_DAYS
from listening.steps.panel.setting_aside import MANY, REASONS, STRANGER, TRIED, AnswerSet
from listening.steps.panel.wording import unfit
from listening.web.govuk import Govuk

#: what passes over a priority
SKIP = "skip"
#: the words that need some of their own
NEEDING = ("rename", "contest")


class Together(Govuk):
    """How many answer on this device."""

    present = forms.IntegerField(
        label=_("How many of you are answering together?"),
        help_text=_("Write 1 if you are by yourself."),
        min_value=1,
        max_value=MOST_TOGETHER,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Write how many of you there are"),
            "invalid": _("Write a whole number, such as 1"),
            "min_value": _("Write a number from 1 up"),
            "max_value": _("Write a smaller number"),
        },
    )


class Verdict(Govuk):
    """Whether a priority is right."""

    word = forms.ChoiceField(
        label=_("What do you think of it?"),
        choices=[
            ("confirm", _("It is right")),
            ("rename", _("It is right, but I would call it something else")),
            ("contest", _("It is not right")),
            (SKIP, _("I do not want to say")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one")},
    )


class OwnWords(Govuk):
    """What goes with a word, in their own words."""

    words = forms.CharField(
        label="",
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_("Please do not write anybody’s name or address."),
        error_messages={"required": _("Write it in your own words")},
    )

    def __init__(self, *args: Any, label: str, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
        self.fields["words"].required = required


class Code(Govuk):
    """The code that somebody was given when they sent their answers."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Three groups of four letters and numbers"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write your code")},
    )


class Aside(Govuk):
    """Which sets of answers count no more, and why; or count again."""

    sets = forms.MultipleChoiceField(
        label=_("Sets of answers"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one set of answers"),
            "invalid_choice": _("One of them is not there any more. Choose again"),
        },
    )
    why = forms.ChoiceField(
        label=_("What becomes of those that you chose?"),
        help_text=_("Set nothing aside because you do not like what it says."),
        choices=[
            (MANY, _("Set aside: one person or a machine has filled in many")),
            (TRIED, _("Set aside: the team tried the link out")),
            (STRANGER, _("Set aside: somebody who was not invited")),
            ("counts", _("They count again")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what becomes of them")},
    )

    def __init__(self, given: Any, found: Sequence[AnswerSet]) -> None:
        super().__init__(given)
        told = self.fields["sets"]
        if isinstance(told, forms.MultipleChoiceField):
            told.choices = [(one.id, one.id) for one in found]

    @property
    def reason(self) -> str:
        """Return why they are set aside; empty where they count again."""
        why = str(self.cleaned_data["why"])
        return why if why in REASONS else ""


class Opening(Govuk):
    """What a panel is called, for how long it is open and for how many; then its priorities."""

    title = forms.CharField(
        label=_("What is the panel called?"),
        help_text=_("Its members read this. For example: Residents’ panel, May meeting"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Give the panel a name")},
    )
    days = forms.IntegerField(
        label=_("For how many days is the link open?"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=14,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Write a number of days"),
            "invalid": _("Write a whole number of days"),
            "min_value": _("Write at least 1 day"),
            "max_value": _("Write at most 60 days"),
        },
    )
    most = forms.IntegerField(
        label=_("How many may answer?"),
        help_text=_("A group that answers together on one device counts as one."),
        min_value=1,
        max_value=MOST_ANSWERS,
        initial=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Write how many may answer"),
            "invalid": _("Write a whole number"),
            "min_value": _("Write at least 1"),
            "max_value": _("Write at most 500"),
        },
    )


class Shown(Govuk):
    """One priority: the words that the panel is shown, and that the lead finds them fit."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    statement = forms.CharField(
        label=_("In plain language"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    fit = forms.ChoiceField(
        label=_("Ask the panel about this one?"),
        choices=[
            ("yes", _("Yes: I have read these words, and they are fit to show")),
            ("no", _("No")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the panel is asked about this one")},
    )

    def __init__(self, given: Any, asked: AskedAbout, passages: list[str]) -> None:
        initial = {"name": asked.name, "statement": asked.statement, "fit": "no"}
        super().__init__(given, prefix=asked.id, initial=initial)
        self.asked = asked
        self._passages = passages

    def clean(self) -> dict[str, Any]:
        """Refuse figures, quotes and residents' own words in what is ticked."""
        given = super().clean() or {}
        if given.get("fit") == "yes":
            if not given.get("name"):
                self.add_error("name", _("Give it a name"))
            for part in ("name", "statement"):
                why = unfit(given.get(part) or "", self._passages)
                if why:
                    self.add_error(part, _(why))
        return given

    @property
    def chosen(self) -> AskedAbout | None:
        """Return what the panel is asked; None where it is not ticked."""
        given = self.cleaned_data
        if given["fit"] != "yes":
            return None
        return AskedAbout(self.asked.id, given["name"].strip(), given["statement"].strip())
