"""Which column holds what: answers, who gave them, the question, attributes, date and place.

What the user names wins; the rest is recognised by header and by content, and said in a note.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from listening.errors import UnknownColumn
from listening.records import ReadOptions
from listening.sources.cells import Look, look
from listening.sources.column_names import (
    ALLOWED,
    ASKING,
    ASKS_NAME,
    ATTRIBUTES,
    MOST_VALUES,
    NAMES,
    NOT_TEXT_WORDS,
    PERSON,
    PERSON_BY_NAME,
    QUESTION,
    ROW_ID,
    STANDARD,
    TEXT_WORDS,
    plain,
    squeezed,
)
from listening.sources.sensitive import (
    all_yes_or_no,
    consent_of,
    holds_identifiers,
    is_consent_header,
)
from listening.sources.survey_tools import Form
from listening.sources.translated import paired, translated_columns


@dataclass(frozen=True)
class Columns:
    """Where in a row to find what; every number is a place in the grid's headers."""

    text: tuple[int, ...]
    participant: int | None = None
    question: int | None = None
    attributes: Mapping[str, int] = field(default_factory=dict)
    standard: Mapping[str, int] = field(default_factory=dict)
    #: columns beside `consent` that say yes or no to it.
    consents: tuple[int, ...] = ()
    names: tuple[int, ...] = ()
    emails: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    #: attributes that were guessed: they stay only if they are constant within a person.
    guessed: frozenset[str] = frozenset()
    #: place of a column of answers to the place of their translations.
    translations: Mapping[int, int] = field(default_factory=dict)


def find_column(file: str, headers: Sequence[str], wanted: str, others: Sequence[str] = ()) -> int:
    """Return the place of the column called `wanted`; case and spaces do not matter.

    Args:
        file: the file's name.
        headers: what the columns are called.
        wanted: what somebody calls one of them.
        others: other names of the columns (ids of questions), or "".

    Raises:
        UnknownColumn: with the columns that there are and the nearest of them.
    """
    for called in (headers, others):
        if wanted in called:
            return list(called).index(wanted)
    keys = [plain(header) for header in headers]
    if (key := plain(wanted)) in keys:
        return keys.index(key)
    nearest = difflib.get_close_matches(key, keys, n=1, cutoff=0.5)
    hint = f"Did you mean “{_short(headers[keys.index(nearest[0])])}”? " if nearest else ""
    # Cut short: in a file without a header row, these are somebody's answers.
    listed = ", ".join(f"“{_short(header)}”" for header in headers[:40])
    more = f" and {len(headers) - 40} more" if len(headers) > 40 else ""
    raise UnknownColumn(
        file,
        f"There is no column called “{wanted}”. The columns are: {listed}{more}.",
        f"{hint}Name one of these columns.",
    )


def recognise(file: str, form: Form, options: ReadOptions) -> Columns:
    """Work out what a table's columns hold.

    Raises:
        UnknownColumn: the options name a column that is not there.
    """
    return _Recogniser(file, form, options).columns()


