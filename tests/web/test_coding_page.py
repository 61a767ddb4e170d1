"""The researcher's page: how far coding has come, what to do next, and doing it once."""

from __future__ import annotations

import time

import pytest

from listening.labelstudio.nouns import BLIND
from listening.steps import accounts
from listening.steps.coding import following
from listening.steps.desk import asked, doing, figures
from tests.steps.coded_town import ADA, BEN, ticked
from tests.web.coding_town import Coded
from tests.web.town import Town, client_of


def test_before_anything_was_read_the_page_says_who_is_to_begin(town: Town) -> None:
    page = client_of(town.people["researcher"]).get(f"/programmes/{town.here.slug}/coding/")
    assert b"officers send them first" in page.content


def test_the_first_batch_is_chosen_and_sent_to_those_who_are_named(fresh: Coded) -> None:
    assert "Name two coders or more" in fresh.page()
    shown = fresh.press("push", coders=f"{ADA}\n{BEN}, new@example.org")
    assert "Waits Push" in shown
    assert fresh.do_all() == 1
    shown = fresh.page()
    assert "Done Push" in shown
    assert "new@example.org has no account in Label Studio yet" in shown
    assert f"Blind · answers · {ADA}" in shown
    assert "Nothing was pulled yet" in shown
    assert "It cannot be said yet: no segment was read blind by two" in shown


def test_an_address_that_is_none_is_said_beside_its_field(fresh: Coded) -> None:
    shown = fresh.press("push", coders="ada at example")
    assert "Enter addresses such as name@example.org" in shown
    assert fresh.do_all() == 0


def test_progress_agreement_and_what_is_to_be_settled_stand_on_the_page(coded: Coded) -> None:
    shown = coded.do("pull")
    work = coded.work
    read = sum(sum(one.read.values()) for one in work.store.loop.standings())
    assert read > 20
    ada = sum(one.read.get(ADA, 0) for one in work.store.loop.standings())
    assert f"{ADA} {ada} " in shown
    told = figures.known(work)["agreement"]
    assert f"{told['double']} of {told['read']} segments were read blind by two" in shown
    assert "Housing" in shown  # a code by its name
    differ = figures.known(work)["settle"]["differ"]
    assert differ > 0
    assert f"{differ} items are to be settled: send them" in shown
    assert "Last pulled" in shown
    assert "Label Studio answers" in shown


def test_disagreements_are_sent_once_however_often_the_button_is_pressed(coded: Coded) -> None:
    coded.do("pull")
    told = {"what": "settle", "once": "one-press"}
    for _ in range(2):
        coded.client().post(coded.address("coding/ask/"), told)
    assert coded.do_all() == 1
    coded.client().post(coded.address("coding/ask/"), told)  # late, after it was done
    assert coded.do_all() == 0
    shown = coded.page()
    differ = figures.known(coded.work)["settle"]["differ"]
    assert len(coded.server.hold("adjudication/whole")) == differ
    assert f"{differ} items wait to be settled in Label Studio" in shown
    assert "To be settled" in shown or "Adjudication · answers" in shown
    lines = [one.action for one in accounts.changes(coded.town.here)]
    assert lines.count("sending to adjudication asked for") == 1
    assert lines.count("sending to adjudication done") == 1


def test_links_open_the_project_in_a_new_tab_that_knows_nothing_of_this_one(coded: Coded) -> None:
    page = coded.client().get(coded.address()).content.decode()
    number = next(p.number for p in coded.work.store.loop.projects() if p.role == BLIND)
    link = f'href="{coded.server.link(int(number or 0))}" target="_blank" rel="noopener noreferrer"'
    assert link in page


def test_a_next_batch_pulls_first_and_sends_no_more_than_is_needed(coded: Coded) -> None:
    for task in list(coded.server.hold("assisted/whole")):
        coded.server.submit(task, ADA, ticked("parks"))
    before = len(coded.server.hold("assisted/whole"))
    shown = coded.do("next")
    assert "passages were chosen" in shown or "Nothing was sent" in shown
    assert f"{before:,} read for the first time" in shown
    assert coded.work.store.codings().query("role == 'assisted'")["coder"].eq(ADA).all()


