"""What residents read: plain, whole in another language, large, with nothing unreleased."""

from __future__ import annotations

import ast
import gettext
import io
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from benchmarks import reading_age
from listening.report.residents import (
    languages,
    plainly,
    residents_files,
    translations,
)
from listening.report.residents.telling import Plain

ROOM = Path(__file__).parents[3] / "src" / "listening" / "report" / "residents"
ENGLISH = translations("en")


class Pseudo(gettext.NullTranslations):
    """A language in which every sentence stands between marks."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"


def text_of(told: Plain) -> str:
    return "\n".join(reading_age.every_word(told))


def sentences() -> set[str]:
    """Return every sentence that the code hands to gettext."""
    tree = ast.parse((ROOM / "telling.py").read_text(encoding="utf-8"))
    return {
        str(ast.literal_eval(node.args[0]))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in ("_", "say")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


@pytest.mark.parametrize("status", ["reviewed", "provisional"])
def test_nobody_needs_to_be_older_than_eleven_to_read_it(status: str) -> None:
    told = plainly(reading_age.example(status), ENGLISH)
    for words in (reading_age.own_words(told), reading_age.every_word(told)):
        found = reading_age.ages(words)
        assert set(found) == set(reading_age.FORMULAS)
        assert max(found.values()) <= 11


def test_words_that_are_hard_measure_as_hard() -> None:
    hard = "Multidisciplinary stakeholders operationalise neighbourhood-level interventions."
    assert reading_age.ages([hard])["Flesch-Kincaid"] > 18


def test_no_sentence_is_without_translation_in_another_language() -> None:
    document = reading_age.example()
    for one in document["priorities"]:
        one["name"], one["quotes"] = "", []
        one["done"] = [{**done, "told": ""} for done in one["done"]]
    document["protected"][0]["name"] = document["programme"] = ""
    for one in (*document["protected"], *document["not_heard"]):
        one["attribute"] = one["value"] = ""
    told = plainly(document, Pseudo())
    pages = [told.title, told.face, *(p.heading for p in told.parts), text_of(told)]
    for page in pages:
        left = page
        while left != (left := re.sub(r"⟦[^⟦⟧]*⟧", "", left)):
            pass
        assert not re.search(r"[A-Za-z]{2,}", left.replace("0123456789abcdef", "")), left


def test_the_template_for_translators_holds_every_sentence_and_no_other() -> None:
    template = (ROOM / "locale" / "residents.pot").read_text(encoding="utf-8")
    entries = re.findall(r'^msgid ((?:"[^\n]*"\n)+)', template, re.MULTILINE)
    told = {
        "".join(str(ast.literal_eval(line)) for line in entry.splitlines()) for entry in entries
    }
    assert told - {""} == sentences()


def test_english_is_a_language_and_an_unknown_one_is_none() -> None:
    assert languages()[0] == "en"
    with pytest.raises(FileNotFoundError):
        translations("xx")


def test_a_withheld_number_is_not_told_and_a_word_stands_for_a_band() -> None:
    told = plainly(reading_age.example(), ENGLISH)
    themes = {one.name: one for part in told.parts for one in part.themes}
    assert themes["Housing"].lines[0] == "About 33 in every 100 people talked about this."
    assert themes["Money"].lines[0] == "Some of the people talked about this."
    assert themes["Doctors"].lines[0].startswith("We think that it matters to about 8 in every")
    assert themes["Buses"].lines[0].startswith("We do not give a number here.")
    assert "after these: Buses and Parks" in themes["Money"].lines[2]


def test_own_words_stand_in_quotation_marks_and_an_officers_account_never() -> None:
    told = plainly(reading_age.example(), ENGLISH)
    own, note = next(one.quotes for part in told.parts for one in part.themes)
    assert own.words.startswith("“The damp")
    assert "“" not in note.words
    assert note.before == "One of our team wrote down what a person said:"
    assert note.after == "(put into English)"


def test_each_thing_says_what_is_done_about_it_or_that_nothing_is_recorded() -> None:
    told = plainly(reading_age.example(), ENGLISH)
    themes = {one.name: one for part in told.parts for one in part.themes}
    assert themes["Housing"].answer == "What is done about it:"
    assert themes["Housing"].done == (
        "We now fix damp in two weeks. This is in place. People we asked said that it helped.",
        "We pay for a new roof. We plan to do this.",
    )
    assert themes["Buses"].done == (
        "We ran a night bus. We stopped doing this. "
        "People we asked said that it has not helped yet.",
    )
    assert (themes["Parks"].answer, themes["Parks"].done) == ("No action is recorded yet.", ())
    assert "You said: Shops. We ask shops to stay. We plan to do this." in text_of(told)


def test_what_is_done_stands_under_its_thing_on_the_page_and_in_word() -> None:
    files = residents_files(reading_age.example())
    page = files["residents.html"].decode()
    parks = page.split("Parks</span>")[1].split("</article>")[0]
    assert "No action is recorded yet." in parks
    assert "<ul" not in parks
    word: Any = Document(io.BytesIO(files["residents.docx"]))
    lines = [(p.style.name, p.text) for p in word.paragraphs]
    at = lines.index(("Normal", "What is done about it:"))
    assert lines[at + 1][0] == "List Bullet"
    assert lines[at + 1][1].startswith("We now fix damp in two weeks.")


def test_results_that_nobody_has_checked_say_so_before_anything_else() -> None:
    files = residents_files(reading_age.example("provisional"))
    page = files["residents.html"].decode()
    assert (
        page.index("Release 0123456789abcdef")
        < page.index("This is a first look")
        < page.index("<section")
    )
    assert "What matters most" not in page


def test_a_word_that_is_a_script_runs_nothing_and_nothing_is_loaded() -> None:
    document = reading_age.example()
    document["priorities"][0]["name"] = "<script>alert(1)</script>"
    page = residents_files(document)["residents.html"].decode()
    assert "<script" not in page
    assert "script-src &#39;none&#39;" in page
    assert not re.search(r"(?:src|href)=", page)


def test_the_word_file_is_large_print_on_a4_with_headings_in_order() -> None:
    files = residents_files(reading_age.example())
    word: Any = Document(io.BytesIO(files["residents.docx"]))
    assert word.core_properties.title == "What you told us: Mill Town listening"
    assert word.core_properties.language == "en-GB"
    assert word.styles["Normal"].font.size.pt >= 16
    assert round(word.sections[0].page_width.cm, 1) == 21.0
    levels = [int(p.style.name[-1]) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(later <= before + 1 for before, later in pairwise(levels))
    assert files == residents_files(reading_age.example())
