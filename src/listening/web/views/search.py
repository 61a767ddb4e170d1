"""The page on which what was said is looked for. What is looked for is kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from listening.errors import ListeningError
from listening.steps import search as steps
from listening.web import words
from listening.web.counted import many_of, number
from listening.web.english import fault
from listening.web.forms import Search
from listening.web.here import site
from listening.web.rules import LEAD, RESEARCHER

if TYPE_CHECKING:
    from listening.web.middleware import Asked

_PASSAGES = ngettext_lazy("{shown} passage", "{shown} passages", "many")
_FOUND_BY = {
    "words": gettext_lazy("found by words"),
    "meaning": gettext_lazy("found by meaning"),
    "words and meaning": gettext_lazy("found by words and meaning"),
}
#: most that a page shows
MOST = 50


@require_safe
def search(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show what was found; an officer's own files alone, to a researcher or a lead all."""
    everywhere = bool({RESEARCHER, LEAD} & request.roles)
    form = Search(request.GET if "said" in request.GET else None)
    found = None
    if form.is_bound and form.is_valid():
        found = _found(request, form, everywhere)
    if found:  # what there is to choose among is known only now
        form = Search(request.GET, languages=found.languages, topics=found.topics)
    told = {"form": form, "everywhere": everywhere, **_told(found)}
    return render(request, "web/search.html", told)


def _found(request: Asked, form: Search, everywhere: bool) -> steps.Found | None:
    try:
        return steps.search_as(
            site(), request.person, request.programme, everywhere, form.wanted(MOST)
        )
    except ListeningError as error:
        form.add_error("said", fault(error))
        return None


def _told(found: steps.Found | None) -> dict[str, Any]:
    if found is None:
        return {"found": None}
    hits = [
        {
            "text": hit.text,
            "own": hit.voice == "verbatim" and hit.quotable,
            "introduction": words.introduction(hit.voice, hit.quotable),
            "language": "" if hit.language in ("en", "unsure") else hit.language,
            "told": _provenance(hit),
        }
        for hit in found.hits
    ]
    many = many_of(len(hits), _PASSAGES)
    some = _("%(many)s of %(among)s") % {"many": many, "among": number(found.among)}
    said = some if len(hits) < MOST else _("The first %(many)s") % {"many": many}
    return {"found": found, "hits": hits, "many": said}


def _provenance(hit: steps.Hit) -> str:
    told = [str(words.KINDS[hit.source_kind])]
    told += [_("in answer to: %(question)s") % {"question": hit.question}] if hit.question else []
    told += [_("topic: %(topic)s") % {"topic": hit.topic}] if hit.topic else []
    told += [hit.participant_id, _("passage %(id)s") % {"id": hit.segment_id}]
    told += [str(_FOUND_BY[hit.found_by])]
    return " · ".join(told)
