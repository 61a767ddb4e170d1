"""Of several codebooks in one store one counts, and the others are named."""

from __future__ import annotations

import pandas as pd

from listening.records import Table
from listening.steps.coded_books import of_one_book


def rows(*told: tuple[str, str, str]) -> Table:
    return pd.DataFrame(told, columns=["codebook", "segment_id", "coded_at"])


FINISHED = [("town", f"s{n}", "2026-07-01T09:00:00Z") for n in range(3)]


def test_one_pilot_coding_does_not_displace_what_was_read_before() -> None:
    pilot = [("pilot", "s0", "2026-07-02T09:00:00Z")] * 4
    own, (note,) = of_one_book(rows(*FINISHED, *pilot))
    assert own["codebook"].tolist() == ["town"] * 3
    assert "4 codings by other codebooks (pilot)" in note


def test_of_two_that_were_used_as_much_the_last_counts() -> None:
    again = [("new", f"s{n}", "2026-07-02T09:00:00Z") for n in range(3)]
    own, (note,) = of_one_book(rows(*again, *FINISHED))
    assert set(own["codebook"]) == {"new"}
    assert "(town)" in note


def test_one_codebook_alone_is_left_as_it_is() -> None:
    table = rows(*FINISHED)
    assert of_one_book(table) == (table, [])
    assert of_one_book(rows())[1] == []
