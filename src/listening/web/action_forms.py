"""The forms of actions. Nothing but the change idea must be filled in: a record grows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listening.web.action_words import DECISIONS, DIRECTIONS, HELPED, OUTCOMES, STATUSES
from listening.web.govuk import Govuk, day, whole_number

if TYPE_CHECKING:
    from listening.steps.acting.together import Outcome

_LONGEST = 2_000
_EXAMPLE = _("For example 27/3/2027")


def _line(label: Any, hint: Any = "", *, required: bool = False) -> forms.Field:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say this in a few words")},
    )


def _words(label: Any, hint: Any = "", *, required: bool = False, rows: int = 3) -> forms.Field:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": _("Say this in a sentence or two")},
    )


def _day(label: Any, hint: Any = _EXAMPLE, *, required: bool = False) -> forms.Field:
    return day(
        label,
        hint,
        required=required,
        missing=_("Enter a day"),
        wrong=_("Enter a day such as 27/3/2027"),
    )


def _choice(label: Any, choices: list[tuple[str, Any]], hint: Any = "") -> forms.Field:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=False,
        choices=choices,
        error_messages={"invalid_choice": _("Choose one of the list")},
    )


class Acting(Govuk):
    """What all forms of actions share: plain data out."""

    @property
    def texts(self) -> set[str]:
        """Return the names of the fields in which people write in their own words."""
        return {name for name, one in self.fields.items() if isinstance(one, forms.CharField)}

    @property
    def said(self) -> dict[str, Any]:
        """Return what was said, days as ISO text; the mark of what was seen is no part of it."""
        days = {name for name, one in self.fields.items() if isinstance(one, forms.DateField)}
        return {
            name: (value.isoformat() if value else "") if name in days else value
            for name, value in self.cleaned_data.items()
            if name != "seen"
        }


class Shared(Acting):
    """What two may write into at once: it carries what was seen, and shows what others wrote."""

    #: the last line of the history when the page was opened; without it nothing was seen
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    @property
    def saw(self) -> int:
        """Return the mark of what was seen."""
        return self.cleaned_data.get("seen") or 0

    def beside(self, outcome: Outcome, shown: Mapping[str, Any]) -> None:
        """Show what somebody else wrote meanwhile, and keep everything that was typed.

        Args:
            outcome: what both changed, and what the other alone changed.
            shown: those values as a form shows them, by field.
        """
        data = dict(self.data.items())
        data["seen"] = str(outcome.mark)
        for one in outcome.taken:
            data[one.field] = str(shown[one.field])
        self.data = data
        who = ", ".join(dict.fromkeys(one.who for one in outcome.clashes))
        said = _(
            "Somebody saved this while you were writing: %(who)s. What they wrote stands beside "
            "each field that you both changed; what you wrote is still in it. Save again to put "
            "yours in place of theirs."
        )
        self.add_error(None, said % {"who": who})
        for one in outcome.clashes:
            wrote = self._read(one.field, shown[one.field])
            self.add_error(
                one.field, _("%(who)s wrote: %(words)s") % {"who": one.who, "words": wrote}
            )

    def _read(self, name: str, value: Any) -> str:
        """Return a value as a person reads it: a choice by its words, and nothing as nothing."""
        choices: Any = getattr(self.fields[name], "choices", ())
        for key, said in choices:
            for inner, words in said if isinstance(said, (list, tuple)) else [(key, said)]:
                if str(inner) == str(value):
                    return f"“{words}”"
        return f"“{value}”" if value not in ("", None) else str(_("nothing"))


class Record(Shared):
    """The record itself."""

    theme = _choice(_("Which priority does it answer?"), [])
    aim_what = _line(
        _("Aim: what is to be different?"), _("For example: families wait less for repairs of damp")
    )
    aim_whom = _line(
        _("Aim: for whom?"), _("For example: tenants with children on the Quayside estate")
    )
    aim_much = _line(
        _("Aim: by how much?"), _("From where to where, for example: from 40 days to 20")
    )
    aim_when = _day(_("Aim: by when?"))
    driver = _choice(_("What does the aim depend on?"), [], _("The driver that this idea works on"))
    idea = _words(_("Change idea"), _("What is done differently"), required=True)
    owner = _line(_("Owner"), _("A role, a team or a member of staff"))
    measure = _line(_("Measure"), _("What you count, for example: days from report to repair"))
    unit = _line(_("Unit of the measure"), _("For example: days, people, %"))
    direction = _choice(_("Which way should it go?"), list(DIRECTIONS.items()))
    date = _day(_("From when is it done?"))
    status = _choice(_("Status"), [(key, said) for key, (said, _) in STATUSES.items()])
    stopped_why = _words(_("If it was stopped: why?"), rows=2)
    told = _words(
        _("What residents are told of it"),
        _(
            "Whatever stands here is public: on the page and the poster that may be printed, and "
            "in what residents read of the next release. In plain words: what was done, where, "
            "and what comes next. Leave it empty and residents are told nothing of it yet."
        ),
    )
    evidence = _words(
        _("Evidence: ids"),
        _(
            "Ids of segments, or evidence ids of a release, one a line. Never the words "
            "themselves: what is no id of anything kept here is left out."
        ),
        rows=2,
    )

    def __init__(
        self,
        *args: Any,
        themes: list[tuple[str, str]],
        drivers: list[tuple[str, list[tuple[str, str]]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        now = str(self.initial.get("theme", ""))
        known = {key for key, _ in themes}
        kept = [] if now in {"", *known} else [(now, self.initial.get("theme_name") or now)]
        self.fields["theme"].choices = [("", _("No priority yet")), *themes, *kept]  # type: ignore[attr-defined]
        self.fields["driver"].choices = [("", _("Not placed yet")), *drivers]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find that what was stopped says why, and that evidence is ids."""
        given = super().clean() or {}
        if given.get("status") == "stopped" and not given.get("stopped_why"):
            self.add_error("stopped_why", _("Say why it was stopped: others can learn from it"))
        ids = [part for part in str(given.get("evidence", "")).split() if part]
        if any(len(one) > 100 for one in ids):
            self.add_error("evidence", _("Enter ids alone, one a line"))
        given["evidence"] = tuple(dict.fromkeys(ids))
        given["status"] = given.get("status") or "planned"
        return given


