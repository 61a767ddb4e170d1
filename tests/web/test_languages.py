"""The pages' words: every one translated where they are, a language by browser or switch."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from listening.steps import accounts
from listening.steps.panel import opening
from listening.store.configuration import LOCALES, languages
from tests.web.panel_town import ASKED, Member, keep_document, open_panel
from tests.web.pseudo import bare, speak_it, untranslated
from tests.web.town import Town, client_of

#: what people wrote, and names that are the same in every language
DATA = (
    "Mill Town, spring",
    "May meeting",
    "A dry home",
    "lead@mill.example",
    "new@mill.example",
    "mill.example",
    *(part for one in ASKED for part in (one.name, one.statement)),
)


@pytest.fixture
def bracketed(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    speak_it(monkeypatch)
    return town


def left(answer: Any, *data: str) -> list[str]:
    return untranslated(answer.content.decode(), (*DATA, *data))


def test_every_word_of_signing_in_and_joining_is_translated(bracketed: Town) -> None:
    stranger = client_of(None)
    token = accounts.invite("new@mill.example", bracketed.here, "officer").token
    lead = client_of(bracketed.people["lead"])
    answers = {
        "sign-in": stranger.get("/sign-in/"),
        "wrong": stranger.post("/sign-in/", {"username": "", "password": ""}),
        "wrong password": stranger.post(
            "/sign-in/", {"username": "lead@mill.example", "password": "no"}
        ),
        "join": stranger.get(f"/invitation/{token}/"),
        "join wrong": stranger.post(f"/invitation/{token}/", {"name": "", "password": "a"}),
        "over": stranger.get("/invitation/none/"),
        "missing": stranger.get("/nowhere/"),
        "password": lead.get("/password/"),
        "password wrong": lead.post("/password/", {"old_password": "x"}),
        "refused": lead.get(f"/programmes/{bracketed.here.slug}/files/"),
        "overview": lead.get(f"/programmes/{bracketed.here.slug}/"),
    }
    assert {name: left(one) for name, one in answers.items()} == {name: [] for name in answers}


def test_every_word_of_a_panels_pages_is_translated(bracketed: Town) -> None:
    link = open_panel(bracketed)
    member = Member(link)
    seen: dict[str, Any] = {"door": member.client.get(link)}
    member.say(present="1")
    for name, told in (
        ("question", {"word": "rename"}),
        ("words", {"words": "A dry home"}),
        ("second", {"word": "contest"}),
        ("why", {"words": ""}),
        ("missing", {"words": ""}),
    ):
        seen[name] = member.client.get(member.at)
        seen[f"{name} wrong"] = member.client.post(member.at, {"word": "x"})
        member.at = seen[f"{name} wrong"].headers.get("Location", member.at)
        if seen[f"{name} wrong"].status_code == 200:
            member.say(**told)
    seen["check"] = member.client.get(member.at)
    member.say()
    code = member.code
    seen["sent"] = member.client.get(member.at)
    seen["take back"] = member.client.post(f"{link}take-back/", {"code": "x"})
    seen["taken back"] = member.client.post(f"{link}take-back/", {"code": code})
    (panel,) = opening.listed(bracketed.site, bracketed.here)
    opening.close(bracketed.site, bracketed.people["lead"], bracketed.here, panel.panel.id)
    seen["over"] = member.client.get(link)
    assert {name: left(one, code) for name, one in seen.items()} == {name: [] for name in seen}


def test_every_word_of_the_leads_pages_of_panels_and_the_map_is_translated(
    bracketed: Town,
) -> None:
    lead = client_of(bracketed.people["lead"])
    where = f"/programmes/{bracketed.here.slug}"
    seen = {"none": lead.get(f"{where}/panels/"), "waits": lead.get(f"{where}/panels/open/")}
    seen["map"] = lead.get(f"{where}/journey/")
    document = keep_document(bracketed)
    names = [part for one in document["priorities"] for part in (one["name"], one["statement"])]
    seen["open"] = lead.get(f"{where}/panels/open/")
    seen["open wrong"] = lead.post(f"{where}/panels/open/", {"title": ""})
    open_panel(bracketed)
    (panel,) = opening.listed(bracketed.site, bracketed.here)
    seen["listed"] = lead.get(f"{where}/panels/")
    seen["one"] = lead.get(f"{where}/panels/{panel.panel.id}/")
    seen["linked"] = lead.post(f"{where}/panels/{panel.panel.id}/link/")
    link = next(word for word in seen["linked"].content.decode().split() if "/panel/" in word)
    shown = {name: left(one, *names, _bare(link)) for name, one in seen.items()}
    assert shown == {name: [] for name in seen}


def _bare(link: str) -> str:
    return link[link.index("http") :].split("<", maxsplit=1)[0]


def test_what_is_not_translated_is_found() -> None:
    page = "<p>⟦Sign in⟧</p><p>Bare words</p><p aria-label='x'>⟦One ⟦two⟧ three⟧ 4</p>"
    assert untranslated(page, []) == ["Bare words"]
    assert untranslated(page, ["Bare words"]) == []
    marked = "<p lang='en-GB'>Of the report</p><p translate='no'>Somebody’s <b>words</b></p>"
    assert untranslated(f"{marked}<p>Bare</p>", []) == ["Bare"]
    assert bare("{% if x %}Bare{% else %}{% translate 'Said' %} {{ of }}{% endif %}") == ["Bare"]


def catalogue(folder: Path, told: dict[str, str]) -> None:
    """Write a compiled catalogue, as `compilemessages` does."""
    told = {"": "Content-Type: text/plain; charset=UTF-8\n", **told}
    pairs = [(one.encode(), told[one].encode()) for one in sorted(told)]
    names = b"".join(one + b"\0" for one, _ in pairs)
    start, size = 28 + 16 * len(pairs), len(names)
    rows: list[int] = []
    for column, first in ((0, start), (1, start + size)):
        at = first
        for pair in pairs:
            rows += [len(pair[column]), at]
            at += len(pair[column]) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    words = b"".join(one + b"\0" for _, one in pairs)
    folder.mkdir(parents=True)
    body = struct.pack(f"<{len(rows)}I", *rows)
    (folder / "django.mo").write_bytes(head + body + names + words)


@pytest.fixture
def two_languages(town: Town, tmp_path: Path) -> Iterator[Town]:
    catalogue(tmp_path / "locale" / "cy" / "LC_MESSAGES", {"Sign in": "Mewngofnodi"})
    spoken = [("en-gb", "English"), ("cy", "Cymraeg")]
    with override_settings(LANGUAGES=spoken, LOCALE_PATHS=[str(tmp_path / "locale")]):
        yield town


def test_the_browser_says_in_which_language_the_pages_speak(two_languages: Town) -> None:
    client = client_of(None)
    english = client.get("/sign-in/").content.decode()
    welsh = client.get("/sign-in/", headers={"accept-language": "cy, en;q=0.5"}).content.decode()
    assert '<html lang="en-GB"' in english
    assert "Mewngofnodi" not in english
    assert '<html lang="cy"' in welsh
    assert "Mewngofnodi" in welsh


def test_a_switch_goes_before_the_browser_and_leads_nowhere_else(two_languages: Town) -> None:
    client = client_of(None)
    assert "Cymraeg" in client.get("/sign-in/").content.decode()
    answer = client.post("/language/", {"language": "cy", "next": "/sign-in/"})
    assert answer.url == "/sign-in/"
    assert "Mewngofnodi" in client.get("/sign-in/").content.decode()
    away = client.post("/language/", {"language": "cy", "next": "https://elsewhere.example/"})
    assert away.url == "/"


def test_a_language_is_offered_once_its_words_are_compiled_and_alone_it_has_no_switch(
    town: Town,
) -> None:
    known = {path.parts[-3] for path in LOCALES.glob("*/LC_MESSAGES/django.mo")}
    assert len(languages()) == 1 + len(known)
    assert ('action="/language/"' in client_of(None).get("/sign-in/").content.decode()) == bool(
        known
    )
