"""Files that arrive piece by piece: what is there of them, whose it is, and until when it is kept.

All of it lies in the programme's vault, under `arriving/ID/`: each piece sealed by itself, and a
book on them (`about`) that is written after the piece. A kill leaves a file that can go on, or
nothing that the book knows. What nobody goes on with is swept after a day.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path

from listening.errors import ListeningError
from listening.steps.site import Site, now
from listening.steps.understanding import LARGEST_FILE
from listening.steps.uploads import receive_all, tidy
from listening.store import Vault
from listening.store.accounts import Person, Programme, people, trail
from listening.store.lock import alone_in, only_in

#: how much one request may bring, in bytes; a proxy or a phone lets that pass
LARGEST_PIECE = 2 * 1024 * 1024
#: what one person may have half sent in a programme at the same time, in bytes and in files
MOST_BYTES = 4 * LARGEST_FILE
MOST_FILES = 50
#: into how many pieces a file may be cut: each is a file of its own in the vault
MOST_PIECES = 4096
#: how long a file may be half sent
KEPT_FOR = timedelta(days=1)
_SHELF = "arriving"


@dataclass(frozen=True)
class Desk:
    """Where a file arrives: at which site, from whom, for which programme."""

    site: Site
    person: Person
    programme: Programme

    @property
    def vault(self) -> Vault:
        """The vault of the programme."""
        return self.site.work(self.programme).vault


@dataclass(frozen=True)
class Half:
    """A file of which a part has arrived, or all of it a moment ago.

    Attributes:
        officer: id of the person whose it is.
        told: what came with it (`filename`); empty once all of it has arrived.
        size: bytes of the whole.
        pieces: bytes of each piece that is here, in their order.
        until: ISO moment after which it is swept.
        done: whether all of it has arrived and was taken in.
        took: ids of the uploads that it became.
        fresh: whether any of these was new.
    """

    id: str
    officer: int
    told: Mapping[str, str]
    size: int
    until: str
    pieces: tuple[int, ...] = ()
    done: bool = False
    took: tuple[str, ...] = ()
    fresh: bool = True

    @property
    def name(self) -> str:
        """The file's own name."""
        return tidy(self.told.get("filename", ""))

    @property
    def arrived(self) -> int:
        """How many bytes have arrived."""
        return sum(self.pieces)

    @property
    def places(self) -> list[str]:
        """Where its pieces lie in the vault, in their order."""
        starts = accumulate((0, *self.pieces[:-1])) if self.pieces else ()
        return [f"{_SHELF}/{self.id}/{start}" for start in starts]

    @property
    def percent(self) -> int:
        """How much of it has arrived, in whole per cent."""
        return 100 * self.arrived // self.size if self.size else 0

    @property
    def ends(self) -> datetime:
        """The moment after which it is swept."""
        return datetime.fromisoformat(self.until)


def begin(desk: Desk, half_id: str, size: int, told: Mapping[str, str]) -> None:
    """Make room for a file of `size` bytes.

    Raises:
        ListeningError: the person has too much half sent already.
    """
    with alone_in(desk.vault.folder / _SHELF):
        own = mine(desk)
        if len(own) >= MOST_FILES or size + sum(half.size for half in own) > MOST_BYTES:
            raise ListeningError(
                "This file",
                "cannot begin: too much is half sent already.",
                "Load the page again. Finish those files, or erase them there.",
            )
        until = (now() + KEPT_FOR).isoformat(timespec="seconds")
        _write(desk.vault, Half(half_id, desk.person.id, told, size, until))
    _note(desk, "file begun", half_id)


def one(desk: Desk, half_id: str) -> Half | None:
    """Return one of somebody's own; another's is none."""
    half = _read(desk.vault, half_id)
    return half if half and half.officer == desk.person.id else None


def mine(desk: Desk) -> list[Half]:
    """Return what somebody has half sent and may go on with, what ends first at the front."""
    found = [one(desk, half_id) for half_id in _ids(desk.vault)]
    own = [half for half in found if half and not half.done and half.ends > now()]
    return sorted(own, key=lambda half: (half.until, half.id))


def half_sent(vault: Vault) -> int:
    """Return how many files a programme has half sent, of anybody."""
    found = (_read(vault, half_id) for half_id in _ids(vault))
    return sum(half is not None and not half.done for half in found)


