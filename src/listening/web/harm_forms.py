"""Forms on disclosures of harm."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from listening.steps.safeguarding import Words
from listening.web.counted import many_of
from listening.web.govuk import Govuk, whole_number

STRETCH = "stretch"
_EVERYTHING = _("Everything that %(who)s said (%(many)s)")
_TURNS = ngettext_lazy("{shown} contribution", "{shown} contributions", "many")


class Harm(Govuk):
    """What is passed to the safeguarding lead: a person's words or a stretch, with a note."""

    first = whole_number(
        _("First number"),
        _("Of a part only. The numbers stand beside the words, above on this page."),
        least=1,
        required=False,
    )
    last = whole_number(
        _("Last number"), _("Leave it empty if it is one number alone."), least=1, required=False
    )
    note = forms.CharField(
        label=_("What should the safeguarding lead know?"),
        help_text=_("What made you mark it, and what you have done already."),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what the safeguarding lead should know")},
    )

    #: which content of the file was read: numbers and people of another one are not meant
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, found: Words) -> None:
        seen = _signed(found)
        self._stale = data is not None and data.get("seen") != seen
        if data is not None and self._stale:  # whom it meant is chosen anew; the note stays
            data = data.copy()
            data["seen"] = seen
            for name in ("about", "first", "last"):
                data.pop(name, None)
        super().__init__(data, initial={"seen": seen})
        self._people = {_signed(found, who): who for who in found.people}
        if found.people:
            self.fields["about"] = _about(found)
            self.order_fields(["about", "first", "last", "note"])

    def clean(self) -> dict[str, Any]:
        """Find that a part has a first number, and that it ends after it begins."""
        given = super().clean() or {}
        if self._stale:
            where = "about" if "about" in self.fields else "first"
            self.errors.pop(where, None)
            self.add_error(
                where, _("This file has changed since you opened this page. Choose once more")
            )
        elif given.get("about", STRETCH) == STRETCH and not self.errors:
            if not given["first"]:
                self.add_error("first", _("Enter the number of the first words"))
            elif given["last"] and given["last"] < given["first"]:
                self.add_error("last", _("The last number must not be below the first"))
        return given

    @property
    def about(self) -> str | tuple[int, int]:
        """Whose words are meant, or which numbers."""
        given = self.cleaned_data
        if given.get("about", STRETCH) != STRETCH:
            return self._people[given["about"]]
        return given["first"], given["last"] or given["first"]


class Acted(Govuk):
    """What was done about a disclosure."""

    note = forms.CharField(
        label=_("Write what was done"),
        help_text=_("For example whom you told, and when."),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what was done")},
    )


def _signed(found: Words, who: str = "") -> str:
    """Return what names a person of this very content in a form, or the content itself."""
    return salted_hmac("listening.harm", f"{found.version}|{who}").hexdigest()


def _about(found: Words) -> forms.Field:
    people = [
        (_signed(found, who), _EVERYTHING % {"who": who, "many": many_of(turns, _TURNS)})
        for who, turns in found.people.items()
    ]
    return forms.ChoiceField(
        label=_("What is it about?"),
        choices=[*people, (STRETCH, _("A part only: I give its numbers"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what it is about")},
    )
