"""An action follows the code that it names: merged, split, retired or called otherwise since."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from listening import codebook as coding
from listening.codebook import Codebook, Decision
from listening.steps.acting import following, keeping, moving, views
from listening.steps.desk import books
from tests.web.acting import begun
from tests.web.coding_town import shown
from tests.web.town import Town, client_of

BOOK = """
[codebook]
id = "town"
name = "Town"
version = "1.0"

[[codes]]
id = "housing"
name = "Housing"
definition = "What is said of it."
examples = ["It is about housing."]

[[codes]]
id = "damp"
name = "Damp homes"
definition = "What is said of it."
examples = ["It is about damp."]

[[codes]]
id = "money"
name = "Money"
definition = "What is said of it."
examples = ["It is about money."]
"""
WHY = Decision("2026-07-01", "Wren", "They mean the same.")


def adopt(town: Town, change: Callable[[Codebook], Codebook] = lambda book: book) -> None:
    """Let a codebook hold in the programme."""
    work = town.site.work(town.here)
    book = change(coding.load(BOOK, draft=True))
    work.store.loop.keep_book(book.id, book.version, coding.as_toml(book))
    work.vault.write(books.FIRST, {"id": book.id, "version": book.version})


def page(town: Town, then: str = "") -> str:
    return shown(client_of(town.people["lead"]).get(address(town, then)))


def address(town: Town, then: str = "") -> str:
    return f"/programmes/{town.here.slug}/actions/{then}"


def stands(town: Town, action: Any) -> following.Stands:
    return following.follow(town.site.work(town.here)).stands(action)


def test_an_action_on_a_code_is_shown_under_its_name_though_no_name_was_kept(town: Town) -> None:
    """A table that was imported had the id alone, and its page said "No priority yet"."""
    adopt(town)
    one = begun(town, theme="housing")
    assert one.theme_name == ""
    told = page(town, f"{one.id}/")
    assert "Housing A repairs team for damp" in told
    assert "No priority yet" not in told


def test_one_that_is_chosen_on_the_form_is_kept_with_its_name(reading: Town) -> None:
    adopt(reading)
    client = client_of(reading.people["lead"])
    said = {"idea": "A repairs team for damp", "theme": "housing"}
    told = shown(client.post(address(reading, "new/"), said, follow=True))
    assert "Housing A repairs team for damp" in told
    (one,) = keeping.everything(reading.site, reading.here)
    assert (one.theme, one.theme_name, one.codebook_version) == ("housing", "Housing", "town 1.0")


def test_after_a_merge_it_stands_under_what_its_code_became(town: Town) -> None:
    one = begun(town, theme="damp", theme_name="Damp homes")
    adopt(town, lambda book: coding.merge(book, ["damp"], "housing", WHY))
    told = page(town, f"{one.id}/")
    assert "It was kept under “Damp homes”, which is now part of “Housing”." in told
    assert "Housing A repairs team for damp" in told
    listed = page(town)
    assert "Damp homes" not in listed
    assert listed.index("Housing") < listed.index("A repairs team for damp")
    assert '<option value="housing" selected>' in raw(town, f"{one.id}/change/")
    ((tree, _),) = views.diagrams(town.site, town.here)
    assert tree.words.startswith("Housing")


def test_a_code_that_was_renamed_is_called_as_it_is_now(town: Town) -> None:
    one = begun(town, theme="damp", theme_name="Damp homes")
    adopt(town, lambda book: coding.rename(book, "damp", "Damp and mould", WHY))
    assert stands(town, one).names == "Damp and mould"
    assert stands(town, one).became == ""


def test_after_a_split_it_stands_under_each_part_until_somebody_says_which(town: Town) -> None:
    one = begun(town, theme="housing", theme_name="Housing")
    parts = [("rent", "Rent"), ("repairs", "Repairs")]
    adopt(town, lambda book: coding.split(book, "housing", parts, WHY))
    told = page(town, f"{one.id}/")
    assert "“Housing” was split into “Rent” and “Repairs”: say which of them this answers." in told
    listed = page(town)
    assert listed.count("A repairs team for damp") == 2
    assert "Rent" in listed
    assert "Repairs" in listed
    form = raw(town, f"{one.id}/change/")
    assert '<option value="repairs">' in form
    assert '<option value="housing" selected>' in form
    assert len(views.diagrams(town.site, town.here)) == 1


def test_a_code_that_was_retired_is_said_to_be(town: Town) -> None:
    one = begun(town, theme="damp", theme_name="Damp homes")
    adopt(town, lambda book: coding.retire(book, "damp", "", WHY))
    told = page(town, f"{one.id}/")
    assert "“Damp homes” was retired from the codebook, and no code took its place" in told
    assert "Damp homes" in page(town)
    assert stands(town, one).only is not None


def test_a_merge_of_what_had_been_merged_is_followed_to_its_end(town: Town) -> None:
    one = begun(town, theme="damp", theme_name="Damp homes")

    def twice(book: Codebook) -> Codebook:
        once = coding.merge(book, ["damp"], "housing", WHY)
        return coding.merge(once, ["housing"], "money", WHY)

    adopt(town, twice)
    assert [theme.id for theme in stands(town, one).themes] == ["money"]


def test_a_table_may_name_a_priority_by_its_id_or_by_its_name(
    reading: Town, tmp_path: Path
) -> None:
    adopt(reading)
    path = tmp_path / "actions.csv"
    path.write_text("idea,theme\nOne,housing\nTwo,Housing\nThree,rent\n", encoding="utf-8")
    work = reading.site.work(reading.here)
    assert moving.bring(work, path, "wren").new == 3
    told = [(one.theme, one.theme_name, one.codebook_version) for one in work.store.actions.all()]
    assert told == [("housing", "Housing", "town 1.0")] * 2 + [("rent", "", "")]


def raw(town: Town, then: str) -> str:
    return str(client_of(town.people["lead"]).get(address(town, then)).content.decode())
