"""Attackers on releases, written apart from the software's own verification.

They read released documents alone (and what a well-informed outsider may know: how many people took
part, how many joined and left each group between two releases, what one person's word adds to a
theme's score), build the joint table of source × every attribute × theme that could lie behind
them, and ask how narrowly each withheld count can be pinned down.

`Programme` makes random programmes; nothing here imports `listening.disclosure.system` or `verify`.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array

Group = tuple[str, str]
THRESHOLDS = {"standard": 5, "hes": 8, "ons": 10}


@dataclass
class Person:
    """Somebody of a made-up programme: where they were heard, who they are, what they raised."""

    id: str
    source: str
    values: dict[str, str]
    raised: frozenset[str]


@dataclass
class Programme:
    """A made-up programme that people join and leave."""

    random: np.random.Generator
    themes: list[str]
    sources: dict[str, float]
    attributes: dict[str, list[str]]
    people: list[Person] = field(default_factory=list)
    issued: int = 0

    @classmethod
    def make(cls, seed: int, size: int) -> Programme:
        """Make a programme of `size` people."""
        random = np.random.default_rng(seed)
        kinds = ["interview", "focus_group", "street", "survey"]
        chosen = random.permutation(kinds)[: random.integers(1, 4)]
        weights = random.dirichlet(np.full(len(chosen), 0.8))
        attributes = {
            f"a{n}": [f"v{m}" for m in range(random.integers(2, 5))]
            for n in range(random.integers(0, 3))
        }
        themes = [f"t{n}" for n in range(random.integers(3, 8))]
        made = cls(random, themes, dict(zip(map(str, chosen), weights, strict=True)), attributes)
        made.join(size)
        return made

    def join(self, number: int) -> None:
        """Add people; the rarest groups and themes are rare indeed."""
        shares = 0.5 * 0.65 ** np.arange(len(self.themes))
        for _ in range(number):
            values = {
                name: str(self.random.choice(told, p=_skewed(len(told))))
                for name, told in self.attributes.items()
                if self.random.random() > 0.05
            }
            source = str(self.random.choice(list(self.sources), p=list(self.sources.values())))
            tilt = 1.6 if values.get("a0") == "v1" else 1.0
            raised = self.random.random(len(self.themes)) < np.minimum(shares * tilt, 0.95)
            self.issued += 1
            said = frozenset(t for t, yes in zip(self.themes, raised, strict=True) if yes)
            self.people.append(Person(f"P{self.issued:05d}", source, values, said))

    def leave(self, number: int) -> None:
        """Take people out."""
        gone = set(self.random.permutation(len(self.people))[:number].tolist())
        self.people = [one for n, one in enumerate(self.people) if n not in gone]


def _skewed(number: int) -> list[float]:
    shares = 0.4 ** np.arange(number)
    return list(shares / shares.sum())


def crowds_of(person: Person) -> list[str]:
    """Name the groups that somebody is in, as the ledger does."""
    own = [f"group|{name}|{value}" for name, value in person.values.items()]
    return ["all", f"source|{person.source}", *own]


def working(made: Programme, sure: Mapping[str, float], k: int) -> dict[str, Any]:
    """Return the working document of a programme, with exact figures."""
    people = made.people
    sources = sorted({one.source for one in people})
    groups = sorted({(n, v) for one in people for n, v in one.values.items()})
    sizes = {s: sum(one.source == s for one in people) for s in sources}
    weights = {s: min(sizes[s], 400) ** 0.5 * (sizes[s] >= 10) for s in sources}
    weights = weights if sum(weights.values()) else {s: sizes[s] ** 0.5 for s in sources}
    alpha = {s: weights[s] / sum(weights.values()) for s in sources}
    mean = {
        s: sum(len(one.raised) for one in people if one.source == s) / sizes[s] / len(made.themes)
        for s in sources
    }
    rows = []
    for theme in made.themes:
        own = [one for one in people if theme in one.raised]
        by = {s: sum(one.source == s for one in own) for s in sources}
        score = sum(alpha[s] / mean[s] * by[s] / sizes[s] for s in sources if mean[s])
        rows.append(
            {
                "id": theme,
                "name": f"Theme {theme}",
                "statement": "",
                "people": len(own),
                "of": len(people),
                "prevalence": len(own) / len(people),
                "interval": _wilson(len(own), len(people)),
                "score": score,
                "p_top_k": sure.get(theme),
                "sources": {
                    s: {"people": by[s], "of": sizes[s], "interval": _wilson(by[s], sizes[s])}
                    for s in sources
                },
                "groups": [
                    {
                        "attribute": n,
                        "value": v,
                        "people": sum(one.values.get(n) == v for one in own),
                        "of": sum(one.values.get(n) == v for one in people),
                    }
                    for n, v in groups
                ],
            }
        )
    rows.sort(key=lambda row: (-row["score"], row["id"]))
    for place, row in enumerate(rows, start=1):
        row["rank"] = place
    top = {row["id"] for row in rows[:k]}
    return {
        "status": "reviewed", "statement": "", "programme": "Made up", "wave": "", "k": k,
        "codebook_version": "1", "scheme": "depth", "people": len(people), "not_yet_read": 0,
        "priorities": rows, "protected": [], "not_heard": [], "apart": [],
        "coverage": {"people": sum(bool(one.raised & top) for one in people)},
        "sources": {
            s: {"people": sizes[s], "alpha": alpha[s], "mean_prevalence": mean[s],
                "votes": sizes[s] >= 10}
            for s in sources
        },
    }  # fmt: skip


def _wilson(x: int, n: int) -> list[float]:
    z, p = 1.96, x / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    return [centre - half, centre + half]


class Attack:
    """The joint table behind one or several releases, as far as an outsider can know it.

    A variable for each joint group of people (source × values of every attribute) of each release,
    one for those of it who raised each theme, and, between releases, for those who came and went.
    """

    def __init__(self, cells: Sequence[tuple[str, ...]], themes: Sequence[str]) -> None:
        self.cells, self.themes = list(cells), list(themes)
        self.number = 0
        self.bounds: list[tuple[float, float | None]] = []
        self.rows: list[tuple[dict[int, float], float]] = []
        self.at: dict[tuple[Any, ...], int] = {}
        self._known: tuple[tuple[int, int], Any] | None = None

    def variable(self, name: tuple[Any, ...], high: float | None = None) -> int:
        """Return a variable's number, made when it is first asked for."""
        if name not in self.at:
            self.at[name] = self.number
            self.bounds.append((0.0, high))
            self.number += 1
        return self.at[name]

    def total(self, release: int, theme: str, crowd: str) -> dict[int, float]:
        """Return the terms that make up a crowd's count; an empty theme is the people."""
        inside = [cell for cell in self.cells if crowd == "all" or crowd in cell]
        return {self.variable((release, theme, cell)): 1.0 for cell in inside}

    def between(self, terms: Mapping[int, float], low: float, high: float) -> None:
        """Add low ≤ Σ terms ≤ high."""
        self.rows.append((dict(terms), high))
        self.rows.append(({n: -f for n, f in terms.items()}, -low))

    def bound(self, terms: Mapping[int, float]) -> tuple[float, float]:
        """Return the least and the greatest value of Σ terms."""
        costs = np.zeros(self.number)
        costs[list(terms)] = list(terms.values())
        return self._least(costs)[0], -self._least(-costs)[0]

    def ends(
        self, wanted: Sequence[tuple[Mapping[int, float], float]]
    ) -> list[tuple[float, float]]:
        """Return between what each sum lies: exactly, or as far as it was seen to be wide enough.

        Every solution says what all sums can be at once, so that few need a search of their own.

        Args:
            wanted: terms, and how wide their range must be.
        """
        at = [(n, c, f) for n, (terms, _) in enumerate(wanted) for c, f in terms.items()]
        lines, columns, factors = zip(*at, strict=True)
        rows = coo_array((factors, (lines, columns)), shape=(len(wanted), self.number)).tocsr()
        low, high = np.full(len(wanted), np.inf), np.full(len(wanted), -np.inf)

        def look(costs: npt.NDArray[np.float64]) -> float:
            least, point = self._least(costs)
            if point is not None:
                seen = rows @ point
                np.minimum(low, seen, out=low)
                np.maximum(high, seen, out=high)
            return least

        whole = np.asarray(rows.sum(axis=0)).ravel()
        for sign in (1.0, -1.0):
            look(sign * whole)
        for n, (terms, needed) in enumerate(wanted):
            costs = np.zeros(self.number)
            costs[list(terms)] = list(terms.values())
            if high[n] - low[n] < needed:
                low[n] = min(low[n], look(costs))
            if high[n] - low[n] < needed:
                high[n] = max(high[n], -look(-costs))
        return list(zip(low.tolist(), high.tolist(), strict=True))

    def _least(
        self, costs: npt.NDArray[np.float64]
    ) -> tuple[float, npt.NDArray[np.float64] | None]:
        """Return the least value, and where it is; no place where there is no least."""
        model = self._model()
        model.changeColsCost(self.number, np.arange(self.number, dtype=np.int32), costs)
        model.run()
        told = model.modelStatusToString(model.getModelStatus())
        if told in ("Unbounded", "Primal infeasible or unbounded"):
            model.clearSolver()
            return -np.inf, None
        if told != "Optimal":
            raise AssertionError(f"the attacker's own programme failed: {told}")
        point = np.array(model.getSolution().col_value)
        return float(model.getInfo().objective_function_value), point

    def _model(self) -> Any:
        """Return everything known as one programme; HiGHS goes on from its last answer."""
        if self._known is not None and self._known[0] == (self.number, len(self.rows)):
            return self._known[1]
        at = [(n, c, f) for n, (row, _) in enumerate(self.rows) for c, f in row.items()]
        lines, columns, factors = zip(*at, strict=True)
        matrix = coo_array((factors, (lines, columns)), shape=(len(self.rows), self.number)).tocsr()
        model = highspy.Highs()
        model.setOptionValue("output_flag", False)
        model.setOptionValue("threads", 1)
        model.setOptionValue("simplex_strategy", 4)  # primal: the last point still obeys all rows
        highs = [np.inf if high is None else high for _, high in self.bounds]
        model.addVars(self.number, np.array([low for low, _ in self.bounds]), np.array(highs))
        model.addRows(
            len(self.rows), np.full(len(self.rows), -np.inf),
            np.array([limit + 1e-7 for _, limit in self.rows]), matrix.nnz,
            matrix.indptr[:-1].astype(np.int32), matrix.indices.astype(np.int32), matrix.data,
        )  # fmt: skip
        self._known = (self.number, len(self.rows)), model
        return model


