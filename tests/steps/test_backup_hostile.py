"""A backup is a file that somebody hands over: what it may not do."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.errors import ListeningError
from listening.settings import Settings
from listening.steps.backup import making, restoring
from listening.steps.backup.nouns import Manifest, belongs, hash_of, is_safe
from listening.steps.backup.unpacking import unpacked
from listening.store import Vault

DAY = date(2026, 7, 2)
WORDS = b"what lies in it " * 40


def handed(
    path: Path, files: dict[str, bytes], listed: dict[str, bytes] | None = None, mode: int = 0
) -> Path:
    """Write a backup by hand, with a list of contents that may say something else."""
    told = files if listed is None else listed
    members = {name: (len(content), hash_of(content)) for name, content in told.items()}
    manifest = Manifest("whole", "0.1.0", "2026-07-01T00:00:00+00:00", "sqlite", "none", members)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            one = zipfile.ZipInfo(name)
            one.external_attr, one.compress_type = mode << 16, zipfile.ZIP_DEFLATED
            packed.writestr(one, content)
        packed.writestr("manifest.json", manifest.plain())
    return path


def refused(file: Path, home: Path, why: str) -> None:
    with pytest.raises(ListeningError, match=why):
        restoring.restore(Settings(home=home), file, DAY)
    if home.is_dir():
        assert {one.name for one in home.iterdir()} <= {"serving", "working"}
    # beside the backup and the home there is nothing that got out
    assert {one.name for one in file.parent.iterdir()} <= {file.name, home.name}


@pytest.mark.parametrize(
    "name",
    [
        "home/../../escaped.txt",
        "/etc/escaped.txt",
        "home//escaped.txt",
        "home/./escaped.txt",
        "home\\..\\escaped.txt",
        "home/tab\tbed.txt",
        "escaped.txt",
        "elsewhere/escaped.txt",
        "home/signing.key",
        "home/.restoring",
        "home/serving/.lock",
        "home/before-1/vault/people.json",
        "home/programmes/x/vault/open/y/z.txt",
        "home/store.sqlite3-wal",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    refused(handed(tmp_path / "b.zip", {name: WORDS}), tmp_path / "fresh", "would lie where none")


def test_links_and_unlisted_and_doubled_files_are_refused(tmp_path: Path) -> None:
    home, file = tmp_path / "fresh", tmp_path / "b.zip"
    refused(handed(file, {"home/x": b"/etc/passwd"}, mode=0o120777), home, "a link")
    refused(handed(file, {"home/x": WORDS, "home/y": WORDS}, {"home/x": WORDS}), home, "lists")
    refused(handed(file, {"home/x": WORDS}, {"home/x": WORDS, "home/y": WORDS}), home, "lists")
    refused(handed(file, {"home/x": WORDS}, {"home/x": WORDS[::-1]}), home, "not the one that was")
    refused(handed(file, {"home/x": WORDS, "home/x/y": WORDS}), home, "a file and a folder")
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("home/x", WORDS)
        with pytest.warns(UserWarning, match="Duplicate"):
            packed.writestr("home/x", b"another")
    refused(file, home, "stands in it twice")


def test_what_unpacks_to_more_than_it_says_is_not_written(tmp_path: Path) -> None:
    file = handed(tmp_path / "b.zip", {"home/x": bytes(50_000_000)}, {"home/x": b"small"})
    assert file.stat().st_size < 100_000
    refused(file, tmp_path / "fresh", "another size")
    # and where the zip's own word of the size is changed to match
    content = file.read_bytes()
    size = (50_000_000).to_bytes(4, "little")
    assert size in content
    file.write_bytes(content.replace(size, (5).to_bytes(4, "little")))
    refused(file, tmp_path / "fresh", "is not whole")


def test_a_vast_one_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    file = handed(tmp_path / "b.zip", {"home/x": WORDS})
    with zipfile.ZipFile(file) as packed:
        told = json.loads(packed.read("manifest.json"))
    told["members"]["home/x"][0] = 10**18
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("home/x", WORDS)
        packed.writestr("manifest.json", json.dumps(told))
    refused(file, tmp_path / "fresh", "another size")


@pytest.mark.parametrize(
    "content",
    [b"", b"no zip at all", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)],
    ids=["empty", "text", "begun", "empty zip"],
)
def test_what_is_no_backup_is_said(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "b.zip"
    file.write_bytes(content)
    refused(file, tmp_path / "fresh", "no backup|list of contents")


@pytest.mark.parametrize("told", ["[]", "{}", '{"format": "x"}', "[" * 100_000, '{"format": 1}'])
def test_a_list_of_contents_that_is_none_is_said(tmp_path: Path, told: str) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as packed:
        packed.writestr("manifest.json", told)
    refused(tmp_path / "b.zip", tmp_path / "fresh", "list of contents cannot be read")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small backup of a home without a database."""
    home = tmp_path_factory.mktemp("small") / "home"
    Vault(home / "vault").write("people", {"f|A": "P00001"})
    (home / "programme.toml").write_bytes(WORDS)
    return making.back_up(Settings(home=home), home.parent / "b.zip").file.read_bytes()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("room")


@given(data=st.data())
def test_whatever_byte_is_changed_nothing_else_comes_out(
    whole: bytes, room: Path, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    spoilt = bytearray(whole)
    spoilt[at] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.sampled_from([len(whole), at]))
    (room / "b.zip").write_bytes(bytes(spoilt[:cut]))
    with suppress(ListeningError), unpacked(room / "b.zip") as backup:
        said = {name: b"".join(backup.pieces(name)) for name in backup.manifest.members}
        with zipfile.ZipFile(io.BytesIO(whole)) as packed:
            good = {name: packed.read(name) for name in packed.namelist()}
        assert set(said.values()) <= set(good.values())


@given(st.text(max_size=40))
def test_a_safe_name_stays_below_its_folder(name: str) -> None:
    if is_safe(name):
        assert PurePosixPath("/a/b").joinpath(name).is_relative_to("/a/b")
        assert ".." not in PurePosixPath(name).parts


def test_what_belongs_is_the_same_in_a_site_and_in_a_programme_of_it() -> None:
    for name in ("store.sqlite3", "vault/people.sealed", "results/a/report.html", "serving/.lock"):
        assert belongs(PurePosixPath(name)) == belongs(PurePosixPath("programmes/x") / name)
