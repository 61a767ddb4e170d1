"""What an operator is told of a backup and of a restore."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from listening.settings import Settings
from listening.steps import label_studio
from listening.steps.backup.nouns import HOME, WITHDRAWALS, Manifest
from listening.steps.backup.restoring import Restored
from listening.steps.receipts import counted

KEY_APART = (
    "The key of the vault is not in it, and without the key nobody reads names, files and contacts "
    "again. Keep LISTENING_VAULT_KEY in another place than the backups."
)
PLAIN = (
    "The vault in it is not encrypted: names, contacts and files that were sent lie in it as they "
    "are. Keep it locked away, or set a key first (`listening vault-key`)."
)
HOLDS_WORDS = "It holds what residents said: only its owner may read the file. Keep it so."


def plain(manifest: Manifest) -> dict[str, Any]:
    """Return what machines are told of a backup."""
    return {
        "kind": manifest.kind,
        "version": manifest.software,
        "made": manifest.made,
        "files": len(manifest.members),
        "bytes": manifest.bytes,
        "programmes": manifest.programmes,
        "vault": manifest.vault,
    }


def what(manifest: Manifest) -> str:
    """Say what lies in a backup, as a sentence's part."""
    if manifest.kind == WITHDRAWALS:
        return f"who withdrew, of {day(manifest)}"
    many = len(manifest.programmes)
    of = f" and {many} programme{'' if many == 1 else 's'}" if many else ""
    own = " with Label Studio" if has_label_studio(manifest) else ""
    return (
        f"{len(manifest.members):,} files{of}{own}, of {day(manifest)}, version {manifest.software}"
    )


def day(manifest: Manifest) -> str:
    """Say when it was made."""
    try:
        made = datetime.fromisoformat(manifest.made)
    except ValueError:
        return "an unknown day"
    return f"{made.day} {made:%B %Y, %H:%M} UTC"


def size_of(file: Path) -> str:
    """Say how large a file is."""
    size = file.stat().st_size
    return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{size:,} bytes"


def has_label_studio(manifest: Manifest) -> bool:
    """Whether the data of a Label Studio of ours lies in it."""
    return any(name.startswith(f"{HOME}/{label_studio.FOLDER}/") for name in manifest.members)


def said_of_backup(settings: Settings, manifest: Manifest) -> Iterator[str]:
    """Yield what whoever keeps a backup has to know."""
    if manifest.kind == WITHDRAWALS:
        yield (
            "It names nobody: it holds hashes and keyed sketches, by which whoever withdrew stays "
            "out of an older backup. Keep it on another machine, and make it anew after each "
            "withdrawal."
        )
        return
    yield HOLDS_WORDS
    if manifest.vault in ("sealed", "partly sealed"):
        yield KEY_APART
    if manifest.vault in ("plain", "partly sealed"):
        yield PLAIN
    yield (
        "Whoever withdraws from now on still stands in it: delete it when its time is over, and "
        "keep `listening backup --withdrawals` beside it."
    )
    if settings.label_studio_url and not has_label_studio(manifest):
        yield "Label Studio is on another machine: back it up there."


def said_of_restore(settings: Settings, done: Restored) -> Iterator[str]:
    """Yield what a restore did, and what is left to do."""
    if done.taken_back:
        yield "An earlier restore had been stopped halfway; it was taken back first."
    if done.before:
        yield f"What was there is kept in {done.before}. Delete it when all is well."
    if done.only_before:
        yield f"Only there, and not in the backup: {', '.join(done.only_before)}."
    yield from _said_of_leavers(done)
    if done.manifest.vault in ("sealed", "partly sealed") and not settings.vault_key:
        yield "The vault is encrypted: set LISTENING_VAULT_KEY to its key before anything else."
    yield (
        "Files, roles, and what was erased or taken down otherwise are as on that day: look "
        "through them. Everybody signs in again with the password of that day."
    )
    if has_label_studio(done.manifest):
        yield "Label Studio was restored too. Start it, then run listening coding pull --all."
    elif settings.label_studio_url:
        yield (
            "Label Studio is on another machine and may know more: run listening coding pull --all."
        )


def _said_of_leavers(done: Restored) -> Iterator[str]:
    for one in done.withdrawn:
        yield (
            f"Somebody who withdrew after that day was erased again: receipt {one.receipt}, "
            f"{counted(one.counts)}."
        )
    if done.told_of and not done.withdrawn:
        yield "Nobody of whom it is known here that they withdrew stands in it."
    if not done.told_of:
        yield (
            "Nothing here says who withdrew after that day. If anybody did, withdraw them again "
            "(listening withdraw), or restore with the list: --withdrawals."
        )
