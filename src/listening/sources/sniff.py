"""What a file really is, whatever its name says: looked at before any reader opens it."""

from __future__ import annotations

import io
import zipfile

from listening.errors import UnreadableFile
from listening.sources.encoding import is_binary
from listening.sources.refuse import refuse

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_INSIDE = {".docx": "word/document.xml", ".xlsx": "xl/workbook."}
_PROGRAM = {".docx": "Word", ".xlsx": "Excel"}
#: Unpacked size past which a small file is a trap rather than a document.
_UNPACKED_LIMIT = 500_000_000
#: The longest transcript we know of is under 1 MB; a table may be larger.
_WORDS_LIMIT = 50_000_000


def check_content(name: str, suffix: str, content: bytes) -> None:
    """Refuse a file whose content is not what its ending says.

    Raises:
        UnreadableFile: empty, locked with a password, renamed, damaged, or not text.
    """
    if not content.strip():
        raise refuse(name, "The file is empty.", "Check that the right file was sent.")
    if content.startswith(_OLE):
        raise _ole(name, suffix, content)
    if suffix in _INSIDE:
        _check_package(name, suffix, content)
    else:
        _check_words(name, suffix, content)


def _ole(name: str, suffix: str, content: bytes) -> UnreadableFile:
    if _is_locked(content):
        return refuse(
            name,
            "The file is protected with a password.",
            "Open it, take the password off (File, Info, Protect) and save it again.",
        )
    save_as = suffix if suffix in _INSIDE else ".docx or .xlsx"
    return refuse(
        name,
        "The file is in the format of Office before 2007, whatever its ending says.",
        f"Open it and save it as {save_as}.",
    )


def _is_locked(content: bytes) -> bool:
    import msoffcrypto

    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted())
    except Exception:  # the library raises many kinds on damaged containers
        return False


def _check_package(name: str, suffix: str, content: bytes) -> None:
    program = _PROGRAM[suffix]
    again = f"Open it in {program} and save it as {suffix}; if it does not open, ask for it again."
    if not content.startswith(_ZIP):
        why = f"The file is called {suffix} but it is {_what_it_is(content)}."
        raise refuse(name, why, again)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise refuse(name, "The file is damaged or was cut short.", again) from None
    if not any(entry.filename.startswith(_INSIDE[suffix]) for entry in entries):
        why = f"The file is called {suffix} but it is a zip of something else, renamed."
        raise refuse(
            name, why, f"Unpack it and give what is inside. Or: {again[0].lower()}{again[1:]}"
        )
    if sum(entry.file_size for entry in entries) > _UNPACKED_LIMIT:
        raise refuse(
            name, "Unpacked, the file would be larger than 500 MB.", "Split it into parts."
        )


def _check_words(name: str, suffix: str, content: bytes) -> None:
    start = content[:100].lstrip().lower()
    rtf_or_page = start.startswith((b"{\\rtf", b"<!doctype html", b"<html", b"%pdf"))
    if rtf_or_page or content.startswith(_ZIP) or is_binary(content):
        why = f"The file is called {suffix} but it is {_what_it_is(content)}."
        to_do = "Open it in the program that made it and save it as .csv, .xlsx, .docx or .txt."
        raise refuse(name, why, to_do)
    if suffix != ".csv" and len(content) > _WORDS_LIMIT:
        raise refuse(
            name,
            "The file is larger than 50 MB, which no transcript is.",
            "Check that the right file was sent, or split it into one file per interview.",
        )


def _what_it_is(content: bytes) -> str:
    """A plain name for the kind of content, as far as its first bytes tell."""
    if content.startswith(_ZIP):
        return _package_kind(content)
    if not is_binary(content) and not content.startswith((b"%PDF", b"{\\rtf")):
        page = content[:100].lstrip().lower().startswith((b"<!doctype html", b"<html"))
        return "a web page" if page else "plain text"
    import puremagic

    try:
        found = puremagic.magic_string(content[:4096])
    except (puremagic.PureError, ValueError):
        return "not text (its bytes look like those of a program or a recording)"
    return f"really a “{found[0].extension or found[0].name}” file"


def _package_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return "a damaged zip"
    for suffix, inside in _INSIDE.items():
        if any(entry.startswith(inside) for entry in names):
            return f"really an {suffix} file" if suffix == ".xlsx" else f"really a {suffix} file"
    return "really a zip"
