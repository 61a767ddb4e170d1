"""Leads write actions: the record, residents' view, escalation, equity, points and tests."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from listening.errors import NothingToDo
from listening.steps.acting import keeping, naming, together, views
from listening.steps.acting.keeping import Action, Cycle, Point
from listening.steps.acting.together import Outcome
from listening.web.action_forms import (
    Acting,
    Equity,
    Escalation,
    Helped,
    PlanDoStudyAct,
    Record,
    Shared,
    Value,
)
from listening.web.action_words import DAYS, FIELDS
from listening.web.here import site
from listening.web.removed_words import kind_of
from listening.web.views.actions import asked_for

if TYPE_CHECKING:
    from listening.web.middleware import Asked

_METHODS = ["GET", "HEAD", "POST"]
_DAYS = (*DAYS, "started", "ended")
#: in these a member of staff may be named
_STAFF = frozenset({"owner", "evidence"})


@require_http_methods(_METHODS)
def make(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Begin an action."""
    theme = views.theme_of(site(), request.programme, request.GET.get("theme", ""))
    begun = Action(theme=theme.id if theme else "")
    return _record(request, begun, _("Begin an action"))


@require_http_methods(_METHODS)
def change(request: Asked, programme: str, action: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Change the record of an action."""
    return _record(request, asked_for(request, action), _("Change the action"))


@require_http_methods(_METHODS)
def helped(request: Asked, programme: str, action: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Take what residents said of it."""
    kept = asked_for(request, action)
    form = Helped(request.POST or None, initial=_initial(request, kept))
    return _part(request, kept, form, _("Residents’ view: did it help?"))


@require_http_methods(_METHODS)
def escalate(request: Asked, programme: str, action: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Take to whom it was passed on, and their answer."""
    kept = asked_for(request, action)
    form = Escalation(request.POST or None, initial=_initial(request, kept))
    return _part(request, kept, form, _("Escalate"))


@require_http_methods(_METHODS)
def equity(request: Asked, programme: str, action: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Take an equity review; whose voice is missing begins with who was not heard."""
    kept = asked_for(request, action)
    initial = _initial(request, kept)
    if not kept.missing:
        initial["missing"] = views.missing_voices(site(), request.programme)
    form = Equity(request.POST or None, initial=initial)
    return _part(request, kept, form, _("Equity impact review"))


@require_http_methods(_METHODS)
def point(request: Asked, programme: str, action: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Take one point of the measure."""
    kept = asked_for(request, action)
    form = Value(request.POST or None)

    def save() -> Outcome:
        point = Point(form.said["day"], form.said["value"])
        keeping.add_point(site(), request.person, request.programme, kept.id, point)
        return Outcome(kept.id)

    return _form(request, form, save, kept, _("Add a point"), then="action-tests")


@require_POST
def remove_point(request: Asked, programme: str, action: uuid.UUID, point: int) -> HttpResponse:  # noqa: ARG001
    """Take a point away."""
    kept = asked_for(request, action)
    if keeping.remove_point(site(), request.person, request.programme, kept.id, point):
        messages.success(request, _("The point was removed."))
    else:  # pressed twice
        messages.error(request, _("There is no such point any more."))
    return redirect("action-tests", request.programme.slug, kept.id)


@require_http_methods(_METHODS)
def begin_test(request: Asked, programme: str, action: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Plan a test of change."""
    return _test(request, asked_for(request, action), Cycle(), _("Plan a test of change"))


@require_http_methods(_METHODS)
def change_test(request: Asked, programme: str, action: uuid.UUID, cycle: int) -> HttpResponse:  # noqa: ARG001
    """Write on in a test of change.

    Raises:
        Http404: there is no test of that number.
    """
    kept = asked_for(request, action)
    tests = keeping.tests(site(), request.programme, kept.id)
    found = next((one for one in tests if one.number == cycle), None)
    if found is None:
        raise Http404
    return _test(request, kept, found, _("Test of change %(number)s") % {"number": cycle})


@require_http_methods(_METHODS)
def remove(request: Asked, programme: str, action: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Ask whether it is meant, and remove an action with all that hangs on it."""
    kept = asked_for(request, action)
    if request.method != "POST":
        return render(request, "web/actions/remove.html", {"action": kept})
    keeping.remove(site(), request.person, request.programme, kept.id)
    messages.success(request, _("The action was removed."))
    return redirect("actions", request.programme.slug)


@require_POST
def forget(request: Asked, programme: str, action: uuid.UUID) -> HttpResponse:  # noqa: ARG001
    """Forget how the texts of an action read before."""
    kept = asked_for(request, action)
    keeping.forget_wordings(site(), request.person, request.programme, kept.id)
    messages.success(request, _("Earlier wordings were forgotten."))
    return redirect("action", request.programme.slug, kept.id)


def _record(request: Asked, action: Action, title: str) -> HttpResponse:
    themes = views.theme_choices(site(), request.programme)
    drivers = views.driver_choices(site(), request.programme)
    now = views.stands_now(site(), request.programme, action).only
    initial = _initial(request, action) | ({"theme": now.id} if now else {})
    form = Record(request.POST or None, initial=initial, themes=themes, drivers=drivers)

    def save() -> Outcome:
        said = form.said
        theme = views.theme_of(site(), request.programme, said["theme"])
        if theme:
            said |= {"theme_name": theme.name, "codebook_version": theme.version}
        elif not said["theme"]:
            said |= {"theme_name": "", "codebook_version": ""}
        person = request.person
        return together.save(site(), person, request.programme, action, said, form.saw)

    return _form(request, form, save, action, title)


def _part(request: Asked, action: Action, form: Shared, title: str) -> HttpResponse:
    def save() -> Outcome:
        person = request.person
        return together.save(site(), person, request.programme, action, form.said, form.saw)

    return _form(request, form, save, action, title)


def _test(request: Asked, action: Action, test: Cycle, title: str) -> HttpResponse:
    initial = _dated(asdict(test)) | _seen(request, action)
    form = PlanDoStudyAct(request.POST or None, initial=initial)

    def save() -> Outcome:
        now = replace(test, **form.said)
        person = request.person
        return together.save_test(site(), person, request.programme, action.id, now, form.saw)

    return _form(request, form, save, action, title, then="action-tests")


def _form(
    request: Asked,
    form: Acting,
    save: Callable[[], Outcome],
    action: Action,
    title: str,
    then: str = "action",
) -> HttpResponse:
    """Keep what was said, unless somebody may be named in it or has written there meanwhile."""
    named = False
    if form.is_valid():
        named = not request.POST.get("checked") and _warned(request, form)
        if not named:
            try:
                outcome = save()
            except NothingToDo as error:  # removed while it was written
                messages.error(request, str(error))
                return redirect("actions", request.programme.slug)
            if not outcome.clashes:
                messages.success(request, _saved(outcome))
                return redirect(then, request.programme.slug, outcome.kept)
            if isinstance(form, Shared):
                form.beside(outcome, _shown(outcome))
    told = {"form": form, "action": action, "title": title, "named": named}
    return render(request, "web/actions/form.html", told)


def _saved(outcome: Outcome) -> str:
    """Say that it was saved, and what somebody else wrote meanwhile that was kept."""
    if not outcome.taken:
        return _("It was saved.")
    who = ", ".join(dict.fromkeys(one.who for one in outcome.taken))
    fields = ", ".join(FIELDS.get(one.field, one.field) for one in outcome.taken)
    return _(
        "It was saved. Meanwhile %(who)s had changed this too, and it was kept: %(fields)s."
    ) % {
        "who": who,
        "fields": fields,
    }


def _shown(outcome: Outcome) -> dict[str, Any]:
    """Return what others wrote as forms show it."""
    told = {one.field: one.now for one in (*outcome.clashes, *outcome.taken)}
    return {
        name: "\n".join(value) if isinstance(value, tuple) else "" if value is None else value
        for name, value in _dated(told).items()
    }


def _warned(request: Asked, form: Acting) -> bool:
    """Mark the fields whose words may name somebody; say whether there are any."""
    texts = {
        name: value
        for name, value in form.said.items()
        if isinstance(value, str) and name in form.texts and name not in _STAFF
    }
    found = naming.may_name(site().work(request.programme), texts)
    for one in found:
        form.add_error(
            one.field,
            _(
                "“%(words)s” may say who somebody is (%(kind)s). Leave it out if it is about a "
                "resident."
            )
            % {"words": one.words, "kind": kind_of(one.kind).lower()},
        )
    return bool(found)


def _initial(request: Asked, action: Action) -> dict[str, Any]:
    told = {**asdict(action), "evidence": "\n".join(action.evidence)}
    return _dated(told) | _seen(request, action)


def _seen(request: Asked, action: Action) -> dict[str, int]:
    return {"seen": together.mark(site(), request.programme, action.id)}


def _dated(told: dict[str, Any]) -> dict[str, Any]:
    """Show days as people write them here."""
    shown = dict(told)
    for name in _DAYS:
        if told.get(name):
            day = date.fromisoformat(told[name])
            shown[name] = f"{day.day}/{day.month}/{day.year}"
    return shown
