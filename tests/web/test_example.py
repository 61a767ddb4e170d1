"""The second of two commands ends at a page: somebody is signed in and sees the example."""

from __future__ import annotations

from pathlib import Path

import pytest

from listening.errors import ListeningError
from listening.steps import accounts, example, label_studio
from listening.steps.label_studio import prepared
from tests.conftest import EXAMPLE, ROOT
from tests.web.town import PASSWORD, Town, client_of, join

RULES = ROOT / "examples" / "programme_tallow_wharf.toml"
SIX = ROOT / "annotations" / "codebooks" / "north_westminster_six.toml"
WHO = "administrator@localhost"


def small(at: Path) -> Path:
    """Two of the example's files."""
    at.mkdir()
    for name in ("int_06_coopers_row.txt", "int_08_marsh_lane.txt"):
        (at / name).write_bytes((EXAMPLE / "interviews" / name).read_bytes())
    told = (EXAMPLE / "manifest_interviews.csv").read_text("utf-8").splitlines()
    own = [
        line for line in told if line.startswith("file,") or "int_06" in line or "int_08" in line
    ]
    text = "\n".join(own).replace("interviews/", "")
    (at / "manifest.csv").write_text(f"{text}\n", encoding="utf-8")
    return at


def test_somebody_signs_in_and_sees_the_example(reading: Town, tmp_path: Path) -> None:
    laid = example.lay_out(reading.site, small(tmp_path / "in"), WHO, RULES, SIX)

    client = client_of(None)
    asked = {"username": laid.email, "password": laid.password}
    answer = client.post("/sign-in/", asked, follow=True)
    assert laid.programme.name in answer.content.decode()
    at = f"/programmes/{laid.programme.slug}"
    for page in ("", "/people", "/health", "/files", "/codebook", "/priorities"):
        assert client.get(f"{at}{page}/").status_code == 200, page
    assert "Housing" in client.get(f"{at}/priorities/").content.decode()
    assert "Housing" in client.get(f"{at}/codebook/").content.decode()


def test_laid_out_again_nothing_is_made_twice(reading: Town, tmp_path: Path) -> None:
    first = example.lay_out(reading.site, small(tmp_path / "in"), WHO, RULES, SIX)
    run = reading.site.work(first.programme).store.run().run_id
    again = example.lay_out(reading.site, tmp_path / "in", WHO, RULES, SIX)
    assert (first.fresh, again.fresh) == (True, False)
    assert first.password
    assert again.password == ""
    assert reading.site.work(first.programme).store.run().run_id == run
    held = [one.role for one in accounts.members(first.programme)]
    assert sorted(held) == ["administrator", "lead", "officer", "researcher"]


def test_who_has_an_account_keeps_their_password(town: Town) -> None:
    join(WHO, town.elsewhere, "officer")
    programme = accounts.begin_programme(example.NAME)
    assert example._administrator(programme, WHO) == ""
    asked = {"username": WHO, "password": PASSWORD}
    answer = client_of(None).post("/sign-in/", asked, follow=True)
    assert example.NAME in answer.content.decode()


def test_an_address_that_is_none_is_told_of(town: Town) -> None:
    with pytest.raises(ListeningError, match="is not an e-mail address"):
        example._join("wren", "x")


def test_a_label_studio_that_was_started_beside_the_pages_is_linked(
    town: Town, tmp_path: Path
) -> None:
    from dataclasses import replace

    program = tmp_path / "label-studio"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    settings = replace(town.site.settings, label_studio_bin=program)
    assert label_studio.address(settings) == ""
    prepared(settings)
    assert label_studio.address(settings) == "http://127.0.0.1:8080"
    assert label_studio.reached(settings) is not None
