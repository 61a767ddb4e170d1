"""The framework matrix on its page: part by part, for researchers alone, and as a workbook."""

from __future__ import annotations

import io
import re
import time

from openpyxl import load_workbook

from listening.steps import accounts, withdraw
from listening.steps.coding import pull
from tests.steps.coded_town import ADA, ticked
from tests.web.coding_town import Coded, shown


def test_before_anybody_has_coded_the_page_says_so(fresh: Coded) -> None:
    assert "Nobody has coded yet" in fresh.page("matrix/")


def test_people_stand_beside_what_they_said_under_each_code(coded: Coded) -> None:
    page = coded.page("matrix/")
    told = coded.work.store.codings()
    people = told["participant_id"].nunique()
    assert f"People 1 to 20 of {people}" in page
    first = told[told["code"] != ""].iloc[0]
    assert first["participant_id"] in page
    assert f"“{first['text']}”" in page
    assert "Memo: Says so twice." in page


def test_every_person_is_on_one_page_and_on_no_other(coded: Coded) -> None:
    people = set(coded.work.store.codings()["participant_id"])
    pages, seen = -(-len(people) // 20), []
    for number in range(1, pages + 1):
        page = coded.page("matrix/", page=str(number))
        seen += re.findall(r"\bP\d{5}\b", page)
        assert f"Page {number} of {pages}" in page
    assert sorted(seen) == sorted(people)
    assert coded.page("matrix/", page="999999999") == coded.page("matrix/", page=str(pages))
    assert coded.page("matrix/", page="x") == coded.page("matrix/")


def test_one_code_shows_those_who_raised_it_and_its_column_alone(coded: Coded) -> None:
    page = coded.client().get(coded.address("matrix/"), {"code": "parks"}).content.decode()
    heads = re.findall(r'role="columnheader"[^>]*>([^<]+)<', page)
    assert heads == ["Person", "Parks"]
    assert 'data-label="Parks"' in page
    assert "listening-none" not in page
    assert "Nobody is in what you chose" in coded.page("matrix/", code="parks", kind="interview")


def test_who_may_not_be_quoted_stands_without_quotation_marks(coded: Coded) -> None:
    from listening.store.frames import objects

    seen = re.findall(r"\bP\d{5}\b", coded.page("matrix/", code="parks"))
    told = (
        coded.work.store.codings().set_index("participant_id").loc[[seen[0]]].reset_index().iloc[0]
    )
    rows = objects(coded.work.store.alias, "Participant")
    rows.filter(participant_id=told["participant_id"]).update(consent="analysis")
    page = coded.page("matrix/", code="parks")
    assert f"(not to be quoted) {told['text']}" in page
    assert f"“{told['text']}”" not in page


def test_the_workbook_holds_everybody_and_leaves_a_line_and_no_file(coded: Coded) -> None:
    before = sorted(path for path in coded.work.settings.home.rglob("*.xlsx"))
    answer = coded.client().post(coded.address("matrix/download/"))
    sheets = load_workbook(io.BytesIO(answer.content))
    assert sheets.sheetnames == ["Framework", "Passages", "Codes"]
    assert sheets["Framework"].max_row - 1 == coded.work.store.codings()["participant_id"].nunique()
    assert accounts.changes(coded.town.here)[0].action == "framework matrix downloaded"
    assert sorted(path for path in coded.work.settings.home.rglob("*.xlsx")) == before
    assert coded.client().get(coded.address("matrix/download/")).status_code == 405


def test_whoever_withdrew_is_not_in_it(coded: Coded) -> None:
    person = str(coded.work.store.codings()["participant_id"].iloc[0])
    assert person in coded.page("matrix/")
    coded.work.vault.write("people", {f"file|{person}": person})
    withdraw(coded.work, person)
    pages = "".join(coded.page("matrix/", page=str(n)) for n in range(1, 8))
    assert person not in pages


def test_many_people_and_all_codes_make_a_small_page_in_two_seconds(coded: Coded) -> None:
    for task in coded.server.hold("assisted/whole"):
        coded.server.submit(task, ADA, ticked("parks", "buses", "housing", memo="A memo. " * 20))
    pull(coded.work, coded.server)
    start = time.perf_counter()
    answer = coded.client().get(coded.address("matrix/"))
    assert time.perf_counter() - start < 2
    assert len(answer.content) < 200_000


def test_a_word_that_is_a_script_runs_nothing(coded: Coded) -> None:
    from tests.web.material import ATTACK

    page = coded.client().get(coded.address("matrix/"), {"code": ATTACK, "place": ATTACK})
    assert ATTACK not in page.content.decode()
    assert "Nobody is in what you chose" in shown(page)
