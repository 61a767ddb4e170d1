"""The codebook on its pages: seen, prepared, looked at, published, and taken back."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
from openpyxl import Workbook

from listening import codebook as books
from listening.errors import ServerAway
from listening.steps import accounts
from listening.steps.desk import books as desk
from tests.steps.coded_town import BEN, book
from tests.web.coding_town import Coded, shown
from tests.web.material import ATTACK


def send(made: Coded, name: str, content: bytes, **more: str) -> str:
    """Send a file as the next version; what comes then."""
    file = io.BytesIO(content)
    file.name = name
    told = {"upload-file": file, "upload-why": "They asked for it.", "upload-missing": "keep"}
    told |= {f"upload-{key}": value for key, value in more.items()}
    return changed(made, {"change": "upload", **told})


def changed(made: Coded, told: dict[str, Any]) -> str:
    return shown(made.client().post(made.address("codebook/change/"), told, follow=True))


def rename(made: Coded, code: str = "parks", name: str = "Parks and trees") -> str:
    told = {"rename-code": code, "rename-name": name, "rename-why": "Clearer."}
    return changed(made, {"change": "rename", **told})


def publish(made: Coded) -> str:
    """Publish what was looked at, let it be done, and return the page of the codebook."""
    ready = desk.draft(made.work)
    assert ready is not None
    told = {"mark": ready.mark, "once": uuid.uuid4().hex}
    for _ in range(2):  # pressed twice
        made.client().post(made.address("codebook/next/"), told)
    assert made.do_all() == 1
    return made.page("codebook/")


def codes(made: Coded) -> dict[str, int]:
    told = made.work.store.codings()
    return dict(told[told["code_status"] == "active"]["code"].value_counts())


def xlsx(rows: list[list[str]]) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def test_the_codebook_is_shown_with_its_codes_and_how_often_each_was_given(coded: Coded) -> None:
    page = coded.page("codebook/")
    assert "Codebook, version 1.0" in page
    assert "3 codes in use" in page
    given = coded.work.store.loop.given("town")
    assert f"What people say of parks. 10 examples. {given['parks']['active']} –" in page


def test_a_code_is_renamed_looked_at_published_and_seen(coded: Coded) -> None:
    page = rename(coded)
    assert "Code “Parks” is now called “Parks and trees”" in page
    assert "All stay where they are" in page
    assert "version 1.0" in coded.page("codebook/")  # not before it is published
    before = codes(coded)
    page = publish(coded)
    assert "Codebook, version 1.1" in page
    assert "What changed since version 1.0" in page
    assert "Parks and trees" in page
    assert codes(coded) == before
    assert "Parks and trees" in coded.server.config("assisted/whole")
    assert "from version 1.0 to 1.1" in coded.page()
    lines = [one.action for one in accounts.changes(coded.town.here)]
    assert lines.count("publishing a codebook version done") == 1


def test_a_merge_says_how_many_codings_move_and_is_taken_back(coded: Coded) -> None:
    before = codes(coded)
    parks = coded.work.store.loop.given("town")["parks"]["active"]
    told = {"merge-code": "parks", "merge-into": "buses", "merge-why": "One thing."}
    page = changed(coded, {"change": "merge", **told})
    assert f"From “Parks” to “Buses” {parks}" in page
    publish(coded)
    assert "parks" not in codes(coded)
    assert "Take the last change back" in coded.page("codebook/")
    coded.do("undo")
    assert codes(coded) == before
    assert "Codebook, version 1.0" in coded.page("codebook/")
    rename(coded)
    assert "version 1.2" in publish(coded)  # 1.1 was another text, and stays so


def test_a_split_says_how_many_are_to_be_read_again_and_asks_for_them(coded: Coded) -> None:
    housing = coded.work.store.loop.given("town")["housing"]["active"]
    told = {"first": "Damp", "first_means": "Wet homes.", "second": "Rent", "second_means": "Cost."}
    more = {"code": "housing", "why": "Two things.", **told}
    page = changed(coded, {"change": "split"} | {f"split-{k}": v for k, v in more.items()})
    assert f"To be read again, and not counted until then: “Housing” {housing}" in page
    publish(coded)
    assert "items were sent to be read again" in coded.page()
    assert "housing" not in codes(coded)
    assert "Damp" in coded.page("codebook/")


def test_several_changes_become_one_version(coded: Coded) -> None:
    rename(coded)
    told = {"add-name": "Shops", "add-means": "Where people buy.", "add-why": "New."}
    page = changed(coded, {"change": "add", **told})
    assert "is now called “Parks and trees”" in page
    assert "Code “Shops” is new" in page
    assert "Version 1.1" in page
    assert "Codebook, version 1.1" in publish(coded)


def test_a_table_with_another_name_in_it_renames_and_loses_nothing(coded: Coded) -> None:
    rows = [
        ["name", "definition"],
        ["Homes", "What people say of housing."],
        ["Buses", "What people say of buses, trams and their stops."],
        ["Clinics", "Doctors and nurses."],
    ]
    page = send(coded, "next.xlsx", xlsx(rows))
    assert "Code “Housing” is now called “Homes”" in page
    assert "The definition of “Buses” changed: is it still the same code?" in page
    assert "Code “Clinics” is new" in page
    assert "Not in the file, and kept as before: “Parks”" in page
    publish(coded)
    found = desk.current(coded.work)
    assert found is not None
    assert {code.id: len(code.examples) for code in found[1].codes} == {
        "housing": 10,
        "buses": 10,
        "parks": 10,
        "clinics": 0,
    }
    assert [one.what for one in found[1].changes] == ["rename"]


def test_what_a_table_does_not_name_is_retired_where_that_is_asked_for(coded: Coded) -> None:
    rows = b"tag,description\nHousing,What people say of housing.\nBuses,Of buses.\n"
    page = send(coded, "taguette.csv", rows, missing="retire")
    parks = coded.work.store.loop.given("town")["parks"]["active"]
    assert f"Kept under “Parks”, and not counted any more {parks}" in page
    publish(coded)
    assert "parks" not in codes(coded)


@pytest.mark.parametrize("kind", ["csv", "qdc"])
def test_what_is_handed_out_comes_back_and_changes_nothing(coded: Coded, kind: str) -> None:
    content = coded.client().get(coded.address(f"codebook/download/{kind}/")).content
    assert "says what version 1.0 says" in send(coded, f"same.{kind}", content)
    assert desk.draft(coded.work) is None


def test_toml_with_its_own_trail_is_taken_as_it_is(coded: Coded) -> None:
    first = books.load(book(), "town.toml")
    made = books.merge(first, ["parks"], "buses", books.Decision("2026-07-01", "Ada", "One."))
    page = send(coded, "town_1.1.toml", books.as_toml(made).encode())
    assert "Code “Parks” was merged into “Buses”" in page
    assert "Version 1.1" in page


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("notes.docx", b"x", "is no kind of codebook"),
        ("next.toml", book("1.1").replace("housing", "homes", 1).encode(), "has no code housing"),
        ("next.toml", b"[codebook]\nid = 3", "has no `name`"),
        ("next.toml", book("1.1").replace('"town"', '"other"').encode(), "another codebook"),
        ("next.csv", b"a,b\n1,2\n", "has no column for the names of codes"),
        ("next.xlsx", b"PK", "next.xlsx"),
        ("next.qdc", b"<x", "is damaged"),
        ("next.toml", b"\xff\xfe\x00", "is not text in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_beside_its_field(
    coded: Coded, name: str, content: bytes, error: str
) -> None:
    page = send(coded, name, content)
    assert "There is a problem" in page
    assert error in page
    assert desk.draft(coded.work) is None


def test_a_change_that_cannot_be_made_says_why(coded: Coded) -> None:
    assert "needs another name than it has" in rename(coded, name="Parks")
    assert "another name, or merge them" in rename(coded, name="Buses")
    told = {"merge-code": "parks", "merge-into": "parks", "merge-why": "So."}
    assert "cannot be merged into itself" in changed(coded, {"change": "merge", **told})
    assert "Say why" in changed(coded, {"change": "retire", "retire-code": "parks"})
    assert "Choose a file" in changed(coded, {"change": "upload"})


def test_a_name_that_is_a_script_runs_nothing(coded: Coded) -> None:
    rename(coded, name=ATTACK)
    for then in ("codebook/next/", "codebook/change/", "codebook/"):
        page = coded.client().get(coded.address(then)).content.decode()
        assert ATTACK not in page


def test_only_what_was_looked_at_is_published(coded: Coded) -> None:
    rename(coded)
    ready = desk.draft(coded.work)
    assert ready is not None
    rename(coded, "buses", "Trams")  # somebody else goes on with it
    coded.client().post(coded.address("codebook/next/"), {"mark": ready.mark, "once": "x"})
    coded.do_all()
    assert "is not what you looked at" in coded.page()
    assert "version 1.0" in coded.page("codebook/")


def test_a_server_that_goes_away_half_way_loses_nothing_and_is_gone_on_with(
    coded: Coded, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"merge-code": "parks", "merge-into": "buses", "merge-why": "One thing."}
    changed(coded, {"change": "merge", **told})
    before = codes(coded)
    put, done = coded.server.replace_result, []

    def away(*args: Any) -> bool:
        if len(done) == 3:
            raise ServerAway("Label Studio", "does not answer.", "Start it.")
        done.append(put(*args))
        return done[-1]

    monkeypatch.setattr(coded.server, "replace_result", away)
    publish(coded)
    page = coded.page()
    assert "does not answer" in page
    assert "stopped half way. Nothing is lost: go on with it" in page
    assert codes(coded)["buses"] >= before["parks"]  # here all is carried over
    monkeypatch.setattr(coded.server, "replace_result", put)
    assert "Done Publish" in coded.do("publish")
    assert "Codebook, version 1.1" in coded.page("codebook/")
    assert "half way" not in coded.page()
    there = {
        choice
        for task in coded.server.hold(f"blind/whole/{BEN}").values()
        for annotation in task["annotations"]
        for one in annotation["result"]
        for choice in one["value"].get("choices", [])
    }
    assert "parks" not in there
    # what was published is not prepared any more, and nothing stands between the two versions
    coded.client().post(coded.address("codebook/next/let-go/"))
    assert "prepares version" not in coded.page("codebook/")


def test_a_version_is_let_go_and_the_codebook_stays(coded: Coded) -> None:
    rename(coded)
    page = shown(coded.client().post(coded.address("codebook/next/let-go/"), follow=True))
    assert "It was let go" in page
    assert desk.draft(coded.work) is None
    assert coded.client().get(coded.address("codebook/next/")).status_code == 302


def test_the_first_codebook_of_a_programme_is_given_as_a_file(fresh: Coded) -> None:
    fresh.work.store.note_run("r1", parameters={"k": 3})
    assert "There is none yet" in fresh.page("codebook/")
    assert "no codebook yet: give it one" in fresh.page()
    assert "Code “Parks” is new" in send(fresh, "town.toml", book().encode())
    assert "Codebook, version 1.0" in publish(fresh)
    assert "Name two coders" in fresh.page()
