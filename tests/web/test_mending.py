"""A kept file is corrected or answered about anew: the same people, and nothing lost on the way."""

from __future__ import annotations

import html
import sys
from typing import Any

import pytest

from listening.records import DOCUMENTS, PARTICIPANTS, SEGMENTS
from listening.steps import as_sent, disclosures, mending, safeguarding, uploads, who, withdraw
from listening.steps.reader import read_next, tidy
from listening.steps.understanding import Answers
from listening.store.accounts import people
from tests.web.material import (
    NOTE,
    SURVEY,
    TRANSCRIPT,
    TRUE,
    again,
    holding,
    kept,
    page_of,
    received,
)
from tests.web.town import Town, client_of

#: Brindle says more, in another format's ending, and somebody new speaks
CORRECTED = (
    TRANSCRIPT
    + b"Brindle: And the bins by the gate are never emptied on time.\n"
    + (b"Tansy: The library should be open on Sundays for the children.\n")
)
RULES = """name = "N"
question = "Q?"
[[attributes]]
name = "age"
question = "How old are you?"
values = ["under 25", "25 or over"]
[[attributes]]
name = "street"
question = "Which street?"
"""


def post(town: Town, upload: uploads.Upload, what: str, **given: Any) -> Any:
    client = client_of(town.people["officer"])
    return client.post(f"{page_of(town, upload)}{what}/", given)


def send(town: Town, upload: uploads.Upload, content: bytes, name: str) -> str:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_of(town.people["officer"])
    given = {"correction": "yes", "file": SimpleUploadedFile(name, content)}
    answer = client.post(f"{page_of(town, upload)}correct/", given, follow=True)
    return html.unescape(answer.content.decode())


def read_all(town: Town) -> int:
    times = 0
    while read_next(town.site):
        times += 1
        assert times < 20
    return times


def text_of(town: Town, upload: uploads.Upload) -> str:
    work = town.site.work(town.here)
    return "\n".join(work.store.load([again(town, upload).source_key], DOCUMENTS)["text"])


def people_of(town: Town, upload: uploads.Upload) -> dict[str, Any]:
    work = town.site.work(town.here)
    rows = work.store.load([again(town, upload).source_key], PARTICIPANTS)
    return {str(row.participant_id): row for row in rows.itertuples()}


def test_a_corrected_version_takes_the_place_and_its_people_keep_their_ids(reading: Town) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    work = reading.site.work(reading.here)
    page = send(reading, upload, CORRECTED, "talk, mended.md")
    assert "put it in the old one’s place" in page  # what was answered before is not asked again
    assert "bins" not in text_of(reading, upload)
    assert again(reading, upload).state == "kept"
    post(reading, upload, "correct/confirm")
    assert read_all(reading) == 1
    after = again(reading, upload)
    assert (after.id, after.state) == (upload.id, "kept")
    assert as_sent.sent(reading.site, after).name == "talk, mended.md"
    segments = work.store.load([after.source_key], SEGMENTS)
    said = dict(zip(segments["text"], segments["participant_id"], strict=True))
    bins = next(text for text in said if "bins" in text)
    rent = next(text for text in said if "rent" in text)
    assert said[bins] == said[rent] == "P00002"
    assert sorted(people_of(reading, upload)) == ["P00001", "P00002", "P00003"]
    assert work.store.known_sources([upload.source_key]) == set()
    assert work.store.run().sources == [after.source_key]
    assert work.vault.file(upload.book) == CORRECTED
    assert work.vault.books("drafts") == []
    assert len(work.vault.books("removed")) == 1
    done = [row.action for row in people.rows("Change").filter(object=upload.book).order_by("pk")]
    assert done[-3:] == ["correction received", "correction confirmed", "file read again"]


