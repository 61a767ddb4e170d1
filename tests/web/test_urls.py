"""Every address × everybody × another programme: only what is allowed answers."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from listening.steps import accounts, arriving, by_hand, disclosures
from listening.steps.arriving import Desk
from listening.steps.coding import following
from listening.steps.desk import books, figures
from listening.steps.panel import opening
from listening.store.accounts import people
from tests.steps.coded_town import book
from tests.web.acting import begun, pointed
from tests.web.material import received, recorded, rules
from tests.web.panel_town import Member, open_panel
from tests.web.town import Town, client_of

EVERYBODY = {
    "nobody",
    "officer",
    "second officer",
    "researcher",
    "lead",
    "administrator",
    "safeguarding",
    "outsider",
}
INSIDE = EVERYBODY - {"nobody", "outsider"}
SIGNED_IN = EVERYBODY - {"nobody"}
#: what a whole programme has one of
OF_ALL = ("files", "kit-file", "codebook-file", "matrix-file", "residents-file")
#: views of actions, which the team reads, and what leads alone write
ACTIONS_READ = (
    "actions",
    "action",
    "action-chart",
    "action-tests",
    "actions-csv",
    "you-said",
    "driver-diagram",
    "equity-reviews",
    "escalated",
    "shared-drivers",
)
ACTIONS_WRITTEN = (
    "make-action",
    "change-action",
    "remove-action",
    "forget-wordings",
    "action-helped",
    "action-escalated",
    "action-equity",
    "action-point",
    "remove-action-point",
    "action-test",
    "change-action-test",
    "residents-file",
)
#: who may open what. An address that is not here fails the test: say who may open it.
ALLOWED = {
    "home": SIGNED_IN,
    "sign-in": EVERYBODY,
    "language": EVERYBODY,
    "sign-out": SIGNED_IN,
    "password": SIGNED_IN,
    "prove": SIGNED_IN,
    "second": SIGNED_IN,
    "new-second": SIGNED_IN,
    "sign-out-elsewhere": SIGNED_IN,
    "invitation": EVERYBODY,
    "hook": EVERYBODY,
    "programme": INSIDE,
    "files": {"officer", "second officer"},
    "file": {"officer"},
    "confirm-file": {"officer"},
    "discard-file": {"officer"},
    "arriving": {"officer", "second officer"},
    "half-sent-file": {"officer"},
    "discard-half-sent-file": {"officer"},
    "file-removed": {"officer"},
    "file-keep-words": {"officer"},
    "file-add-words": {"officer"},
    "file-correct": {"officer"},
    "file-confirm-correction": {"officer"},
    "file-let-go": {"officer"},
    "file-mend": {"officer"},
    "taught": {"officer", "second officer", "administrator"},
    "forget-taught": {"officer", "second officer", "administrator"},
    "harm": {"officer"},
    "safeguarding": {"safeguarding"},
    "disclosure": {"safeguarding"},
    "reach": INSIDE - {"safeguarding"},
    "record-tally": {"officer", "second officer"},
    "remove-tally": {"officer", "second officer"},
    "contacts": {"officer", "second officer"},
    "contacts-csv": {"officer", "second officer"},
    "enter-contact": {"officer", "second officer"},
    "change-contact": {"officer", "second officer"},
    "remove-contact": {"officer", "second officer"},
    "kit": {"officer", "second officer", "lead"},
    "kit-file": {"officer", "second officer", "lead"},
    "search": {"officer", "second officer", "researcher", "lead"},
    "coding": {"researcher"},
    "ask-coding": {"researcher"},
    "coding-curve": {"researcher"},
    "codebook": {"researcher"},
    "codebook-file": {"researcher"},
    "change-codebook": {"researcher"},
    "codebook-next": {"researcher"},
    "let-go-codebook": {"researcher"},
    "matrix": {"researcher"},
    "matrix-file": {"researcher"},
    "priorities": {"lead", "researcher"},
    "ask-priorities": {"lead", "researcher"},
    "priority": {"lead", "researcher"},
    "priority-passages": {"lead", "researcher"},
    "priorities-choices": {"lead", "researcher"},
    "priorities-voices": {"lead", "researcher"},
    "priorities-places": {"lead", "researcher"},
    "priorities-made": {"lead", "researcher"},
    "priorities-change": {"lead", "researcher"},
    "begin-wave": {"lead"},
    "take-back-wave": {"lead"},
    **{name: {"officer", "second officer", "researcher", "lead"} for name in ACTIONS_READ},
    **{name: {"lead"} for name in ACTIONS_WRITTEN},
    "quotes": {"lead", "researcher"},
    "quote": {"lead", "researcher"},
    "releases": {"lead", "researcher"},
    "make-release": {"lead"},
    "release-part": {"lead", "researcher"},
    "panel-door": EVERYBODY,
    "panel-take-back": EVERYBODY,
    "panel-question": EVERYBODY,
    "panel-words": EVERYBODY,
    "panel-missing": EVERYBODY,
    "panel-check": EVERYBODY,
    "panel-sent": EVERYBODY,
    "journey": {"lead", "researcher"},
    "panels": {"lead"},
    "open-panel": {"lead"},
    "panel": {"lead"},
    "panel-csv": {"lead"},
    "close-panel": {"lead"},
    "renew-panel": {"lead"},
    "erase-panel-answer": {"lead"},
    "set-panel-aside": {"lead"},
    "withdraw": {"officer", "second officer", "administrator"},
    "live": EVERYBODY,
    "ready": EVERYBODY,
    "metrics": EVERYBODY,  # from this machine, as this test asks: see test_health_pages
    "health": {"administrator"},
    "people": {"administrator"},
    "take-role": {"administrator"},
    "trail": {"administrator"},
}


def addresses() -> list[Any]:
    from listening.web.urls import urlpatterns

    return list(urlpatterns)


def address_of(town: Town, pattern: Any) -> str:
    """Fill an address with things of the first programme; an unknown part fails."""
    from django.urls import reverse

    upload = received(town)
    rules(town)
    member = next(m for m in accounts.members(town.here) if m.person.email == "second@mill.example")
    known = {
        "programme": town.here.slug,
        "file": uuid.UUID(upload.id),
        "member": member.id,
        "half": half_sent(town),
        "disclosure": uuid.UUID(harm_in(town)),
        "tally": uuid.UUID(tally_in(town)),
        "contact": uuid.UUID(contact_in(town)),
        "name": "interview_guide_en.docx",
        "quote": "0123456789abcdef",
        "theme_id": "housing",
        "release": "0123456789abcdef",
        "part": "report.html",
        "day": "2026-05-01",
        "secret": following.secret_of(town.site.settings),
        **coding_in(town),
        **action_in(town),
        "token": accounts.invite("new@mill.example", town.here, "officer").token,
        **panel_in(town, pattern.name),
    }
    names = pattern.pattern.converters
    return reverse(pattern.name, kwargs={name: known[name] for name in names})


def coding_in(town: Town) -> dict[str, object]:
    """Give the programme a codebook and a curve; return what addresses say of them."""
    work = town.site.work(town.here)
    work.store.loop.keep_book("town", "1.0", book())
    work.vault.write(books.FIRST, {"id": "town", "version": "1.0"})
    curve = {"rules": {"curves": [{"wide": "<svg></svg>"}]}, "mark": "", "at": "2026-07-01"}
    work.vault.write(figures.BOOK, curve)
    return {"kind": "toml", "number": 0, "width": "wide"}


def panel_in(town: Town, name: str) -> dict[str, object]:
    """Open a panel with a sheet of which something is sent; return what addresses say of it."""
    if "panel" not in name:
        return {}
    link = open_panel(town)
    panel = opening.listed(town.site, town.here)[-1].panel.id
    member = Member(link)
    member.say(present="1")
    sheet = member.at.split("/")[3]
    member.say(word="rename")
    if name == "panel-sent":
        member.at = f"{link}{sheet}/check/"
        member.say()
    return {"token": link.split("/")[2], "panel": panel, "sheet": uuid.UUID(sheet), "number": 1}


def half_sent(town: Town) -> uuid.UUID:
    """Begin a file as the officer; return its id."""
    half_id = uuid.uuid4()
    desk = Desk(town.site, town.people["officer"], town.here)
    arriving.begin(desk, str(half_id), 100, {"filename": "talk.txt"})
    return half_id


def harm_in(town: Town) -> str:
    """Pass a disclosure on; return its id."""
    told = disclosures.Disclosure("", "none", "talk.txt", disclosures.PERSON, "Oriel")
    return disclosures.add(town.site.work(town.here).vault, told).id


def tally_in(town: Town) -> str:
    """Record a tally of the first officer's; return its id."""
    return recorded(town, approached=20, spoke=12).id


