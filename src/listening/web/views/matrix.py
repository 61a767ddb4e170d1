"""The framework matrix: people and codes, with residents' words and coders' memos."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from listening.errors import ListeningError, NothingToDo
from listening.steps.desk import matrix
from listening.steps.desk.matrix import Wanted
from listening.web.english import in_english
from listening.web.here import site
from listening.web.words import DECIDED, KINDS

if TYPE_CHECKING:
    from listening.web.middleware import Asked

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHOSEN = ("code", "kind", "place")


@require_safe
def shown(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show some people of it."""
    given = {name: request.GET.get(name, "")[:200] for name in _CHOSEN}
    number = request.GET.get("page", "")[:9]  # Python reads no number of thousands of digits
    wanted = Wanted(**given, page=int(number) if number.isdecimal() else 1)
    try:
        page = matrix.page(site(), request.programme, wanted)
    except NothingToDo:
        return render(request, "web/matrix.html", {"page": None})
    told = {
        "page": page,
        "wanted": wanted,
        "kinds": [(kind, KINDS.get(kind, kind)) for kind in page.kinds],
        "rows": [(KINDS.get(row.kind, row.kind), row) for row in page.rows],
        "decided": DECIDED,
        "query": urlencode({name: value for name, value in given.items() if value}),
        "last": page.first + len(page.rows) - 1,
    }
    return render(request, "web/matrix.html", told)


@require_POST
def download(request: Asked, programme: str) -> HttpResponseBase:  # noqa: ARG001
    """Hand the whole of it out as a workbook; that it was taken stands in the trail."""
    try:
        content = matrix.as_workbook(site(), request.person, request.programme)
    except ListeningError as error:
        messages.error(request, in_english(error))
        return redirect("matrix", request.programme.slug)
    headers = {"Content-Disposition": 'attachment; filename="framework_matrix.xlsx"'}
    return HttpResponse(content, content_type=_XLSX, headers=headers)
