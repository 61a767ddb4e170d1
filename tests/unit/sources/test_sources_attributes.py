"""Attributes are named and limited as the programme's settings say."""

from __future__ import annotations

import pytest

from listening.programme import Attribute
from listening.records import Reading, ReadOptions
from listening.sources import fit_attributes, read

ASKED = (
    Attribute("age_band", "How old are you?", ("16-24", "25-34", "65+")),
    Attribute("faith", "Do you have a faith?", sensitive=True),
)
SURVEY = """id,What would help?,How old are you?,Faith,Shoe size
1,A bench by the pond please,25-34,none,38
2,More buses in the evening, 65+ ,Quaker,41
3,A warm room to sit in,about forty,Quaker,40
4,Somewhere for the young,16-24,,39
"""
OPTIONS = ReadOptions(attributes=("How old are you?", "Faith", "Shoe size"))


@pytest.fixture
def reading() -> Reading:
    return read("survey.csv", SURVEY.encode(), OPTIONS, None)


def test_a_column_is_found_by_the_question_and_by_the_name(reading: Reading) -> None:
    told = list(fit_attributes(reading, ASKED).people["attributes"])
    assert told[0] == {"age_band": "25-34", "faith": "none"}
    assert told[1] == {"age_band": "65+", "faith": "Quaker"}


def test_a_value_that_is_not_allowed_is_left_out_and_never_quoted(reading: Reading) -> None:
    done = fit_attributes(reading, ASKED)
    assert "age_band" not in done.people["attributes"].iloc[2]
    told = next(reject for reject in done.rejects if "age_band" in reject.what)
    assert "One person has" in told.why
    assert "16-24, 25-34, 65+" in told.what_to_do
    assert "forty" not in told.sentence


def test_what_the_programme_does_not_ask_is_not_kept_and_this_is_said(reading: Reading) -> None:
    done = fit_attributes(reading, ASKED)
    assert not any("Shoe size" in given for given in done.people["attributes"])
    assert any("Shoe size" in reject.what for reject in done.rejects)


def test_without_a_programme_everything_stays_as_it_is(reading: Reading) -> None:
    assert fit_attributes(reading, ()) is reading


def test_a_withdrawal_code_in_a_survey_is_no_attribute() -> None:
    coded = SURVEY.replace("Shoe size", "Withdrawal code").replace(",38", ",K7QF-39MX")
    own = read("survey.csv", coded.encode(), ReadOptions(), None).people
    assert own["withdrawal_code"].iloc[0] == "K7QF-39MX"
    assert not any("Withdrawal code" in given for given in own["attributes"])


def test_a_survey_says_itself_who_is_young_and_where_harm_was_told() -> None:
    own = SURVEY.replace("Faith,Shoe size", "young,disclosure").replace("none,38", "yes,no")
    own = own.replace("Quaker,41", "no,yes").replace("Quaker,40", ",").replace(",39", ",")
    people = read("survey.csv", own.encode(), ReadOptions(), None).people
    assert people["young"].tolist() == ["yes", "no", "", ""]
    assert people["disclosure"].tolist() == ["no", "yes", "", ""]
