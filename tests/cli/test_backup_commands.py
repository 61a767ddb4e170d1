"""`listening backup` and `listening restore` as an operator meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from listening.store import Vault
from listening.store.vault import new_key
from tests.cli.called import listening


@pytest.fixture
def key() -> str:
    return new_key()


@pytest.fixture
def home(tmp_path: Path, key: str) -> Path:
    """A site with one programme, whose vault is encrypted."""
    words = ("users", "--invite", "wren@mill.example", "--programme", "Mill Town", "--json")
    assert listening(tmp_path / "home", *words, key=key).returncode == 0
    programme = tmp_path / "home" / "programmes" / "mill-town"
    Vault(programme / "vault", key).write("people", {"f|Wren": "P00001"})
    Vault(programme / "vault", key).write("withdrawn", {})
    return tmp_path / "home"


def test_a_site_goes_into_one_file_and_comes_back_elsewhere(
    home: Path, tmp_path: Path, key: str
) -> None:
    file = tmp_path / "b.zip"
    made = listening(home, "backup", str(file), key=key)
    assert made.returncode == 0, made.stderr
    assert "1 programme" in made.stdout
    assert "Keep LISTENING_VAULT_KEY in another place" in " ".join(made.stderr.split())
    assert key.encode() not in file.read_bytes()
    fresh = tmp_path / "fresh"
    looked = listening(fresh, "restore", str(file), "--check", key=key)
    assert (looked.returncode, "is whole" in looked.stdout) == (0, True), looked.stderr
    assert not fresh.exists()
    done = listening(fresh, "restore", str(file))
    assert done.returncode == 0, done.stderr
    assert "set LISTENING_VAULT_KEY" in done.stderr
    assert "Nothing here says who withdrew" in done.stderr
    vault = Vault(fresh / "programmes" / "mill-town" / "vault", key)
    assert vault.read("people") == {"f|Wren": "P00001"}
    asked = ("users", "--invite", "ada@mill.example", "--programme", "Mill Town", "--json")
    assert listening(fresh, *asked, key=key).returncode == 0


def test_machines_are_told_in_json(home: Path, tmp_path: Path, key: str) -> None:
    made = listening(home, "backup", str(tmp_path / "b.zip"), "--json", key=key)
    told = json.loads(made.stdout)
    assert (told["kind"], told["vault"], told["programmes"]) == ("whole", "sealed", ["mill-town"])
    listed = listening(home, "backup", str(tmp_path / "w.zip"), "--withdrawals", "--json", key=key)
    assert json.loads(listed.stdout)["kind"] == "withdrawals"
    words = ("restore", str(tmp_path / "b.zip"), "--withdrawals", str(tmp_path / "w.zip"), "--json")
    done = json.loads(listening(tmp_path / "fresh", *words, key=key).stdout)
    assert (done["before"], done["withdrawn"]) == ("", [])


def test_mistakes_end_in_a_sentence(home: Path, tmp_path: Path, key: str) -> None:
    file = tmp_path / "b.zip"
    assert listening(home, "backup", str(file), key=key).returncode == 0
    for words, said in (
        (("backup", str(file)), "is there already"),
        (("backup", str(home / "b.zip")), "lies in LISTENING_HOME"),
        (("restore", str(file)), "holds something already"),
        (("restore", str(tmp_path / "none.zip")), "is not there"),
        (("restore", str(home / "accounts.sqlite3")), "is no backup"),
    ):
        done = listening(home, *words, key=key)
        assert done.returncode == 1
        assert said in " ".join(done.stderr.split())
        assert "Traceback" not in done.stderr
