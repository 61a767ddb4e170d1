"""The addresses. Each has a name, and a rule of that name in `rules.py`."""

from __future__ import annotations

from django.urls import path

from listening.web.views import account, files, leaving, people, search, sending

_IN = "programmes/<slug:programme>/"

urlpatterns = [
    path("", account.home, name="home"),
    path("sign-in/", account.SignInView.as_view(), name="sign-in"),
    path("sign-out/", account.SignOutView.as_view(), name="sign-out"),
    path("password/", account.PasswordView.as_view(), name="password"),
    path("invitation/<str:token>/", account.invitation, name="invitation"),
    path(_IN, account.programme, name="programme"),
    path(f"{_IN}files/", files.listed, name="files"),
    path(f"{_IN}files/<uuid:file>/", files.one, name="file"),
    path(f"{_IN}files/<uuid:file>/confirm/", files.confirm, name="confirm-file"),
    path(f"{_IN}files/<uuid:file>/discard/", files.discard, name="discard-file"),
    path(f"{_IN}arriving/", sending.begun, name="arriving"),
    path(f"{_IN}arriving/<uuid:half>/", sending.half, name="half-sent-file"),
    path(f"{_IN}arriving/<uuid:half>/discard/", sending.discard, name="discard-half-sent-file"),
    path(f"{_IN}search/", search.search, name="search"),
    path(f"{_IN}withdraw/", leaving.withdraw, name="withdraw"),
    path(f"{_IN}people/", people.listed, name="people"),
    path(f"{_IN}people/<int:member>/take/", people.take, name="take-role"),
    path(f"{_IN}trail/", people.trail, name="trail"),
]

handler403 = "listening.web.views.faults.forbidden"
handler404 = "listening.web.views.faults.missing"
handler500 = "listening.web.views.faults.broken"
