"""What researchers ask for on the pages: noted in the vault, done once, told how it ended."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from listening.steps.site import now
from listening.store import Vault
from listening.store.lock import alone_in

#: what may be asked for
PULL, NEXT, SETTLE, PUSH, PUBLISH, UNDO, FIGURES = KINDS = (
    "pull", "next", "settle", "push", "publish", "undo", "figures",
)  # fmt: skip
#: what leads and researchers ask for on the pages on priorities, and the site itself when it is due
RESULTS = "results"
#: what leads ask for on the page on releases
RELEASE = "release"
#: what is done one after the other in a programme; the two groups do not wait for each other
GROUPS: Mapping[str, tuple[str, ...]] = {"results": (RESULTS, RELEASE), "desk": KINDS}
EVERY = (*KINDS, RESULTS, RELEASE)
WAITING, DOING, DONE, FAILED = "waiting", "doing", "done", "failed"
#: how often something is begun that the process did not live to end
TRIES = 3
#: book of the vault, and how many that are over it keeps
BOOK, KEPT = "desk/asked", 20


@dataclass(frozen=True)
class Asked:
    """Something that was asked for. It holds nobody's words.

    Attributes:
        what: one of KINDS, RESULTS or RELEASE.
        by: e-mail address of who asked; empty where the site did by itself.
        once: of the button that was pressed: pressed twice, it is asked once.
        at: ISO moment of asking; ended: of its end, empty before.
        state: WAITING, DOING, DONE or FAILED.
        tries: how often it was begun.
        about: what it is done with, such as the addresses of coders.
        said: what came of it, in sentences.
    """

    id: str
    what: str
    by: str
    once: str
    at: str
    state: str = WAITING
    tries: int = 0
    ended: str = ""
    about: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it is not over yet."""
        return self.state in (WAITING, DOING)

    @property
    def over_at(self) -> datetime | None:
        """When it ended."""
        return datetime.fromisoformat(self.ended) if self.ended else None


def everything(vault: Vault) -> list[Asked]:
    """Return what was asked for, newest first."""
    rows = vault.read(BOOK).get("asked", [])
    return [
        Asked(**row | {"about": tuple(row["about"]), "said": tuple(row["said"])}) for row in rows
    ]


def ask(vault: Vault, what: str, by: str, once: str, about: Sequence[str] = ()) -> bool:
    """Note that something is asked for; False where it is asked for already."""
    made = Asked(secrets.token_hex(8), what, by, once, _now(), about=tuple(about))

    def add(rows: list[Asked]) -> list[Asked]:
        if any((one.open and one.what == what) or (once and one.once == once) for one in rows):
            return rows
        return [made, *rows]

    return made in _change(vault, add)


def take(vault: Vault, kinds: Container[str] = EVERY) -> Asked | None:
    """Return what of `kinds` has waited longest, as begun now; None where nothing waits."""
    taken: list[Asked] = []

    def begin(rows: list[Asked]) -> list[Asked]:
        waiting = [one for one in rows if one.state == WAITING and one.what in kinds]
        if not waiting:
            return rows
        begun = replace(waiting[-1], state=DOING, tries=waiting[-1].tries + 1)
        taken.append(begun)
        return [begun if one.id == begun.id else one for one in rows]

    _change(vault, begin)
    return taken[0] if taken else None


def end(vault: Vault, done: Asked, state: str, said: Sequence[str]) -> None:
    """Note how something ended."""
    over = replace(done, state=state, ended=_now(), said=tuple(said))
    _change(vault, lambda rows: [over if one.id == done.id else one for one in rows])


def put_back(vault: Vault, begun: Asked) -> None:
    """Let something wait again: what stood in its way may pass."""
    waits = replace(begun, state=WAITING)
    _change(vault, lambda rows: [waits if one.id == begun.id else one for one in rows])


def recover(vault: Vault, kinds: Container[str] = EVERY) -> None:
    """Let what a kill broke off be done again; what never comes to an end is given up."""

    def broken_off(one: Asked) -> bool:
        return one.state == DOING and one.what in kinds

    def again(rows: list[Asked]) -> list[Asked]:
        return [_once_more(one) if broken_off(one) else one for one in rows]

    if any(map(broken_off, everything(vault))):
        _change(vault, again)


def _once_more(one: Asked) -> Asked:
    if one.tries < TRIES:
        return replace(one, state=WAITING)
    said = "The server stopped each time that this was tried. Tell whoever runs the server."
    return replace(one, state=FAILED, ended=_now(), said=(said,))


def _change(vault: Vault, how: Callable[[list[Asked]], list[Asked]]) -> list[Asked]:
    with alone_in(vault.folder / "desk"):
        before = everything(vault)
        after = how(before)
        if after != before:
            over = [one.id for one in after if not one.open and one.by][KEPT:]
            over += [one.id for one in after if not one.open and not one.by][1:]
            kept = [asdict(one) for one in after if one.id not in over]
            vault.write(BOOK, {"asked": kept})
    return after


def _now() -> str:
    return now().isoformat(timespec="seconds")
