"""Adjudication and a changing codebook against a real Label Studio."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from listening import codebook as books
from listening.codebook import Decision
from listening.coding.adjudicate import disputed
from listening.coding.counted import counted
from listening.labelstudio.client import LabelStudio
from listening.steps import Work
from listening.steps.coding import pull, push
from listening.steps.coding.adjudicating import adjudicate
from listening.steps.coding.migrating import migrate, undo
from tests.labelstudio.playing import Coder
from tests.steps.coded_town import book, chosen, lay_out, marked, ticked
from tests.steps.town import RUN

pytestmark = pytest.mark.labelstudio
OpenAt = Callable[[Path], Work]
WHY = Decision("2026-07-01", "Ada", "two names for one thing")


@pytest.fixture
def work(open_at: OpenAt, tmp_path: Path) -> Work:
    opened = open_at(tmp_path / "home")
    lay_out(opened, answers=60)
    chosen(opened, tmp_path / "selection.csv")
    return opened


def number_of(work: Work, key: str) -> int:
    found = [one.number for one in work.store.loop.projects() if one.key.endswith(key)]
    assert len(found) == 1
    assert found[0] is not None
    return found[0]


def coded(work: Work, studio: LabelStudio, coders: tuple[Coder, Coder]) -> int:
    """Both read the audit; the second sees parks too on some. How many those are."""
    push(work, RUN, book(), studio, [one.email for one in coders])
    apart = 0
    for coder in coders:
        project = number_of(work, f"blind/whole/{coder.email}")
        for place, task in enumerate(sorted(studio.changed(project, ""), key=lambda t: t["id"])):
            more = coder is coders[1] and place < 4
            apart += more
            codes = ["housing", "parks"] if more else [["housing"], ["buses"]][place % 2]
            coder.annotate(task["id"], ticked(*codes, severity=2))
    for coder in coders:
        spans = [
            one for one in work.store.loop.projects() if one.key.endswith(f"spans/{coder.email}")
        ]
        for one in spans:
            for task in list(studio.changed(int(one.number or 0), "")):
                coder.annotate(task["id"], marked(task, "parks", 0, "damp"))
    pull(work, studio)
    return apart


def test_what_two_saw_differently_is_settled_by_a_third_and_counts(
    work: Work, studio: LabelStudio, coders: tuple[Coder, Coder]
) -> None:
    coded(work, studio, coders)
    before = disputed(work.store.codings())
    told = adjudicate(work, RUN, studio)
    assert told.sent == told.differ == len(before) >= 4
    project = number_of(work, "adjudication/whole")
    tasks = list(studio.changed(project, ""))
    assert all(one.email not in str(task["data"]) for task in tasks for one in coders)
    coders[0].annotate(tasks[0]["id"], ticked("parks"))
    pull(work, studio)
    assert len(disputed(work.store.codings())) == len(before) - 1
    decided = counted(work.store.codings()).query("decided == 'adjudicated'")
    assert decided["code"].tolist() == ["parks"]
    assert adjudicate(work, RUN, studio).sent == 0


def test_a_merge_reaches_label_studio_and_is_undone_there(
    work: Work, studio: LabelStudio, coders: tuple[Coder, Coder]
) -> None:
    coded(work, studio, coders)
    first = books.load(book(), "town.toml")
    before = work.store.codings()
    told = migrate(work, RUN, books.as_toml(books.merge(first, ["parks"], "buses", WHY)), studio)
    assert told.annotations == told.codings > 0
    assert pull(work, studio, everything=True).saved.changed == 0
    assert "parks" not in set(work.store.codings()["code"])
    assert undo(work, RUN, studio).annotations == told.annotations
    assert pull(work, studio, everything=True).saved.changed == 0
    columns = ["segment_id", "coder", "code", "severity", "codebook_version"]
    after = work.store.codings()
    assert after[columns].to_numpy().tolist() == before[columns].to_numpy().tolist()


def test_a_split_asks_again_in_label_studio(
    work: Work, studio: LabelStudio, coders: tuple[Coder, Coder]
) -> None:
    coded(work, studio, coders)
    parts = books.split(
        books.load(book(), "town.toml"), "parks", [("green", "Green"), ("play", "Play")], WHY
    )
    toml = books.as_toml(parts).replace('status = "draft"', 'status = "active"')
    for name in ("green", "play"):
        toml = toml.replace(f'id = "{name}"', f'id = "{name}"\ndefinition = "Of {name}."', 1)
    rows = work.store.codings().query("code == 'parks'")
    told = migrate(work, RUN, toml, studio)
    assert told.asked == rows.groupby("coder")["segment_id"].nunique().sum()
    assert set(work.store.codings().query("code == 'parks'")["code_status"]) == {"recode"}
    assert pull(work, studio, everything=True).saved.changed == 0
