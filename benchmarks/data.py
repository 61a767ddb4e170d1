"""Real short answers for timing, from `../shared/data` (never part of the repository)."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

SHARED = Path(__file__).parents[2] / "shared" / "data"


def short_answers(count: int, seed: int = 0) -> pd.DataFrame:
    """Return `count` rows of id, answer: NHS comments first, customers' queries after them."""
    if not SHARED.is_dir():
        sys.exit("The benchmarks need the real data in ../shared/data; see CONTRIBUTING.md.")
    nhs = pd.read_csv(SHARED / "nhs_fft/nhs_fft_dev.csv", dtype=str, keep_default_na=False)
    banking = pd.read_csv(SHARED / "banking77/train.csv", dtype=str, keep_default_na=False)
    texts = pd.concat([nhs["FFT answer"], banking["text"]], ignore_index=True)
    texts = texts[texts.str.strip() != ""].drop_duplicates()
    nhs_only = texts[texts.isin(nhs["FFT answer"])]
    pool = nhs_only if count <= len(nhs_only) else texts
    drawn = pool.sample(count, random_state=seed).reset_index(drop=True)
    return pd.DataFrame({"id": [f"r{n}" for n in range(count)], "answer": drawn})
