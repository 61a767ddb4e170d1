"""How long files and the trail of a served programme are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from listening.programme import Retention
from listening.steps import accounts, retaining
from listening.steps.retaining import Place
from tests.web.material import TRANSCRIPT, TRUE, again, holding, kept, page_of, received
from tests.web.town import Town, client_of

RULES = Retention(originals=6)


def place(town: Town, rules: Retention, day: date) -> Place:
    own = retaining.of_programme(town.site, town.here)
    return replace(own, rules=rules, work=replace(own.work, today=day))


def held(town: Town, words: bytes) -> list[str]:
    return holding(words, town.site.settings.home)


def test_a_file_goes_as_it_was_sent_and_what_was_said_in_it_stays(town_in_plain: Town) -> None:
    town = town_in_plain
    upload = kept(town, TRANSCRIPT, "Quince_talk.txt", TRUE)
    assert held(town, b"Lantern Street")
    assert held(town, b"Quince_talk")
    late = place(town, RULES, date(2126, 1, 1))

    done = retaining.retain(late)

    assert done.counts == {"originals": 1}
    assert held(town, b"Lantern Street") == []
    assert held(town, b"Quince_talk") == []
    assert held(town, b"park by the canal")
    page = client_of(town.people["officer"]).get(page_of(town, upload)).content.decode()
    assert "A file that was kept for its time.txt" in page
    assert retaining.retain(late).counts == {}


def test_a_young_file_stays(town_in_plain: Town) -> None:
    kept(town_in_plain, TRANSCRIPT, "talk.txt", TRUE)
    # the day on which it came is the machine's own
    assert retaining.retain(place(town_in_plain, RULES, date.today())).counts == {}
    assert held(town_in_plain, b"Lantern Street")


def test_a_file_that_nobody_confirmed_is_refused_when_its_time_is_over(town: Town) -> None:
    upload = received(town)
    done = retaining.retain(place(town, RULES, date(2126, 1, 1)))
    assert done.counts == {"unread": 1}
    assert again(town, upload).state == "refused"
    assert held(town, b"Lantern Street") == []


def test_lines_of_the_trail_go_and_one_says_that_something_went(town: Town) -> None:
    before = len(accounts.changes(town.here))
    done = retaining.retain(place(town, Retention(trail=12), date(2126, 1, 1)))
    assert done.counts == {"trail": before}
    left = accounts.changes(town.here)
    assert [(one.action, one.object) for one in left] == [
        ("kept no longer", f"receipt {done.receipt}")
    ]
    assert accounts.changes(town.elsewhere)


def test_every_programme_of_a_site_has_its_turn_and_its_own_rules(
    town: Town, tmp_path: Path
) -> None:
    home = town.site.work(town.here).settings.home
    (home / "programme.toml").write_text(
        'name = "Mill Town"\nquestion = "What?"\n[retention]\ntrail_months = 3\n', encoding="utf-8"
    )
    done = {one.place: one for one in retaining.retain_site(town.site, dry=True)}
    assert set(done) == {town.here.slug, town.elsewhere.slug}
    rules = {one.slug: one.rules for one in retaining.places_of(town.site)}
    assert rules[town.here.slug] == Retention(trail=3)
    assert rules[town.elsewhere.slug] == Retention()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"retention = 3"])
def test_rules_that_cannot_be_read_erase_nothing(town: Town, content: bytes) -> None:
    from listening.errors import InvalidProgramme

    home = town.site.work(town.here).settings.home
    (home / "programme.toml").write_bytes(content)
    with pytest.raises(InvalidProgramme):
        retaining.retain_site(town.site)
