"""The ranked dot-and-whisker chart: one theme a row, drawn once as a picture and once to explore.

The picture (SVG) is what everyone gets, without JavaScript and on paper. Where scripts run, the
same chart is drawn again to the width of the screen, with each source's figures to choose from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from listening.report import words

EVERYONE = "everyone"
#: More rows than this are not read as a chart; the table below it has them all.
MOST_ROWS = 15
_ROW_HEIGHT = 46
_INK, _BLUE, _PALE = "#0b0c0c", "#1d70b8", "#d9dcde"
#: Room kept at the right of each label for "1,086 of 2,179 (48%)".
_REACH_WIDTH = 150

CONFIGURATION: dict[str, Any] = {
    "font": "Helvetica Neue, Helvetica, Arial, sans-serif",
    "background": "white",
    # The picture is described as a whole in the page; single marks read aloud would be noise.
    "aria": False,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 13,
        "titleFontSize": 14,
        "titleFontWeight": "normal",
        "titlePadding": 8,
        "labelColor": _INK,
        "titleColor": _INK,
        "gridColor": "#d9dcde",
        "tickColor": "#505a5f",
        "domainColor": "#505a5f",
    },
}


@dataclass(frozen=True)
class Chart:
    """A chart as numbers: what is drawn, and in which unit.

    Attributes:
        rows: one per theme and group of people (everyone, or one source).
        in_people: fewer than 20 people were asked, so the axis counts people, not per cent.
        sources: kinds of source that can be chosen, each heard from 20 people or more.
    """

    rows: tuple[dict[str, Any], ...]
    in_people: bool
    sources: tuple[str, ...]


def plot(priorities: Sequence[Mapping[str, Any]], most: int = MOST_ROWS) -> Chart:
    """Lay out the chart for the first themes (`most` of them), as given in order of rank."""
    shown = priorities[:most]
    in_people = any(priority["of"] < words.FEWEST_FOR_A_PERCENTAGE for priority in shown)
    sources = () if in_people else _choosable(shown)
    rows = [_row(priority, priority, EVERYONE, in_people) for priority in shown]
    for priority in shown:
        rows += [_row(priority, priority["sources"][kind], kind, in_people) for kind in sources]
    return Chart(tuple(rows), in_people, sources)


def _choosable(shown: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Name the sources in which every theme was asked of 20 people or more.

    With one source alone there is nothing to choose: it is everyone.
    """
    kinds = {kind: None for priority in shown for kind in priority["sources"]}
    if len(kinds) < 2:
        return ()
    return tuple(kind for kind in kinds if all(_enough(priority, kind) for priority in shown))


def _enough(priority: Mapping[str, Any], kind: str) -> bool:
    found = priority["sources"].get(kind)
    return bool(found and found["of"] >= words.FEWEST_FOR_A_PERCENTAGE)


def _row(
    priority: Mapping[str, Any], figures: Mapping[str, Any], shown_for: str, in_people: bool
) -> dict[str, Any]:
    raised, of = figures["people"], figures["of"]
    low, high = figures["interval"]
    scale = of if in_people else 100
    share = words.percentage(raised / of if of else None, of)
    return {
        "shown_for": shown_for,
        "rank": priority["rank"],
        "label": f"{priority['rank']}. {priority['name']}",
        "reach": f"{words.reach(raised, of)}{f' ({share})' if share else ''}",
        "short": f"{words.number(raised)} of {words.number(of)}{f' ({share})' if share else ''}",
        "range": words.sampling_range(figures["interval"], of),
        "value": raised if in_people else round(100 * raised / of, 3) if of else 0,
        "low": round(scale * low, 3),
        "high": round(scale * high, 3),
    }


def specification(chart: Chart, width: int | str) -> dict[str, Any]:
    """Return the Vega-Lite specification, `width` pixels wide or as wide as its `container`."""
    import altair as alt

    chosen = alt.param(name="shown_for", value=EVERYONE)
    data = alt.InlineData(values=list(chart.rows))
    base = (
        alt.Chart(data)
        .transform_filter(f"datum.shown_for === {chosen.name}")
        .encode(y=alt.Y("rank:O", axis=None, scale=alt.Scale(padding=0)))
    )
    drawn: dict[str, Any] = (
        alt.layer(*_lines(base, chart), *_labels(base))
        .add_params(chosen)
        .properties(width=width, height=alt.Step(_ROW_HEIGHT))
        .configure(**CONFIGURATION)
        .to_dict()
    )
    return drawn


