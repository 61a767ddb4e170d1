"""People who come and go while something that they asked for waits."""

from __future__ import annotations

from dataclasses import asdict

from listening.steps import accounts
from listening.steps.coding import pull, push
from listening.steps.desk import asked, books, pulled
from listening.store.accounts import people
from tests.steps.coded_town import ADA, BEN, book, ticked
from tests.steps.town import RUN
from tests.web.coding_town import Coded
from tests.web.coding_town import shown as said
from tests.web.town import client_of, join


def take_role(coded: Coded) -> None:
    member = next(one for one in accounts.members(coded.town.here) if one.role == "researcher")
    assert accounts.remove(coded.town.here, member.id, coded.town.people["administrator"])


def as_another(coded: Coded) -> str:
    """Return the page as another researcher sees it."""
    other = join("other@mill.example", coded.town.here, "researcher")
    return said(client_of(other).get(coded.address()))


def test_what_somebody_asked_for_who_lost_the_role_meanwhile_is_not_done(coded: Coded) -> None:
    coded.press("pull")
    before = pulled.last(coded.work)
    signed_in = coded.client()
    take_role(coded)
    assert coded.do_all() == 1
    assert signed_in.get(coded.address()).status_code in (403, 404)
    assert signed_in.post(
        coded.address("coding/ask/"), {"what": "pull", "once": "y"}
    ).status_code in (403, 404)
    assert coded.do_all() == 0
    page = as_another(coded)
    assert "Not done Pull what was coded" in page
    assert "is not of those any more who may ask for it" in page
    assert pulled.last(coded.work) == before
    lines = [one.action for one in accounts.changes(coded.town.here)]
    assert "pull not done" in lines


def test_what_was_asked_for_is_done_where_the_role_was_given_back_in_time(coded: Coded) -> None:
    coded.press("pull")
    take_role(coded)
    people.give(coded.town.people["researcher"], coded.town.here.slug, "researcher")
    assert coded.do_all() == 1
    assert "Done Pull what was coded" in coded.page()


def test_what_had_begun_before_a_kill_is_brought_to_its_end_by_whomever_it_was(
    coded: Coded,
) -> None:
    coded.press("pull")
    vault = coded.work.vault
    (one,) = asked.everything(vault)
    vault.write(asked.BOOK, {"asked": [asdict(one) | {"tries": 1}]})
    take_role(coded)
    assert coded.do_all() == 1
    assert "Done Pull what was coded" in as_another(coded)


def test_a_coder_who_left_half_way_keeps_what_they_read_and_comes_back_on_the_page(
    coded: Coded,
) -> None:
    work, server = coded.work, coded.server
    pull(work, server)
    before = len(work.store.codings())
    (task, *_rest) = server.hold("assisted/whole")
    server.submit(task, ADA, ticked("parks"))  # a moment before she is noted as having left
    push(work, RUN, book(), server, [BEN], left=[ADA])
    assert len(work.store.codings()) == before + 1
    assert ADA not in work.vault.read("labelstudio")["coders"]
    assert ADA in work.vault.read("labelstudio")["left"]
    shown = coded.do("push", coders=ADA)
    assert "Done Push" in shown
    assert "was noted as having left" not in shown
    assert ADA in work.vault.read("labelstudio")["coders"]
    assert len(work.store.codings()) == before + 1


def test_what_commands_pulled_is_known_to_the_page(coded: Coded) -> None:
    coded.work.vault.erase(pulled.BOOK)
    assert "Nothing was pulled yet" in coded.page()
    pull(coded.work, coded.server)
    assert "Last pulled" in coded.page()
    assert books.current(coded.work) is not None
