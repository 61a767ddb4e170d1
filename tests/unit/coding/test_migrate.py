"""Codings carried over versions: none is lost, each change is told, and the way does not matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from listening.codebook import Codebook, merge, rename, retire, split
from listening.coding.migrate import TO_RECODE, TRAIL, Migrated, migrate
from listening.records import Table
from tests.unit.codebook.codebook_cases import DECISION, books, changed, mill_town, rows, some

COLUMNS = (
    "participant_id", "segment_id", "text", "code", "coder", "origin", "codebook_version",
)  # fmt: skip


def table(rows: Sequence[Mapping[str, str]]) -> Table:
    return pd.DataFrame(list(rows), columns=list(COLUMNS), dtype=str)


def coding(
    code: str, coder: str = "ann", segment: str = "s1", version: str = "mill-town 1.0"
) -> dict[str, str]:
    return dict(zip(COLUMNS, ("P1", segment, "said", code, coder, "human", version), strict=True))


def pairs(codings: Table) -> set[tuple[str, str]]:
    return set(zip(codings["segment_id"], codings["coder"], strict=True))


def told(codings: Table) -> list[tuple[str, str, str]]:
    return list(zip(codings["coder"], codings["code"], codings["code_status"], strict=True))


def test_a_merge_moves_codings_and_two_of_one_coder_become_one() -> None:
    book = merge(mill_town(), ["damp"], "housing", DECISION)
    given_ = table([coding("damp"), coding("housing"), coding("damp", "bo"), coding("buses")])
    done = migrate(given_, book)
    assert told(done.codings) == [
        ("ann", "housing", "active"),
        ("bo", "housing", "active"),
        ("ann", "buses", "active"),
    ]
    assert set(done.codings["codebook_version"]) == {"mill-town 1.1"}
    assert done.trail.to_dict("records") == [
        {
            "participant_id": "P1",
            "segment_id": "s1",
            "from": "damp",
            "to": "housing",
            "coder": coder,
            "version_from": "mill-town 1.0",
            "version_to": "mill-town 1.1",
            "why": f"damp now under housing: {DECISION.why}",
        }
        for coder in ("ann", "bo")
    ]
    assert len(done.recode) == 0


def test_a_split_keeps_codings_and_lists_them_to_be_read_again() -> None:
    book = split(mill_town(), "housing", [("rent", "Rent"), ("damp", "")], DECISION)
    done = migrate(table([coding("housing"), coding("damp", "bo")]), book)
    assert told(done.codings) == [("ann", "housing", "recode"), ("bo", "damp", "active")]
    (again,) = done.recode.to_dict("records")
    assert tuple(again) == TO_RECODE
    assert (again["code"], again["into"], again["text"]) == ("housing", "rent;damp", "said")


def test_a_retired_codes_codings_are_kept_and_do_not_count() -> None:
    book = retire(mill_town(), "buses", "", DECISION)
    done = migrate(table([coding("buses")]), book)
    assert told(done.codings) == [("ann", "buses", "retired")]
    assert done.trail["why"].tolist() == [f"buses retired: {DECISION.why}"]


def test_a_retired_codes_codings_go_to_what_replaces_it() -> None:
    done = migrate(table([coding("buses")]), retire(mill_town(), "buses", "damp", DECISION))
    assert told(done.codings) == [("ann", "damp", "active")]


def test_a_rename_changes_the_version_alone() -> None:
    done = migrate(table([coding("damp")]), rename(mill_town(), "damp", "Mould", DECISION))
    assert told(done.codings) == [("ann", "damp", "active")]
    assert done.codings["codebook_version"].tolist() == ["mill-town 1.1"]
    assert len(done.trail) == 0


def test_a_coding_that_cannot_be_carried_over_stays_as_it_is_and_is_told() -> None:
    book = merge(mill_town(), ["damp"], "housing", DECISION)
    given_ = table(
        [
            coding("trams"),
            coding("damp", version="another 1.0"),
            coding("damp", version="mill-town 1.2"),
            coding("damp", version="mill-town spring"),
        ]
    )
    done = migrate(given_, book, "codings.csv")
    assert done.codings[list(COLUMNS)].equals(given_)
    assert [(one.file, one.row) for one in done.rejects] == [
        ("codings.csv", str(row)) for row in (2, 3, 4, 5)
    ]
    assert "not in the codebook" in done.rejects[0].why
    assert "another codebook" in done.rejects[1].why


def test_a_table_without_coders_and_versions_is_carried_over_as_well() -> None:
    given_ = table([coding("damp")])[["participant_id", "segment_id", "code"]]
    done = migrate(
        given_, merge(mill_town(), ["damp"], "housing", DECISION), assumed="mill-town 1.0"
    )
    assert told(done.codings) == [("", "housing", "active")]
    assert done.trail["version_from"].tolist() == ["mill-town 1.0"]


def test_an_empty_table_stays_empty() -> None:
    done = migrate(table([]), merge(mill_town(), ["damp"], "housing", DECISION))
    assert len(done.codings) == len(done.trail) == len(done.recode) == 0
    assert tuple(done.trail.columns) == TRAIL


def same(one: Migrated, other: Migrated) -> bool:
    return one.codings.equals(other.codings)


@st.composite
def journeys(draw: st.DrawFn) -> tuple[Table, Codebook, Codebook]:
    first = draw(books())
    second = draw(changed(first))
    return table(draw(rows(first))), second, draw(changed(second))


@some
@given(journey=journeys())
def test_migrating_loses_no_pair_of_segment_and_coder(
    journey: tuple[Table, Codebook, Codebook],
) -> None:
    codings, second, _ = journey
    done = migrate(codings, second)
    assert pairs(done.codings) == pairs(codings)
    assert done.rejects == ()
    assert set(done.codings["codebook_version"]) <= {second.label}


@some
@given(journey=journeys())
def test_what_is_to_be_read_again_is_what_is_marked_so(
    journey: tuple[Table, Codebook, Codebook],
) -> None:
    codings, second, _ = journey
    done = migrate(codings, second)
    marked = done.codings[done.codings["code_status"] == "recode"]
    key = ["participant_id", "segment_id", "coder", "code"]
    assert set(map(tuple, done.recode[key].to_numpy())) == set(map(tuple, marked[key].to_numpy()))


@some
@given(journey=journeys())
def test_to_migrate_twice_is_to_migrate_once(journey: tuple[Table, Codebook, Codebook]) -> None:
    codings, second, _ = journey
    once = migrate(codings, second)
    twice = migrate(once.codings, second)
    assert same(once, twice)
    assert len(twice.trail) == 0


@some
@given(journey=journeys())
def test_migrating_in_steps_is_migrating_at_once(
    journey: tuple[Table, Codebook, Codebook],
) -> None:
    codings, second, third = journey
    assert same(migrate(migrate(codings, second).codings, third), migrate(codings, third))
