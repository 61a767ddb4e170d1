"""The reach on the page of the report."""

from __future__ import annotations

from listening import report
from listening.report.reach import described
from tests.unit.report import fictional_results as fictional


def test_it_is_told_in_a_sentence_and_in_tables() -> None:
    told = described(fictional.results().reach)
    assert told["sentence"] == (
        "Officers recorded: 120 approached, 96 spoke, 15 declined. 1 record of 3 did not count "
        "who was approached."
    )
    officer, place = told["tables"]
    assert officer["rows"] == [
        ("Sorrel <b>Ames</b>", "120", "90", "15", "80%", "100"),
        ("Not stated", "Not counted", "6", "Not counted", "–", "79"),
        ("All", "120", "96", "15", "80%", "179"),
    ]
    assert place["caption"] == "Who was approached, and who spoke, by place"
    page = report.html(fictional.results())
    assert "Sorrel &lt;b&gt;Ames" in page
    assert "<b>Ames" not in page


def test_without_a_record_nothing_is_claimed() -> None:
    nobody = (
        fictional.results()
        .reach.head(1)
        .assign(approached=None, spoke=None, declined=None, share_spoke=None, records=0)
    )
    told = described(nobody)
    assert told["tables"] == []
    assert "nothing can be said of those who did not speak" in told["sentence"]
