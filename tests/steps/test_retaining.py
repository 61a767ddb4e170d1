"""What was kept for its time goes everywhere, whenever it is stopped, and nothing else does."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from listening import steps
from listening.programme import Retention
from listening.steps import Work, retaining
from listening.steps.retaining import Place
from listening.store import Vault
from tests.steps.material import folder, holding, request
from tests.steps.test_withdrawal import ALONE, GROUP

OpenAt = Callable[[Path], Work]
MANIFEST = """file,speaker,kind,participant_id,consent,consent_until,voice,contact,date
group.txt,Quillfeather,focus_group,,quotation,2026-08-31,verbatim,01632 960111,2026-03-05
group.txt,Ottoline,focus_group,,quotation,2027-08-31,verbatim,01632 960222,2026-03-05
group.txt,Interviewer,focus_group,interviewer,,,,,
Thistlewood.txt,Thistlewood,interview,,quotation,,verbatim,,2024-03-05
Thistlewood.txt,Interviewer,interview,interviewer,,,,,
"""
LATER = date(2026, 9, 1)


@pytest.fixture
def listened(open_at: OpenAt, tmp_path: Path) -> Work:
    inside = folder(tmp_path / "in")
    (inside / "group.txt").write_text(GROUP, encoding="utf-8")
    (inside / "Thistlewood.txt").write_text(ALONE, encoding="utf-8")
    (inside / "manifest_group.csv").write_text(MANIFEST, encoding="utf-8")
    work = open_at(tmp_path / "home")
    read(work, inside)
    return replace(work, today=LATER)


def read(work: Work, inside: Path) -> None:
    """Read files in, with a file of results of that run beside them."""
    run = steps.begin(work, request(inside))
    steps.ingest(work, run)
    result = inside.parent / "out" / "report.html"
    result.parent.mkdir(exist_ok=True)
    result.write_text("what they said", encoding="utf-8")
    book = work.vault.read(f"runs/{run}")
    work.vault.write(f"runs/{run}", {**book, "results": [str(result)]})


def said(work: Work) -> str:
    return "\n".join(text for _, text in work.store.texts())


def held(tmp_path: Path, word: bytes, among: int = 4) -> list[str]:
    return holding(word, tmp_path / "home", among=among)


def test_whose_consent_ended_goes_as_if_they_had_withdrawn(listened: Work, tmp_path: Path) -> None:
    assert held(tmp_path, b"quillwort")
    done = retaining.retain(Place(listened, Retention()))
    assert done.counts == {"people": 1}
    assert held(tmp_path, b"quillwort") == []
    assert held(tmp_path, b"lifts have been broken")
    assert not (tmp_path / "out" / "report.html").exists()
    kept = listened.store.kept.receipts()[0]
    assert (kept.receipt, kept.done, kept.counts) == (done.receipt, True, {"people": 1})


def test_what_others_said_in_the_file_is_used_again(listened: Work) -> None:
    keys = listened.store.known_sources(row.key for row in listened.store._objects("Source").all())
    assert len(listened.store.agreed(keys, LATER.isoformat())) == len(keys) - 1
    retaining.retain(Place(listened, Retention()))
    assert len(listened.store.agreed(keys, LATER.isoformat())) == len(keys)


def test_a_dry_run_says_how_much_and_erases_nothing(listened: Work, tmp_path: Path) -> None:
    rules = Retention(words=24, contacts=3, results=1)
    done = retaining.retain(Place(listened, rules), dry=True)
    assert done.receipt == ""
    assert done.counts["people"] == 2
    assert done.counts["contacts"] == 2
    assert held(tmp_path, b"quillwort")
    assert listened.store.kept.receipts() == []
    assert "2 people with everything they said" in retaining.said(done)[0]


def test_the_limit_of_the_programme_holds_for_who_named_no_day(
    listened: Work, tmp_path: Path
) -> None:
    done = retaining.retain(Place(listened, Retention(words=24)))
    assert done.counts["people"] == 2
    for word in (b"quillwort", b"thornbush", b"marrowby"):
        assert held(tmp_path, word) == [], word


def test_a_second_run_does_nothing_again(listened: Work) -> None:
    rules = Retention(words=24, contacts=3, quotes=3, results=1)
    first = retaining.retain(Place(listened, rules))
    again = retaining.retain(Place(listened, rules))
    assert first.counts["people"] == 2
    assert again.counts == {}
    assert retaining.told(again.counts) == "nothing"


def test_who_may_be_quoted_no_longer_is_counted_and_not_quoted(
    listened: Work, tmp_path: Path
) -> None:
    ottoline = steps.who(listened, "Ottoline")
    assert listened.store.quotable([ottoline]) == {ottoline}
    done = retaining.retain(Place(listened, Retention(quotes=3)))
    assert done.counts["quotes"] > 1
    assert listened.store.quotable([ottoline]) == set()
    assert "lifts have been broken" in said(listened)
    # results hold quotes: they are made anew without them
    assert not (tmp_path / "out" / "report.html").exists()


def test_results_go_by_their_own_rule(listened: Work, tmp_path: Path) -> None:
    rules = Retention(results=1)
    first = replace(listened, today=date.today())
    assert "results" not in retaining.retain(Place(first, rules), dry=True).counts
    late = replace(listened, today=date(2126, 1, 1))
    kept = retaining.retain(Place(late, rules), dry=True)
    assert kept.counts["results"] == 1
    retaining.retain(Place(late, rules))
    assert not (tmp_path / "out" / "report.html").exists()


def test_contacts_and_names_go_and_what_was_said_stays(listened: Work, tmp_path: Path) -> None:
    assert held(tmp_path, b"960222")
    assert held(tmp_path, b"marrowby")
    retaining.retain(Place(listened, Retention(contacts=3)))
    assert held(tmp_path, b"960222") == []
    assert held(tmp_path, b"marrowby") == []
    assert held(tmp_path, b"thornbush")


def test_whose_time_was_over_is_not_brought_back_by_their_file(
    listened: Work, tmp_path: Path
) -> None:
    retaining.retain(Place(listened, Retention(words=24)))
    read(listened, tmp_path / "in")
    assert "thornbush" not in said(listened)
    assert "quillwort" not in said(listened)
    assert "lifts have been broken" in said(listened)


def test_overdue_is_said_once_it_is_two_days_late(listened: Work) -> None:
    place = Place(listened, Retention())
    assert "1 person with everything they said should have gone" in retaining.overdue(place)
    retaining.retain(place)
    assert retaining.overdue(place) == ""


def test_what_no_rule_speaks_of_is_said_and_until_when_backups_go(listened: Work) -> None:
    told = retaining.unruled(Place(listened, Retention(backups=2, consent=24)))
    assert "files as they were sent, contacts and names, quotes" in told
    assert "what people said" not in told
    assert "delete backups from before 2026-07-01" in told


class Stopped(Exception):  # noqa: N818 - as a kill, and no fault
    pass


class Stopping(Vault):
    """A vault that is stopped before its n-th change."""

    def __init__(self, vault: Vault, left: int) -> None:
        super().__init__(vault.folder)
        self.left = left

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Stopped

    def write(self, book: str, content: Mapping[str, Any]) -> None:
        self._count()
        super().write(book, content)

    def erase(self, name: str) -> None:
        self._count()
        super().erase(name)


def test_stopped_at_any_moment_it_is_finished_by_the_next_run(
    listened: Work, open_at: OpenAt, tmp_path: Path
) -> None:
    rules = Retention(words=24, contacts=3, quotes=3, results=1)
    listened.store.close()
    changes = 0
    while True:
        at = tmp_path / f"cut {changes}"
        shutil.copytree(tmp_path / "home", at)
        work = replace(open_at(at), today=LATER)
        cut = replace(work, vault=Stopping(work.vault, changes))
        try:
            retaining.retain(Place(cut, rules))
        except Stopped:
            assert "halfway" in retaining.overdue(Place(work, rules))
        else:
            break
        done = retaining.retain(Place(work, rules))
        assert done.counts["people"] == 2
        assert all(one.done for one in work.store.kept.receipts())
        assert work.store.kept.unfinished() is None
        for word in (b"quillwort", b"thornbush", b"marrowby", b"960222"):
            assert holding(word, at, among=4) == [], (changes, word)
        assert steps.who(work, "Ottoline")
        work.store.close()
        changes += 1
    assert changes > 15
