"""`listening saturation`: what is not known is never called met, and figures are those of hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from listening.errors import ListeningError, NothingToDo
from listening.report.stopping import SATURATION_COLUMNS, STOPPING_COLUMNS, Stopping
from listening.steps import Work
from listening.steps import stopping as stop
from listening.steps.coded_rows import coded_rows
from listening.steps.selecting import select
from listening.steps.stopping import plain, stopping
from tests.steps.coded_town import book
from tests.steps.town import RUN, coded, lay_out

OpenAt = Callable[[Path], Work]


@pytest.fixture
def work(open_at: OpenAt, tmp_path: Path) -> Work:
    return open_at(tmp_path / "home")


def told(work: Work, path: Path, *groups: str) -> Stopping:
    return stopping(work, RUN, path, groups, 2, 0, path.parent / "out")


def met(found: Stopping) -> dict[str, bool | None]:
    return {rule.key: rule.met for rule in found.rules}


def test_without_an_audit_and_without_batches_nothing_is_called_met(
    work: Work, tmp_path: Path
) -> None:
    themes = lay_out(work, survey=100)
    segments = pd.Series(sorted(themes))
    coded(tmp_path / "c.csv", themes, segments[segments.str.endswith("-0")])
    found = told(work, tmp_path / "c.csv")
    assert met(found) == {"new codes": None, "models": None, "order": None, "audit": None}
    assert found.met is None
    assert found.headline == "It cannot be said yet whether coding may stop."
    assert all(found.said(rule).startswith("It cannot be said yet: ") for rule in found.rules)
    table = pd.read_csv(tmp_path / "out" / "stopping.csv")
    assert tuple(table.columns) == STOPPING_COLUMNS
    assert table["met"].tolist() == ["not known"] * 5
    assert found.read == 0  # one of three things that each of them said


def test_new_codes_are_looked_for_in_every_source_and_group(work: Work, tmp_path: Path) -> None:
    themes = lay_out(work, survey=40, interviews=8)
    coded(tmp_path / "c.csv", themes, pd.Series(sorted(themes)))
    found = told(work, tmp_path / "c.csv", "tenure")
    assert [(one.of, one.name, one.read) for one in found.curves] == [
        ("source", "interview", 8),
        ("source", "survey", 40),
        ("group", "tenure=owns", 24),
        ("group", "tenure=rents", 24),
    ]
    assert met(found)["new codes"]  # three themes, and everybody raises one or more
    assert met(found)["audit"]
    assert found.headline == "Everybody has been read: there is nothing left to code."
    table = pd.read_csv(tmp_path / "out" / "saturation.csv")
    assert tuple(table.columns) == SATURATION_COLUMNS
    assert table.loc[table["name"] == "interview", "events"].tolist() == [6, 8]
    page = (tmp_path / "out" / "saturation.html").read_text("utf-8")
    assert page.count("<svg") == 8  # wide and narrow
    assert page.count("<table>") == 4
    assert "Tenure: rents" in page


def test_what_still_brings_new_codes_is_not_yet_enough(work: Work, tmp_path: Path) -> None:
    themes = lay_out(work, survey=12, each=1)
    own = {segment: f"code {n}" for n, segment in enumerate(sorted(themes))}
    coded(tmp_path / "c.csv", own, pd.Series(sorted(themes)))
    found = told(work, tmp_path / "c.csv")
    assert met(found)["new codes"] is False
    sentence = found.said(found.rules[0])
    assert sentence == (
        "Not yet: in survey answers, the last 2 people brought 50% new codes, measured against "
        "all codes of the first 4; below 5% everywhere is needed."
    )
    assert found.met is False


def test_four_batches_are_compared_with_one_another_and_the_audit_is_measured(
    work: Work, tmp_path: Path
) -> None:
    themes = lay_out(work, survey=600, each=1)
    done = pd.Series([], dtype=str)
    for batch in range(4):
        to = tmp_path / f"s{batch}.csv"
        select(work, RUN, tmp_path / "c.csv" if batch else None, to, batch)
        done = pd.concat([done, pd.read_csv(to)["segment_id"]])
        coded(tmp_path / "c.csv", themes, done)
    found = told(work, tmp_path / "c.csv")
    figures = {rule.key: rule.figure for rule in found.rules}
    assert figures["models"] is not None
    assert figures["models"] > 0.8
    assert met(found)["models"] == (figures["models"] >= 0.99)
    assert met(found)["order"] is not None
    # 120 of 600 are audited: near p = 1/3 the range is wider than five points
    assert figures["audit"] == pytest.approx(0.08, abs=0.015)
    assert met(found)["audit"] is False
    assert found.headline == "Not yet: go on coding."
    assert plain(found)["rules"][3]["said"].startswith("Not yet: the widest of the audit’s ranges")


def batched(path: Path, rows: dict[str, tuple[str, int]]) -> None:
    table = [{"segment_id": one, "codes": code, "batch": n} for one, (code, n) in rows.items()]
    pd.DataFrame(table).to_csv(path, index=False)


def test_a_batch_after_which_nobody_new_is_read_in_full_is_no_stable_order(
    work: Work, tmp_path: Path
) -> None:
    themes = lay_out(work, survey=60, each=2)
    people = sorted({one[:-2] for one in themes})
    rows = {f"{who}-{n}": (themes[f"{who}-{n}"], 1) for who in people[:12] for n in (0, 1)}
    for batch in (2, 3, 4, 5):  # half of what others said
        rows |= {f"{who}-0": (themes[f"{who}-0"], batch) for who in people[10 * batch :][:10]}
    batched(tmp_path / "c.csv", rows)
    found = told(work, tmp_path / "c.csv")
    assert found.read == 12
    assert met(found)["order"] is None
    assert found.said(found.rules[2]).endswith("last passage was read in it, and there are 1.")


def test_a_code_of_somebody_read_in_part_keeps_new_codes_from_being_rare(
    work: Work, tmp_path: Path
) -> None:
    themes = lay_out(work, survey=40, each=2)
    rows = {one: (themes[one], 1) for one in sorted(themes)[:70]}
    batched(tmp_path / "c.csv", rows)
    assert met(told(work, tmp_path / "c.csv"))["new codes"]
    batched(tmp_path / "c.csv", rows | {sorted(themes)[70]: ("floods", 2)})
    found = told(work, tmp_path / "c.csv")
    assert met(found)["new codes"] is False
    assert found.said(found.rules[0]) == (
        "Not yet: in survey answers, 1 code was given only to people who have been read in part: "
        "read the rest of what they said."
    )
    assert found.curves[0].unseen == 1
    assert plain(found)["curves"][0]["unseen"] == 1


def test_a_column_that_is_all_but_empty_is_not_taken_for_everybody_read(
    work: Work, tmp_path: Path
) -> None:
    themes = lay_out(work, survey=61)
    rows = {one: (themes[one] if n < 3 else "", 1) for n, one in enumerate(sorted(themes))}
    batched(tmp_path / "c.csv", rows)
    found = told(work, tmp_path / "c.csv")
    assert "180 of 183 coded rows (98%) have no code." in found.notes[0]
    assert found.headline == (
        "It cannot be said whether everybody has been read: most rows have no code."
    )
    assert found.said(found.rules[3]) == (
        "Yes: everybody has been read, if all rows without a code were."
    )
    assert found.met is not True


def test_a_batch_that_is_no_number_is_no_batch(work: Work, tmp_path: Path) -> None:
    themes = lay_out(work, survey=10, each=1)
    rows = [{"segment_id": one, "codes": "rent", "batch": "9" * 5_000} for one in sorted(themes)]
    pd.DataFrame(rows).to_csv(tmp_path / "c.csv", index=False)
    found = told(work, tmp_path / "c.csv")
    assert found.read == 10
    assert found.said(found.rules[2]).endswith("and there are 0.")


def test_models_that_learnt_nothing_agree_on_nothing(work: Work, tmp_path: Path) -> None:
    themes = lay_out(work, survey=150, each=1)
    rows = [
        {"segment_id": one, "codes": "", "batch": 1 + n // 10}
        for n, one in enumerate(sorted(themes)[:40])
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "c.csv", index=False)
    found = told(work, tmp_path / "c.csv")
    assert met(found)["models"] is None
    assert "no code had enough examples" in found.said(found.rules[1])


def test_codings_of_other_material_and_groups_of_nobody_are_said(
    work: Work, tmp_path: Path
) -> None:
    themes = lay_out(work, survey=10, each=1)
    (tmp_path / "o.csv").write_text("segment_id,codes\nelsewhere,rent\n", encoding="utf-8")
    with pytest.raises(NothingToDo, match="no segment_id of the codings"):
        told(work, tmp_path / "o.csv")
    coded(tmp_path / "c.csv", themes, pd.Series(sorted(themes)))
    with pytest.raises(ListeningError, match="The group tenure=castle: has nobody in it"):
        told(work, tmp_path / "c.csv", "tenure=castle")


def test_the_order_and_its_ranges_are_of_the_codes_that_are_ranked(
    work: Work, tmp_path: Path
) -> None:
    themes = lay_out(work, survey=60)
    text = book()
    for code in ("buses", "parks"):
        text = text.replace(f'id = "{code}"\n', f'id = "{code}"\nparent = "housing"\n')
    coded(tmp_path / "c.csv", themes, pd.Series(sorted(themes)))
    rows = coded_rows(tmp_path / "c.csv")
    flat = audited_codes(work, rows)
    work.store.note_run(RUN, parameters={"codebook": text})
    assert flat == {"housing", "buses", "parks"}
    assert audited_codes(work, rows) == {"housing"}


def audited_codes(work: Work, rows: pd.DataFrame) -> set[str]:
    segments = stop.own_segments(work, RUN)
    found = stop._coded(work, RUN, segments, rows, work.store.selections())
    return set(stop._scores(found, 10**9, 2))
