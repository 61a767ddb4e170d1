"""How often a difference between groups is claimed where there is none, and where there is one.

**Null.** People keep what they raised and are dealt their attributes anew, all of a person's
together: whatever is then called a difference is chance. METHOD.md, section 8, asks for a claim in
at most one in ten of 500 such programmes. On real answers: NHS comments as people coded them, by
trust and service, and a survey on films by gender, age, income, education and region (its codes are
"has seen this film" and "does not like this person"). On made-up ones: people heard alone; and
people heard in focus groups and in notes on several passers-by, who are of one mind, with whole
focus groups dealt together, as they are recruited.

**Power.** Made-up programmes with one real difference among 20 codes and 15 groups: how often it is
found.

`python -m benchmarks.equity ../shared/data [--permutations 500] [--repeats 100]
[--only null|power]`
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks import nhs, sections
from listening.priorities import Theme
from listening.priorities.counting import Counted
from listening.priorities.equity import compare
from listening.priorities.groups import Attribute

Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]
Groups = dict[str, Attribute]

DRAWS = 5
#: made-up programmes with focus groups, and of how many each person is counted as heard alone too
TOGETHER, ALONE = 200, 40
CODES = 20
#: values of each attribute of the made-up programmes: 15 groups
VALUES = (2, 5, 8)
#: everybody else's share of the code that one group raises more
OTHERS = 0.2


def answers(marks: Marks, people: Ints | None = None, cluster: Ints | None = None) -> Counted:
    """Return who raised what from a table of people and codes."""
    person, theme = np.nonzero(marks)
    size, codes = marks.shape
    persons = np.ones(size, dtype=np.int64) if people is None else people
    return Counted(
        themes=tuple(Theme(str(code), str(code), "") for code in range(codes)),
        kinds=("survey",),
        source=np.zeros(size, dtype=np.int64),
        people=persons,
        weight=persons.astype(np.float64),
        cluster=np.arange(size) if cluster is None else cluster,
        stratum=np.zeros(size, dtype=np.int64),
        eligible=np.ones(marks.shape, dtype=np.bool_),
        person=person.astype(np.int64),
        theme=theme.astype(np.int64),
        value=np.ones(len(person)),
        vote=np.ones(len(person)),
        known=np.ones((1, codes)),
        corrected=np.zeros(1, dtype=np.bool_),
    )


def attribute(name: str, given: pd.Series[str]) -> Attribute:
    """Return an attribute; an empty cell is not known."""
    values = tuple(sorted(set(given) - {""}))
    return Attribute(name, values, pd.Index(values).get_indexer(pd.Index(given)).astype(np.int64))


def comments(shared: Path) -> tuple[Marks, Groups]:
    """Return the coded NHS comments, a row for each respondent."""
    table = pd.read_csv(shared / "nhs_fft" / "nhs_fft_dev.csv", dtype=str, keep_default_na=False)
    columns = list(table.columns[table.columns.get_loc(nhs.NOT_CODES[0]) :])
    names = [name for name in columns if name not in nhs.NOT_CODES]
    table = table[~(table[list(nhs.NOT_CODES)] != "").any(axis=1)]
    marks = (table[names] == "1.0").assign(who=table["Trust"] + " " + table["Respondent ID"])
    by_person = marks.groupby("who", sort=True).any()
    first = table.assign(who=marks["who"]).groupby("who", sort=True).first()
    rated = "FFT categorical answer"
    return by_person.to_numpy(dtype=np.bool_), {
        name: attribute(name, first[name].str.strip())
        for name in ("Trust", "Service type 1", rated)
    }


def films(shared: Path) -> tuple[Marks, Groups]:
    """Return the survey on films: who has seen which, and whom they do not like."""
    path = shared / "surveymonkey" / "StarWars.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="latin-1", header=None)
    body = table.iloc[2:].reset_index(drop=True)
    seen = body.iloc[:, 3:9] != ""
    disliked = body.iloc[:, 15:29].apply(lambda cells: cells.str.endswith("unfavorably"))
    answered = (seen.any(axis=1) & (body[33] != "")).to_numpy()
    marks = np.column_stack([seen, disliked]).astype(np.bool_)[answered]
    kept = body[answered].reset_index(drop=True)
    names = {33: "gender", 34: "age", 35: "income", 36: "education", 37: "region"}
    return marks, {name: attribute(name, kept[column]) for column, name in names.items()}


def part(marks: Marks, groups: Groups, rows: Ints) -> tuple[Marks, Groups]:
    """Return some people alone."""
    return marks[rows], {
        name: replace(one, member=one.member[rows]) for name, one in groups.items()
    }


def dealt(groups: Groups, order: Ints) -> Groups:
    """Return the groups with the attributes of the person that stands at each place of `order`."""
    return {name: replace(one, member=one.member[order]) for name, one in groups.items()}


def claims(given: Counted, groups: Mapping[str, Attribute]) -> int:
    """Return how many differences are claimed."""
    return sum(int(one.differs.sum()) for one in compare(given, groups, 0.05).values())


def null_of_real(marks: Marks, groups: Groups, size: int, permutations: int) -> float:
    """Return the share of permutations with any difference, over five draws of `size` people."""
    found = 0
    for draw in range(DRAWS):
        random = np.random.default_rng([draw, size])
        rows = np.sort(random.permutation(len(marks))[:size])
        some, of = part(marks, groups, rows)
        given = answers(some)
        for _ in range(permutations // DRAWS):
            found += claims(given, dealt(of, random.permutation(len(rows)))) > 0
    return found / (DRAWS * (permutations // DRAWS))


def made_groups(size: int, part: int = 5) -> Groups:
    """Return the attributes of made-up people: one of `part` is in the group that may differ."""
    places = np.arange(size)
    groups = {"a": Attribute("a", ("some", "rest"), (places >= size // part).astype(np.int64))}
    for number in VALUES[1:]:
        values = tuple(str(value) for value in range(number))
        member = (places * 7 % number).astype(np.int64)
        groups[f"of {number}"] = Attribute(f"of {number}", values, member)
    return groups


def made_marks(size: int, random: np.random.Generator) -> Marks:
    """Return what made-up people raise: shares from a half down to a fiftieth."""
    shares = np.geomspace(0.5, 0.02, CODES)
    return np.asarray(random.random((size, CODES)) < shares)


def null_of_made(size: int, permutations: int) -> float:
    """Return the share of made-up programmes of people heard alone with any difference."""
    groups, found = made_groups(size), 0
    for number in range(permutations):
        random = np.random.default_rng([number, size])
        given = answers(made_marks(size, random))
        found += claims(given, dealt(groups, random.permutation(size))) > 0
    return found / permutations


def together(size: int, random: np.random.Generator) -> tuple[Counted, Groups]:
    """Return half of the people in focus groups of eight, some of the rest notes on several.

    Who sits in one group raises the same in four of five codes, and is of the same group of each
    attribute: focus groups are recruited so.
    """
    seats = (size // 2) // 8 * 8
    cluster = np.concatenate([np.arange(seats) // 8, size + np.arange(size - seats)])
    marks = made_marks(size, random)
    spoken = made_marks(size, random)[cluster % size]
    marks = np.where(random.random(marks.shape) < 0.8, spoken, marks)
    people = np.ones(size, dtype=np.int64)
    notes = seats + np.flatnonzero(random.random(size - seats) < 0.1)
    people[notes] = random.integers(2, 31, len(notes))
    _, within = np.unique(cluster, return_inverse=True)
    groups = {}
    for name, number in zip("abc", VALUES, strict=True):
        member = random.integers(0, number, within.max() + 1)[within]
        groups[name] = Attribute(name, tuple(str(value) for value in range(number)), member)
    return answers(marks, people, cluster.astype(np.int64)), groups


def null_of_together(size: int) -> tuple[float, float]:
    """Return the share of programmes with any difference; and were each person a voice alone."""
    found = alone = 0
    for number in range(TOGETHER):
        given, groups = together(size, np.random.default_rng([number, size]))
        found += claims(given, groups) > 0
        if number >= ALONE:
            continue
        rows = np.repeat(np.arange(size), given.people)
        marks = np.zeros((size, CODES), dtype=np.bool_)
        marks[given.person, given.theme] = True
        each, of = part(marks, groups, rows)
        alone += claims(answers(each), of) > 0
    return found / TOGETHER, alone / ALONE


def power(size: int, part: int, share: float, repeats: int) -> float:
    """Return how often a group that raises one code more is found."""
    groups, found = made_groups(size, part), 0
    first = groups["a"].member == 0
    for number in range(repeats):
        random = np.random.default_rng([number, size, round(100 * share)])
        marks = made_marks(size, random)
        marks[:, 0] = random.random(size) < np.where(first, share, OTHERS)
        found += bool(compare(answers(marks), groups, 0.05)["a"].differs[0, 0])
    return found / repeats


def null_rows(shared: Path, permutations: int) -> Iterator[str]:
    """Return the rows of the table of nulls."""
    sets: dict[str, Callable[[Path], tuple[Marks, Groups]]] = {
        "NHS comments": comments,
        "survey on films": films,
    }
    for name, read in sets.items():
        marks, groups = read(shared)
        count = sum(len(one.values) for one in groups.values())
        for size in (60, 150, 400, len(marks)):
            share = null_of_real(marks, groups, size, permutations)
            yield f"| {name} | {size:,} | {count} × {marks.shape[1]} | {share:.3f} | |"
            print(name, size, share, flush=True)
    for size in (60, 150, 400):
        share = null_of_made(size, permutations)
        yield f"| made up, heard alone | {size} | {sum(VALUES)} × {CODES} | {share:.3f} | |"
    for size in (60, 150, 400):
        share, alone = null_of_together(size)
        yield (
            f"| made up, half in focus groups | {size} | {sum(VALUES)} × {CODES} | {share:.3f} | "
            f"{alone:.3f} |"
        )
        print("together", size, share, alone, flush=True)


def power_rows(repeats: int) -> Iterator[str]:
    """Return the rows of the table of power."""
    for size in (60, 150, 400):
        for part in (5, 2):
            cells = [power(size, part, share, repeats) for share in (0.3, 0.4, 0.5, 0.6, 0.8)]
            of = size // part
            shown = " | ".join(f"{cell:.2f}" for cell in cells)
            yield f"| {size} | {of} against {size - of} | {shown} |"


def null_section(shared: Path, permutations: int) -> list[str]:
    """Return the section on programmes without any difference."""
    return [
        "Share of programmes in which any difference between groups is claimed though attributes "
        f"were dealt to people by lot: {permutations} a row (of real answers, five draws of "
        f"people with as many permutations each), {TOGETHER} of programmes with focus groups. The "
        f"last column counts, in {ALONE} of these, every member of a focus group and every "
        "passer-by of a note as somebody heard alone.",
        "",
        "| answers | people | groups × codes | any difference | counted as heard alone |",
        "|---|---|---|---|---|",
        *null_rows(shared, permutations),
    ]


def power_section(repeats: int) -> list[str]:
    """Return the section on programmes with one difference."""
    return [
        f"How often one real difference is found among {sum(VALUES) * CODES} comparisons, "
        f"{repeats} programmes a cell: others raise the code in {OTHERS:.0%} of cases, the "
        "group as often as the column says. Where it is not found the report says that no "
        "difference can be told.",
        "",
        "| people | group against others | 30% | 40% | 50% | 60% | 80% |",
        "|---|---|---|---|---|---|---|",
        *power_rows(repeats),
    ]


def main() -> None:
    """Measure, and write the sections of the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--permutations", type=int, default=500)
    parser.add_argument("--repeats", type=int, default=100)
    parser.add_argument("--only", choices=("null", "power"))
    asked = parser.parse_args()
    command, about = (
        "python -m benchmarks.equity ../shared/data",
        "Differences between groups: where",
    )
    if asked.only != "power":
        lines = null_section(asked.data, asked.permutations)
        sections.write(f"{about} there is none", command, lines)
    if asked.only != "null":
        sections.write(f"{about} there is one", command, power_section(asked.repeats))


if __name__ == "__main__":
    main()