def joint_cells(made: Programme) -> list[tuple[str, ...]]:
    """Return every joint group: a source and a value, or none, of each attribute."""
    options = [[f"source|{s}" for s in made.sources]]
    for name, values in made.attributes.items():
        options.append([*(f"group|{name}|{value}" for value in values), f"unknown|{name}"])
    return list(itertools.product(*options))


def read(attack: Attack, release: int, document: Mapping[str, Any], slopes: Mapping[str, float],
         everyone: int, blocks: Sequence[Sequence[str]] = ()) -> None:  # fmt: skip
    """Take in one released document; of estimates only among whom they were made."""
    t = THRESHOLDS[document["profile"]]
    for cell in attack.cells:
        for theme in attack.themes:
            raised = attack.variable((release, theme, cell))
            attack.rows.append(({raised: 1.0, attack.variable((release, "", cell)): -1.0}, 0.0))
    attack.between(attack.total(release, "", "all"), everyone, everyone)
    for row in document["priorities"]:
        _share(attack, release, row, "all", row, t)
        for kind, share in row["sources"].items():
            _share(attack, release, row, f"source|{kind}", share, t)
        for part in row["groups"]:
            crowd = f"group|{part['attribute']}|{part['value']}"
            _share(attack, release, row, crowd, part, t)
        for crowd, least in _quoted(row).items():
            attack.between(attack.total(release, row["id"], crowd), least, everyone)
    for above, below in neighbours(blocks):
        terms: dict[int, float] = {}
        for crowd, slope in slopes.items():
            terms |= dict.fromkeys(attack.total(release, above, crowd), -slope)
            terms |= dict.fromkeys(attack.total(release, below, crowd), slope)
        attack.rows.append((terms, 0.0))


