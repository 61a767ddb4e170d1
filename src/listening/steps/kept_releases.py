"""The files of releases, kept under the programme's home so that they can be fetched again."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from listening.errors import NothingToDo
from listening.steps.work import Work

#: folder under the programme's home
FOLDER = "releases"
#: what all files of a release together are called
ZIP = "all.zip"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def place_of(work: Work, release: str) -> Path:
    """Return the folder of a release's files."""
    return work.settings.home / FOLDER / release


def keep(work: Work, release: str, files: Mapping[str, bytes]) -> None:
    """Keep the files of a release."""
    write(place_of(work, release), files, private=True)


def write(out: Path, files: Mapping[str, bytes], private: bool = False) -> None:
    """Write every file beside its old self, then put it in place: a kill leaves whole files."""
    out.mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o777)
    for name, content in files.items():
        fresh = out / f".{name}.new"
        fresh.touch(mode=0o600 if private else 0o666)
        fresh.write_bytes(content)
        os.replace(fresh, out / name)  # noqa: PTH105


def names(work: Work, release: str) -> list[str]:
    """Return the names of a release's files, sorted; none where they are not kept here."""
    folder = place_of(work, release)
    if not folder.is_dir():
        return []
    return sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))


def content(work: Work, release: str, name: str) -> bytes:
    """Return a file of a release, or all of them as a zip.

    Raises:
        NothingToDo: it is not kept here, or was taken down this moment.
    """
    known = names(work, release)
    if not (known if name == ZIP else name in known):
        raise _gone()
    try:
        return _packed(work, release, known) if name == ZIP else _read(work, release, name)
    except FileNotFoundError:
        raise _gone() from None


def _packed(work: Work, release: str, known: Iterable[str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for one in known:
            told = zipfile.ZipInfo(f"release-{release}/{one}", _FIRST_DAY)
            told.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(told, _read(work, release, one))
    return made.getvalue()


def _read(work: Work, release: str, name: str) -> bytes:
    return (place_of(work, release) / name).read_bytes()


def _gone() -> NothingToDo:
    return NothingToDo("This file", "is not kept here.", "See which are, in the list.")


def take_down(work: Work, release: str) -> bool:
    """Delete the files of a release: somebody whom it quotes has withdrawn.

    Returns:
        Whether there were any.
    """
    folder = place_of(work, release)
    there = folder.is_dir()
    shutil.rmtree(folder, ignore_errors=True)
    return there
