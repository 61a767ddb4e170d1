"""How to reach somebody, entered by their officer: kept apart, changed, removed, withdrawn."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import Any

import pytest

from listening.steps import accounts, as_sent, by_hand, contacts, mending, uploads, who, withdraw
from listening.steps.reader import read_next
from tests.unit.sources.samples import samples
from tests.web.material import TRANSCRIPT, TRUE, again, holding, kept
from tests.web.town import Town, client_of

NUMBER = "01632 960117"
ORIEL = {"said": "Oriel", "agreed": "yes", "contact": NUMBER, "language": "Somali"}


def place(town: Town) -> str:
    return f"/programmes/{town.here.slug}/contacts/"


def ask(town: Town, address: str = "", by: str = "officer", **said: str) -> Any:
    client = client_of(town.people[by])
    where = place(town) + address
    return client.post(where, said, follow=True) if said else client.get(where)


def shown(town: Town, by: str = "officer") -> str:
    return html.unescape(ask(town, by=by).content.decode())


def entry(town: Town) -> by_hand.Entry:
    (found,) = by_hand.entries(town.site.work(town.here).vault)
    return found


@pytest.fixture
def entered(reading: Town) -> Town:
    """Oriel's talk is kept, and her officer entered how to reach her."""
    kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    ask(reading, "enter/", **ORIEL)
    return reading


def test_an_officer_enters_somebody_of_their_own_file_and_every_officer_sees_it(
    entered: Town,
) -> None:
    assert entry(entered).participant_id == who(entered.site.work(entered.here), "Oriel")
    for by in ("officer", "second officer"):
        page = shown(entered, by)
        assert NUMBER in page
        assert 'Entered 2026-07-01 by <span class="listening-words">officer@mill.example<' in page


def test_nobody_is_entered_who_did_not_agree(entered: Town) -> None:
    said = {**ORIEL, "said": "Brindle", "agreed": "no"}
    page = ask(entered, "enter/", **said).content.decode()
    assert "Ask them first" in page
    assert entry(entered).contact == NUMBER


def test_another_officers_resident_is_nobody_by_name_or_id(entered: Town) -> None:
    for said in ("Oriel", entry(entered).participant_id):
        page = ask(entered, "enter/", by="second officer", **{**ORIEL, "said": said})
        assert "nobody’s id, withdrawal code or name" in html.unescape(
            page.content.decode().replace("'", "’")
        ).replace("'", "’")
    assert entry(entered).by == "officer@mill.example"


def test_the_same_twice_is_entered_once(entered: Town) -> None:
    ask(entered, "enter/", **ORIEL)
    assert entry(entered).contact == NUMBER


def test_what_was_entered_stays_when_the_file_is_read_again_or_corrected(entered: Town) -> None:
    upload = as_sent.mine(entered.site, entered.people["officer"], entered.here)[0]
    kept_now = uploads.one(entered.people["officer"], entered.here, upload.id)
    assert kept_now is not None
    mending.change(entered.site, kept_now, replace(TRUE, consent="analysis"))
    assert read_next(entered.site)
    assert entry(entered).contact == NUMBER
    talk = [tuple(line.split(": ", 1)) for line in TRANSCRIPT.decode().splitlines()]
    mended = samples((*talk, ("Oriel", "And the bins overflow.")))[".docx"]  # type: ignore[arg-type]
    mending.correct(entered.site, again(entered, kept_now), "mended.docx", mended)
    mending.confirm(entered.site, again(entered, kept_now))
    assert read_next(entered.site)
    assert entry(entered).contact == NUMBER
    assert "Nothing they said is kept" not in shown(entered)


def test_it_is_changed_and_removed_by_any_officer_and_the_trail_never_says_how(
    entered: Town,
) -> None:
    address = f"{entry(entered).id}/"
    ask(entered, address, by="second officer", contact="07700 900321", language="")
    assert (entry(entered).contact, entry(entered).by) == ("07700 900321", "second@mill.example")
    assert NUMBER not in shown(entered)
    ask(entered, f"{address}remove/", press="yes")
    assert by_hand.entries(entered.site.work(entered.here).vault) == []
    changes = accounts.changes(entered.here)
    told = [(one.action, one.who) for one in changes if one.action.startswith("contact")]
    assert told == [
        ("contact removed", "officer@mill.example"),
        ("contact changed", "second@mill.example"),
        ("contact entered", "officer@mill.example"),
    ]
    assert not any(NUMBER in str(one) or "900321" in str(one) for one in changes)
    assert ask(entered, address).status_code == 404


def test_a_withdrawal_takes_it_and_nobody_is_entered_after(town_in_plain: Town) -> None:
    town = town_in_plain
    kept(town, TRANSCRIPT, "talk.txt", TRUE)
    ask(town, "enter/", **ORIEL)
    assert holding(NUMBER.encode(), town.site.settings.home) == ["contacts_by_hand.json"]
    work = town.site.work(town.here)
    gone = entry(town)
    withdraw(work, gone.participant_id)
    assert holding(NUMBER.encode(), town.site.settings.home) == []
    with pytest.raises(Exception, match="not here any more"):
        by_hand.add(work.vault, gone)
    assert not by_hand.change(work.vault, gone)


def test_whom_their_officer_says_did_not_agree_is_taken_off(entered: Town) -> None:
    ask(entered, "enter/", **{**ORIEL, "said": "Brindle", "contact": "07700 900321"})
    mine = as_sent.mine(entered.site, entered.people["officer"], entered.here)[0]
    upload = uploads.one(entered.people["officer"], entered.here, mine.id)
    assert upload is not None
    mending.change(entered.site, upload, replace(TRUE, people={"1": {"consent": "none"}}))
    assert read_next(entered.site)
    assert entry(entered).contact == "07700 900321"
    uploads.without_consent(entered.site, again(entered, upload))
    assert by_hand.entries(entered.site.work(entered.here).vault) == []


def test_who_is_on_the_list_and_in_no_file_is_marked_for_their_officer(entered: Town) -> None:
    entered.site.work(entered.here).store.erase_participant(entry(entered).participant_id)
    assert "Nothing they said is kept any more" in shown(entered)


def test_the_table_says_who_entered_it_and_quotes_formulas(entered: Town) -> None:
    ask(entered, f"{entry(entered).id}/", contact="=cmd()", language="")
    (row,) = (
        contacts.as_csv(entered.site, entered.people["officer"], entered.here)
        .decode("utf-8-sig")
        .splitlines()[1:]
    )
    assert row.split(",")[1:] == ["'=cmd()", "", "Officer", "officer@mill.example", "2026-07-01"]
