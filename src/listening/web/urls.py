"""The addresses. Each has a name, and a rule of that name in `rules.py`."""

from __future__ import annotations

from django.urls import path

from listening.web.views import (
    account,
    codebook,
    coding,
    contacts,
    files,
    hook,
    kit,
    leaving,
    matrix,
    mending,
    panel,
    panels,
    people,
    reach,
    removed,
    safeguarding,
    search,
    sending,
)

_IN = "programmes/<slug:programme>/"
_ONE = f"{_IN}files/<uuid:file>/"
_PANEL = f"{_IN}panels/<uuid:panel>/"
_SHEET = "panel/<str:token>/<uuid:sheet>/"

urlpatterns = [
    path("", account.home, name="home"),
    path("sign-in/", account.SignInView.as_view(), name="sign-in"),
    path("sign-out/", account.SignOutView.as_view(), name="sign-out"),
    path("password/", account.PasswordView.as_view(), name="password"),
    path("invitation/<str:token>/", account.invitation, name="invitation"),
    path("coded/<str:secret>/", hook.called, name="hook"),
    path(_IN, account.programme, name="programme"),
    path(f"{_IN}files/", files.listed, name="files"),
    path(f"{_IN}files/<uuid:file>/", files.one, name="file"),
    path(f"{_IN}files/<uuid:file>/confirm/", files.confirm, name="confirm-file"),
    path(f"{_IN}files/<uuid:file>/discard/", files.discard, name="discard-file"),
    path(f"{_IN}arriving/", sending.begun, name="arriving"),
    path(f"{_IN}arriving/<uuid:half>/", sending.half, name="half-sent-file"),
    path(f"{_IN}arriving/<uuid:half>/discard/", sending.discard, name="discard-half-sent-file"),
    path(f"{_ONE}removed/", removed.shown, name="file-removed"),
    path(f"{_ONE}removed/keep/", removed.keep, name="file-keep-words"),
    path(f"{_ONE}removed/add/", removed.add, name="file-add-words"),
    path(f"{_ONE}correct/", mending.correct, name="file-correct"),
    path(f"{_ONE}correct/confirm/", mending.confirm, name="file-confirm-correction"),
    path(f"{_ONE}correct/let-go/", mending.let_go, name="file-let-go"),
    path(f"{_ONE}answers/", mending.mend, name="file-mend"),
    path(f"{_IN}taught/", removed.listed, name="taught"),
    path(f"{_IN}taught/forget/", removed.forget, name="forget-taught"),
    path(f"{_IN}files/<uuid:file>/harm/", safeguarding.harm, name="harm"),
    path(f"{_IN}safeguarding/", safeguarding.queue, name="safeguarding"),
    path(f"{_IN}safeguarding/<uuid:disclosure>/", safeguarding.one, name="disclosure"),
    path(f"{_IN}reach/", reach.shown, name="reach"),
    path(f"{_IN}reach/record/", reach.record, name="record-tally"),
    path(f"{_IN}reach/<uuid:tally>/remove/", reach.remove, name="remove-tally"),
    path(f"{_IN}contacts/", contacts.shown, name="contacts"),
    path(f"{_IN}contacts/download/", contacts.download, name="contacts-csv"),
    path(f"{_IN}contacts/enter/", contacts.enter, name="enter-contact"),
    path(f"{_IN}contacts/<uuid:contact>/", contacts.change, name="change-contact"),
    path(f"{_IN}contacts/<uuid:contact>/remove/", contacts.remove, name="remove-contact"),
    path(f"{_IN}kit/", kit.shown, name="kit"),
    path(f"{_IN}kit/<str:name>", kit.download, name="kit-file"),
    path(f"{_IN}search/", search.search, name="search"),
    path(f"{_IN}coding/", coding.shown, name="coding"),
    path(f"{_IN}coding/ask/", coding.ask, name="ask-coding"),
    path(f"{_IN}coding/curve/<int:number>/<str:width>/", coding.curve, name="coding-curve"),
    path(f"{_IN}codebook/", codebook.shown, name="codebook"),
    path(f"{_IN}codebook/download/<str:kind>/", codebook.download, name="codebook-file"),
    path(f"{_IN}codebook/change/", codebook.change, name="change-codebook"),
    path(f"{_IN}codebook/next/", codebook.following, name="codebook-next"),
    path(f"{_IN}codebook/next/let-go/", codebook.let_go, name="let-go-codebook"),
    path(f"{_IN}matrix/", matrix.shown, name="matrix"),
    path(f"{_IN}matrix/download/", matrix.download, name="matrix-file"),
    path("panel/<str:token>/", panel.door, name="panel-door"),
    path("panel/<str:token>/take-back/", panel.take_back, name="panel-take-back"),
    path(f"{_SHEET}<int:number>/", panel.question, name="panel-question"),
    path(f"{_SHEET}<int:number>/words/", panel.own_words, name="panel-words"),
    path(f"{_SHEET}missing/", panel.missing, name="panel-missing"),
    path(f"{_SHEET}check/", panel.check, name="panel-check"),
    path(f"{_SHEET}sent/", panel.sent, name="panel-sent"),
    path(f"{_IN}panels/", panels.listed, name="panels"),
    path(f"{_IN}panels/open/", panels.begin, name="open-panel"),
    path(_PANEL, panels.one, name="panel"),
    path(f"{_PANEL}download/", panels.download, name="panel-csv"),
    path(f"{_PANEL}close/", panels.close, name="close-panel"),
    path(f"{_PANEL}link/", panels.renew, name="renew-panel"),
    path(f"{_PANEL}erase/", panels.erase, name="erase-panel-answer"),
    path(f"{_IN}withdraw/", leaving.withdraw, name="withdraw"),
    path(f"{_IN}people/", people.listed, name="people"),
    path(f"{_IN}people/<int:member>/take/", people.take, name="take-role"),
    path(f"{_IN}trail/", people.trail, name="trail"),
]

handler403 = "listening.web.views.faults.forbidden"
handler404 = "listening.web.views.faults.missing"
handler500 = "listening.web.views.faults.broken"
