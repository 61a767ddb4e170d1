"""What one file says, for the officer who sent it, and what only the officer can answer.

An answer becomes a row of a manifest: what officers say on a page and what a `manifest.csv` says
go the same way.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from listening import sources
from listening.errors import InvalidTable, ListeningError
from listening.programme import load as load_programme
from listening.records import Reading, ReadOptions, Reject, Speaker, Table
from listening.sources.kinds import ARCHIVES
from listening.sources.manifest import INTERVIEWER
from listening.steps.finding import refused, text_of

#: the officer's answer that nobody in the file is an interviewer
NOBODY = "nobody"
WHO, KIND, CONSENT = "interviewer", "kind", "consent"
#: asked where another file that is kept says much the same; what is answered
SAME = "same"
SAME_TALK, SOMEBODY_ELSE = "same talk", "somebody else"
#: stands in `Answers.people` for everybody in the file
WHOLE = "all"
#: name under which a file is read: its own may be a person's, or that of a manifest
PLAIN_NAME = "file"
#: how many of the things set aside are shown one by one
SHOWN = 20
#: kinds of file that can be sent
READABLE = (*sources.READABLE, *ARCHIVES)
#: bytes; the rest of the largest request is for what stands around the file in it
LARGEST_FILE = 60 * 1024 * 1024


@dataclass(frozen=True)
class Answers:
    """What the officer answered; empty is not answered.

    Attributes:
        interviewer: the position among the speakers, from 0, or NOBODY.
        kind: one of KINDS.
        consent: `quotation` or `analysis`.
        people: what was said of single people, in the columns of a manifest, by their position
            among the speakers, from "0", or by WHOLE of everybody in the file.
        same: SAME_TALK or SOMEBODY_ELSE; it is remembered of the two files, and not here.
    """

    interviewer: str = ""
    kind: str = ""
    consent: str = ""
    people: dict[str, dict[str, str]] = field(default_factory=dict)
    same: str = ""


@dataclass(frozen=True)
class Understood:
    """What was understood of a file, in plain data: it goes into the vault as it is.

    Attributes:
        refused: why nothing of it can be read, and what to do; both empty if it can.
        speakers: labels, roles and turns of a labelled transcript.
        open: which of SAME, WHO, KIND and CONSENT must still be answered.
        asked: which of them this file leaves open to its officer at all.
        left_out: people who may not be read, by the file's own word.
        notes: what was guessed.
        set_aside: how many things would be set aside.
        rejects: the first of them.
        disclosed: people whom the file's own column marks as having told of harm.
        like: hashes of files that are kept and say much the same.
    """

    refused: tuple[str, str] = ("", "")
    kind: str = ""
    people: int = 0
    turns: int = 0
    words: int = 0
    quotable: int = 0
    left_out: int = 0
    interviewer: str = ""
    speakers: tuple[Speaker, ...] = ()
    open: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    set_aside: int = 0
    rejects: tuple[Reject, ...] = ()
    disclosed: int = 0
    like: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return it as the vault keeps it."""
        return asdict(self)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Understood:
        """Return what the vault kept."""
        told: dict[str, Any] = {
            name: tuple(v) if isinstance(v, list) else v for name, v in plain.items()
        }
        told["speakers"] = tuple(Speaker(**one) for one in plain["speakers"])
        told["rejects"] = tuple(Reject(**one) for one in plain["rejects"])
        return cls(**told)


def plain_name(name: str) -> str:
    """Return the name under which a file is read: its ending alone is its own."""
    return PLAIN_NAME + PurePath(name).suffix.lower()


