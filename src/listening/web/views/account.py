"""Signing in and out, joining, choosing a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView, redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language

from listening.steps import accounts, safeguarding, uploads
from listening.steps.nouns import Invitation, Person
from listening.web.forms import Join, NewPassword, SignIn
from listening.web.here import site
from listening.web.rules import ADMINISTRATOR, RULES, SAFEGUARDING
from listening.web.words import ROLES, ROOMS

if TYPE_CHECKING:
    from listening.web.middleware import Asked


class SignInView(LoginView):
    """Sign in; wrong passwords are counted by django-axes."""

    template_name = "web/sign_in.html"
    authentication_form = SignIn
    redirect_authenticated_user = True


class SignOutView(LogoutView):
    """Sign out; the browser is asked to forget what it may have kept."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session."""
        answer = super().post(request, *args, **kwargs)
        answer["Clear-Site-Data"] = '"cache"'
        return answer


class PasswordView(PasswordChangeView):
    """Change one's own password; other devices are signed out."""

    template_name = "web/password.html"
    form_class = NewPassword
    success_url = reverse_lazy("home")

    def form_valid(self, form: Any) -> HttpResponse:
        """Say so, on the page and in the trail."""
        response = super().form_valid(form)
        accounts.note("password changed", form.user.email, on=form.user.email)
        messages.success(self.request, _("Your password was changed."))
        return response


@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Keep the language that somebody chose, and go back to where they were."""
    return set_language(request)


@require_safe
def home(request: Asked) -> HttpResponse:
    """Show one's programmes; somebody with one is in it at once."""
    mine = accounts.programmes_of(request.person)
    if len(mine) == 1:
        return redirect("programme", mine[0].slug)
    return render(request, "web/programmes.html", {"programmes": mine})


@require_safe
def programme(request: Asked, programme: str) -> HttpResponse:  # noqa: ARG001
    """Show what one may do in a programme, and how far its files are."""
    told = {
        "roles": [ROLES[role] for role in ROLES if role in request.roles],
        "counts": uploads.counts(request.programme),
        "unseen": 0,
        "rooms": _rooms(request.roles),
        "no_lead": ADMINISTRATOR in request.roles
        and not safeguarding.whom_to_tell(site(), request.programme).named,
    }
    if SAFEGUARDING in request.roles:
        told["unseen"] = safeguarding.new(site(), request.programme)
    return render(request, "web/programme.html", told)


def _rooms(roles: frozenset[str]) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Return the pages that these roles may open, under what they are for."""
    seen = [(said, [one for one in pages if RULES[one[0]].roles & roles]) for said, pages in ROOMS]
    return [(said, pages) for said, pages in seen if pages]


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Accept an invitation: with a new account, or as who one is."""
    invited = accounts.invitation(token)
    if invited is None:
        return render(request, "web/invitation_over.html", status=404)
    if invited.programme and accounts.has_account(invited.email):
        return _accept_as_oneself(request, token, invited)
    known = invited.programme is None
    form = Join(request.POST or None, email=invited.email, known=known)
    if form.is_valid():
        return _join(request, token, form)
    told = {"form": form, "invited": invited, "role": ROLES.get(invited.role, "")}
    return render(request, "web/invitation.html", told)


def _join(request: HttpRequest, token: str, form: Form) -> HttpResponse:
    given = form.cleaned_data
    joined = accounts.accept_anew(token, given.get("name", ""), given["password"])
    if joined is None:
        return render(request, "web/invitation_over.html", status=404)
    user = get_user_model().objects.get(pk=joined.id)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("home")


def _accept_as_oneself(request: HttpRequest, token: str, invited: Invitation) -> HttpResponseBase:
    user = request.user
    if not user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    person = Person(user.pk, user.email, user.name)
    if request.method == "POST" and accounts.accept(token, person):
        return redirect("home")
    told = {"invited": invited, "mine": invited.email == person.email, "role": ROLES[invited.role]}
    return render(request, "web/invitation_known.html", told)
