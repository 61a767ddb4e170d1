"""A talk that is given twice counts once, whatever kinds of file it comes in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from material import request

from listening.errors import NothingToDo
from listening.records import PARTICIPANTS, ReadOptions
from listening.steps import Work, disclosures, preflight
from listening.steps.disclosures import Disclosure
from listening.steps.ingest import begin, ingest
from listening.steps.withdraw import who, withdraw
from listening.steps.work import content_key

OpenAt = Callable[[Path], Work]
TALK = "".join(
    f"Interviewer: What do you think of number {n} in the street?\n"
    f"{name}: The {thing} at number {n} has been {state} since the winter, and nobody comes.\n"
    for n, (name, thing, state) in enumerate(
        [("Ada", "lift", "broken"), ("Bo", "roof", "leaking"), ("Ada", "door", "stuck"),
         ("Bo", "boiler", "cold"), ("Ada", "gate", "gone"), ("Bo", "light", "out")]
    )
)  # fmt: skip


def give(at: Path, *names: str, text: str = TALK) -> Path:
    at.mkdir(exist_ok=True)
    for name in names:
        (at / name).write_text(text + "\n" * (name > "a.txt"), encoding="utf-8")
    return at


def people(work: Work, *paths: Path) -> tuple[list[str], list[dict[str, str]]]:
    run_id = begin(work, request(*paths))
    ingest(work, run_id)
    kept = work.store.load(work.store.run(run_id).sources, PARTICIPANTS)
    return kept["participant_id"].tolist(), work.vault.read(f"runs/{run_id}")["rejects"]


def test_the_second_is_set_aside_and_the_reject_names_the_first(
    open_at: OpenAt, tmp_path: Path
) -> None:
    work = open_at(tmp_path / "home")
    heard, rejects = people(work, give(tmp_path / "in", "a.txt", "b.md"))
    assert len(heard) == 2
    (reject,) = rejects
    assert (reject["file"], reject["what"]) == ("b.md", "A second copy")
    assert "a.txt" in reject["why"]
    again, rejects = people(work, tmp_path / "in")
    assert again == heard
    assert len(rejects) == 1


def test_check_says_that_a_file_is_a_copy_and_refuses_nothing(tmp_path: Path) -> None:
    given = give(tmp_path / "in", "a.txt", "b.md")
    (first, copy), _ = preflight([given], ReadOptions(), None, date(2026, 7, 1))
    assert (first.participants, first.rejects) == (2, ())
    assert (copy.participants, copy.refused) == (0, False)
    assert [reject.what for reject in copy.rejects] == ["A second copy"]


def test_the_copy_is_read_once_the_first_is_taken_out(open_at: OpenAt, tmp_path: Path) -> None:
    work = open_at(tmp_path / "home")
    given = give(tmp_path / "in", "a.txt", "b.md")
    people(work, given)
    (given / "a.txt").unlink()
    heard, rejects = people(work, given)
    assert len(heard) == 2
    assert rejects == []


def test_a_copy_that_was_read_by_itself_before_counts_once(open_at: OpenAt, tmp_path: Path) -> None:
    work = open_at(tmp_path / "home")
    people(work, give(tmp_path / "in", "b.md"))
    heard, rejects = people(work, give(tmp_path / "in", "a.txt"))
    assert len(heard) == 2
    assert [reject["what"] for reject in rejects] == ["A second copy"]


def test_forty_people_who_say_the_same_word_are_forty(open_at: OpenAt, tmp_path: Path) -> None:
    work = open_at(tmp_path / "home")
    given = tmp_path / "in"
    for n in range(4):
        give(given, f"note{n}.txt", text="\n" * n + "Housing.")
    heard, rejects = people(work, given)
    assert (len(heard), rejects) == (4, [])


@pytest.mark.parametrize("first_stays", [True, False])
def test_whoever_withdraws_does_not_come_back_by_a_copy(
    open_at: OpenAt, tmp_path: Path, first_stays: bool
) -> None:
    work = open_at(tmp_path / "home")
    given = give(tmp_path / "in", "a.txt", "b.md")
    people(work, given)
    receipt = withdraw(work, who(work, "Ada"))
    assert {Path(path).name for path in receipt.left} == {"a.txt", "b.md"}
    if first_stays:
        heard, _ = people(work, given)
        assert len(heard) == 1
    else:
        (given / "a.txt").unlink()
        people(work, given)
    assert not work.store.holds(["lift", "gate"])


def test_consent_withheld_in_the_copy_alone_stops_the_run(open_at: OpenAt, tmp_path: Path) -> None:
    given = give(tmp_path / "in", "a.txt", "b.md")
    (given / "manifest.csv").write_text("file,speaker,consent\nb.md,Ada,none\n", encoding="utf-8")
    with pytest.raises(NothingToDo, match=r"is the same talk as a\.txt"):
        people(open_at(tmp_path / "home"), given)


def test_less_consent_in_the_copy_stops_the_run_too(open_at: OpenAt, tmp_path: Path) -> None:
    given = give(tmp_path / "in", "a.txt", "b.md")
    told = "file,speaker,consent\na.txt,Ada,quotation\nb.md,Ada,analysis\n"
    (given / "manifest.csv").write_text(told, encoding="utf-8")
    with pytest.raises(NothingToDo, match="allows less of somebody in it"):
        people(open_at(tmp_path / "home"), given)


def test_a_copy_of_a_file_in_which_something_is_set_apart_still_counts_once(
    open_at: OpenAt, tmp_path: Path
) -> None:
    work = open_at(tmp_path / "home")
    given = give(tmp_path / "in", "a.txt", "b.md")
    key = content_key((given / "a.txt").read_bytes())
    disclosures.add(work.vault, Disclosure("", key, "a.txt", disclosures.STRETCH, rows=(2, 2)))
    heard, rejects = people(work, given)
    assert len(heard) == 2
    assert "A second copy" in [reject["what"] for reject in rejects]
