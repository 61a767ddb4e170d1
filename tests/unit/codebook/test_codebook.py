"""Codebooks: the starters are good, and every fault is told by the code that has it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.codebook import ALWAYS_THERE, NO_REASON, OTHER, STATUSES, Codebook, load
from listening.errors import InvalidCodebook

STARTERS = sorted((Path(__file__).parents[3] / "annotations" / "codebooks").glob("*.toml"))

HEAD = '[codebook]\nid = "mill-town"\nname = "Mill Town"\nversion = "1.0"\n'
PARKS = '[[codes]]\nid = "parks"\nname = "Parks"\ndefinition = "Green places."\n'
BUSES = '[[codes]]\nid = "buses"\nname = "Buses"\ndefinition = "Getting about."\n'

TRAMS = '[[codes]]\nid = "trams"\nname = "Trams"\ndefinition = "On rails."\n'

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1)


def starter(path: Path) -> Codebook:
    return load(path.read_text(encoding="utf-8"), path.name)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def test_there_are_starter_codebooks() -> None:
    assert STARTERS


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
def test_every_code_of_a_starter_lives_by_at_least_25_examples(path: Path) -> None:
    thin = {code.id: len(code.examples) for code in starter(path).codes if len(code.examples) < 25}
    assert thin == {}


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
def test_a_starter_says_no_text_twice(path: Path) -> None:
    book = starter(path)
    texts = [" ".join(t.lower().split()) for code in book.codes for t in code.examples]
    texts += [
        " ".join(c.text.lower().split()) for code in book.codes for c in code.counter_examples
    ]
    assert [text for text, times in Counter(texts).items() if times > 1] == []


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
def test_a_starter_has_counter_examples_and_says_where_it_comes_from(path: Path) -> None:
    book = starter(path)
    assert all(code.counter_examples and code.include and code.exclude for code in book.codes)
    assert book.source
    assert book.label == f"{book.id} {book.version}"
    assert book.in_use == book.codes


def test_other_and_no_reason_are_always_there_and_never_in_a_file() -> None:
    assert [code.id for code in ALWAYS_THERE] == [OTHER, NO_REASON]
    assert {code.id for code in load(HEAD + PARKS + BUSES).codes} == {"parks", "buses"}


def test_what_a_code_leaves_out_has_a_plain_default() -> None:
    book = load(HEAD + PARKS + BUSES)
    parks = book.codes[0]
    assert (book.language, book.source) == ("en", "")
    assert (parks.include, parks.exclude, parks.parent, parks.status) == ("", "", "", "active")
    assert (parks.examples, parks.counter_examples) == ((), ())


def test_a_file_from_notepad_is_read() -> None:
    assert load("\ufeff" + (HEAD + PARKS + BUSES).replace("\n", "\r\n")).id == "mill-town"


def test_only_active_codes_are_in_use() -> None:
    ferries = BUSES.replace("buses", "ferries") + 'status = "retired"\n'
    trams = BUSES.replace("buses", "trams").replace("Buses", "Trams") + 'status = "draft"\n'
    book = load(HEAD + PARKS + BUSES + ferries + trams)
    assert [code.id for code in book.in_use] == ["parks", "buses"]
    assert len(book.codes) == 4


FAULTS = {
    "no TOML": ("codes = [", "not written as TOML"),
    "no head": (PARKS + BUSES, "no `id` under [codebook]"),
    "a head that is a value": ("codebook = 3\n" + PARKS + BUSES, "no `id` under [codebook]"),
    "no version": (HEAD.replace("version", "edition") + PARKS + BUSES, "no `version`"),
    "an empty name": (HEAD.replace("Mill Town", " ") + PARKS + BUSES, "no `name`"),
    "no codes": (HEAD, "fewer than two active codes"),
    "one code": (HEAD + PARKS, "fewer than two active codes"),
    "one active code": (HEAD + PARKS + BUSES + 'status = "draft"\n', "fewer than two active"),
    "codes that are no list": (HEAD + "[codes]\nid = 1\n", "does not list its codes"),
    "codes that are words": ('codes = ["parks"]\n' + HEAD, "does not list its codes"),
    "no definition": (HEAD + PARKS + BUSES.replace("definition", "about"), "definition for buses"),
    "no id": (HEAD + PARKS + BUSES.replace("id =", "key =", 1), "id for Buses"),
    "an id twice": (HEAD + PARKS + BUSES.replace("buses", "parks"), "the id parks more than once"),
    "an id in capitals": (HEAD + PARKS + BUSES.replace('"buses"', '"Buses"'), "the id 'Buses'"),
    "an id that is always there": (HEAD + PARKS + BUSES.replace("buses", OTHER), "'other'"),
    "a strange status": (HEAD + PARKS + BUSES + 'status = "Active"\n', "buses the status 'Active'"),
    "a strange parent": (HEAD + PARKS + BUSES + 'parent = "trams"\n', "'trams' under buses"),
    "its own parent": (HEAD + PARKS + BUSES + 'parent = "buses"\n', "buses under itself"),
    "an example that is no text": (HEAD + PARKS + BUSES + "examples = [1]\n", "examples of buses"),
    "an empty example": (HEAD + PARKS + BUSES + 'examples = ["late", " "]\n', "examples of buses"),
    "examples that are one text": (HEAD + PARKS + BUSES + 'examples = "late"\n', "of buses"),
    "a counter-example without its text": (
        HEAD + PARKS + BUSES + 'counter_examples = [{ belongs_to = "parks" }]\n',
        "counter-example of buses",
    ),
    "a counter-example that is a text": (
        HEAD + PARKS + BUSES + 'counter_examples = ["swings"]\n',
        "counter-example of buses",
    ),
    "counter-examples that are a number": (
        HEAD + PARKS + BUSES + "counter_examples = 4\n",
        "counter-example of buses",
    ),
    "a counter-example of a stranger": (
        HEAD + PARKS + BUSES + 'counter_examples = [{ text = "Tram", belongs_to = "trams" }]\n',
        "'trams' under buses",
    ),
    "an id in words": (HEAD.replace("mill-town", "Mill Town") + PARKS + BUSES, "'Mill Town'"),
    "a version in words": (HEAD.replace("1.0", "spring") + PARKS + BUSES, "the version 'spring'"),
    "a mistyped key": (HEAD + PARKS + BUSES + 'exmaples = ["late"]\n', "`exmaples` under buses"),
    "a mistyped key above": (HEAD + 'langauge = "en"\n' + PARKS + BUSES, "`langauge` under"),
    "a mistyped list": (HEAD + PARKS + BUSES + "[[code]]\n", "`code` at its top level"),
    "parents in a circle": (
        HEAD + PARKS + 'parent = "buses"\n' + BUSES + 'parent = "parks"\n',
        "in a circle: parks under buses under parks",
    ),
    "a parent that is retired": (
        HEAD + PARKS + BUSES + 'parent = "trams"\n' + TRAMS + 'status = "retired"\n',
        "buses under trams, which is retired",
    ),
    "a parent that is always there": (HEAD + PARKS + BUSES + 'parent = "other"\n', "under `other`"),
    "a name twice": (
        HEAD + PARKS + BUSES.replace("Buses", "parks"),
        "both parks and buses “parks”",
    ),
    "the name of what is always there": (HEAD + PARKS + BUSES.replace("Buses", "Other"), "“Other”"),
    "a replacement of a code in use": (
        HEAD + PARKS + BUSES + 'replaced_by = "parks"\n',
        "`replaced_by`, and it is active",
    ),
    "replacements in a circle": (
        HEAD
        + PARKS
        + BUSES
        + TRAMS
        + 'status = "retired"\nreplaced_by = "ships"\n'
        + TRAMS.replace("rams", "hips").replace("thips", "ships")
        + 'status = "retired"\nreplaced_by = ["trams"]\n',
        "replaces",
    ),
    "a replacement twice": (
        HEAD + PARKS + BUSES + TRAMS + 'status = "retired"\nreplaced_by = ["buses", "buses"]\n',
        "twice in `replaced_by` of trams",
    ),
    "a replacement that is a number": (HEAD + PARKS + BUSES + "replaced_by = 3\n", "of buses"),
    "codable in words": (HEAD + PARKS + BUSES + 'codable = "no"\n', "neither true nor false"),
    "a colour in words": (HEAD + PARKS + BUSES + 'colour = "green"\n', "a colour that is none"),
    "a guid that is none": (HEAD + PARKS + BUSES + 'guid = "7"\n', "a guid that is none"),
    "two drafts": (
        HEAD + PARKS + BUSES + 'status = "draft"\n' + TRAMS + 'status = "draft"\n',
        "2 of its codes are drafts",
    ),
    "a change of no kind": (
        HEAD + PARKS + BUSES + '[[changes]]\nversion = "1.0"\nwhat = "mix"\ncodes = ["parks"]\n',
        "an entry under [[changes]]",
    ),
    "a change yet to come": (
        HEAD + PARKS + BUSES + '[[changes]]\nversion = "1.1"\nwhat = "merge"\ncodes = ["parks"]\n',
        "tells of a change to 1.1",
    ),
    "a counter-example of its own": (
        HEAD + PARKS + BUSES + 'counter_examples = [{ text = "Bus", belongs_to = "buses" }]\n',
        "buses under itself",
    ),
}


@pytest.mark.parametrize(("content", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_with_the_code_that_has_it(content: str, told: str) -> None:
    with pytest.raises(InvalidCodebook) as caught:
        load(content, "mill_town.toml")
    assert told in str(caught.value)
    assert caught.value.what == "mill_town.toml"
    assert caught.value.what_to_do.endswith(".")


def test_a_mistyped_key_is_told_with_the_one_that_was_meant() -> None:
    with pytest.raises(InvalidCodebook, match="Did you mean `examples`"):
        load(HEAD + PARKS + BUSES + 'exmaples = ["late"]\n')


def test_a_codebook_that_is_being_written_may_lack_codes_and_definitions() -> None:
    draft = PARKS.replace('definition = "Green places."', 'status = "draft"')
    book = load(HEAD + draft, draft=True)
    assert (book.in_use, book.codes[0].definition) == ((), "")
    assert load(HEAD, draft=True).codes == ()


def test_a_heading_needs_no_definition_and_is_not_in_use() -> None:
    heading = '[[codes]]\nid = "town"\nname = "Town"\ncodable = false\n'
    book = load(HEAD + PARKS + BUSES + 'parent = "town"\n' + heading)
    assert [code.id for code in book.in_use] == ["parks", "buses"]


def test_names_may_be_used_again_under_another_parent_or_after_one_is_retired() -> None:
    costs = TRAMS.replace("Trams", "Buses")
    assert load(HEAD + PARKS + BUSES + costs + 'parent = "parks"\n').codes[2].name == "Buses"
    assert load(HEAD + PARKS + BUSES + costs + 'status = "retired"\n').codes[2].name == "Buses"


def test_a_counter_example_may_belong_to_other() -> None:
    item = f'counter_examples = [{{ text = "The weather.", belongs_to = "{OTHER}" }}]\n'
    (counter,) = load(HEAD + PARKS + BUSES + item).codes[1].counter_examples
    assert (counter.text, counter.belongs_to) == ("The weather.", OTHER)


@given(examples=st.lists(words.filter(str.strip)), definition=words.filter(str.strip))
def test_texts_come_back_as_they_were_written(examples: list[str], definition: str) -> None:
    code = PARKS.replace('"Green places."', quoted(definition))
    code += f"examples = [{', '.join(map(quoted, examples))}]\n"
    parks = load(HEAD + code + BUSES).codes[0]
    assert parks.examples == tuple(examples)
    assert parks.definition == definition


keys = ("id", "name", "definition", "examples", "counter_examples", "parent", "status", "extra")
values = st.one_of(
    st.sampled_from(['"parks"', '"buses"', '"other"', '""', *map(quoted, STATUSES)]),
    st.sampled_from(["3", "true", "[]", '["late"]', "[1]", "{ }", "1979-05-27", "nan"]),
    words.map(quoted),
)
tables = st.lists(st.dictionaries(st.sampled_from(keys), values), max_size=4)


@given(entries=tables)
def test_whatever_stands_in_a_file_is_a_codebook_or_a_sentence(
    entries: list[dict[str, str]],
) -> None:
    codes = (
        "[[codes]]\n" + "".join(f"{key} = {value}\n" for key, value in entry.items())
        for entry in entries
    )
    try:
        book = load(HEAD + "".join(codes))
    except InvalidCodebook:
        return
    ids = [code.id for code in book.codes]
    assert len(ids) == len(set(ids))
    assert len(book.in_use) >= 2


@given(content=st.text())
def test_any_text_at_all_is_refused_in_a_sentence(content: str) -> None:
    with pytest.raises(InvalidCodebook):
        load(content)
