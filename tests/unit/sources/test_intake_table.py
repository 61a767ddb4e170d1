"""The table of real files says how they are taken, and nothing that is said in them."""

from __future__ import annotations

from pathlib import Path

from samples import SECRET, samples

from benchmarks.intake import decoded, files_table


def test_every_file_has_a_line_and_none_quotes_anybody(tmp_path: Path) -> None:
    made = samples()
    (tmp_path / "talk.docx").write_bytes(made[".docx"])
    (tmp_path / "talk.txt").write_bytes(made[".txt"].decode().encode("cp1252"))
    (tmp_path / "photo.jpeg").write_bytes(b"\xff\xd8")
    head, _, *lines = files_table(tmp_path)
    outcome = [line.split(" | ")[1].partition(":")[0] for line in lines]
    assert outcome == ["refused", "read", "read"]
    assert [line.split(" | ")[2:4] for line in lines[1:]] == [["1", "16"], ["1", "16"]]
    assert "signs lost" in head
    assert SECRET not in "".join(lines)


def test_a_sign_that_reading_loses_is_counted(tmp_path: Path) -> None:
    pounds = "Interviewer: How much?\nResident: It was £5 and £6 for the café, and that’s all.\n"
    (tmp_path / "a.txt").write_bytes(pounds.encode("cp1252"))
    assert decoded(pounds.encode("cp1252")) == pounds
    (line,) = files_table(tmp_path)[2:]
    assert line.endswith("| 0 |")