def test_a_label_studio_that_does_not_answer_is_told_in_plain_words(coded: Coded) -> None:
    coded.server.fails_in = 0
    shown = coded.do("settle")
    assert "Not done Send to adjudication" in shown
    assert "does not answer" in shown
    assert "Label Studio did not answer at" in shown
    assert "it is asked again every minute" in shown
    coded.server.fails_in = None
    assert "Done Send to adjudication" in coded.do("settle")
    assert "Label Studio answers" in coded.page()


def test_opening_the_page_asks_label_studio_nothing(coded: Coded) -> None:
    coded.do("pull")
    before = coded.server.asked
    coded.server.fails_in = 0
    start = time.perf_counter()
    coded.page()
    assert time.perf_counter() - start < 2
    assert coded.server.asked == before


def test_the_pull_of_every_minute_is_told_and_figures_follow_it(coded: Coded) -> None:
    following.pull_everywhere(coded.town.site)
    doing.keep_figures(coded.town.site)
    assert "Label Studio answers" in coded.page()
    known = figures.known(coded.work)
    assert known["fresh"]
    task = next(iter(coded.server.hold("assisted/whole")))
    coded.server.submit(task, ADA, ticked("parks"))
    following.pull_everywhere(coded.town.site)
    assert "something was coded or changed since" in coded.page()
    doing.keep_figures(coded.town.site)  # they stand for five minutes
    assert figures.known(coded.work)["at"] == known["at"]
    coded.server.fails_in = 0
    following.pull_everywhere(coded.town.site)
    assert "Label Studio did not answer" in coded.page()


def test_what_a_kill_broke_off_is_done_again_and_given_up_at_last(coded: Coded) -> None:
    coded.press("pull")
    vault = coded.work.vault
    for tries in range(1, asked.TRIES + 1):
        one = asked.take(vault)  # the process dies here
        assert one is not None
        assert one.tries == tries
        asked.recover(vault)
    assert asked.take(vault) is None
    assert "The server stopped each time" in coded.page()
    assert "Done Pull" in coded.do("pull")


def test_a_fault_of_ours_is_told_without_its_own_words(
    coded: Coded, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("damp rent landlord")

    monkeypatch.setattr(doing.coding, "pull", broken)
    shown = coded.do("pull")
    assert "not your fault" in shown
    assert "landlord" not in shown


def test_while_something_is_done_the_page_looks_again_and_then_is_loaded_anew(coded: Coded) -> None:
    coded.press("pull")
    page = coded.client().get(coded.address()).content.decode()
    assert 'hx-trigger="every 2s"' in page
    again = coded.client().get(coded.address(), headers={"HX-Request": "true"})
    assert "HX-Refresh" not in again
    coded.do_all()
    again = coded.client().get(coded.address(), headers={"HX-Request": "true"})
    assert again["HX-Refresh"] == "true"
    assert 'hx-trigger="every 2s"' not in coded.client().get(coded.address()).content.decode()


def test_what_cannot_be_used_is_listed_with_its_task(coded: Coded) -> None:
    task = next(iter(coded.server.hold("assisted/whole")))
    coded.server.submit(task, ADA, ticked("no-such-code"))
    shown = coded.do("pull")
    assert "must be opened again in Label Studio" in shown
    assert "What was coded and cannot be used" in shown
    assert f"?task={task}" in coded.client().get(coded.address()).content.decode()


def test_no_resident_is_quoted_on_the_page_nor_in_what_it_is_kept_by(coded: Coded) -> None:
    coded.do("pull")
    coded.do("settle")
    words = coded.work.store.codings()["text"].tolist()
    page = coded.client().get(coded.address()).content.decode()
    kept = "".join(str(coded.work.vault.read(f"desk/{n}")) for n in ("asked", "pulled", "figures"))
    assert words
    assert not [one for one in words if one in page or one in kept]


def test_a_curve_is_a_picture_and_one_that_is_not_there_is_nowhere(coded: Coded) -> None:
    coded.do("pull")
    rules = figures.known(coded.work)["rules"]
    assert len(rules["rules"]) == 4
    assert "Interviews" not in coded.page()
    drawn = [n for n, one in enumerate(rules["curves"]) if one.get("wide")]
    for number in drawn:
        answer = coded.client().get(coded.address(f"coding/curve/{number}/wide/"))
        assert answer["Content-Type"] == "image/svg+xml"
        assert answer.content.startswith(b"<svg")
    assert coded.client().get(coded.address("coding/curve/99/wide/")).status_code == 404
    assert coded.client().get(coded.address("coding/curve/0/other/")).status_code == 404
