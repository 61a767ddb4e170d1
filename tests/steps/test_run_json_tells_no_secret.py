"""`run.json` and all that lies beside it tell no secret of the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from listening import steps
from listening.steps import Work, kept_passages
from tests.steps.coded_town import book, lay_out
from tests.steps.town import RUN

OpenAt = Callable[[Path], Work]
SECRETS = {"vault_key": "gannetkey", "label_studio_password": "mandolinpass"}


def test_working_results_hold_no_secret(open_at: OpenAt, tmp_path: Path) -> None:
    work = open_at(tmp_path / "home")
    lay_out(work)
    asked = {"codebook": book(), "k": 1, "programme": "", "wave": "", "population": ""}
    work.store.note_run(RUN, parameters=asked | {"extend": False, "options": {}})
    work.settings = replace(work.settings, **SECRETS, database_url="sqlite://:kettlepass@x")
    steps.write_results(
        work, RUN, steps.prioritise(work, RUN), tmp_path / "out", kept_passages.files
    )
    written = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert "run.json" in written
    for name, content in written.items():
        for secret in ("gannetkey", "mandolinpass", "kettlepass"):
            assert secret.encode() not in content, name
