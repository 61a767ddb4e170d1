"""Colours and keys of codes in Label Studio.

Colours of neighbours in the list differ for colour-blind readers too: twelve of Paul Tol's
("Colour schemes", SRON/EPS/TN/09-002, 2021: bright and muted), taken in an order in which those
that stand beside each other differ most, then the same again in darker and lighter shades. No
meaning hangs on a colour alone: the code's name stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from listening.codebook import Code

TOL = (
    "#4477AA",
    "#CCBB44",
    "#AA3377",
    "#117733",
    "#EE6677",
    "#88CCEE",
    "#332288",
    "#DDCC77",
    "#882255",
    "#44AA99",
    "#CC6677",
    "#999933",
)
_SHADES = (1.0, 0.68, 1.32, 0.45)
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
#: what Label Studio's own commands leave free; with Shift, F finds a code by its name
KEYS = "123456789qwetasdgzxcvbyiopjklnm"


def colours(codes: Sequence[Code]) -> dict[str, str]:
    """Return a colour of its own for each code, by id: the codebook's where it has a valid one."""
    own = {code.id: code.colour.lower() for code in codes if _HEX.fullmatch(code.colour)}
    twice = {colour for colour in own.values() if list(own.values()).count(colour) > 1}
    kept = {code: colour for code, colour in own.items() if colour not in twice}
    taken = set(kept.values())
    fresh = _fresh(taken)
    return {code.id: kept.get(code.id) or next(fresh) for code in codes}


def _fresh(taken: set[str]) -> Iterator[str]:
    round_ = 0
    while True:
        shade = _SHADES[round_ % len(_SHADES)]
        for colour in TOL:
            found = _shaded(colour, shade, round_ // len(_SHADES))
            if found not in taken:
                yield found
        round_ += 1


def _shaded(colour: str, shade: float, nudge: int) -> str:
    """Return a colour darker (below 1) or lighter (above); `nudge` tells later rounds apart."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    if shade > 1:
        mixed = [round(255 - (255 - part) * (2 - shade)) for part in parts]
    else:
        mixed = [round(part * shade) for part in parts]
    return "#" + "".join(f"{max(0, min(255, part - 3 * nudge)):02x}" for part in mixed)


def on_top(colour: str) -> str:
    """Return black or white: whichever is easier to read on a colour (WCAG's luminance)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (luminance + 0.05) ** 2 > 0.05 * 1.05 else "#ffffff"
