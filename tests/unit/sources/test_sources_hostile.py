"""Hundreds of damaged and hostile files: each is read, or refused in a sentence, and in time.

Every family runs in a process of its own, for what ends a process cannot be caught within it.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.unit.sources.hostile import FAMILIES
from tests.unit.sources.samples import SECRET

pytestmark = pytest.mark.slow
_ROOT = Path(__file__).parents[3]
_SECONDS, _PEAK_MB = 30, 1_000
#: Of address space, so that what would take the machine's memory ends the child alone.
_MEMORY = 4_000_000_000


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


@cache
def _came_of(family: str) -> tuple[dict[str, Any], ...]:
    path = os.pathsep.join([str(_ROOT / "src"), str(_ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.sources.hostile", family],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        preexec_fn=_limit,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    ended = [line for line in lines if "end" in line]
    last = lines[-1].get("begin", "") if lines else "the first"
    assert done.returncode == 0, f"ended at {last}: {done.stderr[-2000:]}"
    assert "Traceback" not in done.stderr
    return tuple(ended)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_hostile_file_is_read_or_refused_in_a_sentence(family: str) -> None:
    came = _came_of(family)
    assert [line for line in came if "crash" in line] == []
    for line in came:
        assert line.get("told") or line.get("refused"), line
        for sentence in line.get("refused", []):
            assert sentence.rstrip().endswith((".", ")", "”")), sentence
            assert ": " in sentence
            assert "Error" not in sentence


@pytest.mark.parametrize("family", FAMILIES)
def test_no_hostile_file_takes_long_or_much_memory(family: str) -> None:
    slow = [line for line in _came_of(family) if line["seconds"] > _SECONDS]
    assert slow == []
    assert max(line["peak_mb"] for line in _came_of(family)) < _PEAK_MB


def test_no_refusal_quotes_what_somebody_said() -> None:
    told = [
        sentence
        for family in FAMILIES
        for line in _came_of(family)
        for sentence in (*line.get("refused", []), *line.get("told", []))
    ]
    assert [sentence for sentence in told if SECRET in sentence] == []


def test_there_are_hundreds_of_hostile_files() -> None:
    assert sum(len(_came_of(family)) for family in FAMILIES) >= 500
