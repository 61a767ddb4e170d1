"""Attacks on the releases of random programmes: can a withheld count be pinned down?

Each programme has 11 to 2,000 people in one to three sources of unequal size, up to two attributes
and three to seven themes; it is released three times, and between releases people join and leave.
Of two surveys in three only a part is read, at random, and more of it between releases: the audit
corrects a machine's guesses. Quotes are signed off for everybody. Three attackers read what was
released:

- by sums: every withheld count, from totals less the parts that are told;
- by linear programming: every withheld count, and what those who came and went raised,
  from all three releases together, over the joint table of source × attributes × themes of those
  who were read;
- by difference: every figure told in two releases, against those who came and went between.

Of corrected results they know every guess, who was read, the estimator's formula and how many were
read and heard, so that an estimate turns back into a count of those read.

`python -m benchmarks.disclosure [--programmes 200] [--first 0] [--kept FILE]`
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import attackers, audited
from benchmarks.attackers import THRESHOLDS, Attack, Programme, crowds_of, is_told, joint_cells
from listening import disclosure
from listening.disclosure import quotes
from listening.disclosure.nouns import Earlier, Told, Truth
from listening.disclosure.profiles import profile
from listening.errors import ListeningError

SLACK = 1e-4
Members = dict[str, tuple[int, list[str]]]


@dataclass
class Outcome:
    """What came of one programme: how much was told and withheld, and every breach."""

    people: int
    profile: str
    releases: int = 0
    held_back: int = 0
    refused: int = 0
    told: int = 0
    withheld: int = 0
    quotes: int = 0
    attacked: int = 0
    corrected: bool = False
    estimates: int = 0
    breaches: list[str] = field(default_factory=list)


@dataclass
class Out:
    """One release as it left, with what the attackers are granted beside it."""

    document: dict[str, Any]
    slopes: Mapping[str, float]
    everyone: int
    members: Members
    truth: Truth
    told: Told
    known: audited.Known | None = None


def play(seed: int, size: int) -> Outcome:
    """Release a programme three times and attack what was released."""
    made = Programme.make(seed, size)
    name = ("standard", "hes", "ons")[seed % 3]
    outcome = Outcome(size, name)
    reading = audited.begin(made, seed) if (seed // 3) % 3 else None
    outcome.corrected = reading is not None
    out: list[Out] = []
    for turn in range(3):
        if turn:
            made.join(int(made.random.integers(0, 12)))
            made.leave(int(made.random.integers(0, max(1, min(6, len(made.people) - 10)))))
        try:
            if turn and reading:
                reading.go_on(made, int(reading.random.integers(0, 16)))
            one = _release(made, name, out, reading)
        except ListeningError:
            outcome.refused += 1
            continue
        if one is None:
            outcome.held_back += 1
            continue
        out.append(one)
    outcome.releases = len(out)
    for one in out:
        cells = list(_cells(one.document))
        outcome.told += sum(is_told(told) for _, _, told in cells)
        outcome.withheld += sum(not is_told(told) for _, _, told in cells)
        outcome.estimates += sum(bool(told.get("estimated")) and is_told(told)
                                 for _, _, told in cells)  # fmt: skip
        outcome.quotes += sum(len(row["quotes"]) for row in one.document["priorities"])
    outcome.breaches += by_sums(out, THRESHOLDS[name])
    outcome.breaches += by_difference(out, THRESHOLDS[name])
    tried, found = by_programming(made, out, THRESHOLDS[name])
    outcome.attacked, outcome.breaches = tried, outcome.breaches + found
    return outcome


def _release(
    made: Programme, name: str, before: Sequence[Out], reading: audited.Reading | None = None
) -> Out | None:
    rules = profile(name)
    k = max(1, len(made.themes) // 2)
    sure = {theme: float(made.random.random()) for theme in made.themes}
    known = None
    if reading:
        document, known = audited.working(made, reading, k)
        truth = disclosure.truth(document)
        members: Members = {
            one.id: (1, [c for c in audited.crowds(one, reading) if c in truth.sizes])
            for one in made.people
        }
    else:
        document = attackers.working(made, sure, k)
        truth = disclosure.truth(document)
        members = {one.id: (1, crowds_of(one)) for one in made.people}
    truth = disclosure.nested(truth, members)
    earlier = [_since(n, before, members, rules.threshold) for n in range(len(before))]
    moved = [one.joined[c] + one.left[c] for one in earlier for c in ("all", "heard|all")]
    if any(0 < number < rules.threshold for number in moved):
        return None
    told, chosen = _fit(made, truth, rules, earlier, reading)
    released = disclosure.released(document, truth, told, rules, chosen.by_theme)
    for theme, crowd, share in _cells(released):
        one = told.cells[theme][crowd]
        share["ends"] = (one.low, one.high)
        if known and share.get("estimated") and is_told(share):
            share["ends"] = audited.ends(theme, crowd, share, known) or share["ends"]
    return Out(released, truth.slopes, truth.sizes["all"], members, truth, told, known)


def _fit(
    made: Programme,
    truth: Truth,
    rules: Any,
    earlier: Sequence[Earlier],
    reading: audited.Reading | None,
) -> tuple[Told, quotes.Chosen]:
    people = [one for one in made.people if reading is None or reading.counts(one)]
    crowds = {one.id: crowds_of(one) for one in people}
    signed = [
        quotes.Candidate(theme, f"{one.id}.{theme}", one.id, "Words", "verbatim", one.source,
                         one.values, False)
        for one in people[:60]
        for theme in sorted(one.raised)
    ]  # fmt: skip
    quoted: dict[str, dict[str, int]] = {}
    silent: set[str] = set()
    for _ in range(5):
        told = disclosure.protect(truth, rules, earlier, quoted)
        silent |= set(told.silent)
        told.silent = sorted(silent)
        chosen = _three_each(quotes.choose(signed, told, crowds))
        if chosen.quoted == quoted and told.quoted == quoted:
            return told, chosen
        quoted = chosen.quoted
    return disclosure.protect(truth, rules, earlier, {}), quotes.Chosen()


def _three_each(chosen: quotes.Chosen) -> quotes.Chosen:
    """Keep three quotes of a theme, as candidates have."""
    kept = quotes.Chosen()
    for theme, found in chosen.by_theme.items():
        kept.by_theme[theme] = found[:3]
        counts: Counter[str] = Counter()
        for quote in found[:3]:
            counts["all"] += 1
            counts.update([f"source|{quote['source_kind']}"] if quote["source_kind"] else [])
            counts.update(f"group|{n}|{v}" for n, v in quote["attributes"].items())
        kept.quoted[theme] = dict(counts)
    return kept


def _since(number: int, out: Sequence[Out], members: Members, threshold: int) -> Earlier:
    one = out[number]
    joined, left = moved_between(one.members, members)
    since = {f"r{n}": moved_between(out[n].members, one.members) for n in range(number)}
    return Earlier(f"r{number}", one.truth, one.told, joined, left, threshold, since)


def moved_between(before: Members, after: Members) -> tuple[Counter[str], Counter[str]]:
    """Return how many came into and went out of each crowd."""
    nowhere: tuple[int, list[str]] = (0, [])

    def new(here: Members, there: Members) -> Counter[str]:
        return Counter(
            crowd
            for pid, (_, crowds) in here.items()
            for crowd in set(crowds) - set(there.get(pid, nowhere)[1])
        )

    return new(after, before), new(before, after)


def _cells(document: Mapping[str, Any]) -> Any:
    for row in document["priorities"]:
        yield row["id"], "all", row
        for kind, share in row["sources"].items():
            yield row["id"], f"source|{kind}", share
        for part in row["groups"]:
            yield row["id"], f"group|{part['attribute']}|{part['value']}", part


def _needed(told: Mapping[str, Any], t: int, quoted: int) -> float:
    of = told["read"] if told.get("estimated") else told["of"]
    cap = 9 if of == "fewer than 10" else 10_000
    return min(t, cap - quoted)


def _ends(told: Mapping[str, Any], t: int) -> tuple[int, int]:
    if isinstance(told["people"], int):
        return max(t, told["people"] - 2), told["people"] + 2
    return told["ends"]  # type: ignore[no-any-return]


def by_sums(out: Sequence[Out], t: int) -> list[str]:
    """Attack every withheld count by its total less the other parts."""
    breaches = []
    for number, one in enumerate(out):
        for row in one.document["priorities"]:
            parts: dict[str, list[Mapping[str, Any]]] = {"source": list(row["sources"].values())}
            for part in row["groups"]:
                parts.setdefault(part["attribute"], []).append(part)
            for name, shares in parts.items():
                hidden = [s for s in shares if not is_told(s) or s.get("kept_from")]
                fresh = is_told(row) and not row.get("kept_from")
                if len(hidden) != 1 or not fresh or hidden[0].get("kept_from"):
                    continue
                rest = [_ends(s, t) for s in shares if s is not hidden[0]]
                total = _ends(row, t)
                high = total[1] - sum(low for low, _ in rest)
                low = 0 if name != "source" else max(0, total[0] - sum(h for _, h in rest))
                if high - low < _needed(hidden[0], t, 3) - SLACK:
                    breaches.append(f"sums: release {number}, {row['id']}, {name}: {low}-{high}")
    return breaches


def by_difference(out: Sequence[Out], t: int) -> list[str]:
    """Attack what those who came and went raised, by every figure that is told twice."""
    breaches = []
    for first in range(len(out)):
        for then in range(first + 1, len(out)):
            joined, left = moved_between(out[first].members, out[then].members)
            before = {(theme, c): told for theme, c, told in _cells(out[first].document)}
            for theme, crowd, told in _cells(out[then].document):
                old = before.get((theme, crowd))
                if old is None or any(not is_told(s) or s.get("kept_from") for s in (old, told)):
                    continue
                (a, b), (c, d) = _ends(old, t), _ends(told, t)
                for moved, low, high in (
                    (joined[crowd], c - b, d - a + left[crowd]),
                    (left[crowd], a - d, b - c + joined[crowd]),
                ):
                    width = min(high, moved) - max(low, 0)
                    if moved and width < min(t, moved) - SLACK:
                        breaches.append(f"difference: {first}-{then}, {theme}, {crowd}: {width}")
    return breaches


def by_programming(made: Programme, out: Sequence[Out], t: int) -> tuple[int, list[str]]:
    """Attack every withheld count and every change by linear programming."""
    if not out:
        return 0, []
    attack = Attack(joint_cells(made), made.themes)
    for number, one in enumerate(out):
        _take_in(attack, number, one)
    wanted: list[tuple[str, dict[int, float], float]] = []
    for number, one in enumerate(out):
        for theme, crowd, told in _cells(one.document):
            if not is_told(told) and not told.get("kept_from"):
                quoted = one.told.quoted.get(theme, {}).get(crowd, 0)
                terms = attack.total(number, theme, crowd)
                wanted.append((f"{number} {theme} {crowd}", terms, _needed(told, t, quoted)))
    for then in range(1, len(out)):
        joined, left = moved_between(out[then - 1].members, out[then].members)
        crowds = [c for c in out[then].truth.sizes if not c.startswith("heard|")]
        moved = {c: (joined[c], left[c]) for c in crowds}
        attackers.changed(attack, then - 1, then, moved)
        for crowd, numbers in moved.items():
            for what, number in zip(("came", "went"), numbers, strict=True):
                if number:
                    wanted += [
                        (f"{what} {then} {theme} {crowd}",
                         _moved(attack, what, then, theme, crowd), min(t, number))
                        for theme in made.themes
                    ]  # fmt: skip
    if not wanted:
        return 0, []
    found = attack.ends([(terms, needed) for _, terms, needed in wanted])
    breaches = [
        f"programming: {name}: {low:.2f}-{high:.2f}, needs {needed}"
        for (name, _, needed), (low, high) in zip(wanted, found, strict=True)
        if high - low < needed - SLACK
    ]
    return len(wanted), breaches


def _take_in(attack: Attack, number: int, one: Out) -> None:
    """Read one release, with what whoever knows the machine's guesses knows beside it."""
    # which places are told of themselves is granted: the others follow from figures that are read
    blocks = one.told.blocks if one.known is None else ()
    attackers.read(attack, number, one.document, one.slopes, one.everyone, blocks)
    if one.known is None:
        return
    for theme, crowd, told in _cells(one.document):
        if told.get("estimated") and is_told(told) and not told.get("kept_from"):
            audited.estimate(attack, number, theme, crowd, told, one.known)
    for above, below in attackers.neighbours(one.told.blocks):
        audited.order(attack, number, above, below, one.known)


