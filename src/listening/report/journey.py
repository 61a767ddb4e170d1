"""The experience map: steps in a row, how each was for people, and the table behind the picture.

The picture is plain SVG with attributes alone: no style of its own, so that it stands on any page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from listening.report import passages, words

Step = Mapping[str, Any]

_WIDE, _HIGH, _TOP, _LEFT = 720, 250, 30, 60
_MIDDLE, _REACH = 105, 70
_INK, _LINE = "#0b0c0c", "#505a5f"
#: letters that fit beside one another in a line below a step, and lines below it
_LETTERS, _LINES = 16, 3
_POINTS = {"high": "the high point", "low": "the low point"}
_FEELINGS = {
    "good": "Went well",
    "bad": "Went badly",
    "both": "Went well and badly",
    "": "They do not say how it was",
}


def described(journey: Mapping[str, Any], languages: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page says of a journey.

    Args:
        journey: of the working document.
        languages: segment id to language, for screen readers.
    """
    from markupsafe import Markup

    steps: Sequence[Step] = journey["steps"]
    by_codes = journey["feelings"] == "codes"
    return {
        "name": journey["name"],
        "waits": not steps,
        "sentences": _sentences(steps, by_codes),
        "picture": Markup(picture(steps)) if by_codes and steps else "",  # noqa: S704 - escaped
        "caption": f"{journey['name']}: how many people spoke of each step, and how it was",
        "head": ["Step", "People", "Went well", "Went badly", "Both", "How grave, 0 to 3"],
        "rows": [_row(one, number) for number, one in enumerate(steps, start=1)],
        "steps": [_told(one, number, languages) for number, one in enumerate(steps, start=1)],
    }


def picture(steps: Sequence[Step]) -> str:
    """Draw the steps from left to right: the higher, the more of those who say so it went well for.

    Steps of which too few say how it was stand as an open ring on the line in the middle.
    """
    wide = (_WIDE - _LEFT) / max(1, len(steps))
    spots = [(_LEFT + wide * (n + 0.5), _height(one), one) for n, one in enumerate(steps)]
    known = [(x, y) for x, y, one in spots if one["balance"] is not None]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in known)
    label = escape(" ".join(_in_words(one) for one in steps), {'"': "&quot;"})
    drawn = [
        f'<svg viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" role="img" aria-label="{label}" '
        'font-family="Arial, Helvetica, sans-serif" font-size="14">',
        f'<line x1="{_LEFT}" x2="{_WIDE}" y1="{_MIDDLE}" y2="{_MIDDLE}" stroke="{_LINE}" '
        'stroke-dasharray="4 4"/>',
        f'<text x="0" y="{_TOP + 10}" fill="{_INK}">well</text>',
        f'<text x="0" y="{_MIDDLE + _REACH}" fill="{_INK}">badly</text>',
        f'<polyline points="{line}" fill="none" stroke="{_LINE}" stroke-width="2"/>',
        *(_spot(x, y, one) for x, y, one in spots),
        *(_label(x, one) for x, _, one in spots),
        "</svg>",
    ]
    return "".join(drawn)


def _height(one: Step) -> float:
    return float(_MIDDLE - _REACH * (one["balance"] or 0.0))


def _spot(x: float, y: float, one: Step) -> str:
    """Draw a ring where it is not known, a dot where it is, a square or a diamond at the ends."""
    if one["point"] == "high":
        return f'<rect x="{x - 8:.1f}" y="{y - 8:.1f}" width="16" height="16" fill="{_INK}"/>'
    if one["point"] == "low":
        corners = (
            f"{x:.1f},{y - 11:.1f} {x + 11:.1f},{y:.1f} {x:.1f},{y + 11:.1f} {x - 11:.1f},{y:.1f}"
        )
        return f'<polygon points="{corners}" fill="{_INK}"/>'
    filled = _INK if one["balance"] is not None else "#ffffff"
    ring = f'fill="{filled}" stroke="{_INK}" stroke-width="2"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" {ring}/>'


def _label(x: float, one: Step) -> str:
    lines = _broken(str(one["name"]))
    spans = "".join(
        f'<tspan x="{x:.1f}" dy="{0 if n == 0 else 17}">{escape(line)}</tspan>'
        for n, line in enumerate(lines)
    )
    return f'<text x="{x:.1f}" y="{_HIGH - 50}" text-anchor="middle" fill="{_INK}">{spans}</text>'


def _broken(name: str) -> list[str]:
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _LETTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1]} …"]
    return lines


def _in_words(one: Step) -> str:
    point = _POINTS.get(one["point"])
    return f"{one['name']}{f', {point}' if point else ''}: {_how(one)}."


def _how(one: Step) -> str:
    if one["balance"] is None:
        return "too few say how it was"
    return (
        f"it went well for {words.number(one['good'])}, badly for {words.number(one['bad'])} "
        f"and both for {words.number(one['both'])} of the {words.people(one['said'])} who say"
    )


def _sentences(steps: Sequence[Step], by_codes: bool) -> list[str]:
    if not by_codes:
        return []
    ends = [_in_words(one) for one in steps if one["point"]]
    return ends or ["No step stands out as the high or the low point."] if steps else []


def _row(one: Step, number: int) -> tuple[str, ...]:
    grave = "not marked" if one["severity"] is None else f"{one['severity']:.1f}"
    return (
        f"{number}. {one['name']}",
        *(words.number(one[part]) for part in ("people", "good", "bad", "both")),
        grave,
    )


def _told(one: Step, number: int, languages: Mapping[str, str]) -> dict[str, Any]:
    return {
        "number": number,
        "name": one["name"],
        "point": _POINTS.get(one["point"], ""),
        "line": f"{words.people(one['people'])} spoke of it: {_how(one)}.",
        "quotes": [
            (_FEELINGS[quote["feeling"]], quote["signed"], passages.passage(quote, languages))
            for quote in one["quotes"]
        ],
    }
