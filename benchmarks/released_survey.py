"""A real survey of 1,000 people, 200 of them read, as working results to be released and read.

The NHS comments of `../shared/data` with the codes that people gave them: the software reads them
in, draws the audit, sends it to a Label Studio in memory, where the codes of the data are ticked,
and ranks with the machine's guesses corrected.

`python -m benchmarks.released_survey DIR [--people 1000]`, then
`listening release DIR/out --out DIR/release --profile standard`
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.data import SHARED
from listening.steps import Work
from listening.steps.coding import pull, push
from listening.steps.selecting import select
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ticked

#: the program that stands beside this Python, wherever it was called from
PROGRAM = Path(sys.executable).with_name("listening")
CODER = "reader@example.org"
FIRST = "Not assigned"
NO_CODES = (FIRST, "Labelling not possible")
#: A code that fewer people of the survey raised is left out of the codebook.
FEWEST = 15


def survey(people: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the coded comments of so many respondents, and those of all others.

    Columns: person (empty of the others), question, answer, service, codes.
    """
    table = pd.read_csv(SHARED / "nhs_fft/nhs_fft_dev.csv", dtype=str, keep_default_na=False)
    names = [c for c in table.columns[table.columns.get_loc(FIRST) :] if c not in NO_CODES]
    kept = (table[list(NO_CODES)] == "").all(axis=1) & (table["FFT answer"].str.strip() != "")
    table = table[kept & (table[names] == "1.0").any(axis=1)]
    who = table["Trust"] + " " + table["Respondent ID"]
    drawn = pd.Series(sorted(set(who))).sample(people, random_state=0).tolist()
    number = {person: f"r{n:04}" for n, person in enumerate(drawn)}
    table = table.assign(person=who.map(number).fillna(""))
    said = pd.DataFrame(
        {
            "person": table["person"],
            "question": [" ".join(question.split()) for question in table["FFT question"]],
            "answer": table["FFT answer"],
            "service": table["Service type 1"],
            "codes": [[n for n in names if row[n] == "1.0"] for _, row in table.iterrows()],
        }
    ).reset_index(drop=True)
    return said[said["person"] != ""], said[said["person"] == ""]


def named(code: str) -> str:
    """Return a code's id."""
    return re.sub(r"[^a-z]+", "-", code.casefold())[:40].strip("-")


def book(said: pd.DataFrame, others: pd.DataFrame) -> str:
    """Return the codebook of codes that enough people raised; its examples are of other people."""
    pairs = said.explode("codes").drop_duplicates(["person", "codes"])
    counts = pairs["codes"].value_counts()
    codes = sorted(counts.index[counts >= FEWEST])
    head = '[codebook]\nid = "nhs"\nname = "What patients say"\nversion = "1.0"\nlanguage = "en"\n'
    return (
        head
        + 'source = "NHS England, Friends and Family Test, the framework of its coders."\n'
        + "".join(
            f'[[codes]]\nid = "{named(code)}"\nname = "{code}"\n'
            f'definition = "Comments about {code[0].lower()}{code[1:]}."\n'
            f"examples = {json.dumps(_examples(code, others))}\n"
            for code in codes
        )
    )


def _examples(code: str, others: pd.DataFrame) -> list[str]:
    own = others[[code in codes for codes in others["codes"]]]
    words = own["answer"].str.strip().drop_duplicates()
    return words[words.str.len().between(15, 200)].head(12).tolist()


def answered(server: FakeLabelStudio, said: pd.DataFrame, known: str) -> Iterator[int]:
    """Tick what the coders of the data found, task by task."""
    by_words = dict(zip(said["answer"], said["codes"], strict=True))
    for project in server.projects().values():
        for number, task in server.hold(project).items():
            words = str(task["data"].get("text", ""))
            found = by_words.get(words) or _nearest(words, by_words)
            codes = [named(code) for code in found if f'id = "{named(code)}"' in known]
            server.submit(number, CODER, ticked(*(codes or ["other"])))
            yield number


def _nearest(words: str, by_words: dict[str, Any]) -> list[str]:
    """Return the codes of the answer that these words are, after names were taken out."""
    near = difflib.get_close_matches(words, [w for w in by_words if w[:3] == words[:3]], 1, 0.5)
    return list(by_words[near[0]]) if near else []


def main(folder: Path, people: int) -> None:
    """Make DIR/out, the working results."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("LISTENING_HOME", str(folder / "home"))
    said, others = survey(people)
    said.drop(columns="codes").to_csv(folder / "survey.csv", index=False)
    known = book(said, others)
    (folder / "book.toml").write_text(known, encoding="utf-8")
    out = folder / "out"
    command = (
        f"{PROGRAM} run {folder}/survey.csv --out {out} --participant person --text answer "
        f"--question question --attribute service --codebook {folder}/book.toml "
        "--consent quotation --wave 2022"
    )
    if os.system(command):  # noqa: S605 - our own words
        raise SystemExit(1)
    _code(_workplace(), said, known)
    if os.system(f"{PROGRAM} report --out {out}"):  # noqa: S605
        raise SystemExit(1)


def _workplace() -> Work:
    from listening.cli import options

    return options.work()


def _code(work: Work, said: pd.DataFrame, known: str) -> None:
    run = work.store.run().run_id
    print(select(work, run, None, None, 0))
    server = FakeLabelStudio({1: CODER})
    print(push(work, run, known, server, [CODER]))
    print(sum(1 for _ in answered(server, said, known)), "tasks ticked")
    print(pull(work, server))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=1000)
    given = parser.parse_args()
    main(given.folder, given.people)
