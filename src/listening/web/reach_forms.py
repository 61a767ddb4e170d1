"""The form on which an officer records how a piece of listening went."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listening.web.govuk import Govuk, day, whole_number


def _words(label: Any, hint: Any) -> forms.Field:
    attrs = {"autocomplete": "off"}
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs=attrs),
    )


class Tally(Govuk):
    """How many were approached, spoke and declined: where, when and how."""

    date = day(
        _("Day"),
        _("For example 27/3/2026"),
        missing=_("Enter the day"),
        wrong=_("Enter a day such as 27/3/2026"),
    )
    place = _words(_("Place"), _("As it is called in your files, for example Quayside"))
    language = _words(_("Language"), _("In which you listened"))
    method = _words(_("Method"), _("For example interview, street, telephone"))
    approached = whole_number(_("How many people did you approach?"), required=False)
    spoke = whole_number(_("How many of them spoke to you?"), required=False)
    declined = whole_number(
        _("How many declined?"), _("Leave a number empty if nobody counted: empty is not 0."),
        required=False,
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note"),
        help_text=_("For your team. Name nobody."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """Find that somebody was counted, and that no more answered than were asked."""
        given = super().clean() or {}
        counts = [given.get(name) for name in ("approached", "spoke", "declined")]
        if not self.errors and all(count is None for count in counts):
            self.add_error("approached", _("Enter at least one of the three numbers"))
        answered = sum(count or 0 for count in counts[1:])
        if counts[0] is not None and answered > counts[0]:
            self.add_error("approached", _("More people spoke or declined than you approached"))
        return given

    @property
    def said(self) -> dict[str, Any]:
        """Return what was said, the day as ISO text."""
        return {**self.cleaned_data, "date": self.cleaned_data["date"].isoformat()}
