"""The same talk in another file: counted once, and whoever withdrew stays out by what they said.

A book of the vault per file holds keyed sketches of what was said in it (`sources.sketches`); a
further one, `withdrawn_talks`, those of whoever withdrew, with the day and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from datetime import date
from functools import partial

from listening import sources
from listening.errors import NothingToDo
from listening.records import Reading, Reject, Table
from listening.sources import Heard, Sketch
from listening.steps.left import Entry, Left, add
from listening.steps.sketch_books import SHELF, book, day_of, files, write
from listening.steps.somebody_else import printed, told_others
from listening.steps.work import Work
from listening.store import Vault

#: by fewer hashes that are somebody's own they are not known again
FEWEST_OWN = 10
#: why a speaker was left out, and what to do about it
THEIRS = (
    "The words of one speaker are those of somebody who withdrew: left out.",
    "Nothing: they stay out. The rest of the file was read.",
)


#: said to whoever runs the server where the vault has no key of its own
NO_KEY = (
    "LISTENING_VAULT_KEY is not set: files, names and contacts lie in the vault without "
    "encryption. So does the secret of the sketches by which somebody who withdrew is known again: "
    "whoever can copy the vault could try out what they said. Make a key with `listening "
    "vault-key`, set it, and keep it on another machine than the backups."
)


def known_by(vault: Vault) -> str:
    """Say, where somebody withdraws, what is kept so that they stay out, and who could use it."""
    holder = "the vault and its key" if vault.encrypted else "the vault, which has no key here,"
    return (
        "So that no other file brings them back, a keyed sketch of what they said is kept, with "
        f"the day alone. No word stands in it, but whoever holds {holder} could try out what was "
        "said. They may ask that it be erased too, by the number of the receipt."
    )


class SameTalk(NothingToDo):
    """A file that somebody sent is the same talk as one that was read before.

    Attributes:
        first: hash of the content of that one.
    """

    def __init__(self, first: str, why: str, what_to_do: str) -> None:
        super().__init__("This file", why, what_to_do)
        self.first = first


class Copies:
    """What was said in files that were read, and by whoever withdrew."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._vault = work.vault
        self._secret = work.vault.secret(SHELF)
        self._printed = printed(work.vault)
        self._left = Left(work.vault, self._secret, self._printed)
        self._heard: dict[str, Heard] = {}
        self._wholes: dict[str, Sketch] = {}

    def heeding(self, file_key: str, before: str = "") -> Callable[[Reading], Reading]:
        """Return what leaves out of a file whoever withdrew, and remembers what is said in it.

        Args:
            file_key: hash of the file's content.
            before: hash of what it corrects; empty where it corrects nothing.
        """
        return partial(self._heed, file_key, before)

    def _heed(self, file_key: str, before: str, reading: Reading) -> Reading:
        told = sources.heard(reading, self._secret, self._printed)
        theirs, others = self._left.theirs((file_key, before), reading, told)
        if theirs or others:
            reading = sources.without(reading, theirs, others=others, why=THEIRS)
            told = sources.heard(reading, self._secret, self._printed)
        self._heard[file_key], self._wholes[file_key] = told, told.whole
        return reading

    def first(self, file_key: str, before: Iterable[str]) -> str:
        """Return the hash of the file that is the same talk as this one, or "".

        Args:
            file_key: hash of the file's content.
            before: hashes of the contents with which it is compared.
        """
        own = self._whole(file_key)
        apart = told_others(self._vault, file_key)
        others = (key for key in before if own and key != file_key and key not in apart)
        return next((key for key in others if sources.is_copy(own, self._whole(key))), "")

    def like(self, file_key: str) -> list[str]:
        """Return the hashes of all files in the store that say what this one says.

        Those of which somebody said that they are other people's are among them.
        """
        own, keys = self._whole(file_key), files(self._vault)
        kept = self._work.store.known_files(keys) - {file_key} if own else set()
        return [key for key in sorted(kept) if sources.is_copy(own, self._whole(key))]

    def first_kept(self, file_key: str, but: str = "") -> str:
        """Return the hash of the file in the store that is the same talk as this one, or "".

        Args:
            file_key: hash of the file's content.
            but: the content that this one takes the place of.
        """
        keys = files(self._vault)
        return self.first(file_key, sorted(self._work.store.known_files(keys) - {but}))

    def same_talk(self, file_key: str) -> list[str]:
        """Return the hashes of other kept files in which a speaker of this one says the same."""
        own = self._heard.get(file_key) or book(self._vault, file_key)
        talks = sources.Talks({str(n): one for n, one in enumerate(_speakers(own))})
        kept = self._work.store.known_files(files(self._vault)) - {file_key}
        return [
            key
            for key in sorted(kept)
            if any(talks.same(one) for one in _speakers(book(self._vault, key)))
        ]

    def alone_in(self, file_key: str, said_in: str, participant: str) -> str:
        """Return who of another file says what somebody says, where it is theirs alone.

        Args:
            file_key: hash of the content of the other file.
            said_in: hash of the content of the file in which they say it, heeded before.
            participant: their key there.

        Returns:
            Their id; "" where anybody else in it, the interviewer too, shares a run of theirs or
            says too little to tell, where they speak in further files, or nobody else in this one.
        """
        own, kept = self._heard[said_in].people.get(participant, ()), book(self._vault, file_key)
        talks = sources.Talks({**kept.people, "": kept.others})
        near = talks.near(own)
        same = near & set(talks.same(own))
        held = set(self._work.store.consents(file_key))
        sure = bool(kept.others) and held <= set(kept.people)
        if not sure or len(same) != 1 or near != same or not held - same:
            return ""
        (who,) = same
        return who if self._work.store.file_keys_of(who) == {file_key} else ""

    def again(
        self, file_key: str, first: str, consents: Mapping[str, str] | None = None
    ) -> SameTalk:
        """Return what to say of a file that was sent and is the same talk as one that is kept.

        Args:
            file_key: hash of the file's content.
            first: hash of the content of the one that is kept.
            consents: what everybody in the file agreed to; left out where nobody was asked yet.
        """
        day = day_of(self._vault, first)
        less = consents is not None and self._less(file_key, first, consents)
        return _same_talk(first, day, less=less)

    def keep(self, file_key: str, ids: Mapping[str, str]) -> None:
        """Keep what is said in a file that is kept.

        Args:
            file_key: hash of its content.
            ids: participant id by key in the file, of those who are kept.
        """
        told = self._heard[file_key]
        of: dict[str, list[Sketch]] = defaultdict(list)
        for who, one in told.people.items():
            if who in ids:
                of[ids[who]].append(one)
        people = {pid: sources.merged(each) for pid, each in of.items()}
        self._write(file_key, Heard(told.whole, told.others, people))

    def keep_aside(self, file_key: str) -> None:
        """Keep of a file that was set aside what it says as a whole: somebody may withdraw."""
        self._write(file_key, Heard(self._whole(file_key)))

    def _less(self, file_key: str, first: str, now: Mapping[str, str]) -> bool:
        """Whether somebody agreed in a file to less than in the one that is the same talk."""
        held = self._work.store.consents(first)
        kept = sources.Talks(book(self._vault, first).people)
        return any(
            pid in held and (who not in now or (now[who], held[pid]) == ("analysis", "quotation"))
            for who, one in self._heard[file_key].people.items()
            for pid in kept.same(one)
        )

    def _whole(self, file_key: str) -> Sketch:
        if file_key not in self._wholes:  # each is asked for once per file that is read
            self._wholes[file_key] = book(self._vault, file_key).whole
        return self._wholes[file_key]

    def _write(self, file_key: str, told: Heard) -> None:
        day = self._work.today.isoformat()
        write(self._vault, file_key, day, told)


