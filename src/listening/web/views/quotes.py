"""Quotes signed off one by one: what each would say of who spoke, and a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from listening.errors import ListeningError, NothingToDo
from listening.steps import quoting
from listening.steps.kept_results import kept_results
from listening.web import words
from listening.web.english import in_english
from listening.web.here import site
from listening.web.quote_forms import Decide

if TYPE_CHECKING:
    from listening.steps.quoting import One
    from listening.web.middleware import Asked


@require_safe
def listed(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show every candidate quote by theme, with what was decided."""
    work = site().work(request.programme)
    kept = kept_results(work)
    told: dict[str, Any] = {"kept": kept}
    if kept:
        found = quoting.board(work, kept)
        told["board"] = found
        told["themes"] = [
            (name, [(words.QUOTES[row.decision], row) for row in rows])
            for name, rows in found.themes
        ]
    return render(request, "web/quotes.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Asked, programme: str, quote: str) -> HttpResponseBase:  # noqa: ARG001
    """Show one quote; sign it off, refuse it, or take a decision back."""
    work = site().work(request.programme)
    kept = kept_results(work)
    try:
        shown = quoting.one(work, kept, quote) if kept else None
    except ListeningError as error:
        messages.error(request, in_english(error))
        shown = None
    if kept is None or shown is None:
        return redirect("quotes", request.programme.slug)
    form = Decide(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = quoting.Given(**form.cleaned_data)
        try:
            following = quoting.decide(
                site(), request.person, request.programme, kept, quote, given
            )
        except NothingToDo as error:
            messages.error(request, in_english(error))
            return redirect("quote", request.programme.slug, quote)
        except ListeningError as error:
            form.add_error(None, in_english(error))
        else:
            return _on(request, given.decision, quote, following)
    return _page(request, shown, form)


def _on(request: Asked, decision: str, quote: str, following: str) -> HttpResponse:
    """Go on to the next that waits; after a decision is taken back, stay with it."""
    slug = request.programme.slug
    if decision == quoting.TAKEN_BACK:
        messages.success(request, _("Your decision was taken back: the quote waits again."))
        return redirect("quote", slug, quote)
    said = (
        _("The quote was signed off.")
        if decision == quoting.SIGNED
        else _("The quote was refused.")
    )
    if not following:
        messages.success(request, f"{said} {_('None waits any more.')}")
        return redirect("quotes", slug)
    messages.success(request, f"{said} {_('This is the next.')}")
    return redirect("quote", slug, following)


def _page(request: Asked, shown: One, form: Decide) -> HttpResponse:
    holds = shown.decision
    not_speaking = form.is_bound and form.data.get("speaks") == quoting.NO
    told = {
        "one": shown,
        "form": form,
        "tag": words.QUOTES[holds.decision if holds else "waits"],
        "introduction": words.introduction(shown.voice, quotable=True),
        "taken_out": words.taken_out(shown.pieces),
        "telling": [
            (words.TELLING[piece.kind], piece.text)
            for piece in shown.pieces
            if piece.kind in words.TELLING
        ],
        "telling_kinds": tuple(words.TELLING),
        "beside": words.beside(shown.beside),
        "language": words.language_of(shown.language) if shown.language else "",
        "refusing": not_speaking or (form.errors and form.data.get("decision") == quoting.REFUSED),
        "not_speaking": not_speaking,
    }
    return render(request, "web/quote.html", told)
