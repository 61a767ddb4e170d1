"""What stands behind the priorities: choices tried out, voices, places, passages, how made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from listening.errors import NothingToDo
from listening.steps.leading import behind, evidence, exploring, standing
from listening.web.here import site
from listening.web.views.priorities import back_to_the_list, page

if TYPE_CHECKING:
    from collections.abc import Callable

    from listening.steps.kept_results import KeptResults
    from listening.steps.leading.standing import Standing
    from listening.web.middleware import Asked

    Telling = Callable[["Standing", "KeptResults"], dict[str, Any]]


def _on_results(request: Asked, template: str, tell: Telling) -> HttpResponse:
    """Show a page where there are results; else say that there are none yet."""
    try:
        found, kept = standing.needed(site(), request.programme)
        return page(request, template, found, tell(found, kept))
    except NothingToDo as error:
        return back_to_the_list(request, error)
    except FileNotFoundError:  # replaced since the page was asked for
        return back_to_the_list(request, standing.replaced())


@require_safe
def choices(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show the order under other choices; nothing that is tried out is kept."""
    given = {name: str(value)[:20] for name, value in request.GET.items()}

    def tell(found: Standing, _kept: KeptResults) -> dict[str, Any]:
        told = exploring.explored(found.document, given)
        return {
            "page": told,
            "sliders": [(*one, told.choice.say[one[0]]) for one in told.sources],
            "ways_head": (_("Way of counting"), _("The first, in order")),
            "schemes": exploring.SCHEMES.items(),
            "measures": exploring.MEASURED.items(),
            "most": exploring.MOST_FEWEST,
        }

    return _on_results(request, "web/priorities_choices.html", tell)


@require_safe
def voices(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show who was heard, and who was not."""
    heads = {
        "missing_head": (_("Group"), _("What that means")),
        "heard_head": (_("Source"), _("People"), _("Say in the order")),
        "represented_head": (
            _("Group"),
            _("Heard"),
            _("By their part"),
            _("Times their part"),
            _("What to say"),
        ),
        "differs_head": (_("Theme"), _("Group"), _("Raised by"), _("Others"), _("Times as often")),
    }
    return _on_results(
        request,
        "web/priorities_voices.html",
        lambda found, _kept: {"page": behind.voices(found.document), **heads},
    )


@require_safe
def places(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show places side by side."""
    return _on_results(
        request, "web/priorities_places.html", lambda f, _k: {"page": behind.places(f.document)}
    )


@require_safe
def made(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show how the results were made, with the figures of agreement."""
    work = site().work(request.programme)
    return _on_results(
        request, "web/priorities_made.html", lambda f, k: {"page": behind.made(work, k, f.document)}
    )


@require_safe
def passages(request: Asked, programme: str, theme_id: str) -> HttpResponse:  # noqa: ARG001
    """Show every passage behind a priority."""
    number = request.GET.get("page", "")[:9]  # Python reads no number of thousands of digits

    def tell(found: Standing, kept: KeptResults) -> dict[str, Any]:
        names = {one["id"]: one for one in found.document["priorities"]}
        if theme_id not in names:
            raise Http404
        told = evidence.passages(kept, theme_id, int(number) if number.isdecimal() else 1)
        return {"page": told, "theme": names[theme_id]}

    return _on_results(request, "web/priority_passages.html", tell)