def _same_talk(first: str, day: date, *, less: bool) -> SameTalk:
    """Say that a file that somebody sent is the same talk as one that is kept.

    Args:
        first: hash of the content of that one.
        day: when it was read.
        less: whether somebody agreed to less in the one that was sent.
    """
    why = f"is the same talk as a file that was read on {day.day} {day:%B %Y}"
    if less:
        return SameTalk(
            first,
            f"{why}, and somebody in it agreed to less than was said of them there.",
            "Say so on the page of that file, or ask whoever sent it to. Until then what is kept "
            "of it stays as it is.",
        )
    return SameTalk(
        first,
        f"{why}, so that it was set aside: it counts once.",
        "If it is a corrected version, send it on the page of that file. If somebody in it agreed "
        "to less than was said there, say so there.",
    )


def set_aside(name: str, first: str, manifest: Table | None) -> Reject:
    """Say that a file is a copy of another.

    Raises:
        NothingToDo: the manifest lets less of somebody be used in the copy than in the other.
    """
    copied, kept = _consents(manifest, name), _consents(manifest, first)
    if copied["none"] - kept["none"] or copied["analysis"] & kept["quotation"]:
        raise NothingToDo(
            name,
            f"is the same talk as {first}, and the manifest allows less of somebody in it.",
            f"Write the same rows for {first}, or take that file out; then run again.",
        )
    return Reject(
        name,
        "",
        "A second copy",
        f"It is the same talk as {first}.",
        "Nothing: it was read once, as the manifest says of that file. If it is somebody else's, "
        "give both a participant_id in the manifest. To read this one instead, take the other out.",
    )


