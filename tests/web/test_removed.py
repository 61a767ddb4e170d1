"""What was removed from a file: seen by its officer alone, added to, undone, and learned from."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from listening.records import DOCUMENTS, SEGMENTS
from listening.steps import removed, taught, uploads, who, withdraw
from listening.steps.reader import read_next
from listening.steps.understanding import Answers
from listening.store.accounts import people
from tests.web.material import (
    ATTACK,
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

#: what privacy cannot know, and what it takes for a name
TALK = b"""Wren: What would it take for you to thrive around here?
Oriel: It was splodge who mended the railing, and my neighbour Ottoline brings soup.
Wren: And what else?
Oriel: Splodge also runs the Bothy, where the children go after school on most days.
"""
OTHER = b"""Wren: What matters most to you?
Brin: Nobody but SPLODGE ever answers when the lift is broken again in our block.
Wren: And what would make it better?
Brin: Somebody on the desk who knows the people here and can mend things at once.
"""


def text_of(town: Town, upload: uploads.Upload) -> str:
    work = town.site.work(town.here)
    return "\n".join(work.store.load([upload.source_key], DOCUMENTS)["text"])


def read_all(town: Town) -> int:
    times = 0
    while read_next(town.site):
        times += 1
        assert times < 20
    return times


def page(town: Town, upload: uploads.Upload, by: str = "officer", more: str = "") -> str:
    answer = client_of(town.people[by]).get(f"{page_of(town, upload)}removed/{more}")
    assert answer.headers["Cache-Control"] == "no-store"
    return html.unescape(answer.content.decode())


def say(town: Town, upload: uploads.Upload, what: str, **given: str) -> Any:
    client = client_of(town.people["officer"])
    return client.post(f"{page_of(town, upload)}removed/{what}/", given)


def test_an_officer_sees_the_text_and_the_words_behind_what_was_removed(reading: Town) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    said = page(reading, upload)
    assert (
        '<mark class="listening-removed listening-removed--phone">[a phone number]</mark>' in said
    )
    assert "The damp in my flat comes back every winter" in said
    for words in ("Oriel Quince", "14 Lantern Street", "07700 900123"):
        assert words in said
    assert "P00001" in said
    # the words lie sealed in the vault, and nowhere else
    assert holding(b"Quince", reading.site.settings.home) == []


def test_what_is_no_name_is_kept_and_the_file_is_read_again(town_in_plain: Town) -> None:
    town = town_in_plain
    upload = kept(town, TALK, "talk.txt", TRUE)
    assert "Ottoline" not in text_of(town, upload)
    answer = say(town, upload, "keep", words="Ottoline")
    assert answer.url == page_of(town, upload)
    assert again(town, upload).state == "reading"
    assert read_all(town) == 1
    after = again(town, upload)
    assert after.state == "kept"
    assert "my neighbour Ottoline brings soup" in text_of(town, after)
    work = town.site.work(town.here)
    assert after.source_key != upload.source_key
    assert work.store.known_sources([upload.source_key, after.source_key]) == {after.source_key}
    assert work.store.run().sources == [after.source_key]
    segments = work.store.load([after.source_key], SEGMENTS)
    assert any("Ottoline" in text for text in segments["text"])
    assert set(segments["participant_id"]) == {"P00001"}


def test_what_was_missed_is_removed_from_every_file_in_any_case_of_letters(reading: Town) -> None:
    first = kept(reading, TALK, "talk.txt", TRUE)
    second = kept(reading, OTHER, "other.txt", TRUE)
    third = kept(reading, SURVEY, "survey.csv", Answers())
    answer = say(reading, first, "add", words="  Splodge ", said="person")
    assert answer.status_code == 302
    states = [again(reading, one).state for one in (first, second, third)]
    assert states == ["reading", "reading", "kept"]
    assert read_all(reading) == 2
    texts = [text_of(reading, again(reading, one)) for one in (first, second)]
    assert not re.search("splodge", " ".join(texts), re.IGNORECASE)
    names = [set(re.findall(r"\[name \d+\]", text)) for text in texts]
    assert names[0] & names[1]  # the same person is the same in both
    assert say(reading, first, "add", words="the bothy", said="school").status_code == 302
    read_all(reading)
    assert "runs [a school]" in text_of(reading, again(reading, first))


def test_the_trail_says_that_something_was_taught_and_never_the_words(reading: Town) -> None:
    upload = kept(reading, TALK, "talk.txt", TRUE)
    say(reading, upload, "add", words="Splodge", said="person")
    read_all(reading)
    say(reading, upload, "keep", words="Ottoline")
    read_all(reading)
    forget = f"/programmes/{reading.here.slug}/taught/forget/"
    client_of(reading.people["administrator"]).post(forget, {"words": "Splodge"})
    lines = list(people.rows("Change").order_by("pk").values("who", "action", "object", "detail"))
    told = [(one["action"], one["detail"]) for one in lines if "remov" in one["action"]]
    assert told == [
        ("removal added", {"as": "person", "files": "1"}),
        ("removal undone", {"files": "1"}),
    ]
    assert ("taught words taken off", "administrator@mill.example") in [
        (one["action"], one["who"]) for one in lines
    ]
    assert not re.search("splodge|ottoline", str(lines), re.IGNORECASE)


def taught_page(town: Town, by: str) -> str:
    address = f"/programmes/{town.here.slug}/taught/"
    return client_of(town.people[by]).get(address).content.decode()


def take_off(town: Town, by: str, words: str) -> str:
    address = f"/programmes/{town.here.slug}/taught/forget/"
    answer = client_of(town.people[by]).post(address, {"words": words}, follow=True)
    return str(answer.content.decode())


def test_what_was_taught_is_listed_for_who_said_it_and_for_administrators_alone(
    reading: Town,
) -> None:
    upload = kept(reading, TALK, "talk.txt", TRUE)
    say(reading, upload, "keep", words="Ottoline")
    read_all(reading)
    for by in ("officer", "administrator"):
        listed = taught_page(reading, by)
        assert "Ottoline" in listed
        assert "No name: it stays in the text" in listed
    assert "Ottoline" not in taught_page(reading, "second officer")
    assert "Nothing yet" in take_off(reading, "second officer", "Ottoline")
    assert read_all(reading) == 0
    assert "No name" not in take_off(reading, "officer", "ottoline")
    assert read_all(reading) == 1
    assert "Ottoline" not in text_of(reading, again(reading, upload))


def test_what_two_officers_said_holds_until_both_have_taken_it_back(reading: Town) -> None:
    work = reading.site.work(reading.here)
    for by in ("officer", "second officer"):
        taught.teach(work, "Splodge", "person", reading.people[by].id)
    assert "It still holds" in take_off(reading, "officer", "Splodge")
    assert "Splodge" not in taught_page(reading, "officer")
    assert taught.entries(work) == [("person", "Splodge")]
    take_off(reading, "second officer", "Splodge")
    assert taught.entries(work) == []
    assert work.vault.read("taught_by") == {}


def test_what_the_operator_wrote_by_hand_is_no_officers_to_take_back(town_in_plain: Town) -> None:
    work = town_in_plain.site.work(town_in_plain.here)
    work.vault.folder.mkdir(exist_ok=True)
    (work.vault.folder / "gazetteer.toml").write_text('person = ["Xola"]\n', encoding="utf-8")
    taught.teach(work, "Xola", "person", town_in_plain.people["officer"].id)
    take_off(town_in_plain, "officer", "Xola")
    assert taught.entries(work) == [("person", "Xola")]
    take_off(town_in_plain, "administrator", "Xola")
    assert taught.entries(work) == []


def test_nobody_learns_by_trying_whether_another_taught_a_name(reading: Town) -> None:
    taught.teach(
        reading.site.work(reading.here), "Xola", "person", reading.people["second officer"].id
    )
    upload = kept(reading, TALK, "talk.txt", TRUE)
    tried = say(reading, upload, "add", words="Xola", said="person").content.decode()
    assert "stand nowhere in this file" in tried


def test_under_a_key_the_list_is_sealed_and_what_was_written_by_hand_joins_it(
    reading: Town,
) -> None:
    upload = kept(reading, TALK, "talk.txt", TRUE)
    work = reading.site.work(reading.here)
    by_hand = work.vault.folder / "gazetteer.toml"
    by_hand.write_text('# ours\nschool = ["the Base"] # by the docks\n', encoding="utf-8")
    say(reading, upload, "add", words="Splodge", said="person")
    assert holding(b"splodge", work.vault.folder) == []
    assert not by_hand.exists()
    (text,) = work.vault.texts("gazetteer.toml")
    assert "# ours" in text
    assert "# by the docks" in text
    by_hand.write_text('surgery = ["Number Nine"]\n', encoding="utf-8")
    say(reading, upload, "keep", words="Ottoline")
    assert taught.entries(work) == [
        ("person", "Splodge"),
        ("school", "the Base"),
        ("surgery", "Number Nine"),
        ("keep", "Ottoline"),
    ]


def test_without_a_key_the_list_is_the_file_that_operators_write(town_in_plain: Town) -> None:
    town = town_in_plain
    upload = kept(town, TALK, "talk.txt", TRUE)
    path = town.site.work(town.here).vault.folder / "gazetteer.toml"
    path.write_text('# ours\nperson = [\n  "Xola", # the caretaker\n]\n', encoding="utf-8")
    say(town, upload, "add", words="Splodge", said="person")
    said = path.read_text("utf-8")
    assert said.startswith("# ours\n")
    assert "# the caretaker" in said
    assert taught.entries(town.site.work(town.here)) == [("person", "Splodge"), ("person", "Xola")]


@pytest.mark.parametrize("times", [2, 30])
def test_a_press_twice_does_it_once(reading: Town, times: int) -> None:
    upload = kept(reading, TALK, "talk.txt", TRUE)
    for _ in range(times):
        say(reading, upload, "add", words="splodge", said="person")
    assert taught.entries(reading.site.work(reading.here)) == [("person", "splodge")]
    assert people.rows("Change").filter(action="removal added").count() == 1
    assert read_all(reading) == 1


def test_words_that_stand_often_are_asked_about_once_more(reading: Town) -> None:
    rows = b"".join(
        b"R%d,Number %d: the lift by the gate is broken on floor %d,analysis\n" % (n, n, n)
        for n in range(9, 40)
    )
    upload = kept(reading, SURVEY + rows, "survey.csv", Answers())
    answer = say(reading, upload, "add", words="the lift", said="person")
    asked = " ".join(answer.content.decode().split())
    assert "Remove all 31?" in asked
    assert "31 times in 1 file of this programme" in asked
    assert taught.entries(reading.site.work(reading.here)) == []
    say(reading, upload, "add", words="the lift", said="person", sure="yes")
    assert taught.entries(reading.site.work(reading.here)) == [("person", "the lift")]


@pytest.mark.parametrize("words", [".*", "(a+)+$", "[name 1]", "w", "", "   ", "x" * 101, "\x00"])
def test_what_is_no_word_of_the_file_is_refused_with_a_sentence(reading: Town, words: str) -> None:
    upload = kept(reading, TALK, "talk.txt", TRUE)
    answer = say(reading, upload, "add", words=words, said="person")
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert taught.entries(reading.site.work(reading.here)) == []


def test_words_with_signs_of_expressions_and_of_html_are_taken_as_they_are(reading: Town) -> None:
    odd = f"the (Bothy)+ and {ATTACK}"
    talk = TALK.replace(b"the Bothy", odd.encode())
    upload = kept(reading, talk, "talk.txt", TRUE)
    raw = client_of(reading.people["officer"]).get(f"{page_of(reading, upload)}removed/").content
    assert b"<img" not in raw
    assert b"&lt;img src=x" in raw
    assert say(reading, upload, "add", words="the (Bothy)+", said="school").status_code == 302
    read_all(reading)
    assert "runs [a school] and <img" in text_of(reading, again(reading, upload))


def test_nobody_keeps_a_telephone_number_or_what_was_not_removed(reading: Town) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    for words in ("07700 900123", "damp"):
        answer = say(reading, upload, "keep", words=words)
        assert answer.url == f"{page_of(reading, upload)}removed/"
    assert taught.entries(reading.site.work(reading.here)) == []
    assert "Always goes" in page(reading, upload)


def test_a_long_file_is_shown_in_pages_that_lose_nothing(reading: Town) -> None:
    long = TALK + b"Oriel: " + b"and on and on went Splodge about it " * 900 + b"\n"
    long += b"".join(b"Oriel: Number %d of the things that matter here.\n" % n for n in range(400))
    upload = kept(reading, long, "talk.txt", TRUE)
    first = removed.shown(reading.site, again(reading, upload), 1)
    pages = [removed.shown(reading.site, upload, n) for n in range(1, first.pages + 1)]
    assert first.pages > 2
    sizes = [sum(len(p.text) for line in one.lines for p in line.pieces) for one in pages]
    assert max(sizes) <= removed.PAGE
    text = "".join(p.text for one in pages for line in one.lines for p in line.pieces)
    assert text == text_of(reading, upload).replace("\n", "")
    assert "page 2 of" in page(reading, upload, more="?page=2")
    assert f"page {first.pages} of" in page(reading, upload, more="?page=999")
    assert "page 1 of" in page(reading, upload, more="?page=-1")


def test_after_a_withdrawal_the_words_are_gone_and_nothing_is_read_again(reading: Town) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    work = reading.site.work(reading.here)
    withdraw(work, who(work, "Brindle"))
    said = page(reading, again(reading, upload))
    assert "no longer here as you sent it, because somebody withdrew from it" in said
    assert "Oriel Quince" not in said
    assert "[an address]" in said
    assert work.vault.books("removed") == []
    taught.teach(work, "damp", "person")
    gone = removed.forget(
        reading.site, reading.people["officer"], reading.here, "damp", everybody=True
    )
    assert gone == removed.Again()
    answer = say(reading, upload, "add", words="damp", said="person")
    assert "Send a corrected version." in html.unescape(answer.content.decode())
    other = kept(reading, OTHER.replace(b"lift", b"damp"), "other.txt", TRUE)
    told = removed.teach(reading.site, other, "damp", "person")
    assert told == removed.Again(files=1, left=1)


def test_what_is_taught_while_a_file_is_read_holds_for_it(
    reading: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = received(reading, TALK, "talk.txt")
    uploads.answer(reading.site, upload, TRUE)
    uploads.confirm(reading.site, again(reading, upload))
    from listening.steps import reader

    ingest = reader.ingest

    def meanwhile(work: Any, run_id: str, book: str) -> None:
        ingest(work, run_id, book)
        taught.teach(work, "Splodge", "person")

    with monkeypatch.context() as patch:
        patch.setattr(reader, "ingest", meanwhile)
        assert read_next(reading.site)
    assert again(reading, upload).state == "reading"
    assert read_all(reading) == 1
    assert "plodge" not in text_of(reading, again(reading, upload))


def test_two_officers_at_once_lose_nothing(town: Town) -> None:
    from concurrent.futures import ThreadPoolExecutor

    work = town.site.work(town.here)
    words = [f"Splodge {n}" for n in range(24)]
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda one: taught.teach(work, one, "person"), words))
    assert {of for _, of in taught.entries(work)} == set(words)


def test_a_name_that_is_a_word_goes_where_it_is_written_like_the_name(town_in_plain: Town) -> None:
    town = town_in_plain
    talk = TALK.replace(b"It was splodge", b"Hope said so. We hope for jam. It was he")
    upload = kept(town, talk, "talk.txt", TRUE)
    say(town, upload, "add", words="Hope", said="person")
    read_all(town)
    assert "] said so. We hope for jam." in text_of(town, again(town, upload))


def test_words_that_were_missed_are_afterwards_nowhere_to_be_found(reading: Town) -> None:
    upload = kept(reading, TALK, "talk.txt", TRUE)
    client = client_of(reading.people["officer"])
    client.post(f"{page_of(reading, upload)}removed/add/", {"words": "Splodge", "said": "person"})
    assert not re.search("splodge", str(client.cookies), re.IGNORECASE)
    read_all(reading)
    assert holding(b"splodge", reading.site.settings.home) == []


def test_a_page_number_of_thousands_of_digits_is_the_last_page(reading: Town) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    client = client_of(reading.people["officer"])
    answer = client.get(f"{page_of(reading, upload)}removed/", {"page": "9" * 5000})
    assert answer.status_code == 200