def understand(
    name: str,
    content: bytes,
    answers: Answers,
    today: date,
    rules: Path | None = None,
    apart: sources.Apart | None = None,
    heed: Callable[[Reading], Reading] = lambda reading: reading,
) -> Understood:
    """Read a file as an ingest would under these answers; keep nothing.

    Args:
        name: as it was sent.
        content: its bytes.
        answers: what its officer said so far.
        today: the day, which consent depends on.
        rules: file of the programme's own rules, if it has any.
        apart: what was set apart of the file.
        heed: leaves out whoever withdrew.
    """
    plain = plain_name(name)
    first = _read(plain, content, None)
    if isinstance(first, Reject):
        return Understood(refused=(first.why, first.what_to_do))
    raw = first
    if answers != Answers():
        rows, _ = sources.read_manifest("answers", manifest(plain, first.speakers, answers))
        answered = _read(plain, content, rows)
        if isinstance(answered, Reject):
            return Understood(refused=(answered.why, answered.what_to_do))
        raw = answered
    rule = load_programme(text_of(rules), rules.name) if rules else None
    disclosed = int((raw.people["disclosure"] == "yes").sum())
    raw = sources.set_apart(heed(raw), apart or sources.Apart())
    passed = sources.gate(raw, "", today, programme=rule)
    if passed.people.empty:
        return Understood(refused=_nobody_agreed(passed), disclosed=disclosed)
    told = _told(passed, raw, first.speakers, _asked(first, plain), answers)
    # those are no question of consent, and the page names them apart
    withheld = int((raw.people["disclosure"] == "yes").sum())
    return replace(told, disclosed=disclosed, left_out=told.left_out - withheld)


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes] | Reject]:
    """Yield the files of an archive, and what of it is refused; anything else as it is."""
    if PurePath(name).suffix.lower() not in ARCHIVES:
        yield name, content
        return
    try:
        inside, rejects = sources.members(name, io.BytesIO(content))
    except ListeningError as error:
        yield refused(name, error)
        return
    yield from rejects
    for member in inside:
        own = f"{name}/{member.name}"
        try:
            yield member.name, sources.read_member(own, io.BytesIO(content), member.keys)
        except ListeningError as error:
            yield refused(own, error)


def manifest(plain: str, speakers: tuple[Speaker, ...], answers: Answers) -> bytes:
    """Return answers as the rows of a manifest on the file of that name."""
    told = {"file": plain, "kind": answers.kind, "consent": answers.consent}
    told |= answers.people.get(WHOLE, {})
    rows = [{**told, "speaker": ""}]
    if answers.interviewer or any(person != WHOLE for person in answers.people):
        rows = [
            {**told, "speaker": one.label, **answers.people.get(str(place), {})}
            for place, one in enumerate(speakers)
        ]
        if answers.interviewer not in ("", NOBODY):
            asks = rows[int(answers.interviewer)]
            asks |= {"participant_id": INTERVIEWER, "consent": ""}
    text = io.StringIO()
    more = {column: None for row in rows for column in row if column.startswith("attr:")}
    writer = csv.DictWriter(text, [*sources.MANIFEST_COLUMNS, *more], restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_answered(name: str, content: bytes, answers: Answers, told: Understood) -> Reading:
    """Return a file as it was read under these answers, before anybody is left out.

    Raises:
        UnreadableFile: nothing of it can be read.
    """
    plain = plain_name(name)
    rows, _ = sources.read_manifest("answers", manifest(plain, told.speakers, answers))
    return sources.read(plain, content, ReadOptions(), rows)


def _read(plain: str, content: bytes, rows: Table | None) -> Reading | Reject:
    try:
        return sources.read(plain, content, ReadOptions(), rows)
    except InvalidTable:  # a fault of ours
        raise
    except ListeningError as error:
        return refused(plain, error)


def _asked(reading: Reading, plain: str) -> tuple[str, ...]:
    """Say what the file itself does not tell."""
    asked = []
    clear = any(one.role == INTERVIEWER and one.sure for one in reading.speakers)
    if len(reading.speakers) > 1 and not clear:
        asked.append(WHO)
    if not reading.speakers and PurePath(plain).suffix not in (".csv", ".xlsx"):
        asked.append(KIND)
    if (reading.people["consent"] == "").any():
        asked.append(CONSENT)
    return tuple(asked)


def _told(
    passed: Reading,
    raw: Reading,
    speakers: tuple[Speaker, ...],
    asked: tuple[str, ...],
    answers: Answers,
) -> Understood:
    own = passed.turns[passed.turns["role"] == "participant"]
    roles = {one.label: one.role for one in raw.speakers}
    now = tuple(replace(one, role=roles.get(one.label, one.role)) for one in speakers)
    guess = next((str(n) for n, one in enumerate(now) if one.role == INTERVIEWER), "")
    kinds = Counter(passed.people["kind"])
    return Understood(
        kind=kinds.most_common(1)[0][0],
        people=int(passed.people["people"].sum()),
        turns=len(own),
        words=sum(len(text.split()) for text in own["text"]),
        quotable=int((passed.people["consent"] == "quotation").sum()),
        left_out=len(raw.people) - len(passed.people),
        interviewer=answers.interviewer or guess,
        speakers=now,
        open=tuple(one for one in asked if not getattr(answers, one)),
        asked=asked,
        notes=passed.notes,
        set_aside=len(passed.rejects),
        rejects=passed.rejects[:SHOWN],
    )


def _nobody_agreed(reading: Reading) -> tuple[str, str]:
    why = reading.rejects[-1].why if reading.rejects else "Nobody in it may be read."
    return (f"Nobody in this file may be read. {why}", "Nothing of it was kept.")
