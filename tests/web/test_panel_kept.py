"""What a panel said: names taken out, kept, told beside the order, taken back."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from listening.steps.beside import _panel
from listening.steps.panel import keeping, said, sheets
from listening.steps.panel.answering import take_back
from listening.steps.panel.sheets import Said, Sheet
from listening.steps.panel.wording import unfit
from listening.steps.work import Work
from listening.store.panels import AskedAbout, KeptPanel
from tests.web.material import holding
from tests.web.town import Town

ASKED = (AskedAbout("housing", "Homes", "Warm and dry homes."), AskedAbout("money", "Money", ""))
PANEL = KeptPanel(str(uuid.uuid4()), "May meeting", ASKED, "2026-05-02")


def opened(town: Town) -> Work:
    work = town.site.work(town.here)
    if not work.store.panels.all():
        work.store.panels.open(PANEL)
    return work


def written(work: Work, present: int = 1, missing: str = "", **answers: tuple[str, str]) -> Sheet:
    """Write a sheet and send it."""
    sheet = sheets.begin(work.vault, PANEL.id, present, 9)
    assert sheet is not None
    told = {theme: Said(*one) for theme, one in answers.items()}
    done = sheets.change(
        work.vault, sheet.id, lambda one: replace(one, said=told, missing=missing, sent=True)
    )
    assert done is not None
    return done


def test_names_are_taken_out_before_the_store_holds_a_word(town_in_plain: Town) -> None:
    work = opened(town_in_plain)
    words = "My neighbour Oriel Quince says that her rent doubled. Ring 07700 900123."
    written(work, missing=words, money=("contest", words))
    home = work.settings.home
    assert holding(b"Quince", home) == holding(b"Quince", home / "vault")

    assert keeping.keep_next(town_in_plain.site)

    assert not keeping.keep_next(town_in_plain.site)
    stand = work.store.panels.answers(PANEL.id)
    assert [(one.theme, one.word) for one in stand] == [("money", "contest"), ("", "missing")]
    assert all("rent doubled" in one.words for one in stand)
    assert not any("Quince" in one.words or "900123" in one.words for one in stand)
    assert sheets.everything(work.vault) == []


def test_what_is_not_sent_is_not_kept_and_goes_after_a_day(town_in_plain: Town) -> None:
    work = opened(town_in_plain)
    sheet = sheets.begin(work.vault, PANEL.id, 1, 9)
    assert sheet is not None
    assert not keeping.keep_next(town_in_plain.site)
    keeping.sweep(town_in_plain.site)
    assert sheets.read(work.vault, sheet.id) == sheet
    work.vault.write(f"panels/{sheet.id}", {**vars(sheet), "begun": "2026-05-02T10:00:00+00:00"})
    keeping.sweep(town_in_plain.site)
    assert sheets.read(work.vault, sheet.id) is None


def test_equal_words_of_a_day_are_one_row_with_everybody_who_said_them(town_in_plain: Town) -> None:
    work = opened(town_in_plain)
    written(work, housing=("confirm", ""), money=("rename", "The cost of living"))
    written(work, present=8, housing=("confirm", ""))
    keeping.keep_next(town_in_plain.site)

    rows = said.panel_words(work).to_dict("records")

    assert [(one["id"], one["word"], one["words"], one["present"]) for one in rows] == [
        ("housing", "confirm", "", 9),
        ("money", "rename", "The cost of living", 1),
    ]
    both = _panel(work, said.panel_words(work))
    assert len(both) == 2 * len(rows)
    found, missed = said.verdicts(work, PANEL)
    assert [one.people for one in found] == [
        {"confirm": 9, "rename": 0, "contest": 0},
        {"confirm": 0, "rename": 1, "contest": 0},
    ]
    assert missed == []


def test_a_code_takes_back_what_was_sent_before_and_after_it_is_read(town_in_plain: Town) -> None:
    work = opened(town_in_plain)
    slug = town_in_plain.here.slug
    for read in (False, True):
        sheet = written(work, missing="A cobbler on the corner")
        code = sheets.code_of(work.vault, sheet.id)
        if read:
            keeping.keep_next(town_in_plain.site)
        assert not take_back(work, slug, PANEL, "0000-0000-0000")
        assert take_back(work, slug, PANEL, f" {code.lower().replace('-', ' ')} ")
        assert not take_back(work, slug, PANEL, code)
        assert work.store.panels.answers() == []
        assert holding(b"cobbler", work.settings.home) == []
        assert not keeping.keep_next(town_in_plain.site)


def test_a_sheet_is_written_by_nobody_once_it_is_sent_or_written_too_often(
    town_in_plain: Town,
) -> None:
    work = opened(town_in_plain)
    sheet = written(work, housing=("confirm", ""))
    assert sheets.change(work.vault, sheet.id, lambda one: one) is None
    other = sheets.begin(work.vault, PANEL.id, 1, 9)
    assert other is not None
    work.vault.write(f"panels/{other.id}", {**vars(other), "written": sheets.MOST_WRITTEN})
    assert sheets.change(work.vault, other.id, lambda one: one) is None
    assert sheets.begin(work.vault, PANEL.id, 1, 1) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Homes that are warm and dry", ""),
        ("People’s homes", ""),
        ("Three of us said 4 times", "figures"),
        ("Half a per cent", "figures"),
        ("They said “it is damp”", "quotation"),
        ("We hear that the damp in my flat comes back every year", "own words"),
    ],
)
def test_wording_with_figures_quotes_or_residents_words_is_not_fit(text: str, why: str) -> None:
    found = unfit(text, ["The damp in my flat comes back every winter"])
    assert (why in found) if why else found == ""
