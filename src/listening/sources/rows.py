"""Rows of a table to turns and people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from listening.records import (
    CONSENTS,
    TURNS,
    Reading,
    ReadOptions,
    Reject,
    table_of,
)
from listening.sources import row_faults
from listening.sources.cells import count_of_people, same_value
from listening.sources.column_names import ALLOWED
from listening.sources.columns import Columns, find_column, recognise
from listening.sources.dates import month_comes_first, to_iso
from listening.sources.grid import Grid, Row, capped
from listening.sources.manifest import INTERVIEWER, row_of_speaker
from listening.sources.people import default_voice, officers, people_table, person
from listening.sources.refuse import refuse, shown
from listening.sources.sensitive import consent_of, is_about_quoting
from listening.sources.survey_tools import form_of, name_in_email
from listening.sources.withheld import refuse_if_unfound, unfound_until


def has_answers(name: str, grid: Grid, options: ReadOptions) -> bool:
    """Tell whether a table has a column of answers (used to choose among a workbook's sheets)."""
    return bool(recognise(name, form_of(name, grid), options).text)


def read_rows(
    name: str, grid: Grid, rows: Sequence[Mapping[str, str]], options: ReadOptions
) -> Reading:
    """Turn a table into a Reading: each answer cell a turn, each person a row.

    Args:
        name: the file's name.
        grid: the table.
        rows: the manifest's rows on the file; the table's own columns win over them.
        options: columns and rows that the user names.

    Raises:
        UnknownColumn: the options name a column that is not there.
        UnreadableFile: no column of answers, or no answers in it; or the manifest withholds
            somebody who is not found.
    """
    row_faults.refuse_misspelt_consent(name, grid)
    form = form_of(name, grid)
    columns = recognise(name, form, options)
    if not columns.text:
        raise row_faults.no_answers(name, grid)
    return _Reader(name, form.grid, columns, rows, options).reading()


#: On average more words a person than this are an interview laid out as a table.
INTERVIEW_WORDS = 400


class _Reader:
    """Goes through the rows once, collecting turns, people, rejects and what to tell."""

    def __init__(
        self,
        name: str,
        grid: Grid,
        columns: Columns,
        manifest: Sequence[Mapping[str, str]],
        options: ReadOptions,
    ) -> None:
        self.name, self.grid, self.columns, self.manifest = name, grid, columns, manifest
        self.drop = [
            (find_column(name, grid.headers, column, grid.others), value)
            for column, value in options.drop
        ]
        self.turns: list[dict[str, Any]] = []
        self.people: dict[str, dict[str, Any]] = {}
        self.attributes: dict[str, dict[str, set[str]]] = {}
        #: what every row says of its person's consent, with an answer or without
        self.consents: dict[str, dict[str, Any]] = {}
        self.officers: dict[str, None] = {}
        self.rejects: list[Reject] = []
        self.seen: set[tuple[str, str, str]] = set()
        self.dropped = self.blank = self.undated = 0
        date = columns.standard.get("date")
        cells = [row.cells[date] for row in grid.rows] if date is not None else []
        self.month_first = month_comes_first(cells)

    def reading(self) -> Reading:
        labels = [self._participant(row) for row in self.grid.rows]
        refuse_if_unfound(self.name, self.manifest, labels)
        for row in self.grid.rows:
            self._row(row)
        until = {"consent_until": unfound_until(self.manifest, labels)}
        for participant, person_row in self.people.items():
            _join_consent(person_row, self.consents[participant])
            _join_consent(person_row, until)
        if not self.turns and not self.rejects and not self.dropped:
            raise refuse(self.name, "Every answer in the table is blank.", "Check the export.")
        attributes = self._settle_attributes()
        interviews = self._settle_kind()
        names = [*self._names(), *self.officers, *officers(self.manifest)]
        return Reading(
            turns=table_of(self.turns, TURNS),
            people=people_table(self.people.values()),
            rejects=capped([*self.grid.rejects, *self.rejects]),
            notes=(*self.grid.notes, *self.columns.notes, *self._notes(attributes), *interviews),
            names=tuple(dict.fromkeys(names)),
        )

    def _row(self, row: Row) -> None:
        participant = self._participant(row)
        own, fault = self._own(row)
        self._note_consent(participant, own, fault)
        if any(same_value(row.cells[place], value) for place, value in self.drop):
            self.dropped += 1
            return
        places = [place for place in self.columns.text if self._answer(row, place)]
        if not places:
            self._without_answer(row)
            return
        if fault:
            self.rejects.append(fault)
            return
        date = self.columns.standard.get("date")
        self.undated += date is not None and bool(row.cells[date].strip()) and not own["date"]
        added = [self._turn(row, participant, place, own) for place in places]
        if any(added):
            self._person(row, participant, own)

    def _without_answer(self, row: Row) -> None:
        """A blank answer is no fault; a row that ends before its answer is one."""
        if self.grid.missing.get(row.number, len(row.cells)) <= min(self.columns.text):
            self.rejects.append(row_faults.too_short(self.name, row.number))
        else:
            self.blank += 1

    def _own(self, row: Row) -> tuple[dict[str, str], Reject | None]:
        """Cells named like manifest columns, in our spelling; or what is wrong with one."""
        own = {n: row.cells[place].strip() for n, place in self.columns.standard.items()}
        for column, choices in ALLOWED.items():
            if value := own.get(column, "").casefold():
                value = consent_of(value) if column == "consent" else value
                if value not in choices:
                    return own, row_faults.unknown(self.name, row.number, column, choices)
                own[column] = value
        for place in self.columns.consents:
            self._narrow(own, place, row.cells[place])
        if own.get("people") and not count_of_people(own["people"]):
            if own.get("voice") != "observation":  # a note may be about nobody in particular
                return own, row_faults.wrong_people(self.name, row.number)
            own["people"] = ""
        if own.get("consent_until") and not (until := to_iso(own["consent_until"])):
            return own, row_faults.wrong_until(self.name, row.number)
        if own.get("consent_until"):
            own["consent_until"] = until
        if own.get("date"):
            own["date"] = to_iso(own["date"], month_first=self.month_first)
        return own, None

    def _narrow(self, own: dict[str, str], place: int, cell: str) -> None:
        """Take a yes or no of another column of consent: it may narrow consent, never widen it."""
        value = consent_of(cell)
        stated = "consent" in self.columns.standard
        if value == "none" and stated and is_about_quoting(self.grid.headers[place]):
            value = "analysis"
        elif value == "analysis" and stated:
            return
        _join_consent(own, {"consent": value})

    def _note_consent(self, participant: str, own: Mapping[str, str], fault: Reject | None) -> None:
        """Rows without an answer, repeated or left out speak of their person's consent too."""
        said = own.get("consent", "").casefold()
        # a cell that could not be understood may have been a refusal
        consent = said if said in ("", *CONSENTS) else "none"
        known = self.consents.setdefault(participant, {"consent": consent})
        known["consent"] = known["consent"] or consent
        until = "" if fault else own.get("consent_until", "")
        _join_consent(known, {"consent": consent, "consent_until": until})

    def _participant(self, row: Row) -> str:
        place = self.columns.participant
        key = row.cells[place].strip() if place is not None else ""
        return " ".join(key.split()) or f"row {row.number}"

    def _answer(self, row: Row, place: int) -> str:
        """Return an answer; where only its translation was written down, that."""
        return row.cells[place].strip() or self._translation(row, place)

    def _translation(self, row: Row, place: int) -> str:
        beside = self.columns.translations.get(place)
        return row.cells[beside].strip() if beside is not None else ""

    def _turn(self, row: Row, participant: str, place: int, own: Mapping[str, str]) -> bool:
        question, text = self._question(row, place), self._answer(row, place)
        key = (participant, question, text)
        if key in self.seen:
            self.rejects.append(row_faults.repeated(self.name, row.number))
            return False
        self.seen.add(key)
        manifest = row_of_speaker(self.manifest, participant)
        kind = own.get("kind") or manifest.get("kind") or "survey"
        voice = own.get("voice") or manifest.get("voice") or default_voice(kind)
        self.turns.append(
            {
                "file": self.name,
                "row": row.number,
                "participant": participant,
                "role": "participant",
                "question": question,
                "text": text,
                "voice": voice,
                "translation": self._translation(row, place),
            }
        )
        return True

    def _question(self, row: Row, place: int) -> str:
        """The row's own question; with several columns of answers, the header of each."""
        asked = self.columns.question
        if asked is not None and len(self.columns.text) == 1:
            return " ".join(row.cells[asked].split())
        return self.grid.headers[place]

    def _person(self, row: Row, participant: str, own: Mapping[str, str]) -> None:
        said = {n: row.cells[place].strip() for n, place in self.columns.attributes.items()}
        values = self.attributes.setdefault(participant, {})
        for attribute, value in said.items():
            if value:
                values.setdefault(attribute, set()).add(value)
        self.officers |= dict.fromkeys(officers([own]))
        if participant in self.people:
            _join_consent(self.people[participant], own)
            return
        manifest = row_of_speaker(self.manifest, participant)
        programme_id = manifest.get("participant_id", "") if manifest.get("speaker") else ""
        self.people[participant] = person(
            self.name,
            participant,
            kind="survey",
            row=manifest,
            own=own,
            attributes=said,
            programme_id="" if programme_id == INTERVIEWER else programme_id,
            named=bool(manifest.get("speaker")),
        )

    def _settle_kind(self) -> list[str]:
        """Where nobody says what kind it is, people who speak at length were interviewed."""
        said = sum(len(turn["text"].split()) for turn in self.turns)
        stated = "kind" in self.columns.standard or any(row.get("kind") for row in self.manifest)
        if stated or said < INTERVIEW_WORDS * max(len(self.people), 1):
            return []
        for row in self.people.values():
            row["kind"] = "interview"
        return ["People say so much here that we take it for interviews; a manifest can say else."]

    def _settle_attributes(self) -> list[str]:
        """Keep a guessed attribute only if it is the person's, not the row's: it does not vary."""
        kept = []
        for name in self.columns.attributes:
            varies = sum(len(values.get(name, ())) > 1 for values in self.attributes.values())
            if name in self.columns.guessed and varies > 0.1 * len(self.people):
                for row in self.people.values():
                    row["attributes"].pop(name, None)
            else:
                kept.append(name)
        return kept

    def _names(self) -> list[str]:
        names = [row.cells[place] for place in self.columns.names for row in self.grid.rows]
        emails = [row.cells[place] for place in self.columns.emails for row in self.grid.rows]
        names += [name_in_email(email) for email in emails]
        return [" ".join(name.split()) for name in names if name.strip()]

    def _notes(self, attributes: Sequence[str]) -> list[str]:
        listed = ", ".join(f"“{name}”" for name in attributes)
        said = [
            f"Attributes: {listed}." if attributes else "No attributes were found.",
            f"{shown(len(self.people), 'person', 'people')}, {shown(len(self.turns), 'answer')}.",
        ]
        if self.blank:
            said.append(f"{shown(self.blank, 'row')} without an answer.")
        if self.dropped:
            said.append(f"{shown(self.dropped, 'row')} left out as you asked.")
        if self.undated:
            said.append(f"{shown(self.undated, 'date')} could not be read and were left empty.")
        return said


def _join_consent(row: dict[str, Any], own: Mapping[str, str]) -> None:
    """Of two consents of one person the narrower stands."""
    order = ("none", "analysis", "", "quotation")
    said = row.get("consent", "")
    row["consent"] = min(said, own.get("consent", "") or said, key=order.index)
    untils = [
        until for until in (row.get("consent_until", ""), own.get("consent_until", "")) if until
    ]
    row["consent_until"] = min(untils, default="")
