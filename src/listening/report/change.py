"""change.html: what changed between waves, as one page that loads nothing and runs no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from listening.report import words
from listening.report.change_chart import control_picture, picture
from listening.report.page import page_policy, part, template

Document = Mapping[str, Any]

VERDICTS = {
    "more": "more people raise it",
    "fewer": "fewer people raise it",
    "none_shown": "no change shown",
    "too_few": "too few people to say",
}
_WIDE, _NARROW = 720, 340


def change_html(document: Document) -> str:
    """Render the comparison of waves as one HTML file that loads nothing from elsewhere.

    Args:
        document: what `waves.changes_document` returned.
    """
    from markupsafe import Markup

    style = part("style.css")
    first, last = document["waves"][0], document["waves"][-1]
    drawn = _drawn(document)
    return template("change.html").render(
        title=f"What changed between {first} and {last}",
        policy=page_policy(style, []),
        style=Markup(style),  # noqa: S704 - our own file
        status=status(document),
        headline=list(_headline(document)),
        notes=document["notes"],
        paired=document["paired"],
        wide=Markup(picture(drawn, _WIDE)) if drawn else "",  # noqa: S704 - vl-convert escapes text
        narrow=Markup(picture(drawn, _NARROW)) if drawn else "",  # noqa: S704 - as above
        label=f"Chart of changes. {' '.join(_described(row) for row in drawn)}",
        changes=tables(document),
        charts=[
            _control(theme, document["waves"]) for theme in document["themes"] if theme["chart"]
        ],
        left=[(one["name"], sentence(one["why"])) for one in document["not_compared"]],
    )


def status(document: Document) -> dict[str, str]:
    """Say what the comparison is worth."""
    if document["status"] == "provisional":
        return {
            "word": "PROVISIONAL",
            "first": "people have not coded every wave.",
            "rest": "A difference may be one in how a machine matched passages, and no change in "
            "what people said.",
        }
    return {"word": "REVIEWED", "first": "people have coded every wave.", "rest": ""}


def _overall(theme: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a theme's change from the first wave to the last."""
    found: Mapping[str, Any] = theme["changes"][-1]
    return found


def _headline(document: Document) -> Iterator[str]:
    for verdict in ("more", "fewer"):
        names = [
            f"{one['name']} ({points(_overall(one))})"
            for one in document["themes"]
            if _overall(one)["verdict"] == verdict
        ]
        if names:
            yield f"{VERDICTS[verdict].capitalize()}: {words.listed(names)}."
    flat = sum(_overall(one)["verdict"] == "none_shown" for one in document["themes"])
    if flat:
        yield (
            f"Of {words.counted(flat, 'theme')} no change is shown. That is not the same as no "
            "change: it may be too small to be seen with these numbers."
        )
    if not document["themes"]:
        yield "Nothing can be compared between these waves; below it says why."


def points(change: Mapping[str, Any]) -> str:
    """Write a change in points of a hundred people, with its range; a dash where there is none."""
    if change["difference"] is None:
        return "–"
    low, high = (_signed(end) for end in change["interval"])
    return f"{_signed(change['difference'])} points, {low} to {high}"


def _signed(share: float) -> str:
    """Write a difference of shares in points, with its sign; nothing has none."""
    points = f"{100 * share:+.0f}"
    return "0" if points in ("+0", "-0") else points.replace("-", "−")


def _drawn(document: Document) -> list[dict[str, Any]]:
    """Return what the chart shows: each theme's change from the first wave to the last."""
    rows: list[dict[str, Any]] = []
    for theme in document["themes"]:
        change = _overall(theme)
        if change["difference"] is not None:
            low, high = change["interval"]
            rows.append(
                {
                    "order": len(rows),
                    "label": theme["name"],
                    "told": points(change),
                    "value": round(100 * change["difference"], 3),
                    "low": round(100 * low, 3),
                    "high": round(100 * high, 3),
                    "verdict": VERDICTS[change["verdict"]],
                }
            )
    return rows


def _described(row: Mapping[str, Any]) -> str:
    return f"{row['label']}: {row['told']}, {row['verdict']}."


def tables(document: Document) -> list[dict[str, Any]]:
    """Return a table for each pair of waves."""
    themes = document["themes"]
    pairs = [(one["earlier"], one["later"]) for one in themes[0]["changes"]] if themes else []
    return [
        {
            "caption": f"{earlier}, then {later}",
            "head": ["Theme", earlier, later, "Change, with its range", "What that says"],
            "rows": [_row(theme, number, (earlier, later)) for theme in themes],
        }
        for number, (earlier, later) in enumerate(pairs)
    ]


def _row(theme: Mapping[str, Any], number: int, pair: tuple[str, str]) -> tuple[str, ...]:
    levels = {level["wave"]: level for level in theme["levels"]}
    change = theme["changes"][number]
    return (
        theme["name"],
        *(level(levels[wave]) for wave in pair),
        points(change),
        VERDICTS[change["verdict"]],
    )


def level(found: Mapping[str, Any]) -> str:
    """Write how many raised a theme in a wave, and their share where it may be given."""
    share = words.percentage(found["share"], found["of"])
    counts = f"{words.number(found['people'])} of {words.number(found['of'])}"
    return f"{counts} ({share})" if share else counts


def _control(theme: Mapping[str, Any], waves: Sequence[str]) -> dict[str, Any]:
    from markupsafe import Markup

    chart = theme["chart"]
    rows = chart_rows(chart)
    return {
        "name": theme["name"],
        "kind": kind_of(chart),
        "mean": f"{100 * chart['mean']:.0f}%",
        "rules": chart["run_rules"],
        "picture": Markup(control_picture(chart, _WIDE)),  # noqa: S704 - vl-convert escapes text
        "narrow": Markup(control_picture(chart, _NARROW)),  # noqa: S704 - as above
        "label": f"Chart of {theme['name']} over {len(waves)} waves; the table has its figures.",
        "rows": rows,
    }


def chart_rows(chart: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """Return the table behind a control chart: wave, share, limits, rules broken."""
    return [
        (
            point["wave"],
            f"{100 * point['share']:.0f}%",
            limits(point),
            "; ".join(point["signals"]) or "none",
        )
        for point in chart["points"]
    ]


def kind_of(chart: Mapping[str, Any]) -> str:
    """Name the kind of a control chart."""
    if chart["kind"] != "laney":
        return "p-chart"
    return (
        f"Laney’s p′ chart (shares spread {chart['sigma_z']:.1f} times as far as chance between "
        "people would make them)"
    )


def limits(point: Mapping[str, Any]) -> str:
    """Write between which shares chance alone keeps a wave."""
    if point["limits"] is None:
        return "too few people for limits"
    low, high = (100 * end for end in point["limits"])
    return f"{low:.0f}% to {high:.0f}%"


def sentence(why: str) -> str:
    """Let a reason begin as a sentence does."""
    return why[:1].upper() + why[1:]
