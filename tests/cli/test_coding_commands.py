"""`listening select` and `listening saturation` on the command line: sentences and exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from listening.cli import app
from listening.cli import options as opt
from listening.steps import Work
from tests.steps.town import coded, lay_out

OpenAt = Callable[[Path], Work]


def test_a_batch_is_chosen_coded_and_judged(
    open_at: OpenAt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = open_at(tmp_path / "home")
    themes = lay_out(work, survey=12, each=1)
    monkeypatch.setattr(opt, "work", lambda *_: work)
    monkeypatch.setenv("LISTENING_HOME", str(tmp_path / "home"))
    run, to, log = CliRunner().invoke, str(tmp_path / "s.csv"), str(tmp_path / "log.csv")
    done = run(app, ["select", "--to", to])
    assert done.exit_code == 0
    assert done.stdout.startswith("Batch 1: 12 passages of 12 people for the audit, to be read")
    assert "Everybody in survey is in the audit" in done.stderr
    assert "12 passages chosen so far" in run(app, ["select", "--to", log, "--log"]).stdout
    coded(tmp_path / "c.csv", themes, pd.read_csv(to)["segment_id"])
    judge = ["saturation", "--codings", str(tmp_path / "c.csv"), "--to", str(tmp_path / "out")]
    said = run(app, judge).stdout
    assert "The audit is narrow enough? Yes: everybody has been read." in said
    assert "The suggestions no longer change? It cannot be said yet: " in said
    assert "Everybody has been read: there is nothing left to code." in said
    told = json.loads(run(app, [*judge, "--json"]).stdout)
    assert told["met"] is None
    assert (tmp_path / "out" / "saturation.html").is_file()
