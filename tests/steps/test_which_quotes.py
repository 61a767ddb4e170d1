"""Which quotes are offered: of whom, and never again what was found not to speak for its theme."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from listening.codebook import Code, Codebook, as_toml
from listening.steps import Request, Work
from listening.store.releases import Decision
from tests.steps.material import priorities, request, survey, table, whole_way

OpenAt = Callable[[Path], Work]
MONTHS = ("January", "March", "April", "May", "June", "July", "August", "October", "December")


def of_two_matters(tmp_path: Path) -> tuple[Request, list[tuple[str, str, str]]]:
    """Lay out answers on roofs and buses, every other one to be quoted; return what to ask for."""
    inside = tmp_path / "in"
    inside.mkdir()
    # two matters in words of their own: the fake encoder knows meanings by words alone
    roofs = [f"The roof of our flat leaks when rain comes in {month}" for month in MONTHS]
    buses = [f"No bus stopped near us on any evening last {month}" for month in MONTHS]
    book = Codebook(
        "town", "Town", "1.0", "en", "",
        (Code("roofs", "Roofs", "A roof of a flat leaks.", examples=tuple(roofs)),
         Code("buses", "Buses", "A bus on an evening.", examples=tuple(buses))),
    )  # fmt: skip
    (tmp_path / "town.toml").write_text(as_toml(book), encoding="utf-8")
    said = [*roofs, *buses]
    rows: list[tuple[str, str, str]] = [
        (f"R{n}", text, "quotation" if n % 2 else "analysis") for n, text in enumerate(said)
    ]
    survey(inside / "survey.csv", rows)
    asked = request(inside, codebook=tmp_path / "town.toml")
    return asked, rows


def test_nobody_without_consent_for_quotation_is_quoted(open_at: OpenAt, tmp_path: Path) -> None:
    asked, rows = of_two_matters(tmp_path)
    whole_way(open_at(tmp_path / "home"), asked, tmp_path / "out")
    quoted = {row["text"] for row in table(tmp_path / "out" / "quotes.csv")}
    shown = {q["text"] for p in priorities(tmp_path / "out")["priorities"] for q in p["quotes"]}
    assert quoted
    not_to_be_quoted = " ".join(text for _, text, consent in rows if consent == "analysis")
    assert not [text for text in quoted | shown if text in not_to_be_quoted]


def test_a_quote_that_does_not_speak_for_its_theme_never_returns(
    open_at: OpenAt, tmp_path: Path
) -> None:
    work = open_at(tmp_path / "home")
    asked, _ = of_two_matters(tmp_path)
    whole_way(work, asked, tmp_path / "out")
    before = [(row["code"], row["segment_id"]) for row in table(tmp_path / "out" / "quotes.csv")]
    code, segment = before[0]
    for speaks in ("", "no"):
        work.store.releases.decide(
            Decision(segment, code, "0" * 64, "refused", "Wren", "2026-07-01", "", speaks)
        )
        whole_way(work, asked, tmp_path / "out")
        now = [(row["code"], row["segment_id"]) for row in table(tmp_path / "out" / "quotes.csv")]
        # refused for another reason it stays in the list, where that can be taken back
        assert ((code, segment) in now) == (speaks == "")
    shown = {
        (one["id"], quote["segment_id"])
        for one in priorities(tmp_path / "out")["priorities"]
        for quote in one["quotes"]
    }
    assert (code, segment) not in shown
    assert shown
