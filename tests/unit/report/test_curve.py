"""The saturation curve, drawn with its line of five per cent."""

from __future__ import annotations

import pandas as pd

from listening.report.chart import svg
from listening.report.curve import specification

CURVE = pd.DataFrame({"events": [6, 8], "ratio": [0.3, 0.1], "low": [0.1, 0.0], "high": [0.5, 0.2]})


def test_the_curve_is_drawn_with_its_line_of_five_per_cent() -> None:
    drawn = specification(CURVE, "interviews", 0.05, 300)
    data = list(drawn["datasets"].values())
    assert [{"enough": 0.05}] in data
    assert [6, 8] in [[row.get("events") for row in rows] for rows in data]
    picture = svg(drawn)
    assert "Interviews read" in picture
    assert "New codes" in picture
