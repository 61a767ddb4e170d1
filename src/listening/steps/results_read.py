"""Who and what working results are about, as a release takes them: read from their files."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from listening import disclosure
from listening.disclosure.nouns import EVERYONE, Truth, group, heard, source
from listening.errors import ListeningError, NothingToDo, UnreadableFile
from listening.steps import ledger
from listening.steps.csvs import read_csv
from listening.steps.work import Work


def document_of(folder: Path) -> dict[str, Any]:
    """Return what `priorities.json` of working results holds."""
    path = folder / "priorities.json"
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError):
        raise UnreadableFile(
            str(path),
            "is not there or is no JSON.",
            "Give the folder of `listening run` or `listening report`.",
        ) from None
    if not isinstance(document, dict) or "priorities" not in document or "release" in document:
        raise UnreadableFile(
            str(path), "holds no working results.", "Give the folder of `listening run`."
        )
    return document


def members_of(folder: Path, truth: Truth) -> ledger.Members:
    """Return who is counted, and in which crowds."""
    rows = read_csv(folder / "participants.csv", ("participant_id", "source_kind", "people"))
    spelt = {_plain(crowd): crowd for crowd in truth.sizes}
    members: dict[str, tuple[int, list[str]]] = {}
    for found_row in rows.to_dict("records"):
        row = {str(name): str(cell) for name, cell in found_row.items()}
        if row.get("counted", "1") != "1":
            continue
        told = {n.removeprefix("attr:"): v for n, v in row.items() if n.startswith("attr:") and v}
        if row.get("place") and "place" not in told:
            told["place"] = row["place"]
        own = [EVERYONE, source(row["source_kind"]), *(group(n, v) for n, v in told.items())]
        own = [*map(heard, own), *(own if row.get("read", "1") == "1" else [])]
        found = [spelt[_plain(crowd)] for crowd in own if _plain(crowd) in spelt]
        members[row["participant_id"]] = int(row["people"]), sorted(set(found))
    counted: Counter[str] = Counter()
    for people, crowds in members.values():
        counted.update(dict.fromkeys(crowds, people))
    wrong = next((crowd for crowd in truth.sizes if truth.sizes[crowd] != counted[crowd]), None)
    if wrong is not None:
        name = wrong.removeprefix(heard("")).partition("|")[2]
        of = f" of {name.replace('|', ': ')}" if name else ""
        raise ListeningError(
            "The results",
            f"do not belong together: priorities.json counts {truth.sizes[wrong]} people{of} and "
            f"participants.csv {counted[wrong]}.",
            "Write them anew: listening report --out DIR.",
        )
    return members


def crowds_of(folder: Path) -> dict[str, list[str]]:
    """Return who is counted in working results, and in which crowds.

    Raises:
        ListeningError: they cannot be read, or do not belong together.
    """
    members = members_of(folder, disclosure.truth(document_of(folder)))
    return {person: list(own) for person, (_, own) in members.items()}


def refuse_strangers(work: Work, members: ledger.Members) -> None:
    """Refuse results that count people who have withdrawn, or whom this store does not know."""
    lost = len(set(members) - work.store.releases.known(members))
    if lost:
        raise ListeningError(
            "The results",
            f"count {lost} people whom the store does not know: they have withdrawn since, or the "
            "results are another store's or were changed by hand.",
            "Write them anew: listening report --out DIR.",
        )


def _plain(crowd: str) -> str:
    return "|".join(" ".join(part.split()).casefold() for part in crowd.split("|"))


def sensitive(work: Work) -> tuple[str, ...]:
    """Return the attributes that the programme calls sensitive: they stand beside no quote."""
    from listening.programme import load

    try:
        told = work.store.run().parameters.get("programme", "")
    except NothingToDo:
        return ()
    return tuple(one.name for one in load(told).attributes if one.sensitive) if told else ()