def _share(attack: Attack, release: int, row: Mapping[str, Any], crowd: str,
           told: Mapping[str, Any], t: int) -> None:  # fmt: skip
    """Take in one figure: rounded, in words or withheld; repeated ones are passed over."""
    if told.get("kept_from"):
        return
    size = attack.total(release, "", crowd)
    if crowd != "all":
        of = told["read"] if told.get("estimated") else told["of"]
        if of == "fewer than 10":
            attack.between(size, 0 if t >= 10 else 1, 9)
        elif isinstance(of, int):
            attack.between(size, *_sizes(of))
    people = told["people"]
    if not is_told(told):
        return
    terms = attack.total(release, row["id"], crowd)
    others = dict.fromkeys(terms, -1.0) | size
    attack.between(others, t, 1e6)
    if people is None:
        attack.between(terms, t, 1e6)
    elif isinstance(people, int):
        attack.between(terms, max(t, people - 2), people + 2)
    else:
        # whoever knows how words were cut is granted the true ends, given beside the document
        low, high = told["ends"]
        attack.between(terms, low, high)


def _sizes(of: int) -> tuple[int, int]:
    """Return what sizes are told as `of`: "10" is all below 14, which are listed as not heard."""
    if of == 0:
        return 0, 0
    return (10, 13) if of == 10 else (max(14, of - 2), of + 2)


