"""What becomes of a file that an officer sends: looked at, asked about, read, or let go.

The file and its name are held in the programme's vault from the first moment; the accounts know
its id and its state alone.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import PurePath
from typing import Any

from listening.errors import ListeningError
from listening.records import Reading, Reject
from listening.steps import copies, replaced, somebody_else, standing
from listening.steps.as_sent import sent
from listening.steps.contacts import keep_contacts, not_agreed
from listening.steps.copies import THEIRS, Copies, SameTalk
from listening.steps.disclosures import marked, pass_on_marked
from listening.steps.site import Site
from listening.steps.understanding import (
    SAME,
    SAME_TALK,
    Answers,
    Understood,
    as_answered,
    understand,
    unpacked,
)
from listening.steps.withdraw import draft_of, nameless
from listening.steps.work import Work, content_key
from listening.store import Vault
from listening.store.accounts import Person, Programme, Upload, nouns, trail
from listening.store.accounts import uploads as kept

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST_NAME = 150


@dataclass(frozen=True)
class _Desk:
    """Where a file is taken in: on which site, from whom, for which programme."""

    site: Site
    person: Person
    programme: Programme


def receive_all(
    site: Site, person: Person, programme: Programme, name: str, content: bytes
) -> list[tuple[Upload, bool]]:
    """Take a file in, or every file of an archive; what of it cannot be opened is refused.

    Returns:
        Each upload, and whether it is new.
    """
    desk = _Desk(site, person, programme)
    took: list[tuple[Upload, bool]] = []
    talks = Copies(site.work(programme))
    for file in unpacked(tidy(name), content):
        if isinstance(file, Reject):
            why = Understood(refused=(file.why, file.what_to_do))
            told = f"{name}/{file.file}".encode() + content
            took.append(_keep(desk, tidy(file.file), content_key(told), told, why))
        else:
            took.append(receive(site, person, programme, *file, talks))
    return took


def receive(
    site: Site,
    person: Person,
    programme: Programme,
    name: str,
    content: bytes,
    talks: Copies | None = None,
) -> tuple[Upload, bool]:
    """Take a file in and look at it.

    Args:
        site: the site.
        person: who sends it.
        programme: for which.
        name: as it was sent.
        content: its bytes.
        talks: what was read before; looked up when left out.

    Returns:
        The upload, and whether it is new: the same content twice is one upload.
    """
    file_key = content_key(content)
    known = kept.same(person, programme.slug, file_key)
    if known:
        return known, False
    name = tidy(name)
    work = site.work(programme)
    apart, talks = marked(work.vault).of(file_key), talks or Copies(work)
    heed = talks.heeding(file_key)
    understood = understand(
        name, content, Answers(), site.today(), site.rules(programme), apart, heed
    )
    desk = _Desk(site, person, programme)
    understood = _asked_whose(work, talks, file_key, understood)
    if THEIRS[0] in understood.refused[0]:
        name = nameless(name)
    return _keep(desk, name, file_key, content, understood)


def _asked_whose(work: Work, talks: Copies, file_key: str, understood: Understood) -> Understood:
    """Ask whether somebody else speaks in a file where one that is kept says much the same."""
    like = () if understood.refused[0] else tuple(talks.like(file_key))
    if not like:
        return understood
    unsaid = set(like) - somebody_else.told_others(work.vault, file_key)
    return replace(
        understood,
        like=like,
        asked=(SAME, *understood.asked),
        open=(SAME, *understood.open) if unsaid else understood.open,
    )


def set_aside(site: Site, upload: Upload, why: SameTalk) -> None:
    """Keep nothing of an upload that turned out to be the same talk as a file that is kept."""
    vault = site.work(upload.programme).vault
    told = Understood(refused=(f"{why.what} {why.why}", why.what_to_do))
    vault.write(upload.book, vault.read(upload.book) | _told(told, Answers()))
    refuse(site, upload)
    _note_first(site, upload, why.first)


def _note_first(site: Site, upload: Upload, first: str) -> None:
    """Note of which file it is a copy, so that its own officer is shown the way there."""
    vault = site.work(upload.programme).vault
    vault.write(upload.book, vault.read(upload.book) | {"copy_of": first})
    same = kept.of_content(upload.programme.slug, first)
    detail = {"of": same[0].book} if same else {}
    trail.note("file set aside as a copy", who=upload.officer.email,
               programme=upload.programme.slug, on=upload.book, detail=detail)  # fmt: skip


def _keep(
    desk: _Desk, name: str, file_key: str, content: bytes, understood: Understood
) -> tuple[Upload, bool]:
    site, person, programme = desk.site, desk.person, desk.programme
    state = nouns.REFUSED if understood.refused[0] else nouns.WAITING
    upload_id = str(uuid.uuid4())
    vault = site.work(programme).vault
    book = {"name": name, "file_key": file_key, **_told(understood, Answers())}
    vault.write(f"uploads/{upload_id}", book)
    if state == nouns.WAITING:
        vault.keep_file(f"uploads/{upload_id}", content)
    upload = kept.add(person, programme.slug, upload_id, file_key, state)
    if upload is None:  # it came twice at the same moment
        vault.erase(f"uploads/{upload_id}")
        return receive(site, person, programme, name, content)
    note(upload, "file received" if state == nouns.WAITING else "file refused")
    if understood.disclosed:
        pass_on(site, person, programme, name, content, understood)
    return upload, True


def pass_on(
    site: Site,
    person: Person,
    programme: Programme,
    name: str,
    content: bytes,
    understood: Understood,
) -> None:
    """Tell the safeguarding lead at once of whom the file itself marks; nobody need confirm."""
    vault = site.work(programme).vault
    reading = as_answered(name, content, Answers(), understood)
    for told in pass_on_marked(vault, name, content_key(content), reading, person.email):
        trail.note("disclosure passed on", who=person.email, programme=programme.slug,
                   on=told.book)  # fmt: skip


def answer(site: Site, upload: Upload, answers: Answers) -> Understood:
    """Look at a file again under what its officer answered.

    Raises:
        ListeningError: it is being read, or was.
    """
    _must_be(upload, nouns.WAITING, nouns.STOPPED)
    vault = site.work(upload.programme).vault
    book = vault.read(upload.book)
    told = Understood.of(book["understood"])
    if SAME in told.open:  # it is asked alone: what was answered before holds
        answers = replace(Answers(**book["answers"]), same=answers.same)
    said = {of: value for of, value in asdict(answers).items() if value}
    trail.note(
        "file answered about",
        who=upload.officer.email,
        programme=upload.programme.slug,
        on=upload.book,
        detail=said,
    )
    if answers.same == SAME_TALK and told.like:
        return _is_same(site, upload, replace(answers, same=""), told)
    if answers.same:
        _tell_apart(site, upload, answers, told)
    understood = look_again(site, upload, replace(answers, same=""))
    if understood.refused[0]:
        refuse(site, upload)
    return understood


def _is_same(site: Site, upload: Upload, answers: Answers, told: Understood) -> Understood:
    """Set a file aside because its officer says that it is a talk that is kept already."""
    work = site.work(upload.programme)
    book, talks = work.vault.read(upload.book), Copies(work)
    reading = as_answered(book["name"], work.vault.file(upload.book), answers, told)
    people = talks.heeding(book["file_key"])(reading).people
    told_of = zip(people["participant"], people["consent"], strict=True)
    agreed = {who: consent for who, consent in told_of if consent != "none"}
    copy = talks.again(book["file_key"], told.like[0], agreed)
    set_aside(site, upload, copy)
    return Understood(refused=(f"{copy.what} {copy.why}", copy.what_to_do))


def _tell_apart(site: Site, upload: Upload, answers: Answers, told: Understood) -> None:
    """Remember that somebody else speaks in a file, and what of it is print on a form."""
    vault = site.work(upload.programme).vault
    book = vault.read(upload.book)
    somebody_else.tell_apart(vault, book["file_key"], told.like)
    others = {of: reading for of in told.like for reading in _as_read(upload.programme, vault, of)}
    own = as_answered(book["name"], vault.file(upload.book), answers, told)
    somebody_else.leave_out_print(vault, own, others)


def _as_read(programme: Programme, vault: Vault, file_key: str) -> Iterator[Reading]:
    """Yield a kept file as it was read, where the vault still holds it as it was sent."""
    for one in kept.of_content(programme.slug, file_key)[:1]:
        if vault.has_file(one.book):
            book = vault.read(one.book)
            told, answers = Understood.of(book["understood"]), Answers(**book["answers"])
            yield as_answered(book["name"], vault.file(one.book), answers, told)


def ask_whose(site: Site, upload: Upload) -> None:
    """Ask of a file that was confirmed whether somebody else speaks in it: another came first."""
    answers = site.work(upload.programme).vault.read(upload.book)["answers"]
    if look_again(site, upload, Answers(**answers)).refused[0]:
        refuse(site, upload)
    elif kept.move(upload, nouns.WAITING):
        note(upload, "file asked about again")


def look_again(site: Site, upload: Upload, answers: Answers) -> Understood:
    """Note what is understood of a file under these answers, without what was set apart."""
    vault = site.work(upload.programme).vault
    book = vault.read(upload.book)
    rules = site.rules(upload.programme)
    apart = marked(vault).of(book["file_key"])
    content = vault.file(upload.book)
    work = site.work(upload.programme)
    talks = Copies(work)
    heed = talks.heeding(book["file_key"])
    understood = understand(book["name"], content, answers, site.today(), rules, apart, heed)
    if not upload.source_key:
        understood = _asked_whose(work, talks, book["file_key"], understood)
    vault.write(upload.book, book | _told(understood, answers))
    return understood


def heed_in(site: Site, upload: Upload) -> None:
    """Look once more at a file that waits, after a withdrawal; erase it where nobody else is left.

    Its officer sees that somebody in it is left out, and who withdrew lies there no longer than
    until it is read or erased.
    """
    vault = site.work(upload.programme).vault
    understood = look_again(site, upload, Answers(**vault.read(upload.book)["answers"]))
    if understood.refused[0]:
        book = vault.read(upload.book)
        vault.write(upload.book, book | {"name": nameless(book["name"])})
        refuse(site, upload)


def refuse(site: Site, upload: Upload) -> None:
    """Keep nothing of a file but that it came and why it was refused."""
    if kept.take_back(upload) or kept.move(upload, nouns.REFUSED):
        note(upload, "file refused")
    work = site.work(upload.programme)
    work.vault.erase_file(upload.book)
    work.vault.erase(draft_of(upload.book))
    if upload.source_key:
        file_key = work.vault.read(upload.book)["file_key"]
        work.store.forget_readings(file_key)
        work.store.compact()
        replaced.erase(work, file_key)
        copies.forget(work, [file_key])
        standing.erase(work, file_key)
        keep_contacts(work.vault, {file_key}, {})


def without_consent(site: Site, upload: Upload) -> None:
    """Refuse a file because its officer says that the people in it did not agree.

    What was read of it is erased.
    """
    _must_be(upload, nouns.WAITING, nouns.STOPPED, nouns.KEPT)
    work = site.work(upload.programme)
    vault, book = work.vault, work.vault.read(upload.book)
    not_agreed(work, book["file_key"])
    why = "The people in it did not agree, or you cannot say whether they did."
    told = Understood(refused=(why, "Ask them, and send the file again if they agree."))
    vault.write(upload.book, book | _told(told, Answers()))
    refuse(site, upload)


def confirm(site: Site, upload: Upload) -> None:
    """Let a file be read.

    Raises:
        ListeningError: something is still to be answered, or it was refused.
    """
    _must_be(upload, nouns.WAITING, nouns.STOPPED, nouns.READING, nouns.KEPT)
    if not sent(site, upload).ready:
        if upload.state in (nouns.READING, nouns.KEPT):
            return  # pressed twice
        raise ListeningError(
            "This file", "has a question that is not answered.", "Answer it, then confirm."
        )
    if kept.move(upload, nouns.READING):
        note(upload, "file confirmed")


def discard(site: Site, upload: Upload) -> None:
    """Let a file go that was not read: everything of it is erased.

    Raises:
        ListeningError: it is being read, or was.
    """
    if not kept.forget(upload):
        raise _too_late(upload)
    site.work(upload.programme).vault.erase(upload.book)
    note(upload, "file discarded")


def one(person: Person, programme: Programme, upload_id: str) -> Upload | None:
    """Return one of somebody's own uploads; another's is none."""
    return kept.one(person, programme.slug, upload_id)


def counts(programme: Programme) -> dict[str, int]:
    """Return how many files of a programme are in which state."""
    return kept.counts(programme.slug)


def note(upload: Upload, action: str) -> None:
    """Add a line on an upload to the trail."""
    trail.note(action, who=upload.officer.email, programme=upload.programme.slug, on=upload.book)


def _told(understood: Understood, answers: Answers) -> dict[str, Any]:
    return {"understood": understood.plain(), "answers": asdict(answers)}


def tidy(name: str) -> str:
    """Return a name without folders and without signs that hide or turn what is read."""
    name = _CONTROL.sub("", PurePath(name.replace("\\", "/")).name).strip()
    stem, suffix = PurePath(name).stem, PurePath(name).suffix[:10]
    return (stem[: LONGEST_NAME - len(suffix)] + suffix) or "A file without a name"


def _must_be(upload: Upload, *states: str) -> None:
    if upload.state not in states:
        raise _too_late(upload)


def _too_late(upload: Upload) -> ListeningError:
    why = {nouns.READING: "is being read just now.", nouns.REFUSED: "was refused."}
    return ListeningError(
        "This file", why.get(upload.state, "has been read and kept."), "Nothing was changed."
    )
