"""Statements in German and English the whole way with the encoder for many languages."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.test_commands import listening
from tests.conftest import ROOT, SHARED
from tests.steps.material import table

MODEL = SHARED / "models" / "multilingual-e5-small"
CODEBOOK = ROOT / "annotations" / "codebooks" / "north_westminster_six.toml"
EACH = 180

pytestmark = [pytest.mark.model, pytest.mark.real_data, pytest.mark.slow]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working results of two public conversations and one answer of a single word."""
    if not MODEL.is_dir() or not (SHARED / "data" / "polis").is_dir():
        pytest.skip(f"needs {MODEL.name} and polis beside the repository, in ../shared")
    home = tmp_path_factory.mktemp("languages")
    given = home / "in"
    given.mkdir()
    for place in ("austria", "american"):
        (file,) = (SHARED / "data" / "polis").glob(f"{place}*/comments.csv")
        said = pd.read_csv(file, dtype=str, keep_default_na=False)
        said = said[said["moderated"] != "-1"].sample(EACH, random_state=1)
        said[["author-id", "comment-body"]].to_csv(given / f"{place}.csv", index=False)
    (given / "word.csv").write_text("answer\nFahrrad\n", encoding="utf-8")
    done = listening(
        "run", given, "--out", home / "out", "--encoder", MODEL, "--codebook", CODEBOOK
    )
    assert done.returncode == 0, done.stderr
    return home / "out"


def test_topics_hold_what_is_said_in_both_languages(out: Path) -> None:
    rows = [row for row in table(out / "segments.csv") if int(row["topic_id"]) >= 0]
    spoken = Counter((row["topic_id"], row["language"]) for row in rows)
    mixed = {topic for topic, _ in spoken if min(spoken[topic, "de"], spoken[topic, "en"]) >= 5}
    assert len(mixed) >= 3


def test_codes_are_suggested_for_both_languages(out: Path) -> None:
    spoken = {row["segment_id"]: row["language"] for row in table(out / "segments.csv")}
    coded = Counter(spoken[row["segment_id"]] for row in table(out / "codings.csv"))
    assert min(coded["de"], coded["en"]) >= 10


def test_the_language_of_a_single_word_is_unsure(out: Path) -> None:
    (row,) = (row for row in table(out / "segments.csv") if row["text"] == "Fahrrad")
    assert row["language"] == "unsure"


def test_the_run_names_its_encoder(out: Path) -> None:
    assert json.loads((out / "run.json").read_bytes())["encoder"].startswith(MODEL.name)