def test_whoever_withdrew_stays_out_of_a_corrected_version(town_in_plain: Town) -> None:
    town = town_in_plain
    upload = kept(town, TRANSCRIPT, "talk.txt", TRUE)
    work = town.site.work(town.here)
    withdraw(work, who(work, "Oriel"))
    page = send(town, again(town, upload), CORRECTED, "talk.md")
    assert "Who is the interviewer?" in page  # that went with the speakers' labels
    post(town, upload, "correct", interviewer="0", consent="quotation")
    post(town, upload, "correct/confirm")
    read_all(town)
    assert again(town, upload).state == "kept"
    assert "bins" in text_of(town, upload)
    assert "damp" not in text_of(town, upload)
    assert "P00001" not in people_of(town, upload)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("broken.docx", b"PK\x03\x04" + bytes(50), "cannot be"),
        ("empty.txt", b"", "empty"),
        ("all.zip", b"PK\x03\x04" + bytes(50), "holds other files"),
        ("talk.txt", TRANSCRIPT, "the same as what was sent"),
        ("other.csv", SURVEY, "in your list"),
    ],
)
def test_a_version_that_is_no_correction_leaves_everything_as_it_was(
    reading: Town, name: str, content: bytes, why: str
) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    received(reading, SURVEY, "survey.csv")
    page = send(reading, upload, content, name)
    assert why in page, page[3000:4500]
    assert again(reading, upload) == upload
    assert not read_next(reading.site)
    assert "damp" in text_of(reading, upload)
    assert reading.site.work(reading.here).vault.books("drafts") == []


def test_a_version_that_turns_out_broken_leaves_the_good_one(
    reading: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    send(reading, upload, CORRECTED, "talk.txt")
    work = reading.site.work(reading.here)
    work.vault.keep_file(f"drafts/{upload.id}", b"\x00\x01\x02")  # it was damaged meanwhile
    post(reading, upload, "correct/confirm")
    assert read_all(reading) == 2
    assert again(reading, upload).state == "kept"
    assert again(reading, upload).source_key == upload.source_key
    assert "damp" in text_of(reading, upload)
    client = client_of(reading.people["officer"])
    assert b"Your change could not be kept" in client.get(page_of(reading, upload)).content
    post(reading, upload, "correct/let-go")
    assert b"could not be kept" not in client.get(page_of(reading, upload)).content


def test_a_fault_while_a_correction_is_read_leaves_the_good_one_and_can_be_undone(
    reading: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    send(reading, upload, CORRECTED, "talk.txt")
    post(reading, upload, "correct/confirm")

    def broken(*_given: Any) -> None:
        raise ValueError("Oriel said")

    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["listening.steps.keeping"], "segment", broken)
        assert read_next(reading.site)
    assert again(reading, upload).state == "stopped"
    assert "damp" in text_of(reading, upload)
    page = client_of(reading.people["officer"]).get(page_of(reading, upload)).content.decode()
    assert "Undo my last change" in page
    assert "Erase it" not in page
    post(reading, upload, "discard")
    assert again(reading, upload).state == "stopped"
    post(reading, upload, "correct/let-go")
    post(reading, upload, "confirm")
    read_all(reading)
    assert again(reading, upload).state == "kept"
    assert "bins" not in text_of(reading, upload)


def test_a_press_of_confirm_twice_corrects_once(reading: Town) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    send(reading, upload, CORRECTED, "talk.txt")
    for _ in range(2):
        post(reading, upload, "correct/confirm")
    assert read_all(reading) == 1
    post(reading, upload, "correct/confirm")
    assert not read_next(reading.site)
    assert people.rows("Change").filter(action="correction confirmed").count() == 1


def test_what_was_drafted_for_a_file_that_is_gone_is_cleared_away(reading: Town) -> None:
    vault = reading.site.work(reading.here).vault
    vault.write("drafts/00000000-0000-0000-0000-000000000000", {"name": "left.txt"})
    vault.keep_file("drafts/00000000-0000-0000-0000-000000000000", TRANSCRIPT)
    tidy(reading.site)
    assert not vault.has_file("drafts/00000000-0000-0000-0000-000000000000")


def answers(town: Town, upload: uploads.Upload, **given: str) -> Any:
    told = {"kind": "interview", "consent": "quotation"}
    told |= {"role-0": "interviewer", "role-1": "", "role-2": ""}
    return post(town, again(town, upload), "answers", **(told | given))


def test_who_speaks_is_changed_and_people_keep_their_ids(reading: Town) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    answers(reading, upload, **{"role-0": "", "role-1": "interviewer"})
    assert read_all(reading) == 1
    work = reading.site.work(reading.here)
    segments = work.store.load([again(reading, upload).source_key], SEGMENTS)
    assert not any("damp" in text for text in segments["text"])  # an interviewer's word now
    assert set(people_of(reading, upload)) == {"P00002", "P00003"}
    answers(reading, upload)
    read_all(reading)
    assert set(people_of(reading, upload)) == {"P00001", "P00002"}
    answers(reading, upload, **{"role-1": "interviewer"})
    read_all(reading)
    assert set(people_of(reading, upload)) == {"P00002"}


def test_consent_is_narrowed_and_widened_for_all_or_for_one(reading: Town) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)

    def consents() -> dict[str, str]:
        read_all(reading)
        return {key: str(row.consent) for key, row in people_of(reading, upload).items()}

    answers(reading, upload, consent="analysis")
    assert consents() == {"P00001": "analysis", "P00002": "analysis"}
    answers(reading, upload, **{"consent": "analysis", "consent-2": "quotation"})
    assert consents() == {"P00001": "analysis", "P00002": "quotation"}
    answers(reading, upload, **{"consent-1": "none"})
    assert consents() == {"P00002": "quotation"}
    assert "damp" not in text_of(reading, upload)


