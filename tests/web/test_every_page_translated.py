"""Every address that shows a page, in a made-up language: no word of ours is left in English.

`pseudo` says what passes: what people wrote, and sentences of the rooms behind the pages, each by
a mark on its element. Here are only the names of the test's own town, which stand in titles and
choices, where no mark can stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from benchmarks.attackers import Programme as People
from listening import web
from listening.steps import quoting
from listening.steps.acting import themes
from listening.steps.desk import changing
from listening.steps.kept_results import document, kept_results, make_results
from tests.web.coding_town import Built, Coded, copied
from tests.web.kept_town import keep
from tests.web.material import TRANSCRIPT, TRUE, kept
from tests.web.panel_town import ASKED
from tests.web.pseudo import OPEN, bare, brought, speak_it, untranslated
from tests.web.test_urls import ALLOWED, address_of, addresses
from tests.web.town import Town, client_of

#: addresses whose pages are not translated yet: this list may only become shorter
NOT_YET: frozenset[str] = frozenset()
#: addresses that show no page when they are opened: they take a form, or hand out a file
NO_PAGE = frozenset(
    {
        "action-chart",
        "actions-csv",
        "arriving",
        "ask-coding",
        "ask-priorities",
        "begin-wave",
        "close-panel",
        "codebook-file",
        "coding-curve",
        "confirm-file",
        "contacts-csv",
        "discard-file",
        "discard-half-sent-file",
        "erase-panel-answer",
        "file-add-words",
        "file-confirm-correction",
        "file-keep-words",
        "file-let-go",
        "forget-taught",
        "forget-wordings",
        "half-sent-file",
        "home",
        "hook",
        "kit-file",
        "language",
        "let-go-codebook",
        "live",
        "make-release",
        "matrix-file",
        "metrics",
        "panel-csv",
        "ready",
        "release-part",
        "remove-action-point",
        "remove-contact",
        "remove-tally",
        "renew-panel",
        "residents-file",
        "set-panel-aside",
        "sign-out",
        "sign-out-elsewhere",
        "take-back-wave",
        "take-role",
    }
)
#: ids and links, which are the same in every language
_IDS = re.compile(r"\b(?:[0-9a-f]{8,}|P\d{5}|[0-9A-Z]{4}(?:-[0-9A-Z]{4})+)\b|https?://[^\s<\"]+")
#: names of the test's own people, places, files and programmes
NAMES = (
    "Mill Town, spring",
    "Mill Town",
    "Harbour Side",
    "Quayside",
    # of the codebook
    "Housing",
    "Buses",
    "Parks",
    "Homes",
    "May meeting",
    "talk.txt",
    "mill.example",
    "Oriel",
    "Brindle",
    "Wren",
    *(f"{who}@mill.example" for who in ("lead", "officer", "researcher", "second", "new")),
    *(part for one in ASKED for part in (one.name, one.statement)),
)


#: pages that show themselves only where people have coded and results are kept
CODED = (
    "ask-priorities",
    "begin-wave",
    "codebook-next",
    "priorities",
    "priorities-change",
    "priorities-choices",
    "priorities-made",
    "priorities-places",
    "priorities-voices",
    "priority",
    "priority-passages",
    "take-back-wave",
    # and again, for they show more there
    "change-codebook",
    "codebook",
    "coding",
    "matrix",
    "quote",
    "quotes",
    "releases",
)
#: pages of a file that was read
READ = ("file-mend", "file-removed", "file", "file-correct", "harm", "taught", "contacts", "search")


def is_page(answer: Any) -> bool:
    return answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html")


def left(town: Town, name: str, address: str) -> tuple[bool, dict[str, list[str]]]:
    """Say whether an address shows a page, and what is not translated of it, by role.

    What comes after an empty form was sent is looked at as well.
    """
    clients = {who: client_of(town.people.get(who)) for who in sorted(ALLOWED[name])}
    found = {who: client.get(address) for who, client in clients.items()}
    shows = any(is_page(one) for one in found.values())
    who, client = next(iter(clients.items()))
    if name not in ("sign-out", "hook"):
        found[f"{who} sends nothing"] = client.post(address, {}, follow=True)
    words = {who: words_left(town, one) for who, one in found.items() if is_page(one)}
    return shows, {who: told for who, told in words.items() if told}


def words_left(town: Town, answer: Any) -> list[str]:
    page = answer.content.decode()
    return untranslated(page, [*NAMES, *_named(town), *_IDS.findall(page)])


def _named(town: Town) -> list[str]:
    """Return what the programme's drivers and themes are called."""
    work = town.site.work(town.here)
    found = kept_results(work)
    told = [one["name"] for one in document(found)["priorities"]] if found else []
    offered = themes.drivers(work).choices
    told += [said for group, many in offered for said in (group, *(name for _, name in many))]
    return told


