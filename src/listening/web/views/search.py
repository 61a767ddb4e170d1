"""The page on which what was said is looked for. What is looked for is kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from listening.errors import ListeningError
from listening.steps import search as steps
from listening.web import words
from listening.web.forms import Search
from listening.web.here import site
from listening.web.rules import LEAD, RESEARCHER

if TYPE_CHECKING:
    from listening.web.middleware import Asked

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
        form.add_error("said", f"{error.what} {error.why} {error.what_to_do}")
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
    many = words.many_of(len(hits), "passage")
    said = f"{many} of {found.among:,}" if len(hits) < MOST else f"The first {many}"
    left = words.many_of(found.not_compared, "passage has", "passages have")
    return {"found": found, "hits": hits, "many": said, "left": left}


def _provenance(hit: steps.Hit) -> str:
    told = [words.KINDS[hit.source_kind]]
    told += [f"in answer to: {hit.question}"] if hit.question else []
    told += [f"topic: {hit.topic}"] if hit.topic else []
    told += [hit.participant_id, f"passage {hit.segment_id}", f"found by {hit.found_by}"]
    return " · ".join(told)
