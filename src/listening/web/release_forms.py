"""What a lead says when asking for a release."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listening.web.govuk import Govuk
from listening.web.words import PROFILES


class Make(Govuk):
    """How strict, of which results, and whether they may go though nobody has coded."""

    profile = forms.ChoiceField(
        label=_("How strict?"),
        help_text=_(
            "Take Standard, unless whoever gave you the data asks for another: NHS England "
            "asks for HES of hospital records, the Office for National Statistics for its own. "
            "Choose before you look, and keep to it: changing it tells more than keeping it."
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how strict it is")},
    )
    provisional = forms.BooleanField(
        required=False, widget=forms.CheckboxInput, label=_("Let it go as provisional")
    )
    mark = forms.CharField(max_length=200, widget=forms.HiddenInput)
    once = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, profiles: Sequence[str], is_provisional: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        choices = [(name, PROFILES[name]) for name in profiles]
        self.fields["profile"].choices = choices  # type: ignore[attr-defined]
        self._is_provisional = is_provisional

    def clean(self) -> dict[str, Any]:
        """Ask for the word where nobody has coded."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self._is_provisional and not given.get("provisional"):
            self.add_error(
                "provisional", _("Nobody has coded yet: say that it may go as provisional, or wait")
            )
        return given
