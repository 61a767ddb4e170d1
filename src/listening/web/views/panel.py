"""The resident panel's pages: a secret link, no account, one thing at a time, in plain words.

The only cookie is the one that keeps a form from being sent by another site. What is being
answered is known by the page's own address.
"""

from __future__ import annotations

import uuid

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from listening.steps.nouns import AskedAbout
from listening.steps.panel import answering
from listening.steps.panel.answering import Door
from listening.steps.panel.sheets import Sheet
from listening.web.here import reader, site
from listening.web.panel_forms import NEEDING, SKIP, Code, OwnWords, Together, Verdict

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def door(request: HttpRequest, token: str) -> HttpResponseBase:
    """Say what this is, and begin."""
    at = _door(token)
    if not at.open:
        return render(request, "web/panel/over.html", {"at": at, "token": token})
    form = Together(request.POST or None, initial={"present": 1})
    if form.is_valid():
        begun = answering.begin(at, form.cleaned_data["present"])
        if begun is None:
            return render(request, "web/panel/busy.html", {"token": token}, status=429)
        return redirect("panel-question", token, begun.id, 1)
    return render(request, "web/panel/door.html", {"at": at, "token": token, "form": form})


@require_http_methods(_METHODS)
def question(request: HttpRequest, token: str, sheet: uuid.UUID, number: int) -> HttpResponseBase:
    """Ask whether one priority is right."""
    at, mine, asked = _asked(token, sheet, number)
    if mine is None or asked is None:
        return _elsewhere(at, token, sheet)
    said = mine.said.get(asked.id)
    form = Verdict(request.POST or None, initial={"word": said.word if said else None})
    if form.is_valid():
        word = form.cleaned_data["word"]
        kept = said.words if said and said.word == word else ""
        if not answering.answer(at, mine, asked.id, "" if word == SKIP else word, kept):
            return _elsewhere(at, token, sheet)
        if word in NEEDING:
            return redirect("panel-words", token, sheet, number)
        return _after(at, token, sheet, number)
    told = {**_told(at, token, mine, number), "asked": asked, "form": form}
    return render(request, "web/panel/question.html", told)


@require_http_methods(_METHODS)
def own_words(request: HttpRequest, token: str, sheet: uuid.UUID, number: int) -> HttpResponseBase:
    """Ask what they would call it, or why it is not right."""
    at, mine, asked = _asked(token, sheet, number)
    said = mine.said.get(asked.id) if mine and asked else None
    if mine is None or asked is None or said is None or said.word not in NEEDING:
        return _elsewhere(at, token, sheet)
    label = _("What would you call it?") if said.word == "rename" else _("Why is it not right?")
    form = OwnWords(
        request.POST or None,
        label=label,
        required=said.word == "rename",
        initial={"words": said.words},
    )
    if form.is_valid():
        if not answering.answer(at, mine, asked.id, said.word, form.cleaned_data["words"]):
            return _elsewhere(at, token, sheet)
        return _after(at, token, sheet, number)
    told = {**_told(at, token, mine, number), "asked": asked, "form": form}
    return render(request, "web/panel/words.html", told)


@require_http_methods(_METHODS)
def missing(request: HttpRequest, token: str, sheet: uuid.UUID) -> HttpResponseBase:
    """Ask what is not on the list."""
    at = _door(token)
    mine = answering.sheet_of(at, sheet)
    if mine is None or mine.sent:
        return _elsewhere(at, token, sheet)
    label = _("What else matters to you here? You can leave this empty.")
    form = OwnWords(
        request.POST or None, label=label, required=False, initial={"words": mine.missing}
    )
    if form.is_valid():
        if not answering.miss(at, mine, form.cleaned_data["words"]):
            return _elsewhere(at, token, sheet)
        return redirect("panel-check", token, sheet)
    told = {**_told(at, token, mine, len(at.panel.asked)), "form": form}
    return render(request, "web/panel/missing.html", told)


@require_http_methods(_METHODS)
def check(request: HttpRequest, token: str, sheet: uuid.UUID) -> HttpResponseBase:
    """Show what was answered; send it."""
    at = _door(token)
    mine = answering.sheet_of(at, sheet)
    if mine is None or mine.sent:
        return _elsewhere(at, token, sheet)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if answering.send(at, mine):
            reader().nudge()
            return redirect("panel-sent", token, sheet)
        form.add_error(None, _("You have not said anything yet. Answer at least one question"))
    rows = [
        (number, asked, mine.said.get(asked.id))
        for number, asked in enumerate(at.panel.asked, start=1)
    ]
    told = {"at": at, "token": token, "sheet": sheet, "mine": mine, "rows": rows, "form": form}
    return render(request, "web/panel/check.html", {**told, "words": _choices()})


@require_safe
def sent(request: HttpRequest, token: str, sheet: uuid.UUID) -> HttpResponse:
    """Thank them, and give out the code by which they take it back."""
    at = _door(token)
    mine = answering.sheet_of(at, sheet)
    if not (mine and mine.sent) and not answering.was_read(at, sheet):
        raise Http404
    told = {"at": at, "token": token, "code": answering.code_of(at, sheet)}
    return render(request, "web/panel/sent.html", told)


@require_http_methods(_METHODS)
def take_back(request: HttpRequest, token: str) -> HttpResponseBase:
    """Erase what somebody answered who changed their mind; also once the link is closed."""
    at = _door(token)
    form = Code(request.POST or None)
    erased = False
    if form.is_valid():
        slug = at.link.programme.slug
        erased = answering.take_back(at.work, slug, at.panel, form.cleaned_data["code"])
        if not erased:
            form.add_error("code", _("No answers have this code. Look at it again"))
    told = {"at": at, "token": token, "form": form, "erased": erased}
    return render(request, "web/panel/take_back.html", told)


def _door(token: str) -> Door:
    at = answering.door(site(), token)
    if at is None:
        raise Http404
    return at


def _asked(
    token: str, sheet: uuid.UUID, number: int
) -> tuple[Door, Sheet | None, AskedAbout | None]:
    """Return the panel, a sheet that may still be written, and the priority of this number."""
    at = _door(token)
    mine = answering.sheet_of(at, sheet)
    there = 1 <= number <= len(at.panel.asked)
    if not at.open or (mine and mine.sent):
        mine = None
    return at, mine, at.panel.asked[number - 1] if there else None


def _elsewhere(at: Door, token: str, sheet: uuid.UUID) -> HttpResponse:
    """Send somebody on whose sheet is sent already, or was erased: pressed back, or a day old."""
    mine = answering.sheet_of(at, sheet)
    if (mine and mine.sent) or answering.was_read(at, sheet):
        return redirect("panel-sent", token, sheet)
    return redirect("panel-door", token)


def _after(at: Door, token: str, sheet: uuid.UUID, number: int) -> HttpResponse:
    if number < len(at.panel.asked):
        return redirect("panel-question", token, sheet, number + 1)
    return redirect("panel-missing", token, sheet)


def _told(at: Door, token: str, mine: Sheet, number: int) -> dict[str, object]:
    return {
        "at": at,
        "token": token,
        "sheet": mine.id,
        "mine": mine,
        "number": number,
        "before": number - 1,
        "many": len(at.panel.asked),
    }


def _choices() -> dict[str, str]:
    return {
        "confirm": _("It is right"),
        "rename": _("I would call it something else"),
        "contest": _("It is not right"),
    }
