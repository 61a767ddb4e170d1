"""The codebook on its pages: the version that coders see, and the next one while it is prepared."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from listening.errors import ListeningError
from listening.steps.desk import asked, books, changing, doing, preview
from listening.steps.desk.changing import Part
from listening.web import coding_forms as forms
from listening.web import here
from listening.web.english import fault

if TYPE_CHECKING:
    from listening.steps.work import Work
    from listening.web.govuk import Govuk
    from listening.web.middleware import Asked

_TYPES = {"toml": "application/toml", "csv": "text/csv", "qdc": "application/xml"}
_Make = Callable[["Work", str, dict[str, Any]], object]


@require_safe
def shown(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show the codebook that there is."""
    work = here.site().work(request.programme)
    told = {
        "book": preview.book_now(work),
        "step": books.last_step(work),
        "draft": books.draft(work),
        "downloads": books.DOWNLOADS,
        "once": secrets.token_hex(8),
    }
    return render(request, "web/codebook.html", told)


@require_safe
def download(request: Asked, programme: str, kind: str) -> HttpResponse:  # noqa: ARG001
    """Hand the codebook out as a file."""
    if kind not in _TYPES:
        raise Http404
    try:
        name, content = books.as_file(here.site().work(request.programme), kind)
    except ListeningError:
        raise Http404 from None
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=_TYPES[kind], headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Asked, programme: str) -> HttpResponseBase:  # noqa: ARG001
    """Prepare the next version: by a file, or by one change after another."""
    work = here.site().work(request.programme)
    wanted = request.POST.get("change", "")
    book = preview.book_now(work)
    next_one = books.draft(work)
    codes = _choices(work)
    made: dict[str, Govuk] = {"upload": forms.Upload(prefix="upload")}
    if book or next_one:
        made |= {name: form(prefix=name, codes=codes) for name, form, _ in _CHANGES}
    if request.method == "POST" and wanted in made:
        form = _bound(request, wanted, codes)
        if form.is_valid() and _done(request, work, wanted, form):
            return redirect("codebook-next", request.programme.slug)
        made[wanted] = form
    told = {
        "upload": made.pop("upload"),
        "changes": [(name, _TITLES[name], form) for name, form in made.items()],
        "form": next((one for one in (*made.values(),) if one.errors), None),
        "book": book,
        "draft": next_one,
        "open": wanted,
    }
    told["form"] = told["form"] or told["upload"]
    return render(request, "web/codebook_change.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def following(request: Asked, programme: str) -> HttpResponseBase:  # noqa: ARG001
    """Show what the next version would change; publish it once it was looked at."""
    work = here.site().work(request.programme)
    if request.method == "POST":
        form = forms.Publish(request.POST)
        if form.is_valid():
            return _publish(request, form.cleaned_data)
    try:
        told = preview.preview(work)
    except ListeningError as error:
        # another version was published meanwhile, on the command line
        return render(request, "web/codebook_next.html", {"error": error})
    if told is None:
        return redirect("codebook", request.programme.slug)
    here_now = {"told": told, "once": secrets.token_hex(8)}
    return render(request, "web/codebook_next.html", here_now)


@require_POST
def let_go(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Prepare the next version no more."""
    if books.let_go(here.site().work(request.programme)):
        doing.noted(request.person, request.programme, "next codebook version let go")
        messages.success(request, _("It was let go. The codebook stays as it is."))
    return redirect("codebook", request.programme.slug)


def _publish(request: Asked, given: dict[str, Any]) -> HttpResponse:
    site, about = here.site(), [one for one in (given["mark"], given["before"]) if one]
    if doing.ask(site, request.person, request.programme, asked.PUBLISH, given["once"], about):
        here.reader().nudge()
    return redirect("coding", request.programme.slug)


def _choices(work: Work) -> list[tuple[str, str]]:
    """Return the codes that something can be done with, of what is prepared or of what there is."""
    return changing.codes(work)


def _bound(request: Asked, name: str, codes: list[tuple[str, str]]) -> Govuk:
    if name == "upload":
        return forms.Upload(request.POST, request.FILES, prefix=name)
    form = next(one for key, one, _ in _CHANGES if key == name)
    return form(request.POST, prefix=name, codes=codes)


def _done(request: Asked, work: Work, name: str, form: Govuk) -> bool:
    """Change the version that is prepared; what stands in the way is said beside the form."""
    who = request.person.name or request.person.email
    try:
        _MAKERS[name](work, who, form.cleaned_data)
    except ListeningError as error:
        form.add_error(_FIRST[name], fault(error))
        return False
    doing.noted(request.person, request.programme, "next codebook version changed")
    return True


def _upload(work: Work, who: str, given: dict[str, Any]) -> object:
    file = given["file"]
    retire = given["missing"] == "retire"
    return books.take(work, who, given["why"], file.name or "", file.read(), retire)


def _rename(work: Work, who: str, given: dict[str, Any]) -> object:
    return changing.rename(work, who, given["why"], given["code"], given["name"])


def _merge(work: Work, who: str, given: dict[str, Any]) -> object:
    return changing.merge(work, who, given["why"], given["code"], given["into"])


def _split(work: Work, who: str, given: dict[str, Any]) -> object:
    parts = [Part(given[one], given[f"{one}_means"]) for one in ("first", "second")]
    return changing.split(work, who, given["why"], given["code"], parts)


def _retire(work: Work, who: str, given: dict[str, Any]) -> object:
    return changing.retire(work, who, given["why"], given["code"])


def _add(work: Work, who: str, given: dict[str, Any]) -> object:
    return changing.add(work, who, given["why"], given["name"], given["means"])


_CHANGES: tuple[tuple[str, type[forms.OfCode], Any], ...] = (
    ("rename", forms.Rename, gettext_lazy("Give a code another name")),
    ("merge", forms.Merge, gettext_lazy("Merge a code into another one")),
    ("split", forms.Split, gettext_lazy("Split a code into two")),
    ("retire", forms.Retire, gettext_lazy("Retire a code")),
    ("add", forms.Add, gettext_lazy("Add a code")),
)
_TITLES = {name: title for name, _, title in _CHANGES}
_MAKERS: dict[str, _Make] = {
    "upload": _upload,
    "rename": _rename,
    "merge": _merge,
    "split": _split,
    "retire": _retire,
    "add": _add,
}
#: the field beside which a fault is said
_FIRST = {name: "name" if name == "add" else "code" for name in _TITLES} | {"upload": "file"}
