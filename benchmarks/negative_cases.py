"""Direction against what people coded: complaint and praise within one code.

Comments of NHS patients carry codes and a sentiment from 1 (praise) to 5 (complaint), given by
people. Within each code with at least 20 comments of complaint (4 or 5) and 20 of praise (1 or 2),
the area under the curve says how often a comment of praise lies further towards *well* than one of
complaint. Intervals are of 1,000 redraws of respondents. Then each code is taken for a theme, and
`contrary` chooses what may contradict it: how many of the chosen have a sentiment on the other side
of the theme's own, beside how many of the code's comments have. Neither the sentences nor any bar
was chosen by these figures.

`python -m benchmarks.negative_cases ../shared/data`
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks import sections

FEWEST = 20
REDRAWS = 1_000
NO_CODE = ("Not assigned", "Labelling not possible")
PRAISE, COMPLAINT = 2, 4

Array = NDArray[Any]


def comments(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return comments with a sentiment (text, person, sentiment), and which codes each carries."""
    table = pd.read_csv(folder / "nhs_fft/nhs_fft_dev.csv", dtype=str, keep_default_na=False)
    start = list(table.columns).index("Not assigned")
    codes = table.iloc[:, start:] == "1.0"
    sentiment = pd.to_numeric(table["Comment sentiment"], errors="coerce")
    rows = (table["FFT answer"].str.strip() != "") & sentiment.between(1, 5)
    own = pd.DataFrame(
        {
            "text": table.loc[rows, "FFT answer"],
            "person": table.loc[rows, "Respondent ID"],
            "sentiment": sentiment[rows],
        }
    ).reset_index(drop=True)
    kept = codes[rows].drop(columns=list(NO_CODE)).reset_index(drop=True)
    return own, kept


def area(place: Array, praise: Array) -> float:
    """Return the area under the curve: how often praise lies above complaint."""
    from scipy.stats import rankdata

    above = int(praise.sum())
    below = len(praise) - above
    ranks = rankdata(place)[praise].sum() - above * (above + 1) / 2
    return float(ranks / (above * below))


def interval(place: Array, praise: Array, people: Array, seed: int) -> tuple[float, float]:
    """Return the 95 % interval of the area over redraws of respondents."""
    random = np.random.default_rng(seed)
    names, which = np.unique(people, return_inverse=True)
    rows = [np.flatnonzero(which == one) for one in range(len(names))]
    drawn = []
    for _ in range(REDRAWS):
        some = np.concatenate([rows[one] for one in random.integers(0, len(rows), len(rows))])
        if 0 < praise[some].sum() < len(some):
            drawn.append(area(place[some], praise[some]))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)


def segments_of(own: pd.DataFrame) -> pd.DataFrame:
    """Return comments in the columns that `contrary` reads."""
    ids = [f"c{number}" for number in range(len(own))]
    return pd.DataFrame(
        {
            "segment_id": ids,
            "participant_id": own["person"],
            "text": own["text"],
            "text_key": own["text"],
            "nil": False,
        }
    )


def chosen(
    own: pd.DataFrame, carries: pd.DataFrame, vectors: Array, way: Any
) -> dict[str, tuple[int, int, float]]:
    """Return by code: how many were chosen, how many of them contradict, and the share of all."""
    from listening.reading import contrary

    segments = segments_of(own)
    rows, columns = np.nonzero(carries.to_numpy())
    evidence = pd.DataFrame(
        {
            "segment_id": segments["segment_id"].to_numpy()[rows],
            "code": carries.columns.to_numpy()[columns],
        }
    )
    nobody = np.zeros(len(own), dtype=bool)
    told = contrary(segments, vectors, evidence, evidence, nobody, way)
    told = told.merge(
        pd.DataFrame({"segment_id": segments["segment_id"], "sentiment": own["sentiment"]})
    )
    found = {}
    for code in carries.columns:
        sentiment = own.loc[carries[code], "sentiment"]
        complains = (sentiment >= COMPLAINT).sum() > (sentiment <= PRAISE).sum()
        picked = told.loc[told["code"] == code, "sentiment"]
        found[str(code)] = (
            len(picked),
            int(_other(picked, complains).sum()),
            float(_other(sentiment, complains).mean()),
        )
    return found


def _other(sentiment: pd.Series[float], complains: bool) -> pd.Series[bool]:
    return sentiment <= PRAISE if complains else sentiment >= COMPLAINT


def lines_of(own: pd.DataFrame, carries: pd.DataFrame, vectors: Array, way: Any) -> list[str]:
    """Return the section's Markdown."""
    sentiment = own["sentiment"].to_numpy()
    picks = chosen(own, carries, vectors, way)
    place = way.of(vectors)
    lines = [
        "| code | complaint | praise | area (95 % interval) | on the other side, of those chosen "
        "| on the other side, of all |",
        "|---|---|---|---|---|---|",
    ]
    areas, right, of = [], 0, 0
    for code in carries.columns:
        rows = carries[code].to_numpy()
        complaint, praise = rows & (sentiment >= COMPLAINT), rows & (sentiment <= PRAISE)
        if min(complaint.sum(), praise.sum()) < FEWEST:
            continue
        either = complaint | praise
        people = own["person"].to_numpy()[either]
        found = area(place[either], praise[either])
        low, high = interval(place[either], praise[either], people, seed=len(areas))
        many, other, share = picks[str(code)]
        areas.append(found)
        right, of = right + other, of + many
        lines.append(
            f"| {code} | {complaint.sum()} | {praise.sum()} | {found:.2f} ({low:.2f} to {high:.2f})"
            f" | {other} of {many} | {share:.0%} |"
        )
    told = (
        f"{len(areas)} codes: area from {min(areas):.2f} to {max(areas):.2f}, mean "
        f"{np.mean(areas):.2f}. Of {of} comments chosen as what may contradict a code, {right} "
        "have the other sentiment."
    )
    return [told, "", *lines]


def vectors_of(texts: Sequence[str]) -> Array:
    """Embed texts with the bundled model, as the product does."""
    from listening.embeddings import embed, load_encoder, stack

    made = embed({text: text for text in texts}, load_encoder(None), {})
    return stack([made.vectors[text] for text in texts])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    asked = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    from listening.reading import direction, sentences

    own, carries = comments(asked.data)
    ill, well = zip(*sentences(), strict=True)
    both = vectors_of([*own["text"], *ill, *well])
    vectors, opposite = both[: len(own)], both[len(own) :]
    way = direction(opposite[: len(ill)], opposite[len(ill) :])
    command = "python -m benchmarks.negative_cases ../shared/data"
    sections.write("Negative cases", command, lines_of(own, carries, vectors, way))


if __name__ == "__main__":
    main()
