"""The page takes what `priorities` makes, with candidate themes that the machine named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from listening import report
from listening.priorities import RankSettings, Theme, document, rank
from listening.records import PARTICIPANTS, table_of
from tests.unit.report import fictional_results as fictional

NAMES = (
    "damp, mould, landlord, repairs, boiler, window frames",
    "rent and bills",
    "bus, hospital, appointments",
    "park after dark",
    "somewhere to meet",
    "night shifts",
    "school places",
    "stairs and lifts",
)
SOURCES = (("survey", 60), ("interview", 15), ("street", 6))


def ranked(status: str) -> dict[str, Any]:
    """Rank eight themes over 81 participants, who raise them in a fixed pattern."""
    themes = [Theme(f"t{n}", name, "") for n, name in enumerate(NAMES)]
    people, said = [], []
    for kind, count in SOURCES:
        for n in range(count):
            who = f"{kind}{n}"
            people.append(
                {
                    "participant_id": who,
                    "source_kind": kind,
                    "place": "",
                    "language": "en",
                    "consent": "analysis",
                    "people": 3 if kind == "street" else 1,
                    "date": "",
                    "cluster": who,
                    "attributes": {"age": "65 and over" if n % 4 == 0 else "18 to 64"},
                }
            )
            said += [(who, f"t{t}") for t in range(len(NAMES)) if (n + t) % (t + 2) == 0]
    ranking = rank(
        pd.DataFrame(said, columns=["participant_id", "code"]),
        table_of(people, PARTICIPANTS),
        [*themes, Theme("other", "Other", "", rankable=False)],
        RankSettings(k=3, replicates=60, status=status),  # type: ignore[arg-type]
        1,
        pd.DataFrame([("age", "under 18", 900)], columns=["attribute", "value", "count"]),
    )
    return document(ranking, programme="", wave="", codebook_version="", quotes={}, not_yet_read=0)


@pytest.mark.parametrize("status", ["provisional", "reviewed"])
def test_the_page_takes_what_the_ranking_makes(status: str) -> None:
    results = replace(fictional.results(), document=ranked(status), codebook=None)

    page = report.html(results)

    assert f"{status.upper()}: " in page
    assert "What residents told us" in page
    assert "93 people heard: 15 in interviews, 18 in street notes and 60 in survey answers" in page
    assert "under 18" in page
    for name in NAMES:
        assert name in page


def test_a_themes_name_made_by_the_machine_is_said_to_be_so() -> None:
    results = replace(fictional.results(), document=ranked("provisional"), codebook=None)

    assert "names are words that the machine picked" in report.html(results)
