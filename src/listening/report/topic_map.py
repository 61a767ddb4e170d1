"""The map of topics: circles whose area is people, near one another where they fell together.

It is plain SVG, drawn for a wide and a narrow page: every circle is a link to the topic's row in
the table, so that it works with the keyboard, on paper and without scripts. With them, pointing at
a circle or coming to it by keyboard shows what the row says. The directions mean nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import cos, hypot, pi, sin, sqrt
from typing import Any, NamedTuple

from listening.records import Table
from listening.report import words
from listening.report.results import Results

#: (width, height, size of letters) of the pictures, in CSS pixels.
WIDE, NARROW = (720, 470, 13.0), (340, 430, 12.0)
#: The circles cover this share of the picture.
COVERED = 0.13
#: No circle is wider than this share of the picture's smaller side.
LARGEST = 0.13
#: WCAG 2.2 asks for targets of 24 pixels: half of it is the least radius that can be pointed at.
TARGET = 12.0
_GAP, _MARGIN, _STEPS = 4.0, 10.0, 400
#: Two topics may be read as one where their passages came together at least this often, against
#: how often those of the less steady one came together among themselves.
AS_ONE = 0.5
_LETTER = 0.56  # mean width of a letter, against its height


class Pair(NamedTuple):
    """Two topics that may be read as one: their numbers, and the share of runs."""

    one: int
    other: int
    share: float


class Line(NamedTuple):
    """A line of a name: its text, the middle of it and its foot."""

    text: str
    x: float
    y: float


@dataclass
class Circle:
    """A topic on the map, in pixels.

    Attributes:
        number: the topic's id.
        name: its name.
        said: what the link says to who does not see it.
        flag: as in `topics.csv`.
        label: the lines of its name and where they stand; none where there is no room.
    """

    number: int
    name: str
    said: str
    flag: str
    x: float
    y: float
    radius: float
    label: tuple[Line, ...] = ()

    @property
    def target(self) -> float:
        """Radius that answers to a finger or a pointer."""
        return max(self.radius, TARGET)


def rows(topics: Table) -> list[dict[str, Any]]:
    """Return the rows of `records.TOPICS` by column."""
    return [{str(name): value for name, value in row.items()} for row in topics.to_dict("records")]


def pairs(topics: Table) -> list[Pair]:
    """Return the topics that the linkage tree joins first, and often enough; the closest first.

    Args:
        topics: `records.TOPICS`.
    """
    every = rows(topics)
    stability = {int(topic["topic_id"]): float(topic["stability"]) for topic in every}
    found: dict[tuple[int, int], float] = {}
    for topic in every:
        one = int(topic["topic_id"])
        for part in filter(None, str(topic["near"]).split("; ")):
            number, share = part.split(": ")
            other = int(number)
            least = AS_ONE * min(stability[one], stability[other])
            if float(share) >= max(least, 0.01):
                found[min(one, other), max(one, other)] = float(share)
    return sorted((Pair(*of, share) for of, share in found.items()), key=lambda p: (-p.share, p))


def pictures(results: Results) -> list[dict[str, Any]]:
    """Lay out the wide and the narrow picture; none where topics have no places."""
    topics = rows(results.topics)
    if len(topics) < 2 or len(results.topic_positions) != len(topics):
        return []
    joined = pairs(results.topics)
    return [
        _picture("wide", topics, results.topic_positions, joined, *WIDE),
        _picture("narrow", topics, results.topic_positions, joined, *NARROW),
    ]


def _picture(
    size: str,
    topics: Sequence[Mapping[str, Any]],
    positions: Sequence[Sequence[float]],
    joined: Sequence[Pair],
    width: int,
    height: int,
    letters: float,
) -> dict[str, Any]:
    circles = _circles(topics, positions, width, height)
    _push_apart(circles, width, height)
    _label(circles, width, height, letters)
    by_number = {circle.number: circle for circle in circles}
    return {
        "size": size,
        "width": width,
        "height": height,
        "letters": letters,
        "circles": circles,
        "lines": [(by_number[pair.one], by_number[pair.other]) for pair in joined],
    }


def _circles(
    topics: Sequence[Mapping[str, Any]],
    positions: Sequence[Sequence[float]],
    width: int,
    height: int,
) -> list[Circle]:
    """Place circles where the map has them; their areas are to each other as the people are."""
    people = [int(topic["people"]) for topic in topics]
    unit = min(
        sqrt(COVERED * width * height / (pi * sum(people))),
        LARGEST * min(width, height) / sqrt(max(people)),
    )
    return [
        Circle(
            number=int(topic["topic_id"]),
            name=str(topic["name"]),
            said=_said(topic),
            flag=str(topic["flag"]),
            x=width / 2 + x * (width / 2 - 40),
            y=height / 2 - y * (height / 2 - 40),
            radius=unit * sqrt(int(topic["people"])),
        )
        for topic, (x, y) in zip(topics, positions, strict=True)
    ]


def _said(topic: Mapping[str, Any]) -> str:
    flag = words.FLAGS[topic["flag"]]
    parts = [
        str(topic["name"]),
        words.people(int(topic["people"])),
        flag or words.steadiness(float(topic["stability"])),
    ]
    return ". ".join(parts)


def _push_apart(circles: Sequence[Circle], width: int, height: int) -> None:
    """Move circles that overlap away from each other until none do, or no more is gained."""
    targets = [circle.target for circle in circles]
    for _ in range(_STEPS):
        # before they are compared: one that is brought inside can come to lie over another
        _bring_inside(circles, targets, width, height)
        moved = False
        for i, one in enumerate(circles):
            for j in range(i):
                other = circles[j]
                wanted = targets[i] + targets[j] + _GAP
                across, down = one.x - other.x, one.y - other.y
                if across * across + down * down >= wanted * wanted:
                    continue
                moved = True
                _part(one, other, wanted, i + 7 * j)
        if not moved:
            return
    _bring_inside(circles, targets, width, height)


def _bring_inside(
    circles: Sequence[Circle], targets: Sequence[float], width: int, height: int
) -> None:
    for circle, target in zip(circles, targets, strict=True):
        edge = target + _MARGIN
        circle.x = min(max(circle.x, edge), width - edge)
        circle.y = min(max(circle.y, edge + _MARGIN), height - edge - _MARGIN)


def _part(one: Circle, other: Circle, wanted: float, angle: float) -> None:
    """Move two circles so far from each other; at the same place, at an angle of their own."""
    across, down = one.x - other.x, one.y - other.y
    apart = hypot(across, down)
    lacking = wanted - apart
    if apart < 1e-6:
        across, down, apart = cos(angle), sin(angle), 1.0
    step = lacking / 2 / apart
    one.x, one.y = one.x + across * step, one.y + down * step
    other.x, other.y = other.x - across * step, other.y - down * step


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: _Box) -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


def _label(circles: Sequence[Circle], width: int, height: int, letters: float) -> None:
    """Write names beside their circles where they hide nothing, the largest first."""
    room = _Box(2, 2, width - 2, height - 2)
    taken = {circle.number: _around(circle) for circle in circles}
    written: list[_Box] = []
    for circle in sorted(circles, key=lambda circle: (-circle.radius, circle.number)):
        others = [of for number, of in taken.items() if number != circle.number] + written
        for lines in _places(circle, letters, width):
            box = _extent(lines, letters)
            if room.holds(box) and not any(box.meets(of) for of in others):
                circle.label = lines
                written.append(box)
                break


def _around(circle: Circle) -> _Box:
    reach = circle.radius
    return _Box(circle.x - reach, circle.y - reach, circle.x + reach, circle.y + reach)


def _extent(lines: Sequence[Line], letters: float) -> _Box:
    half = max(_half(line.text, letters) for line in lines)
    x = lines[0].x
    return _Box(x - half, lines[0].y - 0.9 * letters, x + half, lines[-1].y + 0.3 * letters)


def _half(text: str, letters: float) -> float:
    return _LETTER * letters * len(text) / 2


def _places(circle: Circle, letters: float, width: int) -> Iterator[tuple[Line, ...]]:
    """Return where a name could stand: below, above, right, left; in one line, then in several."""
    for texts in _broken(circle.name):
        half = max(_half(text, letters) for text in texts)
        away = circle.radius + 5
        deep = letters * 1.15 * (len(texts) - 1)
        below, above = circle.y + away + 0.8 * letters, circle.y - away - deep
        beside = circle.y + 0.35 * letters - deep / 2
        inward = min(max(circle.x, half + 3), width - half - 3)
        feet = [(x, y) for y in (below, above) for x in (circle.x, inward)]
        feet += [(circle.x + away + half, beside), (circle.x - away - half, beside)]
        for x, y in feet:
            yield tuple(Line(text, x, y + letters * 1.15 * row) for row, text in enumerate(texts))


def _broken(name: str) -> list[tuple[str, ...]]:
    """Return the name in one line, in two and in three, each time as even as its words allow."""
    given = name.split()
    found: list[tuple[str, ...]] = []
    for number in range(1, min(3, len(given)) + 1):
        cuts = (
            [0, *middle, len(given)] for middle in combinations(range(1, len(given)), number - 1)
        )
        ways = [tuple(" ".join(given[a:b]) for a, b in pairwise(cut)) for cut in cuts]
        found.append(min(ways, key=lambda lines: max(map(len, lines))))
    return found
