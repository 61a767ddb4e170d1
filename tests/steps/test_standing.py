"""Tables without ids after a withdrawal: rows that move bring nobody back and leave nobody out."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening import steps
from listening.errors import NothingToDo
from listening.records import PARTICIPANTS, SEGMENTS, ReadOptions
from listening.steps import Work, standing
from tests.steps.material import QUESTION, request

OpenAt = Callable[[Path], Work]
SAID = (
    "The rent is too high for what we earn",
    "My wobblethorn cellar is under water again",
    "More buses in the evening would help me",
    "Somewhere for young people to go at night",
)
GONE = SAID[1]


def write(at: Path, answers: Sequence[str], ids: Sequence[str] = ()) -> None:
    at.mkdir(exist_ok=True)
    with (at / "survey.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*(["Response ID"] if ids else []), QUESTION, "area"])
        for n, text in enumerate(answers):
            writer.writerow([*([ids[n]] if ids else []), text, f"Quay {n % 2}"])


def read(work: Work, at: Path, options: ReadOptions | None = None) -> str:
    """Read the folder; return what was refused."""
    run_id = steps.begin(work, request(at, options=options or ReadOptions()))
    try:
        steps.ingest(work, run_id)
    except NothingToDo as error:
        return str(error)
    return " ".join(steps.refusals(work, run_id))


def said(work: Work) -> set[str]:
    return set(
        work.store.load([row.key for row in work.store._objects("Source").all()], SEGMENTS)["text"]
    )


def withdraw(work: Work, text: str) -> None:
    keys = [row.key for row in work.store._objects("Source").all()]
    segments = work.store.load(keys, SEGMENTS)
    (who,) = segments[segments["text"] == text]["participant_id"]
    steps.withdraw(work, str(who))


@pytest.fixture
def left(open_at: OpenAt, tmp_path: Path) -> Work:
    """Return a workplace from whose table without ids the person of row 3 withdrew."""
    work = open_at(tmp_path / "home")
    write(tmp_path / "in", SAID)
    assert read(work, tmp_path / "in") == ""
    withdraw(work, GONE)
    assert said(work) == {SAID[0], *SAID[2:]}
    return work


def test_rows_that_moved_after_a_withdrawal_are_refused_with_what_to_do(
    left: Work, tmp_path: Path
) -> None:
    write(tmp_path / "in", SAID[1:])
    told = read(left, tmp_path / "in")
    assert "nobody can tell which of them must stay out" in told
    assert "Put every row back where it was" in told
    assert said(left) == {SAID[0], *SAID[2:]}


def test_other_rows_may_be_mended_and_added(left: Work, tmp_path: Path) -> None:
    write(tmp_path / "in", ["The rent is far too high", *SAID[1:], "A park that is clean at night"])
    assert read(left, tmp_path / "in") == ""
    assert said(left) == {"The rent is far too high", *SAID[2:], "A park that is clean at night"}


def test_their_own_row_may_be_emptied_and_nothing_may_slip_into_it(
    left: Work, tmp_path: Path
) -> None:
    write(tmp_path / "in", [SAID[0], "", *SAID[2:]])
    assert read(left, tmp_path / "in") == ""
    assert said(left) == {SAID[0], *SAID[2:]}
    write(tmp_path / "in", [SAID[0], *SAID[2:]])
    assert "rows do not stand" in read(left, tmp_path / "in")
    write(tmp_path / "in", SAID)
    assert read(left, tmp_path / "in") == ""
    assert GONE not in said(left)


def test_a_column_of_ids_may_be_added_and_then_rows_may_move(left: Work, tmp_path: Path) -> None:
    write(tmp_path / "in", SAID, ["a1", "b2", "c3", "d4"])
    assert read(left, tmp_path / "in") == ""
    assert said(left) == {SAID[0], *SAID[2:]}
    write(tmp_path / "in", SAID[1:], ["b2", "c3", "d4"])
    assert read(left, tmp_path / "in") == ""
    assert said(left) == set(SAID[2:])


def test_with_ids_their_row_may_be_taken_out_and_with_it_nothing_else(
    left: Work, tmp_path: Path
) -> None:
    write(tmp_path / "in", SAID[1:], ["b2", "c3", "d4"])
    assert "rows do not stand" in read(left, tmp_path / "in")
    write(tmp_path / "in", [SAID[0], *SAID[2:]], ["a1", "c3", "d4"])
    assert read(left, tmp_path / "in") == ""
    assert said(left) == {SAID[0], *SAID[2:]}


def test_ids_that_are_dropped_after_a_withdrawal_bring_nobody_back(
    open_at: OpenAt, tmp_path: Path
) -> None:
    work = open_at(tmp_path / "home")
    write(tmp_path / "in", SAID, ["a1", "b2", "c3", "d4"])
    read(work, tmp_path / "in")
    withdraw(work, GONE)
    write(tmp_path / "in", SAID)
    assert read(work, tmp_path / "in") == ""
    assert GONE not in said(work)
    write(tmp_path / "in", SAID[1:])
    assert "rows do not stand" in read(work, tmp_path / "in")
    assert GONE not in said(work)


def test_reading_the_same_table_by_a_column_of_ids_brings_nobody_back(
    open_at: OpenAt, tmp_path: Path
) -> None:
    work = open_at(tmp_path / "home")
    (tmp_path / "in").mkdir()
    rows = "\n".join(f"{text},k{n}" for n, text in enumerate(SAID))
    (tmp_path / "in" / "survey.csv").write_text(f"{QUESTION},token\n{rows}\n", "utf-8")
    read(work, tmp_path / "in")
    withdraw(work, GONE)
    assert read(work, tmp_path / "in", ReadOptions(participant="token")) == ""
    keys = [row.key for row in work.store._objects("Source").all()]
    assert len(work.store.load(keys, PARTICIPANTS)) == 3
    assert GONE not in said(work)


def test_the_words_of_whoever_left_are_kept_as_keyed_hashes_alone(
    left: Work, tmp_path: Path
) -> None:
    files = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert not [path.name for path in files if b"wobblethorn" in path.read_bytes()]
    assert left.vault.read("rows_left")


WORDS = st.lists(st.sampled_from("abc"), min_size=1, max_size=7)


@given(WORDS, st.data())
def test_whatever_rows_are_deleted_nobody_who_left_stays_in(
    words: list[str], data: st.DataObject
) -> None:
    before = {n + 2: standing.Row(text, f"row {n + 2}") for n, text in enumerate(words)}
    gone = data.draw(st.sampled_from(sorted(before)))
    kept = data.draw(st.sets(st.sampled_from(sorted(before)))) or {gone}
    now = {n + 2: row for n, row in enumerate(sorted(kept))}
    rows = {n: standing.Row(before[row].words, f"row {n}") for n, row in now.items()}
    out = standing.standing(rows, before, {gone: before[gone].words})
    if out is not None:
        assert {n for n, row in now.items() if row == gone} == {int(one[4:]) for one in out}
    if kept == set(before):
        assert out == {f"row {gone}"}


def test_the_very_answer_of_whoever_left_stays_out_of_another_table_too(
    open_at: OpenAt, tmp_path: Path
) -> None:
    work = open_at(tmp_path / "home")
    write(tmp_path / "in", SAID)
    read(work, tmp_path / "in")
    withdraw(work, SAID[0])
    (tmp_path / "in" / "survey.csv").unlink()
    write(tmp_path / "other", SAID[::-1])
    read(work, tmp_path / "other")
    assert SAID[0] not in said(work)
    assert SAID[2] in said(work)


def test_a_long_answer_that_several_gave_is_not_theirs_alone(
    open_at: OpenAt, tmp_path: Path
) -> None:
    work = open_at(tmp_path / "home")
    write(tmp_path / "in", SAID)
    read(work, tmp_path / "in")
    withdraw(work, SAID[0])
    write(tmp_path / "other", (SAID[2], SAID[0], SAID[0], SAID[3]))
    read(work, tmp_path / "other")
    assert SAID[0] in said(work)
