"""Forms on coding and on the codebook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listening.steps.desk.asked import KINDS
from listening.web.govuk import Govuk

_WHY = _("It stands in the trail of the codebook, with your name and the day.")
_SPACES = re.compile(r"[\s,;]+")


def _why() -> forms.Field:
    return forms.CharField(
        label=_("Why?"), help_text=_WHY, max_length=500, error_messages={"required": _("Say why")}
    )


class Coders(Govuk):
    """Who reads the audit, in addition to those who are named already."""

    coders = forms.CharField(
        label=_("E-mail addresses of coders"),
        help_text=_("One in each line. Two at least, so that agreement can be told."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_coders(self) -> list[str]:
        """Return the addresses, each checked."""
        told = [one for one in _SPACES.split(self.cleaned_data["coders"]) if one]
        for one in told:
            try:
                forms.EmailField().clean(one)
            except forms.ValidationError:
                raise forms.ValidationError(
                    _("Enter addresses such as name@example.org, one in each line")
                ) from None
        return told


class Upload(Govuk):
    """The next version as a file."""

    file = forms.FileField(
        label=_("The codebook as a file"),
        help_text=_(
            "TOML, Excel (.xlsx), CSV of Taguette or any table of codes, .qdc or .qdpx of "
            "NVivo, ATLAS.ti, MAXQDA and others."
        ),
        error_messages={"required": _("Choose a file"), "empty": _("The file is empty")},
    )
    why = _why()
    missing = forms.ChoiceField(
        label=_("Codes that are not in the file"),
        choices=[
            ("keep", _("Stay as they are")),
            ("retire", _("Are retired: their codings are kept, and do not count")),
        ],
        initial="keep",
        widget=forms.RadioSelect,
        help_text=_("This is not asked of TOML, which says itself what became of each code."),
    )


class OfCode(Govuk):
    """Something that is done with one code."""

    def __init__(self, *args: Any, codes: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        for name, field in self.fields.items():
            if name in ("code", "into"):
                field.choices = [("", _("Choose a code")), *codes]  # type: ignore[attr-defined]


def _code(label: Any) -> forms.Field:
    return forms.ChoiceField(label=label, error_messages={"required": _("Choose a code")})


def _meaning(label: Any) -> forms.Field:
    return forms.CharField(
        label=label,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what it means")},
    )


def _name(label: Any) -> forms.Field:
    return forms.CharField(
        label=label,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter a name")},
    )


class Rename(OfCode):
    """Another name for a code."""

    code = _code(_("Which code?"))
    name = _name(_("Its new name"))
    why = _why()


class Merge(OfCode):
    """A code that becomes part of another one."""

    code = _code(_("Which code goes?"))
    into = _code(_("Into which code?"))
    why = _why()


class Split(OfCode):
    """A code that becomes two."""

    code = _code(_("Which code?"))
    first = _name(_("Name of the first part"))
    first_means = _meaning(_("What the first part means"))
    second = _name(_("Name of the second part"))
    second_means = _meaning(_("What the second part means"))
    why = _why()


class Retire(OfCode):
    """A code that is used no more."""

    code = _code(_("Which code?"))
    why = _why()


class Add(OfCode):
    """A code that is new."""

    name = _name(_("Its name"))
    means = _meaning(_("What it means"))
    why = _why()


class Publish(Govuk):
    """Which version was looked at, and beside which."""

    mark = forms.CharField(max_length=40, widget=forms.HiddenInput)
    before = forms.CharField(max_length=40, widget=forms.HiddenInput, required=False)
    once = forms.CharField(max_length=40, widget=forms.HiddenInput)


class Asking(Govuk):
    """What is asked for, with which press of which button, and of which version."""

    what = forms.ChoiceField(choices=[(one, one) for one in KINDS])
    once = forms.CharField(max_length=40)
    version = forms.CharField(max_length=40, required=False)
