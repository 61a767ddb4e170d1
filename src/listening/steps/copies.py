"""Files that hold the same words as one read before them: a transcript given twice counts once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from listening import sources
from listening.errors import NothingToDo
from listening.records import Reject, Table
from listening.steps.work import Work


class Copies:
    """What the files of a run say, as hashes, kept in the vault from run to run."""

    def __init__(self, work: Work) -> None:
        self._vault = work.vault
        self._sketches: dict[str, Sequence[str]] = work.vault.read("sketches")
        self._copies: dict[str, str] = work.vault.read("copies")

    def note(self, file_key: str, sketch: Sequence[str]) -> None:
        """Remember what a file says."""
        self._copies.pop(file_key, None)
        if sketch:
            self._sketches[file_key] = list(sketch)

    def first(self, file_key: str, before: Mapping[str, str]) -> str:
        """Return the hash of the file of which this is a copy, or "".

        Args:
            file_key: hash of the file's content.
            before: hash of content → name of what this run has read so far.
        """
        own = self._sketches.get(file_key, ())
        for other in before:
            if other != file_key and sources.is_copy(own, self._sketches.get(other, ())):
                # a withdrawal from the one must keep the person out of the other
                self._copies[file_key] = other
                return other
        return ""

    def save(self) -> None:
        """Write it down."""
        self._vault.write("sketches", self._sketches)
        self._vault.write("copies", self._copies)


def set_aside(name: str, first: str, manifest: Table | None) -> Reject:
    """Say that a file is a copy of another.

    Raises:
        NothingToDo: the manifest lets less of somebody be used in the copy than in the other.
    """
    copied, kept = _consents(manifest, name), _consents(manifest, first)
    if copied["none"] - kept["none"] or copied["analysis"] & kept["quotation"]:
        raise NothingToDo(
            name,
            f"holds the same words as {first}, and the manifest allows less of somebody in it.",
            f"Write the same rows for {first}, or take that file out; then run again.",
        )
    return Reject(
        name,
        "",
        "A second copy",
        f"It holds the same words by the same speakers as {first}.",
        "Nothing: it was read once, as the manifest says of that file. To read this one instead, "
        "take the other out.",
    )


def _consents(manifest: Table | None, name: str) -> dict[str, set[str]]:
    """Return the speakers of a file by consent."""
    speakers: dict[str, set[str]] = defaultdict(set)
    for row in sources.rows_for(manifest, name):
        speakers[row["consent"]].add(row["speaker"].casefold())
    return speakers


def copies_of(work: Work, files: Set[str]) -> set[str]:
    """Return the hashes of the files that are copies of these."""
    return {copy for copy, first in work.vault.read("copies").items() if first in files}


def forget(work: Work, files: Set[str]) -> None:
    """Forget what files say."""
    for book in ("sketches", "copies"):
        kept = {key: value for key, value in work.vault.read(book).items() if key not in files}
        work.vault.write(book, kept)
