"""The field kit, from the programme's file to Word files."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from listening.errors import NothingToDo
from listening.kit import Kit, field_kit, new_code
from listening.programme import load
from listening.steps.finding import text_of
from listening.steps.site import Site
from listening.store.accounts import Programme

#: consent forms in a file of the pages
FORMS = 20
#: name of everything together
ZIP = "field_kit.zip"


@dataclass(frozen=True)
class Offered:
    """What can be printed.

    Attributes:
        files: code of a language → what a file is → its name.
        lacking: code of a language → how many of its words the programme has yet to supply.
    """

    files: dict[str, dict[str, str]]
    lacking: dict[str, int]


def write_kit(programme: Path, out: Path, forms: int) -> tuple[list[str], list[str]]:
    """Write the field kit of a programme into `out`.

    Returns:
        The names of the files, and a sentence for each language whose words are not all there.
    """
    kit = field_kit(load(text_of(programme), programme.name), forms, new_code)
    out.mkdir(parents=True, exist_ok=True)
    for name, made in kit.files.items():
        (out / name).write_bytes(made)
    lacking = [
        f"Nothing was made in “{language}”: {programme.name} lacks {len(missing)} of its words, "
        f"first `{missing[0]}` under [words.{language}]. `listening kit --words` lists them."
        for language, missing in kit.missing.items()
    ]
    return sorted(kit.files), lacking


def offered(site: Site, programme: Programme) -> Offered:
    """Return what of a programme's kit can be printed.

    Raises:
        ListeningError: the programme has no settings, or they cannot be used.
    """
    kit = _kit(site, programme, forms=1)
    files: dict[str, dict[str, str]] = {}
    for name in kit.files:
        what, _, language = name.removesuffix(".docx").rpartition("_")
        files.setdefault(language, {})[what] = name
    return Offered(files, {language: len(words) for language, words in kit.missing.items()})


def made(site: Site, programme: Programme, name: str) -> bytes:
    """Return a file of a programme's kit, or all of them as ZIP.

    Raises:
        ListeningError: there is no such file, or no kit.
    """
    kit = _kit(site, programme, FORMS)
    if name == ZIP:
        return _zipped(kit)
    if name not in kit.files:
        raise NothingToDo("The field kit", "has no such file.", "Choose one that it has.")
    return kit.files[name]


def _kit(site: Site, programme: Programme, forms: int) -> Kit:
    rules = site.rules(programme)
    if rules is None:
        raise NothingToDo(
            "This programme",
            "has no settings yet, so there is nothing to print.",
            "Ask whoever runs the server for a programme.toml in its folder.",
        )
    return field_kit(load(text_of(rules), rules.name), forms, new_code)


def _zipped(kit: Kit) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, one in kit.files.items():
            archive.writestr(name, one)
    return content.getvalue()
