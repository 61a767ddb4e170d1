"""Codings carried to a later version of the codebook: none is dropped, and each change is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from listening.codebook import NO_REASON, OTHER, RECODE, Codebook, Fate, fate
from listening.codebook.versions import in_order, is_version
from listening.records import Reject, Table

#: what is added to codings.csv: whether a coding counts (`active`), and if not, why
STATUS = "code_status"
TRAIL = (
    "participant_id", "segment_id", "from", "to", "coder", "version_from", "version_to", "why",
)  # fmt: skip
TO_RECODE = (
    "participant_id", "segment_id", "text", "code", "into", "coder", "codebook_version", "why",
)  # fmt: skip
NEEDED = ("participant_id", "segment_id", "code")
#: two rows are one coding when all of these are the same
_SAME = ("participant_id", "segment_id", "coder", "origin", "code")


@dataclass(frozen=True)
class Migrated:
    """Codings under a later version.

    Attributes:
        codings: the columns given, with `coder`, `codebook_version` and `code_status`.
        trail: TRAIL: one row for each coding that changed.
        recode: TO_RECODE: one row for each coding that somebody has to read again.
        rejects: codings that were left as they were, with the reason.
    """

    codings: Table
    trail: Table
    recode: Table
    rejects: tuple[Reject, ...]


def migrate(
    codings: Table, book: Codebook, name: str = "codings.csv", assumed: str = ""
) -> Migrated:
    """Carry codings to the version of `book`.

    A merged code's codings go to the code that it was merged into; where the same coder has both on
    a segment, they become one. A split code's codings stay and are marked `recode`; a retired
    code's stay and are marked `retired`. Every row gets the codebook's version. To migrate twice is
    to migrate once, and over several versions in steps is the same as at once.

    Args:
        codings: text columns, at least NEEDED; one row may have an empty code: read, none applied.
        book: the later version, in which no code of an earlier one is missing.
        name: what rejects call the table.
        assumed: version of rows that name none.
    """
    rows = codings.reset_index(drop=True)
    for column in ("coder", "origin", "codebook_version", STATUS):
        if column not in rows:
            rows = rows.assign(**{column: ""})
    fates = {code: fate(book, code) for code in [*(c.id for c in book.codes), OTHER, NO_REASON]}
    fates[""] = Fate("", "active")
    before = [version or assumed for version in rows["codebook_version"]]
    faults = [_fault(book, v, c, fates) for v, c in zip(before, rows["code"], strict=True)]
    goes = pd.Series([not fault for fault in faults])
    ends = [
        fates[code] if ok else Fate(code, status)
        for code, status, ok in zip(rows["code"], rows[STATUS], goes, strict=True)
    ]
    done = rows.assign(
        code=[end.code for end in ends],
        codebook_version=[book.label if ok else v for v, ok in zip(before, goes, strict=True)],
        **{STATUS: [end.standing for end in ends]},
    )
    trail = _trail(rows, before, ends, book)
    recode = _to_recode(done, ends, goes)
    # a row that was left alone under another version is another coding
    once = ~done.duplicated([*_SAME, "codebook_version"]) | ~goes
    kept = done[once].reset_index(drop=True)
    if "origin" not in codings:
        kept = kept.drop(columns="origin")
    rejects = tuple(
        Reject(name, str(position + 2), "One coding", *fault)
        for position, fault in enumerate(faults)
        if fault
    )
    return Migrated(kept, trail, recode, rejects)


def _fault(
    book: Codebook, version: str, code: str, fates: Mapping[str, Fate]
) -> tuple[str, str] | None:
    """Say why a coding cannot be carried over and what to do; None where it can."""
    of, _, number = version.rpartition(" ")
    if version and of != book.id:
        return (
            "It was made under another codebook.",
            "Migrate it with the codebook that its codebook_version names.",
        )
    if version and (not is_version(number) or in_order(number) > in_order(book.version)):
        return (
            "It was made under a later version of the codebook, or one that has no number.",
            "Migrate to that version or a later one.",
        )
    if code not in fates:
        return (
            "Its code is not in the codebook.",
            'Add the code to the codebook, with status = "retired" if it is no longer used.',
        )
    return None


def _trail(rows: Table, before: list[str], ends: list[Fate], book: Codebook) -> Table:
    told: list[dict[str, Any]] = []
    for row, version, end in zip(rows.to_dict("records"), before, ends, strict=True):
        status = row[STATUS] or "active"
        if (row["code"], status) == (end.code, end.standing or "active"):
            continue
        told.append(
            {
                "participant_id": row["participant_id"],
                "segment_id": row["segment_id"],
                "from": row["code"],
                "to": end.code,
                "coder": row["coder"],
                "version_from": version,
                "version_to": book.label,
                "why": end.why or f"now {end.standing}",
            }
        )
    return pd.DataFrame(told, columns=list(TRAIL), dtype=str)


def _to_recode(done: Table, ends: list[Fate], goes: pd.Series) -> Table:
    told: list[dict[str, Any]] = []
    for row, end, ok in zip(done.to_dict("records"), ends, goes, strict=True):
        if ok and end.standing == RECODE:
            told.append(
                {column: row.get(column, "") for column in TO_RECODE}
                | {"into": ";".join(end.into), "why": end.why}
            )
    return pd.DataFrame(told, columns=list(TO_RECODE), dtype=str).drop_duplicates(
        ["participant_id", "segment_id", "code", "coder"], ignore_index=True
    )
