"""Our topics beside those of other tools, against what people coded.

Comments of NHS patients that carry a single code (the two codes of praise and complaint left out)
in draws of 150, 500 and 1,300, and customers' queries with 77 intents in draws of 1,300. A draw is
clustered once whole, and twice with nine tenths of its *people*: stability is the adjusted Rand
index of those two on whom they share. Everybody gets the same vectors, and the same number of
topics where one can be set. The method was chosen by looking at one half of the respondents;
`held-out` is drawn from the other half.

`python -m benchmarks.topics ../shared/data [--seeds 10] [--turftopic PYTHON] [--only NAME ...]`
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import sections
from benchmarks.clusterings import (
    Ints,
    Material,
    Method,
    Turftopic,
    bertopic,
    nmf,
    ours,
    umap_kmeans,
)

PRAISE_AND_BLAME = ("Negative experience & dissatisfaction", "Positive experience & gratitude")
NO_CODE = ("Not assigned", "Labelling not possible")
SHARE = 0.9
MEASURES = ("AMI", "B3-F1", "recovery", "stability", "unassigned", "topics")
OURS = "ours"


def nhs(folder: Path) -> tuple[list[str], list[str], Ints]:
    """Return texts, respondents and codes of the comments that carry a single code."""
    table = pd.read_csv(folder / "nhs_fft/nhs_fft_dev.csv", dtype=str, keep_default_na=False)
    start = list(table.columns).index("Not assigned")
    codes = (table.iloc[:, start:] == "1.0").astype(int)
    left_out = codes[[*PRAISE_AND_BLAME, *NO_CODE]].sum(axis=1)
    rows = (codes.sum(axis=1) == 1) & (left_out == 0) & (table["FFT answer"].str.strip() != "")
    own = table[rows]
    code = codes[rows].to_numpy().argmax(axis=1)
    return own["FFT answer"].tolist(), own["Respondent ID"].tolist(), code.astype(np.int64)


def banking(folder: Path) -> tuple[list[str], list[str], Ints]:
    """Return customers' queries, a person each, and their intents."""
    table = pd.read_csv(folder / "banking77/train.csv")
    codes = table["category"].astype("category").cat.codes.to_numpy()
    return table["text"].tolist(), [f"c{n}" for n in range(len(table))], codes.astype(np.int64)


def held_out(person: str) -> bool:
    """Say whether a respondent is of the half that nobody looked at while choosing the method."""
    return int(hashlib.sha256(person.encode()).hexdigest(), 16) % 2 == 1


def material(texts: list[str], people: list[str], codes: Ints) -> Material:
    """Embed texts with the bundled model, as the product does."""
    from listening.embeddings import embed, load_encoder, stack

    made = embed({text: text for text in texts}, load_encoder(None), {})
    return Material(texts, stack([made.vectors[text] for text in texts]), people, codes)


def measured(method: Method, drawn: Material, seed: int) -> dict[str, dict[str, float]]:
    """Return the measures of one draw by the name of each variant of a method."""
    whole = method(drawn, seed)
    people = np.array(drawn.people)
    everybody = np.unique(people)
    parts = []
    for again in range(2):
        random = np.random.default_rng([seed, again])
        some = random.permutation(everybody)[: round(SHARE * len(everybody))]
        rows = np.flatnonzero(np.isin(people, some))
        parts.append((rows, method(drawn.part(rows), 1_000 * (again + 1) + seed)))
    return {
        name: {**_against(labels, drawn.codes), "stability": _stability(name, parts)}
        for name, labels in whole.items()
    }


def _against(labels: Ints, codes: Ints) -> dict[str, float]:
    from sklearn.metrics import adjusted_mutual_info_score

    return {
        # those of no topic are one group, as a reader finds them
        "AMI": float(adjusted_mutual_info_score(codes, labels)),
        "B3-F1": b_cubed(labels, codes),
        "recovery": recovery(labels, codes),
        "unassigned": float((labels == -1).mean()),
        "topics": float(len(np.unique(labels[labels >= 0]))),
    }


def _stability(name: str, parts: Sequence[tuple[Ints, dict[str, Ints]]]) -> float:
    from sklearn.metrics import adjusted_rand_score

    (some, first), (others, second) = parts
    both, here, there = np.intersect1d(some, others, return_indices=True)
    del both
    return float(adjusted_rand_score(first[name][here], second[name][there]))


def b_cubed(labels: Ints, codes: Ints) -> float:
    """Return the F1 of B-cubed precision and recall (Bagga and Baldwin, 1998)."""
    table = pd.crosstab(labels, codes).to_numpy().astype(float)
    precision = (table**2 / table.sum(axis=1, keepdims=True)).sum() / table.sum()
    recall = (table**2 / table.sum(axis=0, keepdims=True)).sum() / table.sum()
    return float(2 * precision * recall / (precision + recall))


