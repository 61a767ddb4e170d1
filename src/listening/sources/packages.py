"""Office files are zips: whether one is what its ending says, and small enough to open."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Sequence

from listening.errors import UnreadableFile
from listening.sources.refuse import refuse

ZIP = b"PK\x03\x04"
#: What opening a damaged or hostile zip may raise; a password asked for is a RuntimeError.
UNZIP_ERRORS = (
    zipfile.BadZipFile, OSError, ValueError, KeyError, RuntimeError, NotImplementedError, EOFError,
    OverflowError, struct.error, zlib.error, lzma.LZMAError,
)  # fmt: skip
#: What a package must hold to be of a kind. Office 365 calls the first ``document2.xml`` too.
_INSIDE = {".docx": "word/document", ".xlsx": "xl/workbook.", ".odt": "content.xml"}
PROGRAMS = {".docx": "Word", ".xlsx": "Excel", ".odt": "LibreOffice"}
#: What OpenDocument files say of themselves in their first entry.
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.oasis.opendocument.presentation": ".odp",
}
#: Unpacked size past which a small file is a trap rather than a document.
_UNPACKED_LIMIT = 300_000_000
#: The same of the parts in XML, which take ten times their size in memory once they are parsed. A
#: workbook is read as a stream, so that it may be larger.
_SHRINKS = 20
_TYPES, _TYPES_LIMIT = "[Content_Types].xml", 1_000_000
#: Marks of XML; each takes some hundred bytes in memory. A page of a transcript has hundreds.
_MARKS_LIMIT = 2_500_000
_XML_LIMITS = {".docx": 30_000_000, ".odt": 30_000_000, ".xlsx": 150_000_000}


def check_package(name: str, suffix: str, content: bytes) -> None:
    """Refuse a zip that is not the kind of document that its ending says, or a trap.

    Raises:
        UnreadableFile: damaged, something else renamed, with macros, locked, or too large.
    """
    program = PROGRAMS[suffix]
    again = f"Open it in {program} and save it as {suffix}; if it does not open, ask for it again."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            kind = kind_of(package)
            marks = _marks(package, entries) if suffix != ".xlsx" else 0
            macros = _has_macros(package)
    except UNZIP_ERRORS:
        raise refuse(name, "The file is damaged or was cut short.", again) from None
    if kind != suffix:
        what = f"really {_a(kind)} file" if kind else "a zip of something else"
        raise refuse(
            name,
            f"The file is called {suffix} but it is {what}, renamed.",
            f"Give it its own ending, or {again[0].lower()}{again[1:]}",
        )
    _check_inside(name, suffix, entries)
    if macros:
        raise refuse(
            name,
            "The file holds macros, which are small programs.",
            f"Open it in {program} and save it as {suffix}, without macros.",
        )
    if marks > _MARKS_LIMIT:
        raise refuse(
            name, "It holds more formatting than any transcript does.", "Save it as plain text."
        )


def package_kind(content: bytes) -> str:
    """Return in words what a zip holds, as far as its entries tell."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            kind = kind_of(package)
    except UNZIP_ERRORS:
        return "a damaged zip"
    return f"really {_a(kind)} file" if kind else "really a zip"


def kind_of(package: zipfile.ZipFile) -> str:
    """Return the ending that fits what is inside, or ""."""
    names = package.namelist()
    readable = "mimetype" in names and not package.getinfo("mimetype").flag_bits & 1
    if readable and package.getinfo("mimetype").file_size < 200:
        said = _OPEN_DOCUMENT.get(package.read("mimetype").strip())
        if said:
            return said
    for suffix, inside in _INSIDE.items():
        if any(name.startswith(inside) for name in names):
            return suffix
    return ".qdpx" if any(name.lower().endswith(".qde") for name in names) else ""


def _has_macros(package: zipfile.ZipFile) -> bool:
    """A macro document under a plain ending: it holds a program, or says that it may."""
    for entry in package.infolist():
        if entry.filename.lower().endswith("vbaproject.bin"):
            return True
        readable = entry.file_size < _TYPES_LIMIT and not entry.flag_bits & 1
        if entry.filename == _TYPES and readable and b"macroEnabled" in package.read(entry):
            return True
    return False


def _check_inside(name: str, suffix: str, entries: Sequence[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise locked(name)
    if sum(entry.file_size for entry in entries) > _UNPACKED_LIMIT:
        raise _too_large(name, _UNPACKED_LIMIT)
    if sum(entry.file_size for entry in entries if _is_written(entry)) > _XML_LIMITS[suffix]:
        raise _too_large(name, _XML_LIMITS[suffix])


def _marks(package: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> int:
    """Count what will be an element in memory; of what is too large to count, nothing."""
    written = [entry for entry in entries if _is_written(entry) and not entry.flag_bits & 1]
    if sum(entry.file_size for entry in written) > max(_XML_LIMITS.values()):
        return 0
    return sum(package.read(entry).count(b"<") for entry in written)


def _is_written(entry: zipfile.ZipInfo) -> bool:
    """XML by its name, or by how far it shrank: pictures and fonts do not."""
    by_name = entry.filename.lower().endswith((".xml", ".rels"))
    return by_name or entry.file_size > _SHRINKS * max(entry.compress_size, 1)


def locked(name: str) -> UnreadableFile:
    """Say that a file asks for a password."""
    return refuse(
        name,
        "The file is protected with a password.",
        "Open it, take the password off and save it again.",
    )


def _too_large(name: str, limit: int) -> UnreadableFile:
    return refuse(
        name,
        f"Unpacked, the file would be larger than {limit // 1_000_000} MB.",
        "Split it into parts; a large table can be saved as .csv.",
    )


def _a(kind: str) -> str:
    return f"an {kind}" if kind in (".xlsx", ".odt", ".ods", ".odp") else f"a {kind}"
