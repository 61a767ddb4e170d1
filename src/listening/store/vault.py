"""The vault: what says who is who. It lies apart from the store and is encrypted when a key is set.

Small books: which participant of which file has which issued id and which withdrawal code, which
words were replaced by which descriptor, the paths of each run (file names often hold people's
names), hashes of who has withdrawn, and keyed sketches of what was said, with their secret. Beside
them the files that officers sent, whole. Nothing after pseudonymisation is given the vault.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from listening.errors import ListeningError, NothingToDo
from listening.store.lock import alone_in

SEALED, PLAIN = ".sealed", ".json"
_BOOKS = (SEALED, PLAIN)
#: the same two for files that are kept whole, as they were sent
SEALED_FILE, PLAIN_FILE = ".sealed-file", ".file"


class Vault:
    """Books of the vault under one folder."""

    def __init__(self, folder: Path, key: str = "") -> None:
        self.folder = folder
        self._key = key

    @property
    def encrypted(self) -> bool:
        """Whether what is written is encrypted."""
        return bool(self._key)

    def read(self, book: str) -> dict[str, Any]:
        """Return a book; one never written is empty.

        Raises:
            ListeningError: the book was written under another key, or under one and none is set.
        """
        sealed, plain = self._path(book, SEALED), self._path(book, PLAIN)
        if sealed.exists():
            return dict(json.loads(self._open(sealed.read_bytes())))
        # written before a key was set; the next writing seals it
        return dict(json.loads(plain.read_bytes())) if plain.exists() else {}

    def write(self, book: str, content: Mapping[str, Any]) -> None:
        """Replace a book in one step: a kill leaves the old one or the new one whole.

        Raises:
            ListeningError: no key is set and the book was written under one.
        """
        self._replace(book, content)
        if self._key:
            self._seal_what_is_plain()

    def books(self, shelf: str) -> list[str]:
        """Return the names of the books on a shelf ("runs"), as `read` takes them."""
        found = {path.stem for path in (self.folder / shelf).glob("*") if path.suffix in _BOOKS}
        return [f"{shelf}/{name}" for name in sorted(found)]

    def secret(self, name: str) -> bytes:
        """Return a random secret of this vault's own, made when it is first asked for."""
        if name not in self.read("secrets"):
            with alone_in(self.folder):  # two at once must not make two
                book = self.read("secrets")
                self.write("secrets", {name: os.urandom(32).hex()} | book)
        return bytes.fromhex(self.read("secrets")[name])

    def issue(self, keys: Iterable[str], before: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return a participant id for every key, the same as before for one seen before.

        Args:
            keys: what tells a person apart: a programme-wide id, or file and key within it.
            before: a key to what told the same person apart before their file was corrected.
        """
        with alone_in(self.folder):  # two commands at once must not give one id to two people
            people = self.read("people")
            wanted = list(keys)
            fresh = [key for key in dict.fromkeys(wanted) if key not in people]
            if fresh:
                # whoever withdrew stands there still, so that no number is given twice
                last = max((int(str(one)[1:]) for one in people.values()), default=0)
                for key in fresh:
                    known = people.get(before[key]) if before and key in before else None
                    last += known is None
                    people[key] = known or f"P{last:05d}"
                self.write("people", people)
        return {key: str(people[key]) for key in wanted}

    def keep_file(self, name: str, content: bytes) -> None:
        """Keep a whole file in one step, in the place of what was kept under that name.

        Raises:
            ListeningError: no key is set and the file was written under one.
        """
        if not self._key and self._path(name, SEALED_FILE).exists():
            raise _key_needed()
        self._put(self._path(name, SEALED_FILE if self._key else PLAIN_FILE), content)
        if self._key:
            self._seal_what_is_plain()

    def file(self, name: str) -> bytes:
        """Return a file that was kept.

        Raises:
            NothingToDo: there is none.
            ListeningError: it was written under another key.
        """
        sealed, plain = self._path(name, SEALED_FILE), self._path(name, PLAIN_FILE)
        try:
            return self._open(sealed.read_bytes()) if sealed.exists() else plain.read_bytes()
        except FileNotFoundError:
            raise NothingToDo(
                "A file that was sent", "is no longer in the vault.", "Send it again."
            ) from None

    def has_file(self, name: str) -> bool:
        """Whether a file was kept under this name."""
        return self._path(name, SEALED_FILE).exists() or self._path(name, PLAIN_FILE).exists()

    def texts(self, name: str) -> list[str]:
        """Return a text that people may write by hand into the vault too, wherever it lies.

        Args:
            name: its name with its ending ("gazetteer.toml").

        Raises:
            ListeningError: it is no text, or was written under another key.
        """
        stem, by_hand = Path(name).stem, self.folder / name
        found = [self.file(stem)] if self.has_file(stem) else []
        found += [by_hand.read_bytes()] if by_hand.is_file() else []
        try:
            return [content.decode("utf-8-sig") for content in found]
        except UnicodeDecodeError:
            raise ListeningError(
                name, "is not text in UTF-8.", "Save it as UTF-8 and run again."
            ) from None

    def keep_text(self, name: str, text: str) -> None:
        """Keep such a text in one step; under a key it is sealed, and none is left by hand."""
        if not self._key:
            self._put(self.folder / name, text.encode())
            return
        self.keep_file(Path(name).stem, text.encode())
        (self.folder / name).unlink(missing_ok=True)

    def erase_file(self, name: str) -> None:
        """Erase a file and keep the book of that name; what is not there is no fault."""
        self._unlink(name, (SEALED_FILE, PLAIN_FILE))

    def erase(self, name: str) -> None:
        """Erase a book and the file of that name; what is not there is no fault."""
        # the book last: while it is there, whoever clears up knows of the file
        self.erase_file(name)
        self._unlink(name, (SEALED, PLAIN))

    def _unlink(self, name: str, suffixes: Iterable[str]) -> None:
        if not self.folder.is_dir():
            return
        with alone_in(self.folder / ".writing"):  # a backup holds one moment of the vault
            for suffix in suffixes:
                self._path(name, suffix).unlink(missing_ok=True)

    def _replace(self, book: str, content: Mapping[str, Any]) -> None:
        if not self._key and self._path(book, SEALED).exists():
            raise _key_needed()
        # names of files may hold bytes that are no text: JSON's escapes take them, UTF-8 does not
        self._put(self._path(book, SEALED if self._key else PLAIN), json.dumps(content).encode())

    def _put(self, path: Path, content: bytes) -> None:
        self._make_private(path.parent)
        fresh = path.with_suffix(".new")
        sealed = self._seal(content)
        # one at a time: a second writer of the book would take the first one's new file away
        with alone_in(self.folder / ".writing"):
            new = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(new, "wb") as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)

    def _make_private(self, folder: Path) -> None:
        for one in (self.folder, folder):
            one.mkdir(parents=True, exist_ok=True, mode=0o700)
            one.chmod(0o700)

    def _seal_what_is_plain(self) -> None:
        """Leave no book and no file from before the key behind in plain."""
        for left in sorted(self.folder.rglob(f"*{PLAIN_FILE}")):
            if not left.with_suffix(SEALED_FILE).exists():
                self._put(left.with_suffix(SEALED_FILE), left.read_bytes())
            left.unlink()
        for left in sorted(self.folder.rglob(f"*{PLAIN}")):
            book = left.relative_to(self.folder).with_suffix("").as_posix()
            if not left.with_suffix(SEALED).exists():
                self._replace(book, json.loads(left.read_bytes()))
            left.unlink()

    def _path(self, book: str, suffix: str) -> Path:
        return self.folder / f"{book}{suffix}"

    def _seal(self, content: bytes) -> bytes:
        return self._cipher().encrypt(content) if self._key else content

    def _open(self, content: bytes) -> bytes:
        if not self._key:
            raise _key_needed()
        from cryptography.fernet import InvalidToken

        try:
            return bytes(self._cipher().decrypt(content))
        except InvalidToken:
            raise ListeningError(
                "The vault",
                "was written under another key.",
                "Set LISTENING_VAULT_KEY to the key it was made with.",
            ) from None

    def _cipher(self) -> Any:
        from cryptography.fernet import Fernet

        try:
            return Fernet(self._key.encode())
        except ValueError:
            raise ListeningError(
                "LISTENING_VAULT_KEY",
                "is not a key.",
                "Make one with `listening vault-key` and set it again.",
            ) from None


def _key_needed() -> ListeningError:
    return ListeningError(
        "The vault",
        "is encrypted and no key is set.",
        "Set LISTENING_VAULT_KEY to the key it was made with.",
    )


def new_key() -> str:
    """Return a fresh key for the vault."""
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()
