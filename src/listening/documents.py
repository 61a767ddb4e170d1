"""Documents: what was said in one transcript, one note or one row of a table, in order.

Interviewers' words are kept as context; they are nobody's evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from listening.errors import InvalidTable
from listening.records import (
    CONVERSATIONS,
    DOCUMENTS,
    PARTICIPANTS,
    PASSAGES,
    PLACES,
    Parsed,
    Span,
    Table,
    table_of,
)

KEY_LENGTH = 10


class Place(NamedTuple):
    """A public place in the words of the turn of that number, counted from 0."""

    turn: int
    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Assembled:
    """Documents of one file and what belongs to them.

    Attributes:
        documents: DOCUMENTS.
        passages: PASSAGES, in the documents' order; offsets into the document's text.
        places: PLACES, in the documents' order.
        participants: PARTICIPANTS, one row per distinct participant.
        parsed: one per passage; spans relative to the passage.
    """

    documents: Table
    passages: Table
    places: Table
    participants: Table
    parsed: tuple[Parsed, ...]


class Worded(NamedTuple):
    """A turn where somebody may have supplied a translation.

    Attributes:
        text: what is analysed.
        beside: the other of original and translation; empty where there is but one.
        translated: whether `text` is the translation.
    """

    text: str
    beside: str = ""
    translated: bool = False


def worded(turns: Table, translations: bool) -> list[Worded]:
    """Choose for each turn what is analysed: the translation, where there is one, or the original.

    Args:
        turns: TURNS.
        translations: whether translations are read; what was written down in translation alone is
            read in any case.
    """
    return [
        _worded(str(text), str(translation), translations)
        for text, translation in zip(turns["text"], turns["translation"], strict=True)
    ]


def _worded(text: str, translation: str, translations: bool) -> Worded:
    if not translation:
        return Worded(text)
    if translation == text:
        return Worded(text, translated=True)
    return Worded(translation, text, True) if translations else Worded(text, translation)


def assemble(
    turns: Table,
    people: Table,
    parsed: Sequence[Parsed],
    file_key: str,
    ids: Mapping[str, str],
    first: int = 0,
    places: Iterable[Place] = (),
    worded: Sequence[Worded] = (),
) -> Assembled:
    """Put the turns of one file together to documents.

    A transcript of an interview or focus group is one document; so are street notes with an
    interviewer's turns. Every other file gives one document per participant, a table of interviews
    among them. A document's text is its turns joined by line feeds.

    Args:
        turns: TURNS of the file.
        people: PEOPLE of the file.
        parsed: one per turn, pseudonymised; its text replaces the turn's.
        file_key: the file's content hash.
        ids: participant key within the file → issued participant id.
        first: number of the first document, when a file is assembled in parts.
        places: public places that stay in the words of the turns.
        worded: one per turn, pseudonymised; left out where no turn has a translation.

    Raises:
        InvalidTable: if a turn's participant is not among `people` and `ids`.
    """
    if len(parsed) != len(turns):
        raise ValueError("one Parsed per turn")
    rows = _rows(turns)
    persons = {str(person["participant"]): person for person in _rows(people)}
    _check_known(rows, persons, ids)
    groups = _grouped(rows, persons)
    document_ids = _document_ids(file_key, len(groups), first, _is_conversation(rows, persons))
    within: dict[int, list[Place]] = {}
    for place in places:
        within.setdefault(place.turn, []).append(place)
    documents, passages, kept, named = [], [], [], []
    for document_id, members in zip(document_ids, groups, strict=True):
        speaker = next((str(rows[i]["participant"]) for i in members if rows[i]["participant"]), "")
        documents.append(_document(document_id, persons.get(speaker, {}), members, parsed))
        start = 0
        for i in members:
            end = start + len(parsed[i].text)
            passage = _passage(rows[i], persons, ids, document_id, Span(start, end))
            other = worded[i] if worded else Worded("")
            passages.append(passage | {"translated": other.translated, "beside": other.beside})
            named += [_place(place, document_id, start) for place in within.get(i, ())]
            kept.append(parsed[i])
            start = end + 1
    return Assembled(
        table_of(documents, DOCUMENTS),
        table_of(passages, PASSAGES),
        table_of(named, PLACES),
        table_of(_participants(persons, ids, file_key), PARTICIPANTS),
        tuple(kept),
    )


_Row = Mapping[str, Any]


def _rows(table: Table) -> list[_Row]:
    # Twice as fast as `to_dict`, which asks text columns for one cell at a time.
    columns = [table[name].to_numpy(dtype=object).tolist() for name in table.columns]
    return [dict(zip(table.columns, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _check_known(rows: Sequence[_Row], persons: Mapping[str, _Row], ids: Mapping[str, str]) -> None:
    for row in rows:
        key = row["participant"]
        if row["role"] == "participant" and (key not in persons or key not in ids):
            raise InvalidTable(
                f"Row {row['row']} of {row['file']}",
                "belongs to a person about whom nothing else is known.",
                "Check the file's participant column or the manifest and read the file again.",
            )


def _is_conversation(rows: Sequence[_Row], persons: Mapping[str, _Row]) -> bool:
    # the order of voices matters, so the file is one document
    kinds = {person["kind"] for person in persons.values()}
    asked = any(row["role"] == "interviewer" for row in rows)
    # only columns have questions: each row of a table of interviews is from a talk of its own
    table = any(row["question"] for row in rows)
    return asked or "focus_group" in kinds or (bool(kinds & CONVERSATIONS) and not table)


def _grouped(rows: Sequence[_Row], persons: Mapping[str, _Row]) -> list[list[int]]:
    if _is_conversation(rows, persons):
        return [list(range(len(rows)))] if rows else []
    groups: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        groups.setdefault(str(row["participant"]), []).append(i)
    return list(groups.values())


def _document_ids(file_key: str, count: int, first: int, single: bool) -> list[str]:
    stem = file_key[:KEY_LENGTH]
    return [stem] * count if single else [f"{stem}-{first + n}" for n in range(count)]


def _document(
    document_id: str, person: _Row, members: Sequence[int], parsed: Sequence[Parsed]
) -> dict[str, Any]:
    about = {name: person.get(name, "") for name in ("place", "date", "language", "method")}
    text = "\n".join(parsed[i].text for i in members)
    return {
        "document_id": document_id,
        "kind": person.get("kind", "interview"),
        **about,
        "text": text,
    }


def _passage(
    row: _Row, persons: Mapping[str, _Row], ids: Mapping[str, str], document_id: str, span: Span
) -> dict[str, Any]:
    speaks = row["role"] == "participant"
    key = str(row["participant"]) if speaks else ""
    return {
        "document_id": document_id,
        "participant_id": ids[key] if speaks else "",
        "role": row["role"],
        "question": row["question"],
        "voice": row["voice"] or (persons[key]["voice"] if speaks else "") or "verbatim",
        "start": span.start,
        "end": span.end,
    }


def _place(place: Place, document_id: str, by: int) -> dict[str, Any]:
    return {
        "document_id": document_id,
        "start": place.start + by,
        "end": place.end + by,
        "kind": place.kind,
    }


def _participants(
    persons: Mapping[str, _Row], ids: Mapping[str, str], file_key: str
) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for key, person in persons.items():
        if key not in ids or ids[key] in rows:
            continue  # two keys with one issued id are one person
        together = person["kind"] == "focus_group"
        rows[ids[key]] = {
            "participant_id": ids[key],
            "source_kind": person["kind"],
            "place": person["place"],
            "language": person["language"],
            "consent": person["consent"] or "analysis",
            "people": person["people"],
            "date": person["date"],
            "cluster": file_key[:KEY_LENGTH] if together else ids[key],
            "attributes": person["attributes"],
        }
    return list(rows.values())
