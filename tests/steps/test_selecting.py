"""`listening select`: chances are known, nothing is chosen twice, who withdraws is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from listening import steps
from listening.errors import InvalidTable, NothingToDo, UnreadableFile
from listening.records import Table
from listening.steps import Work
from listening.steps.coded_rows import coded_rows
from listening.steps.selecting import COLUMNS, select, write_log
from tests.steps.town import RUN, coded, lay_out

OpenAt = Callable[[Path], Work]


@pytest.fixture
def work(open_at: OpenAt, tmp_path: Path) -> Work:
    return open_at(tmp_path / "home")


def chosen(work: Work, to: Path, codings: Path | None = None, seed: int = 0) -> Table:
    select(work, RUN, codings, to, seed)
    return pd.read_csv(to, dtype={"seed": int, "batch": int})


def test_the_first_batch_has_a_blind_audit_of_people_and_two_other_streams(
    work: Work, tmp_path: Path
) -> None:
    lay_out(work, survey=200, interviews=8)
    table = chosen(work, tmp_path / "s.csv")
    assert tuple(table.columns) == COLUMNS
    audit = table[table["stream"] == "audit"]
    people = audit.drop_duplicates("participant_id").groupby("source_kind")["probability"]
    assert people.count().to_dict() == {"interview": 8, "survey": 100}
    assert people.max().to_dict() == {"interview": 1.0, "survey": 0.5}
    assert audit["blind"].all()
    assert len(audit) == 3 * 108  # everything that they said
    others = table[table["stream"] != "audit"]
    assert not set(others["participant_id"]) & set(audit["participant_id"])
    assert others["stream"].value_counts().to_dict() == {"training": 100, "discovery": 20}
    assert set(others["why"]) == {"medoid", "new"}  # without a topic nothing is rare or unstable
    assert table["segment_id"].is_unique


def test_the_same_seed_chooses_the_same_and_another_seed_others(
    open_at: OpenAt, tmp_path: Path
) -> None:
    found = []
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        work = open_at(tmp_path / name)
        lay_out(work, survey=150, each=1)
        found.append(chosen(work, tmp_path / f"{name}.csv", seed=seed)["segment_id"].tolist())
    assert found[0] == found[1]
    assert found[0] != found[2]


def test_a_second_batch_asks_for_nothing_that_was_chosen_or_coded(
    work: Work, tmp_path: Path
) -> None:
    themes = lay_out(work, survey=200)
    first = chosen(work, tmp_path / "one.csv")
    coded(tmp_path / "coded.csv", themes, first["segment_id"])
    second = chosen(work, tmp_path / "two.csv", tmp_path / "coded.csv")
    assert not set(second["segment_id"]) & set(first["segment_id"])
    assert second["stream"].value_counts().to_dict() == {"training": 20, "discovery": 20}
    assert set(second.loc[second["stream"] == "training", "why"]) == {"uncertain"}
    assert set(second["batch"]) == {2}
    assert write_log(work, RUN, tmp_path / "log.csv") == len(first) + 40
    log = pd.read_csv(tmp_path / "log.csv")
    pd.testing.assert_frame_equal(
        log, pd.concat([first, second], ignore_index=True), check_dtype=False
    )


def test_who_comes_later_has_one_chance_and_nobody_has_two(work: Work, tmp_path: Path) -> None:
    lay_out(work, survey=200, each=1)
    first = chosen(work, tmp_path / "one.csv")
    lay_out(work, survey=60, each=1, first=1000)
    later = chosen(work, tmp_path / "two.csv")
    audit = later[later["stream"] == "audit"]
    assert len(audit) == 12  # a fifth: a hundred were drawn before
    assert (audit["participant_id"] >= "P01000").all()
    assert audit["probability"].tolist() == pytest.approx([0.2] * 12)
    assert len(first[first["stream"] == "audit"]) == 100


def test_when_everything_was_chosen_it_says_so(work: Work, tmp_path: Path) -> None:
    lay_out(work, survey=10)
    told = select(work, RUN, None, tmp_path / "s.csv", 0)
    assert told.passages == {"audit": 30, "training": 0, "discovery": 0}
    assert told.notes == (
        "Everybody in survey is in the audit, as there are few: read all of what they said.",
    )
    with pytest.raises(
        NothingToDo, match=r"^Nothing is left to choose: every passage was coded or chosen"
    ):
        select(work, RUN, None, tmp_path / "t.csv", 0)


def test_without_a_batch_there_is_no_log(work: Work, tmp_path: Path) -> None:
    lay_out(work, survey=5)
    with pytest.raises(NothingToDo, match="The log is empty"):
        write_log(work, RUN, tmp_path / "log.csv")


def test_no_file_is_ever_written_over_and_a_refused_choice_is_not_logged(
    work: Work, tmp_path: Path
) -> None:
    themes = lay_out(work, survey=200, each=1)
    chosen(work, tmp_path / "one.csv")
    first = pd.read_csv(tmp_path / "one.csv")["segment_id"]
    coded(tmp_path / "one.csv", themes, first)  # in place, as somebody will
    before = (tmp_path / "one.csv").read_bytes()
    for codings in (None, tmp_path / "one.csv"):
        with pytest.raises(InvalidTable, match=r"is there already.* Give another name with --to"):
            select(work, RUN, codings, tmp_path / "one.csv", 1)
    with pytest.raises(InvalidTable, match="is there already"):
        write_log(work, RUN, tmp_path / "one.csv")
    assert (tmp_path / "one.csv").read_bytes() == before
    assert work.store.selections()["segment_id"].tolist() == first.tolist()


def test_whoever_withdraws_is_in_no_log_and_in_no_file(work: Work, tmp_path: Path) -> None:
    lay_out(work, survey=20)
    work.vault.write("people", {"file k0|someone": "P00003"})
    chosen(work, tmp_path / "s.csv")
    receipt = steps.withdraw(work, "P00003")
    assert receipt.counts["selections"] == 3
    assert "P00003" not in set(work.store.selections()["participant_id"])
    assert "P00003" not in work.store.framed()
    assert not (tmp_path / "s.csv").exists()
    assert len(work.store.selections()) == 57


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_both_forms_of_codings_say_the_same(tmp_path: Path) -> None:
    wide = written(tmp_path / "w.csv", "segment_id,codes", "s1,rent; damp", "s2,")
    long = written(
        tmp_path / "l.csv",
        "segment_id,code,origin,code_status",
        "s1,rent,human,active",
        "s1,damp,human,active",
        "s1,old,human,retired",
        "s2,,human,",
        "s3,rent,suggestion,active",
        "s4,rent,Suggestion ,active",
    )
    pd.testing.assert_frame_equal(coded_rows(wide), coded_rows(long))
    assert coded_rows(wide)["codes"].tolist() == [{"rent", "damp"}, frozenset()]


def test_a_file_that_holds_no_codings_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="has no column codes"):
        coded_rows(written(tmp_path / "a.csv", "segment_id,text", "s1,hello"))
    with pytest.raises(InvalidTable, match="row 3: has no segment_id"):
        coded_rows(written(tmp_path / "b.csv", "segment_id,codes", "s1,a", ",b"))
