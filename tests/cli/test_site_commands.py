"""`listening users` and `listening serve` as an operator meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.called import listening


def test_the_first_administrator_is_invited_and_everybody_is_listed(tmp_path: Path) -> None:
    nobody = listening(tmp_path, "users")
    assert (nobody.returncode, nobody.stdout) == (0, "")
    assert "Nobody has joined yet" in nobody.stderr
    words = ("users", "--invite", "wren@mill.example", "--programme", "Mill Town, spring")
    done = listening(tmp_path, *words, url="https://listening.example.org/")
    assert done.returncode == 0
    assert done.stdout.startswith("https://listening.example.org/invitation/")
    assert "wren@mill.example" in done.stderr
    assert json.loads(listening(tmp_path, "users", "--json").stdout) == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--invite", "wren"], 2, "--programme"),
        (["--invite", "wren", "--programme", "Mill Town"], 1, "not an e-mail address"),
        (["--invite", "w@m.example", "--programme", "M", "--role", "owner"], 1, "administrator"),
        (["--new-password", "wren@mill.example"], 1, "nobody's address"),
        (["--sign-out", "wren@mill.example"], 1, "nobody's address"),
        (["--forget-code", "wren@mill.example"], 1, "nobody's address"),
    ],
)
def test_a_mistake_ends_in_a_sentence(
    tmp_path: Path, words: list[str], code: int, said: str
) -> None:
    done = listening(tmp_path, "users", *words)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_serving_to_other_machines_needs_an_address(tmp_path: Path) -> None:
    done = listening(tmp_path, "serve", "--host", "0.0.0.0")  # noqa: S104
    assert done.returncode == 1
    assert "LISTENING_URL" in done.stderr


def test_a_command_of_one_programme_names_those_that_a_site_serves(tmp_path: Path) -> None:
    (tmp_path / "programmes" / "mill-town").mkdir(parents=True)
    done = listening(tmp_path, "coding", "status")
    assert done.returncode == 1
    assert "is the folder of a site" in done.stderr
    assert f"LISTENING_HOME={tmp_path}/programmes/mill-town" in " ".join(done.stderr.split())
