"""The page: what it says, in which order, and that nothing in it can run or load."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest

from listening import report
from tests.unit.report import fictional_results as fictional
from tests.unit.report import fictional_small
from tests.unit.report.fictional_passages import ATTACK, OBSERVATION, PARAPHRASE


class Page(HTMLParser):
    """The page's elements, and its text without scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self._open: list[str] = []
        self._text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in {"td", "th", "p", "li", "tr"}:
            self._text.append(" ")
        if tag in {"script", "style", "title"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._open:
            self._text.append(data)
        elif self._open[-1] == "script":
            self.scripts.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self._text)).strip()


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(report.html(fictional.results()))


@pytest.fixture(scope="module")
def small_page() -> Page:
    return Page(report.html(fictional_small.small()))


def test_the_first_thing_said_is_that_nobody_has_coded_yet(page: Page) -> None:
    main = page.html.split('<main id="main"', 1)[1].split(">", 1)[1]
    first = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main)).strip()

    assert first.startswith("PROVISIONAL: no person has coded this material yet.")
    assert "WORKING COPY: do not pass on." in first[:400]
    assert "<title>PROVISIONAL:" in page.html


def test_reviewed_results_say_that_people_have_coded() -> None:
    document = {**fictional.document(), "status": "reviewed"}
    document["priorities"] = [{**one, "p_top_k": 0.93} for one in document["priorities"]]

    page = Page(report.html(replace(fictional.results(), document=document)))

    assert "REVIEWED: people have coded this material." in page.text
    assert "PROVISIONAL" not in page.text
    assert "Probably among the first 4 (in 93 of 100 repeats)." in page.text


def test_no_address_outside_the_file_is_loaded(page: Page) -> None:
    loading = ("src", "href", "data", "poster", "srcset", "action", "xlink:href")
    used = [value for _, given in page.elements for name, value in given.items() if name in loading]

    assert used
    assert all(value.startswith("#") for value in used)
    assert not re.search(r"@import|url\(", page.html.split("<script", 1)[0])


def test_the_page_forbids_every_script_but_its_own(page: Page) -> None:
    policy = next(
        given["content"] for _, given in page.elements if "content-security" in str(given).lower()
    )
    allowed = set(re.findall(r"sha256-([^']+)'", policy))
    runs = [code for code in page.scripts if not code.startswith("{")]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert len(runs) == 2
    for code in runs:
        assert base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() in allowed


def test_markup_in_what_a_resident_said_stays_text(page: Page) -> None:
    assert ATTACK in page.text
    assert ATTACK not in page.html
    assert not [given for _, given in page.elements if "onerror" in given]


def test_markup_in_a_themes_name_stays_text_even_in_the_chart() -> None:
    document = fictional.document()
    document["priorities"][0]["name"] = ATTACK
    document["priorities"][1]["name"] = "]]></script><!-- <script>"

    page = Page(report.html(replace(fictional.results(), document=document)))

    assert len([tag for tag, _ in page.elements if tag == "script"]) == 3
    assert not [tag for tag, _ in page.elements if tag == "img"]
    assert not [given for _, given in page.elements if "onerror" in given]


def test_only_a_residents_own_words_stand_in_quotation_marks(page: Page) -> None:
    said = unescape(page.html)

    assert "“The damp's that bad I've moved the cot into the kitchen" in said
    assert PARAPHRASE in said
    assert f"“{PARAPHRASE}" not in said
    before = said.split(PARAPHRASE)[0]
    assert before.rstrip().endswith(">")
    assert "Officer’s note of what a resident said:" in before[-160:]


def test_an_observation_is_shown_as_the_officers_and_not_counted(small_page: Page) -> None:
    before = small_page.text.split(OBSERVATION)[0]

    assert before.rstrip().endswith("Officer’s own observation, not counted as a resident’s view:")


def test_ties_are_said_aloud(page: Page) -> None:
    assert "Housing and Money cannot be told apart: statistically tied." in page.text
    assert "Statistically tied with Housing and Neighbourhood." in page.text


def test_with_fewer_than_20_people_no_percentage_is_given(small_page: Page) -> None:
    chart = small_page.html.split('id="chart"')[1]
    shown = Page(chart.split('id="aside"')[0]).text

    assert "11 of 14" in shown
    assert "%" not in shown
    assert "People who raised it" in chart
    assert "%" not in small_page.text.split("Theme by theme")[0]


def test_a_group_of_fewer_than_20_gets_no_percentage_beside_larger_ones(page: Page) -> None:
    assert "3 of 6" in page.text
    assert "3 of 6 (" not in page.text
    assert "25 of 52 (48%)" in page.text


