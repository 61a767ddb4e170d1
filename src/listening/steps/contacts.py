"""The network of people who agreed to be asked again: kept in the vault, written out on request."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from listening.errors import NothingToDo
from listening.steps.csvs import write_csv
from listening.steps.work import Work

COLUMNS = ["participant_id", "contact", "language", "officer"]


def write_contacts(work: Work, out: Path, officer: str = "") -> int:
    """Write the contact list as CSV, for its owner's eyes; return how many people are on it.

    Args:
        work: the workplace.
        out: the file.
        officer: only those whom this officer listened to.

    Raises:
        NothingToDo: nobody agreed to be contacted again.
    """
    book = work.vault.read("contacts")
    rows = [
        {"participant_id": person, **how}
        for person, how in sorted(book.items())
        if not officer or how["officer"].casefold() == officer.casefold()
    ]
    if not rows:
        raise NothingToDo(
            "The contact list", "is empty.", "Contacts stand in the column `contact` of a manifest."
        )
    write_csv(out, pd.DataFrame(rows, columns=COLUMNS))
    out.chmod(0o600)
    return len(rows)
