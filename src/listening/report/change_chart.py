"""Pictures of change: a dot and a line for each theme, and the control chart of one theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from listening.report.chart import CONFIGURATION, svg

_ROW_HEIGHT = 46
_INK, _BLUE, _GREY = "#0b0c0c", "#1d70b8", "#505a5f"
#: Room kept at the right of each label for "+12 points, +3 to +21".
_TOLD_WIDTH = 170


def picture(rows: Sequence[Mapping[str, Any]], width: int) -> str:
    """Draw each theme's change as SVG text: a dot, its range, and a line at no change."""
    import altair as alt

    base = alt.Chart(alt.InlineData(values=list(rows))).encode(
        y=alt.Y("order:O", axis=None, scale=alt.Scale(padding=0))
    )
    ends = [end for row in rows for end in (row["low"], row["high"])]
    scale = alt.Scale(domain=[min(0, *ends), max(0, *ends)], nice=True)
    title = "Change in the share of people who raised it (points)"
    across = alt.X("low:Q", title=title, scale=scale, axis=alt.Axis(tickCount=5, format="+d"))
    zero = alt.Chart(alt.InlineData(values=[{"none": 0}])).mark_rule(color=_INK, strokeWidth=2)
    name = base.mark_text(align="left", dy=-9, fontSize=15, fontWeight="bold", color=_INK,
                          limit=alt.ExprRef(f"width - {_TOLD_WIDTH}"))  # fmt: skip
    told = base.mark_text(align="right", dy=-9, fontSize=13, color=_INK)
    drawn = alt.layer(
        zero.encode(x=alt.X("none:Q", scale=scale)),
        base.mark_rule(strokeWidth=3, color=_BLUE, yOffset=10).encode(x=across, x2="high:Q"),
        base.mark_point(filled=True, size=150, color=_INK, opacity=1, yOffset=10).encode(
            x=alt.X("value:Q", scale=scale)
        ),
        name.encode(text="label:N", x=alt.value(0)),
        told.encode(text="told:N", x=alt.value("width")),
    )
    shaped = drawn.properties(width=width, height=alt.Step(_ROW_HEIGHT))
    return svg(shaped.configure(**CONFIGURATION).to_dict())


def control_picture(chart: Mapping[str, Any], width: int) -> str:
    """Draw a control chart as SVG text: shares by wave, their mean, and the limits where any."""
    import altair as alt

    points = [
        {
            "wave": point["wave"],
            "share": 100 * point["share"],
            "low": 100 * point["limits"][0] if point["limits"] else None,
            "high": 100 * point["limits"][1] if point["limits"] else None,
            "signal": bool(point["signals"]),
        }
        for point in chart["points"]
    ]
    base = alt.Chart(alt.InlineData(values=points)).encode(
        x=alt.X(
            "wave:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelAngle=0, labelLimit=(width - 60) // len(points)),
        )
    )
    share = alt.Y("share:Q", title="Share of people (%)", scale=alt.Scale(zero=True))
    mean = alt.Chart(alt.InlineData(values=[{"mean": 100 * chart["mean"]}]))
    mark: dict[str, Any] = {"color": _GREY, "thickness": 2, "size": 40}
    drawn = alt.layer(
        mean.mark_rule(color=_GREY).encode(y="mean:Q"),
        base.mark_tick(**mark).encode(y="low:Q"),
        base.mark_tick(**mark).encode(y="high:Q"),
        base.mark_line(color=_BLUE, strokeWidth=2).encode(y=share),
        base.mark_point(filled=True, size=110, opacity=1).encode(
            y=share,
            color=alt.condition("datum.signal", alt.value("#d4351c"), alt.value(_INK)),
            shape=alt.condition("datum.signal", alt.value("diamond"), alt.value("circle")),
        ),
    )
    return svg(drawn.properties(width=width, height=200).configure(**CONFIGURATION).to_dict())