def is_told(told: Mapping[str, Any]) -> bool:
    """Whether a figure is told: a count, a word, or an estimated percentage."""
    return told["people"] is not None or (
        bool(told.get("estimated")) and told["prevalence"] is not None
    )


def _quoted(row: Mapping[str, Any]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for quote in row["quotes"]:
        named = [f"group|{n}|{v}" for n, v in quote["attributes"].items()]
        named += [f"source|{quote['source_kind']}"] if quote["source_kind"] else []
        for crowd in ("all", *named):
            counts[crowd] = counts.get(crowd, 0) + 1
    return counts


def neighbours(blocks: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Pair each theme with those of the next place that is told of itself, not by figures alone."""
    return [
        (better, worse)
        for above, below in itertools.pairwise(blocks)
        for better in above
        for worse in below
    ]


def changed(attack: Attack, first: int, then: int, moved: Mapping[str, tuple[int, int]]) -> None:
    """Take in how many came and went between two releases, crowd by crowd."""
    for cell in attack.cells:
        for theme in ("", *attack.themes):
            before, after = (attack.variable((n, theme, cell)) for n in (first, then))
            came = attack.variable(("came", first, then, theme, cell))
            went = attack.variable(("went", first, then, theme, cell))
            attack.between({after: 1.0, before: -1.0, came: -1.0, went: 1.0}, 0, 0)
            attack.rows.append(({went: 1.0, before: -1.0}, 0.0))
            attack.rows.append(({came: 1.0, after: -1.0}, 0.0))
            if theme:
                for what, here in (("came", came), ("went", went)):
                    all_of_it = attack.variable((what, first, then, "", cell))
                    attack.rows.append(({here: 1.0, all_of_it: -1.0}, 0.0))
    for crowd, (joined, left) in moved.items():
        for what, number in (("came", joined), ("went", left)):
            inside = [cell for cell in attack.cells if crowd == "all" or crowd in cell]
            terms = {attack.variable((what, first, then, "", cell)): 1.0 for cell in inside}
            attack.between(terms, number, number)