def test_candidate_quotes_are_said_not_to_be_for_publishing(page: Page) -> None:
    line = "Candidate quotes: nobody has signed them off. Do not publish."

    assert page.text.count(line) == page.html.count("<h4>What we heard</h4>") > 0


def test_an_order_that_differs_from_reach_says_why(page: Page) -> None:
    assert f"Housing: {fictional.WHY}" in page.text


def test_who_was_heard_and_who_was_not_is_said(page: Page) -> None:
    assert "179 people heard: 14 in interviews, 11 in focus groups" in page.text
    assert "sleeping rough" in page.text
    assert (
        "for reach alone, Money, Neighbourhood, Housing and Community would reach 155." in page.text
    )
    assert "Community, for age: 65 and over. Raised by 15 of 27 people" in page.text


def test_what_would_change_the_order_is_said_in_words(page: Page) -> None:
    assert "Housing comes first under 2 of 4 ways of counting." in page.text
    assert "Moving furthest with the choice: Structural racism (5 places)." in page.text
    assert "Money (here 2), Housing (here 1)" in page.text


def test_files_that_were_set_aside_are_counted_by_reason_but_not_named(page: Page) -> None:
    assert "30 things were set aside." in page.text
    assert "The answer is empty. 29" in page.text
    assert "The file holds pictures of pages" in page.text
    assert "interview_7.pdf" not in page.text


def test_topics_are_words_for_reading_and_never_numbers(page: Page) -> None:
    assert "Damp and repairs The damp came back · no repairs yet damp, mould, repairs" in page.text
    assert "An unsteady topic. Unstable: read it before relying on it" in page.text
    assert "Single voice: fewer than three people" in page.text
    assert "not priorities" in page.text


def test_too_few_passages_are_listed_to_be_read_without_empty_answers(small_page: Page) -> None:
    assert "There are fewer than 100 passages" in small_page.text
    assert "in answer to: What would help you thrive?" in small_page.text
    assert "“n/a”" not in small_page.text
    assert "1 answer said that there was nothing to add" in small_page.text


def test_the_same_words_from_several_people_are_shown_with_how_many_they_are(page: Page) -> None:
    assert "Keep the ferry running after ten at night" in page.text
    assert "counted as the person they are, once" in page.text
    assert ATTACK in unescape(page.text)
    none = replace(fictional.results(), campaigns=fictional.results().campaigns.iloc[:0])
    assert "several people</h2>" not in report.html(none)


def test_passages_in_another_language_say_which(page: Page) -> None:
    given = [attributes for tag, attributes in page.elements if tag == "p" and "lang" in attributes]

    assert {"ar", "es"} == {attributes["lang"] for attributes in given}
    assert all(attributes["dir"] == "auto" for attributes in given)


def test_the_same_run_gives_the_same_bytes_whenever_it_was_done() -> None:
    first, again = fictional.results(), fictional.results()
    again.run["stages"] = [{"name": "read", "seconds": 99.0, "peak_mb": 999, "items": 145}]
    again.run["counts"].update(embedded_now=0, embedded_before=590)

    assert report.html(first) == report.html(again)


def test_every_table_has_a_caption_and_headings_with_scope(page: Page) -> None:
    tables = [tag for tag, _ in page.elements if tag in {"table", "caption"}]
    headings = [given for tag, given in page.elements if tag == "th"]

    assert tables.count("table") == tables.count("caption") > 10
    assert all(given.get("scope") in {"col", "row"} for given in headings)


def test_no_id_is_used_twice(page: Page) -> None:
    ids = [given["id"] for _, given in page.elements if "id" in given]

    assert len(ids) == len(set(ids))


def test_the_page_stays_small_enough_for_an_email(page: Page) -> None:
    assert len(page.html.encode()) < 3_000_000


def test_nothing_to_rank_still_gives_a_page_that_says_so() -> None:
    document = {**fictional.document(), "priorities": [], "apart": [], "not_heard": []}
    document |= {"protected": [], "sensitivity": {"orders": {}, "themes": []}}
    empty = replace(fictional.results(), document=document, codebook=None)

    said = Page(report.html(empty)).text

    assert "No theme can be put in order yet." in said
    assert "too few took part" not in said
    assert said.count("None yet: there is no order") == 4
    assert "This was not worked out, as there is no order yet." in said
    assert "no group is known to have fewer than 14" not in said
    assert "Nothing stands apart" not in said
