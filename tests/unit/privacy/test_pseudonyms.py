from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listening.privacy import mask, pseudonymise, pseudonyms
from listening.records import Entity, Parsed, Span


def parsed_of(text: str, *persons: str) -> Parsed:
    """A hand-made parse: words as tokens, full stops end sentences, `persons` are PERSON."""
    tokens = tuple(Span(*m.span()) for m in re.finditer(r"\w+|[^\w\s]", text))
    sentences = tuple(Span(*m.span()) for m in re.finditer(r"[^\s.!?][^.!?]*[.!?]*", text))
    entities = tuple(
        Entity(*m.span(), "PERSON") for p in persons for m in re.finditer(re.escape(p), text)
    )
    return Parsed(text, tokens, sentences, entities, ())


def hide(text: str, *names: str, persons: tuple[str, ...] = ()) -> str:
    return pseudonymise([parsed_of(text, *persons)], [names], {}).parsed[0].text


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Ring me on 0113 496 0182 please", "Ring me on [a phone number] please"),
        ("We're at LS9 7TF now", "We're at [a postcode] now"),
        ("we're at ls9 7tf now", "we're at [a postcode] now"),
        ("It's jo.bloggs@example.org, ok", "It's [an email], ok"),
        ("NHS number is 943 476 5919", "NHS number is [an NHS number]"),
        ("My NI is AB 12 34 56 C", "My NI is [a National Insurance number]"),
        ("Car reg AB51 ABC", "Car reg [a vehicle registration]"),
        ("See www.example.org.uk/form", "See [a web address]"),
        ("licence MORGA657054SM9IJ ok", "licence [a driving licence number] ok"),
        ("it logged 192.168.10.21 as me", "it logged [an IP address] as me"),
        ("the IBAN is GB33BUKB20201555555555", "the IBAN is [a bank account number]"),
        ("jo at gmail dot com is best", "[an email] is best"),
    ],
)
def test_identifiers_are_replaced_by_what_they_are(said: str, kept: str) -> None:
    assert hide(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "The M25 was shut and the A1 3rd exit too",
        "I waited 24 hours for 2 paramedics on ward 12",
        "It is well.So they came back at 9.30",
        "The NHS, the Council, my GP and the Church let us down in May",
        "Victoria Park, Albert Road and Brixton station are not safe",
        "Don't ask. I've asked and I'd ask again",
        "Primary School places, Sunday School and a good nursery",
        "There are 20 cars on the road and 30 houses in the street",
        "I am Muslim and I'm Somali, mum is British",
        "I worked for the Council and for the NHS",
    ],
)
def test_ordinary_words_and_public_places_stay(said: str) -> None:
    assert hide(said) == said


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("on 12 March 2026 it", "on March 2026 it"),
        ("born 01/04/1922 here", "born April 1922 here"),
        ("born 01/04/22 here", "born April '22 here"),
        ("since 2024-02-03 then", "since February 2024 then"),
        ("the twelfth of June, say", "June, say"),
        ("on March 3rd we", "on March we"),
        ("in March 2026 and in 2019", "in March 2026 and in 2019"),
        ("5 may come and 12 march past", "5 may come and 12 march past"),
        ("I may first ask", "I may first ask"),
        ("24/7 and 9/10", "24/7 and 9/10"),
    ],
)
def test_full_dates_become_their_month(said: str, kept: str) -> None:
    assert hide(said) == kept


def test_a_known_name_goes_in_any_case_and_with_a_possessive() -> None:
    said = "OYELARAN? Oyelaran's flat. I told oyelaran so."
    kept = "[name 1]? [name 1]'s flat. I told [name 1] so."
    assert hide(said, "Tunrayo Oyelaran") == kept


def test_a_known_name_that_is_a_word_stays_a_word_in_small_letters() -> None:
    said = "We will hope the brown bin goes. I asked Brown again."
    assert hide(said, "Hope Brown") == said.replace("Brown", "[name 1]")


def test_a_known_name_is_not_looked_for_inside_other_words() -> None:
    assert hide("The banner and the annual plan", "Ann Lu") == "The banner and the annual plan"


def test_names_with_hyphens_and_apostrophes_are_found_however_they_are_typed() -> None:
    said = "Anne-Marie O’Dowd, anne marie o'dowd, O'Dowd. Don't ask."
    assert hide(said, "Anne-Marie O'Dowd") == "[name 1], [name 1], [name 1]. Don't ask."


def test_thousands_of_known_names_do_not_slow_it_down() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = tuple(f"Zed{a}{b}{c} Quill" for a in letters for b in letters for c in letters[:8])
    texts = [parsed_of(f"I asked Quill on day {n}.") for n in range(300)]
    done = pseudonymise(texts, [names] * len(texts), {})
    assert done.parsed[0].text.startswith("I asked [name 1]")


def test_speakers_roles_are_no_names() -> None:
    said = "The interviewer asked a resident"
    assert hide(said, "Interviewer", "Resident 3", "Speaker 1") == said


def test_a_first_name_shares_the_number_of_the_one_full_name_it_fits() -> None:
    names = ("Sarah Okeke", "Danny Pell")
    done = pseudonymise([parsed_of("Sarah Okeke came, Sarah stayed, Danny left.")], [names], {})
    assert done.parsed[0].text == "[name 1] came, [name 1] stayed, [name 2] left."
    assert done.descriptors == {"person|sarah okeke": "[name 1]", "person|danny pell": "[name 2]"}


def test_a_first_name_that_fits_two_people_gets_its_own_number() -> None:
    names = ("Sarah Okeke", "Sarah Pell")
    done = pseudonymise([parsed_of("Sarah Okeke and Sarah Pell and Sarah.")], [names], {})
    assert done.parsed[0].text == "[name 1] and [name 2] and [name 3]."