def test_when_nobody_agreed_after_all_everything_is_erased(town_in_plain: Town) -> None:
    town = town_in_plain
    upload = kept(town, TRANSCRIPT, "talk.txt", TRUE)
    kept(town, SURVEY, "survey.csv", Answers())
    answers(town, upload, consent="none")
    assert again(town, upload).state == "refused"
    assert holding(b"Quince", town.site.work(town.here).vault.folder / "removed") == []
    assert holding(b"comes back every winter", town.site.settings.home) == []
    assert b"did not agree" in client_of(town.people["officer"]).get(page_of(town, upload)).content
    assert not read_next(town.site)


def test_attributes_are_given_by_the_values_that_the_programme_allows(reading: Town) -> None:
    work = reading.site.work(reading.here)
    (work.settings.home / "programme.toml").write_text(RULES, "utf-8")
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    page = client_of(reading.people["officer"]).get(f"{page_of(reading, upload)}answers/")
    assert page.content.decode().count("How old are you?") == 3
    answers(reading, upload, **{"attr-1-0": "under 25", "attr-2-1": "Lantern Street"})
    read_all(reading)
    told = {key: row.attributes for key, row in people_of(reading, upload).items()}
    assert told == {"P00001": {"age": "under 25"}, "P00002": {"street": "Lantern Street"}}
    refused = answers(reading, upload, **{"attr-1-0": "a hundred"})
    assert "There is a problem" in refused.content.decode()
    assert not read_next(reading.site)
    assert "under 25" not in str(list(people.rows("Change").values()))


def test_a_note_has_one_person_and_a_table_says_everything_itself(reading: Town) -> None:
    work = reading.site.work(reading.here)
    (work.settings.home / "programme.toml").write_text(RULES, "utf-8")
    note = kept(reading, NOTE, "note.txt", Answers(kind="street", consent="analysis"))
    post(reading, note, "answers", kind="street", consent="quotation", **{"attr-all-0": "under 25"})
    read_all(reading)
    (row,) = people_of(reading, note).values()
    assert (row.consent, row.attributes) == ("quotation", {"age": "under 25"})
    survey = kept(reading, SURVEY, "survey.csv", Answers())
    client = client_of(reading.people["officer"])
    page = client.get(f"{page_of(reading, survey)}answers/").content.decode()
    assert "says everything itself" in page


def test_the_same_answers_change_nothing(reading: Town) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    answers(reading, upload)
    assert again(reading, upload) == upload
    assert not read_next(reading.site)


