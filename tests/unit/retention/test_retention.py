"""Whose time is over, by rules and by what they agreed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.errors import InvalidProgramme
from listening.programme import Retention, load
from listening.retention import Heard, before, is_over, over

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 7, 1)
BARE = 'name = "Mill Town"\nquestion = "What would help?"\n'
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(days, st.integers(0, 240))
def test_months_back_is_the_same_day_or_the_last_one_of_a_short_month(day: date, n: int) -> None:
    then = before(day, n)
    assert (day.year - then.year) * 12 + day.month - then.month == n
    following = date.fromordinal(then.toordinal() + 1)
    assert then.day == day.day or (then.day < day.day and following.month != then.month)


@given(days, days, st.integers(1, 60), st.integers(0, 60))
def test_whatever_is_over_stays_over(day: date, today: date, months: int, later: int) -> None:
    further = before(today, -later)
    if is_over(day.isoformat(), today, months):
        assert is_over(day.isoformat(), further, months)


@given(days, st.integers(1, 60))
def test_nothing_is_over_on_the_day_that_the_months_are_full(day: date, months: int) -> None:
    last = before(day, -months)
    assert not is_over(before(last, months).isoformat(), last, months)


def test_a_month_that_is_named_alone_passes_with_its_last_day() -> None:
    assert not is_over("2026-03", date(2026, 6, 30), 3)
    assert is_over("2026-03", date(2026, 7, 1), 3)


def test_no_rule_never_passes_and_no_day_neither() -> None:
    assert not is_over("1990-01-01", TODAY, 0)
    assert not is_over("", TODAY, 1)


@pytest.mark.parametrize(
    ("one", "rules", "ends"),
    [
        (Heard("P1", False, "2026-01-01"), Retention(), False),
        (Heard("P1", False, "2026-01-01", "2026-06-30"), Retention(), True),
        (Heard("P1", False, "2026-01-01", "2026-07-01"), Retention(), False),
        (Heard("P1", False, "2026-01-01", "2026-07"), Retention(), False),
        (Heard("P1", False, "2024-06-30"), Retention(consent=24), True),
        (Heard("P1", False, "2024-07-01"), Retention(consent=24), False),
        # what they named themselves goes before what the form says
        (Heard("P1", False, "2020-01-01", "2030-01-01"), Retention(consent=24), False),
        # the programme's own limit holds whatever was agreed
        (Heard("P1", False, "2020-01-01", "2030-01-01"), Retention(words=24), True),
    ],
)
def test_what_somebody_said_is_over_by_their_word_their_form_or_the_limit(
    one: Heard, rules: Retention, ends: bool
) -> None:
    assert bool(over([one], rules, TODAY).people) is ends


def test_who_agreed_anew_is_told_of_and_not_erased() -> None:
    heard = [Heard("P1", True, "2026-01-01", "2026-02-01"), Heard("P1", True, "2026-06-01")]
    found = over(heard, Retention(), TODAY)
    assert (found.people, found.partly) == ((), ("P1",))


def test_who_may_be_quoted_no_longer_is_still_counted() -> None:
    found = over([Heard("P1", True, "2025-06-01")], Retention(quotes=12), TODAY)
    assert (found.people, found.quotes) == ((), ("P1",))
    assert over([Heard("P1", False, "2025-06-01")], Retention(quotes=12), TODAY).quotes == ()


def test_rules_are_read_from_the_programme_and_nothing_is_promised_by_silence() -> None:
    told = load(BARE + "[retention]\noriginals_months = 6\nbackups_months = 1\n").retention
    assert told == Retention(originals=6, backups=1)
    assert load(BARE).retention == Retention()
    assert load(BARE + "[consent]\nown_from = 16\n").retention.consent == 0
    assert load(BARE + "[consent]\nyears = 3\n").retention.consent == 36


def test_the_example_of_the_page_is_read_and_gives_a_rule_for_everything() -> None:
    told = (ROOT / "docs" / "how-to" / "retention.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```text\n(\[consent\].*?)^```", told, re.MULTILINE | re.DOTALL)
    rules = load(BARE + example).retention
    assert {name for name, months in vars(rules).items() if not months} == {"words"}


@pytest.mark.parametrize(
    ("line", "said"),
    [("months = 3", "unknown `months`"), ("trail_months = 0", "no whole number from 1 up")],
)
def test_a_rule_that_cannot_be_is_refused(line: str, said: str) -> None:
    with pytest.raises(InvalidProgramme, match=said):
        load(f"{BARE}[retention]\n{line}\n")