@contextmanager
def alone(desk: Desk, half_id: str) -> Iterator[bool]:
    """Be the only one who works on a file; False where somebody else does just now."""
    with ExitStack() as inside:
        try:
            inside.enter_context(only_in(_folder(desk.vault, half_id), "Sending this file"))
        except ListeningError:
            yield False
            return
        yield True


def put(desk: Desk, half_id: str, offset: int, piece: bytes) -> None:
    """Keep a piece. It counts from `advance` on: until then the next one takes its place.

    Raises:
        ListeningError: the file was cut into too many pieces.
    """
    half = one(desk, half_id)
    if half and len(half.pieces) >= MOST_PIECES:
        raise ListeningError(
            "This file", "came in too many pieces.", "Send it again, in larger ones."
        )
    if piece:
        desk.vault.keep_file(f"{_SHELF}/{half_id}/{offset}", piece)


def advance(desk: Desk, half_id: str, before: int, after: int) -> bool:
    """Count the piece from byte `before` to byte `after`; False where another did meanwhile."""
    half = one(desk, half_id)
    if half is None or half.arrived != before:
        return False
    if after > before:
        _write(desk.vault, replace(half, pieces=(*half.pieces, after - before)))
    return True


def finish(desk: Desk, half: Half) -> Half:
    """Take a file in of which all has arrived, as if it had come at once; twice does no harm.

    Raises:
        ListeningError: a setting of the programme that only its operator can mend.
    """
    if half.done:
        return half
    vault = desk.vault
    content = b"".join(map(vault.file, half.places))
    took = receive_all(desk.site, desk.person, desk.programme, half.name, content)
    # the book stays for its day, without a name: whoever did not hear the answer may ask again
    done = replace(
        half,
        told={},
        done=True,
        took=tuple(upload.id for upload, _ in took),
        fresh=any(fresh for _, fresh in took),
    )
    _write(vault, done)
    _empty(vault, half)
    return done


def let_go(desk: Desk, half_id: str) -> None:
    """Erase what has arrived of a file."""
    _erase(desk.vault, half_id)
    _note(desk, "half-sent file erased", half_id)


def sweep(site: Site) -> None:
    """Erase, in every programme, what nobody went on with in time, and what a kill left."""
    for programme in people.programmes():
        vault = site.work(programme).vault
        for half_id in _ids(vault):
            half = _read(vault, half_id)
            late = half is None or half.ends <= now()
            if half and half.done:
                _empty(vault, half)  # a kill may have come between the two
            if late and _swept(vault, half_id) and half and not half.done:
                _note_of(programme, "half-sent file ran out", half_id)


def _swept(vault: Vault, half_id: str) -> bool:
    try:
        # one that is just beginning has a folder and no book yet: nobody begins meanwhile
        with alone_in(vault.folder / _SHELF), only_in(_folder(vault, half_id), "Sending this file"):
            half = _read(vault, half_id)
            if half and half.ends > now():
                return False
            _erase(vault, half_id)
    except ListeningError:  # a piece is coming in just now: next time
        return False
    return True


def _ids(vault: Vault) -> list[str]:
    shelf = vault.folder / _SHELF
    return sorted(path.name for path in shelf.iterdir() if path.is_dir()) if shelf.is_dir() else []


def _folder(vault: Vault, half_id: str) -> Path:
    return vault.folder / _SHELF / half_id


def _read(vault: Vault, half_id: str) -> Half | None:
    told = vault.read(f"{_SHELF}/{half_id}/about")
    if not told:
        return None
    return Half(**{**told, "pieces": tuple(told["pieces"]), "took": tuple(told["took"])})


def _write(vault: Vault, half: Half) -> None:
    vault.write(f"{_SHELF}/{half.id}/about", asdict(half))


def _erase(vault: Vault, half_id: str) -> None:
    # the book first: from then on there is no such file, whatever else a kill leaves
    vault.erase(f"{_SHELF}/{half_id}/about")
    shutil.rmtree(_folder(vault, half_id), ignore_errors=True)


def _empty(vault: Vault, half: Half) -> None:
    for place in half.places:
        vault.erase_file(place)


def _note(desk: Desk, action: str, half_id: str) -> None:
    _note_of(desk.programme, action, half_id, desk.person.email)


def _note_of(programme: Programme, action: str, half_id: str, who: str = "") -> None:
    trail.note(action, who=who, programme=programme.slug, on=f"half-sent file {half_id[:8]}")
