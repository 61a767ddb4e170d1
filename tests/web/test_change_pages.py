"""What changed between waves, on the lead's pages: told from chance, without who withdrew."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from listening.codebook import load as load_codebook
from listening.priorities.waves import Wave, changes_document, compare
from listening.steps import withdraw
from listening.steps.coding.migrating import migrate
from listening.steps.kept_results import kept_results, make_results
from listening.store.accounts import trail
from tests.steps.coded_town import book as book_text
from tests.steps.test_coding_migrating import merged
from tests.steps.town import RUN
from tests.web.coding_town import Coded, shown
from tests.web.pseudo import speak_it, untranslated
from tests.web.waves_town import DAYS, EACH, Listened, begun, code_all, heard_on, listened

TWO = (Listened(DAYS[0], 6), Listened(DAYS[2], 24))
CHANGE = "priorities/change/"
#: what people wrote, and what the waves are called
NAMES = ("Mill Town, spring", "lead@mill.example", *(f"{m} 2026" for m in ("March", "May", "June")))


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Coded]:
    with listened(tmp_path / "home", monkeypatch, TWO) as made:
        yield made


def _page(made: Coded, then: str = CHANGE, by: str = "lead") -> str:
    answer = made.client(by).get(made.address(then))
    assert answer.status_code == 200
    return shown(answer)


def _told(made: Coded) -> dict[str, Any]:
    kept = kept_results(made.work)
    assert kept is not None
    return dict(json.loads((kept.folder / "waves.json").read_text(encoding="utf-8")))


def _say(made: Coded, day: str, name: str = "", by: str = "lead") -> Any:
    given = {"day": day, "name": name, "once": f"x{day}"}
    return made.client(by).post(made.address(f"{CHANGE}begin/"), given, follow=True)


def test_one_wave_alone_says_what_to_do_and_who_was_heard_when(two: Coded) -> None:
    make_results(two.work)
    page = _page(two)
    assert "All that was heard counts as one wave so far" in page
    assert "March 2026 30 people" in page
    assert "First day of the new wave" in page
    assert "A programme lead says when a new wave began." in _page(two, by="researcher")


def test_a_lead_says_when_a_wave_began_and_reads_what_changed(two: Coded) -> None:
    make_results(two.work)
    assert "is being worked out" in shown(_say(two, "1/6/2026"))
    assert two.do_all() == 1
    page = _page(two)
    assert (
        "Since March 2026, more people raise Housing (20% then, 80% now); fewer people raise Parks "
        "(80% then, 20% now); of 1 other theme no change can be told from chance." in page
    )
    assert "Then 6 of 30 (20%)" in page
    assert "Now 24 of 30 (80%)" in page
    assert "more people raise it" in page
    assert "no change shown" in page
    assert "chance by itself would let about 0.2 seem to be one; 2 do" in page
    line = "Since the last wave, March 2026: More people raise Housing (20% then, 80% now)"
    assert line in _page(two, "priorities/")
    said = [one.action for one in trail.newest(two.town.here.slug)]
    assert said.count("wave begun") == 1


def test_every_figure_is_that_of_what_is_kept_beside_the_results(two: Coded) -> None:
    begun(two, "2026-06-01")
    told = _told(two)["change"]
    page = _page(two)
    for theme in told["themes"]:
        for level in theme["levels"]:
            assert f"{level['people']} of {level['of']} ({100 * level['share']:.0f}%)" in page
    assert told["status"] == "reviewed"
    assert not told["paired"]


def test_where_no_change_can_be_told_the_first_page_has_no_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = (Listened(DAYS[0], 14), Listened(DAYS[2], 16))
    with listened(tmp_path / "home", monkeypatch, same) as made:
        begun(made, "2026-06-01")
        assert "no change can be told from chance. That is not the same as no change" in _page(made)
        assert "Since the last wave" not in _page(made, "priorities/")


def test_two_waves_that_a_machine_read_are_compared_with_a_warning_and_make_no_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listened(tmp_path / "home", monkeypatch, TWO, coded=False) as made:
        begun(made, "2026-06-01")
        page = _page(made)
        assert "People have not coded every wave." in page
        assert "A machine: not enough is coded yet" in page
        assert "Since the last wave" not in _page(made, "priorities/")


def test_a_wave_that_people_read_is_not_compared_with_one_that_a_machine_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listened(tmp_path / "home", monkeypatch, TWO, coded=False) as made:
        code_all(made, TWO, range(EACH))
        begun(made, "2026-06-01")
        page = _page(made)
        assert "June 2026 cannot be compared with March 2026: below it says why." in page
        assert "Have both coded by people." in page
        assert not _told(made)["change"]["themes"]


def test_three_waves_have_a_control_chart_with_a_table_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three = (Listened(DAYS[0], 6), Listened(DAYS[1], 6), Listened(DAYS[2], 27))
    with listened(tmp_path / "home", monkeypatch, three) as made:
        begun(made, "2026-05-01", "2026-06-01")
        raw = made.client("lead").get(made.address(CHANGE)).content.decode()
        assert raw.count('class="listening-control"') == 3
        assert raw.count('class="listening-control__limit"') >= 6
        assert "style=" not in raw
        page = shown(made.client("lead").get(made.address(CHANGE)))
        assert "Since May 2026, more people raise Housing (20% then, 90% now)" in page
        assert "3. June 2026 90%" in page
        assert "Between other waves March 2026, then May 2026" in page
        assert "March 2026, then June 2026" in page
        for chart in re.findall(
            r'<svg height="170".*?</svg>\s*<svg class="listening-axis', raw, re.S
        ):
            places = [float(at) for at in re.findall(r'\by\d?="(-?[\d.]+)%"', chart)]
            assert all(0 <= at <= 100 for at in places)


def _wave(number: int, raised: int) -> Wave:
    """A hundred people, of whom some speak of housing."""
    who = [f"{number}.{n}" for n in range(100)]
    told = {"participant_id": who, "source_kind": "survey", "people": 1, "cluster": who}
    said = {"participant_id": who[:raised], "code": "housing"}
    book = load_codebook(book_text())
    names = {"housing": "Housing"}
    people, given = pd.DataFrame(told), pd.DataFrame(said)
    return Wave(f"Wave {number}", "reviewed", book.label, book, names, people, given)


def test_a_point_that_breaks_a_rule_is_a_diamond_with_its_rule_in_the_table(two: Coded) -> None:
    begun(two, "2026-06-01")
    shares = [*[20] * 7, 45]
    found = compare([_wave(n, many) for n, many in enumerate(shares, 1)], 0, replicates=50)
    kept = kept_results(two.work)
    assert kept is not None
    told = {**_told(two), "change": changes_document(found)}
    (kept.folder / "waves.json").write_text(json.dumps(told), encoding="utf-8")
    raw = two.client("lead").get(two.address(CHANGE)).content.decode()
    assert raw.count('class="listening-control__signal"') == 1
    assert "8. Wave 8 45% 10% to 36% one point beyond the limits" in _page(two)


def test_a_newest_wave_that_is_not_read_yet_leaves_the_others_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three = (Listened(DAYS[0], 6), Listened(DAYS[1], 24), Listened(DAYS[2], 24))
    with listened(tmp_path / "home", monkeypatch, three, coded=False) as made:
        code_all(made, three, range(2 * EACH))
        begun(made, "2026-05-01", "2026-06-01")
        page = _page(made)
        assert "Since March 2026, more people raise Housing" in page
        assert "People have not read enough of it yet" in page
        assert [one["why"] != "" for one in _told(made)["waves"]] == [False, False, True]


def test_a_code_that_was_merged_brings_its_people_of_every_wave_along(two: Coded) -> None:
    migrate(two.work, RUN, merged(), two.server, "Ada")
    begun(two, "2026-06-01")
    told = _told(two)["change"]
    assert told["status"] == "reviewed"
    people = {one["id"]: [at["people"] for at in one["levels"]] for one in told["themes"]}
    assert people == {"buses": [EACH - 6, EACH - 24], "housing": [6, 24]}
    assert told["not_compared"] == []


def test_a_code_that_is_new_since_the_first_was_read_is_not_compared(two: Coded) -> None:
    examples = ", ".join(f'"the noise {n}"' for n in range(9))
    told_of = 'id = "noise"\nname = "Noise"\ndefinition = "Of noise."'
    more = f"[[codes]]\n{told_of}\nexamples = [{examples}]\n"
    migrate(two.work, RUN, book_text("1.1", more), two.server, "Ada")
    begun(two, "2026-06-01")
    told = _told(two)["change"]
    assert [(one["id"], one["why"]) for one in told["not_compared"]] == [
        ("noise", "it is new since March 2026 (town 1.0; now town 1.1).")
    ]
    assert len(told["themes"]) == 3


def test_a_broad_code_with_a_new_one_beneath_it_is_not_compared_either(two: Coded) -> None:
    examples = ", ".join(f'"the stairs {n}"' for n in range(9))
    told_of = 'id = "lifts"\nname = "Lifts"\nparent = "housing"\ndefinition = "Of lifts."'
    more = f"[[codes]]\n{told_of}\nexamples = [{examples}]\n"
    migrate(two.work, RUN, book_text("1.1", more), two.server, "Ada")
    begun(two, "2026-06-01")
    told = _told(two)["change"]
    (left,) = told["not_compared"]
    assert left["id"] == "housing"
    assert "of what counts for it, “Lifts”: it is new since March 2026" in left["why"]
    assert {one["id"] for one in told["themes"]} == {"buses", "parks"}


def test_who_withdraws_is_in_no_wave_any_more_the_earlier_ones_among_them(two: Coded) -> None:
    begun(two, "2026-06-01")
    before = {one["id"]: one["levels"][0] for one in _told(two)["change"]["themes"]}
    withdraw(two.work, "P00003")  # spoke of housing in March
    assert kept_results(two.work) is None
    assert not list((two.work.settings.home / "results").rglob("*"))
    make_results(two.work)
    after = {one["id"]: one["levels"][0] for one in _told(two)["change"]["themes"]}
    assert after["housing"]["people"] == before["housing"]["people"] - 1
    assert after["housing"]["of"] == before["housing"]["of"] - 1
    assert _told(two)["months"][0] == ["2026-03", EACH - 1]


def test_who_has_no_day_is_in_no_wave_and_the_page_says_how_many(two: Coded) -> None:
    heard_on(two, ["a0", "a1"], "")
    heard_on(two, ["a2"], "2026-06")
    begun(two, "2026-06-05")
    page = _page(two)
    assert "Of 2 people nobody wrote down on which day they were heard" in page
    assert "Of 1 person only the month is known, and a wave began in it" in page
    assert [one["people"] for one in _told(two)["waves"]] == [EACH - 3, EACH]


def test_a_wave_in_which_nobody_was_heard_says_so(two: Coded) -> None:
    begun(two, "2026-06-30")
    page = _page(two)
    assert "only one wave that can be compared" in page
    assert "Nobody was heard in it yet." in page


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("", "Enter the first day of the new wave"),
        ("soon", "Enter a day such as 27/3/2026"),
        ("2/7/2026", "is still to come"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_the_reason(two: Coded, day: str, why: str) -> None:
    make_results(two.work)
    page = shown(_say(two, day))
    assert "There is a problem" in page
    assert why in page
    assert two.do_all() == 0


def test_a_day_is_said_once_and_can_be_taken_back(two: Coded) -> None:
    make_results(two.work)
    _say(two, "1/6/2026", "Summer")
    assert "It is called Summer." in _page(two)
    assert "begins on that day already" in shown(_say(two, "1/6/2026"))
    two.do_all()
    assert [one["name"] for one in _told(two)["waves"]] == ["March 2026", "Summer"]
    back = two.address(f"{CHANGE}2026-06-01/take-back/")
    for said in ("No wave begins on that day any more", "No wave began on that day"):
        assert said in shown(two.client("lead").post(back, {"once": said}, follow=True))
    two.do_all()
    assert "counts as one wave so far" in _page(two)
    lines = [one.action for one in trail.newest(two.town.here.slug)]
    assert lines.count("wave taken back") == 1


def test_before_there_are_results_the_first_page_says_what_comes(two: Coded) -> None:
    answer = two.client("lead").get(two.address(CHANGE), follow=True)
    assert "no priorities yet" in shown(answer)


def test_every_word_of_what_changed_is_translated_or_marked_as_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three = (Listened(DAYS[0], 6), Listened(DAYS[1], 6), Listened(DAYS[2], 27))
    with listened(tmp_path / "home", monkeypatch, three) as made:
        heard_on(made, ["a0"], "")
        begun(made, "2026-05-01", "2026-06-01")
        speak_it(monkeypatch)
        for then in (CHANGE, "priorities/"):
            page = made.client("lead").get(made.address(then)).content.decode()
            assert "June 2026" in page or then != CHANGE
            assert untranslated(page, NAMES) == []
