"""A kept file is corrected or answered about anew: a draft beside it until it has been read.

What is kept stays as it is until the draft has been read and kept in its place. A draft is a book
of the vault like that of an upload; one with a file of its own corrects the content, one without
changes the answers alone. Its people keep their ids, and whoever withdrew stays out: it is read
under the upload's own place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

from listening.errors import ListeningError
from listening.programme import Attribute
from listening.programme import load as load_programme
from listening.sources.kinds import ARCHIVES
from listening.steps import standing
from listening.steps.as_sent import Sent
from listening.steps.contacts import not_agreed
from listening.steps.copies import Copies, SameTalk
from listening.steps.disclosures import by_row, carry, carry_one, marked
from listening.steps.finding import text_of
from listening.steps.site import Site
from listening.steps.somebody_else import tell_apart, told_others
from listening.steps.understanding import (
    NOBODY,
    SHOWN,
    WHOLE,
    Answers,
    Understood,
    as_answered,
    understand,
)
from listening.steps.uploads import note, pass_on, tidy
from listening.steps.withdraw import draft_of
from listening.steps.work import Work, content_key
from listening.store.accounts import Programme, Upload, nouns
from listening.store.accounts import uploads as kept

_CONFIRMED = "confirmed"


@dataclass(frozen=True)
class ToRead:
    """What of an upload is to be read: itself, or a draft that was confirmed.

    Attributes:
        book: name, content's hash, what was understood and answered.
        content: its bytes; None where the vault no longer holds them.
        draft: whether it is a draft.
    """

    book: Mapping[str, Any]
    content: bytes | None
    draft: bool


def attributes(site: Site, programme: Programme) -> tuple[Attribute, ...]:
    """Return what the programme's own settings ask about people."""
    rules = site.rules(programme)
    return load_programme(text_of(rules), rules.name).attributes if rules else ()


def is_table(sent: Sent) -> bool:
    """Whether a file is a table, which says of each person itself what it says."""
    return PurePath(sent.name).suffix.lower() in (".csv", ".xlsx")


def correct(site: Site, upload: Upload, name: str, content: bytes) -> Understood:
    """Take a corrected version of a kept file in and look at it; what is kept stays.

    Answers that were given on the file hold for it too, those on speakers by their labels.

    Raises:
        ListeningError: the file is not kept, or the new version is no single readable file.
    """
    _must_be_kept(upload)
    work = site.work(upload.programme)
    book = work.vault.read(upload.book)
    name = tidy(name)
    file_key = content_key(content)
    if PurePath(name).suffix.lower() in ARCHIVES:
        raise ListeningError("This file", "holds other files.", "Send the corrected file alone.")
    if file_key == book["file_key"] and work.vault.has_file(upload.book):
        raise ListeningError(
            "This file", "is the same as what was sent before.", "Nothing was changed."
        )
    if kept.same(upload.officer, upload.programme.slug, file_key):
        raise ListeningError(
            "This file", "is in your list as a file of its own.", "Erase it there first."
        )
    carry(work.vault, book["file_key"], file_key)
    tell_apart(work.vault, file_key, told_others(work.vault, book["file_key"]))
    first = _understood(site, upload, name, content, Answers())
    if first.disclosed:  # at once, whatever becomes of the rest
        pass_on(site, upload.officer, upload.programme, name, content, first)
    _must_be_readable(first)
    _rows_must_stand(work, upload, book["file_key"], name, content)
    before = Understood.of(book["understood"])
    answers = carried(Answers(**book["answers"]), before, first)
    understood = _understood(site, upload, name, content, answers)
    _must_be_readable(understood)
    # the book last: a kill must not leave one that speaks of another content
    work.vault.erase(draft_of(upload.book))
    work.vault.keep_file(draft_of(upload.book), content)
    work.vault.write(
        draft_of(upload.book),
        {"name": name, "file_key": file_key, **_told(understood, answers), _CONFIRMED: False},
    )
    note(upload, "correction received")
    return understood


