"""After a split only one of two may be asked again: what they give is seen beside the other's."""

from __future__ import annotations

import pytest

from listening.codebook import RECODE
from listening.coding.adjudicate import disputed
from listening.coding.agreement import AGAIN_FOR, blind
from listening.coding.waiting import SETTLE, waiting
from listening.steps import Work
from listening.steps.coding import pull
from listening.steps.coding.adjudicating import adjudicate
from listening.steps.coding.migrating import migrate
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, BEN, CLEO, marked, ticked
from tests.steps.test_coding_migrating import split
from tests.steps.test_coding_review import both
from tests.steps.town import RUN


def asked_again(server: FakeLabelStudio, key: str, who: str) -> dict[str, int]:
    """The tasks that ask again, by the item that was read first or by their own words."""
    return {
        str(task["data"]["item_key"]): number
        for number, task in server.hold(f"{key}/{who}").items()
        if AGAIN_FOR in task["data"]["item_key"]
    }


@pytest.mark.parametrize(("ben", "apart"), [("buses", ("buses", "damp")), ("", ("damp",))])
def test_an_answer_that_one_of_two_reads_again_is_disputed_and_sent_to_be_settled(
    work: Work, server: FakeLabelStudio, ben: str, apart: tuple[str, ...]
) -> None:
    key, first, second = both(server)[0]
    server.submit(first, ADA, ticked("housing"))
    server.submit(second, BEN, ticked(*filter(None, [ben])))
    pull(work, server)
    assert migrate(work, RUN, split(), server).asked == 1
    assert set(waiting(work.store.codings()).values()) == {RECODE}
    ((_, task),) = asked_again(server, "whole", ADA).items()
    server.submit(task, ADA, ticked("damp"))
    pull(work, server)
    codings = work.store.codings()
    (one,) = disputed(codings)
    assert (one.item, one.coders, one.codes) == (key, (ADA, BEN), apart)
    assert set(waiting(codings).values()) == {SETTLE}
    assert adjudicate(work, RUN, server).sent == 1
    ((task, held),) = server.hold("adjudication/whole").items()
    assert "Damp" in held["data"]["shown_answers"]
    assert "Housing" not in held["data"]["shown_answers"]
    server.submit(task, CLEO, ticked("damp"))
    pull(work, server)
    assert waiting(work.store.codings()) == {}


def test_who_reads_again_and_finds_what_the_other_did_is_in_no_dispute(
    work: Work, server: FakeLabelStudio
) -> None:
    _, first, second = both(server)[0]
    server.submit(first, ADA, ticked("housing", "buses"))
    server.submit(second, BEN, ticked("buses"))
    pull(work, server)
    migrate(work, RUN, split(), server)
    ((_, task),) = asked_again(server, "whole", ADA).items()
    server.submit(task, ADA, ticked("buses"))
    pull(work, server)
    assert disputed(work.store.codings()) == ()
    assert waiting(work.store.codings()) == {}


def test_a_turn_that_one_of_two_reads_again_is_seen_in_the_conversation_that_both_read(
    work: Work, server: FakeLabelStudio
) -> None:
    for who in (ADA, BEN):
        for number, held in server.hold(f"blind/spans/{who}").items():
            more = marked(held, "housing", 0, "damp") if who == ADA else []
            server.submit(number, who, [*more, *marked(held, "buses", 3, "bus")])
    pull(work, server)
    (first,) = {one.item for one in disputed(work.store.codings())}
    migrate(work, RUN, split(), server)
    ((again, task),) = asked_again(server, "blind/spans", ADA).items()
    assert not again.startswith(first)
    server.submit(task, ADA, marked(server.hold(f"blind/spans/{ADA}")[task], "damp", 0, "damp"))
    pull(work, server)
    codings = work.store.codings()
    (one,) = disputed(codings)
    assert (one.item, one.codes) == (first, ("damp",))
    assert set(waiting(codings).values()) == {SETTLE}
    assert set(blind(codings)["item"]) == {first}
    adjudicate(work, RUN, server)
    ((_, held),) = server.hold("adjudication/spans").items()
    assert "Damp" in held["data"]["shown_answers"]
    assert len(held["data"]["dialogue"]) == 4