def address(town: Town, name: str) -> str:
    """Return the address of a page that shows as much as it can."""
    pattern = next(one for one in addresses() if one.name == name)
    told = address_of(town, pattern)
    work = town.site.work(town.here)
    found = kept_results(work)
    if found is None:
        return told
    theme = document(found)["priorities"][0]["id"]
    first = quoting.board(work, found).first
    return told.replace("/of/housing/", f"/of/{theme}/").replace("0123456789abcdef", first)


@pytest.mark.parametrize("name", sorted(set(ALLOWED) - set(CODED[:12]) - set(READ[:2])))
def test_every_word_of_every_page_is_translated(
    town: Town, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    keep(town, People.make(4, 200))
    where = address(town, name)
    speak_it(monkeypatch)
    shows, words = left(town, name, where)
    assert shows == (name not in NO_PAGE)
    assert bool(words) == (name in NOT_YET), words


@pytest.fixture(scope="module")
def ranked(built: dict[str, Built], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coded]:
    """A programme that two have coded, with its results kept and a next codebook prepared."""
    with (
        pytest.MonkeyPatch.context() as patch,
        copied(built["coded"], tmp_path_factory.mktemp("said"), patch) as made,
    ):
        make_results(made.work)
        changing.rename(made.work, "Ada", "It is about homes", "housing", "Homes")
        yield made


@pytest.mark.parametrize("name", CODED)
def test_every_word_is_translated_where_people_have_coded(
    ranked: Coded, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    kept = kept_results(ranked.work)
    assert kept is not None
    told = {
        "programme": ranked.town.here.slug,
        "theme_id": document(kept)["priorities"][0]["id"],
        "quote": quoting.board(ranked.work, kept).first,
        "day": "2026-05-01",
    }
    pattern = next(one for one in addresses() if one.name == name)
    where = reverse(name, kwargs={part: told[part] for part in pattern.pattern.converters})
    speak_it(monkeypatch)
    shows, words = left(ranked.town, name, where)
    assert shows == (name not in NO_PAGE)
    assert bool(words) == (name in NOT_YET), words


def test_every_word_about_a_file_that_was_read_is_translated(
    town_in_plain: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = town_in_plain
    upload = kept(town, TRANSCRIPT, "talk.txt", TRUE)
    speak_it(monkeypatch)
    here = {"programme": town.here.slug}
    wheres = {
        name: reverse(
            name,
            kwargs={**here, **({"file": upload.id} if "file" in name or name == "harm" else {})},
        )
        for name in READ
    }
    wheres["search"] += "?said=damp"
    found = {name: left(town, name, where) for name, where in wheres.items()}
    assert found == {name: (True, {}) for name in READ}


def test_no_branch_of_a_template_holds_bare_words() -> None:
    folder = Path(web.__file__).parent / "templates"
    found = {
        str(one.relative_to(folder)): bare(one.read_text("utf-8")) for one in folder.rglob("*.html")
    }
    assert len(found) > 80
    assert {name: words for name, words in found.items() if words} == {}


def test_no_address_is_forgotten_in_the_lists() -> None:
    names = {pattern.name for pattern in addresses()}
    assert names >= NOT_YET | NO_PAGE


def test_what_the_sending_of_files_says_is_translated(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak_it(monkeypatch)
    page = client_of(town.people["officer"]).get(f"/programmes/{town.here.slug}/files/")
    (words,) = brought(page.content.decode())
    assert len(words) == 14
    assert all(said.startswith(OPEN) for said in words.values())