def _lines(base: Any, chart: Chart) -> list[Any]:
    """Draw a pale line across each row, the whisker on it and the dot on top."""
    import altair as alt

    across = alt.X("low:Q", title=axis_title(chart), scale=_scale(chart), axis=_axis(chart))
    tooltip = [
        alt.Tooltip("label:N", title="Theme"),
        alt.Tooltip("reach:N", title="Raised by"),
        alt.Tooltip("range:N", title="Sampling range"),
    ]
    track = base.mark_rule(color=_PALE, yOffset=10)
    whisker = base.mark_rule(strokeWidth=3, color=_BLUE, yOffset=10)
    dot = base.mark_point(filled=True, size=150, color=_INK, opacity=1, yOffset=10, shape="circle")
    return [
        track.encode(x=alt.value(0), x2=alt.value("width")),
        whisker.encode(x=across, x2="high:Q"),
        dot.encode(x="value:Q", tooltip=tooltip),
    ]


def _labels(base: Any) -> list[Any]:
    """Write the theme above its line on the left, and how many raised it on the right."""
    import altair as alt

    limit = alt.ExprRef(f"width - {_REACH_WIDTH}")
    name = base.mark_text(
        align="left", dy=-9, fontSize=15, fontWeight="bold", color=_INK, limit=limit
    )
    reach = base.mark_text(align="right", dy=-9, fontSize=13, color=_INK)
    return [
        name.encode(text="label:N", x=alt.value(0)),
        reach.encode(text="short:N", x=alt.value("width")),
    ]


def axis_title(chart: Chart) -> str:
    """Say what the chart's axis counts."""
    return "People who raised it" if chart.in_people else "Share of people who raised it (%)"


def _scale(chart: Chart) -> Any:
    import altair as alt

    furthest = max((row["high"] for row in chart.rows), default=1.0)
    return alt.Scale(domain=[0, furthest], nice=True, zero=True)


def _axis(chart: Chart) -> Any:
    import altair as alt

    step: dict[str, Any] = {"tickMinStep": 1, "format": "d"} if chart.in_people else {}
    return alt.Axis(orient="bottom", tickCount=5, grid=True, **step)


def picture(chart: Chart, width: int) -> str:
    """Draw the chart of everyone as SVG text, `width` pixels wide; names come out escaped."""
    return svg(specification(chart, width))


def png(chart: Chart, width: int) -> bytes:
    """Draw the chart of everyone as a picture for Word, `width` pixels wide at twice the size."""
    import vl_convert

    specified = dict(specification(chart, width))
    return bytes(vl_convert.vegalite_to_png(specified, vl_version=_version(), scale=2))


def svg(specified: Mapping[str, Any]) -> str:
    """Draw a Vega-Lite specification as SVG text; texts in it come out escaped."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(dict(specified), vl_version=_version()))


def warm() -> None:
    """Start what draws pictures and packs scripts; both take a second the first time."""
    import vl_convert

    script()
    vl_convert.vegalite_to_svg({"mark": "point", "data": {"values": []}}, vl_version=_version())


@lru_cache(maxsize=1)
def script() -> str:
    """Return the JavaScript of Vega, Vega-Lite and Vega-Embed in one piece, for pages offline.

    It loads nothing, and gives the page one name: `vegaEmbed`.
    """
    import vl_convert

    snippet = "window.vegaEmbed = vegaEmbed;"
    return str(vl_convert.javascript_bundle(snippet, vl_version=_version()))


def _version() -> str:
    """Name Altair's Vega-Lite version as vl-convert does (`6.4` for `v6.4.1`)."""
    import altair as alt

    return ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


def description(chart: Chart) -> Iterator[str]:
    """Say in words what the picture shows, theme by theme."""
    for row in chart.rows:
        if row["shown_for"] == EVERYONE:
            yield f"{row['label']}: {row['reach']}, sampling range {row['range']}."
