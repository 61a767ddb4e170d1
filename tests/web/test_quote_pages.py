"""Quotes on pages: what each would say of who spoke, and decisions one by one."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.attackers import Programme as People
from listening.disclosure import quotes
from listening.steps import accounts, quoting, signing
from listening.steps.kept_results import kept_results
from listening.store.frames import objects
from tests.web.coding_town import shown
from tests.web.kept_town import Kept, keep
from tests.web.town import Town


@pytest.fixture
def kept(town: Town) -> Kept:
    return keep(town, People.make(4, 200))


def ids(kept: Kept) -> list[str]:
    found = kept_results(kept.work)
    assert found is not None
    return [row.id for _, rows in quoting.board(kept.work, found).themes for row in rows]


def decide(kept: Kept, quote: str, decision: str, by: str = "lead", **more: str) -> Any:
    speaks = {"speaks": "yes"} if decision == "signed" else {}
    told = {**kept.fields(f"quotes/{quote}/"), "decision": decision, **speaks, **more}
    return kept.client(by).post(kept.address(f"quotes/{quote}/"), told, follow=True)


def test_the_list_shows_each_as_it_would_be_published_under_its_theme(kept: Kept) -> None:
    page = kept.page("quotes/")
    assert page.index("Working: not to be passed on.") < page.index("Quotes A quote leaves")
    assert "Theme t0" in page
    assert "0 signed off, 0 refused, 5 wait" in page
    assert page.count("“=The damp in our flat") == 5


def test_a_quote_shows_who_shares_what_could_stand_beside_it(kept: Kept) -> None:
    page = kept.page(f"quotes/{ids(kept)[0]}/")
    assert "Quote 1 of 5" in page
    assert "It could" in page
    assert "people of the sample share all that could stand there" in page


def test_places_are_made_general_and_the_signer_sees_which(kept: Kept) -> None:
    work = kept.work
    found = kept_results(work)
    assert found is not None
    segment = signing.candidates(work, found.folder)[0].segment_id
    row = objects(work.store.alias, "Segment").get(segment_id=segment)
    alias, text = work.store.alias, row.text
    document = objects(alias, "Document").model(
        source_id=row.source_id, document_id=row.document_id, kind="survey", text=text
    )
    document.save(using=alias)
    at = text.index("Marsh Lane")
    place = objects(alias, "Place").model(
        source_id=row.source_id, document_id=row.document_id, start=at, end=at + 10, kind="road"
    )
    place.save(using=alias)
    page = kept.page(f"quotes/{ids(kept)[0]}/")
    assert "our flat on [a road] is back" in page
    assert "Marsh Lane → [a road]" in page


def test_after_a_decision_the_next_that_waits_follows_and_the_trail_knows(kept: Kept) -> None:
    first, second, *_ = ids(kept)
    page = shown(decide(kept, first, "signed"))
    assert "The quote was signed off. This is the next." in page
    assert "Quote 2 of 5" in page
    page = shown(decide(kept, second, "refused", why="The road says who it is."))
    assert "Quote 3 of 5" in page
    assert "Refused by Lead, 2026-07-01: The road says who it is." in kept.page(f"quotes/{second}/")
    assert "1 signed off, 1 refused, 3 wait" in kept.page("quotes/", by="researcher")
    lines = [(one.action, one.object) for one in accounts.changes(kept.town.here)[:2]]
    assert lines == [("quote refused", f"quotes/{second}"), ("quote signed off", f"quotes/{first}")]


def test_a_refusal_needs_a_reason(kept: Kept) -> None:
    quote = ids(kept)[0]
    page = shown(decide(kept, quote, "refused", why=" "))
    assert "Say why it should not be published" in page
    assert kept.work.store.releases.every_decision() == []


def test_it_is_signed_off_only_by_somebody_who_says_that_it_speaks_for_its_priority(
    kept: Kept,
) -> None:
    quote = ids(kept)[0]
    assert "Does it speak for this priority?" in kept.page(f"quotes/{quote}/")
    page = shown(decide(kept, quote, "signed", speaks=""))
    assert "Say whether it speaks for this priority" in page
    answer = decide(kept, quote, "signed", speaks="no")
    assert "Refuse it, if it does not speak for this priority" in shown(answer)
    told = answer.content.decode()
    assert '<details class="govuk-details" open>' in told
    assert 'value="no" id="id_no_evidence" checked' in told
    assert kept.work.store.releases.every_decision() == []
    decide(kept, quote, "signed")
    (kept_so,) = kept.work.store.releases.every_decision()
    assert (kept_so.decision, kept_so.speaks) == ("signed", "yes")
    assert "as speaking for this priority" in kept.page(f"quotes/{quote}/")


def test_what_does_not_speak_for_its_priority_is_refused_without_another_reason(
    kept: Kept,
) -> None:
    quote = ids(kept)[0]
    assert "The quote was refused." in shown(decide(kept, quote, "refused", speaks="no"))
    assert "It does not speak for this priority." in kept.page(f"quotes/{quote}/")
    (refused,) = kept.work.store.releases.decisions()
    assert kept.work.store.releases.no_evidence() == {(refused.segment_id, refused.theme)}
    decide(kept, quote, "taken back")
    assert kept.work.store.releases.no_evidence() == set()


def test_what_is_taken_back_waits_again_and_stands_in_the_log(kept: Kept) -> None:
    quote = ids(kept)[0]
    decide(kept, quote, "signed")
    assert "it waits" not in shown(decide(kept, quote, "taken back"))
    page = kept.page(f"quotes/{quote}/")
    assert "Waits" in page
    assert page.index("taken back by Lead") < page.index("signed by Lead")
    found = kept_results(kept.work)
    assert found is not None
    assert signing.signed_off(kept.work, signing.candidates(kept.work, found.folder)) == []
    # a signature that an old quotes.csv holds does not sign it again
    assert signing.take_over(kept.work, found.folder) == 0


def test_who_read_it_before_somebody_decided_reads_it_again(kept: Kept) -> None:
    quote = ids(kept)[0]
    before = kept.fields(f"quotes/{quote}/")
    decide(kept, quote, "refused", why="No.")
    told = {**before, "decision": "signed", "speaks": "yes"}
    page = shown(
        kept.client("researcher").post(kept.address(f"quotes/{quote}/"), told, follow=True)
    )
    assert "somebody decided on it meanwhile" in page
    assert "Refused by Lead" in page


def test_who_has_not_agreed_to_be_quoted_cannot_be_signed_off(kept: Kept) -> None:
    quote = ids(kept)[0]
    fields = kept.fields(f"quotes/{quote}/")
    objects(kept.work.store.alias, "Participant").update(consent="analysis")
    page = kept.page(f"quotes/{quote}/")
    assert "It cannot be signed off" in page
    assert "I have read it" not in page
    told = {**fields, "decision": "signed", "speaks": "yes"}
    page = shown(kept.client().post(kept.address(f"quotes/{quote}/"), told))
    assert "may not be quoted" in page


def test_without_results_and_for_a_quote_that_is_gone_the_list_is_shown(
    town: Town, kept: Kept
) -> None:
    answer = kept.client().get(kept.address("quotes/0123456789abcdef/"), follow=True)
    assert "is not among the results any more" in shown(answer)
    kept.work.vault.erase("results")
    assert "no priorities yet" in kept.page("quotes/")


def test_the_pieces_of_a_page_are_the_very_words_that_are_published(kept: Kept) -> None:
    found = kept_results(kept.work)
    assert found is not None
    for candidate, quote in zip(
        signing.candidates(kept.work, found.folder), ids(kept), strict=True
    ):
        one = quoting.one(kept.work, found, quote)
        said = "".join(piece.text for piece in one.pieces)
        assert said == quotes.general(candidate.text, candidate.places)
