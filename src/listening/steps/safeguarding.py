"""Harm that an officer heard of: passed to the safeguarding lead, out of the analysis at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from listening.errors import ListeningError
from listening.programme import load as load_programme
from listening.records import Reading, Table
from listening.steps import disclosures, taken_out, uploads
from listening.steps.copies import Copies
from listening.steps.disclosures import (
    ACTED,
    COLUMN,
    KEPT_APART,
    NEW,
    PERSON,
    SEEN,
    STRETCH,
    Disclosure,
    Done,
    Said,
)
from listening.steps.finding import text_of
from listening.steps.site import Site
from listening.steps.understanding import Answers, Understood, as_answered
from listening.steps.withdraw import forget_results
from listening.store.accounts import SAFEGUARDING, Person, Programme, Upload, nouns, people, trail
from listening.store.accounts import uploads as kept

__all__ = [
    "ACTED",
    "COLUMN",
    "KEPT_APART",
    "NEW",
    "PERSON",
    "SEEN",
    "STRETCH",
    "Disclosure",
    "Said",
]

#: more people than this are not offered one by one: a table's rows have numbers
MOST_PEOPLE = 20
#: how much of a file is shown on the page on which a stretch is chosen
MOST_SHOWN = 1_000


@dataclass(frozen=True)
class Words:
    """What of a file can be marked.

    Attributes:
        people: everybody in it by key, with how many contributions they made; empty where there
            are too many to choose from.
        said: its contributions with their numbers.
        more: whether there are further ones that are not shown.
        version: what tells this content of the file from any other.
    """

    people: dict[str, int]
    said: tuple[Said, ...]
    more: bool
    version: str


@dataclass(frozen=True)
class Told:
    """Whom an officer can tell.

    Attributes:
        contact: name, phone and e-mail of the programme's own rules; empty where there are none.
        named: whether somebody has the role on this site, and will see it here.
    """

    contact: str
    named: bool


def words(site: Site, upload: Upload) -> Words:
    """Return what of a file its officer can mark.

    Raises:
        ListeningError: it is being read, was refused, or is no longer in the vault.
    """
    reading = _reading(site, upload)
    own = reading.turns[reading.turns["role"] == "participant"]
    many = own["participant"].value_counts(sort=False)
    shown = reading.turns.head(MOST_SHOWN)
    return Words(
        {str(who): int(n) for who, n in many.items()} if len(many) <= MOST_PEOPLE else {},
        disclosures.said_in(shown),
        len(reading.turns) > len(shown),
        str(site.work(upload.programme).vault.read(upload.book)["file_key"]),
    )


def mark(
    site: Site, person: Person, upload: Upload, note: str, about: str | tuple[int, int]
) -> Disclosure:
    """Pass a person's words, or a stretch, to the safeguarding lead, and take it out of the store.

    Args:
        site: the site.
        person: who marks it.
        upload: of which file; whatever other file holds the same talk is read again as well.
        note: what the lead should know.
        about: a person's key in the file, or the first and last number of a stretch.

    Raises:
        ListeningError: nothing stands there, or the file cannot be marked now.
    """
    reading = _reading(site, upload)
    found = _chosen(reading.turns, about)
    if found.empty:
        raise ListeningError(
            "Those numbers", "hold no words of this file.", "Look them up in the list of its words."
        )
    work = site.work(upload.programme)
    book = work.vault.read(upload.book)
    told = Disclosure(
        "",
        book["file_key"],
        book["name"],
        PERSON if isinstance(about, str) else STRETCH,
        participant=about if isinstance(about, str) else "",
        rows=(0, 0) if isinstance(about, str) else about,
        by=person.email,
        note=note,
        words=disclosures.said_in(found),
    )
    told = disclosures.add(work.vault, told)
    _note(upload.programme, person, "disclosure passed on", told)
    # out of the store now, whatever becomes of reading the rest again
    with work.alone():  # what is read just now was begun before the mark
        talks = Copies(work)
        talks.heeding(told.file_key)(reading)
        same = [
            of for of in talks.same_talk(told.file_key) if not _cut(site, upload, talks, told, of)
        ]
        for file_key in (told.file_key, *same):
            work.store.forget_readings(file_key)
        forget_results(work)
        taken_out.take_down(work)
    for file_key in (told.file_key, *same):
        for other in kept.of_content(upload.programme.slug, file_key):
            if other.id != upload.id:
                _read_again(site, other)
    left = uploads.look_again(site, upload, Answers(**book["answers"]))
    if left.refused[0]:
        uploads.refuse(site, upload)
    elif upload.state == nouns.KEPT and kept.move(upload, nouns.READING):
        uploads.note(upload, "file read again")
    return told


def _cut(site: Site, upload: Upload, talks: Copies, told: Disclosure, file_key: str) -> bool:
    """Take a person's words out of the store where their file is not here to be read again.

    It was read by a command, or somebody withdrew from it. What others said in it stays.

    Returns:
        Whether it could be done: they alone say those words in it, and others speak too.
    """
    work = site.work(upload.programme)
    sent = kept.of_content(upload.programme.slug, file_key)
    if told.about != PERSON or any(work.vault.has_file(one.book) for one in sent):
        return False
    who = talks.alone_in(file_key, told.file_key, told.participant)
    if who:
        work.store.erase_participant(who)
        work.store.compact()
    return bool(who)


def _read_again(site: Site, upload: Upload) -> None:
    """Let another file that holds the same talk be read again, without what was marked."""
    vault = site.work(upload.programme).vault
    book = vault.read(upload.book)
    if vault.has_file(upload.book):
        left = uploads.look_again(site, upload, Answers(**book["answers"]))
    else:
        why = "It has to be read again, and is no longer here as you sent it."
        left = Understood(refused=(why, "Send it again."))
        vault.write(upload.book, book | {"understood": left.plain()})
    if left.refused[0]:
        uploads.refuse(site, upload)
    elif upload.state == nouns.KEPT and kept.move(upload, nouns.READING):
        uploads.note(upload, "file read again")


def passed_on(site: Site, upload: Upload) -> list[Disclosure]:
    """Return what was marked in a file, newest first, without its words."""
    vault = site.work(upload.programme).vault
    file_key = vault.read(upload.book).get("file_key")
    return [
        replace(one, words=(), note="", done=())
        for one in disclosures.everything(vault)
        if file_key in (one.file_key, *one.also)
    ]


def whom_to_tell(site: Site, programme: Programme) -> Told:
    """Return whom an officer can tell, today and without waiting for anybody to look here."""
    rules = site.rules(programme)
    contact = load_programme(text_of(rules), rules.name).safeguarding.line if rules else ""
    held = people.members([programme.slug])
    return Told(contact, any(one.role == SAFEGUARDING for one in held))


def queue(site: Site, programme: Programme) -> list[Disclosure]:
    """Return every disclosure of a programme: what is new first, then the newest."""
    order = (NEW, SEEN, ACTED)
    found = disclosures.everything(site.work(programme).vault)
    return sorted(found, key=lambda one: order.index(one.state))


def new(site: Site, programme: Programme) -> int:
    """Return how many disclosures nobody has seen."""
    return sum(one.state == NEW for one in queue(site, programme))


def opened(
    site: Site, person: Person, programme: Programme, disclosure_id: str
) -> Disclosure | None:
    """Return a disclosure with its words; that it was opened stands in the trail."""
    found = disclosures.one(site.work(programme).vault, disclosure_id)
    if found:
        _note(programme, person, "disclosure opened", found)
    return found


def act(
    site: Site, person: Person, programme: Programme, disclosure_id: str, state: str, note: str = ""
) -> Disclosure | None:
    """Note that a disclosure was seen, or what was done about it.

    Args:
        site: the site.
        person: the safeguarding lead.
        programme: where.
        disclosure_id: which.
        state: SEEN or ACTED.
        note: what was done; it lies with the words, in the vault.
    """
    vault = site.work(programme).vault
    found = disclosures.one(vault, disclosure_id)
    if found is None or (state == SEEN and found.state != NEW):  # pressed twice
        return found
    done = Done(datetime.now(UTC).isoformat(), person.email, state, note)
    changed = replace(found, done=(*found.done, done))
    disclosures.keep(vault, changed)
    _note(programme, person, f"disclosure {state}", changed)
    return changed


def _reading(site: Site, upload: Upload) -> Reading:
    if upload.state not in (nouns.WAITING, nouns.STOPPED, nouns.KEPT):
        why = "is being read just now." if upload.state == nouns.READING else "was not kept."
        raise ListeningError(
            "This file", why, "Tell the safeguarding lead yourself, or wait until it is read."
        )
    vault = site.work(upload.programme).vault
    book = vault.read(upload.book)
    content = vault.file(upload.book)
    told = Understood.of(book["understood"])
    return as_answered(book["name"], content, Answers(**book["answers"]), told)


def _chosen(turns: Table, about: str | tuple[int, int]) -> Table:
    if isinstance(about, str):
        return turns[(turns["participant"] == about) & (turns["role"] == "participant")]
    return turns[turns["row"].between(*about)]


def _note(programme: Programme, person: Person, action: str, on: Disclosure) -> None:
    trail.note(action, who=person.email, programme=programme.slug, on=on.book)
