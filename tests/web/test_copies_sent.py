"""Two officers send the same talk: it counts once, and each is told what is theirs to know."""

from __future__ import annotations

import html
from dataclasses import replace

import pytest

from listening.records import PARTICIPANTS, SEGMENTS
from listening.steps import accounts, uploads, who, withdraw
from listening.steps.nouns import Upload
from listening.steps.reader import read_next
from listening.steps.understanding import Answers
from tests.unit.sources.samples import samples
from tests.web.material import TRANSCRIPT, TRUE, again, holding, kept, page_of, received
from tests.web.town import Town, client_of

TALK = tuple(
    (line.split(": ", 1)[0], line.split(": ", 1)[1]) for line in TRANSCRIPT.decode().splitlines()
)
VTT = samples(TALK)[".vtt"]


def page(town: Town, upload: Upload, by: str = "officer") -> str:
    return html.unescape(client_of(town.people[by]).get(page_of(town, upload)).content.decode())


def people(town: Town) -> int:
    work = town.site.work(town.here)
    return len(work.store.load(work.store.run().sources, PARTICIPANTS))


def test_what_is_said_by_everybody_in_it_who_withdrew_is_refused_and_has_no_name(
    reading: Town,
) -> None:
    kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    work = reading.site.work(reading.here)
    for name in ("Oriel", "Brindle"):
        withdraw(work, who(work, name))
    copy = received(reading, VTT, "Oriel Quince.vtt", by="second officer")
    assert copy.state == "refused"
    told = page(reading, copy, "second officer")
    assert "those of somebody who withdrew" in told
    assert "Quince" not in told


def say(town: Town, upload: Upload, same: str, by: str = "officer") -> str:
    """Answer whether it is somebody else."""
    client = client_of(town.people[by])
    answer = client.post(page_of(town, upload), {"same": same}, follow=True)
    return html.unescape(answer.content.decode())


def test_what_another_officer_sent_as_well_is_asked_about_and_the_other_file_is_not_named(
    reading: Town,
) -> None:
    kept(reading, TRANSCRIPT, "Oriel Quince.txt", TRUE)
    copy = received(reading, VTT, "second.vtt", by="second officer")
    assert copy.state == "waiting"
    told = page(reading, copy, "second officer")
    assert "Is this somebody else?" in told
    assert "the same talk as a file that was read on 1 July 2026" in told
    assert "What did the people" not in told  # nothing else need be asked first
    assert "Quince" not in told


def test_what_is_the_same_talk_is_set_aside_and_nothing_of_it_is_kept(reading: Town) -> None:
    kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    copy = received(reading, VTT, "second.vtt", by="second officer")
    told = say(reading, copy, "same talk", "second officer")
    assert again(reading, copy, by="second officer").state == "refused"
    assert "is the same talk as a file that was read on 1 July 2026" in told
    assert "corrected version" in told
    assert people(reading) == 2
    work = reading.site.work(reading.here)
    assert not work.vault.has_file(copy.book)
    assert "file set aside as a copy" in [one.action for one in accounts.changes(reading.here)]


def test_ones_own_file_is_named_with_the_way_to_correct_it(reading: Town) -> None:
    first = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    copy = received(reading, VTT, "again.vtt")
    assert "same talk as “talk.txt”, which you sent" in page(reading, copy)
    told = say(reading, copy, "same talk")
    assert ">talk.txt<" in told
    assert f"{page_of(reading, first)}correct/" in told


def test_somebody_else_is_counted_beside_them_and_never_asked_about_again(reading: Town) -> None:
    first = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    other = received(reading, VTT, "other.vtt")
    say(reading, other, "somebody else")
    told = page(reading, other)
    assert "What did the people in this file agree to?" in told
    uploads.answer(reading.site, again(reading, other), TRUE)
    uploads.confirm(reading.site, again(reading, other))
    assert read_next(reading.site)
    assert again(reading, other).state == "kept"
    assert people(reading) == 4
    from listening.steps import mending

    for one in (first, other):  # whichever is read anew
        mending.change(reading.site, again(reading, one), replace(TRUE, consent="analysis"))
        assert read_next(reading.site)
        assert again(reading, one).state == "kept"
    assert people(reading) == 4