def contact_in(town: Town) -> str:
    """Enter a contact by hand; return its id."""
    vault = town.site.work(town.here).vault
    vault.write("people", {"none|Oriel": "P00001"})
    entry = by_hand.Entry("", "P00001", "01632 960111", "", "Wren", "officer@mill.example", "")
    return by_hand.add(vault, entry).id


def action_in(town: Town) -> dict[str, object]:
    """Begin an action with a point and a test; return what addresses say of them."""
    kept = begun(town)
    return {"action": uuid.UUID(kept.id), "point": pointed(town, kept), "cycle": 1, "sheet": "page"}


def test_every_address_has_a_name_and_somebody_who_may_open_it(town: Town) -> None:
    names = [pattern.name for pattern in addresses()]
    assert len(names) == len(set(names))
    assert set(names) == set(ALLOWED)


def answer_to(town: Town, name: str, method: str, who: str) -> str:
    """Ask for an address as somebody; return what came of it."""
    pattern = next(one for one in addresses() if one.name == name)
    address = address_of(town, pattern)
    answer = getattr(client_of(town.people.get(who)), method)(address)
    if who not in ("officer", "safeguarding"):
        assert b"Oriel" not in answer.content
        assert b"talk.txt" not in answer.content
    if answer.status_code == 302 and answer.url.startswith("/sign-in/?next="):
        return "must sign in"
    if name == "ready" and answer.status_code == 503:
        return "answers"  # nobody reads in this town
    # 412: one may speak there, by another protocol
    return "answers" if answer.status_code in (200, 204, 302, 405, 412) else str(answer.status_code)


