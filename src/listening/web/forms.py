"""Forms, drawn with GOV.UK's markup by Django's own templates for fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.password_validation import validate_password
from django.forms.renderers import DjangoTemplates
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from listening.steps.as_sent import Like
from listening.steps.search import Wanted
from listening.steps.understanding import (
    CONSENT,
    KIND,
    NOBODY,
    SAME,
    SAME_TALK,
    SOMEBODY_ELSE,
    WHO,
    Answers,
    Understood,
)
from listening.web.counted import many_of
from listening.web.govuk import Govuk
from listening.web.words import KINDS, ROLES, language_of

_TURNS = ngettext_lazy("{shown} turn", "{shown} turns", "many")
_OTHERS = ngettext_lazy("{shown} other file", "{shown} other files", "many")
_ALIKE = _("A form that two people filled in can look like it too, for its print is the same.")


class GovukForms(DjangoTemplates):
    """Draws fields with hints and errors where screen readers look for them."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"


class SignIn(Govuk, AuthenticationForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail address")
        self.fields["username"].widget = forms.EmailInput(
            attrs={"autocomplete": "username", "spellcheck": "false"}
        )
        self.fields["username"].error_messages["required"] = _("Enter your e-mail address")
        self.fields["password"].error_messages["required"] = _("Enter your password")
        self.error_messages["invalid_login"] = _(
            "The e-mail address or the password is wrong. After 5 wrong tries you have to wait for "
            "15 minutes."
        )

    def clean_username(self) -> str:
        """Spell the address as it is kept."""
        return str(self.cleaned_data["username"]).strip().casefold()


class NewPassword(Govuk, PasswordChangeForm):
    """The old password and a new one."""

    field_order = ("old_password", "new_password1", "new_password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = (
            (_("Password now"), _("Enter the password now")),
            (_("New password"), _("Enter the new password")),
            (_("New password again"), _("Enter the new password again")),
        )
        for name, (label, needed) in zip(self.field_order, asked, strict=True):
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = needed
            self.fields[name].widget.attrs.pop("autofocus", None)
        self.fields["new_password1"].help_text = PASSWORD_HINT


PASSWORD_HINT = _("At least 12 characters. Three words that have nothing in common do well.")


class Join(Govuk):
    """A name and a password, or a password alone for somebody who has a name here already."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name")},
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password")},
    )

    def __init__(self, *args: Any, email: str, known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email
        if known:
            del self.fields["name"]

    def clean_password(self) -> str:
        """Refuse a password that is short, common, or like the name."""
        from django.contrib.auth import get_user_model

        password = str(self.cleaned_data["password"])
        likeness = get_user_model()(email=self._email, name=self.cleaned_data.get("name", ""))
        validate_password(password, likeness)
        return password


class Proof(Govuk):
    """The password, given once more."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password")},
    )


class SecondCode(Govuk):
    """A code that an app on a phone shows."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six numbers, which change every half minute"),
        max_length=10,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
        ),
        error_messages={"required": _("Enter the code that your app shows")},
    )


class Invite(Govuk):
    """Whom to invite, as what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter their e-mail address"),
            "invalid": _("Enter an e-mail address such as name@example.org"),
        },
    )
    role = forms.ChoiceField(
        label=_("What will they be?"),
        # the safeguarding lead is named by whoever runs the server
        choices=[(role, name) for role, name in ROLES.items() if role != "safeguarding"],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what they will be")},
    )


class Leaving(Govuk):
    """Who withdraws."""

    said = forms.CharField(
        label=_("Withdrawal code, participant id or name"),
        help_text=_(
            "The code stands on the slip of their consent form, for example K7QF-39MX. A "
            "name is what they are called in the file."
        ),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter a code, an id or a name")},
    )


class Sure(Govuk):
    """Whether it is meant."""

    participant = forms.CharField(max_length=200, widget=forms.HiddenInput)


_ANY = ("", _("Any"))