def test_answers_cannot_be_changed_while_a_file_is_read_or_by_anybody_else(reading: Town) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    answers(reading, upload, consent="analysis")
    answers(reading, upload, consent="quotation")  # it waits to be read: this comes too late
    read_all(reading)
    assert {row.consent for row in people_of(reading, upload).values()} == {"analysis"}
    other = client_of(reading.people["second officer"])
    for what in ("answers", "correct", "removed"):
        assert other.get(f"{page_of(reading, upload)}{what}/").status_code == 404


def test_what_was_answered_of_speakers_holds_for_a_corrected_version_by_their_labels() -> None:
    from listening.records import Speaker
    from listening.steps.understanding import WHOLE, Understood

    def understood(*labels: str) -> Understood:
        return Understood(speakers=tuple(Speaker(one, "participant", 1, False) for one in labels))

    before = understood("Wren", "Oriel", "Brindle")
    said = {"1": {"consent": "analysis"}, "2": {"consent": "none"}, WHOLE: {"attr:a": "b"}}
    now = understood("Tansy", "Brindle", "Wren")
    carried = mending.carried(Answers("0", "interview", "quotation", said), before, now)
    assert carried == Answers(
        "2", "interview", "quotation", {"1": {"consent": "none"}, WHOLE: {"attr:a": "b"}}
    )


def test_what_another_officer_sent_too_stays_when_one_corrects_it(reading: Town) -> None:
    mine = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    theirs = received(reading, TRANSCRIPT, "same.txt", by="second officer")
    uploads.answer(reading.site, theirs, TRUE)
    uploads.confirm(reading.site, again(reading, theirs, "second officer"))
    read_all(reading)
    send(reading, mine, CORRECTED, "talk.txt")
    post(reading, mine, "correct/confirm")
    read_all(reading)
    work = reading.site.work(reading.here)
    keys = {again(reading, mine).source_key, again(reading, theirs, "second officer").source_key}
    assert len(keys) == 2
    assert work.store.known_sources(keys) == keys
    assert set(work.store.run().sources) == keys


def test_a_correction_tells_the_safeguarding_lead_at_once_whatever_becomes_of_it(
    reading: Town,
) -> None:
    upload = kept(reading, SURVEY, "answers.csv", Answers())
    harm = (
        b"Response ID,What would it take for you to thrive around here?,consent,disclosure\n"
        b"R2,My uncle hits me when the children are asleep,analysis,yes\n"
    )
    assert "Nobody in this file may be read" in send(reading, upload, harm, "answers 2.csv")
    (told,) = disclosures.everything(reading.site.work(reading.here).vault)
    assert (told.file, told.by) == ("answers 2.csv", "officer@mill.example")
    assert "uncle" in told.words[0].text


def test_who_was_set_apart_stays_so_in_a_corrected_version_whatever_their_words(
    reading: Town,
) -> None:
    short = TRANSCRIPT.replace(
        b"The damp in my flat comes back every winter and my children cough all night.",
        b"My uncle hits me.",
    )
    upload = kept(reading, short, "talk.txt", TRUE)
    officer = reading.people["officer"]
    safeguarding.mark(reading.site, officer, upload, "Told me", "Oriel")
    read_all(reading)
    mended = short.replace(b"My uncle hits me.", b"My uncle, he hits me.").replace(
        b"My name is Oriel Quince and I live at 14 Lantern Street, MT4 5QX.", b"I live here."
    )
    send(reading, again(reading, upload), mended, "talk 2.txt")
    post(reading, upload, "correct/confirm")
    read_all(reading)
    assert as_sent.sent(reading.site, again(reading, upload)).name == "talk 2.txt"
    assert "uncle" not in text_of(reading, upload)
    assert "rent went up" in text_of(reading, upload)


def test_a_correction_that_a_kill_left_confirmed_is_read_when_confirmed_again(
    reading: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    send(reading, upload, CORRECTED, "talk.md")
    with monkeypatch.context() as killed:
        killed.setattr(mending.kept, "again", _kill)
        with pytest.raises(KeyboardInterrupt):
            mending.confirm(reading.site, upload)
    mending.confirm(reading.site, again(reading, upload))
    assert read_all(reading) == 1
    assert "bins" in text_of(reading, upload)


def _kill(_upload: object) -> bool:
    raise KeyboardInterrupt
