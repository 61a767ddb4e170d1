"""Rows of tables: whoever stood in one and is to stay out must not come back when rows move.

A table without a column of ids tells people apart by their rows. The vault keeps of each table, as
keyed hashes, what its rows say and whom they belong to. After a withdrawal another version of the
table is read only where that shows which rows are theirs.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from listening import sources
from listening.errors import UnreadableFile
from listening.records import Reading
from listening.steps.work import Work
from listening.store import Vault

#: how a table without ids tells its people apart: another content may have others in those rows
BY_PLACE = "row "
_SHELF, _LEFT = "rows", "rows_left"
_TABLES = (".csv", ".xlsx")


class Row(NamedTuple):
    """A row of a table: keyed hash of its words, and what tells its person apart in the file."""

    words: str
    who: str


def rows_of(vault: Vault, reading: Reading) -> dict[int, Row]:
    """Return the rows of a table in which somebody speaks; of any other kind of file, none."""
    turns = reading.turns[reading.turns["role"] == "participant"]
    if turns.empty or PurePosixPath(str(turns["file"].iloc[0])).suffix.lower() not in _TABLES:
        return {}
    who = {int(row): str(one) for row, one in zip(turns["row"], turns["participant"], strict=True)}
    said = words_of(vault, zip(turns["row"], turns["text"], strict=True))
    return {row: Row(words, who[row]) for row, words in said.items()}


def words_of(vault: Vault, said: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Return the keyed hash of what each row says, of rows with one of its texts each."""
    texts: dict[int, list[str]] = {}
    for row, text in said:
        texts.setdefault(int(row), []).append(" ".join(text.split()))
    key = vault.secret(_SHELF)
    return {row: _keyed(key, "\n".join(of)) for row, of in texts.items()}


def heed(work: Work, file_key: str, place: str, reading: Reading) -> set[str]:
    """Return who of a table stood in a row whose person withdrew; note what its rows are now.

    Args:
        work: the workplace.
        file_key: hash of the file's content.
        place: its path, or the book of the upload that it is.
        reading: as it was read, before anybody is left out.

    Raises:
        UnreadableFile: rows moved, so that nobody can tell which of them are of those who withdrew.
    """
    now = rows_of(work.vault, reading)
    if not now:
        return set()
    out = must_stand(work, file_key, place, now, str(reading.turns["file"].iloc[0]))
    work.vault.write(f"{_SHELF}/{file_key}", {str(row): list(one) for row, one in now.items()})
    return out


def must_stand(
    work: Work, file_key: str, place: str, now: Mapping[int, Row], name: str
) -> set[str]:
    """Return who of a table stood in a row whose person withdrew.

    Raises:
        UnreadableFile: see `heed`.
    """
    kept = work.vault.read(_LEFT)
    told = (one for of in (file_key, place) for one in kept.get(of, {}).items())
    # whoever had an id is known by it wherever there are ids
    left = {int(row): words for row, (words, by_id) in told if not (by_id and _by_id(now))}
    if not left:
        return set()
    before = load(work.vault, work.vault.read("places").get(place, file_key))
    out = standing(now, before, left)
    if out is None:
        raise moved(name, "Somebody withdrew from this table")
    return out


def elsewhere(work: Work, reading: Reading) -> set[str]:
    """Return who of any table gives the very answer of somebody who withdrew from another one.

    A short answer is many people's, and one that several give in this table is a campaign's.
    """
    kept = work.vault.read(_LEFT)
    left = {words for of in kept.values() for words, _ in of.values()}
    now = rows_of(work.vault, reading) if left else {}
    texts = reading.turns.groupby("row")["text"].agg(" ".join)
    many = Counter(one.words for one in now.values())
    return {
        one.who
        for row, one in now.items()
        if one.words in left and many[one.words] == 1 and sources.telling(texts[row])
    }