class Helped(Shared):
    """What residents said of it."""

    helped = forms.ChoiceField(
        label=_("Did it help?"), choices=list(HELPED.items()), widget=forms.RadioSelect
    )
    helped_asked = whole_number(
        _("How many residents were asked?"), _("Residents are told their view from 10 people on."),
        required=False,
    )  # fmt: skip
    helped_on = _day(_("When were they asked?"))

    def clean(self) -> dict[str, Any]:
        """Find that a view has people behind it."""
        given = super().clean() or {}
        if given.get("helped") not in (None, "not asked"):
            if not given.get("helped_asked") and "helped_asked" not in self.errors:
                self.add_error("helped_asked", _("Enter how many were asked"))
            if not given.get("helped_on") and "helped_on" not in self.errors:
                self.add_error("helped_on", _("Enter when they were asked"))
        return given


class Escalation(Shared):
    """To whom it was passed on, and what came back."""

    escalated_to = _line(_("To whom?"), _("A board, a role or an organisation"), required=True)
    escalated_why = _words(_("Why: what can you not change yourselves?"), required=True)
    escalated_on = _day(_("When?"), required=True)
    answer = _words(_("Their answer"), _("Leave it empty while you wait"))
    answered_on = _day(_("When did it come?"))


class Equity(Shared):
    """The review: who benefits, who may be harmed, who is missing, and what is decided."""

    benefits = _words(
        _("Who benefits?"), _("Groups of people, such as tenants with children"), required=True
    )
    harmed = _words(
        _("Who may be worse off, or left out?"),
        _(
            "Think of age, disability, race, faith, sex, pregnancy, orientation, language, money "
            "and where people live."
        ),
        required=True,
    )
    missing = _words(
        _("Whose voice is missing?"),
        _("Filled in from who was not heard; mend it as you know better."),
    )
    mitigation = _words(_("What is done against harm?"))
    decision = _choice(_("Decision"), list(DECISIONS.items()))
    reviewed_on = _day(_("Reviewed on"), required=True)

    def clean(self) -> dict[str, Any]:
        """Find that a decision stands with what it rests on."""
        given = super().clean() or {}
        if not given.get("decision"):
            self.add_error("decision", _("Choose what was decided"))
        if given.get("decision") in ("adjust", "justify") and not given.get("mitigation"):
            self.add_error("mitigation", _("Say what is changed, or why it goes on all the same"))
        return given


class Value(Acting):
    """One point of the measure."""

    day = _day(_("Day"), required=True)
    value = forms.FloatField(
        label=_("Value"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "required": _("Enter a number"),
            "invalid": _("Enter a number such as 12.5"),
        },
    )

    def clean_value(self) -> float:
        """Take numbers alone: no infinity, and no not-a-number."""
        value = float(self.cleaned_data["value"])
        if not math.isfinite(value):
            raise forms.ValidationError(_("Enter a number such as 12.5"))
        return value


class PlanDoStudyAct(Shared):
    """Plan, do, study, act."""

    plan = _words(_("Plan: what do you try, with whom, and what do you expect?"), required=True)
    started = _day(_("First day"))
    did = _words(_("Do: what was done, and what did you see?"))
    ended = _day(_("Last day"))
    study = _words(_("Study: how does it compare with what you expected?"))
    learnt = _words(_("What was learnt?"), rows=2)
    act = _choice(_("Act: what follows?"), list(OUTCOMES.items()))

    def clean(self) -> dict[str, Any]:
        """Find that it does not end before it begins."""
        given = super().clean() or {}
        started, ended = given.get("started"), given.get("ended")
        if started and ended and ended < started:
            self.add_error("ended", _("It ends before it begins"))
        return given
