"""From working results to a release: what leaves, what is kept of it, what withdrawal does then."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from openpyxl import load_workbook

from benchmarks import audited
from benchmarks.attackers import Programme, working
from listening import steps
from listening.errors import ListeningError, NothingToDo, UnreadableFile
from listening.records import PARTICIPANTS, SEGMENTS, table_of
from listening.segments import text_key
from listening.steps import Work, ledger, signing
from listening.steps.releasing import release
from listening.store import KeptSource
from listening.store.frames import objects

OpenAt = Callable[[Path], Work]
WORDS = "=The damp in our flat on Marsh Lane is back again for {name}."


def results(
    work: Work,
    made: Programme,
    folder: Path,
    status: str = "reviewed",
    reading: audited.Reading | None = None,
) -> Path:
    """Keep the people of a programme in the store, and write working results about them."""
    folder.mkdir(exist_ok=True)
    key = f"k{made.issued}-{len(made.people)}"
    people, segments, quotes = [], [], []
    for one in made.people:
        text = WORDS.format(name=one.id)
        people.append(
            {"participant_id": one.id, "source_kind": one.source, "place": "", "language": "en",
             "consent": "quotation", "people": 1, "date": "", "cluster": one.id,
             "attributes": one.values}
        )  # fmt: skip
        segments.append(
            {"segment_id": f"s{one.id}", "document_id": f"d{one.id}", "participant_id": one.id,
             "source_kind": one.source, "question": "", "start": 0, "end": len(text),
             "text": text, "language": "en", "voice": "verbatim", "nil": False,
             "text_key": text_key(text), "phrases": ()}
        )  # fmt: skip
        if "t0" in one.raised:
            quotes.append(
                {"code": "t0", "segment_id": f"s{one.id}", "participant_id": one.id, "text": text,
                 "voice": "verbatim", "source_kind": one.source,
                 "attributes": json.dumps(one.values), "signed_off_by": "", "signed_off_on": ""}
            )  # fmt: skip
    if not work.store.known_sources([key]):
        work.store.add_source(KeptSource(key, (), (), {}), key)
        work.store.save(key, table_of(people, PARTICIPANTS), PARTICIPANTS)
        work.store.save(key, table_of(segments, SEGMENTS), SEGMENTS)
    document = working(made, dict.fromkeys(made.themes, 0.5), 3) | {"status": status}
    if reading:
        document, _ = audited.working(made, reading, 3)
    for row in document["priorities"]:
        row |= {"needs": [], "changes": [], "quotes": [], "negative_cases": [], "statement": "=1+1"}
    (folder / "priorities.json").write_text(json.dumps(document), encoding="utf-8")
    told = [
        {"participant_id": one.id, "source_kind": one.source, "people": 1, "place": "",
         "counted": 1, "read": int(reading is None or reading.counts(one)),
         **{f"attr:{name}": value for name, value in one.values.items()}}
        for one in made.people
    ]  # fmt: skip
    pd.DataFrame(told).to_csv(folder / "participants.csv", index=False)
    pd.DataFrame(quotes[:5]).to_csv(folder / "quotes.csv", index=False)
    return folder


@pytest.fixture
def made() -> Programme:
    return Programme.make(4, 200)


@pytest.fixture
def work(open_at: OpenAt, tmp_path: Path) -> Work:
    return open_at(tmp_path / "home")


@pytest.fixture
def folder(work: Work, made: Programme, tmp_path: Path) -> Path:
    return results(work, made, tmp_path / "out")


def test_a_release_says_that_it_is_one_and_repeats_to_the_byte(
    work: Work, folder: Path, tmp_path: Path
) -> None:
    first = release(work, folder, tmp_path / "one")
    second = release(work, folder, tmp_path / "two")
    assert (first.again, second.again) == (False, True)
    assert first.release == second.release
    for name in first.files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    page = (tmp_path / "one" / "report.html").read_text(encoding="utf-8")
    assert page.index("REVIEWED") < page.index(f"RELEASE {first.release}") < page.index("<h1")
    assert "WORKING COPY" not in page
    assert "'=1+1" in (tmp_path / "one" / "priorities.csv").read_text(encoding="utf-8")


def test_only_signed_quotes_go_and_nothing_of_them_points_to_a_passage(
    work: Work, folder: Path, tmp_path: Path
) -> None:
    first, second, *_ = signing.waiting(work, folder)
    assert release(work, folder, tmp_path / "none").quotes == 0
    signing.decide(
        work, folder, [first.segment_id, second.segment_id], "A. Lead", signed=True, speaks="yes"
    )
    signing.decide(work, folder, [second.segment_id], "A. Lead", signed=False, why="Her road.")
    told = release(work, folder, tmp_path / "one")
    assert told.quotes == 1
    whole = (tmp_path / "one" / "priorities.json").read_text(encoding="utf-8")
    assert f'"{first.text}"' in whole
    assert first.segment_id not in whole
    assert second.segment_id not in whole


def test_a_name_in_quotes_csv_signs_off_and_other_words_need_signing_anew(
    work: Work, folder: Path
) -> None:
    table = pd.read_csv(folder / "quotes.csv", dtype=str, keep_default_na=False)
    table.loc[0, ["signed_off_by", "signed_off_on"]] = ["B. Officer", "2026-03-01"]
    table.to_csv(folder / "quotes.csv", index=False)
    with pytest.raises(ListeningError, match="does not say whether the quote speaks"):
        signing.waiting(work, folder)
    assert work.store.releases.decisions() == []
    table["speaks"] = ["Yes", *[""] * (len(table) - 1)]
    table.to_csv(folder / "quotes.csv", index=False)
    first, *rest = signing.waiting(work, folder)
    assert (first.decision, first.by) == ("signed", "B. Officer, 2026-03-01")
    assert {one.decision for one in rest} == {"waits"}
    table.loc[0, ["text", "signed_off_by"]] = ["Other words.", ""]
    table.to_csv(folder / "quotes.csv", index=False)
    assert signing.waiting(work, folder)[0].decision == "waits"


@pytest.mark.parametrize(
    ("signed", "said", "why"),
    [
        (True, {}, "does not say whether the quote speaks for its priority"),
        (True, {"speaks": "no"}, "is not signed off"),
        (False, {}, "does not say why"),
        (False, {"speaks": "yes", "why": " "}, "does not say why"),
    ],
)
def test_a_decision_says_what_the_page_asks(
    work: Work, folder: Path, signed: bool, said: dict[str, str], why: str
) -> None:
    first = signing.waiting(work, folder)[0]
    with pytest.raises(ListeningError, match=why):
        signing.decide(work, folder, [first.segment_id], "A. Lead", signed=signed, **said)
    assert work.store.releases.every_decision() == []


def test_a_quote_that_does_not_speak_for_its_theme_is_no_evidence_and_needs_no_reason(
    work: Work, folder: Path
) -> None:
    first = signing.waiting(work, folder)[0]
    with pytest.raises(NothingToDo, match="no candidate quote of t9"):
        signing.decide(
            work, folder, [first.segment_id], "A. Lead", signed=False, speaks="no", theme="t9"
        )
    (told,) = signing.decide(
        work, folder, [first.segment_id], "A. Lead", signed=False, speaks="no", theme="t0"
    )
    assert told.why == "It does not speak for this priority."
    assert work.store.releases.no_evidence() == {(first.segment_id, "t0")}


def test_what_nobody_has_coded_goes_only_when_it_is_said_and_says_so(
    work: Work, made: Programme, tmp_path: Path
) -> None:
    folder = results(work, made, tmp_path / "out", status="provisional")
    with pytest.raises(ListeningError, match="--provisional"):
        release(work, folder, tmp_path / "one")
    assert not (tmp_path / "one").exists()
    release(work, folder, tmp_path / "one", provisional=True)
    assert "PROVISIONAL" in (tmp_path / "one" / "report.html").read_text(encoding="utf-8")


def test_results_that_the_audit_corrects_are_released_as_estimates_in_plain_words(
    work: Work, tmp_path: Path
) -> None:
    made = Programme.make(6, 600)
    reading = audited.begin(made, 6)
    assert reading
    folder = results(work, made, tmp_path / "out", reading=reading)
    release(work, folder, tmp_path / "one")
    out = json.loads((tmp_path / "one" / "priorities.json").read_text(encoding="utf-8"))
    survey = sum(one.source == "survey" for one in made.people)
    assert out["people"] == pytest.approx(600, abs=2)
    assert out["correction"]["survey"]["people"] == pytest.approx(survey, abs=2)
    assert out["correction"]["survey"]["read"] == pytest.approx(len(reading.read), abs=2)
    estimated = [one for one in out["priorities"] if one["prevalence"]]
    assert estimated
    assert {one["people"] for one in estimated} == {None}
    said = f"an estimated {100 * estimated[0]['prevalence']:.0f}% of about"
    note = "for the others a computer guessed"
    page = (tmp_path / "one" / "report.html").read_text(encoding="utf-8")
    word = "\n".join(told_by_word(tmp_path / "one" / "briefing.docx"))
    sheet = load_workbook(tmp_path / "one" / "evidence.xlsx")["About"]
    about = "\n".join(str(row[0].value) for row in sheet.iter_rows())
    assert said in page
    assert said in word
    assert all(note in text for text in (page, word, about))
    assert f">{len(reading.read)}<" not in page


def told_by_word(path: Path) -> list[str]:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(one.text for one in document.paragraphs), *cells]


def test_fewer_than_ten_people_another_runs_tables_and_no_results_are_refused(
    work: Work, made: Programme, folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableFile):
        release(work, tmp_path / "nothing", tmp_path / "one")
    made.leave(3)
    document = working(made, {}, 3)
    (folder / "priorities.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(ListeningError, match="do not belong together"):
        release(work, folder, tmp_path / "one")
    made.leave(len(made.people) - 8)
    with pytest.raises(NothingToDo, match="fewer than 10"):
        release(work, results(work, made, tmp_path / "few"), tmp_path / "one")


def test_a_withdrawal_names_the_releases_and_is_carried_by_a_later_one(
    work: Work, made: Programme, folder: Path, tmp_path: Path
) -> None:
    first = signing.waiting(work, folder)[0]
    signing.decide(work, folder, [first.segment_id], "A. Lead", signed=True, speaks="yes")
    one = release(work, folder, tmp_path / "one")
    person = first.segment_id.removeprefix("s")
    assert ledger.leave(work, person) == [(one.release, "", 1)]
    assert ledger.leave(work, person) == []
    book = work.vault.read(f"releases/{one.release}")
    assert person not in json.dumps(book)
    assert book["left"]["all"] == 1
    made.people = [other for other in made.people if other.id != person]
    results(work, made, folder)
    with pytest.raises(ListeningError, match="a few people"):
        release(work, folder, tmp_path / "two")
    made.join(30)
    results(work, made, folder)
    later = release(work, folder, tmp_path / "two")
    assert later.release != one.release
    assert len(work.store.releases.all()) == 2


def test_what_is_said_of_releases_to_somebody_who_withdraws(work: Work) -> None:
    receipt = steps.Receipt("1A", "2026-07-01", {}, (), (), (("abc", "March", 2), ("def", "", 0)))
    with_quotes, without = steps.said_of_releases(receipt)
    assert "Release abc (March)" in with_quotes
    assert "2 quotes" in with_quotes
    assert "no quote of theirs" in without


def test_results_that_count_somebody_the_store_does_not_hold_are_refused(
    work: Work, folder: Path, tmp_path: Path
) -> None:
    table = pd.read_csv(folder / "participants.csv", dtype=str, keep_default_na=False)
    table.loc[0, "participant_id"] = "P-made-up"
    table.to_csv(folder / "participants.csv", index=False)
    with pytest.raises(ListeningError, match="store does not know"):
        release(work, folder, tmp_path / "one")
    assert work.store.releases.all() == []


def test_a_group_counted_otherwise_in_the_two_tables_is_refused(
    work: Work, folder: Path, tmp_path: Path
) -> None:
    document = json.loads((folder / "priorities.json").read_text(encoding="utf-8"))
    kind = next(iter(document["sources"]))
    document["sources"][kind]["people"] += 1
    (folder / "priorities.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(ListeningError, match=f"people of {kind}"):
        release(work, folder, tmp_path / "one")


def test_words_or_a_voice_changed_in_quotes_csv_are_nobodys_and_stay(
    work: Work, folder: Path, tmp_path: Path
) -> None:
    table = pd.read_csv(folder / "quotes.csv", dtype=str, keep_default_na=False)
    table["signed_off_by"], table["speaks"] = "B. Officer", "yes"
    table.loc[0, "text"] = "Words that nobody said."
    table.loc[1, "voice"] = "paraphrase"
    table.to_csv(folder / "quotes.csv", index=False)
    told = release(work, folder, tmp_path / "one")
    assert told.left_out["it is not in the words that were kept of its person"] == 2
    whole = (tmp_path / "one" / "priorities.json").read_text(encoding="utf-8")
    assert "Words that nobody said" not in whole


def test_the_same_results_that_come_out_otherwise_are_a_line_of_their_own(
    work: Work, folder: Path, tmp_path: Path
) -> None:
    one = release(work, folder, tmp_path / "one")
    objects(work.store.alias, "Release").update(release="0" * 16)
    two = release(work, folder, tmp_path / "two")
    assert (two.again, two.release == one.release) == (False, False)
    assert [line.release for line in work.store.releases.all()] == ["0" * 16, two.release]
    assert release(work, folder, tmp_path / "three").again


def unpacked(path: Path) -> list[bytes]:
    if not zipfile.is_zipfile(path):
        return [path.read_bytes()]
    with zipfile.ZipFile(path) as held:
        return [held.read(name) for name in held.namelist()]


def test_codes_beneath_a_priority_stay_with_the_team_and_the_release_says_so(
    work: Work, made: Programme, tmp_path: Path
) -> None:
    folder = results(work, made, tmp_path / "out")
    flat = release(work, folder, tmp_path / "flat")
    document = json.loads((folder / "priorities.json").read_text(encoding="utf-8"))
    document["priorities"][0]["within"] = [
        {"id": "mould-in-lofts", "name": "Mould in lofts", "under": "t0", "people": 3}
    ]
    (folder / "priorities.json").write_text(json.dumps(document), encoding="utf-8")
    told = release(work, folder, tmp_path / "nested")
    for name in told.files:
        for held in unpacked(tmp_path / "nested" / name):
            assert b"ould in loft" not in held
            assert b"mould-in-lofts" not in held
    always = [
        json.loads((tmp_path / name / "release.json").read_text())["withheld"]["always"]
        for name in ("flat", "nested")
    ]
    assert set(always[1]) - set(always[0]) == {
        "how many raised each of the narrower codes beneath a priority"
    }
    assert not any("within" in one for one in told.dropped)
    assert told.files == flat.files
