"""The form on which a lead says that a new wave began."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from listening.web.govuk import Govuk

_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")


class NewWave(Govuk):
    """The first day of a wave, and what it is called."""

    day = forms.DateField(
        label=_("First day of the new wave"),
        help_text=_("For example 27/3/2026. Whatever was heard on that day or after is of it."),
        input_formats=_DAYS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Enter the first day of the new wave"),
            "invalid": _("Enter a day such as 27/3/2026"),
        },
    )
    name = forms.CharField(
        label=_("What is it called?"),
        help_text=_("For example Autumn 2026. Left empty, it is called by its months."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
