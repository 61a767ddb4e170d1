"""What every form shares: GOV.UK's classes on fields, and the mark of an error."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")


class Govuk(forms.Form):
    """Gives each widget its class, and a wrong one the mark of an error."""

    use_required_attribute = False

    def full_clean(self) -> None:
        """Clean as ever, then dress the widgets."""
        super().full_clean()
        for name, field in self.fields.items():
            wrong = self.is_bound and name in self.errors
            field.widget.attrs["class"] = _class_of(field.widget, wrong)


def whole_number(
    label: Any, hint: Any = "", *, least: int = 0, required: bool = True
) -> forms.Field:
    """Return a field for a whole number, as GOV.UK asks for one."""
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=required,
        min_value=least,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Enter a number"),
            "invalid": _("Enter a whole number, without words or decimals"),
            "min_value": format_lazy(_("Enter a whole number from {least} up"), least=least),
        },
    )


def day(label: Any, hint: Any, *, missing: Any, wrong: Any, required: bool = True) -> forms.Field:
    """Return a field for a day, in any of the ways in which people write one here."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        input_formats=_DAYS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": missing, "invalid": wrong},
    )


def _class_of(widget: forms.Widget, wrong: bool) -> str:
    if isinstance(widget, forms.RadioSelect):
        return "govuk-radios__input"
    if isinstance(widget, forms.FileInput):
        return "govuk-file-upload" + (" govuk-file-upload--error" if wrong else "")
    if isinstance(widget, forms.Select):
        stem = "govuk-select"
    else:
        stem = "govuk-textarea" if isinstance(widget, forms.Textarea) else "govuk-input"
    kind = ""
    if isinstance(widget, forms.PasswordInput):
        kind = " govuk-password-input__input govuk-js-password-input-input"
    elif widget.attrs.get("inputmode") == "numeric":
        kind = " govuk-input--width-5"
    return stem + kind + (f" {stem}--error" if wrong else "")
