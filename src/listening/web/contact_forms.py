"""The forms on which officers enter how to reach somebody who agreed to be contacted again."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from listening.web.govuk import Govuk

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class Reaching(Govuk):
    """How to reach somebody."""

    contact = forms.CharField(
        label=_("How to reach them"),
        help_text=_("For example a phone number or an e-mail address"),
        max_length=200,
        widget=forms.TextInput(attrs=_PLAIN),
        error_messages={"required": _("Enter how to reach them")},
    )
    language = forms.CharField(
        label=_("Language"),
        help_text=_("In which to speak to them; leave it empty if you do not know"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
    )

    @property
    def how(self) -> dict[str, str]:
        """Return how to reach them, in one line each."""
        given = {name: str(self.cleaned_data[name]) for name in ("contact", "language")}
        return {name: " ".join(_plain(value).split()) for name, value in given.items()}


class Entering(Reaching):
    """Whom it reaches, and that they agreed to it."""

    said = forms.CharField(
        label=_("Withdrawal code, participant id or name"),
        help_text=_(
            "The code stands on the slip of their consent form. An id or a name is looked "
            "for in your own files: send theirs first."
        ),
        max_length=120,
        widget=forms.TextInput(attrs=_PLAIN),
        error_messages={"required": _("Enter a code, an id or a name")},
    )
    agreed = forms.ChoiceField(
        label=_("Did they agree to be contacted again?"),
        choices=[("yes", _("Yes, they said so")), ("no", _("No, or I do not know"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether they agreed")},
    )
    field_order = ("said", "agreed", "contact", "language")

    def clean_agreed(self) -> str:
        """Refuse whom nobody asked."""
        if self.cleaned_data["agreed"] != "yes":
            raise forms.ValidationError(_("Nobody is entered who did not agree. Ask them first"))
        return "yes"


def _plain(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
