"""The picture of a run chart: points in order of time, and their median."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from listening.report.chart import CONFIGURATION, svg

_INK, _BLUE, _RED, _GREY = "#0b0c0c", "#1d70b8", "#d4351c", "#505a5f"


def run_picture(points: Sequence[Mapping[str, Any]], median: float, title: str, width: int) -> str:
    """Draw a run chart as SVG text.

    Args:
        points: `day` (ISO), `value`, and `signal`: whether a rule holds there, drawn as a diamond.
        median: of all of them.
        title: of the axis.
        width: in pixels.
    """
    import altair as alt

    base = alt.Chart(alt.InlineData(values=[dict(one) for one in points])).encode(
        x=alt.X("day:T", title=None, axis=alt.Axis(format="%-d %b %y", tickCount=width // 110,
                                                   labelOverlap=True, grid=False))
    )  # fmt: skip
    up = alt.Y("value:Q", title=title, scale=alt.Scale(zero=False, nice=True),
               axis=alt.Axis(titleLimit=220))  # fmt: skip
    middle = alt.Chart(alt.InlineData(values=[{"middle": median, "told": f"median {median:g}"}]))
    told = middle.mark_text(align="right", dy=-8, dx=-4, fontSize=13, color=_GREY)
    drawn = alt.layer(
        middle.mark_rule(color=_GREY, strokeWidth=2, strokeDash=[6, 4]).encode(y="middle:Q"),
        told.encode(y="middle:Q", x=alt.value(width), text="told:N"),
        base.mark_line(color=_BLUE, strokeWidth=2).encode(y=up),
        base.mark_point(filled=True, size=90, opacity=1).encode(
            y=up,
            color=alt.condition("datum.signal", alt.value(_RED), alt.value(_INK)),
            shape=alt.condition("datum.signal", alt.value("diamond"), alt.value("circle")),
        ),
    )
    return svg(drawn.properties(width=width, height=240).configure(**CONFIGURATION).to_dict())
