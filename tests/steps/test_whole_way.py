"""The whole way, on small material, with the real language pipeline and a fake encoder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from listening import steps
from listening.errors import InvalidGazetteer, NothingToDo
from listening.records import ReadOptions
from listening.segments import text_key
from listening.steps import Work
from tests.conftest import ROOT
from tests.steps.material import (
    ANSWERS,
    folder,
    holding,
    priorities,
    request,
    survey,
    table,
    whole_way,
)

OpenAt = Callable[[Path], Work]
CODEBOOK = ROOT / "annotations" / "codebooks" / "north_westminster_six.toml"
FILES = {
    "README.txt",
    "campaigns.csv",
    "codings.csv",
    "participants.csv",
    "priorities.csv",
    "priorities.json",
    "project.qdpx",
    "quotes.csv",
    "raised.csv",
    "reach.csv",
    "rejects.csv",
    "report.html",
    "run.json",
    "segments.csv",
    "topics.csv",
}


def test_a_run_writes_every_working_result(open_at: OpenAt, tmp_path: Path) -> None:
    told = whole_way(open_at(tmp_path / "home"), request(folder(tmp_path / "in")), tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES
    assert told["counts"]["files"] == 2
    assert told["counts"]["participants"] == 11


def test_the_same_run_twice_gives_the_same_bytes_and_embeds_nothing(
    open_at: OpenAt, tmp_path: Path
) -> None:
    asked = request(folder(tmp_path / "in"), codebook=CODEBOOK)
    whole_way(open_at(tmp_path / "home"), asked, tmp_path / "out")
    again = whole_way(open_at(tmp_path / "home"), asked, tmp_path / "out2")
    elsewhere = whole_way(open_at(tmp_path / "home2"), asked, tmp_path / "out3")
    assert again["counts"]["embedded_now"] == 0
    assert elsewhere["counts"]["embedded_now"] > 0
    for name in FILES - {"run.json"}:
        first = (tmp_path / "out" / name).read_bytes()
        assert first == (tmp_path / "out2" / name).read_bytes(), name
        assert first == (tmp_path / "out3" / name).read_bytes(), name


def test_adding_a_file_embeds_only_its_new_text(open_at: OpenAt, tmp_path: Path) -> None:
    inside = folder(tmp_path / "in")
    work = open_at(tmp_path / "home")
    whole_way(work, request(inside), tmp_path / "out")
    before = len(work.models.encoder.asked)  # type: ignore[attr-defined]
    survey(inside / "more.csv", [("Q1", ANSWERS[0], "analysis"), ("Q2", "A new bench", "analysis")])
    later = open_at(tmp_path / "home")
    told = whole_way(later, request(inside), tmp_path / "out")
    assert before > 0
    assert told["counts"]["embedded_now"] == 1
    assert later.models.encoder.asked == ["A new bench"]  # type: ignore[attr-defined]


def test_interviewers_words_never_reach_a_segment(open_at: OpenAt, tmp_path: Path) -> None:
    whole_way(open_at(tmp_path / "home"), request(folder(tmp_path / "in")), tmp_path / "out")
    said = [row["text"] for row in table(tmp_path / "out" / "segments.csv")]
    assert any("damp in my flat" in text for text in said)
    for name in FILES:
        assert b"zebracrossing" not in (tmp_path / "out" / name).read_bytes(), name


def test_repeating_one_persons_text_ten_times_moves_no_rank(
    open_at: OpenAt, tmp_path: Path
) -> None:
    rows = [(f"R{n}", text, "analysis") for n, text in enumerate(ANSWERS)]
    once, often = tmp_path / "once", tmp_path / "often"
    once.mkdir(), often.mkdir()
    survey(once / "survey.csv", rows)
    survey(often / "survey.csv", rows[:2] * 10 + rows[2:])
    ranked = []
    for inside in (once, often):
        work = open_at(tmp_path / f"home-{inside.name}")
        whole_way(work, request(inside, codebook=CODEBOOK), tmp_path / f"out-{inside.name}")
        found = priorities(tmp_path / f"out-{inside.name}")["priorities"]
        ranked.append([(p["rank"], p["id"], p["people"], p["score"]) for p in found])
    assert ranked[0] == ranked[1]


def test_nothing_of_somebody_without_consent_is_kept(open_at: OpenAt, tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    rows = [("R1", "The wobblethorn ate my shed", "none"), ("R2", ANSWERS[0], "analysis")]
    survey(inside / "survey.csv", rows)
    whole_way(open_at(tmp_path / "home"), request(inside), tmp_path / "out")
    assert not holding(b"wobblethorn", tmp_path, inside)
    assert "consent" in table(tmp_path / "out" / "rejects.csv")[0]["why"].lower()


def test_an_officers_observation_is_shown_and_never_counted(
    open_at: OpenAt, tmp_path: Path
) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "notes.csv").write_text(
        "note_id,note,voice\n"
        "1,The rent is too high for what we earn,verbatim\n"
        "2,Two men argued about the rent being too high,observation\n",
        encoding="utf-8",
    )
    whole_way(open_at(tmp_path / "home"), request(inside, codebook=CODEBOOK), tmp_path / "out")
    assert len(table(tmp_path / "out" / "segments.csv")) == 2
    found = priorities(tmp_path / "out")
    assert {p["of"] for p in found["priorities"]} == {1}


def test_provisional_is_said_and_nothing_claims_the_top(open_at: OpenAt, tmp_path: Path) -> None:
    asked = request(folder(tmp_path / "in"), codebook=CODEBOOK)
    whole_way(open_at(tmp_path / "home"), asked, tmp_path / "out")
    found = priorities(tmp_path / "out")
    assert next(iter(found)) == "status"
    assert found["status"] == "provisional"
    assert {p["p_top_k"] for p in found["priorities"]} == {None}
    assert found["wave"] == "March 2026 to April 2026"
    assert {row["status"] for row in table(tmp_path / "out" / "priorities.csv")} == {"provisional"}


def test_a_run_killed_between_files_goes_on_without_doing_anything_twice(
    open_at: OpenAt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = request(folder(tmp_path / "in"))
    whole_way(open_at(tmp_path / "calm"), asked, tmp_path / "expected")
    work = open_at(tmp_path / "home")
    run_id = steps.begin(work, asked)
    kept = work.store.add_source

    def die_at_the_second(*args: object) -> None:
        monkeypatch.setattr(work.store, "add_source", _die)
        kept(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(work.store, "add_source", die_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        steps.ingest(work, run_id)
    told = whole_way(open_at(tmp_path / "home"), asked, tmp_path / "out")
    assert told["counts"]["files"] == 2
    assert (tmp_path / "out" / "segments.csv").read_bytes() == (
        tmp_path / "expected" / "segments.csv"
    ).read_bytes()


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_broken_file_is_refused_and_the_rest_goes_on(open_at: OpenAt, tmp_path: Path) -> None:
    inside = folder(tmp_path / "in")
    (inside / "broken.docx").write_bytes(b"PK\x03\x04 this is no Word file")
    (inside / "empty.csv").write_bytes(b"")
    told = whole_way(open_at(tmp_path / "home"), request(inside), tmp_path / "out")
    refused = {row["file"] for row in table(tmp_path / "out" / "rejects.csv")}
    assert {"broken.docx", "empty.csv"} <= refused
    assert told["counts"]["files"] == 2


def test_the_same_file_twice_is_one_source(open_at: OpenAt, tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    survey(inside / "a.csv", [("R1", ANSWERS[0], "analysis")])
    survey(inside / "b.csv", [("R1", ANSWERS[0], "analysis")])
    told = whole_way(open_at(tmp_path / "home"), request(inside), tmp_path / "out")
    assert told["counts"]["participants"] == 1
    assert "same as that of a.csv" in table(tmp_path / "out" / "rejects.csv")[0]["why"]


def test_a_batch_in_which_nothing_can_be_read_ends_in_a_sentence(
    open_at: OpenAt, tmp_path: Path
) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    survey(inside / "a.csv", [("R1", ANSWERS[0], "analysis")])
    work = open_at(tmp_path / "home")
    run_id = steps.begin(work, request(inside, options=ReadOptions(text=("Coment",))))
    with pytest.raises(NothingToDo, match="Coment"):
        steps.ingest(work, run_id)


def test_consent_taken_back_in_the_manifest_erases_what_was_kept(
    open_at: OpenAt, tmp_path: Path
) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    survey(inside / "survey.csv", [("R1", ANSWERS[0], "analysis")])
    (inside / "talk.txt").write_text(
        "Interviewer: What matters to you?\nResident: The wobblethorn in my cellar matters.\n",
        encoding="utf-8",
    )
    manifest = inside / "manifest.csv"
    head = "file,speaker,kind,participant_id,consent\ntalk.txt,Resident,interview,I1,"
    manifest.write_text(head + "analysis\n", encoding="utf-8")
    work = open_at(tmp_path / "home")
    whole_way(work, request(inside), tmp_path / "out")
    assert any("wobblethorn" in row["text"] for row in table(tmp_path / "out" / "segments.csv"))
    manifest.write_text(head + "none\n", encoding="utf-8")
    whole_way(open_at(tmp_path / "home"), request(inside), tmp_path / "out")
    from listening.records import DOCUMENTS, SEGMENTS

    sources = work.store.run().sources
    assert not [text for text in work.store.load(sources, SEGMENTS)["text"] if "wobble" in text]
    assert not [text for text in work.store.load(sources, DOCUMENTS)["text"] if "wobble" in text]
    assert work.store.vectors("fake@1", [text_key("The wobblethorn in my cellar matters.")]) == {}


def test_consent_that_ends_between_two_runs_is_heeded(open_at: OpenAt, tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "survey.csv").write_text(
        "Response ID,What would help?,consent,consent_until\n"
        f"R1,{ANSWERS[0]},analysis,2026-07-31\nR2,{ANSWERS[1]},analysis,\n",
        encoding="utf-8",
    )
    before = whole_way(open_at(tmp_path / "home"), request(inside), tmp_path / "out")
    later = open_at(tmp_path / "home")
    later.today = date(2026, 8, 1)
    after = whole_way(later, request(inside), tmp_path / "out")
    assert (before["counts"]["participants"], after["counts"]["participants"]) == (2, 1)


def test_names_and_identifiers_beside_the_words_are_taken_out_too(
    open_at: OpenAt, tmp_path: Path
) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "survey.csv").write_text(
        "Response ID,What would Mrs Oakapple on 07700 900123 do?,place,block,consent\n"
        f'R1,{ANSWERS[0]},"14 Fennel Court, EM4 7QX",north,analysis\n'
        f"R2,{ANSWERS[1]},Lime Street,north,analysis\n"
        f"R3,{ANSWERS[2]},Lime Street,south,analysis\n",
        encoding="utf-8",
    )
    whole_way(open_at(tmp_path / "home"), request(inside), tmp_path / "out")
    for needle in (b"Oakapple", b"07700", b"EM4 7QX", b"14 Fennel"):
        assert not holding(needle, tmp_path, inside, tmp_path / "home" / "vault"), needle
    assert {"Lime Street"} <= {row["place"] for row in table(tmp_path / "out" / "participants.csv")}


def test_a_corrected_file_stands_in_the_old_ones_place(open_at: OpenAt, tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    words = "The wobblethorn in my cellar matters"
    survey(inside / "survey.csv", [("R1", words, "quotation"), ("R2", ANSWERS[0], "analysis")])
    whole_way(open_at(tmp_path / "home"), request(inside), tmp_path / "out")
    survey(inside / "survey.csv", [("R1", words, "none"), ("R2", ANSWERS[0], "analysis")])
    whole_way(open_at(tmp_path / "home"), request(inside), tmp_path / "out")
    work = open_at(tmp_path / "home")
    assert work.store.vectors("fake@1", [text_key(words)]) == {}
    said = (tmp_path / "out" / "segments.csv").read_text(encoding="utf-8")
    assert "wobblethorn" not in said


def test_content_that_this_run_has_elsewhere_is_not_erased_with_the_file_it_stood_in_before(
    open_at: OpenAt, tmp_path: Path
) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    survey(inside / "b.csv", [("R1", ANSWERS[0], "analysis")])
    whole_way(open_at(tmp_path / "home"), request(inside), tmp_path / "out")
    survey(inside / "a.csv", [("R1", ANSWERS[0], "analysis")])
    survey(inside / "b.csv", [("R1", ANSWERS[1], "analysis")])
    whole_way(open_at(tmp_path / "home"), request(inside), tmp_path / "out")
    said = {row["text"] for row in table(tmp_path / "out" / "segments.csv")}
    assert said == {ANSWERS[0], ANSWERS[1]}


def test_a_file_that_cannot_be_opened_is_refused_and_the_rest_goes_on(
    open_at: OpenAt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = folder(tmp_path / "in")
    opened = Path.read_bytes

    def locked(path: Path) -> bytes:
        if path.name == "interview.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path)

    monkeypatch.setattr(Path, "read_bytes", locked)
    told = whole_way(open_at(tmp_path / "home"), request(inside), tmp_path / "out")
    assert told["counts"]["files"] == 1
    assert "interview.txt" in {row["file"] for row in table(tmp_path / "out" / "rejects.csv")}


def test_a_programmes_settings_name_the_report_and_limit_what_is_kept_of_people(
    open_at: OpenAt, tmp_path: Path
) -> None:
    inside = folder(tmp_path / "in")
    ages = [("R1", "A bench by the pond", "25-34"), ("R2", "Buses at night please", "very old")]
    rows = "".join(f"{name},{text},{age},blue\n" for name, text, age in ages)
    (inside / "ages.csv").write_text(f"id,answer,Age?,eyes\n{rows}", encoding="utf-8")
    settings = tmp_path / "ours.toml"
    settings.write_text(
        'name = "Our own programme"\nquestion = "Q?"\n'
        '[[attributes]]\nname = "age"\nquestion = "Age?"\nvalues = ["25-34"]\n',
        encoding="utf-8",
    )
    options = ReadOptions(attributes=("Age?", "eyes"))
    asked = request(inside / "ages.csv", programme=settings, options=options)
    whole_way(open_at(tmp_path / "home"), asked, tmp_path / "out")
    assert priorities(tmp_path / "out")["programme"] == "Our own programme"
    people = table(tmp_path / "out" / "participants.csv")
    assert sorted(row["attr:age"] for row in people) == ["", "25-34"]
    assert "attr:eyes" not in people[0]
    told = [row["what"] for row in table(tmp_path / "out" / "rejects.csv")]
    assert len([what for what in told if "“eyes”" in what or "“age”" in what]) == 2


def test_what_a_programme_teaches_holds_from_the_next_run_on(
    open_at: OpenAt, tmp_path: Path
) -> None:
    said = [("R1", "It was splodge who mended the railing by the Bertha", "quotation")]
    asked = request(survey(tmp_path / "said.csv", said))

    def text() -> str:
        whole_way(open_at(tmp_path / "home"), asked, tmp_path / "out")
        return table(tmp_path / "out" / "segments.csv")[0]["text"]

    assert "splodge" in text()
    own = tmp_path / "home" / "vault" / "gazetteer.toml"
    own.write_text('person = ["Splodge"]\nplace = ["the Bertha"]\n', encoding="utf-8")
    assert "splodge" not in text()
    assert "It was [name " in text()
    assert "the Bertha" in text()
    own.write_text("person = 3", encoding="utf-8")
    with pytest.raises(InvalidGazetteer, match=r"gazetteer\.toml"):
        text()
