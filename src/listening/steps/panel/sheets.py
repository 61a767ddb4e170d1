"""Sheets that are being answered: in the vault, because people write names into them.

A sheet is a book of its own until it has been read; what was never sent is erased after a day.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import uuid
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta

from listening.steps.site import now
from listening.store import Vault
from listening.store.lock import alone_in

SHELF = "panels"
#: how long a sheet may lie that nobody sent
KEPT_FOR = timedelta(days=1)
#: a sheet that is written more often than this is no person's
MOST_WRITTEN = 300
#: of what tells a member's code; no letters that are taken for others
_ALPHABET = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True)
class Said:
    """What a sheet says of one priority: the word, and their own words where it needs some."""

    word: str
    words: str = ""


@dataclass(frozen=True)
class Sheet:
    """What one member, or several on one device, answer.

    Attributes:
        id: a UUID, secret: it stands in the address of their pages.
        panel: id of the panel.
        present: how many answer together.
        begun: ISO moment.
        said: by priority, those that were answered.
        missing: what is not on the list, in their words.
        sent: whether they are done with it; ended: ISO moment of that.
        written: how often it was changed.
    """

    id: str
    panel: str
    present: int
    begun: str
    said: dict[str, Said] = field(default_factory=dict)
    missing: str = ""
    sent: bool = False
    ended: str = ""
    written: int = 0

    @property
    def stale(self) -> bool:
        """Whether it lies there unsent for too long."""
        return not self.sent and now() - datetime.fromisoformat(self.begun) > KEPT_FOR


def everything(vault: Vault) -> list[Sheet]:
    """Return every sheet that lies in the vault."""
    found = (read(vault, book.removeprefix(f"{SHELF}/")) for book in vault.books(SHELF))
    return [one for one in found if one]


def sent(vault: Vault, panel_id: str = "") -> list[Sheet]:
    """Return the sheets that were sent and are not read yet, of one panel or of all."""
    return [one for one in everything(vault) if one.sent and panel_id in ("", one.panel)]


def read(vault: Vault, sheet_id: str) -> Sheet | None:
    """Return a sheet; None where there is none of this id, or it was read meanwhile."""
    book = vault.read(f"{SHELF}/{sheet_id}")
    if not book:
        return None
    said = {theme: Said(**one) for theme, one in book["said"].items()}
    return Sheet(**{**book, "said": said})


def begin(vault: Vault, panel_id: str, present: int, most: int) -> Sheet | None:
    """Begin a sheet; None where too many lie there unsent."""
    with alone_in(vault.folder / SHELF):
        unsent = [one for one in everything(vault) if one.panel == panel_id and not one.sent]
        if len(unsent) >= most:
            return None
        made = Sheet(str(uuid.uuid4()), panel_id, present, now().isoformat(timespec="seconds"))
        _write(vault, made)
        return made


def change(vault: Vault, sheet_id: str, how: Callable[[Sheet], Sheet]) -> Sheet | None:
    """Change a sheet that is not sent; None where it is, is gone, or was written too often."""
    with alone_in(vault.folder / SHELF):
        known = read(vault, sheet_id)
        if known is None or known.sent or known.written >= MOST_WRITTEN:
            return None
        made = replace(how(known), written=known.written + 1)
        _write(vault, made)
        return made


def erase(vault: Vault, sheet_id: str) -> None:
    """Erase a sheet; what is not there is no fault."""
    with alone_in(vault.folder / SHELF):
        vault.erase(f"{SHELF}/{sheet_id}")


def drop_unsent(vault: Vault, panel_id: str = "") -> int:
    """Erase sheets that nobody sent: all of a panel, or of every panel those that are stale."""
    gone = 0
    for one in everything(vault):
        if not one.sent and one.panel == panel_id if panel_id else one.stale:
            with alone_in(vault.folder / SHELF):
                now_told = read(vault, one.id)
                if now_told and not now_told.sent:  # sent this moment, it stays
                    vault.erase(f"{SHELF}/{one.id}")
                    gone += 1
    return gone


def code_of(vault: Vault, sheet_id: str) -> str:
    """Return the code by which a sheet is taken back; nothing of it is kept anywhere."""
    return _code(vault.secret("panels"), sheet_id)


def of_code(vault: Vault, sheet_ids: Iterable[str], code: str) -> str:
    """Return which of some sheets has a code; empty where none has."""
    secret, wanted = vault.secret("panels"), tidy(code).encode()
    return next(
        (one for one in sheet_ids if hmac.compare_digest(_code(secret, one).encode(), wanted)), ""
    )


def _code(secret: bytes, sheet_id: str) -> str:
    made = hmac.digest(secret, sheet_id.encode(), hashlib.sha256)
    told = base64.b32encode(made).decode()[:12].translate(_ALPHABET)
    return "-".join((told[:4], told[4:8], told[8:]))


def tidy(code: str) -> str:
    """Spell a code so that equal ones compare equal."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum()).translate(_ALIKE)
    return "-".join((plain[:4], plain[4:8], plain[8:]))


def _write(vault: Vault, sheet: Sheet) -> None:
    vault.write(f"{SHELF}/{sheet.id}", asdict(sheet))
