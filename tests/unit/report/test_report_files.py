"""The files beside the page: their names, columns and bytes."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from listening import report
from tests.unit.report import fictional_results as fictional
from tests.unit.report.fictional_passages import ATTACK

#: INTERFACE.md, word for word.
COLUMNS = {
    "segments.csv": "segment_id, document_id, participant_id, source_kind, question, start, end, "
    "text, language, voice, topic_id, topic_name, topic_stability, campaign, "
    "translated, beside",
    "campaigns.csv": "campaign_id, people, answers, identical, example",
    "topics.csv": "topic_id, name, description, words, segments, people, stability, flag, near, "
    "example",
    "participants.csv": "participant_id, source_kind, place, language, consent, people, date, "
    "cluster, counted, read, attr:age, "
    "attr:tenure",
    "codings.csv": "participant_id, segment_id, text, code, coder, origin, stream, "
    "codebook_version, coded_at, code_status, question, start, end, memo, severity, proposed",
    "reach.csv": "by, value, approached, spoke, declined, share_spoke, records, "
    "without_approached, in_files",
    "uncovered.csv": "segment_id, participant_id, source_kind, question, text, language, voice, "
    "translated, nearest_code, probability, people, passages, quotable",
    "rejects.csv": "file, row, what, why, what_to_do",
    "quotes.csv": "segment_id, participant_id, text, voice, source_kind, attributes, "
    "signed_off_by, signed_off_on, speaks",
    "priorities.csv": "rank, id, name, statement, status, people, of, estimated, prevalence, "
    "interval_low, interval_high, score, rank_low, rank_high, p_top_k, tier, tied_with, "
    "intensity, intensity_people, breadth, differs, protected_for",
}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return dict(report.files(fictional.results()))


def _read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def test_every_working_result_has_its_name(files: dict[str, bytes]) -> None:
    others = {"report.html", "priorities.json", "project.qdpx", "README.txt", "run.json"}
    assert set(files) == {*COLUMNS, *others}


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_tables_have_the_columns_that_others_rely_on(files: dict[str, bytes], name: str) -> None:
    assert _read(files[name])[0] == COLUMNS[name].split(", ")


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_tables_are_plain_utf_8_with_one_kind_of_line_end(
    files: dict[str, bytes], name: str
) -> None:
    assert not files[name].startswith(b"\xef\xbb\xbf")
    assert b"\r" not in files[name]
    assert files[name].endswith(b"\n")


def test_text_stands_verbatim_in_tables(files: dict[str, bytes]) -> None:
    texts = [row[7] for row in _read(files["segments.csv"])[1:]]

    assert texts == list(fictional.results().segments["text"])
    assert any(text.startswith("=") for text in texts)
    assert ATTACK in " ".join(texts)


def test_the_status_and_ties_stand_in_every_row_of_the_ranking(files: dict[str, bytes]) -> None:
    head, *rows = _read(files["priorities.csv"])
    named = [dict(zip(head, row, strict=True)) for row in rows]

    assert {row["status"] for row in named} == {"provisional"}
    assert named[1]["tied_with"] == "housing;neighbourhood"
    assert (named[0]["people"], named[0]["p_top_k"]) == ("86", "")


def test_the_ranking_as_json_keeps_its_order_and_its_letters(files: dict[str, bytes]) -> None:
    content = files["priorities.json"]

    assert json.loads(content) == fictional.document()
    assert content.startswith(b'{\n  "status": "provisional",')
    assert content.endswith(b"}\n")
    assert "نحتاج".encode() in content


def test_an_attribute_that_nobody_gave_is_an_empty_cell(files: dict[str, bytes]) -> None:
    rows = [[row[0], *row[-2:]] for row in _read(files["participants.csv"])[1:]]
    assert rows == [["p000", "35 to 64", ""], ["p001", "", "council"]]


def test_nobody_has_signed_off_a_candidate_quote_yet(files: dict[str, bytes]) -> None:
    assert {tuple(row[-2:]) for row in _read(files["quotes.csv"])[1:]} == {("", "")}


def test_what_is_known_of_a_quoted_person_is_json_text(files: dict[str, bytes]) -> None:
    head, *rows = _read(files["quotes.csv"])
    cells = {row[head.index("attributes")] for row in rows}

    assert cells == {'{"place": "Señal Court"}'}


def test_no_quote_at_all_is_a_table_without_rows() -> None:
    whole = fictional.results()
    files = report.files(replace(whole, quotes=whole.quotes[:0]))

    assert _read(files["quotes.csv"]) == [COLUMNS["quotes.csv"].split(", ")]


def test_the_readme_says_that_the_files_are_for_the_team_alone(files: dict[str, bytes]) -> None:
    readme = files["README.txt"].decode()

    assert readme.startswith("WORKING COPY: for the team, not to be passed on.")
    assert all(name in readme for name in files if name != "README.txt")


def test_the_same_results_give_the_same_bytes(files: dict[str, bytes]) -> None:
    assert report.files(fictional.results()) == files
