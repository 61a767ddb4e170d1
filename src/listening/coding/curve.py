"""The saturation curve: the share of new codes against what has been read, as Vega-Lite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from listening.coding.saturation import NEW_CODES
from listening.records import Table

_INK, _BLUE, _GREY = "#0b0c0c", "#1d70b8", "#505a5f"


def specification(curves: Mapping[str, Table], width: int = 640) -> dict[str, Any]:
    """Return the specification of one curve per source or group, and the line of five per cent.

    Args:
        curves: `new_codes` of each, by its name.
        width: in pixels.
    """
    import altair as alt

    rows = [
        {"who": name, "events": events, "ratio": ratio, "low": low, "high": high}
        for name, curve in curves.items()
        for events, ratio, low, high in curve.to_numpy().tolist()
    ]
    data = alt.InlineData(values=rows)
    read = alt.X("events:Q", title="People or interviews read", axis=alt.Axis(tickMinStep=1))
    share = alt.Y("ratio:Q", title="New codes, as a share of the first four’s")
    percent = share.axis(format="%")
    base = alt.Chart(data).encode(x=read, detail="who:N")
    band = base.mark_area(color=_BLUE, opacity=0.15).encode(y=alt.Y("low:Q"), y2="high:Q")
    line = base.mark_line(color=_BLUE, point=True).encode(
        y=percent, strokeDash=alt.StrokeDash("who:N", title=None)
    )
    enough = alt.Chart(alt.InlineData(values=[{"enough": NEW_CODES}]))
    rule = enough.mark_rule(color=_INK, strokeDash=[4, 4]).encode(y="enough:Q")
    drawn: dict[str, Any] = (
        alt.layer(band, line, rule)
        .properties(width=width, height=280)
        .configure(font="Helvetica Neue, Helvetica, Arial, sans-serif", background="white")
        .configure_axis(labelColor=_INK, titleColor=_INK, tickColor=_GREY, domainColor=_GREY)
        .to_dict()
    )
    return drawn