def _moved(attack: Attack, what: str, then: int, theme: str, crowd: str) -> dict[int, float]:
    inside = [cell for cell in attack.cells if crowd == "all" or crowd in cell]
    return {attack.variable((what, then - 1, then, theme, cell)): 1.0 for cell in inside}


def size_of(seed: int) -> int:
    """Return the size of a programme: 11 to 2,000, small ones as often as large ones."""
    return int(np.exp(np.random.default_rng(seed + 7).uniform(np.log(11), np.log(2_000))))


def main(programmes: int, first: int, kept: Path | None = None) -> list[Outcome]:
    """Attack many programmes and print what came of it.

    Args:
        programmes: how many.
        first: the first one's seed.
        kept: a file of outcomes, a line for each; those that stand in it are not played again.
    """
    began, done = time.perf_counter(), []
    before = _outcomes(kept)
    for seed in range(first, first + programmes):
        if seed not in before:
            before[seed] = play(seed, size_of(seed))
            if kept:
                with kept.open("a", encoding="utf-8") as lines:
                    lines.write(json.dumps({"seed": seed, **asdict(before[seed])}) + "\n")
        done.append(before[seed])
        for breach in done[-1].breaches:
            print(f"BREACH, programme {seed} ({done[-1].people} people): {breach}", flush=True)
    print(table(done))
    print(f"\n{len(done)} programmes, {time.perf_counter() - began:.0f} seconds.")
    return done


