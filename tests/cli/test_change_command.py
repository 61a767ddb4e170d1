"""`listening change` as a person meets it: folders in, three files out, sentences for mistakes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
from typer.testing import CliRunner, Result

from listening.cli.app import app
from listening.errors import ListeningError

BOOK = """\
[codebook]
id = "town"
name = "Town"
version = "{version}"
language = "en"
source = "Made up"

[[codes]]
id = "housing"
name = "Housing"
definition = "The home itself."
examples = ["damp"]

[[codes]]
id = "money"
name = "Money"
definition = "Enough to live on."
examples = ["rent"]
"""


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def results(folder: Path, wave: str, housing: int, of: int = 60, **more: Any) -> Path:
    """Write the working results of a survey, as far as a comparison reads them."""
    folder.mkdir()
    told = {"status": "reviewed", "wave": wave, "codebook_version": "town 1.0", **more}
    told |= {"people": of, "correction": {}}
    names = [{"id": one.lower(), "name": one, "of": of} for one in ("Housing", "Money")]
    (folder / "priorities.json").write_text(json.dumps({**told, "priorities": names}), "utf-8")
    people = pd.DataFrame({"participant_id": [f"p{n}" for n in range(of)]})
    people.assign(source_kind="survey", people=1, cluster="").to_csv(
        folder / "participants.csv", index=False
    )
    people.assign(code=["housing" if n < housing else "" for n in range(of)]).to_csv(
        folder / "raised.csv", index=False
    )
    (folder / "codebook.toml").write_text(BOOK.format(version="1.0"), "utf-8")
    return folder


def test_two_waves_give_a_table_a_document_and_a_page(tmp_path: Path) -> None:
    spring = results(tmp_path / "a", "Spring", 10)
    autumn = results(tmp_path / "b", "Autumn", 40)
    done = run("change", spring, autumn, "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert "2 themes compared, 0 left out" in done.stdout
    table = pd.read_csv(tmp_path / "out" / "change.csv")
    assert table["id"].tolist() == ["housing", "money"]
    assert table["verdict"].tolist() == ["more", "none_shown"]
    assert table["difference"].tolist() == [0.5, 0.0]
    told = json.loads((tmp_path / "out" / "change.json").read_text("utf-8"))
    assert (told["status"], told["waves"]) == ("reviewed", ["Spring", "Autumn"])
    page = (tmp_path / "out" / "change.html").read_text("utf-8")
    assert "More people raise it: Housing (+50 points" in page
    assert "<script" not in page


def test_the_same_waves_give_the_same_bytes(tmp_path: Path) -> None:
    folders = [results(tmp_path / name, name, n) for name, n in (("a", 10), ("b", 14), ("c", 20))]
    for out in ("one", "two"):
        assert run("change", *folders, "--out", tmp_path / out).exit_code == 0
    for name in ("change.csv", "change.json", "change.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_waves_of_one_name_are_told_apart_by_their_order(tmp_path: Path) -> None:
    folders = [results(tmp_path / name, "", 9) for name in ("a", "b")]
    again = [results(tmp_path / name, "May", 9) for name in ("c", "d")]
    run("change", *folders, "--out", tmp_path / "out")
    run("change", *again, "--out", tmp_path / "more")
    told = [json.loads((tmp_path / out / "change.json").read_text("utf-8"))["waves"]
            for out in ("out", "more")]  # fmt: skip
    assert told == [["a", "b"], ["May (1)", "May (2)"]]


def test_people_who_answer_again_are_drawn_together_where_that_is_said(tmp_path: Path) -> None:
    folders = [results(tmp_path / name, name, 20) for name in ("a", "b")]
    run("change", *folders, "--out", tmp_path / "apart")
    run("change", *folders, "--same-people", "--out", tmp_path / "paired")
    low = {out: pd.read_csv(tmp_path / out / "change.csv")["low"][0] for out in ("apart", "paired")}
    assert low["apart"] < -0.1
    assert low["paired"] == 0


def test_a_provisional_wave_is_said_first_and_never_compared_with_a_reviewed_one(
    tmp_path: Path,
) -> None:
    folders = [
        results(tmp_path / "a", "a", 9, status="provisional"),
        results(tmp_path / "b", "b", 9),
    ]
    done = run("change", *folders, "--out", tmp_path / "out")
    assert done.stdout.startswith("PROVISIONAL")
    assert "0 themes compared, 2 left out" in done.stdout


def test_one_folder_is_wrong_use(tmp_path: Path) -> None:
    done = run("change", results(tmp_path / "a", "a", 9), "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_a_folder_without_results_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run(
        "change", results(tmp_path / "a", "a", 9), tmp_path / "empty", "--out", tmp_path / "o"
    )
    assert isinstance(done.exception, ListeningError)
    assert "empty/priorities.json" in str(done.exception)
    assert "listening report" in str(done.exception)


def test_a_table_of_participants_that_is_none_is_refused(tmp_path: Path) -> None:
    first, second = results(tmp_path / "a", "a", 9), results(tmp_path / "b", "b", 9)
    (second / "participants.csv").write_text(
        "participant_id,source_kind,people,cluster\np0,survey,many,\n", "utf-8"
    )
    done = run("change", first, second, "--out", tmp_path / "o")
    assert "b/participants.csv" in str(done.exception)