def test_that_it_is_somebody_else_can_be_taken_back_before_it_is_confirmed(reading: Town) -> None:
    kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    other = received(reading, VTT, "other.vtt")
    say(reading, other, "somebody else")
    answers = {"same": "same talk", "interviewer": "0", "consent": "quotation"}
    client_of(reading.people["officer"]).post(page_of(reading, other), answers)
    assert again(reading, other).state == "refused"
    assert people(reading) == 2


def test_of_two_that_were_sent_before_either_was_read_the_second_is_asked_about(
    reading: Town,
) -> None:
    first, second = received(reading), received(reading, VTT, "t.vtt", by="second officer")
    for upload in (first, second):
        uploads.answer(reading.site, upload, TRUE)
        uploads.confirm(reading.site, uploads.one(upload.officer, reading.here, upload.id))  # type: ignore[arg-type]
    assert read_next(reading.site)
    assert read_next(reading.site)
    assert again(reading, first).state == "kept"
    assert again(reading, second, by="second officer").state == "waiting"
    assert people(reading) == 2
    assert "read on 1 July" in page(reading, second, "second officer")
    told = say(reading, second, "somebody else", "second officer")
    assert "Confirm: this is right" in told  # what was answered before holds
    uploads.confirm(reading.site, again(reading, second, by="second officer"))
    assert read_next(reading.site)
    assert people(reading) == 4


@pytest.mark.parametrize(
    "less",
    [Answers("0", "", "analysis"), Answers("0", "", "quotation", {"1": {"consent": "none"}})],
)
def test_who_agreed_to_less_in_the_copy_is_not_passed_over_in_silence(
    reading: Town, less: Answers
) -> None:
    first, second = received(reading), received(reading, VTT, "t.vtt", by="second officer")
    for upload, answers in ((first, TRUE), (second, less)):
        uploads.answer(reading.site, upload, answers)
        uploads.confirm(reading.site, uploads.one(upload.officer, reading.here, upload.id))  # type: ignore[arg-type]
    assert read_next(reading.site)
    assert read_next(reading.site)
    told = say(reading, second, "same talk", "second officer")
    assert "agreed to less than was said of them there" in told
    assert "ask whoever sent it" in told


def test_a_correction_of_ones_own_file_is_no_copy(reading: Town) -> None:
    from listening.steps import mending

    first = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    mended = samples((*TALK, ("Oriel", "And the bins overflow on every Monday morning.")))[".docx"]
    mending.correct(reading.site, first, "mended.docx", mended)
    mending.confirm(reading.site, again(reading, first))
    assert read_next(reading.site)
    work = reading.site.work(reading.here)
    said = " ".join(work.store.load([again(reading, first).source_key], SEGMENTS)["text"])
    assert "bins overflow" in said
    assert people(reading) == 2


def test_whoever_withdrew_is_left_out_of_what_another_officer_sends_and_no_file_holds_them(
    town_in_plain: Town,
) -> None:
    town = town_in_plain
    kept(town, TRANSCRIPT, "talk.txt", TRUE)
    work = town.site.work(town.here)
    withdraw(work, who(work, "Brindle"))
    others = [
        ("Wren", "Thank you both for coming here on such a wet evening, what is it like here?"),
        ("Lee", "There is nothing for young people since the club shut, so they hang about."),
        *(one for one in TALK if one[0] == "Brindle"),
        ("Lee", "A warm room and somebody to talk to would do more than any new playground."),
    ]
    sent = samples(tuple(others))[".vtt"]
    second = received(town, sent, "Brindle.vtt", by="second officer")
    told = page(town, second, "second officer")
    assert "The words of one speaker are those of somebody who withdrew: left out." in told
    uploads.answer(town.site, second, TRUE)
    uploads.confirm(town.site, again(town, second, by="second officer"))
    assert read_next(town.site)
    assert holding(b"brindle", town.site.settings.home) == []
    assert holding(b"rent went up", town.site.settings.home) == []
    work = town.site.work(town.here)
    assert work.store.holds(["nothing for young people"])