def _rows_must_stand(work: Work, upload: Upload, before: str, name: str, content: bytes) -> None:
    """Find in a table's new version the rows of those who stay out, and let marks hold for them.

    Raises:
        UnreadableFile: rows moved, and there are no ids by which people would be known.
    """
    file_key = content_key(content)
    now = standing.rows_of(work.vault, as_answered(name, content, Answers(), Understood()))
    standing.must_stand(work, file_key, upload.book, now, name)
    for one in filter(by_row, marked(work.vault).of_people(before)):
        rows = standing.words_of(work.vault, ((said.row, said.text) for said in one.words))
        if (who := standing.standing(now, standing.load(work.vault, before), rows)) is None:
            raise standing.moved(name, "Somebody in this table was set apart")
        if who or standing.by_place(now):
            carry_one(work.vault, one, file_key)


def _understood(
    site: Site, upload: Upload, name: str, content: bytes, answers: Answers
) -> Understood:
    """Look at a file without what was set apart in it: who told of harm is never asked about."""
    work, file_key = site.work(upload.programme), content_key(content)
    before = str(work.vault.read(upload.book)["file_key"])
    apart, heed = marked(work.vault).of(file_key), Copies(work).heeding(file_key, before)
    rules = site.rules(upload.programme)
    return understand(name, content, answers, site.today(), rules, apart, heed)


def draft(site: Site, upload: Upload) -> Sent | None:
    """Return the corrected version that waits for its officer, or None."""
    vault = site.work(upload.programme).vault
    book = vault.read(draft_of(upload.book))
    if not book or book[_CONFIRMED]:
        return None
    understood = Understood.of(book["understood"])
    state = nouns.REFUSED if understood.refused[0] else nouns.WAITING
    rejects = understood.rejects[:SHOWN]
    return Sent(
        upload.id, str(book["name"]), state, upload.added, understood, Answers(**book["answers"]),
        {}, understood.set_aside, rejects,
    )  # fmt: skip


def answer(site: Site, upload: Upload, answers: Answers) -> None:
    """Look at a corrected version again under what its officer answered.

    Raises:
        ListeningError: there is none, or nobody in it may be read under these answers.
    """
    vault = site.work(upload.programme).vault
    book = _waiting(vault.read(draft_of(upload.book)))
    told = Answers(answers.interviewer, answers.kind, answers.consent, _people(book))
    content = vault.file(draft_of(upload.book))
    understood = _understood(site, upload, book["name"], content, told)
    _must_be_readable(understood)
    vault.write(draft_of(upload.book), book | _told(understood, told))


def confirm(site: Site, upload: Upload) -> None:
    """Let a corrected version be read.

    Raises:
        ListeningError: there is none, or something is still to be answered.
    """
    vault = site.work(upload.programme).vault
    book = vault.read(draft_of(upload.book))
    if book.get(_CONFIRMED):
        kept.again(upload)  # pressed twice, or a kill came between the two
        return
    book = _waiting(book)
    if Understood.of(book["understood"]).open:
        raise ListeningError(
            "This file", "has a question that is not answered.", "Answer it, then confirm."
        )
    vault.write(draft_of(upload.book), book | {_CONFIRMED: True})
    kept.again(upload)
    note(upload, "correction confirmed")


def let_go(site: Site, upload: Upload) -> None:
    """Erase a corrected version that was not read; the file stays as it is."""
    vault = site.work(upload.programme).vault
    if upload.state != nouns.STOPPED:  # one that cannot be read may go even when confirmed
        _waiting(vault.read(draft_of(upload.book)))
    vault.erase(draft_of(upload.book))
    note(upload, "correction let go")


