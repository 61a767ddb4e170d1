"""Which files lie under the paths that somebody gave, archives among them, and which we read."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from listening.errors import ListeningError
from listening.records import Reject
from listening.sources.archives import members
from listening.sources.kinds import ARCHIVES, READABLE, suffix_of, unreadable_kind, whole
from listening.sources.litter import is_litter

_PARTS = ("manifest", "population", "reach", "panel", "indicators", "questions", "aside", "source")
#: Tables that stand beside the material and are no answers of anybody's.
_BESIDE = ("population.csv", "reach.csv", "panel.csv", "indicators.csv", "questions.csv")
#: About the material rather than part of it.
_ABOUT = ("readme", "read me", "licence", "license", "codebook")


@dataclass(frozen=True)
class FoundFile:
    """A file to read.

    Attributes:
        name: what reports call it; of a file in an archive, ``archive.zip/inside/name.docx``.
        path: where it lies on the disk; of a file in an archive, where the archive lies.
        member: of a file in an archive, how to get at it (`archives.Member`).
        archive: what reports call the archive, or "".
    """

    name: str
    path: Path
    member: tuple[str, ...] = ()
    archive: str = ""

    @property
    def place(self) -> str:
        """Where it lies, for telling whether another content came to the same place."""
        return "/".join((str(self.path.resolve()), *self.member))


@dataclass(frozen=True)
class Found:
    """What lies under the paths given.

    Attributes:
        files: files to read, sorted by name; names are unique.
        manifests: every ``manifest*.csv``.
        population: ``population.csv``, where there is one.
        reach: every ``reach.csv``: how many were approached, spoke and declined.
        panel: ``panel.csv``, where there is one: what a resident panel said of the themes.
        indicators: ``indicators.csv``, where there is one: figures of places from elsewhere.
        questions: ``questions.csv``, where there is one: what each question let people raise.
        rejects: paths that do not exist, kinds of file that cannot be read, empty folders.
        translations: name of a file → its translation, which is no file to read by itself.
        aside: names of files about the material (a README, a licence, a codebook), left alone.
    """

    files: tuple[FoundFile, ...] = ()
    manifests: tuple[FoundFile, ...] = ()
    population: FoundFile | None = None
    reach: tuple[FoundFile, ...] = ()
    panel: FoundFile | None = None
    indicators: FoundFile | None = None
    questions: FoundFile | None = None
    rejects: tuple[Reject, ...] = ()
    translations: Mapping[str, FoundFile] = field(default_factory=dict)
    aside: tuple[str, ...] = ()


def find_files(paths: Iterable[Path], leave_out: Collection[Path] = ()) -> Found:
    """Walk files, folders and archives, and sort out what lies there.

    Args:
        paths: files and folders, in any order; the same file twice counts once.
        leave_out: files that play another part (a manifest named by hand, a codebook).
    """
    seen = {path.resolve() for path in leave_out}
    on_disk: list[FoundFile] = []
    rejects: list[Reject] = []
    named: set[Path] = set()
    for given in paths:
        inside = _walk(given)
        if not inside:
            rejects.append(_nothing_there(given))
        for name, path in inside:
            if path.resolve() not in seen:
                seen.add(path.resolve())
                named |= {path} if path == given else set()
                on_disk.append(FoundFile(name, path))
    found: dict[str, list[FoundFile]] = {part: [] for part in _PARTS}
    for file in _unique(on_disk):
        every, refused = _unpacked(file)
        rejects += refused
        for one in every:
            part = _part(one.name, named=one.path in named and not one.archive)
            if part == "source" and suffix_of(one.name) not in READABLE:
                rejects.append(unreadable_kind(one.name))
            else:
                found[part].append(one)
    by_name = {part: sorted(files, key=lambda file: file.name) for part, files in found.items()}
    return Found(
        files=tuple(by_name["source"]),
        manifests=tuple(by_name["manifest"]),
        population=next(iter(by_name["population"]), None),
        reach=tuple(by_name["reach"]),
        panel=next(iter(by_name["panel"]), None),
        indicators=next(iter(by_name["indicators"]), None),
        questions=next(iter(by_name["questions"]), None),
        rejects=tuple(rejects),
        aside=tuple(sorted(PurePosixPath(file.name).name for file in found["aside"])),
    )


def _unpacked(file: FoundFile) -> tuple[list[FoundFile], list[Reject]]:
    """Return the files inside an archive, or the file alone where it is none."""
    if suffix_of(file.name) not in ARCHIVES:
        return [file], []
    try:
        with file.path.open("rb") as opened:
            inside, rejects = members(file.name, opened)
    except ListeningError as error:
        return [], [whole(file.name, error.why, error.what_to_do)]
    except OSError as error:
        why = f"It cannot be opened ({error.strerror})."
        return [], [whole(file.name, why, "Check that you may read it.")]
    return [
        FoundFile(f"{file.name}/{one.name}", file.path, one.keys, file.name) for one in inside
    ], rejects


def _part(name: str, *, named: bool) -> str:
    path = PurePosixPath(name)
    stem, suffix = path.stem.lower(), path.suffix.lower()
    if suffix == ".csv" and stem.startswith("manifest"):
        return "manifest"
    if path.name.lower() in _BESIDE:
        return stem
    about = stem.startswith(_ABOUT) or "readme" in re.split(r"[\W_]+", stem)
    if not named and (about or suffix == ".toml"):
        return "aside"
    return "source"


def _walk(given: Path) -> list[tuple[str, Path]]:
    """Names and paths of what is at or under `given`, litter left out; links are not followed."""
    if given.is_file():
        return [(given.name, given)]
    inside: list[tuple[str, Path]] = []
    for folder, folders, names in os.walk(given):
        folders[:] = sorted(name for name in folders if not is_litter(name))
        for name in sorted(names):
            path = Path(folder) / name
            if not is_litter(name) and path.is_file() and not path.is_symlink():
                inside.append((path.relative_to(given).as_posix(), path))
    return inside


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
