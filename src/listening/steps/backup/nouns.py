"""What a backup says of itself, and what of a home belongs into one."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

from listening import __version__
from listening.errors import ListeningError
from listening.steps.site import PROGRAMMES, SERVING, WORKING
from listening.store.halfway import JOURNAL

FORMAT = 1
#: the kinds: all that is kept, or the list of who withdrew alone
WHOLE, WITHDRAWALS = "whole", "withdrawals"
MANIFEST = "manifest.json"
#: where in the file lies what is kept as files, and what lies in PostgreSQL
HOME, TABLES = "home", "tables"
#: ends a file of a database that is copied by the database's own means
SQLITE = ".sqlite3"
VAULT = "vault"
#: the books by which whoever withdrew stays out
LISTS = ("withdrawn", "withdrawn_talks")
#: what a restore moved out of its way, and what it has laid out
BEFORE, STAGED = "before-", ".restored"
#: says when the last backup of a home was made, as an ISO moment
BACKED_UP = "backed-up"
#: of this machine alone, and made anew where they lack: the key that signs cookies among them
_OF_THIS_MACHINE = {"signing.key", ".lock", ".gitignore", "label-studio.log", BACKED_UP}
_RUNNING = {"prefect", SERVING, WORKING, STAGED, JOURNAL}
_PASSING = ("-wal", "-shm", "-journal", ".new")
#: open files are copies of what is being read just now
_OPEN = "open"
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\]")


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        kind: `whole`, or `withdrawals`: the list of who withdrew alone.
        software: version that made it.
        made: ISO moment, in UTC.
        database: `sqlite` or `postgresql`.
        vault: `sealed`, `plain`, `partly sealed`, or `none`.
        members: size in bytes and sha256 (hex) of every file in it, by name.
        tables: of PostgreSQL: the columns of each table, by schema; the first schema holds what
            belongs to no programme, and is called "".
        changes: of PostgreSQL: the changes to its tables (migrations) that each schema has seen.
        mark: by which whoever holds the vault's key knows that nobody else made or changed it;
            empty where no key was set.
    """

    kind: str
    software: str
    made: str
    database: str
    vault: str
    members: Mapping[str, tuple[int, str]]
    tables: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    changes: Mapping[str, list[str]] = field(default_factory=dict)
    mark: str = ""
    format: int = FORMAT

    def signed(self, key: str) -> str:
        """Return the mark that it would have under a key of the vault; "" without one."""
        if not key:
            return ""
        plain = json.dumps({**asdict(self), "mark": ""}, sort_keys=True)
        own = hmac.digest(key.encode(), b"listening backup", "sha256")
        return hmac.digest(own, plain.encode(), "sha256").hex()

    def plain(self) -> bytes:
        """Return it as JSON."""
        return json.dumps(asdict(self), sort_keys=True).encode()

    @property
    def programmes(self) -> list[str]:
        """The folders of programmes that it holds."""
        parts = (PurePosixPath(name).parts for name in self.members)
        return sorted({p[2] for p in parts if len(p) > 3 and p[:2] == (HOME, PROGRAMMES)})

    @property
    def bytes(self) -> int:
        """How much lies in it, unpacked."""
        return sum(size for size, _ in self.members.values())


def manifest_of(content: bytes) -> Manifest:
    """Read a manifest back.

    Raises:
        ListeningError: it is none, or of a newer kind.
    """
    try:
        told = json.loads(content)
        if int(told["format"]) > FORMAT or _newer(str(told["software"])):
            raise ListeningError(
                "This backup",
                f"was made by a newer version ({str(told['software'])[:40]}).",
                "Install that version, then restore.",
            )
        members = {str(n): (int(size), str(sha)) for n, (size, sha) in told["members"].items()}
        return Manifest(**{**told, "members": members})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise broken("its list of contents cannot be read") from None


def _newer(software: str) -> bool:
    """Whether a version is newer than this one."""
    theirs, ours = (
        tuple(map(int, re.findall(r"\d{1,9}", one)[:3])) for one in (software, __version__)
    )
    return theirs > ours


def broken(why: str) -> ListeningError:
    """Say that a backup cannot be trusted."""
    return ListeningError(
        "This backup", f"is not whole: {why}.", "Nothing was changed. Take another."
    )


def hash_of(content: bytes) -> str:
    """Return the sha256 (hex) of what lies in a backup."""
    return hashlib.sha256(content).hexdigest()


def belongs(path: PurePosixPath) -> bool:
    """Whether a file of a home, by its path within, is of those that a backup holds.

    The key that signs cookies is not: whoever made a file with one could sign in as anybody.
    """
    inside = path.parts
    if len(inside) > 2 and inside[0] == PROGRAMMES:
        inside = inside[2:]
    if inside[0] in _RUNNING or inside[0].startswith(BEFORE) or inside[:2] == (VAULT, _OPEN):
        return False
    return path.name not in _OF_THIS_MACHINE and not path.name.endswith(_PASSING)


def is_safe(name: str) -> bool:
    """Whether a name in a backup leads to a place below where it is laid out, and to one alone."""
    path = PurePosixPath(name)
    return bool(
        name
        and not _FORBIDDEN.search(name)
        and not path.is_absolute()
        and path.as_posix() == name
        and not {"..", "."} & set(path.parts)
        and all(len(part.encode("utf-8", "surrogatepass")) <= 255 for part in path.parts)
    )


def files_of(home: Path) -> Iterator[Path]:
    """Yield the files of a home that belong into a backup, sorted; links are not followed."""
    found = (Path(folder) / name for folder, _, names in os.walk(home) for name in names)
    for path in sorted(found):
        if belongs(PurePosixPath(path.relative_to(home).as_posix())) and is_plain(path):
            yield path


def is_plain(path: Path) -> bool:
    """Whether it is a file, and no link, pipe or socket."""
    return path.is_file() and not path.is_symlink()


def vaults_of(home: Path) -> list[Path]:
    """Return the homes within a home that have a vault: its own, and those of programmes."""
    own = [home, *sorted((home / PROGRAMMES).glob("*"))]
    return [one for one in own if (one / VAULT).is_dir()]
