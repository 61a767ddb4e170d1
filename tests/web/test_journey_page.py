"""The experience map on its page, from people's codings to the kept results."""

from __future__ import annotations

import json

from listening.steps import kept_results
from listening.steps.prioritise import prioritise
from tests.steps.town import RUN
from tests.web.coding_town import Coded, shown

JOURNEY = """name = "Mill Town"
question = "How was it?"
[journey]
name = "A day in town"
good = ["parks"]
bad = ["nothing-like-it"]
[[journey.steps]]
name = "At home"
codes = ["housing"]
[[journey.steps]]
name = "In the park"
codes = ["parks"]
"""


def page(coded: Coded, by: str = "lead") -> str:
    answer = coded.client(by).get(coded.address("journey/"))
    assert answer.status_code == 200
    return shown(answer)


def test_the_map_is_made_of_what_people_coded_and_stands_for_the_team_alone(coded: Coded) -> None:
    assert "There is no experience map yet" in page(coded)
    rules = coded.work.settings.home / "programme.toml"
    rules.write_text(JOURNEY, encoding="utf-8")

    kept = kept_results.make_results(coded.work)

    told = kept_results.document(kept)["journey"]
    home, park = told["steps"]
    assert (home["name"], park["name"]) == ("At home", "In the park")
    assert home["people"] > 10
    assert home["good"] < home["people"]
    assert park["good"] == park["said"] == park["people"] > 10
    assert park["point"] == "high"
    assert set(park["evidence"]) <= set(prioritise(coded.work, RUN).segments["segment_id"])
    for by in ("lead", "researcher"):
        assert "In the park, the high point: it went well for" in page(coded, by)
    assert "Working: not to be passed on" in page(coded)
    rejects = (kept.folder / "rejects.csv").read_text(encoding="utf-8")
    assert "nothing-like-it" in rejects
    assert "In the park" in (kept.folder / "report.html").read_text(encoding="utf-8")
    assert json.loads((kept.folder / "priorities.json").read_bytes())["journey"] == told
