"""Withdrawal: what a participant said is erased everywhere, and a receipt says how much it was.

Whoever withdraws stays out: hashes of what told them apart in their files are kept, and a keyed
sketch of what they said, so that no file brings them back: not the same, nor a later one at its
path, nor the same talk in any other.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from listening.errors import NothingToDo
from listening.steps import by_hand, copies, ledger, replaced, standing, taught
from listening.steps.acting.leaving import forget_quotes, repeating
from listening.steps.coding.connecting import connected
from listening.steps.coding.leaving import carry_out
from listening.steps.kept_folder import forget_kept
from listening.steps.receipts import Receipt
from listening.steps.work import Work
from listening.store.lock import alone_in

_NAME = re.compile(r"\[name \d+\]")
#: in a copy of a file that somebody withdrew from: what others said stands in the first
EVERYBODY = "*"
#: begins what tells somebody apart in all files of a programme
_EVERYWHERE = "programme|"
_CODE = re.compile(r"[^0-9A-Z]")
#: of a receipt: tasks that Label Studio still holds, which are asked for until they are gone
WAITING = "waiting tasks"


def who(work: Work, said: str, within: Set[str] | None = None) -> str:
    """Return the participant id that is meant.

    Args:
        work: the workplace.
        said: an issued id, the withdrawal code of the consent form, or what the person is called
            in their file.
        within: hashes of the files whose people may be meant by an id or a name; everybody's when
            left out. A code means its person wherever they spoke.

    Raises:
        NothingToDo: nobody is meant by it, or several are.
    """
    people = _named(work)
    if key := work.vault.read("codes").get(code(said)):
        return str(people[key])
    if within is not None:
        own = {pid for key, pid in people.items() if key.split("|", 1)[0] in within}
        people = {key: pid for key, pid in people.items() if pid in own}
    if said.strip().upper() in people.values():
        return said.strip().upper()
    found = {pid for key, pid in people.items() if _same(key.split("|", 1)[1], said)}
    if len(found) == 1:
        return found.pop()
    why = f"is what {len(found)} people are called: {', '.join(sorted(found))}."
    raise NothingToDo(
        "What was given",
        why if found else "is nobody's id, withdrawal code or name here.",
        "Give the participant id (P00012), or the code on their consent form.",
    )


def withdraw(work: Work, participant_id: str, *, over: bool = False) -> Receipt:
    """Erase a participant everywhere and keep them out; what others said stays.

    It may be stopped and started again: who is named in the vault can be withdrawn, and their name
    there goes last. A file that is being read is waited for: it would bring them back.

    Args:
        work: the workplace.
        participant_id: who.
        over: whether their time was over, and they did not ask for it. The files in which they
            spoke do not bring them back; under the programme's own id they may agree anew. Whoever
            calls gives back the room of what was erased, once for all.
    """
    with work.alone():
        receipt, alike = secrets.token_hex(4).upper(), copies.alike(work, participant_id)
        waiting = {row.id for row in work.store.loop.leaving()}
        forget_quotes(work, participant_id)
        repeated = repeating(work, participant_id)
        told_of = ledger.leave(work, participant_id)
        counts, left = _erase(work, participant_id, receipt, over)
        asked = {row.id for row in work.store.loop.leaving()} - waiting
        told = _keep(work, receipt, counts + Counter({WAITING: len(asked)}))
    if asked and (server := connected(work)):
        # nobody waits for Label Studio: what it does not delete now is asked for again
        carry_out(work, server)
        still = len(asked & {row.id for row in work.store.loop.leaving()})
        counts += Counter({WAITING: still, "tasks": len(asked) - still})
        told = _keep(work, receipt, counts)
    day = work.today.isoformat()
    return Receipt(receipt, day, told, tuple(left), tuple(alike), tuple(told_of), tuple(repeated))


def _keep(work: Work, receipt: str, counts: Counter[str]) -> dict[str, int]:
    told = dict(sorted((+counts).items()))
    work.store.keep_receipt(receipt, work.today, told)
    return told


def _erase(
    work: Work, participant_id: str, receipt: str, over: bool
) -> tuple[Counter[str], list[str]]:
    """Erase one participant; return what was erased, and where they still stand."""
    keys = [key for key, pid in _named(work).items() if pid == participant_id]
    files = work.store.file_keys_of(participant_id)
    files |= {key.split("|", 1)[0] for key in keys if not key.startswith(_EVERYWHERE)}
    aside = copies.copies_of(work, files)
    files |= aside
    places = work.vault.read("places")
    known = copies.keep_out(work, participant_id, receipt)
    # who said too little to be known by it stays out of those with everybody
    stay_out = [*keys, *(f"{copy}|{EVERYBODY}" for copy in aside if not known)]
    if over:
        stay_out = [key for key in stay_out if not key.startswith(_EVERYWHERE)]
    keep_out(work, stay_out, [place for place, held in places.items() if held in files])
    standing.leave(work, keys, places)
    kept = forget_kept(work)
    counts = work.store.erase_participant(participant_id)
    if not over:
        work.store.compact()
    gone = files - work.store.known_files(files)
    left = [place for place, held in places.items() if held in files and _lies(Path(place))]
    forgotten = {place for place, held in places.items() if held in gone}
    uploads = _uploads_with(work, files)
    renamed = {told["name"]: nameless(told["name"]) for told in uploads.values()}
    # runs first: what is to be forgotten of them stands in places and uploads alone
    counts["reports"] = kept + _mend_runs(work, forgotten, renamed)
    work.vault.write("places", {k: v for k, v in places.items() if k not in forgotten})
    _forget_uploads(work, uploads)
    copies.forget(work, gone | aside, participant_id)
    for file_key in gone:
        standing.erase(work, file_key)
    counts["names"] = _forget_names(work, keys, participant_id)
    return counts, left


def code(said: str) -> str:
    """Spell a withdrawal code so that equal ones compare equal."""
    return _CODE.sub("", said.upper())


@dataclass(frozen=True)
class Withdrawn:
    """Who has withdrawn, as hashes."""

    hashes: frozenset[str]

    def of(self, file_key: str, place: str, participant: str, programme_id: str) -> bool:
        """Whether this person of a file, or of what lay at its path before, has withdrawn."""
        keys = [f"{file_key}|{participant}", f"place|{place}|{participant}"]
        keys += [f"{file_key}|{EVERYBODY}"]
        keys += [f"programme|{programme_id}"] if programme_id else []
        return any(_hash(key) in self.hashes for key in keys)


def withdrawn(work: Work) -> Withdrawn:
    """Return who has withdrawn."""
    return Withdrawn(frozenset(work.vault.read("withdrawn")))


def named_in(work: Work) -> dict[str, str]:
    """Return participant id by hash of what tells somebody apart, as the withdrawn are kept."""
    return {_hash(key): pid for key, pid in _named(work).items()}


def _named(work: Work) -> dict[str, str]:
    """Return participant id by key, without those who withdrew before."""
    people = work.vault.read("people")
    return {key: str(pid) for key, pid in people.items() if not key.startswith("withdrawn|")}


def _same(local: str, said: str) -> bool:
    return " ".join(local.casefold().split()) == " ".join(said.casefold().split())


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def keep_out(work: Work, keys: Iterable[str], places: Iterable[str]) -> None:
    """Note who may not come back, before anything of them is erased."""
    book = work.vault.read("withdrawn")
    paths = list(places)
    for key in keys:
        file, local = key.split("|", 1)
        book[_hash(key)] = work.today.isoformat()
        if file != "programme":
            book |= {_hash(f"place|{path}|{local}"): work.today.isoformat() for path in paths}
    work.vault.write("withdrawn", book)


def _uploads_with(work: Work, files: set[str]) -> dict[str, dict[str, Any]]:
    """Return what the vault holds beside each sent file in which the person speaks, by its book."""
    told = {book: work.vault.read(book) for book in work.vault.books("uploads")}
    return {book: beside for book, beside in told.items() if beside["file_key"] in files}


def _forget_uploads(
    work: Work,
    uploads: Mapping[str, Mapping[str, Any]],
    called: Callable[[str], str] | None = None,
) -> None:
    """Erase files that officers sent, and what stood beside them.

    What others said in them stays in the store; that a file came stays known, and not its name.
    """
    called = called or nameless
    for book, told in uploads.items():
        work.vault.erase(draft_of(book))
        replaced.erase(work, told["file_key"])
        bare = {**told["understood"], "speakers": [], "interviewer": "", "notes": []}
        name = called(told["name"])
        work.vault.write(book, {**told, "name": name, "understood": bare})
        work.vault.erase_file(book)  # last: while it is there, whoever was stopped knows of it


def let_go_as_sent(work: Work, book: str, called: Callable[[str], str] | None = None) -> None:
    """Erase a sent file; what was said in it stays.

    Args:
        work: the workplace.
        book: of the upload.
        called: what it is called from now on; that somebody withdrew from it, when left out.
    """
    told, called = work.vault.read(book), called or nameless
    # its name elsewhere first: whoever is stopped finds the file still there, and begins again
    for run in work.vault.books("runs"):
        known = work.vault.read(run)
        work.vault.write(run, _renamed(known, {told["name"]: called(told["name"])}))
    _forget_uploads(work, {book: told}, called)


def draft_of(book: str) -> str:
    """Return the name of what the vault holds of a change to an upload that is not read yet."""
    return book.replace("uploads/", "drafts/", 1)


def nameless(name: str) -> str:
    """Return what a file is called that somebody withdrew from: its name may be theirs."""
    return f"A file that somebody withdrew from{Path(name).suffix}"


def _mend_runs(work: Work, paths: set[str], renamed: Mapping[str, str]) -> int:
    """Take files out of what is known of every run, rename others, and delete working results.

    Results may hold the person's words, and are stale; names of files are often people's.

    Returns:
        How many files of results were deleted.
    """
    names = {Path(path).name for path in paths}
    deleted = 0
    for book in work.vault.books("runs"):
        run = work.vault.read(book)
        deleted += _delete_results(run)
        kept = _renamed(_without(run, names, paths), renamed)
        work.vault.write(book, {**kept, "results": []})
    return deleted


def forget_results(work: Work) -> int:
    """Delete the working results of every run: they are stale, and may hold words that went.

    Returns:
        How many were deleted that somebody had written; those that the site keeps come anew.
    """
    forget_kept(work)
    deleted = 0
    for book in work.vault.books("runs"):
        run = work.vault.read(book)
        deleted += _delete_results(run)
        work.vault.write(book, {**run, "results": []})
    return deleted


def forget_results_of(work: Work, run_id: str) -> int:
    """Delete the working results of one run; return how many files that were."""
    book = f"runs/{run_id}"
    run = work.vault.read(book)
    deleted = _delete_results(run) if run else 0
    if run.get("results"):
        work.vault.write(book, {**run, "results": []})
    return deleted


def _delete_results(run: Mapping[str, Any]) -> int:
    deleted = 0
    for result in map(Path, run.get("results", [])):
        deleted += result.is_file()
        result.unlink(missing_ok=True)
    return deleted


def _renamed(run: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    """Call files otherwise in what is known of a run."""
    names, rejects = run.get("names", {}).items(), run.get("rejects", [])
    return {
        **run,
        "names": {key: renamed.get(name, name) for key, name in names},
        "rejects": [{**one, "file": renamed.get(one["file"], one["file"])} for one in rejects],
    }


def _lies(place: Path) -> bool:
    """Say whether a file is still there, by itself or in an archive that is."""
    return place.exists() or any(folder.is_file() for folder in place.parents)


def _without(run: Mapping[str, Any], names: set[str], paths: set[str]) -> dict[str, Any]:
    """Take files out of what is known of a run: their names are often people's."""

    def of_them(name: str) -> bool:
        return Path(name).name in names

    return {
        **run,
        "paths": [path for path in run["paths"] if path not in paths and not of_them(path)],
        "names": {k: name for k, name in run.get("names", {}).items() if not of_them(name)},
        "rejects": [one for one in run.get("rejects", []) if not of_them(one["file"])],
    }


