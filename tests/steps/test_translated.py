"""A translation is read in the original's place or stands beside it; neither is ever lost."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from material import request, table, whole_way

from listening.errors import NothingToDo
from listening.records import DOCUMENTS, PARTICIPANTS, PASSAGES, SEGMENTS, Table
from listening.steps import Work, disclosures
from listening.steps.ingest import begin, ingest
from listening.steps.withdraw import who, withdraw

OpenAt = Callable[[Path], Work]
GERMAN = """Interviewer: Was fehlt hier in der Siedlung?
Resident: Ein Arzt fehlt uns sehr, sagt auch meine Nachbarin Jean Smith.
"""
ENGLISH = """Interviewer: What is missing here on the estate?
Resident: A doctor is what we miss, says my neighbour Jean Smith too.
"""
MANIFEST = """file,speaker,participant_id,consent,translation
talk.txt,Interviewer,interviewer,,talk-en.txt
talk.txt,Resident,R1,quotation,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    at = tmp_path / "in"
    at.mkdir()
    for name, text in (("talk.txt", GERMAN), ("talk-en.txt", ENGLISH), ("manifest.csv", MANIFEST)):
        (at / name).write_text(text, encoding="utf-8")
    return at


def segments(work: Work, *paths: Path) -> Table:
    run_id = begin(work, request(*paths))
    ingest(work, run_id)
    return work.store.load(work.store.run(run_id).sources, SEGMENTS)


def reading(work: Work, how: str) -> Work:
    return dataclasses.replace(work, settings=dataclasses.replace(work.settings, translations=how))


def test_the_translation_is_read_and_the_original_stands_beside_it_without_names(
    open_at: OpenAt, tmp_path: Path, folder: Path
) -> None:
    work = open_at(tmp_path / "home")
    (row,) = segments(work, folder).to_dict("records")
    assert row["text"].startswith("A doctor is what we miss")
    assert "fehlt uns sehr" in row["beside"]
    assert row["translated"]
    assert row["language"] == "de"
    assert "Smith" not in row["text"] + row["beside"]
    keys = work.store.run().sources
    assert len(keys) == 1
    asked = work.store.load(keys, PASSAGES).iloc[0]
    assert (asked["role"], asked["beside"]) == ("interviewer", "Was fehlt hier in der Siedlung?")


def test_by_the_setting_the_original_is_read_and_the_translation_stands_beside_it(
    open_at: OpenAt, tmp_path: Path, folder: Path
) -> None:
    work = open_at(tmp_path / "home")
    segments(work, folder)
    (row,) = segments(reading(work, "beside"), folder).to_dict("records")
    assert "fehlt uns sehr" in row["text"]
    assert row["beside"].startswith("A doctor is what we miss")
    assert not row["translated"]
    keys = work.store.run().sources
    assert work.store.load(keys, DOCUMENTS)["text"].str.startswith("Was fehlt").all()


def test_a_corrected_translation_stands_in_the_old_ones_place(
    open_at: OpenAt, tmp_path: Path, folder: Path
) -> None:
    work = open_at(tmp_path / "home")
    segments(work, folder)
    (folder / "talk-en.txt").write_text(ENGLISH.replace("doctor", "surgery"), encoding="utf-8")
    (row,) = segments(work, folder).to_dict("records")
    assert row["text"].startswith("A surgery")
    assert not work.store.holds(["A doctor"])


def test_whoever_withdraws_leaves_neither_wording_behind(
    open_at: OpenAt, tmp_path: Path, folder: Path
) -> None:
    work = open_at(tmp_path / "home")
    segments(work, folder)
    receipt = withdraw(work, who(work, "R1"))
    assert not work.store.holds(["doctor", "Arzt", "Siedlung"])
    assert {Path(path).name for path in receipt.left} == {"talk.txt", "talk-en.txt"}


def test_quotes_say_that_they_are_translated(open_at: OpenAt, tmp_path: Path, folder: Path) -> None:
    book = tmp_path / "book.toml"
    codes = (("doctor", "A doctor is what we miss"), ("buses", "The bus never comes on time"))
    text = '[codebook]\nid = "b"\nname = "b"\nversion = "1.0"\n'
    for name, words in codes:
        text += f'[[codes]]\nid = "{name}"\nname = "{name}"\n'
        examples = [f"{words} {n} times" for n in range(8)]
        text += f'definition = "{words}"\nexamples = {examples}\n'
    book.write_text(text)
    out = tmp_path / "out"
    whole_way(open_at(tmp_path / "home"), request(folder, codebook=book), out)
    (quote,) = table(out / "quotes.csv")
    assert quote["translated"] == "True"
    assert "fehlt uns sehr" in quote["beside"]
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Interview · translated" in page
    assert "in a translation that somebody supplied" in page


@pytest.mark.parametrize("said", ["none,", ",yes"])
def test_a_translation_that_leaves_somebody_out_and_fits_nowhere_stops_its_original(
    open_at: OpenAt, tmp_path: Path, folder: Path, said: str
) -> None:
    manifest = f"""file,speaker,participant_id,consent,disclosure,translation
talk.txt,Interviewer,interviewer,,,talk-en.txt
talk.txt,Resident,R1,quotation,,
talk-en.txt,Resident,R1,{said},
"""
    (folder / "manifest.csv").write_text(manifest, encoding="utf-8")
    (folder / "talk-en.txt").write_text(ENGLISH + ENGLISH, encoding="utf-8")
    work = open_at(tmp_path / "home")
    with pytest.raises(NothingToDo, match="to be left out"):
        segments(work, folder)
    assert work.store.is_empty()


def test_a_disclosure_that_the_translation_tells_of_holds_for_the_original(
    open_at: OpenAt, tmp_path: Path, folder: Path
) -> None:
    manifest = """file,speaker,participant_id,consent,disclosure,translation
talk.txt,Interviewer,interviewer,,,talk-en.txt
talk.txt,Resident,R1,quotation,,
talk-en.txt,Resident,R1,quotation,yes,
"""
    (folder / "manifest.csv").write_text(manifest, encoding="utf-8")
    work = open_at(tmp_path / "home")
    assert segments(work, folder).empty
    (told,) = disclosures.everything(work.vault)
    assert "Arzt" in told.words[0].text


@pytest.mark.parametrize("spoilt", [ENGLISH + ENGLISH, "\x00\x01\x02"])
def test_less_agreed_to_in_a_translation_that_fits_nowhere_holds_for_the_original_and_is_said(
    open_at: OpenAt, tmp_path: Path, folder: Path, spoilt: str
) -> None:
    manifest = """file,speaker,participant_id,consent,translation
talk.txt,Interviewer,interviewer,,talk-en.txt
talk.txt,Resident,R1,quotation,
talk-en.txt,Resident,R1,analysis,
"""
    (folder / "manifest.csv").write_text(manifest, encoding="utf-8")
    (folder / "talk-en.txt").write_text(spoilt, encoding="utf-8")
    work = open_at(tmp_path / "home")
    assert len(segments(work, folder)) == 1
    keys = work.store.run().sources
    assert set(work.store.load(keys, PARTICIPANTS)["consent"]) == {"analysis"}
    told = [
        reject.why for source in work.store.sources({keys[0]: "talk"}) for reject in source.rejects
    ]
    assert any("less was agreed to" in why for why in told)
