"""Kinds of file: those that we read, and what to do about the others."""

from __future__ import annotations

from pathlib import PurePosixPath

from listening.records import Reject

#: Kinds of file that `read` understands.
READABLE: tuple[str, ...] = (
    ".csv", ".xlsx", ".txt", ".md", ".docx", ".odt", ".rtf", ".pdf", ".vtt", ".srt",
)  # fmt: skip
#: Kinds that hold other files.
ARCHIVES: tuple[str, ...] = (".zip", ".qdpx")
#: `Reject.what` of a file of which nothing is read.
WHOLE_FILE = "The whole file"

#: What to save a file as when we cannot read its kind.
_SAVE_AS = {
    ".xls": ".xlsx",
    ".xlsm": ".xlsx",
    ".xlsb": ".xlsx",
    ".ods": ".xlsx",
    ".numbers": ".xlsx",
    ".tsv": ".csv",
    ".doc": ".docx",
    ".docm": ".docx",
    ".fodt": ".odt",
    ".pages": ".docx",
    ".html": ".docx",
    ".htm": ".docx",
}
#: What other kinds are, and what to do instead of giving them.
_OTHERS = {
    (".qdc",): (
        "This is a codebook (REFI-QDA) and not material: it holds codes and nobody's words.",
        "Take it out of the material, and name the codebook with --codebook.",
    ),
    (".qde",): (
        "This is the inner part of a REFI-QDA project, without the sources that it speaks of.",
        "Export the project again as .qdpx, with its sources, and give that file.",
    ),
    ARCHIVES: (
        "It holds other files, and cannot be read as one.",
        "Give the file itself to the command, or unpack it and give what is inside.",
    ),
    (".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz"): (
        "It is a kind of archive that we cannot open.",
        "Unpack it and give the folder that comes out, or make it a .zip.",
    ),
    (".mp3", ".m4a", ".wav", ".mp4", ".mov", ".aac", ".ogg", ".wma", ".avi", ".webm"): (
        "It is a recording, and we read text.",
        "Give its transcript; Teams, Zoom and Word can make one.",
    ),
    (".jpg", ".jpeg", ".png", ".heic", ".tif", ".tiff", ".gif", ".bmp"): (
        "It is a picture, and we read text.",
        "Type what it says into a .docx or .txt, and give that file.",
    ),
}


def suffix_of(name: str) -> str:
    """Return a file's ending in small letters: ``.docx``."""
    return PurePosixPath(name).suffix.lower()


def whole(name: str, why: str, what_to_do: str) -> Reject:
    """Return the reject of a file of which nothing is read."""
    return Reject(name, "", WHOLE_FILE, why, what_to_do)


def unreadable_kind(name: str) -> Reject:
    """Say that a kind of file cannot be read, and what to do instead."""
    suffix = suffix_of(name)
    for kinds, (why, what_to_do) in _OTHERS.items():
        if suffix in kinds:
            return whole(name, why, what_to_do)
    kind = f"“{suffix}”" if suffix else "A file without an ending such as .docx"
    save_as = _SAVE_AS.get(suffix, ".docx (words) or .xlsx (tables)")
    return whole(
        name,
        f"{kind} is not a kind of file we can read yet.",
        f"Open it and save it as {save_as}, then give that file.",
    )
