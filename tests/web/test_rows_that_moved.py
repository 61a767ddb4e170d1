"""A corrected version of a file: whoever is to stay out stays so, wherever rows stand now."""

from __future__ import annotations

import html

from listening.records import SEGMENTS
from listening.steps import safeguarding, withdraw
from listening.steps.understanding import Answers
from tests.web.material import TRANSCRIPT, TRUE, again, kept
from tests.web.test_mending import post, read_all, send, text_of
from tests.web.town import Town

#: no column of ids: people are told apart by their rows
ROWS = b"""What would it take for you to thrive around here?,consent
The rent is too high for what we earn,quotation
My uncle hits me.,analysis
Fix the damp in my flat please,analysis
More buses in the evening would help me get home,quotation
"""
MOVED = ROWS.replace(b"The rent is too high for what we earn,quotation\n", b"")


def test_a_table_without_ids_whose_rows_moved_after_a_withdrawal_is_sent_back(
    reading: Town,
) -> None:
    upload = kept(reading, ROWS, "answers.csv", Answers())
    work = reading.site.work(reading.here)
    segments = work.store.load([upload.source_key], SEGMENTS)
    (who_left,) = segments[segments["text"] == "Fix the damp in my flat please"]["participant_id"]
    withdraw(work, str(who_left))
    page = send(reading, again(reading, upload), MOVED, "answers 2.csv")
    assert "nobody can tell which of them must stay out" in page
    assert "rent is too high" in text_of(reading, upload)
    mended = ROWS.replace(b"too high for", b"far too high for")
    send(reading, again(reading, upload), mended, "answers 3.csv")
    post(reading, upload, "correct/confirm")
    read_all(reading)
    assert "far too high" in text_of(reading, upload)
    assert "damp" not in text_of(reading, upload)


def test_who_was_set_apart_by_a_row_stays_so_and_rows_that_moved_are_sent_back(
    reading: Town,
) -> None:
    upload = kept(reading, ROWS, "answers.csv", Answers())
    safeguarding.mark(reading.site, reading.people["officer"], upload, "Told me", "row 3")
    read_all(reading)
    page = send(reading, again(reading, upload), MOVED, "answers 2.csv")
    assert "Somebody in this table was set apart" in html.unescape(page)
    ids = b"\n".join(
        b"%s,%s" % (b"id" if n == 0 else b"k%d" % n, line)
        for n, line in enumerate(ROWS.replace(b"buses", b"trams").splitlines())
    )
    for version in (ROWS.replace(b"buses", b"trains"), ids):
        send(reading, again(reading, upload), version, "answers 3.csv")
        post(reading, upload, "correct/confirm")
        read_all(reading)
        assert "uncle" not in text_of(reading, upload)
    assert "trams" in text_of(reading, upload)


def test_a_short_stretch_that_was_set_apart_stays_so_where_rows_moved(reading: Town) -> None:
    short = TRANSCRIPT.replace(b"Brindle: The rent", b"Oriel: He hits me.\nBrindle: The rent")
    upload = kept(reading, short, "talk.txt", TRUE)
    safeguarding.mark(reading.site, reading.people["officer"], upload, "Told me", (5, 5))
    read_all(reading)
    assert "hits me" not in text_of(reading, upload)
    assert "rent went up" in text_of(reading, upload)
    send(reading, again(reading, upload), b"Wren: Good morning.\n" + short, "talk 2.txt")
    post(reading, upload, "correct/confirm")
    read_all(reading)
    assert "hits me" not in text_of(reading, upload)
    assert "rent went up" in text_of(reading, upload)