def change(site: Site, upload: Upload, answers: Answers) -> bool:
    """Read a kept file again under other answers.

    Returns:
        Whether they are other ones.

    Raises:
        ListeningError: it is not kept, or nobody in it may be read under these answers.
    """
    _must_be_kept(upload)
    vault = site.work(upload.programme).vault
    book = vault.read(upload.book)
    if answers == Answers(**book["answers"]):
        return False
    waits = draft(site, upload)
    if waits and waits.state == nouns.WAITING:
        raise ListeningError(
            "This file",
            "has a corrected version that waits for you.",
            "Confirm that, or let it go. Then change your answers.",
        )
    content = vault.file(upload.book)
    understood = _understood(site, upload, book["name"], content, answers)
    _must_be_readable(understood)
    told = {"name": book["name"], "file_key": book["file_key"], **_told(understood, answers)}
    vault.write(draft_of(upload.book), told | {_CONFIRMED: True})
    kept.again(upload)
    for place, said in answers.people.items():
        if said.get("consent") == "none" and place != WHOLE:
            label = understood.speakers[int(place)].label
            not_agreed(site.work(upload.programme), book["file_key"], label)
    note(upload, "answers changed")
    return True


def confirmed(work: Work, upload: Upload) -> bool:
    """Whether a draft waits to be read."""
    return bool(work.vault.read(draft_of(upload.book)).get(_CONFIRMED))


def to_read(work: Work, upload: Upload) -> ToRead:
    """Return what of an upload is to be read."""
    own, draft = draft_of(upload.book), confirmed(work, upload)
    name = own if draft and work.vault.has_file(own) else upload.book
    content = work.vault.file(name) if work.vault.has_file(name) else None
    return ToRead(work.vault.read(own if draft else upload.book), content, draft)


def take_place(work: Work, upload: Upload, read: ToRead) -> None:
    """Put a draft that was read into the place of what it corrects."""
    if not read.draft:
        return
    book = {name: value for name, value in read.book.items() if name != _CONFIRMED}
    if work.vault.has_file(draft_of(upload.book)) and read.content is not None:
        work.vault.keep_file(upload.book, read.content)
    work.vault.write(upload.book, book)
    work.vault.erase(draft_of(upload.book))


def refuse_draft(work: Work, upload: Upload, copy: SameTalk | None = None) -> None:
    """Keep of a draft that could not be read why that is: what it would have replaced stays."""
    book = work.vault.read(draft_of(upload.book))
    why = "Nobody in it may be read, or nothing was left to keep."
    why = f"{copy.what} {copy.why}" if copy else why
    told = Understood(refused=(why, "What was kept before is unchanged."))
    answers = asdict(Answers())
    told_of = {"understood": told.plain(), "answers": answers, _CONFIRMED: False}
    work.vault.write(draft_of(upload.book), book | told_of)
    work.vault.erase_file(draft_of(upload.book))


def carried(answers: Answers, before: Understood, now: Understood) -> Answers:
    """Return answers on a file as they hold for a corrected version of it."""
    places = {one.label: str(place) for place, one in enumerate(now.speakers)}
    moved = {
        str(place): places[one.label]
        for place, one in enumerate(before.speakers)
        if one.label in places
    }
    who = answers.interviewer
    people = {
        WHOLE if place == WHOLE else moved[place]: dict(said)
        for place, said in answers.people.items()
        if place == WHOLE or place in moved
    }
    interviewer = who if who in ("", NOBODY) else moved.get(who, "")
    return Answers(interviewer, answers.kind, answers.consent, people)


def _people(book: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return dict(book["answers"].get("people", {}))


def _told(understood: Understood, answers: Answers) -> dict[str, Any]:
    return {"understood": understood.plain(), "answers": asdict(answers)}


def _must_be_kept(upload: Upload) -> None:
    if upload.state != nouns.KEPT:
        why = "is being read just now." if upload.state == nouns.READING else "is not kept."
        raise ListeningError("This file", why, "Look at it again in a minute.")


def _must_be_readable(understood: Understood) -> None:
    if understood.refused[0]:
        raise ListeningError("This cannot be kept:", *understood.refused)


def _waiting(book: dict[str, Any]) -> dict[str, Any]:
    if not book or book[_CONFIRMED]:
        raise ListeningError(
            "This file", "has no corrected version that waits.", "Nothing was changed."
        )
    return book