def _outcomes(kept: Path | None) -> dict[int, Outcome]:
    if kept is None or not kept.exists():
        return {}
    rows = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    return {row.pop("seed"): Outcome(**row) for row in rows}


def table(done: Sequence[Outcome]) -> str:
    """Return the outcomes as a table: a line for each profile, read as a whole or corrected."""
    heading = (
        "profile", "survey", "programmes", "releases", "held back", "refused", "told",
        "of these estimates", "withheld", "quotes", "attacked by programming", "breaches",
    )  # fmt: skip
    sums = (
        "releases", "held_back", "refused", "told", "estimates", "withheld", "quotes", "attacked",
    )  # fmt: skip
    lines = [f"| {' | '.join(heading)} |", f"{'|---' * len(heading)}|"]
    for name, corrected in itertools.product(THRESHOLDS, (False, True)):
        own = [one for one in done if (one.profile, one.corrected) == (name, corrected)]
        totals = [f"{sum(int(getattr(one, what)) for one in own):,}" for what in sums]
        how = "corrected by the audit" if corrected else "read as a whole, or none"
        breaches = str(sum(len(one.breaches) for one in own))
        lines.append(f"| {' | '.join([name, how, str(len(own)), *totals, breaches])} |")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("--programmes", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--kept", type=Path, help="outcomes so far: go on from there")
    given = parser.parse_args()
    main(given.programmes, given.first, given.kept)
