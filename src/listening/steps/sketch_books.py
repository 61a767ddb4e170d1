"""The books of sketches: what is said in each file that was read, in keyed hashes alone."""

from __future__ import annotations

from datetime import date

from listening.sources import Heard
from listening.store import Vault

SHELF = "sketches"


def files(vault: Vault) -> list[str]:
    """Return the hashes of the files of which the vault holds sketches."""
    return [book.removeprefix(f"{SHELF}/") for book in vault.books(SHELF)]


def day_of(vault: Vault, file_key: str) -> date:
    """Return the day on which a file was read whose sketches are kept."""
    return date.fromisoformat(vault.read(f"{SHELF}/{file_key}")["day"])


def book(vault: Vault, file_key: str) -> Heard:
    """Return what is kept of what a file says; nothing where it is not known."""
    kept = vault.read(f"{SHELF}/{file_key}")
    people = {pid: tuple(one) for pid, one in kept.get("people", {}).items()}
    return Heard(tuple(kept.get("whole", ())), tuple(kept.get("others", ())), people)


def write(vault: Vault, file_key: str, day: str, told: Heard) -> None:
    """Keep what a file says, and the day on which it was read."""
    plain = {"day": day, "whole": told.whole, "others": told.others, "people": dict(told.people)}
    vault.write(f"{SHELF}/{file_key}", plain)
