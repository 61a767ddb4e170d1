"""Forms that several people filled in: their print makes nobody the same as anybody else."""

from __future__ import annotations

import html
import random

import pytest

from listening.records import SEGMENTS
from listening.steps import uploads, who, withdraw
from listening.steps.nouns import Upload
from listening.steps.reader import read_next
from listening.steps.understanding import Answers
from tests.unit.sources.samples import samples
from tests.web.material import again, kept, page_of, received
from tests.web.town import Town, client_of

_COMMON = """
please write here about your home and street when you were asked to say how warm it is who mends
what was broken why that takes long which bus goes by what you pay for food in a week whom could
ring at night if taken ill whether anybody has made feel unwelcome this place
"""
_CHOSEN = random.Random(3).choices(_COMMON.split(), k=2400)  # noqa: S311
#: what is printed on the form: so much of what a filled-in one says (98 %) that no key of the
#: sketches, which estimate shares by 64 hashes, takes two forms for different talks
PRINT = " ".join(f"{' '.join(_CHOSEN[n : n + 12]).capitalize()}." for n in range(0, 2400, 12)) + " "
OWN = (
    "My ceiling drips beside the cot so we moved the cot into the kitchen last November, and the "
    "agent says that condensation is our own fault because we dry the washing on the radiators.",
    "I keep two goats behind the allotment hut and they eat better than my grandson does, since "
    "the school stopped its breakfast club and nobody told the grandparents until the summer.",
    "Ferry tickets doubled and the clinic moved over the water, therefore I simply stopped going, "
    "which my daughter found out only when the pharmacist telephoned her at work about tablets.",
)
ALONE = Answers(kind="interview", consent="quotation")


def form(n: int, suffix: str = ".txt") -> bytes:
    return samples((("Resident", PRINT + OWN[n]),))[suffix]


def page(town: Town, upload: Upload) -> str:
    return html.unescape(
        client_of(town.people["officer"]).get(page_of(town, upload)).content.decode()
    )


def is_asked(town: Town, upload: Upload) -> bool:
    return "Is this somebody else?" in page(town, upload)


@pytest.fixture
def two(reading: Town) -> Town:
    """Two forms are kept; their officer said that they are of different people."""
    kept(reading, form(0), "form 0.txt", ALONE)
    second = received(reading, form(1), "form 1.txt")
    assert is_asked(reading, second)
    client = client_of(reading.people["officer"])
    client.post(page_of(reading, second), {"same": "somebody else"})
    uploads.answer(reading.site, again(reading, second), ALONE)
    uploads.confirm(reading.site, again(reading, second))
    assert read_next(reading.site)
    assert again(reading, second).state == "kept"
    return reading


def test_after_two_were_told_apart_nobody_is_asked_about_the_third(two: Town) -> None:
    assert not is_asked(two, received(two, form(2), "form 2.txt"))


def test_the_very_form_in_another_kind_of_file_is_asked_about_still(two: Town) -> None:
    assert is_asked(two, received(two, form(0, ".docx"), "form 0.docx"))


def test_whoever_filled_one_in_and_withdrew_stays_out_and_takes_nobody_with_them(two: Town) -> None:
    work = two.site.work(two.here)
    (first,) = {
        row.participant_id
        for row in work.store.load(work.store.run().sources, SEGMENTS).itertuples()
        if "cot" in row.text
    }
    withdraw(work, who(work, first))
    back = received(two, form(0, ".docx"), "again.docx")
    assert back.state == "refused"
    assert "those of somebody who withdrew" in page(two, back)
    third = kept(two, form(2), "form 2.txt", ALONE)
    assert third.state == "kept"
    assert work.store.holds(["cot", "goats", "pharmacist"]) == {"goats", "pharmacist"}
