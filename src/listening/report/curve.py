"""The saturation curve: the share of new codes against what has been read, as Vega-Lite."""

from __future__ import annotations

from typing import Any

from listening.records import Table

_INK, _BLUE, _GREY = "#0b0c0c", "#1d70b8", "#505a5f"


def specification(curve: Table, unit: str, enough: float, width: int) -> dict[str, Any]:
    """Return the specification of a curve, its band, and the line below which nothing is new.

    Args:
        curve: events, ratio, low, high: one row a run.
        unit: what is read, in the plural ("interviews").
        enough: the share of new codes below which a run brings nothing new.
        width: in pixels.
    """
    import altair as alt

    names = ("events", "ratio", "low", "high")
    rows = curve[list(names)].astype(float).to_numpy().tolist()
    data = alt.InlineData(values=[dict(zip(names, row, strict=True)) for row in rows])
    highest = max(float(curve["high"].max()), 2 * enough)
    read = alt.X(
        "events:Q",
        title=f"{unit[:1].upper()}{unit[1:]} read",
        scale=alt.Scale(zero=False, nice=False),
        axis=alt.Axis(tickMinStep=1, format="d", grid=False, tickCount=max(3, width // 90)),
    )
    share = alt.Y(
        "ratio:Q",
        title="New codes",
        scale=alt.Scale(domain=[0, highest], nice=True),
        axis=alt.Axis(format="%", tickCount=5),
    )
    base = alt.Chart(data).encode(x=read)
    band = base.mark_area(color=_BLUE, opacity=0.15).encode(y=share, y2="high:Q")
    band = band.encode(y=alt.Y("low:Q", title="New codes"))
    line = base.mark_line(color=_BLUE, strokeWidth=3, point=_points(len(curve))).encode(y=share)
    rule = alt.Chart(alt.InlineData(values=[{"enough": enough}]))
    drawn: dict[str, Any] = (
        alt.layer(band, line, rule.mark_rule(color=_INK, strokeDash=[6, 4]).encode(y="enough:Q"))
        .properties(width=width, height=220)
        .configure(
            font="Helvetica Neue, Helvetica, Arial, sans-serif",
            background="white",
            aria=False,
            view={"stroke": None},
        )
        .configure_axis(
            labelColor=_INK,
            titleColor=_INK,
            tickColor=_GREY,
            domainColor=_GREY,
            labelFontSize=13,
            titleFontSize=14,
            titleFontWeight="normal",
        )
        .to_dict()
    )
    return drawn


def _points(runs: int) -> Any:
    """Mark single runs while they are few enough to be told apart."""
    return {"color": _BLUE, "size": 60} if runs <= 30 else False
