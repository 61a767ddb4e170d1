"""Encodings, dates and cells: the small things that every reader leans on."""

from __future__ import annotations

import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.errors import UnreadableFile
from listening.sources.cells import count_of_people, is_name, same_value
from listening.sources.dates import month_comes_first, to_iso
from listening.sources.encoding import clean, decode

_PRINTED = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Cn", "Zl", "Zp"))
)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("£460 – that’s “it”…".encode("cp1252"), "£460 – that’s “it”…"),
        ("\ufeffcafé".encode(), "café"),
        ("Zażółć gęślą jaźń".encode("utf-16"), "Zażółć gęślą jaźń"),
        ("plain words, wide".encode("utf-16-le"), "plain words, wide"),
        ("plain words, wide".encode("utf-16-be"), "plain words, wide"),
        (b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("cafe\u0301".encode(), "café"),
        ("abc\u202edef\u2066\x00".encode(), "abcdef"),
        ("می‌خواهم".encode(), "می‌خواهم"),
    ],
)
def test_text_comes_out_the_same_whatever_it_was_saved_as(content: bytes, text: str) -> None:
    assert decode("a.txt", content) == (text, "")


def test_russian_in_an_old_encoding_is_not_read_as_western() -> None:
    words = "Мы живём здесь давно, и нам нужен тёплый дом и хороший врач. " * 5
    assert decode("a.txt", words.encode("cp1251"))[0] == words


def test_damaged_bytes_in_good_text_are_counted_and_said() -> None:
    text, note = decode("a.txt", "crème brûlée à côté".encode() + b"\xff")
    assert text.startswith("crème brûlée à côté")
    assert note.startswith("1 character could not be read")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="not in a known encoding"):
        decode("a.txt", bytes(range(256)) * 20)


@given(_PRINTED)
def test_utf8_survives_decoding(text: str) -> None:
    content = text.encode()
    if not content or content.startswith(b"\xef\xbb\xbf"):
        return
    assert clean(text) == unicodedata.normalize("NFC", clean(text))
    assert clean(clean(text)) == clean(text)


@given(st.binary(max_size=300))
def test_decoding_gives_clean_text_or_a_refusal(content: bytes) -> None:
    try:
        text, _ = decode("a.txt", content)
    except UnreadableFile:
        return
    assert "\r" not in text
    assert "\x00" not in text


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026-03-02", "2026-03-02"),
        ("2026-03", "2026-03"),
        ("2026-03-02T10:15:00Z", "2026-03-02"),
        ("2026-03-02 10:15", "2026-03-02"),
        ("02/03/2026", "2026-03-02"),
        ("2/3/26 10:15", "2026-03-02"),
        ("18/10/91", "1991-10-18"),
        ("12th September, 1991.", "1991-09-12"),
        ("28th August 1991", "1991-08-28"),
        ("18 March 2026", "2026-03-18"),
        ("Tue Feb 13 12:58:16 WIB 2018", "2018-02-13"),
        ("March 3, 2026", "2026-03-03"),
        ("March 2026", "2026-03"),
        ("31/02/2026", ""),
        ("5/31/2022", ""),
        ("soon", ""),
        ("00:00:00", ""),
        ("1518501496471", ""),
        ("", ""),
    ],
)
def test_dates_are_read_as_people_write_them(written: str, iso: str) -> None:
    assert to_iso(written) == iso


@given(st.dates(datetime.date(1970, 1, 1), datetime.date(2068, 12, 31)))
def test_every_spelling_of_a_date_gives_the_same_day(day: datetime.date) -> None:
    spellings = [
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%y}",
        f"{day:%d %B %Y}",
        f"{day:%B} {day.day}, {day.year}",
    ]
    assert {to_iso(spelling) for spelling in spellings} == {day.isoformat()}


def test_a_column_that_can_only_be_american_is_read_so() -> None:
    assert month_comes_first(["02/13/2026", "03/02/2026"])
    assert not month_comes_first(["02/13/2026", "13/02/2026"])
    assert to_iso("03/02/2026", month_first=True) == "2026-03-02"


def test_values_to_drop_are_compared_as_people_see_them() -> None:
    assert same_value(" -1 ", "-1")
    assert same_value("-1.0", "-1")
    assert same_value("Withdrawn", "withdrawn")
    assert not same_value("-1x", "-1")
    assert not same_value("nan", "-1")


@pytest.mark.parametrize(
    ("text", "count"),
    [("3", 3), ("3.0", 3), ("1,200", 1200), ("0", 0), ("-2", 0), ("two", 0), ("", 0), ("1.5", 0)],
)
def test_people_are_counted_in_whole_numbers(text: str, count: int) -> None:
    assert count_of_people(text) == count


@pytest.mark.parametrize(
    "name", ["Amina Yusuf", "MRS. RITA DOE", "Ann-Marie O’Dell", "Jan van der Berg", "Sade O."]
)
def test_names_are_recognised_by_how_they_are_written(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("text", ["R001", "the market", "Housing", "Amina", "a b", "Flat 3"])
def test_other_labels_are_no_names(text: str) -> None:
    assert not is_name(text)
