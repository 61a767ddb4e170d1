"""The loop against a real Label Studio: pushed, coded by two people, pulled, agreed on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from listening import steps
from listening.coding.agreement import agreement
from listening.coding.agreement.readings import double_coded
from listening.labelstudio.client import LabelStudio
from listening.records import Table
from listening.steps import Work
from listening.steps.coding import pull, push, status
from tests.labelstudio.playing import Coder
from tests.steps.coded_town import GROUP, book, chosen, lay_out, marked, ticked
from tests.steps.town import RUN

pytestmark = pytest.mark.labelstudio
OpenAt = Callable[[Path], Work]


@pytest.fixture
def work(open_at: OpenAt, tmp_path: Path) -> Work:
    opened = open_at(tmp_path / "home")
    opened.themes = lay_out(opened, answers=60)  # type: ignore[attr-defined]
    chosen(opened, tmp_path / "selection.csv")
    return opened


def project(work: Work, key: str) -> int:
    found = [one.number for one in work.store.loop.projects() if one.key.endswith(key)]
    assert len(found) == 1
    assert found[0] is not None
    return found[0]


def test_what_two_coders_say_comes_back_and_their_agreement_is_right(
    work: Work, studio: LabelStudio, coders: tuple[Coder, Coder]
) -> None:
    told = push(work, RUN, book(), studio, [one.email for one in coders])
    assert told.double >= 50
    assert told.invitations == {}
    themes: dict[str, str] = work.themes  # type: ignore[attr-defined]
    wrong = 0
    for coder in coders:
        number = project(work, f"blind/whole/{coder.email}")
        for task in list(studio.changed(number, "")):
            said = task["data"]["text"]
            code = themes[said]
            if coder is coders[1] and sum(map(ord, said)) % 5 == 0:
                code, wrong = "parks" if code != "parks" else "buses", wrong + 1
            coder.annotate(task["id"], ticked(code))
    done = pull(work, studio)
    assert done.rejects == ()
    codings = work.store.codings()
    assert counted(codings, coders[0].email) == expected(work, studio, coders[0], themes)
    given = double_coded(as_file(codings))
    assert {len(one.readings) for one in given.segments} == {2}
    found = agreement(given, 0)
    apart = sum(one.readings[0].codes != one.readings[1].codes for one in given.segments)
    by_hand = nominal_alpha(codings, len(given.segments), apart)
    overall = found.table.iloc[0]["alpha"]
    assert overall == pytest.approx(by_hand, abs=1e-9)
    # the same again is no news
    assert pull(work, studio).saved.new == 0
    pd.testing.assert_frame_equal(work.store.codings(), codings)


def counted(codings: Table, coder: str) -> dict[str, str]:
    own = codings[codings["coder"] == coder]
    return dict(zip(own["text"], own["code"], strict=True))


def expected(
    work: Work, studio: LabelStudio, coder: Coder, themes: dict[str, str]
) -> dict[str, str]:
    tasks = studio.changed(project(work, f"blind/whole/{coder.email}"), "")
    return {task["data"]["text"]: themes[task["data"]["text"]] for task in tasks}


def as_file(codings: Table) -> Table:
    return codings.astype(str)


def nominal_alpha(codings: Table, units: int, apart: int) -> float:
    """Krippendorff's alpha of two coders with one code each: by hand, from pairs."""
    twice = codings[codings.groupby("segment_id")["coder"].transform("nunique") == 2]
    counts = twice["code"].value_counts()
    n = 2 * units
    by_chance = 1 - sum(int(c) * (int(c) - 1) for c in counts) / (n * (n - 1))
    return 1 - (apart / units) / by_chance


def test_stretches_skips_edits_and_deletions_come_back_as_they_are(
    work: Work, studio: LabelStudio, coders: tuple[Coder, Coder]
) -> None:
    push(work, RUN, book(), studio, [one.email for one in coders])
    first, second = coders
    spans = {
        coder.email: list(studio.changed(project(work, f"blind/spans/{coder.email}"), ""))
        for coder in coders
        if any(one.key.endswith(f"blind/spans/{coder.email}") for one in work.store.loop.projects())
    }
    coder = first if first.email in spans else second
    (task,) = spans[coder.email]
    made = coder.annotate(
        task["id"],
        marked(task, "housing", 0, "winter 🌧 and the mould") + marked(task, "parks", 0, "🌧 and"),
    )
    whole = list(studio.changed(project(work, f"blind/whole/{first.email}"), ""))
    first.skip(whole[0]["id"])
    first.draft(whole[1]["id"], ticked("parks"))
    gone = first.annotate(whole[2]["id"], ticked("parks"))
    second.annotate(whole[3]["id"], ticked("buses"))
    done = pull(work, studio)
    assert [one for one in done.rejects if second.email in one.why]
    text = "\n".join(words for _, words in GROUP)
    rows = work.store.codings()
    own = rows[rows["document_id"] == "g"]
    found = {row.code: text[row.start : row.end] for row in own.itertuples() if row.code}
    assert found == {"housing": "winter 🌧 and the mould", "parks": "🌧 and"}
    counts = [one for one in status(work, studio).projects if one["coder"] == first.email]
    assert sum(one["skipped"].get(first.email, 0) for one in counts) == 1
    first.delete(gone)
    coder.edit(made, marked(task, "buses", 2, "landlord  never"))
    done = pull(work, studio)
    assert (done.saved.deleted, done.saved.changed) == (1, 1)
    rows = work.store.codings()
    assert set(rows.loc[rows["code"] != "", "code"]) == {"buses"}


def test_whoever_withdraws_is_gone_from_label_studio(
    work: Work, studio: LabelStudio, coders: tuple[Coder, Coder]
) -> None:
    push(work, RUN, book(), studio, [one.email for one in coders])
    work.labelstudio = studio
    receipt = steps.withdraw(work, "P90001")
    assert receipt.counts["tasks"] >= 1
    for one in work.store.loop.projects():
        assert one.number is not None
        assert "comes back every winter" not in str(list(studio.changed(one.number, "")))
    told = push(work, RUN, book(), studio, [one.email for one in coders])
    assert [title for title in told.sent if "conversations" in title]
