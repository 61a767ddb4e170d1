"""The driver diagram as SVG: the aim at the left, what it depends on, and ideas at the right.

It is decoration for who sees it whole; a page puts the same as a nested list beside it. Attributes
alone style it, so that it stands in a page whose policy lets no style of its own run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape

#: pixels: of a box, between columns, between rows, of a line of text, inside a box
_BOX, _ACROSS, _DOWN, _LINE, _PAD = 214, 34, 12, 18, 10
#: characters that fit into a box at 14 px, in the widest font that is likely
_CHARACTERS = 24
_FONT = "Helvetica Neue, Helvetica, Arial, sans-serif"
_INK, _GREY = "#0b0c0c", "#505a5f"
#: fill and colour of words by column: aim, primary, secondary, idea
_LOOKS = (("#1d70b8", "#ffffff"), ("#d2e2f1", _INK), ("#f3f2f1", _INK), ("#ffffff", _INK))
_HEADINGS = ("Aim", "Primary drivers", "Secondary drivers", "Change ideas")
_TOP = 34


@dataclass(frozen=True)
class _Box:
    column: int
    top: float
    lines: tuple[str, ...]
    #: middles of the boxes that hang on it
    children: tuple[float, ...]

    @property
    def height(self) -> int:
        return _height(self.lines)

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def driver_diagram(tree: Mapping[str, Any]) -> str:
    """Draw a tree of `words`, `status` and `branches` as SVG text, four columns wide."""
    boxes: list[_Box] = []
    height = _lay(tree, 0, _TOP, boxes) + 2  # room for the last line
    width = 4 * _BOX + 3 * _ACROSS
    drawn = [_heading(column, said) for column, said in enumerate(_HEADINGS)]
    drawn += [line for box in boxes for line in _lines(box)]
    drawn += [_drawn(box) for box in boxes]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_TOP + height:.0f}" '
        f'width="{width}" height="{_TOP + height:.0f}" font-family="{_FONT}" font-size="14" '
        f'aria-hidden="true" focusable="false">{"".join(drawn)}</svg>'
    )


def _lay(node: Mapping[str, Any], column: int, top: float, boxes: list[_Box]) -> float:
    """Lay a node out with all that hangs on it; return how much height it took."""
    lines = _text(node)
    below = top
    first = len(boxes)
    middles = []
    for branch in node["branches"]:
        below += _lay(branch, column + 1, below, boxes) + _DOWN
        middles.append(boxes[-1].middle)
    taken = max(below - _DOWN - top, 0.0) if middles else 0.0
    own = _height(lines)
    spare = own - taken
    if spare > 0 and middles:  # a tall box beside short ones: those move down to its middle
        moved = [_moved(box, spare / 2) for box in boxes[first:]]
        boxes[first:] = moved
        middles = [middle + spare / 2 for middle in middles]
    place = top + max(0.0, taken - own) / 2
    boxes.append(_Box(column, place, lines, tuple(middles)))
    return max(taken, own)


def _moved(box: _Box, by: float) -> _Box:
    return _Box(box.column, box.top + by, box.lines, tuple(one + by for one in box.children))


def _text(node: Mapping[str, Any]) -> tuple[str, ...]:
    lines = wrap(str(node["words"]), _CHARACTERS) or ["…"]
    return tuple([*lines, f"({node['status']})"] if node["status"] else lines)


def _height(lines: Sequence[str]) -> int:
    return len(lines) * _LINE + 2 * _PAD


def _left(column: int) -> int:
    return column * (_BOX + _ACROSS)


def _heading(column: int, said: str) -> str:
    return (
        f'<text x="{_left(column)}" y="18" fill="{_INK}" font-weight="bold">{escape(said)}</text>'
    )


def _lines(box: _Box) -> list[str]:
    start, end = _left(box.column) + _BOX, _left(box.column + 1)
    half = (start + end) / 2
    return [
        f'<path d="M{start} {box.middle:.1f}H{half:.1f}V{child:.1f}H{end}" fill="none" '
        f'stroke="{_GREY}" stroke-width="2"/>'
        for child in box.children
    ]


def _drawn(box: _Box) -> str:
    fill, ink = _LOOKS[min(box.column, len(_LOOKS) - 1)]
    left = _left(box.column)
    words = "".join(
        f'<text x="{left + _PAD}" y="{box.top + _PAD + _LINE * number + 13:.1f}" fill="{ink}">'
        f"{escape(line)}</text>"
        for number, line in enumerate(box.lines)
    )
    return (
        f'<rect x="{left + 1}" y="{box.top:.1f}" width="{_BOX - 2}" height="{box.height}" '
        f'fill="{fill}" stroke="{_INK}"/>{words}'
    )