def test_issued_descriptors_are_kept_and_numbers_go_on_from_them() -> None:
    done = pseudonymise([parsed_of("Sarah met Kwame.")], [()], {"person|kwame": "[name 7]"})
    assert done.parsed[0].text == "[name 8] met [name 7]."


def test_an_unusual_name_that_one_text_introduces_is_found_in_the_others() -> None:
    texts = [parsed_of("My neighbour Xhevahire helps."), parsed_of("Without Xhevahire I'd go.")]
    done = pseudonymise(texts, [(), ()], {})
    assert done.parsed[1].text == "Without [name 1] I'd go."


def test_spacys_person_counts_only_where_it_is_spelt_like_a_name() -> None:
    assert hide("Felt heard by Ondine Vasey.", persons=("Felt", "Ondine Vasey")) == (
        "Felt heard by [name 1]."
    )


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("I live at 14 Acacia Avenue now", "I live at [an address] now"),
        ("I live at 14 acacia avenue now", "I live at [an address] now"),
        ("forty-two Acacia Avenue floods", "[an address] floods"),
        ("the damp in Flat 3b, Kelvin House", "the damp in [an address]"),
        ("she is at Oakwood Primary School", "she is at [a school]"),
        ("they go to St Bede's Academy", "they go to [a school]"),
        ("she goes to thornhill primary", "she goes to [a school]"),
        ("at Riverside Medical Centre", "at [a GP surgery]"),
        ("the Al-Noor Mosque feeds us", "the [a faith centre] feeds us"),
        ("we met at Masjid Bilal", "we met at [a faith centre]"),
        ("I worked for Hartley Steel Ltd", "I worked for [an employer]"),
        ("i work at tesco nights", "i work at [an employer] nights"),
    ],
)
def test_what_stands_for_an_address_is_replaced(said: str, kept: str) -> None:
    assert hide(said) == kept


def test_the_log_points_into_the_original_and_holds_no_words() -> None:
    text = "Sarah rang 0113 496 0182 on 12 March 2026."
    edits = pseudonymise([parsed_of("Nothing here."), parsed_of(text)], [(), ()], {}).edits
    assert list(edits.columns) == ["text_index", "start", "end", "kind", "replacement"]
    cut = [text[s:e] for s, e in zip(edits["start"], edits["end"], strict=True)]
    assert cut == ["Sarah", "0113 496 0182", "12 March 2026"]
    assert list(edits["text_index"]) == [1, 1, 1]
    assert list(edits["replacement"]) == ["[name 1]", "[a phone number]", "March 2026"]


def test_a_name_that_the_parse_cut_in_two_sentences_joins_them() -> None:
    text = "I saw Dr. Priya Nair today."
    parse = Parsed(text, sentences=(Span(0, 15), Span(16, 27)), tokens=())
    done = pseudonymise([parse], [("Priya Nair",)], {}).parsed[0]
    assert done.text == "I saw Dr. [name 1] today."
    assert done.sentences == (Span(0, len(done.text)),)


PIECES = """
Sarah Danny Okeke will May 12 3rd March 2026 0113 496 0182 LS9 7TF a@b.org Flat 4 Elm Road the
School Oakwood at St Mary's Church work for Pell Ltd Dr my neighbour [name 1] [a school] .
’s , - / 😀 é ש
"""
WORDS = st.sampled_from([*PIECES.split(), "\n"])


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=14), st.sampled_from([" ", "", "  "]))
def test_doing_it_twice_changes_nothing_and_edits_rebuild_the_text(
    words: list[str], gap: str
) -> None:
    parsed = parsed_of(gap.join(words), "Danny", "Okeke")
    names = [("Sarah Okeke",)]
    once = pseudonymise([parsed], names, {})
    twice = pseudonymise(once.parsed, names, once.descriptors)
    assert twice.parsed == once.parsed
    assert twice.edits.empty
    rebuilt = parsed.text
    for edit in reversed(list(once.edits.itertuples())):
        rebuilt = rebuilt[: edit.start] + edit.replacement + rebuilt[edit.end :]
    assert rebuilt == once.parsed[0].text


@pytest.mark.parametrize("column", ["age_band", "imd_decile", "attr_nhs_number", "tenure_2026"])
def test_what_a_table_calls_a_column_is_no_username(column: str) -> None:
    assert mask(column, column=True) == column


def test_a_column_of_ordinary_words_may_stand_in_a_note_and_a_username_may_not() -> None:
    assert mask("“age_band” holds an attribute.") == "“age_band” holds an attribute."
    assert "quill_84x" not in mask("Found on quill_84x, ring after six")


def test_a_name_in_what_a_column_is_called_goes() -> None:
    assert mask("seen by Oriel Quince", ("Oriel Quince",), column=True) == "seen by [a name]"


def test_beside_the_words_who_follows_a_title_is_replaced() -> None:
    assert mask("home visit to Mrs Quaverly, kitchen") == "home visit to Mrs [a name], kitchen"
    assert mask("Fennel Court, with the doctor") == "Fennel Court, with the doctor"


def test_a_name_learnt_from_one_text_goes_from_all_however_many_are_read_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = ["Zebrinko helped me fill it in", "My name is Zebrinko", "nobody else helped"]
    parsed = [parsed_of(text) for text in said]
    together = pseudonymise(parsed, [()] * 3, {})
    monkeypatch.setattr(pseudonyms, "_AT_ONCE", 1)
    apart = pseudonymise(parsed, [()] * 3, {})
    assert [one.text for one in apart.parsed] == [one.text for one in together.parsed]
    assert apart.edits.equals(together.edits)
    assert not any("Zebrinko" in one.text for one in apart.parsed)
