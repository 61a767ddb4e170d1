"""Disclosures of harm: out of the analysis, in the vault alone, for one pair of eyes."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from listening.errors import ListeningError
from listening.records import SEGMENTS
from listening.steps import accounts, as_sent, disclosures, mending, safeguarding, uploads
from listening.steps.nouns import Upload
from listening.steps.reader import read_next
from listening.store.accounts import people
from tests.unit.sources.samples import samples
from tests.web.material import (
    ATTACK,
    TRANSCRIPT,
    TRUE,
    again,
    holding,
    kept,
    page_of,
    received,
    rules,
)
from tests.web.town import Town, client_of, join

NOTE = "He has not eaten since Sunday"
MARKED = b"""Response ID,What would it take for you to thrive around here?,consent,disclosure
R1,The rent is too high for what we earn,quotation,
R2,My uncle hits me when the children are asleep,analysis,yes
"""


def queue_address(town: Town) -> str:
    return f"/programmes/{town.here.slug}/safeguarding/"


def marked(town: Town, upload: Upload, about: str | tuple[int, int] = "Oriel") -> Any:
    return safeguarding.mark(town.site, town.people["officer"], upload, NOTE, about)


def segments(town: Town, upload: Upload) -> str:
    keys = [again(town, upload).source_key]
    return " ".join(town.site.work(town.here).store.load(keys, SEGMENTS)["text"])


def sent(town: Town, upload: Upload, page: str, **said: str) -> Any:
    """Send the form of a page; `about` is the place of somebody on it."""
    given = {"note": NOTE, **said}
    given |= dict(zip(["seen"], re.findall(r'name="seen" value="([^"]*)"', page), strict=False))
    if given.get("about", "").isdigit():
        people = re.findall(r'name="about" value="([^"]*)"', page)
        given["about"] = people[int(given["about"])]
    client = client_of(town.people["officer"])
    return client.post(f"{page_of(town, upload)}harm/", given, follow=True)


def posted(town: Town, upload: Upload, **said: str) -> str:
    client = client_of(town.people["officer"])
    page = client.get(f"{page_of(town, upload)}harm/").content.decode()
    answer = sent(town, upload, page, **said)
    return html.unescape(answer.content.decode())


def test_everything_that_somebody_said_is_marked_before_it_is_confirmed(
    town_in_plain: Town,
) -> None:
    town = town_in_plain
    upload = received(town)
    uploads.answer(town.site, upload, TRUE)
    page = posted(town, upload, about="0")
    assert "It was passed to the safeguarding lead" in page
    assert 'everything that <span class="listening-name">Oriel</span> said' in page
    uploads.confirm(town.site, again(town, upload))
    assert read_next(town.site)
    assert "rent went up" in segments(town, upload)
    assert "damp" not in segments(town, upload)
    store = [name for name in holding(b"damp in my flat", town.site.settings.home) if "sql" in name]
    assert store == []


def test_a_stretch_of_a_kept_file_leaves_the_store_at_once_and_the_rest_comes_back(
    reading: Town,
) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    assert "children cough" in segments(reading, upload)
    posted(reading, upload, about="stretch", first="4", last="5")
    assert reading.site.work(reading.here).store.is_empty()
    assert again(reading, upload).state == "reading"
    assert read_next(reading.site)
    left = segments(reading, upload)
    assert "children cough" not in left
    assert "rent went up" not in left
    assert "I love the park" in left
    rejects = as_sent.sent(reading.site, again(reading, upload)).rejects
    assert [one.what for one in rejects] == ["2 contributions"]


def test_results_that_were_written_before_are_deleted(reading: Town, tmp_path: Any) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    work = reading.site.work(reading.here)
    report = tmp_path / "report.html"
    report.write_text("The damp in my flat", encoding="utf-8")
    (book,) = work.vault.books("runs")
    work.vault.write(book, work.vault.read(book) | {"results": [str(report)]})
    marked(reading, upload)
    assert not report.exists()


def test_the_same_words_stay_out_when_the_talk_is_sent_again_in_another_file(
    reading: Town,
) -> None:
    upload = received(reading)
    uploads.answer(reading.site, upload, TRUE)
    marked(reading, again(reading, upload))
    second = kept(reading, TRANSCRIPT + b"Brindle: That is all.\n", "talk 2.txt", TRUE)
    assert "rent went up" in segments(reading, second)
    assert "damp" not in segments(reading, second)


@pytest.mark.parametrize("about", ["person", "stretch"])
def test_the_same_words_leave_every_other_file_that_holds_the_talk_at_once(
    reading: Town, about: str
) -> None:
    first = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    talk = [tuple(line.split(": ", 1)) for line in TRANSCRIPT.decode().splitlines()]
    # more is said in it than in the first, so that it is no copy of that one
    more = [
        ("Lee", "There is nothing for young people since the club on the corner was shut down."),
        ("Lee", "A warm room with somebody to talk to would do far more than a new playground."),
        ("Lee", "My brother waited for nine months until the council answered one letter of his."),
        ("Lee", "They could open the old library in the evening, it stands there empty and dry."),
    ]
    vtt = samples((*talk, *more))[".vtt"]  # type: ignore[arg-type]
    second = received(reading, vtt, "all.vtt", by="second officer")
    uploads.answer(reading.site, second, TRUE)
    uploads.confirm(reading.site, again(reading, second, by="second officer"))
    assert read_next(reading.site)
    store = reading.site.work(reading.here).store
    assert store.holds(["children cough"])
    marked(reading, first, "Oriel" if about == "person" else (4, 4))
    assert store.holds(["children cough"]) == set()
    assert again(reading, second, by="second officer").state == "reading"
    while read_next(reading.site):
        pass
    assert store.holds(["children cough"]) == set()
    assert store.holds(["nothing for young people", "rent went up"]) == {
        "nothing for young people",
        "rent went up",
    }


def test_of_a_file_that_is_not_here_any_more_their_words_alone_leave_what_is_kept(
    reading: Town,
) -> None:
    first = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    talk = [tuple(line.split(": ", 1)) for line in TRANSCRIPT.decode().splitlines()]
    more = (
        ("Lee", "There is nothing for young people since the club on the corner was shut down."),
        ("Lee", "A warm room with somebody to talk to would do far more than a new playground."),
    )
    vtt = samples((*talk, *more))[".vtt"]  # type: ignore[arg-type]
    second = received(reading, vtt, "all.vtt", by="second officer")
    uploads.answer(reading.site, second, TRUE)
    uploads.confirm(reading.site, again(reading, second, by="second officer"))
    assert read_next(reading.site)
    work = reading.site.work(reading.here)
    work.vault.erase_file(second.book)  # as after a withdrawal; one of a command never lay there
    marked(reading, first)
    while read_next(reading.site):
        pass
    assert again(reading, second, by="second officer").state == "kept"
    assert work.store.holds(["children cough"]) == set()
    left = work.store.load([again(reading, second, by="second officer").source_key], SEGMENTS)
    assert "nothing for young people" in " ".join(left["text"])
    assert "rent went up" in " ".join(left["text"])


def test_a_column_of_the_file_passes_them_on_when_it_arrives_and_once(town: Town) -> None:
    received(town, MARKED, "survey.csv")
    received(town, MARKED, "survey.csv", by="second officer")
    (told,) = safeguarding.queue(town.site, town.here)
    assert (told.about, told.participant, told.by) == ("column", "R2", "officer@mill.example")
    assert [one.text for one in told.words] == ["My uncle hits me when the children are asleep"]


def test_a_file_in_which_everybody_is_marked_is_refused_and_its_words_still_reach_the_lead(
    town: Town,
) -> None:
    only = MARKED.replace(b"R1,The rent is too high for what we earn,quotation,\n", b"")
    assert received(town, only, "survey.csv").state == "refused"
    assert len(safeguarding.queue(town.site, town.here)) == 1


def test_the_lead_sees_who_sent_it_the_words_and_the_note_and_says_what_was_done(
    town: Town,
) -> None:
    told = marked(town, received(town))
    lead = client_of(town.people["safeguarding"])
    assert "1 new" in lead.get(f"/programmes/{town.here.slug}/").content.decode()
    listed = lead.get(queue_address(town)).content.decode()
    assert "officer@mill.example" in listed
    assert "talk.txt" not in listed
    where = f"{queue_address(town)}{told.id}/"
    page = lead.get(where).content.decode()
    assert "my children cough all night" in page
    assert NOTE in page
    lead.post(where, {"seen": "yes"})
    assert "1 new" not in lead.get(f"/programmes/{town.here.slug}/").content.decode()
    assert "Write what was done" in lead.post(where, {"note": " "}).content.decode()
    lead.post(where, {"note": "Rang the duty team"})
    page = lead.get(where).content.decode()
    assert "Acted on" in page
    assert "Rang the duty team" in page
    lines = [one.action for one in accounts.changes(town.here) if "disclosure" in one.action]
    assert set(lines) == {
        "disclosure passed on", "disclosure opened", "disclosure seen", "disclosure acted on",
    }  # fmt: skip


def test_nothing_of_it_is_in_the_accounts_or_on_anybody_elses_page(town: Town) -> None:
    told = marked(town, received(town))
    safeguarding.act(
        town.site, town.people["safeguarding"], town.here, told.id, safeguarding.ACTED, "Rang them"
    )
    rows = str(list(people.rows("Change").values()))
    for words in ("Oriel", "damp", NOTE, "Rang them", "talk.txt"):
        assert words not in rows
    trail = client_of(town.people["administrator"]).get(f"/programmes/{town.here.slug}/trail/")
    assert f"disclosure {told.id[:8]}" in trail.content.decode()


def test_no_administrator_gives_the_role_and_the_last_lead_cannot_be_taken_away(
    town: Town,
) -> None:
    by = town.people["administrator"]
    with pytest.raises(ListeningError, match="whoever runs the server"):
        accounts.invite("me@mill.example", town.here, "safeguarding", by.email)
    page = client_of(by).get(f"/programmes/{town.here.slug}/people/").content.decode()
    assert 'value="safeguarding"' not in page
    held = next(m for m in accounts.members(town.here) if m.role == "safeguarding")
    with pytest.raises(ListeningError, match="only safeguarding lead"):
        accounts.remove(town.here, held.id, by)
    join("second-lead@mill.example", town.here, "safeguarding")
    assert accounts.remove(town.here, held.id, by) == held


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"about": "0", "note": ""}, "Write what the safeguarding lead should know"),
        ({}, "Say what it is about"),
        ({"about": "stretch"}, "Enter the number of the first words"),
        ({"about": "stretch", "first": "5", "last": "4"}, "must not be below the first"),
        ({"about": "stretch", "first": "500"}, "hold no words of this file"),
        ({"about": "stretch", "first": "one"}, "Enter a whole number"),
    ],
)
def test_what_cannot_be_marked_is_said_beside_its_field(
    town: Town, said: dict[str, str], error: str
) -> None:
    upload = received(town)
    assert error in posted(town, upload, **said)
    assert safeguarding.queue(town.site, town.here) == []


def test_a_file_that_is_being_read_cannot_be_marked_and_the_page_says_whom_to_tell(
    town: Town,
) -> None:
    upload = received(town)
    uploads.answer(town.site, upload, TRUE)
    uploads.confirm(town.site, again(town, upload))
    page = client_of(town.people["officer"]).get(f"{page_of(town, upload)}harm/").content.decode()
    assert "is being read just now" in page
    assert "<form" not in page.split("<main")[1]


def test_the_page_names_the_lead_of_the_programmes_own_rules(town: Town) -> None:
    rules(town)
    page = client_of(town.people["officer"]).get(f"{page_of(town, received(town))}harm/")
    assert "Duty desk, 01632 960001" in page.content.decode()


def test_what_was_said_runs_nothing_on_the_leads_page(town: Town) -> None:
    told = marked(town, received(town, TRANSCRIPT + f"Oriel: {ATTACK} it hurts.\n".encode()))
    page = client_of(town.people["safeguarding"]).get(f"{queue_address(town)}{told.id}/")
    assert ATTACK not in page.content.decode()
    assert html.escape(ATTACK) in page.content.decode()


def test_a_withdrawal_leaves_the_record_and_says_so(reading: Town) -> None:
    from listening.steps import leaving

    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    told = marked(reading, upload, (4, 4))
    assert read_next(reading.site)
    officer = reading.people["officer"]
    meant = leaving.meant(reading.site, officer, reading.here, "Oriel", everywhere=False)
    leaving.leave(reading.site, officer, reading.here, meant)
    vault = reading.site.work(reading.here).vault
    assert disclosures.one(vault, told.id) == told
    page = client_of(officer).get(f"/programmes/{reading.here.slug}/withdraw/").content.decode()
    assert safeguarding.KEPT_APART in html.unescape(page)


def test_an_administrator_is_told_that_nobody_reads_what_officers_pass_on(town: Town) -> None:
    def page() -> str:
        client = client_of(town.people["administrator"])
        return str(client.get(f"/programmes/{town.here.slug}/").content.decode())

    assert "Nobody has the role of safeguarding lead" not in page()
    held = next(m for m in accounts.members(town.here) if m.role == "safeguarding")
    people.take(town.here.slug, held.id)
    assert "Nobody has the role of safeguarding lead" in page()


def test_a_kept_file_in_which_nobody_is_left_is_kept_no_longer(reading: Town) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    marked(reading, upload, (1, 7))
    assert again(reading, upload).state == "refused"
    assert reading.site.work(reading.here).store.is_empty()
    assert not read_next(reading.site)


def test_a_form_that_was_opened_before_the_file_changed_marks_nobody(reading: Town) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    client = client_of(reading.people["officer"])
    page = client.get(f"{page_of(reading, upload)}harm/").content.decode()
    mended = TRANSCRIPT.replace(b"Oriel: My name", b"Tansy: The library is shut.\nOriel: My name")
    mending.correct(reading.site, upload, "talk 2.txt", mended)
    mending.confirm(reading.site, upload)
    assert read_next(reading.site)
    for about in ({"about": "0"}, {"about": "stretch", "first": "4"}):
        answer = sent(reading, upload, page, **about).content.decode()
        assert "has changed since you opened this page" in answer
        assert NOTE in answer
    assert safeguarding.queue(reading.site, reading.here) == []
    assert "passed to the safeguarding lead" in posted(reading, upload, about="1")
    (told,) = safeguarding.queue(reading.site, reading.here)
    assert told.participant == "Oriel"
