"""What was removed from an officer's own file: seen, added to, undone; privacy learns from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from listening import privacy
from listening.errors import ListeningError
from listening.privacy.local import KEEP, SHORTEST, spans
from listening.records import DOCUMENTS, PASSAGES
from listening.steps import replaced, taken_out, taught
from listening.steps.replaced import Replaced
from listening.steps.site import Site
from listening.steps.work import Work
from listening.store.accounts import Person, Programme, Upload, nouns, trail
from listening.store.accounts import uploads as kept

#: what words are said to be, and the words
Said = tuple[str, str]
#: letters of text on one page
PAGE = 12_000
_KINDS = {stand_in: kind for kind, stand_in in privacy.DESCRIPTORS.items()}


class Piece(NamedTuple):
    """A part of a passage: words that stayed, or (with a kind) what stands for others.

    `words` is what was replaced, as far as the vault holds it.
    """

    text: str
    kind: str = ""
    words: str = ""


@dataclass(frozen=True)
class Line:
    """A passage, or a part of a long one.

    Attributes:
        who: participant id; empty for an interviewer.
        question: what was asked, where the file says so.
        pieces: its text, in parts.
    """

    who: str
    question: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Found:
    """Words that were replaced.

    Attributes:
        kind: what they were taken for.
        words: as the file spells them first.
        stand_in: what stands for them.
        times: how often in the whole file, in any case of letters.
        may_stay: whether an officer may say that they are no name.
    """

    kind: str
    words: str
    stand_in: str
    times: int
    may_stay: bool


@dataclass(frozen=True)
class Shown:
    """One page of a file, pseudonymised, with what was replaced on it."""

    number: int
    pages: int
    lines: tuple[Line, ...]
    found: tuple[Found, ...]


@dataclass(frozen=True)
class Again:
    """What follows from a change of the list.

    Attributes:
        files: how many files are read again.
        left: in how many the words stay, because they are not here any more as they were sent.
        holds: whether nothing changes, because somebody else said the same.
        releases: how many releases held the words, whose files went.
        actions: how many actions hold them, for a lead to mend.
        codebook: whether the codebook holds them, for a researcher to mend.
    """

    files: int = 0
    left: int = 0
    holds: bool = False
    releases: int = 0
    actions: int = 0
    codebook: bool = False


@dataclass(frozen=True)
class Reach:
    """How far a change goes: how often the words stand, in how many files of the programme."""

    times: int
    files: int


def shown(site: Site, upload: Upload, number: int) -> Shown:
    """Return a page of a kept file, counted from 1; past the last one it is the last.

    Raises:
        ListeningError: nothing of the file is kept.
    """
    _must_be_read(upload)
    work = site.work(upload.programme)
    pages = _pages(_lines(work, upload))
    number = max(1, min(number, len(pages)))
    here = pages[number - 1]
    pieces = (piece for line in here for piece in line.pieces if piece.words)
    return Shown(number, len(pages), tuple(here), _found(pieces, _log(work, upload)))


def reach(site: Site, upload: Upload, words: str, said: str) -> Reach:
    """Return how far it would go to say of words of one's own file what they are.

    Args:
        site: the site.
        upload: the file.
        words: as `taught.tidy` returns them.
        said: one of `taught.SAID`.

    Raises:
        ListeningError: the words stand nowhere in this file, or must go whatever they are.
    """
    _must_be_read(upload)
    work = site.work(upload.programme)
    where = _removed(work, words) if said in (KEEP, "place") else Counter[str]()
    where += _standing(work, (words,)) if said != KEEP else Counter()
    # what others taught is not told by trying it out
    if not where[upload.source_key] and said not in taught.said_of(work, words, upload.officer.id):
        raise ListeningError(
            "These words",
            "were not removed from this file." if said == KEEP else "stand nowhere in this file.",
            "Spell them as the file does.",
        )
    return Reach(where.total(), len(where))


def teach(site: Site, upload: Upload, words: str, said: str) -> Again:
    """Say what words of one's own file are; what holds them is read again.

    Raises:
        ListeningError: the words are not of this file, or the programme's list cannot be used.
    """
    reach(site, upload, words, said)
    work = site.work(upload.programme)
    if not work.vault.has_file(upload.book):
        raise ListeningError(
            "This file", "is not here any more as you sent it.", "Send a corrected version."
        )
    if not taught.teach(work, words, said, upload.officer.id):
        return Again()
    again = _read_again(work, upload.programme, words, stay=said in (KEEP, "place"))
    reached = taken_out.follow(work, words, said)
    for release in reached.releases:
        note_gone(upload.programme, release)
    again = replace(
        again,
        releases=len(reached.releases),
        actions=len(reached.actions),
        codebook=reached.codebook,
    )
    action = "removal undone" if said == KEEP else "removal added"
    detail = {"files": str(again.files)} | ({} if said == KEEP else {"as": said})
    who, of = upload.officer.email, upload.programme.slug
    trail.note(action, who=who, programme=of, on=upload.book, detail=detail)
    return again


def forget(site: Site, person: Person, programme: Programme, words: str, everybody: bool) -> Again:
    """Take words off the programme's list; what holds them is read again.

    Args:
        site: the site.
        person: who takes them off.
        programme: where.
        words: as the list has them.
        everybody: whether it holds whoever said so; otherwise one's own word alone is taken back.
    """
    work = site.work(programme)
    own = bool(taught.said_of(work, words, person.id))
    gone = taught.forget(work, words) if everybody else taught.take_back(work, words, person.id)
    if not gone:
        return Again(holds=own and not everybody)
    again = _read_again(work, programme, words, stay=True)
    detail = {"files": str(again.files)}
    trail.note("taught words taken off", who=person.email, programme=programme.slug, detail=detail)
    return again


def list_of(site: Site, person: Person, programme: Programme, everybody: bool) -> list[Said]:
    """Return what the programme taught: what somebody said themselves, or all of it.

    The words are personal data of residents: an officer sees those of their own files.
    """
    return taught.entries(site.work(programme), None if everybody else person.id)


def note_gone(programme: Programme, release: str) -> None:
    """Note in the trail that the files of a release went, and why."""
    trail.note("release taken down", programme=programme.slug, on=f"release {release}")


def _read_again(work: Work, programme: Programme, words: str, stay: bool) -> Again:
    """Let every kept file be read again that holds these words, or a part of a name in them."""
    parts = [part for part in words.replace("-", " ").split() if len(part) > 2]
    wanted = tuple(dict.fromkeys((words, *parts)))
    standing = _standing(work, wanted)
    again: set[str] = set()
    for upload in kept.kept(programme.slug):
        log = _log(work, upload)
        gone = (one.words for passage in log.passages for one in passage)
        holds = standing[upload.source_key] or any(_count(text, wanted) for text in gone)
        if holds and work.vault.has_file(upload.book) and kept.again(upload):
            again.add(upload.id)
    rereads = kept.sources_in(programme.slug, nouns.READING)
    left = set() if stay else set(_standing(work, (words,))) - rereads
    return Again(len(again), len(left))


def _standing(work: Work, wanted: tuple[str, ...]) -> Counter[str]:
    """Return how often words stand in what is kept, by source."""
    found: Counter[str] = Counter()
    for source, text in work.store.texts():
        found[source] += _count(text, wanted)
    return +found


def _removed(work: Work, words: str) -> Counter[str]:
    """Return how often just these words were replaced, by source, where they may stay."""
    found: Counter[str] = Counter()
    for file_key in replaced.files(work):
        log = replaced.load(work, file_key)
        found[log.source] += sum(
            _same(one.words, words) and one.kind in privacy.GUESSED
            for passage in log.passages
            for one in passage
        )
    return +found


def _count(text: str, wanted: tuple[str, ...]) -> int:
    return sum(1 for _ in spans(text, wanted))


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _log(work: Work, upload: Upload) -> replaced.Log:
    """Return what was replaced in the reading of an upload that is kept."""
    log = replaced.load(work, str(work.vault.read(upload.book).get("file_key", "")))
    return log if log.source == upload.source_key else replaced.Log("", ())


def _lines(work: Work, upload: Upload) -> Iterator[Line]:
    documents = work.store.load([upload.source_key], DOCUMENTS)
    texts = dict(zip(documents["document_id"], documents["text"], strict=True))
    passages = work.store.load([upload.source_key], PASSAGES)
    log = _log(work, upload).passages
    # after a withdrawal the words are gone, and passages with them: what stands there shows itself
    known = log if len(log) == len(passages) else ()
    columns = ("document_id", "participant_id", "question", "start", "end")
    rows = zip(*(passages[column].tolist() for column in columns), strict=True)
    for i, (document, who, question, start, end) in enumerate(rows):
        text = texts[document][start:end]
        edits = known[i] if known else _by_their_look(text)
        yield Line(who, question, tuple(_pieces(text, edits)))


def _by_their_look(text: str) -> list[Replaced]:
    return [
        Replaced(*match.span(), _KINDS.get(match.group(), "person"), "")
        for match in privacy.DESCRIPTOR.finditer(text)
    ]


def _pieces(text: str, edits: Sequence[Replaced]) -> Iterator[Piece]:
    last = 0
    for start, end, kind, words in edits:
        if start > last:
            yield Piece(text[last:start])
        yield Piece(text[start:end], kind, words)
        last = end
    if last < len(text):
        yield Piece(text[last:])


def _pages(lines: Iterable[Line]) -> list[list[Line]]:
    pages: list[list[Line]] = [[]]
    room = PAGE
    for line in lines:
        for part in _parts(line):
            size = sum(len(piece.text) for piece in part.pieces) + len(part.question)
            if size > room and pages[-1]:
                pages.append([])
                room = PAGE
            pages[-1].append(part)
            room -= size
    return pages


def _parts(line: Line) -> Iterator[Line]:
    """Cut a line that would fill more than a page; nothing that was replaced is cut."""
    part: list[Piece] = []
    size = 0
    for piece in line.pieces:
        for start in range(0, len(piece.text), PAGE):
            text = piece.text[start : start + PAGE]
            if part and size + len(text) > PAGE:
                yield replace(line, pieces=tuple(part))
                part, size = [], 0
            part.append(piece._replace(text=text))
            size += len(text)
    if part:
        yield replace(line, pieces=tuple(part))


def _found(pieces: Iterable[Piece], log: replaced.Log) -> tuple[Found, ...]:
    everywhere = Counter(
        (one.kind, _even(one.words)) for passage in log.passages for one in passage
    )
    first: dict[tuple[str, str], Piece] = {}
    for piece in pieces:
        first.setdefault((piece.kind, _even(piece.words)), piece)
    return tuple(
        Found(kind, " ".join(one.words.split()), one.text, everywhere[kind, even],
              kind in privacy.GUESSED and len(even) >= SHORTEST)
        for (kind, even), one in sorted(first.items())
    )  # fmt: skip


def _even(words: str) -> str:
    return " ".join(words.split()).casefold()


def _must_be_read(upload: Upload) -> None:
    if not upload.source_key or upload.state not in (nouns.KEPT, nouns.READING):
        raise ListeningError("This file", "is not kept.", "Nothing was changed.")