class _Recogniser:
    """Takes columns one purpose at a time; a column taken is not looked at again."""

    def __init__(self, file: str, form: Form, options: ReadOptions) -> None:
        self.file = file
        self.form = form
        grid = form.grid
        self.headers = grid.headers
        self.options = options
        self.cells = [[row.cells[place] for row in grid.rows] for place in range(len(grid.headers))]
        self.looks: list[Look] = [look(cells) for cells in self.cells]
        self.taken: set[int] = set(form.about)
        self.notes: list[str] = []
        self.identifiers = [holds_identifiers(cells) for cells in self.cells]

    def columns(self) -> Columns:
        """Recognise everything, what the user named first."""
        text = self._take(self.options.text)
        named = self._take(self.options.attributes)
        participant = self._one(self.options.participant)
        participant = self.form.participant if participant is None else participant
        question = self._one(self.options.question)
        standard = self._standard()
        consents = self._consents(stated="consent" in standard)
        participant = self._participant() if participant is None else participant
        question = self._question() if question is None else question
        translated = self._translations(text)
        text = text or self._text()
        translations = self._paired(text, translated)
        attributes = {_attribute_name(self.headers[place]): place for place in named}
        attributes |= self._declared_attributes()
        guessed = {} if named else self._guessed_attributes()
        names = tuple(p for p in range(len(self.headers)) if self._names_people(p, participant))
        found = Columns(
            text=tuple(sorted(text)),
            participant=participant,
            question=question,
            attributes=attributes | guessed,
            standard=standard,
            consents=consents,
            names=tuple(dict.fromkeys([*names, *self.form.names])),
            emails=self.form.emails,
            guessed=frozenset(guessed),
            translations=translations,
        )
        told = (*self.form.notes, *self.notes, *self._told(found))
        return dataclasses.replace(found, notes=told)

    def _take(self, wanted: Sequence[str]) -> list[int]:
        others = self.form.grid.others
        places = [find_column(self.file, self.headers, name, others) for name in wanted]
        self.taken.update(places)
        return places

    def _one(self, wanted: str) -> int | None:
        return self._take((wanted,))[0] if wanted else None

    def _free(self) -> list[int]:
        return [place for place in range(len(self.headers)) if place not in self.taken]

    def _standard(self) -> dict[str, int]:
        found = {} if self.form.date is None else {"date": self.form.date}
        for name, called in STANDARD.items():
            if name in found:
                continue
            order = {plain(header): rank for rank, header in enumerate(called)}
            places = [p for p in self._free() if plain(self.headers[p]) in order]
            for place in sorted(places, key=lambda p: order[plain(self.headers[p])]):
                if self._is_standard(name, place):
                    found[name] = place
                    self.taken.add(place)
                    break
        return found

    def _consents(self, *, stated: bool) -> tuple[int, ...]:
        """Columns that say yes or no to consent under another name; flag those that we cannot use.

        A column that is not understood must neither pass for an attribute nor go unseen.
        """
        used = []
        for place in self._free():
            seen, header = self.looks[place], _short(self.headers[place])
            wordy = seen.mean_words >= 5 and seen.distinct_share > 0.5
            wordy = wordy and plain(header) != "consent"
            counted = seen.numbers >= 0.5 and seen.distinct > 2 and "consent" not in plain(header)
            if not seen.filled or wordy or counted or not is_consent_header(header):
                continue
            self.taken.add(place)
            if all_yes_or_no(self.cells[place]):
                used.append(place)
                rule = "yes is analysis, no is none"
                if stated:
                    rule = "the narrower of it and “consent” stands; a no to quoting is analysis"
                self.notes.append(f"Consent was taken from “{header}”: {rule}.")
            else:
                self.notes.append(
                    f"The column “{header}” was not used: it looks like consent, and consent was "
                    "NOT taken from it. To use it, call it “consent” and write analysis, quotation "
                    "or none in each row."
                )
        return tuple(used)

    def _is_standard(self, name: str, place: int) -> bool:
        seen = self.looks[place]
        if name == "date":
            return seen.dates >= 0.8
        if name == "consent_until":
            return True
        if name in ALLOWED:
            spell = consent_of if name == "consent" else _spelt
            known = any(spell(cell) in ALLOWED[name] for cell in self.cells[place])
            if not known and seen.filled and name != "consent":
                self.notes.append(
                    f"The column “{self.headers[place]}” was not used: none of its values is one "
                    f"of {', '.join(ALLOWED[name])}."
                )
            return known
        if name in ("place", "language", "method", "officer", "note_taker"):
            safe = not self.identifiers[place]
            return safe and seen.numbers < 0.5 and seen.mean_words <= 6
        return True

    def _participant(self) -> int | None:
        """The column that tells people apart: an id of persons, their names, or an id of rows."""
        free = [place for place in self._free() if self.looks[place].filled]
        for place in free:
            if PERSON.match(squeezed(self.headers[place])) and self.looks[place].mean_words <= 6:
                return self._took(place)
        for place in free:
            if plain(self.headers[place]) in PERSON_BY_NAME and self._tells_apart(place):
                return self._took(place)
        for place in free:
            seen = self.looks[place]
            unique = seen.distinct == seen.filled == len(self.cells[place])
            repeated = plain(self.headers[place]) == "id" and seen.distinct_share < 0.9
            if plain(self.headers[place]) in ROW_ID and (unique or repeated):
                return self._took(place)
        return None

    def _tells_apart(self, place: int) -> bool:
        """First names alone do not tell people apart; full names and labels of interviews do."""
        seen = self.looks[place]
        if plain(self.headers[place]) in ("interview", "interviewee", "speaker"):
            return seen.mean_words <= 5
        return seen.names >= 0.6

    def _took(self, place: int) -> int:
        self.taken.add(place)
        return place

    def _question(self) -> int | None:
        for place in self._free():
            header, seen = plain(self.headers[place]), self.looks[place]
            called = header in QUESTION or header.endswith(" question")
            if called and seen.filled and seen.numbers < 0.5:
                if len(self.cells[place]) >= 4 and seen.distinct_share > 0.5:
                    continue
                if any(self._is_text(other) for other in self._free() if other != place):
                    return self._took(place)
        return None

    def _text(self) -> list[int]:
        places = [place for place in self._free() if self._is_text(place)]
        if not places and len(self.headers) == 1 and self._could_be_text(0):
            places = [0]
        self.taken.update(places)
        return places

    def _translations(self, named: Sequence[int]) -> dict[int, str]:
        """Keep columns of translations from being taken for answers of their own."""
        found = translated_columns(self.headers, self._free())
        answers = [p for p in (*named, *self._free()) if p not in found]
        if not any(p in named or self._is_text(p) for p in answers):
            return {}  # a translation of nothing is what people said, for all that we know
        self.taken.update(found)
        return found

    def _paired(self, text: Sequence[int], translated: Mapping[int, str]) -> dict[int, int]:
        pairs = paired(self.headers, text, translated)
        self.taken -= set(translated) - set(pairs.values())
        return pairs

    def _could_be_text(self, place: int) -> bool:
        seen = self.looks[place]
        figures = max(seen.numbers, seen.dates, seen.contacts, seen.yes_no) >= 0.5
        return bool(seen.filled) and not figures

    def _is_text(self, place: int) -> bool:
        """Decide by the header's words first, then by how long and how varied the cells are."""
        if place in self.taken or not self._could_be_text(place):
            return False
        seen, header = self.looks[place], self.headers[place]
        said = set(plain(header).split())
        if self._is_attribute_header(place) or said & NOT_TEXT_WORDS:
            return seen.mean_words >= 8 and seen.distinct_share >= 0.5
        if said & TEXT_WORDS:
            return True
        varied = seen.distinct_share >= 0.5
        if header.rstrip().endswith("?") or said & ASKING:
            wordy = seen.mean_words >= 6 and seen.distinct_share >= 0.2
            return wordy or (varied and seen.mean_words >= 2.5)
        return varied and seen.mean_words >= 5

    def _is_attribute_header(self, place: int) -> bool:
        return bool(ATTRIBUTES.match(squeezed(self.headers[place])))

    def _declared_attributes(self) -> dict[str, int]:
        places = [p for p in self._free() if self.headers[p].casefold().startswith("attr:")]
        self.taken.update(places)
        return {_attribute_name(self.headers[place]): place for place in places}

    def _guessed_attributes(self) -> dict[str, int]:
        places = [place for place in self._free() if self._is_attribute(place)]
        self.taken.update(places)
        return {self.headers[place]: place for place in places}

    def _is_attribute(self, place: int) -> bool:
        seen, header = self.looks[place], plain(self.headers[place])
        if (
            self.identifiers[place]
            or not seen.filled
            or place in self.form.grid.parts
            or max(seen.dates, seen.contacts) >= 0.5
            or header in NAMES
        ):
            return False
        few = seen.distinct <= MOST_VALUES
        if self._is_attribute_header(place):
            return few
        if seen.numbers >= 0.5 or set(header.split()) & {"id", "name", "email", "address"}:
            return False
        rare = seen.filled < max(2, 0.05 * len(self.cells[place]))
        return few and not rare and 2 <= seen.distinct <= seen.filled / 2 and seen.mean_words <= 8

    def _names_people(self, place: int, participant: int | None) -> bool:
        header = plain(self.headers[place])
        called = header in NAMES or bool(ASKS_NAME.search(header))
        if place == participant:
            return self.looks[place].names >= 0.5
        return called and self.looks[place].numbers < 0.5

    def _told(self, found: Columns) -> list[str]:
        """The sentences by which a person checks what was understood."""
        head = self.headers
        told = (
            [f"Answers are in {_listed(head[place] for place in found.text)}."]
            if found.text
            else []
        )
        told += [
            f"Translations of “{_short(head[of])}” are in “{_short(head[place])}”."
            for of, place in found.translations.items()
        ]
        if found.participant is None:
            told.append("No column tells people apart: each row is one person.")
        else:
            told.append(f"People are told apart by “{head[found.participant]}”.")
        if found.question is not None:
            told.append(f"The question is in “{head[found.question]}”.")
        free = self._free()
        told += [
            f"The column “{_short(head[place])}” holds identifiers and is not used."
            for place in free
            if self.identifiers[place] and place not in found.names
        ]
        left = [place for place in free if not self.identifiers[place]]
        if unused := [head[place] for place in left if self.looks[place].filled]:
            told.append(f"Columns not used: {_listed(unused)}.")
        return told


def _spelt(cell: str) -> str:
    return cell.strip().casefold()


def _short(header: str) -> str:
    return header if len(header) <= 80 else f"{header[:77]}…"


def _attribute_name(header: str) -> str:
    return header[5:].strip() if header.casefold().startswith("attr:") else header


def _listed(names: Iterable[str]) -> str:
    listed = [f"“{_short(name)}”" for name in names]
    shown = ", ".join(listed[:12])
    return f"{shown} and {len(listed) - 12} more" if len(listed) > 12 else shown