def told_apart(manifest: Table | None, name: str, other: str) -> bool:
    """Whether the manifest says that two files are of different people, by their ids."""
    of = [
        {row["participant_id"] for row in sources.rows_for(manifest, file)} - {""}
        for file in (name, other)
    ]
    return all(of) and not of[0] & of[1]


def _consents(manifest: Table | None, name: str) -> dict[str, set[str]]:
    """Return the speakers of a file by consent."""
    speakers: dict[str, set[str]] = defaultdict(set)
    for row in sources.rows_for(manifest, name):
        speakers[row["consent"]].add(row["speaker"].casefold())
    return speakers


def copies_of(work: Work, contents: Set[str]) -> set[str]:
    """Return the hashes of the files that were set aside as copies of these."""
    wholes = [book(work.vault, key).whole for key in contents]
    aside = set(files(work.vault)) - work.store.known_files(files(work.vault)) - contents
    return {
        key
        for key in aside
        if any(sources.is_copy(book(work.vault, key).whole, whole) for whole in wholes)
    }


def keep_out(work: Work, participant_id: str, receipt: str) -> bool:
    """Put what somebody said on the list of those who withdrew, as sketches.

    Words that two others say too (a campaign's letter, a form) are nobody's own: they are not put
    there, or all who sent the letter would be left out. Who says the same and is kept, stays until
    a person decides.

    Args:
        work: the workplace.
        participant_id: whose it is.
        receipt: number of the receipt of the withdrawal, by which it is found again.

    Returns:
        Whether there is anything by which they are known again.
    """
    talks = [list(one) for one in _own(work.vault, participant_id)]
    if talks:
        stay = alike(work, participant_id)
        add(
            work.vault,
            Entry(work.today.isoformat(), talks, stay),
            receipt,
            work.vault.secret(SHELF),
        )
    return bool(talks)


def alike(work: Work, participant_id: str) -> list[str]:
    """Return the ids in other files of those who say much of what somebody says.

    It may be the same person, or another sender of the same letter: a person must look.
    """
    talks = [sources.Talks(book(work.vault, key).people) for key in files(work.vault)]
    own = list(_own(work.vault, participant_id))
    return sorted({pid for of in talks for one in own for pid in of.same(one)} - {participant_id})


def forget(work: Work, contents: Iterable[str], participant_id: str = "") -> None:
    """Forget what files say, and what somebody says in any file."""
    gone = set(contents)
    for key in gone:
        work.vault.erase(f"{SHELF}/{key}")
    for key in files(work.vault) if participant_id else ():
        told = book(work.vault, key)
        if participant_id in told.people:
            people = {pid: one for pid, one in told.people.items() if pid != participant_id}
            whole = sources.merged(people.values())
            day = work.vault.read(f"{SHELF}/{key}")["day"]
            write(work.vault, key, day, Heard(whole, told.others, people))


def _own(vault: Vault, participant_id: str) -> Iterator[Sketch]:
    """Yield the sketches of somebody's talks, less what two others say too, in any files.

    A form's questions and a campaign's letter are nobody's own.
    """
    books = [book(vault, key).people for key in files(vault)]
    said_by: dict[str, set[str]] = defaultdict(set)
    for people in books:
        for pid, one in people.items():
            for value in one:
                said_by[value].add(pid)
    for people in books:
        given = people.get(participant_id, ())
        own = tuple(value for value in given if len(said_by[value] - {participant_id}) < 2)
        if len(own) >= FEWEST_OWN:
            yield own


def _speakers(told: Heard) -> list[Sketch]:
    """Return what each says, and all: who says little is known by those around them."""
    return [told.whole, *told.people.values()]