def opens_by_file(name: str) -> bool:
    pattern = next(one for one in addresses() if one.name == name)
    return bool({"file", "half"} & set(pattern.pattern.converters))


def wanted(name: str, who: str) -> str:
    """Return what the table says: to others a programme, or another's file, does not exist."""
    if who in ALLOWED[name]:
        return "answers"
    if who == "nobody":
        return "must sign in"
    hidden = who == "outsider" or (who == "second officer" and opens_by_file(name))
    return "404" if hidden else "403"


@pytest.mark.parametrize("name", sorted(ALLOWED))
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_what_is_allowed_answers(town: Town, name: str, method: str) -> None:
    # who may go last: their request may change what the others ask for
    order = sorted(EVERYBODY, key=lambda who: (who in ALLOWED[name], who))
    got = {}
    for who in order:
        got[who] = answer_to(town, name, method, who)

    assert got == {who: wanted(name, who) for who in order}


@pytest.mark.parametrize(
    "name",
    [
        *(one for one in sorted(ALLOWED) if "file" in one and one not in OF_ALL),
        "take-role",
        "harm",
        "disclosure",
        "change-contact",
        "change-action",
        "remove-action",
    ],
)
def test_what_belongs_to_one_programme_does_not_open_through_another(town: Town, name: str) -> None:
    pattern = next(one for one in addresses() if one.name == name)
    through = address_of(town, pattern).replace(town.here.slug, town.elsewhere.slug)
    # somebody who may open both
    for role in ("officer", "administrator", "safeguarding", "lead"):
        people.give(town.people["officer"], town.elsewhere.slug, role)

    client = client_of(town.people["officer"])

    assert client.get(through).status_code in (404, 405)
    assert client.post(through).status_code == 404


def test_an_address_without_a_rule_opens_for_nobody(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    from listening.web import rules

    monkeypatch.delitem(rules.RULES, "home")
    assert client_of(town.people["administrator"]).get("/").status_code == 403


def test_there_is_no_address_that_ends_elsewhere(town: Town) -> None:
    answer = client_of(town.people["officer"]).get("/sign-in/?next=https://elsewhere.example/")
    assert answer.status_code == 302
    assert answer.url == "/"
