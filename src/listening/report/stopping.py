"""When to stop coding, as a page: each rule in a sentence, each curve with its table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from listening.records import Table
from listening.report import words
from listening.report.chart import svg
from listening.report.curve import specification
from listening.report.page import page_policy, part, template

_WIDE, _NARROW = 640, 260
#: rows of a table beside a curve; the others stand in `saturation.csv`
_MOST_ROWS = 12

UNITS = {"interview": "interviews", "focus_group": "focus groups", "street": "street notes"}


@dataclass(frozen=True)
class Curve:
    """New codes in one source, or in one group of people.

    Attributes:
        of: `source` or `group`.
        name: the kind of source, or `attribute=value`.
        read: interviews, groups or people of whom everything has been coded.
        there: how many there are.
        table: events, ratio, low, high; empty where too few are read.
        unseen: codes that only people read in part carry.
    """

    of: str
    name: str
    read: int
    there: int
    table: Table
    unseen: int

    @property
    def unit(self) -> str:
        """What is read, in the plural."""
        return UNITS.get(self.name, "people") if self.of == "source" else "people"

    @property
    def title(self) -> str:
        """What it is called in a heading."""
        if self.of == "source":
            return words.source(self.name)
        attribute, _, value = self.name.partition("=")
        return f"{words.label(attribute)[:1].upper()}{words.label(attribute)[1:]}: {value}"

    @property
    def where(self) -> str:
        """What it is called within a sentence."""
        return words.in_source(self.name) if self.of == "source" else f"among {self.title}"

    @property
    def last(self) -> float | None:
        """The share of new codes in the last run, if there is one."""
        return float(self.table["ratio"].iloc[-1]) if len(self.table) else None


@dataclass(frozen=True)
class Rule:
    """What one rule says.

    Attributes:
        key: `new codes`, `models`, `order` or `audit`.
        figure: what was found; None where there is too little.
        needed: what it must reach, in words.
        met: whether it does; None where that cannot be said yet.
        because: why it cannot be said, as a part of a sentence.
    """

    key: str
    figure: float | None
    needed: str
    met: bool | None
    because: str = ""

    @property
    def name(self) -> str:
        """What it is called in a heading."""
        return NAMES[self.key]


@dataclass(frozen=True)
class Stopping:
    """Everything that the page says.

    Attributes:
        programme: its name.
        rules: four of them.
        curves: of every source and every group named.
        met: whether coding may stop; None where that cannot be said yet.
        read: people of whom everything has been coded.
        people: how many there are.
        base: events at the start whose codes are the measure.
        run: events in each run.
        enough: the share of new codes below which a run brings nothing new.
        notes: what a person should know beside.
        mostly_empty: whether most coded rows have no code: read, or not looked at yet.
    """

    programme: str
    rules: tuple[Rule, ...]
    curves: tuple[Curve, ...]
    met: bool | None
    read: int
    people: int
    base: int
    run: int
    enough: float
    notes: tuple[str, ...]
    mostly_empty: bool

    def said(self, rule: Rule) -> str:
        """Say in a sentence what a rule says."""
        if rule.met is None:
            return f"It cannot be said yet: {rule.because}."
        told = "Yes" if rule.met else "Not yet"
        return f"{told}: {_SENTENCES[rule.key](self, rule)}."

    @property
    def headline(self) -> str:
        """Say whether coding may stop."""
        if self.people and self.read == self.people and self.mostly_empty:
            return "It cannot be said whether everybody has been read: most rows have no code."
        if self.people and self.read == self.people:
            return "Everybody has been read: there is nothing left to code."
        if self.met is None:
            return "It cannot be said yet whether coding may stop."
        return "Coding may stop: all four rules hold." if self.met else "Not yet: go on coding."


def _new_codes(told: Stopping, rule: Rule) -> str:
    figure = rule.figure or 0.0
    if rule.met:
        return (
            f"in every source and group the last {told.run} read brought fewer than "
            f"{told.enough:.0%} new codes, {figure:.1%} at most"
        )
    if figure < told.enough:
        return _half_read(told)
    worst = max((one for one in told.curves if one.last is not None), key=lambda one: one.last or 0)
    return (
        f"{worst.where}, the last {told.run} {worst.unit} brought {figure:.0%} new codes, measured "
        f"against all codes of the first {told.base}; {rule.needed} is needed"
    )


def _half_read(told: Stopping) -> str:
    """Say where codes are known of which nobody who was read in full has said anything."""
    most = max((one for one in told.curves if one.last is not None), key=lambda one: one.unseen)
    codes = "1 code was" if most.unseen == 1 else f"{most.unseen} codes were"
    return (
        f"{most.where}, {codes} given only to people who have been read in part: read the rest of "
        "what they said"
    )


def _models(_told: Stopping, rule: Rule) -> str:
    if rule.met:
        return f"models learnt after successive batches suggest the same (κ {rule.figure:.3f})"
    return f"suggestions still change from batch to batch (κ {rule.figure:.2f}; {rule.needed})"


def _order(_told: Stopping, rule: Rule) -> str:
    if rule.met:
        return f"the first codes stayed the same and the order nearly so (τ_b {rule.figure:.2f})"
    return f"the order still moves from batch to batch (τ_b {rule.figure:.2f}; {rule.needed})"


def _audit(told: Stopping, rule: Rule) -> str:
    if rule.met and told.read == told.people:
        empty = ", if all rows without a code were" if told.mostly_empty else ""
        return f"everybody has been read{empty}"
    points = 100 * (rule.figure or 0.0)
    if rule.met:
        return f"the audit’s ranges are ±{points:.1f} points at most"
    return f"the widest of the audit’s ranges is ±{points:.1f} points; {rule.needed}"


_SENTENCES = {"new codes": _new_codes, "models": _models, "order": _order, "audit": _audit}
NAMES = {
    "new codes": "New codes have become rare",
    "models": "The suggestions no longer change",
    "order": "The order no longer changes",
    "audit": "The audit is narrow enough",
}


def stopping_html(told: Stopping) -> str:
    """Render the page: it loads nothing from elsewhere and runs no script."""
    from markupsafe import Markup

    style = part("style.css")
    return template("saturation.html").render(
        policy=page_policy(style, []),
        style=Markup(style),  # noqa: S704 - our own file
        told=told,
        rules=[(rule.name, told.said(rule)) for rule in told.rules],
        curves=[drawn(curve, told) for curve in told.curves],
        enough=f"{told.enough:.0%}",
    )


def drawn(curve: Curve, told: Stopping) -> dict[str, Any]:
    """Return what a page shows of a curve: pictures (SVG) for wide and narrow, and its table."""
    from markupsafe import Markup

    found: dict[str, Any] = {"title": curve.title, "read": _read(curve), "rows": [], "none": ""}
    if curve.table.empty:
        least = told.base + told.run
        return {**found, "none": f"At least {least} must be read, with codes, to draw a curve."}
    pictures = [
        svg(specification(curve.table, curve.unit, told.enough, width))
        for width in (_WIDE, _NARROW)
    ]
    rows = _rows(curve.table)
    return {
        **found,
        "wide": Markup(pictures[0]),  # noqa: S704 - numbers alone are drawn
        "narrow": Markup(pictures[1]),  # noqa: S704 - as above
        "label": f"Chart: new codes as more {curve.unit} were read. It ends at {curve.last:.0%} "
        f"after {int(curve.table['events'].iloc[-1])}. The table below has the figures.",
        "caption": f"{curve.title}: new codes as more were read",
        "head": [f"{curve.unit[:1].upper()}{curve.unit[1:]} read", "New codes", "Range of orders"],
        "rows": rows,
        "cut": len(curve.table) > len(rows),
    }


def _rows(table: Table) -> list[tuple[str, str, str]]:
    """Return the rows of the table: all, or some at even steps with the first and the last."""
    runs = len(table)
    shown = min(runs, _MOST_ROWS)
    at = sorted({round(n * (runs - 1) / max(shown - 1, 1)) for n in range(shown)})
    figures = table[["events", "ratio", "low", "high"]].astype(float).to_numpy()[at].tolist()
    return [
        (f"{events:.0f}", f"{ratio:.1%}", f"{low:.0%} to {high:.0%}")
        for events, ratio, low, high in figures
    ]


def _read(curve: Curve) -> str:
    return f"{words.number(curve.read)} of {words.number(curve.there)} {curve.unit} read in full."


def curves_table(curves: Sequence[Curve]) -> Table:
    """Return `saturation.csv`: every run of every curve."""
    import pandas as pd

    parts = [
        curve.table.assign(of=curve.of, name=curve.name) for curve in curves if len(curve.table)
    ]
    found = pd.concat(parts) if parts else pd.DataFrame(columns=list(SATURATION_COLUMNS))
    figures = found[["ratio", "low", "high"]].astype(float).round(6)
    return found.assign(**figures)[list(SATURATION_COLUMNS)]


def rules_table(told: Stopping) -> Table:
    """Return `stopping.csv`: what each rule says, and all of them together."""
    import pandas as pd

    rows = [
        (rule.key, rule.figure, rule.needed, _met(rule.met), told.said(rule)) for rule in told.rules
    ]
    rows.append(("all", None, "every rule", _met(told.met), told.headline))
    return pd.DataFrame(rows, columns=list(STOPPING_COLUMNS))


def _met(met: bool | None) -> str:
    return {True: "yes", False: "no", None: "not known"}[met]


SATURATION_COLUMNS = ("of", "name", "events", "ratio", "low", "high")
STOPPING_COLUMNS = ("rule", "figure", "needed", "met", "said")
