"""Consensus clustering against people's codes (METHOD.md §4: AMI .28, stability .60 at 500)."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from listening.embeddings import load_encoder
from listening.topics.consensus import consensus, number_of_topics

NHS = Path(__file__).parents[3] / "../shared/data/nhs_fft/nhs_fft_dev.csv"


def singly_coded(respondents: int) -> pd.DataFrame:
    """Return distinct comments with exactly one code, of randomly drawn respondents."""
    table = pd.read_csv(NHS, keep_default_na=False, dtype=str)
    codes = table.iloc[:, table.columns.get_loc("Not assigned") :]
    applied = codes.apply(pd.to_numeric, errors="coerce").fillna(0) == 1
    clear = (applied.sum(axis=1) == 1) & ~applied["Not assigned"]
    table = table[clear & ~applied["Labelling not possible"]].assign(code=applied.idxmax(axis=1))
    table = table[table["FFT answer"].str.len() > 8].drop_duplicates("FFT answer")
    people = np.random.default_rng(0).permutation(sorted(set(table["Respondent ID"])))
    return table[table["Respondent ID"].isin(people[:respondents])].head(500)


@pytest.mark.model
@pytest.mark.real_data
@pytest.mark.slow
def test_topics_agree_with_peoples_codes_and_with_themselves_on_other_people() -> None:
    if not NHS.is_file():
        pytest.skip("needs ../shared/data/nhs_fft/nhs_fft_dev.csv")
    table = singly_coded(450)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        vectors = load_encoder().encode(table["FFT answer"].tolist())
    respondents = table["Respondent ID"].to_numpy()

    def labels(rows: np.ndarray, seed: int) -> np.ndarray:
        numbers = np.unique(respondents[rows], return_inverse=True)[1]
        speakers = [[int(number)] for number in numbers]
        return consensus(vectors[rows], speakers, number_of_topics(len(rows)), 60, seed).labels

    everything = np.arange(len(table))
    assert adjusted_mutual_info_score(table["code"], labels(everything, 0)) > 0.22
    found = []
    for seed in (1, 2):
        people = np.random.default_rng(seed).permutation(np.unique(respondents))
        rows = np.flatnonzero(np.isin(respondents, people[: int(0.9 * len(people))]))
        found.append(pd.Series(labels(rows, seed), rows))
    both = pd.concat(found, axis=1, join="inner")
    assert adjusted_rand_score(both[0], both[1]) > 0.5
