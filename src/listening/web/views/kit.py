"""The field kit, to be printed: one zip, or file by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from listening.errors import ListeningError
from listening.steps import kit
from listening.web.english import fault
from listening.web.here import site
from listening.web.words import KIT_FILES, language_of

if TYPE_CHECKING:
    from listening.web.middleware import Asked

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def shown(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show what can be printed, in which languages."""
    told: dict[str, object] = {"forms": kit.FORMS, "zip": kit.ZIP}
    try:
        found = kit.offered(site(), request.programme)
    except ListeningError as error:
        told["why_not"] = fault(error)
    else:
        told["languages"] = [
            (language_of(code), [(name, KIT_FILES[stem]) for stem, name in files.items()])
            for code, files in found.files.items()
        ]
        told["lacking"] = [(language_of(code), many) for code, many in found.lacking.items()]
    return render(request, "web/kit.html", told)


@require_safe
def download(request: Asked, programme: str, name: str) -> HttpResponse:  # noqa: ARG001
    """Make a file of the kit, or the whole of it, and hand it out."""
    try:
        made = kit.made(site(), request.programme, name)
    except ListeningError:
        raise Http404 from None
    kind = "application/zip" if name == kit.ZIP else _WORD
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type=kind, headers=headers)
