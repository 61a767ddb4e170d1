"""The form on which a lead says that a new wave began."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from listening.web.govuk import Govuk, day


class NewWave(Govuk):
    """The first day of a wave, and what it is called."""

    day = day(
        _("First day of the new wave"),
        _("For example 27/3/2026. Whatever was heard on that day or after is of it."),
        missing=_("Enter the first day of the new wave"),
        wrong=_("Enter a day such as 27/3/2026"),
    )
    name = forms.CharField(
        label=_("What is it called?"),
        help_text=_("For example Autumn 2026. Left empty, it is called by its months."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
