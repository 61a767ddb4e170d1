"""Label Studio started here: its administrator, what it is told, and what is refused."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from listening.cli import app
from listening.errors import ListeningError
from listening.labelstudio import process
from listening.labelstudio.process import HOST, Place
from listening.settings import Settings
from listening.steps import label_studio as steps
from tests.labelstudio.playing import Coder
from tests.labelstudio.serving import ADMINISTRATOR, PASSWORD, Server, free_port

ROOT = Path(__file__).parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "var", label_studio_bin=tmp_path / "label-studio")


def test_the_first_administrators_password_is_made_once_and_kept_in_the_vault(
    settings: Settings,
) -> None:
    first, again = steps.prepared(settings), steps.prepared(settings)
    assert len(first.new_password) >= 20
    assert again.new_password == ""
    assert first.place.password == again.place.password == first.new_password
    assert first.place.email == "administrator@localhost"
    assert first.new_password not in repr(first.place)


def test_a_password_of_ones_own_is_used_and_never_shown(settings: Settings) -> None:
    own = replace(
        settings, label_studio_email="Lead@example.org", label_studio_password="open-sesame"
    )
    started = steps.prepared(own)
    assert started.new_password == ""
    assert (started.place.email, started.place.password) == ("lead@example.org", "open-sesame")
    assert "open-sesame" not in repr(own)


def test_one_on_another_machine_is_not_started_here(settings: Settings) -> None:
    far = replace(settings, label_studio_url="https://coding.example.org")
    with pytest.raises(ListeningError, match="not on this machine"):
        steps.prepared(far)


def test_a_programmes_folder_uses_its_sites_label_studio(settings: Settings) -> None:
    password = steps.prepared(settings).new_password
    programme = replace(settings, home=settings.home / "programmes" / "mill-town")
    assert steps.prepared(programme).place.password == password
    assert steps.prepared(programme).place.folder == settings.home / "label-studio"
    assert steps.reached(programme) is not None


def test_none_that_was_named_or_started_is_none_and_told_where_it_is_needed(
    settings: Settings,
) -> None:
    assert steps.reached(settings) is None
    with pytest.raises(ListeningError, match="make serve"):
        steps.needed(settings)


def test_it_is_told_nothing_of_ours_and_calls_nobody(tmp_path: Path) -> None:
    place = Place(tmp_path / "label-studio", tmp_path, 8080, "a@example.org", "secret-word")
    environ = {
        "LISTENING_VAULT_KEY": "sesame",
        "LABEL_STUDIO_HOST": "elsewhere",
        "PYTHONPATH": "ours",
        "LANG": "C",
    }
    told = process.environment(place, environ)
    assert "sesame" not in told.values()
    assert not {"LABEL_STUDIO_HOST", "PYTHONPATH"} & set(told)
    assert told["LANG"] == "C"
    assert told["COLLECT_ANALYTICS"] == told["LATEST_VERSION_CHECK"] == "false"
    assert told["SENTRY_DSN"] == told["FRONTEND_SENTRY_DSN"] == ""
    assert told["LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK"] == "true"
    assert place.command[-6:-2] == ["--internal-host", HOST, "--port", "8080"]
    assert not any("secret-word" in word for word in place.command)


def test_a_port_that_is_taken_is_told_before_it_starts_elsewhere(tmp_path: Path) -> None:
    program = tmp_path / "label-studio"
    program.touch()
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        place = Place(program, tmp_path, taken.getsockname()[1], "a@example.org", "secret-word")
        with (
            pytest.raises(ListeningError, match="is taken"),
            process.running(place, {}),
        ):
            raise AssertionError("it must not start")


def test_what_is_not_installed_is_told_with_how_to_get_it(settings: Settings) -> None:
    with (
        pytest.raises(ListeningError, match="make label-studio"),
        steps.running(steps.prepared(settings), {}),
    ):
        raise AssertionError("it must not start")


def test_one_that_ends_at_once_is_told_with_where_its_words_are(tmp_path: Path) -> None:
    program = tmp_path / "label-studio"
    program.write_text("#!/bin/sh\necho some trouble\nexit 3\n")
    program.chmod(0o755)
    place = Place(program, tmp_path / "kept", free_port(), "a@example.org", "secret-word")
    with pytest.raises(ListeningError, match=r"label-studio\.log"), process.running(place, {}):
        raise AssertionError("it must not start")
    assert (tmp_path / "kept" / "label-studio.log").read_text() == "some trouble\n"


def test_every_part_of_the_whole_system_is_a_command() -> None:
    lines = (ROOT / "Procfile").read_text().splitlines()
    commands = [line.split(": ")[1].split() for line in lines]
    assert {first for first, *_rest in commands} == {"listening"}
    known = {command.name for command in app.registered_commands}
    assert {words[1] for words in commands} <= known


@pytest.mark.labelstudio
def test_the_settings_lead_to_the_server_and_its_token_is_kept_in_the_vault(
    settings: Settings, label_studio: Server, coders: tuple[Coder, Coder]
) -> None:
    own = replace(
        settings,
        label_studio_url=label_studio.url,
        label_studio_email=ADMINISTRATOR,
        label_studio_password=PASSWORD,
    )
    assert coders[0].email in steps.needed(own).coders().values()
    kept = steps.vault_of(own).read(steps.BOOK)["tokens"][f"{ADMINISTRATOR} at {label_studio.url}"]
    # who knows the token needs no password
    assert steps.needed(replace(own, label_studio_password="")).coders()
    label_studio.tokens[ADMINISTRATOR] = kept