def _forget_names(work: Work, keys: Iterable[str], participant_id: str) -> int:
    """Forget who the person was, and every name that nobody's words hold any more."""
    named = names_kept(work)
    left = work.store.holds(named.values())
    lost = [key for key, stand_in in named.items() if stand_in not in left]
    forget_stand_ins(work, lost)
    codes = work.vault.read("codes")
    mine = set(keys)
    work.vault.write("codes", {code: key for code, key in codes.items() if key not in mine})
    contacts = work.vault.read("contacts")
    work.vault.write("contacts", {of: how for of, how in contacts.items() if of != participant_id})
    heard_by = work.vault.read("officers")
    work.vault.write(
        "officers",
        {
            source: {of: name for of, name in held.items() if of != participant_id}
            for source, held in heard_by.items()
        },
    )
    with alone_in(work.vault.folder):  # nobody enters a contact between the two
        by_hand.forget(work.vault, {participant_id})
        people = work.vault.read("people")
        others = {key: pid for key, pid in people.items() if key not in mine}
        work.vault.write("people", others | {f"withdrawn|{participant_id}": participant_id})
    return len(lost)


def names_kept(work: Work) -> dict[str, str]:
    """Return the stand-in of every person's name that the vault holds, by what it keeps it as."""
    book = work.vault.read("descriptors")
    return {key: stand_in for key, stand_in in book.items() if _is_name(key, stand_in)}


def forget_stand_ins(work: Work, lost: Sequence[str]) -> None:
    """Forget which names are behind these stand-ins."""
    _forget_taught(work, [key.partition("|")[2] for key in lost])
    book = work.vault.read("descriptors")
    # the number stays taken: another person must never be given it
    numbers = {f"erased|{book[key]}": book[key] for key in lost}
    kept = {key: stand_in for key, stand_in in book.items() if key not in set(lost)}
    work.vault.write("descriptors", kept | numbers)


def _forget_taught(work: Work, names: Iterable[str]) -> None:
    """Take names that stand nowhere any more off the list that officers read."""
    for name in names:
        if "person" in taught.said_of(work, name):
            taught.forget(work, name)


def _is_name(key: str, stand_in: str) -> bool:
    return bool(_NAME.fullmatch(stand_in)) and not key.startswith("erased|")
