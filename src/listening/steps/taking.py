"""Taking the files of a run: read, known, refused, or a copy of one before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from listening.errors import UnreadableFile
from listening.records import Reading, Reject, Table
from listening.sources import Found, FoundFile
from listening.steps.copies import set_aside, told_apart
from listening.steps.finding import content_of, refused, translation_of
from listening.steps.how import How
from listening.steps.replacing import (
    allows_less,
    content_before,
    forget_replaced,
    holds_more,
    still_sent,
)
from listening.steps.withdraw import forget_results
from listening.steps.work import Work, content_key


@dataclass(frozen=True)
class Taken:
    """A file that was read and is still to be kept."""

    key: str
    file_key: str
    name: str
    reading: Reading
    #: hash of what its place held before; empty where that was the same, or nothing
    before: str


@dataclass
class Batch:
    """What one ingest has read so far, and how it reads.

    Attributes:
        found: every file of the run.
        places: content that each path last held; brought up to date as files are read.
        upload: book of the upload that the one file is, if it is one.
        rejects: what was refused.
        names: name by key of what was read.
        contents: name by content of what was read.
        earlier: the same as `names` of readings that stay because a corrected file is broken.
        fresh: what is still to be kept.
    """

    work: Work
    way: How
    found: Found
    manifest: Table | None
    places: dict[str, str]
    upload: str
    rejects: list[Reject]
    names: dict[str, str] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    earlier: dict[str, str] = field(default_factory=dict)
    fresh: list[Taken] = field(default_factory=list)

    def take(self, file: FoundFile) -> None:
        """Read a file, unless the store knows it or it was read before."""
        try:
            content = content_of(file)
            translation = translation_of(self.found, file)
        except UnreadableFile as error:
            self.rejects.append(refused(file.name, error))
            return
        file_key = content_key(content)
        if file_key in self.contents:
            self.rejects.append(_twice(file.name, self.contents[file_key]))
            return
        key = self.way.key(file_key, file.name, self.manifest, translation)
        place = self.upload or file.place
        before = content_before(self.places, place, file_key)
        if self.work.store.forget_ended(file_key, self.work.today.isoformat()):
            self._forget_results()
        reading: Reading | None = None
        if not self.work.store.known_sources([key]):
            got = self.way.understood(self.work, file, place, content, self.manifest, translation)
            if isinstance(got, Reject):
                self._refuse(file, file_key, before, got)
                return
            reading = got
            if self.upload and (kept := self.way.copies.first_kept(file_key, before)):
                raise self.way.copies.again(file_key, kept, _agreed(reading))
        others = [
            of
            for of, name in self.contents.items()
            if not told_apart(self.manifest, file.name, name)
        ]
        if first := self.way.copies.first(file_key, others):
            self.way.copies.keep_aside(file_key)
            self.rejects.append(set_aside(file.name, self.contents[first], self.manifest))
            forget_replaced(self.work, file_key, "", before, self.elsewhere())
            self.places[place] = file_key  # a withdrawal must know where it lies
            return
        if reading is None:
            forget_replaced(self.work, file_key, key, before, self.elsewhere())
        else:
            fresh = Taken(key, file_key, file.name, reading, before)
            if holds_more(self.work, file_key, _consents(fresh)):
                self.work.store.forget_readings(file_key)
                self._forget_results()
            self.fresh.append(fresh)
        self.names[key] = self.contents[file_key] = file.name
        self.places[place] = file_key
        if translation:  # it holds the same people's words
            self.places[self.found.translations[file.name].place] = file_key

    def elsewhere(self) -> set[str]:
        """Return contents that stay even where a place that held them holds another one now."""
        return set(self.contents) | (still_sent(self.places, self.upload) if self.upload else set())

    def what_stays(self) -> dict[str, str]:
        """Return name by key of earlier readings, as far as nothing has replaced them since."""
        still = self.work.store.known_sources(self.earlier)
        return {key: self.earlier[key] for key in self.earlier if key in still - set(self.names)}

    def _forget_results(self) -> None:
        """Delete working results: words of whoever agrees no more stand in them."""
        deleted = forget_results(self.work)
        self.work.store.compact()
        if deleted:
            self.rejects.append(_results_went(deleted))

    def _refuse(self, file: FoundFile, file_key: str, before: str, reject: Reject) -> None:
        """Keep what the place of a file held before, unless consent to it was taken back."""
        self.work.store.forget_readings(file_key)
        if before and allows_less(self.work, before, self.manifest, file.name):
            self.work.store.forget_readings(before)
            self._forget_results()
        stays = self.work.store.readings(before) if before else []
        self.earlier |= dict.fromkeys(stays, file.name)
        self.rejects.append(_and_what_stays(reject) if stays else reject)


def _agreed(reading: Reading) -> dict[str, str]:
    return dict(zip(reading.people["participant"], reading.people["consent"], strict=True))


def _results_went(many: int) -> Reject:
    files = "One file" if many == 1 else f"{many} files"
    return Reject(
        "",
        "",
        "Earlier results",
        f"{files} of earlier results were deleted: somebody's consent has ended or was taken back, "
        "and their words may stand there.",
        "Delete copies that you made of them.",
    )


def _and_what_stays(reject: Reject) -> Reject:
    return replace(reject, what_to_do=f"{reject.what_to_do} What it held before stays till then.")


def _consents(file: Taken) -> list[tuple[str, str]]:
    return [(key, str(row.consent)) for key, row in people_of([file])]


def people_of(files: Iterable[Taken]) -> Iterator[tuple[str, Any]]:
    """Yield everybody with what tells them apart: a programme-wide id, or file and key within."""
    for file in files:
        for row in file.reading.people.itertuples():
            programme_id, local = str(row.programme_id), str(row.participant)
            key = f"programme|{programme_id}" if programme_id else f"{file.file_key}|{local}"
            yield key, row


def _twice(name: str, first: str) -> Reject:
    return Reject(
        name,
        "",
        "A second copy",
        f"Its content is the same as that of {first}.",
        "Nothing: it was read once.",
    )