class Search(Govuk):
    """What to look for, and where."""

    said = forms.CharField(
        label=_("Words to look for"),
        help_text=_(
            "All of them are looked for, and what means much the same. Put a phrase in "
            "quotation marks."
        ),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
        error_messages={"required": _("Enter a word to look for")},
    )
    how = forms.ChoiceField(
        label=_("Look for"),
        choices=[
            ("both", _("The words, and what means the same")),
            ("words", _("The words alone")),
            ("meaning", _("What means the same alone")),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial="both",
    )
    kind = forms.ChoiceField(
        label=_("Kind of file"),
        choices=[_ANY, *KINDS.items()],
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )
    language = forms.CharField(required=False, max_length=20)
    topic = forms.CharField(required=False, max_length=300)

    def __init__(
        self, *args: Any, languages: Sequence[str] = (), topics: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = {
            "language": [(code, language_of(code)) for code in languages],
            "topic": [(name, name) for name in topics],
        }
        for name, choices in named.items():
            if len(choices) > 1:  # nothing is asked where there is one answer
                self.fields[name].widget = forms.RadioSelect(choices=[_ANY, *choices])

    def wanted(self, most: int) -> Wanted:
        """Return what is looked for."""
        given = self.cleaned_data
        return Wanted(
            given["said"],
            words=given["how"] != "meaning",
            meaning=given["how"] != "words",
            source_kind=given["kind"],
            language=given["language"],
            topic=given["topic"],
            most=most,
        )


class Questions(Govuk):
    """What a file leaves open: only that is asked."""

    def __init__(
        self, *args: Any, understood: Understood, like: Sequence[Like] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        made = {WHO: _who, KIND: kind_field, CONSENT: consent_field}
        # where it may be the same talk, nothing else need be asked before that is known
        first = SAME in understood.open
        for asked in (SAME,) if first else understood.asked:
            self.fields[asked] = _whose(like) if asked == SAME else made[asked](understood)

    def answers(self) -> Answers:
        """Return what was answered."""
        return Answers(**self.cleaned_data)

    @property
    def no_consent(self) -> bool:
        """Whether the officer says that there is none."""
        return bool(self.cleaned_data.get(CONSENT) == "none")


def _whose(like: Sequence[Like]) -> forms.Field:
    return forms.ChoiceField(
        label=_("Is this somebody else?"),
        help_text=f"{_alike(like)} {_ALIKE}",
        choices=[
            (SAME_TALK, _("It is the same talk: count it once")),
            (SOMEBODY_ELSE, _("It is somebody else: count both")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether this is somebody else")},
    )


def _alike(like: Sequence[Like]) -> str:
    """Say as which file this seems the same, and when that was read."""
    named = like[0].name if like and like[0].name else ""
    day = date_format(like[0].day, str(_("j F Y"))) if like else _("an earlier day")
    more = many_of(len(like) - 1, _OTHERS) if len(like) > 1 else ""
    told = {"name": named, "day": day, "more": more}
    if named and more:
        said = _(
            "We think this is the same talk as “%(name)s”, which you sent and which was read on "
            "%(day)s (and %(more)s)."
        )
    elif named:
        said = _(
            "We think this is the same talk as “%(name)s”, which you sent and which was read on "
            "%(day)s."
        )
    elif more:
        said = _(
            "We think this is the same talk as a file that was read on %(day)s (and %(more)s)."
        )
    else:
        said = _("We think this is the same talk as a file that was read on %(day)s.")
    return str(said % told)


def _who(understood: Understood) -> forms.Field:
    speakers = [
        (str(place), f"{one.label} ({many_of(one.turns, _TURNS)})")
        for place, one in enumerate(understood.speakers)
    ]
    return forms.ChoiceField(
        label=_("Who is the interviewer?"),
        help_text=_("What an interviewer says is not counted as a resident’s view."),
        choices=[*speakers, (NOBODY, _("Nobody: all of them are residents"))],
        widget=forms.RadioSelect,
        initial=understood.interviewer,
        error_messages={"required": _("Say who the interviewer is")},
    )


def kind_field(_understood: Understood) -> forms.Field:
    """Ask what a file is."""
    return forms.ChoiceField(
        label=_("What is this file?"),
        choices=[(kind, KINDS[kind]) for kind in ("interview", "focus_group", "street")],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what this file is")},
    )


def consent_field(_understood: Understood) -> forms.Field:
    """Ask what people agreed to."""
    return forms.ChoiceField(
        label=_("What did the people in this file agree to?"),
        choices=[
            ("quotation", _("Their words may be counted, and quoted without their name")),
            ("analysis", _("Their words may be counted, but never quoted")),
            ("none", _("They did not agree, or I do not know")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what the people in this file agreed to")},
    )