def recovery(labels: Ints, codes: Ints, enough: float = 0.4) -> float:
    """Return the share of codes that some topic matches with an F1 of at least `enough`."""
    inside = labels >= 0
    table = pd.crosstab(labels[inside], codes[inside])
    of_code = pd.Series(codes).value_counts()
    best = [
        max(
            (2 * table.loc[topic, code] / (table.loc[topic].sum() + of) for topic in table.index),
            default=0.0,
        )
        if code in table.columns
        else 0.0
        for code, of in of_code.items()
    ]
    return float(np.mean(np.array(best) >= enough))


def mean_with_interval(values: Iterable[float]) -> tuple[float, float, float]:
    """Return the mean and its 95 % interval by Student's t over the seeds."""
    from scipy.stats import t

    drawn = np.array(list(values))
    half = t.ppf(0.975, len(drawn) - 1) * drawn.std(ddof=1) / np.sqrt(len(drawn))
    return float(drawn.mean()), float(drawn.mean() - half), float(drawn.mean() + half)


def table(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Return Markdown of one set: the measures of each method, and ours less each of the others."""
    frame = pd.DataFrame(rows)
    lines = [
        f"| method | {' | '.join(MEASURES)} | ours less it: AMI | ours less it: stability |",
        "|---|" + "---|" * (len(MEASURES) + 2),
    ]
    own = frame[frame["method"] == OURS].set_index("seed")
    for name, of in frame.groupby("method", sort=False):
        cells = []
        for measure in MEASURES:
            mean, low, high = mean_with_interval(of[measure])
            plain = measure in ("topics", "unassigned")
            cells.append(f"{mean:.2f}" if plain else f"{mean:.3f} ({low:.3f} to {high:.3f})")
        for measure in ("AMI", "stability"):
            less = (own[measure] - of.set_index("seed")[measure]).dropna()
            mean, low, high = mean_with_interval(less)
            cells.append("" if name == OURS else f"{mean:+.3f} ({low:+.3f} to {high:+.3f})")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return [*lines, ""]


def _draws(folder: Path) -> list[tuple[str, Material, int]]:
    comments = material(*nhs(folder))
    queries = material(*banking(folder))
    unseen = comments.part(np.flatnonzero([held_out(person) for person in comments.people]))
    return [
        ("nhs-150", comments, 150),
        ("nhs-500", comments, 500),
        ("nhs-500-held-out", unseen, 500),
        ("nhs-1300", comments, 1_300),
        ("banking-1300", queries, 1_300),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--turftopic", type=Path, help="python of an environment with turftopic")
    parser.add_argument("--only", nargs="*", help="sets to run")
    parser.add_argument("--kept", type=Path, default=Path("out/benchmark_topics.jsonl"))
    asked = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    methods: list[Method] = [ours, umap_kmeans, bertopic, nmf]
    if asked.turftopic:
        methods.append(Turftopic(asked.turftopic))
    asked.kept.parent.mkdir(parents=True, exist_ok=True)
    done = _read(asked.kept)
    for name, whole, number in _draws(asked.data):
        for seed in range(asked.seeds if not asked.only or name in asked.only else 0):
            rows = np.random.default_rng([number, seed]).permutation(len(whole.texts))[:number]
            drawn = whole.part(np.sort(rows))
            for position, method in enumerate(methods):
                if (name, seed, position) not in done:
                    _keep(asked.kept, name, seed, position, measured(method, drawn, seed))
    _write(_rows(asked.kept))


def _keep(
    path: Path, name: str, seed: int, position: int, told: dict[str, dict[str, float]]
) -> None:
    """Write a line at once: a run that is stopped goes on where it was."""
    with path.open("a", encoding="utf-8") as file:
        for method, values in told.items():
            row = {"set": name, "seed": seed, "position": position, "method": method, **values}
            file.write(json.dumps(row) + "\n")


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _read(path: Path) -> set[tuple[str, int, int]]:
    return {(row["set"], row["seed"], row["position"]) for row in _rows(path)}


def _write(rows: Sequence[dict[str, Any]]) -> None:
    lines = [
        "Means over draws with 95 % intervals; differences are of the same draws.",
        "",
    ]
    for name in dict.fromkeys(row["set"] for row in rows):
        own = sorted(
            (r for r in rows if r["set"] == name), key=lambda r: (r["position"], r["seed"])
        )
        seeds = len({row["seed"] for row in own})
        lines += [f"### {name}, {seeds} draws", "", *table(own)]
    command = "python -m benchmarks.topics ../shared/data --turftopic PYTHON"
    sections.write("Topics against human codes", command, lines)


if __name__ == "__main__":
    main()
