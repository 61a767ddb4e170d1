"""Which files are read, which play another part, and which are refused with a reason."""

from __future__ import annotations

from pathlib import Path

from listening.sources import find_files


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def test_a_folder_is_walked_and_names_are_relative_and_sorted(tmp_path: Path) -> None:
    _touch(tmp_path, "b.csv", "interviews/two.docx", "interviews/one.txt")
    found = find_files([tmp_path])
    assert [file.name for file in found.files] == [
        "b.csv",
        "interviews/one.txt",
        "interviews/two.docx",
    ]
    assert all(file.path.is_file() for file in found.files)


def test_manifests_and_the_population_are_put_aside(tmp_path: Path) -> None:
    _touch(tmp_path, "manifest_a.csv", "manifest_b.csv", "population.csv", "survey.csv")
    found = find_files([tmp_path])
    assert [file.name for file in found.files] == ["survey.csv"]
    assert [file.name for file in found.manifests] == ["manifest_a.csv", "manifest_b.csv"]
    assert found.population
    assert found.population.path == tmp_path / "population.csv"


def test_litter_of_editors_and_systems_is_passed_over(tmp_path: Path) -> None:
    _touch(tmp_path, "~$note.docx", ".DS_Store", "a.txt", "a.txt.tmp", ".git/b.txt", "Thumbs.db")
    found = find_files([tmp_path])
    assert [file.name for file in found.files] == ["a.txt"]
    assert found.rejects == ()


def test_files_about_the_material_are_left_alone_unless_named(tmp_path: Path) -> None:
    about = ("LICENCE.txt", "README.md", "codebook.toml", "codebook.xlsx", "our_readMe.rtf")
    _touch(tmp_path, *about, "a.txt", "driving licence.txt")
    found = find_files([tmp_path])
    assert [file.name for file in found.files] == ["a.txt", "driving licence.txt"]
    assert found.aside == about
    assert [f.name for f in find_files([tmp_path / "README.md"]).files] == ["README.md"]


def test_a_kind_that_cannot_be_read_is_refused_with_what_to_save_it_as(tmp_path: Path) -> None:
    _touch(tmp_path, "old.doc", "old.xls", "all.rar", "talk.mp3", "codes.qdc", "noending")
    found = find_files([tmp_path])
    told = {reject.file: reject for reject in found.rejects}
    assert found.files == ()
    assert "save it as .docx" in told["old.doc"].what_to_do
    assert "save it as .xlsx" in told["old.xls"].what_to_do
    assert "Unpack" in told["all.rar"].what_to_do
    assert "transcript" in told["talk.mp3"].what_to_do
    assert "codebook" in told["codes.qdc"].why
    assert "--codebook" in told["codes.qdc"].what_to_do
    assert "without an ending" in told["noending"].why


def test_an_empty_folder_and_a_missing_path_are_said(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    found = find_files([empty, tmp_path / "gone.csv"])
    assert [reject.file for reject in found.rejects] == ["empty", "gone.csv"]
    assert "nothing in this folder" in found.rejects[0].why
    assert "no such file" in found.rejects[1].why


def test_the_same_file_given_twice_counts_once(tmp_path: Path) -> None:
    _touch(tmp_path, "a.txt")
    assert len(find_files([tmp_path, tmp_path / "a.txt"]).files) == 1


def test_a_file_that_plays_another_part_is_left_out(tmp_path: Path) -> None:
    _touch(tmp_path, "a.csv", "people.csv")
    found = find_files([tmp_path], leave_out=[tmp_path / "people.csv"])
    assert [file.name for file in found.files] == ["a.csv"]


def test_equal_names_from_two_folders_are_told_apart(tmp_path: Path) -> None:
    _touch(tmp_path, "north/a.txt", "south/a.txt")
    found = find_files([tmp_path / "north", tmp_path / "south"])
    assert [file.name for file in found.files] == ["a.txt", "south/a.txt"]
