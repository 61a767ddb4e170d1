"""Which files lie under the paths that somebody gave, and which of them we read."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from listening.records import Reject

#: Kinds of file that `read` understands.
READABLE: tuple[str, ...] = (
    ".csv",
    ".xlsx",
    ".txt",
    ".md",
    ".docx",
    ".odt",
    ".rtf",
    ".pdf",
    ".vtt",
    ".srt",
)

#: What to save a file as when we cannot read its kind yet.
_SAVE_AS = {
    ".xls": ".xlsx",
    ".ods": ".xlsx",
    ".tsv": ".csv",
    ".doc": ".docx",
}
#: Left behind by editors and by operating systems; nobody meant to hand these in.
_LITTER_STARTS = (".", "~", "__MACOSX")
_LITTER_ENDS = (".tmp", ".lock", ".part", ".crdownload", ".bak", "~")
_LITTER_NAMES = ("thumbs.db", "desktop.ini")
#: About the material rather than part of it.
_ABOUT = ("readme", "licence", "license")


@dataclass(frozen=True)
class FoundFile:
    """A file to read: `name` is what reports call it, `path` is where it lies."""

    name: str
    path: Path


@dataclass(frozen=True)
class Found:
    """What lies under the paths given.

    Attributes:
        files: files to read, sorted by name; names are unique.
        manifests: every ``manifest*.csv``.
        population: ``population.csv``, where there is one.
        rejects: paths that do not exist, kinds of file that cannot be read, empty folders.
        aside: names of files about the material (a README, a licence, a codebook), left alone.
    """

    files: tuple[FoundFile, ...] = ()
    manifests: tuple[Path, ...] = ()
    population: Path | None = None
    rejects: tuple[Reject, ...] = ()
    aside: tuple[str, ...] = ()

    @property
    def manifest(self) -> Path | None:
        """The first manifest, or None."""
        return self.manifests[0] if self.manifests else None


def find_files(paths: Iterable[Path], leave_out: Collection[Path] = ()) -> Found:
    """Walk files and folders and sort out what lies there.

    Args:
        paths: files and folders, in any order; the same file twice counts once.
        leave_out: files that play another part (a manifest named by hand, a codebook).
    """
    seen = {path.resolve() for path in leave_out}
    files: list[FoundFile] = []
    special: dict[str, list[Path]] = {"manifest": [], "population": [], "aside": []}
    rejects: list[Reject] = []
    for given in paths:
        inside = _walk(given)
        if not inside:
            rejects.append(_nothing_there(given))
        for name, path in inside:
            if path.resolve() in seen:
                continue
            seen.add(path.resolve())
            part = _part(path, named=path == given)
            if part in special:
                special[part].append(path)
            elif path.suffix.lower() in READABLE:
                files.append(FoundFile(name, path))
            else:
                rejects.append(unreadable_kind(name))
    return Found(
        files=tuple(sorted(_unique(files), key=lambda file: file.name)),
        manifests=tuple(sorted(special["manifest"])),
        population=next(iter(sorted(special["population"])), None),
        rejects=tuple(rejects),
        aside=tuple(sorted(path.name for path in special["aside"])),
    )


def unreadable_kind(name: str) -> Reject:
    """Say that a kind of file cannot be read, and what to save it as."""
    suffix = Path(name).suffix.lower()
    if suffix == ".zip":
        return Reject(
            name,
            "",
            "The whole file",
            "A zip is not a kind of file we can read yet.",
            "Unpack it and give the folder that comes out.",
        )
    kind = f"“{suffix}”" if suffix else "A file without an ending such as .docx"
    save_as = _SAVE_AS.get(suffix, ".docx (words) or .xlsx (tables)")
    return Reject(
        name,
        "",
        "The whole file",
        f"{kind} is not a kind of file we can read yet.",
        f"Open it and save it as {save_as}, then give that file.",
    )


def _part(path: Path, *, named: bool) -> str:
    stem, suffix = path.stem.lower(), path.suffix.lower()
    if suffix == ".csv" and stem.startswith("manifest"):
        return "manifest"
    if path.name.lower() == "population.csv":
        return "population"
    if not named and (stem.startswith(_ABOUT) or suffix == ".toml"):
        return "aside"
    return "source"


def _walk(given: Path) -> list[tuple[str, Path]]:
    """Names and paths of what is at or under `given`, litter left out; links are not followed."""
    if given.is_file():
        return [(given.name, given)]
    inside: list[tuple[str, Path]] = []
    for folder, folders, names in os.walk(given):
        folders[:] = sorted(name for name in folders if not _is_litter(name))
        for name in sorted(names):
            path = Path(folder) / name
            if not _is_litter(name) and path.is_file() and not path.is_symlink():
                inside.append((path.relative_to(given).as_posix(), path))
    return inside


def _is_litter(name: str) -> bool:
    low = name.lower()
    return name.startswith(_LITTER_STARTS) or low.endswith(_LITTER_ENDS) or low in _LITTER_NAMES


def _nothing_there(given: Path) -> Reject:
    if given.is_dir():
        return Reject(
            given.name,
            "",
            "The whole folder",
            "There is nothing in this folder that we can read.",
            "Put the transcripts, notes or tables into it, or give another folder.",
        )
    return Reject(
        given.name,
        "",
        "This path",
        "There is no such file or folder.",
        "Check the spelling and the folder that you are in.",
    )


def _unique(files: Sequence[FoundFile]) -> list[FoundFile]:
    """Files of the same name from two folders: the folder's name tells them apart."""
    taken: set[str] = set()
    result = []
    for file in files:
        name = file.name
        above = list(file.path.resolve().parts[-len(Path(name).parts) - 1 :: -1])
        while name in taken and above:
            name = f"{above.pop(0).strip('/')}/{name}"
        taken.add(name)
        result.append(FoundFile(name, file.path))
    return result
