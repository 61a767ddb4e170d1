"""The decision on a quote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listening.steps.quoting import DECISIONS, NO, REFUSED, SIGNED, YES
from listening.web.govuk import Govuk


class Decide(Govuk):
    """What was decided, of which words, and why it was refused."""

    decision = forms.ChoiceField(
        choices=[(one, one) for one in DECISIONS], widget=forms.HiddenInput
    )
    words = forms.CharField(max_length=64, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)
    speaks = forms.ChoiceField(
        label=_("Does it speak for this priority?"),
        help_text=_("A machine or a coder put it here, and may have taken it for its opposite."),
        required=False,
        choices=[
            (YES, _("Yes, it does")),
            (NO, _("No: it is about something else, or says the opposite")),
        ],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Say whether it speaks for this priority")},
    )
    why = forms.CharField(
        label=_("Why should it not be published?"),
        help_text=_(
            "In your own words, without the resident’s. It stands beside the quote for your team. "
            "It may be left out where the quote does not speak for the priority."
        ),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask whether it speaks for its theme, or for a reason where it is refused."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        decision, speaks = given.get("decision"), given.get("speaks")
        if decision == SIGNED and speaks == NO:
            self.add_error("speaks", _("Refuse it, if it does not speak for this priority"))
        elif decision == SIGNED and not speaks and "speaks" not in self.errors:
            self.add_error("speaks", _("Say whether it speaks for this priority"))
        if decision == REFUSED and speaks != NO and not given.get("why", "").strip():
            self.add_error("why", _("Say why it should not be published"))
        return given
