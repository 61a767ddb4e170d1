"""The framework matrix: people x codes, with what they said and what coders noted on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from listening.codebook import Codebook
from listening.records import Table

#: what stands before words that nobody may quote, and before words that are an officer's
UNQUOTABLE = "(not to be quoted)"
VOICES: Mapping[str, str] = {
    "paraphrase": "(in an officer's words)",
    "observation": "(what an officer saw)",
}
PEOPLE = ("participant_id", "source_kind", "place", "language", "date", "may_be_quoted")
PASSAGES = (
    "participant_id", "code", "name", "words", "voice", "may_be_quoted", "memo", "severity",
    "decided", "document_id", "start", "end", "codebook_version",
)  # fmt: skip
CODES = ("code", "name", "definition", "people", "passages")


@dataclass(frozen=True)
class Framework:
    """The matrix, and what it is made of.

    Attributes:
        matrix: a row for each person who was read: PEOPLE, their attributes as `attr:NAME`, and
            a column for each code by its name, with their words under it; all text.
        passages: PASSAGES: a row for each coding that counts, in the order of people and codes.
        codes: CODES: a row for each column of the matrix, and how many are in it.
    """

    matrix: Table
    passages: Table
    codes: Table


def framework(
    counted: Table, documents: Table, participants: Table, voices: Mapping[str, str], book: Codebook
) -> Framework:
    """Put people's words under the codes that count.

    Only the words of people who agreed to be quoted stand in quotation marks; others' say that
    they are not to be quoted, as in all working results.

    Args:
        counted: what `counted` gives of CODINGS of one codebook.
        documents: DOCUMENTS, at least those in it.
        participants: PARTICIPANTS, one row a person; who is not in it is left out.
        voices: by segment; what is in none was said in so many words.
        book: the codebook; its codes in use are the columns, and any other that was given.
    """
    known = participants.drop_duplicates("participant_id").set_index("participant_id")
    own = counted[counted["participant_id"].isin(known.index)]
    given = own[own["code"] != ""]
    texts = dict(zip(documents["document_id"], documents["text"], strict=True))
    columns = _columns(book, set(given["code"]))
    passages = _passages(given, texts, known, voices, book, list(columns))
    cells: dict[tuple[str, str], list[str]] = {}
    for row in passages.to_dict("records"):
        cells.setdefault((row["participant_id"], row["code"]), []).append(_cell(row))
    rows = [
        {
            **_about(person, known),
            **{name: "\n\n".join(cells.get((person, code), [])) for code, name in columns.items()},
        }
        for person in dict.fromkeys(own["participant_id"])
    ]
    names = sorted({name for row in rows for name in row if name.startswith("attr:")})
    matrix = pd.DataFrame(rows, columns=[*PEOPLE, *names, *columns.values()], dtype=object)
    return Framework(matrix.fillna("").astype(str), passages, _codes(passages, columns, book))


def _columns(book: Codebook, given: set[str]) -> dict[str, str]:
    """Return the column of each code, no two alike: codes under different parents may be."""
    codes = [code.id for code in book.in_use]
    codes += sorted(given - set(codes))
    names: dict[str, str] = {}
    for code in codes:
        name = book.called(code)
        names[code] = name if name not in {*names.values(), *PEOPLE} else f"{name} ({code})"
    return names


def _passages(
    given: Table,
    texts: Mapping[str, str],
    known: Table,
    voices: Mapping[str, str],
    book: Codebook,
    order: Sequence[str],
) -> Table:
    place = {code: at for at, code in enumerate(order)}
    people = {person: at for at, person in enumerate(dict.fromkeys(given["participant_id"]))}
    consents = known["consent"].to_dict()
    rows = [
        {
            **{name: row[name] for name in PASSAGES if name in row},
            "name": book.called(row["code"]),
            "words": texts.get(row["document_id"], "")[row["start"] : row["end"]] or row["text"],
            "voice": voices.get(row["segment_id"], "verbatim"),
            "may_be_quoted": _may(consents[row["participant_id"]]),
            "memo": _noted(row["memo"], row["proposed"]),
        }
        for row in given.to_dict("records")
    ]
    rows.sort(key=lambda row: (people[row["participant_id"]], place[row["code"]], row["start"]))
    return pd.DataFrame(rows, columns=list(PASSAGES))


def _noted(memo: str, proposed: str) -> str:
    return "\n".join(part for part in (f"Proposed: {proposed}" if proposed else "", memo) if part)


def _may(consent: str) -> str:
    return "yes" if consent == "quotation" else "no"


def _cell(passage: Mapping[Any, Any]) -> str:
    before = VOICES.get(passage["voice"], "")
    words = passage["words"].strip()
    if passage["may_be_quoted"] != "yes":
        words = f"{UNQUOTABLE} {words}"
    elif not before:
        words = f"“{words}”"
    told = f"{before} {words}".strip()
    return f"{told}\n[{passage['memo']}]" if passage["memo"] else told


def _about(person: str, known: Table) -> dict[str, str]:
    row = known.loc[person]
    told = {name: str(row[name]) for name in PEOPLE if name in row}
    attributes = {f"attr:{name}": str(value) for name, value in row["attributes"].items()}
    return {
        **told,
        **attributes,
        "participant_id": person,
        "may_be_quoted": _may(str(row["consent"])),
    }


def _codes(passages: Table, columns: Mapping[str, str], book: Codebook) -> Table:
    rows = []
    for code, name in columns.items():
        own = passages[passages["code"] == code]
        found = book.code(code)
        people = int(own["participant_id"].nunique())
        definition = found.definition if found else ""
        rows.append((code, name, definition, people, len(own)))
    return pd.DataFrame(rows, columns=list(CODES))
