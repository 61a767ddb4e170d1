"""Withdrawal: gone from store, vault and results, and kept out of every later run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from listening import steps
from listening.errors import NothingToDo
from listening.records import DOCUMENTS, PASSAGES, SEGMENTS
from listening.steps import Work
from tests.steps.material import folder, holding, request, table, whole_way

OpenAt = Callable[[Path], Work]
GROUP = """Interviewer: What worries you about the quayside?
Quillfeather: The quillwort smell from the drains is in every flat on our side of the yard.
Ottoline: My neighbour Quillfeather is right, and the lifts have been broken since the spring.
Quillfeather: I told the council about that quillwort drain four times and nobody ever came.
Ottoline: The children need somewhere to go after school that does not cost money every time.
"""
MANIFEST = """file,speaker,kind,participant_id,consent,voice,withdrawal_code
group.txt,Quillfeather,focus_group,,quotation,verbatim,K7QF-29MX
group.txt,Ottoline,focus_group,,quotation,verbatim,AB12-34CD
group.txt,Interviewer,focus_group,interviewer,,,
Thistlewood.txt,Thistlewood,interview,,quotation,verbatim,
Thistlewood.txt,Interviewer,interview,interviewer,,,
"""
ALONE = """Interviewer: How is it here?
Thistlewood: The thornbush by our gate has torn three coats and the council will not cut it.
Thistlewood: I have asked Mrs Marrowby next door to help but his back is worse than mine is.
"""


@pytest.fixture
def listened(open_at: OpenAt, tmp_path: Path) -> Work:
    inside = folder(tmp_path / "in")
    (inside / "group.txt").write_text(GROUP, encoding="utf-8")
    (inside / "Thistlewood.txt").write_text(ALONE, encoding="utf-8")
    (inside / "manifest_group.csv").write_text(MANIFEST, encoding="utf-8")
    work = open_at(tmp_path / "home")
    whole_way(work, request(inside), tmp_path / "out")
    return work


def again(open_at: OpenAt, tmp_path: Path) -> list[str]:
    whole_way(open_at(tmp_path / "home"), request(tmp_path / "in"), tmp_path / "out")
    return [row["text"] for row in table(tmp_path / "out" / "segments.csv")]


def test_a_person_is_found_by_id_by_code_and_by_what_their_file_calls_them(listened: Work) -> None:
    meant = steps.who(listened, "quillfeather")
    assert meant.startswith("P0")
    assert steps.who(listened, "k7qf 29mx") == meant
    assert steps.who(listened, meant.lower()) == meant


@pytest.mark.parametrize("said", ["P99999", "nobody at all", "", "ZZZZ-0000"])
def test_who_is_unknown_is_said_and_nothing_is_erased(listened: Work, said: str) -> None:
    with pytest.raises(NothingToDo, match="nobody's id, withdrawal code or name"):
        steps.who(listened, said)


def test_a_name_that_two_people_bear_is_not_guessed(listened: Work, tmp_path: Path) -> None:
    other = "Interviewer: And you?\nOttoline: I like the market on Saturdays, and the brass band.\n"
    (tmp_path / "in" / "second.txt").write_text(other, encoding="utf-8")
    whole_way(listened, request(tmp_path / "in"), tmp_path / "out")
    with pytest.raises(NothingToDo, match="2 people are called: P"):
        steps.who(listened, "Ottoline")


def test_the_words_are_in_no_file_but_the_officers_own_afterwards(
    listened: Work, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    for word in (b"quillwort", b"quillfeather"):
        assert holding(word, home, among=4)
    steps.withdraw(listened, steps.who(listened, "Quillfeather"))
    assert holding(b"quillwort", tmp_path, tmp_path / "in", among=4) == []
    # somebody else's words speak of them: the name behind that stand-in stays, in the vault alone
    assert holding(b"quillfeather", tmp_path, tmp_path / "in", among=4) == ["descriptors.json"]


def test_who_spoke_alone_leaves_no_name_anywhere_nor_those_they_named(
    listened: Work, tmp_path: Path
) -> None:
    assert holding(b"marrowby", tmp_path / "home", among=4) == ["descriptors.json"]
    receipt = steps.withdraw(listened, steps.who(listened, "Thistlewood"))
    for word in (b"thistlewood", b"marrowby", b"thornbush"):
        assert holding(word, tmp_path, tmp_path / "in", among=4) == [], word
    assert receipt.left == (str((tmp_path / "in" / "Thistlewood.txt").resolve()),)
    assert receipt.counts["sources"] == 1
    assert receipt.counts["names"] == 1


def test_what_others_said_stays_with_exact_offsets(listened: Work, tmp_path: Path) -> None:
    steps.withdraw(listened, steps.who(listened, "Quillfeather"))
    sources = [row.key for row in listened.store._objects("Source").all()]
    segments, passages, documents = (
        listened.store.load(sources, schema) for schema in (SEGMENTS, PASSAGES, DOCUMENTS)
    )
    text = dict(zip(documents["document_id"], documents["text"], strict=True))
    for row in segments.itertuples():
        assert text[row.document_id][row.start : row.end] == row.text
    assert any("lifts have been broken" in row for row in segments["text"])
    ends = passages.groupby("document_id")["end"].max()
    assert all(end == len(text[document]) for document, end in ends.items())


def test_the_same_files_bring_nobody_back(listened: Work, open_at: OpenAt, tmp_path: Path) -> None:
    for name in ("Quillfeather", "Thistlewood"):
        steps.withdraw(listened, steps.who(listened, name))
    said = again(open_at, tmp_path)
    assert not any("quillwort" in text or "thornbush" in text for text in said)
    assert any("lifts have been broken" in text for text in said)
    told = [row["why"] for row in table(tmp_path / "out" / "rejects.csv")]
    assert any("somebody who withdrew" in why for why in told)


def test_a_corrected_file_at_the_same_path_brings_nobody_back(
    listened: Work, open_at: OpenAt, tmp_path: Path
) -> None:
    steps.withdraw(listened, steps.who(listened, "Quillfeather"))
    mended = GROUP.replace("since the spring", "since the winter")
    (tmp_path / "in" / "group.txt").write_text(mended, encoding="utf-8")
    said = again(open_at, tmp_path)
    assert not any("quillwort" in text for text in said)
    assert any("since the winter" in text for text in said)


def test_nobody_later_is_given_a_withdrawn_persons_id_or_number(
    listened: Work, open_at: OpenAt, tmp_path: Path
) -> None:
    gone = steps.who(listened, "Thistlewood")
    taken = set(listened.vault.read("descriptors").values())
    steps.withdraw(listened, gone)
    later = "Interviewer: How is it?\nWainscott: I help Mrs Fennimore with her shopping.\n"
    (tmp_path / "in" / "later.txt").write_text(later, encoding="utf-8")
    again(open_at, tmp_path)
    book = listened.vault.read("descriptors")
    assert steps.who(listened, "Wainscott") != gone
    assert book["person|fennimore"] not in taken


def test_results_are_deleted_and_the_receipt_says_how_much_and_not_who(
    listened: Work, tmp_path: Path
) -> None:
    (tmp_path / "out" / "my notes.txt").write_text("mine", encoding="utf-8")
    receipt = steps.withdraw(listened, steps.who(listened, "Thistlewood"))
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["my notes.txt"]
    assert receipt.counts["reports"] == 15
    kept = listened.store._objects("Withdrawal").get(receipt=receipt.receipt)
    assert kept.counts == receipt.counts
    assert "histlewood" not in json.dumps([kept.counts, receipt.receipt])


def test_a_row_of_a_survey_is_withdrawn_and_the_others_stay(
    listened: Work, open_at: OpenAt, tmp_path: Path
) -> None:
    rows = table(tmp_path / "out" / "segments.csv")
    mine = next(row for row in rows if "Cheaper childcare" in row["text"])
    receipt = steps.withdraw(listened, mine["participant_id"])
    assert receipt.counts["documents"] == 1
    assert "sources" not in receipt.counts
    said = again(open_at, tmp_path)
    assert not any("Cheaper childcare" in text for text in said)
    assert len(said) == len(rows) - 1
