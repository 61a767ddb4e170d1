"""The next version of a codebook out of a file without versions: nothing is lost, all is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.codebook import (
    Code,
    Codebook,
    Decision,
    as_qdc,
    as_taguette,
    crosswalk,
    following,
    from_refi,
    raised,
    rename,
)
from listening.errors import InvalidCodebook
from tests.unit.codebook.codebook_cases import mill_town

WHY = Decision("2026-07-01", "Ada", "clearer")
BOOK = mill_town()


def of(*codes: Code) -> Codebook:
    return Codebook("from-a-table", "A table", "0.1", "en", "", codes)


def as_given(book: Codebook, **changes: Code) -> Codebook:
    """A codebook as a table gives it: every code in use, some of them otherwise."""
    codes = [changes.get(one.id.replace("-", "_"), one) for one in book.codes]
    return replace(book, id="table", version="0.1", codes=tuple(codes), changes=())


def first() -> Code:
    return next(one for one in BOOK.in_use)


def test_the_same_again_changes_nothing_but_the_number() -> None:
    found = following(BOOK, as_given(BOOK), WHY).codebook
    assert replace(found, version=BOOK.version) == BOOK


def test_another_name_for_the_same_definition_is_a_rename_with_a_line_of_trail() -> None:
    code = first()
    told = as_given(BOOK, **{code.id.replace("-", "_"): replace(code, id="x", name="Another")})
    found = following(BOOK, told, WHY).codebook
    now = found.code(code.id)
    assert now is not None
    assert now.name == "Another"
    last = found.changes[-1]
    assert (last.what, last.was, last.now, last.by) == ("rename", code.name, "Another", "Ada")


def test_a_name_that_is_there_goes_before_an_id_that_was_guessed() -> None:
    code = first()
    renamed = rename(BOOK, code.id, "Something else", WHY)
    fresh = Code(code.id, code.name, "A new meaning for the old name.")
    told = as_given(renamed, **{code.id.replace("-", "_"): replace(code, name="Something else")})
    told = replace(told, codes=(*told.codes, replace(fresh, id=f"{code.id}-2")))
    found = following(renamed, told, WHY).codebook
    assert found.called(code.id) == "Something else"
    assert len(found.codes) == len(BOOK.codes) + 1


def test_what_the_file_does_not_name_stays_or_is_retired_as_asked() -> None:
    code, kept = first(), BOOK.in_use[1]
    told = of(replace(kept, parent=""), replace(BOOK.in_use[2], parent=""))
    stays = following(BOOK, told, WHY)
    assert stays.codebook.code(code.id) == code
    assert f"“{code.name}”" in stays.notes[0]
    gone = following(BOOK, told, WHY, retire=True)
    assert {one.id for one in gone.codebook.in_use} == {kept.id, BOOK.in_use[2].id}
    crosswalk(BOOK, gone.codebook)  # no code was taken out
    assert {one.what for one in gone.codebook.changes[len(BOOK.changes) :]} == {"retire"}


def test_what_a_table_has_no_column_for_stays() -> None:
    bare = of(*(Code(one.id, one.name, one.definition) for one in BOOK.in_use))
    found = following(BOOK, bare, WHY).codebook
    for one in BOOK.in_use:
        now = found.code(one.id)
        assert now == one


def test_a_code_renamed_in_another_program_is_known_by_its_guid() -> None:
    named = {item.belongs_to for one in BOOK.codes for item in one.counter_examples}
    code = next(one for one in BOOK.in_use if one.id not in named)
    text = as_qdc(BOOK).content.decode().replace(f'name="{code.name}"', 'name="Renamed there"')
    told = from_refi("from_nvivo.qdc", text.replace("Listening, ", "NVivo ").encode())
    found = following(BOOK, told.codebook, WHY).codebook
    assert found.called(code.id) == "Renamed there"
    assert [one.id for one in found.codes] == [one.id for one in BOOK.codes]


def test_a_version_that_is_taken_is_not_given_again() -> None:
    assert following(BOOK, as_given(BOOK), WHY).codebook.version == "1.1"
    assert following(BOOK, as_given(BOOK), WHY, ["1.1", "1.2"]).codebook.version == "1.3"
    same = replace(BOOK, name="Mill Town now")
    assert raised(BOOK, same, WHY).codebook.version == "1.1"
    later = raised(BOOK, replace(same, version="1.4"), WHY, ["1.4"])
    assert later.codebook.version == "1.1"
    assert later.notes
    assert raised(BOOK, replace(same, version="1.4"), WHY).codebook.version == "1.4"


def test_two_codes_of_one_name_are_refused() -> None:
    book = of(Code("a", "A", "Means a."), Code("b", "B", "Means b."))
    told = of(Code("a", "A", "Means a."), Code("b", "A", "Means b."))
    with pytest.raises(InvalidCodebook, match="could not tell them apart"):
        following(book, told, WHY)


@given(st.lists(st.text("abc xyz", min_size=1, max_size=6), min_size=2, max_size=8, unique=True))
def test_whatever_a_table_says_no_code_is_ever_taken_out(names: list[str]) -> None:
    codes = [Code(f"c{n}", f"{name} {n}", f"Means {name}.") for n, name in enumerate(names)]
    for retire in (False, True):
        found = following(BOOK, of(*codes), WHY, retire=retire).codebook
        assert {one.id for one in BOOK.codes} <= {one.id for one in found.codes}
        crosswalk(BOOK, found)


def test_what_is_handed_out_as_a_table_comes_back_the_same() -> None:
    import csv
    import io

    from listening.codebook import from_table

    rows = list(csv.reader(io.StringIO(as_taguette(BOOK).content.decode("utf-8-sig"))))
    told = from_table("same.csv", rows[0], list(enumerate(rows[1:], start=2)))
    found = following(BOOK, told.codebook, WHY).codebook
    assert replace(found, version=BOOK.version) == BOOK
