"""In which wave something was heard: by the day, and only where the day is certain."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.steps.waves.placing import place

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 15)
_DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("heard", "wave"),
    [
        ("2026-04-30", 0),
        ("2026-05-01", 1),
        ("2026-06-14", 1),
        ("2026-06-15", 2),
        ("2026-04", 0),
        ("2026-05", 1),
        ("2026-06", None),
        ("2026-07", 2),
        ("", None),
        ("2026", None),
        ("2026-02-31", None),
        ("2026-13", None),
    ],
)
def test_a_wave_is_from_its_first_day_until_the_next_begins(heard: str, wave: int | None) -> None:
    assert place(heard, [MAY, JUNE]) == wave


@given(_DAYS, st.lists(_DAYS, max_size=5, unique=True).map(sorted))
def test_every_day_is_in_the_wave_that_began_last(day: date, begins: list[date]) -> None:
    assert place(day.isoformat(), begins) == sum(one <= day for one in begins)


@given(_DAYS, st.lists(_DAYS, max_size=5, unique=True).map(sorted))
def test_a_month_is_in_a_wave_only_where_each_of_its_days_is(day: date, begins: list[date]) -> None:
    month = f"{day:%Y-%m}"
    wave = place(month, begins)
    if wave is not None:
        assert place(day.isoformat(), begins) == wave
    else:
        assert any(f"{one:%Y-%m}" == month and one.day > 1 for one in begins)
