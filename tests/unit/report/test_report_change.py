"""The page of what changed: figures in words, nothing that runs, nothing left out in silence."""

from __future__ import annotations

from typing import Any

import pytest

from listening import report
from tests.unit.report.fictional_passages import ATTACK


def change(
    earlier: str, later: str, difference: float, width: float, verdict: str
) -> dict[str, Any]:
    interval = [difference - width, difference + width]
    told = {"earlier": earlier, "later": later, "difference": difference}
    return {**told, "interval": interval, "verdict": verdict}


def level(wave: str, people: int, of: int = 100) -> dict[str, Any]:
    return {"wave": wave, "people": people, "of": of, "share": people / of, "interval": [0.1, 0.3]}


def point(wave: str, share: float, *signals: str) -> dict[str, Any]:
    limits = [share - 0.1, share + 0.1]
    return {"wave": wave, "share": share, "n_eff": 100, "limits": limits, "signals": list(signals)}


def document(waves: int = 2) -> dict[str, Any]:
    names = ["Spring", "Autumn", "Winter"][:waves]
    pairs = [("Spring", "Autumn"), ("Autumn", "Winter"), ("Spring", "Winter")]
    pairs = pairs[: 3 if waves > 2 else 1]
    points = [point(name, 0.2 + 0.1 * n) for n, name in enumerate(names)]
    chart = {"kind": "p", "mean": 0.3, "sigma_z": 1.0, "run_rules": False, "points": points}
    return {
        "status": "reviewed",
        "waves": names,
        "paired": False,
        "kinds": {"survey": 1.0},
        "notes": ["Each range is for one change alone."],
        "themes": [
            {
                "id": code,
                "name": name,
                "levels": [level(wave, 20) for wave in names],
                "changes": [change(*pair, by, 0.05, verdict) for pair in pairs],
                "chart": chart if waves > 2 else None,
            }
            for code, name, by, verdict in (
                ("housing", f"Housing {ATTACK}", 0.12, "more"),
                ("money", "Money", -0.2, "fewer"),
                ("crime", "Crime", 0.001, "none_shown"),
            )
        ],
        "not_compared": [{"id": "parks", "name": "Parks", "why": "it is new since Spring."}],
    }


def test_the_page_says_first_what_changed_and_last_what_cannot_be_compared() -> None:
    page = report.change_html(document())
    assert page.index("More people raise it") < page.index("Fewer people raise it: Money (−20")
    assert "0 points, −5 to +5" in page
    assert "Of 1 theme no change is shown" in page
    assert "It is new since Spring." in page
    assert "20 of 100 (20%)" in page


def test_nothing_on_the_page_runs_or_loads() -> None:
    page = report.change_html(document())
    assert ATTACK not in page
    assert "script-src &#39;none&#39;" in page
    assert "<script" not in page


def test_from_three_waves_on_each_theme_has_its_chart_and_the_table_behind_it() -> None:
    told = document(waves=3)
    told["themes"][1]["chart"]["points"][2]["signals"] = ["one point beyond the limits"]
    page = report.change_html(told)
    assert page.count("<svg") == 2 + 2 * 3
    assert "one point beyond the limits" in page
    assert "With fewer than ten waves single points are looked at" in page
    assert "Spring, then Winter" in page


@pytest.mark.parametrize("status", ["provisional", "reviewed"])
def test_the_status_is_the_first_thing_said(status: str) -> None:
    page = report.change_html({**document(), "status": status})
    assert f"<title>{status.upper()}: What changed between Spring and Autumn</title>" in page


def test_where_nothing_can_be_compared_the_page_says_so() -> None:
    page = report.change_html({**document(), "themes": []})
    assert "Nothing can be compared between these waves" in page
    assert "<svg" not in page
