"""The list of those who withdrew: keyed sketches of what they said, and nothing else of them."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from listening import sources
from listening.errors import NothingToDo
from listening.records import Reading
from listening.sources import Heard
from listening.steps.sketch_books import SHELF
from listening.steps.work import Work
from listening.store import Vault

LEFT = "withdrawn_talks"
#: hashes of somebody's own words that print leaves in a sketch; by fewer they are not known again
_FEWEST = 4


class Entry(NamedTuple):
    """One who withdrew.

    Attributes:
        day: ISO date.
        talks: a sketch of each of their talks.
        stay: ids of others who said the same and were kept that day.
    """

    day: str
    talks: list[list[str]]
    stay: list[str]


class Left:
    """Those who withdrew, known again by what they said."""

    def __init__(self, vault: Vault, secret: bytes, printed: Set[str]) -> None:
        entries = vault.read(LEFT).values()
        told = [(tuple(talk), set(of.get("stay", ()))) for of in entries for talk in of["talks"]]
        self._people: Mapping[str, str] = vault.read("people") if told else {}
        self._secret = secret
        self._stay = {str(n): stay for n, (_, stay) in enumerate(told)}
        talks = {str(n): talk for n, (talk, _) in enumerate(told)}
        own = {n: tuple(v for v in talk if v not in printed) for n, talk in talks.items()}
        whole = {n: talk for n, talk in talks.items() if own[n] == talk}
        self._talks = sources.Talks(whole)
        #: of forms what is not print: little, and compared with everything that somebody says
        self._written = {n: one for n, one in own.items() if n not in whole and len(one) >= _FEWEST}

    def theirs(self, files: Sequence[str], reading: Reading, told: Heard) -> tuple[set[str], bool]:
        """Return who of a file is somebody who withdrew, and whether its interviewer is.

        Args:
            files: hashes of its content and of what it corrects.
            reading: as it was read.
            told: its sketches.
        """
        found = {who: set(self._talks.same(one)) for who, one in told.people.items()}
        for who, said in sources.said_by(reading, self._secret).items() if self._written else ():
            found.setdefault(who, set()).update(
                n
                for n, one in self._written.items()
                if sum(value in said for value in one) >= sources.SAME_TALK * len(one)
            )
        others = bool(self._talks.same(told.others) or found.pop("", ()))
        ids = dict(zip(reading.people["participant"], reading.people["programme_id"], strict=True))
        theirs = {
            who
            for who, of in found.items()
            if any(not self._stay[n] & self._known(files, who, str(ids.get(who, ""))) for n in of)
        }
        return theirs, others

    def _known(self, files: Sequence[str], who: str, programme_id: str) -> set[str]:
        """Return the id that somebody of a file has, if they were kept."""
        keys = [f"{file}|{who}" for file in files if file]
        keys += [f"programme|{programme_id}"] if programme_id else []
        return {str(self._people[key]) for key in keys if key in self._people}


def add(vault: Vault, entry: Entry, receipt: str, secret: bytes) -> None:
    """Put somebody on the list under the number of their receipt."""
    left, key = vault.read(LEFT), _found_by(secret, receipt)
    talks = entry.talks
    # a withdrawal that was stopped and begun again has a receipt of its own
    others = {
        of: {**told, "talks": [one for one in told["talks"] if one not in talks]}
        for of, told in left.items()
    }
    talks = [*others.pop(key, {"talks": []})["talks"], *talks]
    kept = {of: told for of, told in others.items() if told["talks"]}
    stay = {"stay": entry.stay} if entry.stay else {}
    vault.write(LEFT, {**kept, key: {"day": entry.day, "talks": talks, **stay}})


def let_back(work: Work, receipt: str) -> None:
    """Erase by what somebody who withdrew is known again: they asked that nothing be kept.

    Raises:
        NothingToDo: nothing is kept under that receipt.
    """
    left, secret = work.vault.read(LEFT), work.vault.secret(SHELF)
    if left.pop(_found_by(secret, receipt.strip().upper()), None) is None:
        raise NothingToDo(
            "This receipt", "has no sketch in the vault.", "Check its number; nothing was changed."
        )
    work.vault.write(LEFT, left)


def _found_by(secret: bytes, receipt: str) -> str:
    return hmac.digest(secret, f"receipt {receipt}".encode(), "sha256").hex()
