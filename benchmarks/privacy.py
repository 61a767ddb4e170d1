"""How much of hand-marked speech is treated rightly: recall with Wilson intervals, and precision.

`python -m benchmarks.privacy [--wrong] [FILE ...]`: all of tests/quality/privacy by default;
`--wrong` lists each mark that was treated wrongly (the speech is invented, so it may be shown).
"""

from __future__ import annotations

import sys
from pathlib import Path

from statsmodels.stats.proportion import proportion_confint

from benchmarks.speech_marks import (
    DIRECT,
    MARKED_PLACE,
    NAMED,
    STAYS,
    Treated,
    compare,
    pooled,
    read_marked,
    treat,
)

FOLDER = Path(__file__).parents[1] / "tests" / "quality" / "privacy"
GROUPS = (
    ("direct identifiers", DIRECT),
    ("names and places", NAMED),
    ("stays", STAYS),
    ("public places told", frozenset([MARKED_PLACE])),
)


def table(treated: Treated) -> list[str]:
    lines = ["| what | right | of | share | 95 % interval |", "|---|---|---|---|---|"]
    for group, kinds in GROUPS:
        lines.append(_row(f"**{group}**", *pooled(treated.counts, kinds)))
        if len(kinds) > 1:
            lines += [
                _row(kind, *treated.counts[kind]) for kind in sorted(kinds & set(treated.counts))
            ]
    lines.append(_row("precision: letters replaced", treated.allowed, treated.replaced))
    return lines


def _row(what: str, right: int, total: int) -> str:
    if not total:
        return f"| {what} | 0 | 0 | | |"
    low, high = proportion_confint(right, total, method="wilson")
    return f"| {what} | {right} | {total} | {right / total:.3f} | {low:.2f} to {high:.2f} |"


def main(arguments: list[str]) -> None:
    wanted = [Path(a) for a in arguments if not a.startswith("--")]
    for path in wanted or sorted(FOLDER.glob("*.txt")):
        segments = read_marked(path)
        treated = compare(segments, treat(segments))
        print(f"## {path.name}: {len(segments)} segments", "", *table(treated), "", sep="\n")
        if "--wrong" in arguments:
            for index, mark in treated.wrong:
                text = segments[index].text
                print(f"{mark.kind}: “{text[mark.start : mark.end]}” in: {text}")


if __name__ == "__main__":
    main(sys.argv[1:])
