"""The decision on a quote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listening.steps.quoting import DECISIONS, REFUSED
from listening.web.govuk import Govuk


class Decide(Govuk):
    """What was decided, of which words, and why it was refused."""

    decision = forms.ChoiceField(
        choices=[(one, one) for one in DECISIONS], widget=forms.HiddenInput
    )
    words = forms.CharField(max_length=64, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why should it not be published?"),
        help_text=_(
            "In your own words, without the resident’s. It stands beside the quote for your team."
        ),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where it is refused."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("decision") == REFUSED and not given.get("why", "").strip():
            self.add_error("why", _("Say why it should not be published"))
        return given
