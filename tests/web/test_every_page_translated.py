"""Every address that shows a page, in a made-up language: no word of ours is left in English.

`pseudo` says what passes: what people wrote, and sentences of the rooms behind the pages, each by
a mark on its element. Here are only the names of the test's own town, which stand in titles and
choices, where no mark can stand.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from benchmarks.attackers import Programme as People
from listening.steps import quoting
from listening.steps.kept_results import document, kept_results
from tests.web.kept_town import Kept, keep
from tests.web.panel_town import ASKED
from tests.web.pseudo import OPEN, brought, speak_it, untranslated
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
        "close-panel",
        "codebook-file",
        "codebook-next",
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
        "file-mend",
        "file-removed",
        "forget-taught",
        "forget-wordings",
        "half-sent-file",
        "home",
        "hook",
        "kit-file",
        "language",
        "let-go-codebook",
        "make-release",
        "matrix-file",
        "panel-csv",
        "panel-take-back",
        "release-part",
        "remove-action-point",
        "remove-contact",
        "remove-tally",
        "renew-panel",
        "residents-file",
        "sign-out",
        "take-role",
    }
)
#: names of the test's own people, places, files and programmes
NAMES = (
    "Mill Town, spring",
    "Mill Town",
    "Harbour Side",
    "Quayside",
    "May meeting",
    "talk.txt",
    "mill.example",
    "Oriel",
    "Brindle",
    "Wren",
    *(f"{who}@mill.example" for who in ("lead", "officer", "researcher", "second", "new")),
    *(part for one in ASKED for part in (one.name, one.statement)),
)


def opened(town: Town, name: str, address: str) -> Any:
    """Return what each of those sees who may open an address; one answer for each."""
    who = sorted(ALLOWED[name])
    return {one: client_of(town.people.get(one)).get(address) for one in who}


def is_page(answer: Any) -> bool:
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


def told(kept: Kept, name: str) -> str:
    """Return the address of a page that shows as much as it can."""
    pattern = next(one for one in addresses() if one.name == name)
    address = address_of(kept.town, pattern)
    found = kept_results(kept.work)
    if found is None:
        return address
    theme = document(found)["priorities"][0]["id"]
    first = quoting.board(kept.work, found).first
    return address.replace("/of/housing/", f"/of/{theme}/").replace("0123456789abcdef", first)


def left(kept: Kept, name: str) -> tuple[bool, dict[str, list[str]]]:
    """Say whether an address shows a page, and what of it is not translated, by role."""
    address = told(kept, name)
    names = [*NAMES, *_drivers(kept.work), *_themes(kept)]
    answers = opened(kept.town, name, address)
    found = {
        who: untranslated(answer.content.decode(), [*names, *_ids(answer.content.decode())])
        for who, answer in answers.items()
        if is_page(answer)
    }
    return bool(found), {who: words for who, words in found.items() if words}


def _ids(page: str) -> list[str]:
    """Return ids and links, which are the same in every language."""
    return re.findall(r"\b(?:[0-9a-f]{8,}|P\d{5}|K[0-9A-Z-]{5,})\b|https?://[^\s<\"]+", page)


def _drivers(work: Any) -> list[str]:
    from listening.steps.acting import themes

    offered = themes.drivers(work).choices
    return [said for group, many in offered for said in (group, *(name for _, name in many))]


def _themes(kept: Kept) -> list[str]:
    found = kept_results(kept.work)
    return [one["name"] for one in document(found)["priorities"]] if found else []


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_every_word_of_every_page_is_translated(
    town: Town, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    kept = keep(town, People.make(4, 200))
    speak_it(monkeypatch)
    shows, words = left(kept, name)
    assert shows == (name not in NO_PAGE)
    assert bool(words) == (name in NOT_YET), words


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
