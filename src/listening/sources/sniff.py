"""What a file really is, whatever its name says: looked at before any reader opens it."""

from __future__ import annotations

import io

from listening.errors import UnreadableFile
from listening.sources.encoding import is_binary
from listening.sources.packages import PROGRAMS, ZIP, check_package, locked, package_kind
from listening.sources.refuse import refuse

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_PDF = b"%PDF-"
#: A PDF may begin with a little of something else; its readers look this far.
_PDF_START = 1024
#: The longest transcript we know of is under 1 MB; a table may be larger.
_WORDS_LIMIT = 50_000_000
#: Pictures make a PDF large.
_PDF_LIMIT = 200_000_000


def check_content(name: str, suffix: str, content: bytes) -> None:
    """Refuse a file whose content is not what its ending says.

    Raises:
        UnreadableFile: empty, locked with a password, renamed, damaged, or not text.
    """
    if not content.strip():
        raise refuse(name, "The file is empty.", "Check that the right file was sent.")
    if content.startswith(_OLE):
        raise _ole(name, suffix, content)
    if suffix in PROGRAMS:
        if not content.startswith(ZIP):
            why = f"The file is called {suffix} but it is {_what_it_is(content)}."
            raise refuse(name, why, _save_again(PROGRAMS[suffix], suffix))
        check_package(name, suffix, content)
    elif suffix == ".pdf":
        _check_pdf(name, content)
    elif suffix == ".rtf":
        _check_rtf(name, content)
    else:
        _check_words(name, suffix, content)


def _save_again(program: str, suffix: str) -> str:
    return f"Open it in {program} and save it as {suffix}; if it does not open, ask for it again."


def _ole(name: str, suffix: str, content: bytes) -> UnreadableFile:
    if _is_locked(content):
        return locked(name)
    save_as = suffix if suffix in (".docx", ".xlsx") else ".docx or .xlsx"
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


def _check_pdf(name: str, content: bytes) -> None:
    if _PDF not in content[:_PDF_START]:
        why = f"The file is called .pdf but it is {_what_it_is(content)}."
        raise refuse(name, why, "Give it its own ending, or ask for it again.")
    if len(content) > _PDF_LIMIT:
        raise _too_large(name, _PDF_LIMIT)


def _check_rtf(name: str, content: bytes) -> None:
    if not content.lstrip().startswith(_RTF):
        why = f"The file is called .rtf but it is {_what_it_is(content)}."
        raise refuse(name, why, _save_again("Word", ".docx"))
    if not content.rstrip(b"\x00\x1a \t\r\n").endswith(b"}"):
        why = "The file is damaged or was cut short."
        raise refuse(name, why, _save_again("Word", ".docx"))
    if len(content) > _WORDS_LIMIT:
        raise _too_large(name, _WORDS_LIMIT)


def _check_words(name: str, suffix: str, content: bytes) -> None:
    start = content[:100].lstrip().lower()
    rtf_or_page = start.startswith((_RTF, b"<!doctype html", b"<html", b"%pdf"))
    if rtf_or_page or content.startswith(ZIP) or is_binary(content):
        why = f"The file is called {suffix} but it is {_what_it_is(content)}."
        to_do = "Open it in the program that made it and save it as .csv, .xlsx, .docx or .txt."
        raise refuse(name, why, to_do)
    if suffix != ".csv" and len(content) > _WORDS_LIMIT:
        raise _too_large(name, _WORDS_LIMIT)


def _too_large(name: str, limit: int) -> UnreadableFile:
    return refuse(
        name,
        f"The file is larger than {limit // 1_000_000} MB, which no transcript is.",
        "Check that the right file was sent, or split it into one file per interview.",
    )


def _what_it_is(content: bytes) -> str:
    """A plain name for the kind of content, as far as its first bytes tell."""
    if content.startswith(ZIP):
        return package_kind(content)
    if content.startswith(b"%PDF"):
        return "really a .pdf file"
    if content.lstrip()[:5].lower() == _RTF:
        return "really an .rtf file"
    if not is_binary(content):
        page = content[:100].lstrip().lower().startswith((b"<!doctype html", b"<html"))
        return "a web page" if page else "plain text"
    import puremagic

    try:
        found = puremagic.magic_string(content[:4096])
    except (puremagic.PureError, ValueError):
        return "not text (its bytes look like those of a program or a recording)"
    return f"really a “{found[0].extension or found[0].name}” file"
