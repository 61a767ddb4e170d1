"""The vault: who is who, apart from everything else."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listening.errors import ListeningError
from listening.store import Vault, new_key

BOOK = {"descriptors": {"person|oriel quince": "[woman's name 1]"}}


@pytest.fixture(params=["plain", "sealed"])
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault", new_key() if request.param == "sealed" else "")


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_opening_a_vault_makes_and_reads_nothing(tmp_path: Path) -> None:
    assert not Vault(tmp_path / "vault", "not even a key").folder.exists()


def test_a_book_comes_back_as_it_was_written(vault: Vault) -> None:
    vault.write("descriptors", BOOK)
    assert vault.read("descriptors") == BOOK
    vault.write("descriptors", {})
    assert vault.read("descriptors") == {}


def test_a_book_never_written_is_empty(vault: Vault) -> None:
    assert vault.read("people") == {}


def test_a_book_of_a_run_lies_in_its_own_folder(vault: Vault) -> None:
    vault.write("runs/ab12", {"paths": ["interviews/oriel quince.docx"]})
    vault.write("runs/cd34", {})
    assert vault.read("runs/ab12") == {"paths": ["interviews/oriel quince.docx"]}


def test_names_that_are_no_text_are_kept(vault: Vault) -> None:
    odd = b"caf\xe9.docx".decode("utf-8", "surrogateescape")
    vault.write("runs/ab12", {"paths": [odd, "🪁", "مقابلة"]})
    assert vault.read("runs/ab12") == {"paths": [odd, "🪁", "مقابلة"]}


def test_an_id_once_issued_stays(vault: Vault) -> None:
    first = vault.issue(["file|ann", "file|bob"])
    assert first == {"file|ann": "P00001", "file|bob": "P00002"}
    again = Vault(vault.folder, vault._key).issue(["file|cy", "file|bob", "file|cy", "file|ann"])
    assert again == {**first, "file|cy": "P00003"}
    assert vault.issue([]) == {}


@settings(max_examples=25)
@given(batches=st.lists(st.lists(st.text(max_size=5), max_size=5), max_size=4))
def test_no_two_people_share_an_id(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[str]]
) -> None:
    vault = Vault(tmp_path_factory.mktemp("vault"))
    issued: dict[str, str] = {}
    for batch in batches:
        now = vault.issue(batch)
        assert set(now) == set(batch)
        assert {key: issued[key] for key in now if key in issued}.items() <= now.items()
        issued |= now
    assert len(set(issued.values())) == len(issued)


def test_two_commands_at_once_give_no_id_twice(tmp_path: Path) -> None:
    def command(name: str) -> None:
        for n in range(20):
            Vault(tmp_path).issue([f"{name}{n}"])

    at_once = [threading.Thread(target=command, args=(name,)) for name in "abc"]
    for thread in at_once:
        thread.start()
    for thread in at_once:
        thread.join()
    people = Vault(tmp_path).read("people")
    assert len(people) == len(set(people.values())) == 60


def test_a_sealed_book_holds_no_plain_name(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault", new_key())
    assert vault.encrypted
    vault.write("descriptors", BOOK)
    vault.issue(["interviews|Oriel Quince"])
    content = b"".join(path.read_bytes() for path in files(vault.folder)).lower()
    assert content
    assert b"oriel" not in content
    assert b"quince" not in content


def test_another_key_is_said_in_a_sentence(tmp_path: Path) -> None:
    Vault(tmp_path, new_key()).write("people", BOOK)
    with pytest.raises(ListeningError, match="written under another key") as caught:
        Vault(tmp_path, new_key()).read("people")
    assert "oriel" not in str(caught.value)


def test_a_key_that_is_none_is_said_in_a_sentence_and_writes_nothing(tmp_path: Path) -> None:
    for key in ("short", "x" * 44, "ключ"):
        with pytest.raises(ListeningError, match="listening vault-key"):
            Vault(tmp_path / "vault", key).write("people", BOOK)
    assert files(tmp_path) == []


def test_without_its_key_a_sealed_vault_is_neither_read_nor_written(tmp_path: Path) -> None:
    key = new_key()
    Vault(tmp_path, key).issue(["ann"])
    bare = Vault(tmp_path)
    for refused in (lambda: bare.read("people"), lambda: bare.issue(["bob"])):
        with pytest.raises(ListeningError, match="no key is set"):
            refused()
    with pytest.raises(ListeningError, match="no key is set"):
        bare.write("people", {})
    assert Vault(tmp_path, key).issue(["ann"]) == {"ann": "P00001"}


def test_a_key_set_later_keeps_the_ids_and_seals_every_book(tmp_path: Path) -> None:
    plain = Vault(tmp_path)
    plain.write("runs/ab12", {"paths": ["oriel quince.docx"]})
    before = plain.issue(["oriel"])
    sealed = Vault(tmp_path, new_key())
    assert sealed.issue(["oriel", "bob"]) == {**before, "bob": "P00002"}
    assert sealed.read("runs/ab12") == {"paths": ["oriel quince.docx"]}
    assert not list(tmp_path.rglob("*.json"))
    assert b"oriel" not in b"".join(path.read_bytes() for path in files(tmp_path))


def test_a_plain_book_left_beside_its_sealed_one_is_older_and_goes(tmp_path: Path) -> None:
    sealed = Vault(tmp_path, new_key())
    sealed.write("people", {"ann": "P00001"})
    (tmp_path / "people.json").write_text('{"ann": "P00009"}')
    assert sealed.read("people") == {"ann": "P00001"}
    sealed.write("descriptors", {})
    assert not (tmp_path / "people.json").exists()
    assert sealed.read("people") == {"ann": "P00001"}


def test_a_kill_while_writing_leaves_the_old_book(vault: Vault) -> None:
    vault.write("people", {"ann": "P00001"})
    (vault.folder / "people.new").write_bytes(b'{"ann": "P0')
    assert vault.read("people") == {"ann": "P00001"}
    assert vault.issue(["ann", "bob"]) == {"ann": "P00001", "bob": "P00002"}
    assert not list(vault.folder.glob("*.new"))


def test_files_and_folders_are_their_owners_alone(vault: Vault) -> None:
    vault.folder.mkdir(mode=0o755)
    vault.write("runs/ab12", BOOK)
    vault.issue(["ann"])
    books = [path for path in files(vault.folder) if path.suffix in (".json", ".sealed")]
    assert len(books) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in books} == {0o600}
    folders = [vault.folder, vault.folder / "runs"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}


def test_a_file_is_kept_whole_and_erased_with_its_book(vault: Vault) -> None:
    vault.keep_file("uploads/one", bytes(range(256)))
    vault.write("uploads/one", {"name": "talk.docx"})
    vault.keep_file("uploads/two", b"")
    assert vault.file("uploads/one") == bytes(range(256))
    assert vault.books("uploads") == ["uploads/one"]

    vault.erase_file("uploads/one")
    assert vault.read("uploads/one") == {"name": "talk.docx"}
    vault.erase("uploads/one")

    assert vault.read("uploads/one") == {}
    assert vault.books("uploads") == []
    assert vault.file("uploads/two") == b""
    with pytest.raises(ListeningError, match="Send it again"):
        vault.file("uploads/one")


def test_a_file_from_before_the_key_is_sealed_by_the_next_one(tmp_path: Path) -> None:
    plain = Vault(tmp_path / "vault")
    plain.keep_file("uploads/old", b"Oriel lives here")
    sealed = Vault(tmp_path / "vault", new_key())
    sealed.keep_file("uploads/new", b"and so does Quince")
    for path in (tmp_path / "vault").rglob("*"):
        assert path.is_dir() or not {b"Oriel", b"Quince"} & set(path.read_bytes().split())
    assert sealed.file("uploads/old") == b"Oriel lives here"
    with pytest.raises(ListeningError, match="no key is set"):
        plain.file("uploads/old")
    with pytest.raises(ListeningError, match="no key is set"):
        plain.keep_file("uploads/old", b"newer")


def test_a_secret_is_made_once_and_lies_sealed_where_a_key_is_set(tmp_path: Path) -> None:
    key = new_key()
    made = Vault(tmp_path, key).secret("sketches")
    assert len(made) == 32
    assert Vault(tmp_path, key).secret("sketches") == made
    assert Vault(tmp_path / "other", key).secret("sketches") != made
    assert not any(made.hex().encode() in path.read_bytes() for path in tmp_path.rglob("*.sealed"))
