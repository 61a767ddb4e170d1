"""A made-up surname and NHS number in a file of every format, and looked for everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from listening import steps
from listening.steps import Work
from tests.conftest import ROOT
from tests.steps.material import table
from tests.unit.sources.samples import samples

SURNAME, NUMBER = "Quenthorpe", "943 476 5919"
FORMATS = sorted(samples())
#: said of every format by itself, so that no talk is the same as another
HOUSE = (
    "lift", "door", "roof", "gate", "drain", "yard", "wall", "floor", "lamp", "path", "shed", "bin",
    "lock", "bell", "pipe", "tap", "vent", "fence", "sink", "bath", "oven", "step", "rail", "hall",
)  # fmt: skip


def talk(of: str) -> tuple[tuple[str, str], ...]:
    """Return a talk that says who speaks, and differs from that of every other format."""
    return (
        ("Interviewer", f"What would help you to thrive here, in the {of} part of town?"),
        ("Resident", f"My name is Mrs {SURNAME} and I have lived by the {of} market for years."),
        ("Interviewer", "And how is it with the doctors?"),
        ("Resident", f"My NHS number is {NUMBER}, they lost it twice at the {of} desk."),
        ("Resident", f"My son Kofi {SURNAME} cannot get a place at the {of} nursery either."),
        *(
            ("Resident", " ".join(f"The {of} {thing} is broken." for thing in of_house))
            for of_house in (HOUSE[:8], HOUSE[8:16], HOUSE[16:])
        ),
    )


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which every format was taken the whole way, with temp folders of its own."""
    at = tmp_path_factory.mktemp("canary")
    (at / "in").mkdir()
    for kind in FORMATS:
        word = kind.strip(".")
        (at / "in" / f"talk_{word}{kind}").write_bytes(samples(talk(word))[kind])
    done = listening(at, "run", at / "in", "--out", at / "out")
    assert done.returncode in (0, 1), done.stderr
    (at / "told.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    return at


def listening(at: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    for folder in ("tmp", "home"):
        (at / folder).mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "listening", *map(str, words)],
        cwd=at,
        env={**os.environ, "TMPDIR": str(at / "tmp"), "HOME": str(at / "home"),
             "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))},
        capture_output=True,
        text=True,
        timeout=600,
    )  # fmt: skip


def holding(at: Path, needle: str, *but: str) -> list[str]:
    """Name the files below a folder that hold the needle, in any case, in either Unicode form."""
    kept = [path for path in at.rglob("*") if path.is_file()]
    kept = [path for path in kept if not any(path.is_relative_to(at / folder) for folder in but)]
    assert len(kept) >= 12
    forms = [needle.lower().encode(), needle.lower().encode("utf-16-le")]
    return [
        str(path.relative_to(at))
        for path in kept
        if any(form in path.read_bytes().lower() for form in forms)
    ]


def test_every_format_was_read(heard: Path) -> None:
    said = " ".join(row["text"] for row in table(heard / "out" / "segments.csv"))
    for kind in FORMATS:
        assert f"by the {kind.strip('.')} market" in said, kind


@pytest.mark.parametrize("needle", [SURNAME, NUMBER, NUMBER.replace(" ", "")])
def test_it_is_nowhere_outside_the_vault(heard: Path, needle: str) -> None:
    assert holding(heard, needle, "in", "out/var/vault") == []


def test_after_withdrawal_it_is_not_in_the_vault_either(
    heard: Path, open_at: Callable[[Path], Work]
) -> None:
    assert holding(heard, SURNAME, "in") != []
    first, *others = sorted(row["participant_id"] for row in table(heard / "out/participants.csv"))
    done = listening(heard, "withdraw", first, "--out", heard / "out", "--yes")
    assert done.returncode == 0, done.stderr
    (heard / "told again.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    work = open_at(heard / "out" / "var")
    for person in others:
        steps.withdraw(work, person)
    work.store.close()
    assert holding(heard, SURNAME, "in") == []
    assert holding(heard, NUMBER, "in") == []
