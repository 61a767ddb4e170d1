"""Results that the site keeps: made beside the pages, swapped in whole, gone with who withdraws."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from listening.records import SEGMENTS
from listening.steps import choices, withdraw
from listening.steps import kept_results as kept
from listening.steps.desk import asked, doing
from listening.steps.kept_folder import results_folder
from tests.steps.coded_town import ADA, ticked
from tests.steps.town import RUN
from tests.web.coding_town import Coded

FILES = {"report.html", "priorities.json", "segments.csv", "quotes.csv", "raised.csv", "run.json"}


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_is_kept_is_what_the_report_writes_and_is_noted_nowhere_else(coded: Coded) -> None:
    assert kept.kept_results(coded.work) is None
    made = kept.make_results(coded.work)
    assert _names(made.folder) >= FILES
    assert made.folder.parent == results_folder(coded.work)
    assert not made.stale
    assert kept.document(made)["priorities"]
    assert coded.work.vault.read(f"runs/{RUN}").get("results") == []
    assert {path.stat().st_mode & 0o77 for path in made.folder.iterdir()} == {0}


def test_the_site_makes_them_by_itself_once_and_again_when_they_have_stood(
    coded: Coded, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doing.ask_for_results(coded.town.site)
    assert not doing.ask_for_results(coded.town.site)  # it waits already
    assert coded.do_all() == 1
    first = kept.kept_results(coded.work)
    assert first is not None
    assert not doing.ask_for_results(coded.town.site)
    task = sorted(coded.server.hold(f"blind/whole/{ADA}"))[0]
    coded.server.submit(task, ADA, ticked("parks"))
    doing._bring(coded.work)
    again = kept.kept_results(coded.work)
    assert again is not None
    assert again.stale
    assert not doing.ask_for_results(coded.town.site)  # they have not stood for five minutes
    monkeypatch.setattr(kept, "STAND", kept.STAND * 0)
    monkeypatch.setattr(kept, "TIMES", 0)
    assert doing.ask_for_results(coded.town.site)
    assert coded.do_all() == 1
    fresh = kept.kept_results(coded.work)
    assert fresh is not None
    assert not fresh.stale
    assert fresh.folder != first.folder
    assert not first.folder.exists()


def test_what_the_site_did_by_itself_is_no_line_of_the_researchers_page_nor_of_the_trail(
    coded: Coded,
) -> None:
    doing.ask_for_results(coded.town.site)
    coded.do_all()
    assert "working out priorities" not in coded.page().lower()
    assert (
        "working out priorities"
        not in coded.client("administrator").get(coded.address("trail/")).content.decode()
    )


def test_another_day_makes_them_stale_as_consent_may_have_ended(coded: Coded) -> None:
    kept.make_results(coded.work)
    coded.town.site.today = lambda: date(2026, 7, 2)
    later = kept.kept_results(coded.work)
    assert later is not None
    assert later.stale


def test_a_withdrawal_deletes_them_at_once_and_they_come_anew_without_the_person(
    coded: Coded,
) -> None:
    made = kept.make_results(coded.work)
    one = "P00005"
    words = _words(coded, one)
    assert words in (made.folder / "segments.csv").read_text(encoding="utf-8")
    receipt = withdraw(coded.work, one)
    assert receipt.counts["reports"] >= len(FILES)
    assert not results_folder(coded.work).exists()
    assert kept.kept_results(coded.work) is None
    assert doing.ask_for_results(coded.town.site)
    coded.do_all()
    anew = kept.kept_results(coded.work)
    assert anew is not None
    assert not [path.name for path in anew.folder.iterdir() if words.encode() in path.read_bytes()]


def _words(coded: Coded, who: str) -> str:
    table = coded.work.store.load(["answers", "group"], SEGMENTS)
    return str(table.loc[table["participant_id"] == who, "text"].iloc[0])


def test_who_withdraws_while_they_are_being_made_is_not_in_what_is_kept(
    coded: Coded, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, rank, left = _words(coded, "P00007"), kept.prioritise, []

    def and_somebody_leaves(work: Any, run_id: str) -> Any:
        done = rank(work, run_id)
        if not left:
            left.append(withdraw(coded.work, "P00007"))
        return done

    monkeypatch.setattr(kept, "prioritise", and_somebody_leaves)
    made = kept.make_results(coded.work)
    assert left
    assert words not in (made.folder / "segments.csv").read_text(encoding="utf-8")
    assert _words(coded, "P00008") in (made.folder / "segments.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("when", ["writing", "noting"])
def test_a_kill_leaves_the_earlier_results_whole_and_what_is_half_made_goes(
    coded: Coded, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    first = kept.make_results(coded.work)
    before = {path.name: path.read_bytes() for path in first.folder.iterdir()}

    class Killed(BaseException):
        pass

    def half(work: Any, run_id: str, done: Any, out: Path, _beside: Any) -> None:
        out.mkdir(parents=True)
        (out / "priorities.json").write_bytes(b"{")
        raise Killed

    def killed(*_: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        if when == "writing":
            patch.setattr(kept, "write_results", half)
        else:
            patch.setattr(kept, "_let_note_go", killed)
        with pytest.raises(Killed):
            kept.make_results(coded.work)
    now = kept.kept_results(coded.work)
    assert now is not None
    assert now.folder == first.folder
    assert {path.name: path.read_bytes() for path in now.folder.iterdir()} == before
    assert len(list(results_folder(coded.work).iterdir())) == 2
    kept.make_results(coded.work)
    assert len(list(results_folder(coded.work).iterdir())) == 1


def test_two_that_are_made_at_once_leave_one_that_is_whole(coded: Coded) -> None:
    threads = [threading.Thread(target=_make_in_a_thread, args=(coded,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made = kept.kept_results(coded.work)
    assert made is not None
    assert [path.name for path in results_folder(coded.work).iterdir()] == [made.folder.name]
    assert _names(made.folder) >= FILES


def _make_in_a_thread(coded: Coded) -> None:
    kept.make_results(coded.work)
    coded.town.site.close()


def test_what_cannot_be_made_is_told_and_not_tried_again_until_something_changes(
    coded: Coded, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ValueError("a resident's words")

    monkeypatch.setattr(kept, "prioritise", broken)
    assert doing.ask_for_results(coded.town.site)
    coded.do_all()
    told = asked.everything(coded.work.vault)[0]
    assert told.state == asked.FAILED
    assert "resident" not in " ".join(told.said)
    assert not doing.ask_for_results(coded.town.site)


def test_a_file_that_joins_goes_on_with_what_was_chosen_and_brought_before(coded: Coded) -> None:
    store = coded.work.store
    nothing = dict.fromkeys(("programme", "population", "panel", "indicators", "wave"), "")
    first = {"k": 3, "choices": [{"k": 3}], "population": "a", "panel": "b", "codebook": "c"}
    store.begin_run("r2", 0, {**nothing, "codebook": "", "k": 6, "choices": [{"k": 6}]})
    store.note_run("r2", parameters={**store.run("r2").parameters, "panel": "of its own"})
    choices.carry(coded.work, "r2", {**nothing, **first})
    told = store.run("r2").parameters
    assert (told["k"], told["choices"], told["codebook"]) == (3, [{"k": 3}], "c")
    assert (told["population"], told["panel"]) == ("a", "of its own")
