"""Whoever withdrew stays out when the same talk comes in another file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from listening import steps
from listening.errors import NothingToDo
from listening.records import SEGMENTS
from listening.steps import Work, copies
from listening.steps.left import LEFT
from listening.steps.sketch_books import SHELF
from tests.steps.material import holding, request, survey, table, whole_way
from tests.unit.sources.samples import samples, zipped

OpenAt = Callable[[Path], Work]
TALK = (
    ("Interviewer", "What would it take for you to thrive around here?"),
    ("Ottoline", "The lifts have been broken since the spring, and nobody answers the telephone."),
    ("Quill", "The quillwort smell from the drains is in every flat on our side of the yard."),
    ("Interviewer", "And what have you tried so far?"),
    ("Quill", "I told the council about that drain four times and nobody ever came to look."),
    ("Ottoline", "The children need somewhere to go after school that does not cost them money."),
)


def give(at: Path, name: str, talk: tuple[tuple[str, str], ...] = TALK) -> Path:
    at.mkdir(exist_ok=True)
    kinds = samples(talk)
    zip_of_one = zipped({"inside/talk.odt": kinds[".odt"]})
    (at / name).write_bytes({**kinds, ".zip": zip_of_one}[Path(name).suffix])
    return at


def said(work: Work, given: Path, out: Path) -> str:
    whole_way(work, request(given), out)
    return " ".join(work.store.load(work.store.run().sources, SEGMENTS)["text"])


@pytest.fixture
def left(open_at: OpenAt, tmp_path: Path) -> Work:
    """Quill spoke in a Word file and withdrew."""
    work = open_at(tmp_path / "home")
    given = give(tmp_path / "first", "talk.docx")
    assert "quillwort" in said(work, given, tmp_path / "out")
    steps.withdraw(work, steps.who(work, "Quill"))
    return work


@pytest.mark.parametrize("name", ["again.txt", "again.vtt", "again.rtf", "again.zip"])
def test_the_same_talk_in_another_format_brings_nobody_back(
    left: Work, tmp_path: Path, name: str
) -> None:
    heard = said(left, give(tmp_path / "next", name), tmp_path / "out")
    assert "quillwort" not in heard
    assert "four times" not in heard
    assert "lifts have been broken" in heard
    why = [row["why"] for row in table(tmp_path / "out" / "rejects.csv")]
    assert copies.THEIRS[0] in why
    assert holding(b"quillwort", tmp_path / "home", among=4) == []


def test_lightly_edited_and_under_another_name_it_is_known_too(left: Work, tmp_path: Path) -> None:
    edited = tuple(
        (who.replace("Quill", "Speaker 2"), words.replace("drains", "drain").replace("ever ", ""))
        for who, words in TALK
    )
    heard = said(left, give(tmp_path / "next", "again.txt", edited), tmp_path / "out")
    assert "quillwort" not in heard
    assert "lifts have been broken" in heard


def test_whoever_is_taken_for_the_interviewer_stays_out_as_well(left: Work, tmp_path: Path) -> None:
    swapped = tuple(("Interviewer" if who == "Quill" else "Lee", words) for who, words in TALK[1:])
    work = left
    said(work, give(tmp_path / "next", "again.txt", swapped), tmp_path / "out")
    assert work.store.holds(["quillwort"]) == set()
    assert work.store.holds(["lifts"]) == {"lifts"}


def test_of_whoever_withdrew_a_sketch_and_the_day_are_left_and_no_word(left: Work) -> None:
    (entry,) = left.vault.read(LEFT).values()
    assert set(entry) == {"day", "talks"}
    (talk,) = entry["talks"]
    assert all(len(value) == 16 for value in talk)
    plain = json.dumps([left.vault.read(book) for book in left.vault.books(SHELF)])
    assert not any(value in plain for value in talk)


def test_who_says_the_same_in_another_file_is_named_and_erased_when_asked_for(
    open_at: OpenAt, tmp_path: Path
) -> None:
    work = open_at(tmp_path / "home")
    given = give(tmp_path / "in", "talk.docx")
    more = tuple(
        ("Lee", words)
        for words in (
            "There is nothing for young people here since the club on the corner was shut down.",
            "A warm room with somebody to talk to would do far more than any new playground would.",
            "They could open the old library in the evening, it stands there empty and quite dry.",
        )
    )
    give(given, "whole.txt", (*TALK, *more))
    assert said(work, given, tmp_path / "out").count("quillwort") == 2
    first = next(row["participant_id"] for row in table(tmp_path / "out" / "segments.csv")
                 if "quillwort" in row["text"])  # fmt: skip
    receipt = steps.withdraw(work, first)
    (other,) = receipt.alike
    assert other in steps.said_of_alike(receipt)
    assert work.store.holds(["quillwort"]) == {"quillwort"}
    again = steps.withdraw(work, other)
    assert again.alike == ()
    assert work.store.holds(["quillwort"]) == set()
    assert work.store.holds(["nothing for young people"])
    assert {Path(path).name for path in again.left} <= {"talk.docx", "whole.txt"}


LETTER = (
    "We the undersigned ask that the ferry be kept running through the winter, because without it "
    "the old people on this side cannot get to the surgery, the market or their families at all, "
    "and a bus that takes two hours over the long bridge is no answer to anybody who is frail."
)
OWN = (
    "I moved here when my knees went and I have not once regretted it, but the winters are long.",
    "My three grandsons fish from that landing and would have nothing else to do of an evening.",
    "As a baker I start at four and the first boat is the only way that my apprentice gets here.",
)


def test_who_sent_a_letter_of_many_takes_nobody_else_with_them(
    open_at: OpenAt, tmp_path: Path
) -> None:
    work = open_at(tmp_path / "home")
    given = tmp_path / "in"
    for n, own in enumerate(OWN):
        give(
            given, f"letter {n}.txt", (("Interviewer", "Go on."), (f"Sender{n}", f"{LETTER} {own}"))
        )
    heard = said(work, given, tmp_path / "out")
    assert all(own.split(",")[0].split(" and ")[0] in heard for own in OWN)
    steps.withdraw(work, steps.who(work, "Sender0"))
    assert work.store.holds(["knees", "grandsons", "apprentice"]) == {"grandsons", "apprentice"}
    (given / "letter 0.txt").unlink()
    give(
        given,
        "letter 1.txt",
        (("Interviewer", "Go on, please."), ("Sender1", f"{LETTER} {OWN[1]}")),
    )
    assert "grandsons" in said(work, given, tmp_path / "out")


def test_one_guide_read_out_to_many_makes_no_copies(open_at: OpenAt, tmp_path: Path) -> None:
    work = open_at(tmp_path / "home")
    given = tmp_path / "in"
    for n, own in enumerate(OWN):
        talk = (("Interviewer", LETTER), (f"Resident{n}", own), ("Interviewer", LETTER[::-1]))
        give(given, f"talk {n}.txt", talk)
    said(work, given, tmp_path / "out")
    assert work.store.holds(["knees", "grandsons", "apprentice"]) == {
        "knees", "grandsons", "apprentice",
    }  # fmt: skip


def test_ids_in_the_manifest_tell_people_apart_who_say_the_same(
    open_at: OpenAt, tmp_path: Path
) -> None:
    work = open_at(tmp_path / "home")
    given = tmp_path / "in"
    rows = []
    for n in range(2):
        end = ("Please.", "Thank you.")[n]
        give(given, f"form {n}.txt", (("Interviewer", "Go on."), ("Sender", f"{LETTER} {end}")))
        rows.append(f"form {n}.txt,Sender,interview,quotation,F{n}")
    head = "file,speaker,kind,consent,participant_id\n"
    (given / "manifest.csv").write_text(head + "\n".join(rows), encoding="utf-8")
    said(work, given, tmp_path / "out")
    people = {row["participant_id"] for row in table(tmp_path / "out" / "segments.csv")}
    assert len(people) == 2


def test_with_their_receipt_the_sketch_goes_too(open_at: OpenAt, tmp_path: Path) -> None:
    work = open_at(tmp_path / "home")
    said(work, give(tmp_path / "first", "talk.docx"), tmp_path / "out")
    receipt = steps.withdraw(work, steps.who(work, "Quill")).receipt
    with pytest.raises(NothingToDo, match="has no sketch"):
        steps.let_back(work, "00000000")
    steps.let_back(work, receipt.lower())
    assert work.vault.read(LEFT) == {}
    assert "quillwort" in said(work, give(tmp_path / "next", "again.txt"), tmp_path / "out")


def test_a_long_answer_of_a_survey_is_known_in_another_table(
    open_at: OpenAt, tmp_path: Path
) -> None:
    work = open_at(tmp_path / "home")
    (tmp_path / "first").mkdir()
    long = TALK[2][1] + " " + TALK[4][1]
    rows = [("R1", long, "quotation"), ("R2", "Cheaper buses in the evening", "quotation")]
    survey(tmp_path / "first" / "survey.csv", rows)
    said(work, tmp_path / "first", tmp_path / "out")
    (mine,) = {r["participant_id"] for r in table(tmp_path / "out/segments.csv")
               if "quillwort" in r["text"]}  # fmt: skip
    steps.withdraw(work, mine)
    (tmp_path / "next").mkdir()
    survey(tmp_path / "next" / "other.csv", [("7", long, "quotation"), ("8", "Parks", "quotation")])
    assert said(work, tmp_path / "next", tmp_path / "out") == "Parks"


def test_whoever_sent_the_same_letter_as_somebody_who_withdrew_stays(
    open_at: OpenAt, tmp_path: Path
) -> None:
    work = open_at(tmp_path / "home")
    (tmp_path / "first").mkdir()
    letter = TALK[2][1] + " " + TALK[4][1]
    rows = [(f"R{n}", letter, "quotation") for n in range(3)]
    survey(tmp_path / "first" / "survey.csv", rows)
    said(work, tmp_path / "first", tmp_path / "out")
    people = {row["participant_id"] for row in table(tmp_path / "out" / "segments.csv")}
    steps.withdraw(work, min(people))
    assert work.vault.read(LEFT) == {}
    said(work, tmp_path / "first", tmp_path / "out")
    left = {row["participant_id"] for row in table(tmp_path / "out" / "segments.csv")}
    assert left == people - {min(people)}


@pytest.mark.parametrize("mended", [False, True])
def test_a_letter_of_two_is_not_taken_for_the_words_of_the_one_who_withdrew(
    open_at: OpenAt, tmp_path: Path, mended: bool
) -> None:
    work = open_at(tmp_path / "home")
    given = tmp_path / "in"
    for n in range(2):
        own = f"{LETTER} {OWN[n]}"
        give(given, f"letter {n}.txt", (("Interviewer", "Go on."), (f"Sender{n}", own)))
    said(work, given, tmp_path / "out")
    receipt = steps.withdraw(work, steps.who(work, "Sender0"))
    assert receipt.alike == (steps.who(work, "Sender1"),)
    (given / "letter 0.txt").unlink()
    asked = "Go on, please." if mended else "Go on."
    talk = (("Interviewer", asked), ("Sender1", f"{LETTER} {OWN[1]}"))
    give(given, "letter 1.txt", talk)
    if not mended:  # read anew for another reason
        work.store.forget_readings(next(iter(work.store.file_keys_of(receipt.alike[0]))))
    assert "grandsons" in said(work, given, tmp_path / "out")
    # nobody who was not kept comes back by it
    again = (("Interviewer", "Go on."), ("Somebody", f"{LETTER} {OWN[0]}"))
    assert "knees" not in said(work, give(given, "other.txt", again), tmp_path / "out")
