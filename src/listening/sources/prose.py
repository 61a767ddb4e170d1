"""Lines of a transcript or note to turns and people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from listening.records import TURNS, Reading, Reject, Speaker, table_of
from listening.sources import transcript
from listening.sources.lines import Line, Spoken, Utterance
from listening.sources.manifest import INTERVIEWER, label_key, row_of_speaker
from listening.sources.people import officers, people_table, person
from listening.sources.refuse import refuse, shown
from listening.sources.speakers import assign_roles, is_generic, is_interviewer_label, name_in
from listening.sources.unlabelled import RESIDENT, without_labels
from listening.sources.withheld import refuse_if_unfound, unfound_until

_ManifestRows = Sequence[Mapping[str, str]]


def read_prose(
    name: str,
    lines: Sequence[Line],
    rows: _ManifestRows,
    *,
    merge: bool = False,
    notes: Sequence[str] = (),
    rejects: Sequence[Reject] = (),
) -> Reading:
    """Turn lines into a Reading.

    Args:
        name: the file's name.
        lines: its lines in order.
        rows: the manifest's rows on it.
        merge: join neighbouring turns of one speaker.
        notes: what the reader of this format has to say already.
        rejects: what it set aside already.

    Raises:
        UnreadableFile: nobody speaks, or only the interviewer does; or the manifest withholds a
            speaker who is not found.
    """
    spoken, told = _spoken(lines, rows, merge=merge)
    residents = list(dict.fromkeys(u.speaker for u in spoken.utterances if u.role == "participant"))
    if not spoken.utterances:
        raise refuse(name, "The file holds no words.", "Check that the right file was sent.")
    labels_heard = [utterance.speaker for utterance in spoken.utterances]
    refuse_if_unfound(name, rows, labels_heard)
    if not residents:
        raise refuse(
            name,
            "Only the interviewer speaks in this file.",
            "Check that it is the whole transcript, and in the manifest who the interviewer is.",
        )
    people = _people(name, residents, rows, spoken.date)
    _limit(people, unfound_until(rows, labels_heard))
    voices = {row["participant"]: row["voice"] for row in people}
    turns = [
        {
            "file": name,
            "row": utterance.row,
            "participant": utterance.speaker if utterance.role == "participant" else "",
            "role": utterance.role,
            "question": "",
            "text": utterance.text,
            "voice": utterance.voice or voices.get(utterance.speaker, "verbatim"),
        }
        for utterance in spoken.utterances
    ]
    names = [*spoken.names, *_listed_names(rows), *officers(rows)]
    return Reading(
        turns=table_of(turns, TURNS),
        people=people_table(people),
        rejects=(*rejects, *_silent(name, spoken.utterances, rows)),
        notes=(*notes, _counted(spoken.utterances, residents), *spoken.notes, *told),
        names=tuple(dict.fromkeys(names)),
        speakers=_speakers(spoken.utterances, rows),
    )


def _speakers(utterances: Sequence[Utterance], rows: _ManifestRows) -> tuple[Speaker, ...]:
    """Whoever has a label, and whether their role is more than a guess."""
    listed = {label_key(row["speaker"]) for row in rows if row["speaker"]}
    turns = Counter(utterance.speaker for utterance in utterances)
    roles = {utterance.speaker: utterance.role for utterance in utterances}
    return tuple(
        Speaker(
            label, roles[label], many, label_key(label) in listed or is_interviewer_label(label)
        )
        for label, many in turns.items()
        if label not in ("", RESIDENT)
    )


def _spoken(
    lines: Sequence[Line], rows: _ManifestRows, *, merge: bool
) -> tuple[Spoken, tuple[str, ...]]:
    """Utterances with their roles, from labels where there are any, else by a guess."""
    known = [row["speaker"] for row in rows if row["speaker"]]
    spoken = transcript.utterances(lines, known, merge=merge)
    if spoken is None or not spoken.utterances:
        whole = row_of_speaker(rows, "")
        noted = whole.get("voice") in ("paraphrase", "observation") or whole.get("kind") == "street"
        return without_labels(lines, one_voice=noted), ()
    roles = assign_roles(spoken.utterances, rows)
    with_roles = tuple(
        Utterance(u.row, u.speaker, u.text, roles.roles[u.speaker], roles.voices.get(u.speaker, ""))
        for u in spoken.utterances
    )
    return Spoken(with_roles, spoken.names, spoken.date, spoken.notes), roles.notes


def _people(
    name: str, residents: Sequence[str], rows: _ManifestRows, date: str
) -> list[dict[str, object]]:
    kind = "focus_group" if len(residents) > 2 else "interview"
    shared = _shared(rows)
    result = []
    for label in residents:
        own = row_of_speaker(rows, label)
        row = shared | {column: value for column, value in own.items() if value}
        # A row on the whole file names a person only where one person speaks.
        own_row = bool(own.get("speaker")) or len(residents) == 1
        programme_id = own.get("participant_id", "") if own_row else ""
        row["date"] = row.get("date") or date
        result.append(
            person(
                name,
                label,
                kind=kind,
                row=row,
                programme_id="" if programme_id.casefold() == INTERVIEWER else programme_id,
                named=own_row,
            )
        )
    return result


def _limit(people: Sequence[dict[str, object]], until: str) -> None:
    """Let nobody's consent outlast `until` (ISO text sorts by time); "" changes nothing."""
    for row in people if until else ():
        row["consent_until"] = min(str(row["consent_until"]) or until, until)


def _shared(rows: _ManifestRows) -> dict[str, str]:
    """What one row of the manifest says of the meeting holds for all who speak in it."""
    columns = ("kind", "place", "date", "language", "method", "officer", "note_taker")
    said = {column: [row[column] for row in rows if row[column]] for column in columns}
    return {column: values[0] for column, values in said.items() if values}


def _listed_names(rows: _ManifestRows) -> list[str]:
    labels = [row["speaker"] for row in rows]
    return [name_in(label) for label in labels if label and not is_generic(label)]


def _silent(name: str, utterances: Sequence[Utterance], rows: _ManifestRows) -> tuple[Reject, ...]:
    """Say how many speakers of the manifest never speak: a misspelt label loses its consent."""
    heard = {label_key(utterance.speaker) for utterance in utterances}
    silent = [r for r in rows if r["speaker"] and label_key(r["speaker"]) not in heard]
    if not silent:
        return ()
    return (
        Reject(
            name,
            "",
            f"{shown(len(silent), 'row')} of the manifest",
            "The speaker named there does not speak in this file.",
            "Spell the speaker in the manifest as in the file.",
        ),
    )


def _counted(utterances: Sequence[Utterance], residents: Sequence[str]) -> str:
    turns = sum(utterance.role == "participant" for utterance in utterances)
    others = len(utterances) - turns
    return (
        f"{shown(len(residents), 'resident')} with {shown(turns, 'turn')}; "
        f"{shown(others, 'turn')} by interviewers or note-takers."
    )
