"""Settings: the environment, then .env, then the defaults."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.errors import ListeningError
from listening.settings import FROM_FILES, PREFIX, Settings, read

EXAMPLE = Path(__file__).parents[3] / ".env.example"
GIVEN = {
    "LISTENING_HOME": "kept",
    "LISTENING_DATABASE_URL": "postgresql://kestrel:teapot@localhost/listening",
    "LISTENING_VAULT_KEY": "sesame",
    "LISTENING_ENCODER": "another-model",
    "LISTENING_TRANSLATIONS": "beside",
    "LISTENING_PRECISION": "bfloat16",
    "LISTENING_DASK_ADDRESS": "tls://scheduler:8786",
    "LISTENING_PIPELINE": "xx_sent_ud_sm",
    "LISTENING_PROGRAMME": "Mill Town, spring",
    "LISTENING_URL": "https://listening.example.org",
    "LISTENING_LABEL_STUDIO_URL": "https://coding.example.org",
    "LISTENING_LABEL_STUDIO_HTTP": "allowed",
    "LISTENING_LABEL_STUDIO_EMAIL": "lead@example.org",
    "LISTENING_LABEL_STUDIO_PASSWORD": "open-sesame",
    "LISTENING_LABEL_STUDIO_BIN": "elsewhere/label-studio",
    "LISTENING_LOG": "json",
    "LISTENING_METRICS_TOKEN": "kettle",
    "LISTENING_PREFECT_URL": "http://127.0.0.1:4321/api",
    "LISTENING_PREFECT_DATABASE_URL": "postgresql://kestrel:teapot@localhost/prefect",
    "LISTENING_RUNS_AT_ONCE": "3",
    "LISTENING_RETENTION": "by_hand",
}


def write(folder: Path, content: str) -> Path:
    (folder / ".env").write_text(content, encoding="utf-8")
    return folder


def test_nothing_given_gives_the_defaults(tmp_path: Path) -> None:
    assert read({}, tmp_path) == Settings()
    assert Settings().home == Path("var")


def test_a_command_may_say_where_things_are_kept_unless_a_setting_does(tmp_path: Path) -> None:
    assert read({}, tmp_path, Path("out/var")).home == Path("out/var")
    assert read({"LISTENING_HOME": "kept"}, tmp_path, Path("out/var")).home == Path("kept")


def test_every_setting_is_read_from_the_environment(tmp_path: Path) -> None:
    got = read(GIVEN, tmp_path)
    assert [str(getattr(got, field.name)) for field in fields(got)] == list(GIVEN.values())


def test_every_setting_is_read_from_dot_env(tmp_path: Path) -> None:
    lines = [f"{name}={value}" for name, value in GIVEN.items()]
    assert read({}, write(tmp_path, "\n".join(lines))) == read(GIVEN, Path("nowhere"))


def test_a_word_that_a_setting_does_not_know_is_said(tmp_path: Path) -> None:
    with pytest.raises(ListeningError, match=r"LISTENING_TRANSLATIONS.*read or beside"):
        read({"LISTENING_TRANSLATIONS": "both"}, tmp_path)


def test_how_many_runs_there_are_at_once_is_a_number(tmp_path: Path) -> None:
    for said in ("0", "-1", "many"):
        with pytest.raises(ListeningError, match="LISTENING_RUNS_AT_ONCE"):
            read({"LISTENING_RUNS_AT_ONCE": said}, tmp_path)


def test_the_environment_goes_before_dot_env(tmp_path: Path) -> None:
    write(tmp_path, "LISTENING_PROGRAMME=from the file\nLISTENING_ENCODER=from the file\n")
    got = read({"LISTENING_PROGRAMME": "from outside"}, tmp_path)
    assert (got.programme, got.encoder) == ("from outside", "from the file")


def test_dot_env_may_hold_what_people_write_into_one(tmp_path: Path) -> None:
    content = (
        "\ufeff# LISTENING_HOME=never\n\nnot a setting\n"
        "export LISTENING_PROGRAMME = 'A = B, 100 %' \r\n"
        'LISTENING_PIPELINE="xx"\n'
        "LISTENING_ENCODER=\n"
    )
    got = read({}, write(tmp_path, content))
    assert (got.home, got.programme, got.pipeline) == (Path("var"), "A = B, 100 %", "xx")
    assert got.encoder == ""


def test_the_mark_of_utf8_does_not_hide_the_first_setting(tmp_path: Path) -> None:
    assert read({}, write(tmp_path, "\ufeffLISTENING_PIPELINE=xx\n")).pipeline == "xx"


def test_a_home_below_ones_own_folder_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert read({"LISTENING_HOME": "~/kept"}, tmp_path).home == tmp_path / "kept"


def test_a_dot_env_that_is_no_text_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("LISTENING_PROGRAMME=Café".encode("latin-1"))
    with pytest.raises(ListeningError, match="UTF-8"):
        read({}, tmp_path)


def test_settings_never_print_a_key_or_a_password_and_never_change() -> None:
    got = read(GIVEN, Path("nowhere"))
    assert "sesame" not in repr(got)
    assert "teapot" not in str(got)
    with pytest.raises(FrozenInstanceError):
        got.home = Path("elsewhere")  # type: ignore[misc]


def test_the_example_lists_every_setting_and_changes_none(tmp_path: Path) -> None:
    content = EXAMPLE.read_text(encoding="utf-8")
    listed = [line.split("=")[0] for line in content.splitlines() if line.startswith(PREFIX)]
    assert listed == [PREFIX + field.name.upper() for field in fields(Settings)]
    assert read({}, write(tmp_path, content)) == Settings()


@given(value=st.text(st.characters(codec="ascii", exclude_categories=("Cc",))).map(str.strip))
def test_a_value_in_dot_env_comes_as_it_would_from_the_environment(
    tmp_path_factory: pytest.TempPathFactory, value: str
) -> None:
    bare = value.strip("\"'").strip()
    folder = write(tmp_path_factory.mktemp("settings"), f'LISTENING_PROGRAMME="{bare}"\n')
    assert read({}, folder) == read({"LISTENING_PROGRAMME": bare}, Path("nowhere"))


@pytest.mark.parametrize("name", FROM_FILES)
def test_a_secret_may_lie_in_a_file_of_its_own(tmp_path: Path, name: str) -> None:
    own = tmp_path / "secret"
    own.write_text("\n open sesame \n", encoding="utf-8")
    field = name.removeprefix(PREFIX).removesuffix("_FILE").lower()
    assert getattr(read({name: str(own)}, tmp_path), field) == "open sesame"
    both = {name: str(own), name.removesuffix("_FILE"): "itself"}
    assert getattr(read(both, tmp_path), field) == "itself"


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe"])
def test_the_file_of_a_secret_that_cannot_be_used_is_told_by_its_setting(
    tmp_path: Path, content: bytes | None
) -> None:
    own = tmp_path / "sesame"
    if content is not None:
        own.write_bytes(content)
    with pytest.raises(ListeningError) as told:
        read({"LISTENING_VAULT_KEY_FILE": str(own)}, tmp_path)
    assert "LISTENING_VAULT_KEY_FILE" in str(told.value)
    assert "sesame" not in str(told.value)
