"""Secrets of the settings stand in nothing that is shown, written down or logged."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from listening import settings as read_settings
from listening.errors import Fault
from listening.settings import Settings
from tests.conftest import ROOT

KEY = "c2VjcmV0LWtleS10aGF0LW5vYm9keS1wcmludHMtMDE="
SECRETS = {
    "LISTENING_VAULT_KEY": KEY,
    "LISTENING_DATABASE_URL": "postgresql://listening:gannetpass@127.0.0.1:1/none",
    "LISTENING_LABEL_STUDIO_PASSWORD": "mandolinpass",
    "LISTENING_METRICS_TOKEN": "cuttlefishpass",
    "LISTENING_PREFECT_DATABASE_URL": "postgresql://prefect:dunnockpass@127.0.0.1:1/none",
}
NEVER = (KEY, "gannetpass", "mandolinpass", "cuttlefishpass", "dunnockpass")
#: words in the name of a setting that make it a secret
SECRET_WORDS = ("key", "password", "token", "secret", "database_url")


def shows(text: str) -> list[str]:
    return [one for one in NEVER if one in text]


def test_every_setting_that_sounds_like_a_secret_is_left_out_of_what_is_shown() -> None:
    sounding = {f.name for f in fields(Settings) if any(w in f.name for w in SECRET_WORDS)}
    assert {f"LISTENING_{one.upper()}" for one in sounding} == set(SECRETS)
    assert sounding == {f.name for f in fields(Settings) if not f.repr}
    told = read_settings.read(SECRETS, Path("/nowhere"))
    assert told.vault_key == KEY
    assert not shows(f"{told!r} {told} {[told]} {vars}")


def test_a_fault_tells_nothing_of_what_it_was_about(caplog: pytest.LogCaptureFixture) -> None:
    told = read_settings.read(SECRETS, Path("/nowhere"))
    try:
        raise RuntimeError(told.vault_key, told.database_url)
    except RuntimeError as error:
        logging.getLogger("listening").error("%s", Fault.of(error))
    assert "RuntimeError" in caplog.text
    assert not shows(caplog.text)


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["serve", "--help"],
        ["users"],  # nobody answers at the database
        ["search", "damp"],
        ["backup", "made.zip"],
        ["restore", "nothing.zip"],
        ["coding", "status"],
    ],
)
def test_no_command_prints_a_secret(words: list[str], tmp_path: Path) -> None:
    told = {**os.environ, **SECRETS, "LISTENING_HOME": str(tmp_path / "var")}
    done = subprocess.run(
        [sys.executable, "-m", "listening", *words],
        cwd=tmp_path, env=told | {"PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True,
        timeout=120,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert not shows(done.stdout + done.stderr)


def test_what_is_written_beside_results_holds_no_secret(tmp_path: Path) -> None:
    answers = "id,text\n" + "\n".join(f"{n},Damp in the flat number {n}" for n in range(12))
    (tmp_path / "answers.csv").write_text(answers, encoding="utf-8")
    told = {**os.environ, "LISTENING_VAULT_KEY": KEY, "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    told |= {"LISTENING_LABEL_STUDIO_PASSWORD": "mandolinpass"}
    line = [sys.executable, "-m", "listening", "pseudonymise", "answers.csv", "--out", "out"]
    done = subprocess.run(
        line, cwd=tmp_path, env=told | {"PYTHONPATH": str(ROOT / "src")}, capture_output=True,
        text=True, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in written if path.suffix == ".csv"]
    assert not [path for path in written if shows(path.read_bytes().decode("latin-1"))]
    assert not shows(done.stdout + done.stderr)