def standing(
    now: Mapping[int, Row], before: Mapping[int, Row], left: Mapping[int, str]
) -> set[str] | None:
    """Return who stands in the rows of those who left; None where that cannot be shown.

    Args:
        now: rows of the table as it is.
        before: rows of the version before it.
        left: keyed hash of the words by the row of whoever left.
    """
    if _by_id(now) and before and _by_id(before):
        return set()  # they are known by their ids
    if _by_id(now) and _in_order(now) == _in_order(_others(before, left)):
        return set()  # their rows were taken out, and nothing else changed
    same = _others(now, left) == _others(before, left)
    out = set()
    for row, words in left.items():
        here = now.get(row)
        if here is None and before and (row not in before or (same and _ended(row, words, now))):
            continue  # it was emptied
        if here is None or here.words != words or not _sure(row, now, before):
            return None
        out.add(here.who)
    return out


def moved(name: str, why: str) -> UnreadableFile:
    """Say that nobody can tell which rows of a table are those that must stay out."""
    return UnreadableFile(
        name,
        f"{why}, it has no column of ids, and its rows do not stand where they stood: nobody can "
        "tell which of them must stay out.",
        "Put every row back where it was; of an answer that is to go, empty the cells and leave "
        "the row. A column of ids may be added. If this is another table, send it as a file of "
        "its own: a row with the long answer of somebody who withdrew stays out of it too.",
    )


def leave(work: Work, keys: Iterable[str], places: Mapping[str, str]) -> None:
    """Note which rows are of somebody who withdraws, before anything of them is erased.

    Args:
        work: the workplace.
        keys: what tells them apart: hash of a file's content, a line, and their key in it.
        places: hash of the content by place.
    """
    kept = work.vault.read(_LEFT)
    for key in keys:
        file_key, who = key.split("|", 1)
        rows = load(work.vault, file_key).items()
        by_id = not who.startswith(BY_PLACE)
        mine = {str(row): [one.words, by_id] for row, one in rows if one.who == who}
        for of in (file_key, *(place for place, held in places.items() if held == file_key)):
            if mine:
                kept[of] = {**kept.get(of, {}), **mine}
    work.vault.write(_LEFT, kept)


def load(vault: Vault, file_key: str) -> dict[int, Row]:
    """Return what is kept of a table's rows."""
    return {int(row): Row(*one) for row, one in vault.read(f"{_SHELF}/{file_key}").items()}


def files(work: Work) -> list[str]:
    """Return the hashes of the tables of whose rows something is kept."""
    return [book.removeprefix(f"{_SHELF}/") for book in work.vault.books(_SHELF)]


def erase(work: Work, file_key: str) -> None:
    """Forget what a table's rows said."""
    work.vault.erase(f"{_SHELF}/{file_key}")


def _keyed(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]


def by_place(rows: Mapping[int, Row]) -> bool:
    """Whether a table tells some of its people apart by their rows alone."""
    return any(one.who.startswith(BY_PLACE) for one in rows.values())


def _by_id(rows: Mapping[int, Row]) -> bool:
    return not by_place(rows)


def _others(rows: Mapping[int, Row], left: Iterable[int]) -> dict[int, Row]:
    return {row: Row(one.words, "") for row, one in rows.items() if row not in set(left)}


def _in_order(rows: Mapping[int, Row]) -> list[str]:
    return [one.words for _, one in sorted(rows.items())]


def _sure(row: int, now: Mapping[int, Row], before: Mapping[int, Row]) -> bool:
    """Whether a row's words tell that it is the same: nobody else's, or after the same rows."""
    words = now[row].words
    if all(Counter(one.words for one in of.values())[words] <= 1 for of in (now, before)):
        return True
    return len(now) >= len(before) and _until(now, row) == _until(before, row)


def _ended(row: int, words: str, now: Mapping[int, Row]) -> bool:
    """Whether a row that says nothing any more was emptied, where no other row shows it moved."""
    return max(now) > row or words not in {one.words for one in now.values()}


def _until(rows: Mapping[int, Row], row: int) -> list[tuple[int, str]]:
    return sorted((of, one.words) for of, one in rows.items() if of < row)
