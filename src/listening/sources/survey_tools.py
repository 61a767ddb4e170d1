"""Exports of survey tools, recognised by the columns that the tool adds and never by file names.

What a tool adds says how a form was filled in: it is no answer and describes nobody. Names and
e-mail addresses go to the pseudonymiser alone. Answers typed in to try a form are set aside.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from listening.records import Reject
from listening.sources.column_names import plain, squeezed
from listening.sources.grid import Grid, Row, capped
from listening.sources.refuse import shown, words


@dataclass(frozen=True)
class Tool:
    """What a survey tool's export looks like; headers are squeezed (`column_names`), and
    keep underscores that they begin with.

    Attributes:
        name: what people call it.
        signs: its own columns; an export holds at least `enough` of them, and all of `always`.
        about: patterns of further columns about the filling in.
        person: columns that tell people apart, the best first.
        date: columns of when it was filled in, the best first.
        void: (column, values) of answers that nobody's are, and why.
        unfinished: (column, values) of answers of people who did not come to the end.
    """

    name: str
    signs: frozenset[str]
    enough: int
    always: frozenset[str] = frozenset()
    about: str = r"(?!)"
    person: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    void: tuple[str, frozenset[str], str] = ("", frozenset(), "")
    unfinished: tuple[str, frozenset[str]] = ("", frozenset())


_PREVIEW = "It is a preview or a test, typed in to try the form."
_TOOLS = (
    Tool(
        "Qualtrics",
        words("startdate enddate recordeddate status finished progress responseid "
              "distributionchannel ipaddress userlanguage"),
        enough=4,
        always=words("responseid"),
        about=r"durationinseconds|externalreference|externaldatareference|location(?:latitude|"
              r"longitude)|responsetype|qrecaptchascore|qrelevantid\w+|qduplicaterespondent"
              r"|qballotboxstuffing|qunansweredpercentage|qurl|recipient\w+",
        person=("responseid",),
        date=("recordeddate", "enddate", "startdate"),
        void=("status", frozenset({"survey preview", "survey test", "offline survey preview",
                                   "survey preview spam", "1", "2", "9", "17"}), _PREVIEW),
        unfinished=("finished", words("false 0")),
    ),
    Tool(
        "SurveyMonkey",
        words("respondentid collectorid startdate enddate datecreated datemodified ipaddress "
              "emailaddress firstname lastname"),
        enough=4,
        always=words("respondentid"),
        about=r"customdata\d*|collectorname",
        person=("respondentid",),
        date=("enddate", "datemodified", "datecreated", "startdate"),
    ),
    Tool(
        "Microsoft Forms",
        words("id starttime completiontime email name lastmodifiedtime"),
        enough=4,
        always=words("id starttime completiontime"),
        about=r"totalpoints|quizfeedback|gradepostedtime|(?:points|feedback)\w+",
        person=("email", "id"),
        date=("completiontime", "starttime"),
    ),
    Tool(
        "Google Forms",
        words("timestamp username emailaddress"),
        enough=2,
        always=words("timestamp"),
        about=r"score",
        person=("emailaddress", "username"),
        date=("timestamp",),
    ),
    Tool(
        "Kobo",
        words("_id _uuid _submissiontime _validationstatus _index __version"),
        enough=3,
        about=r"_\w+|start|end|today|username|deviceid|phonenumber|subscriberid|simserial|simid|audit"
              r"|formhubuuid|meta(?:instance|deprecated|root)\w*"
              r"|\w*(?:gps|location|geopoint|coordinates)(?:latitude|longitude|altitude|precision)",
        person=("_id", "_uuid", "_index"),
        date=("today", "end", "_submissiontime", "start"),
        void=("_validationstatus", frozenset({"not approved", "validation status not approved"}),
              "It is marked “not approved” in Kobo."),
    ),
)  # fmt: skip
_NAMES = words("name firstname lastname recipientfirstname recipientlastname")
_EMAILS = words("email emailaddress username recipientemail")
_NOBODY = words("anonymous anon anonym anonyme anonimo")
#: Words in an address that name a post or a place of work, and nobody.
_POSTS = words("info office admin mail contact hello enquiries no reply noreply team support user")
_LOCAL_PART = re.compile(r"^([^\W\d_]{2,})[._-]([^\W\d_]{2,})\d{0,4}@", re.I)


@dataclass(frozen=True)
class Form:
    """A table as a survey tool wrote it; places are those of the grid's headers.

    Attributes:
        grid: the table without rows that are nobody's answers.
        about: columns about the filling in.
        participant: the column that tells people apart.
        date: the column of when it was filled in.
        names: columns of people's names.
        emails: columns of their e-mail addresses.
        notes: what was understood.
    """

    grid: Grid
    about: frozenset[int] = frozenset()
    participant: int | None = None
    date: int | None = None
    names: tuple[int, ...] = ()
    emails: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


def form_of(name: str, grid: Grid) -> Form:
    """Return what a survey tool added to a table; of any other table, the table alone.

    Args:
        name: the file's name.
        grid: the table.
    """
    heads = [_head(header) for header in grid.headers]
    tool = next((tool for tool in _TOOLS if _is_from(tool, heads)), None)
    if tool is None:
        return Form(grid)
    if tool.name == "Kobo":
        grid = _without_groups(grid)
    about = re.compile(rf"(?:{tool.about})$")
    own = [p for p, head in enumerate(heads) if head in tool.signs or about.match(head)]
    names = tuple(place for place in own if heads[place] in _NAMES)
    emails = tuple(place for place in own if heads[place] in _EMAILS and tool.name != "Kobo")
    grid = _without_nobody(grid, {*names, *emails})
    grid, notes = _without_void(name, grid, heads, tool)
    told = f"It looks like an export of {tool.name}."
    if names or emails:
        told += " Names and e-mail addresses were handed to the pseudonymiser and to nobody else."
    return Form(
        grid,
        frozenset(own),
        _first(tool.person, heads, grid),
        _first(tool.date, heads, grid),
        names,
        emails,
        (told, *notes, *_unfinished(grid, heads, tool)),
    )


def name_in_email(cell: str) -> str:
    """Return the name in ``jane.doe@…`` as a person would write it, or ""."""
    match = _LOCAL_PART.match(cell.strip())
    if not match or {match[1].casefold(), match[2].casefold()} & _POSTS:
        return ""
    return f"{match[1].title()} {match[2].title()}"


def _head(header: str) -> str:
    """Squeeze a header; Kobo's own columns are told from questions by what they begin with."""
    return "_" * (len(header) - len(header.lstrip("_"))) + squeezed(header)


def _is_from(tool: Tool, heads: Sequence[str]) -> bool:
    found = set(heads) & tool.signs
    return len(found) >= tool.enough and tool.always <= found


def _first(wanted: Sequence[str], heads: Sequence[str], grid: Grid) -> int | None:
    """Return the first column wanted that is filled in at least half of the rows."""
    for head in wanted:
        for place in [place for place, other in enumerate(heads) if other == head]:
            filled = sum(bool(row.cells[place].strip()) for row in grid.rows)
            if filled * 2 >= max(len(grid.rows), 1):
                return place
    return None


def _without_nobody(grid: Grid, places: set[int]) -> Grid:
    """Empty names and addresses that say “anonymous”: they are not one person."""
    if not places:
        return grid
    rows = [
        Row(
            row.number,
            tuple(
                "" if place in places and cell.strip().casefold() in _NOBODY else cell
                for place, cell in enumerate(row.cells)
            ),
        )
        for row in grid.rows
    ]
    return dataclasses.replace(grid, rows=tuple(rows))


def _without_void(
    name: str, grid: Grid, heads: Sequence[str], tool: Tool
) -> tuple[Grid, tuple[str, ...]]:
    column, values, why = tool.void
    places = [place for place, head in enumerate(heads) if column and head == column]
    void = [row for row in grid.rows if any(plain(row.cells[place]) in values for place in places)]
    if not void:
        return grid, ()
    header = grid.headers[places[0]]
    to_do = f"Nothing, if that is right. Otherwise change “{header}” in the row and run again."
    rejects = [Reject(name, str(row.number), "One row", why, to_do) for row in void]
    gone = {row.number for row in void}
    rows = tuple(row for row in grid.rows if row.number not in gone)
    left = dataclasses.replace(grid, rows=rows, rejects=(*grid.rejects, *capped(rejects)))
    return left, (f"{shown(len(void), 'row')} set aside: see “{header}”.",)


def _unfinished(grid: Grid, heads: Sequence[str], tool: Tool) -> tuple[str, ...]:
    """Say how many did not come to the end: what they said counts, unless somebody decides else."""
    column, values = tool.unfinished
    if not column or column not in heads:
        return ()
    place = heads.index(column)
    rows = [row.cells[place] for row in grid.rows if row.cells[place].strip().lower() in values]
    if not rows:
        return ()
    count, header = shown(len(rows), "row is", "rows are"), grid.headers[place]
    return (
        f"{count} of people who did not finish, and counted; --drop “{header}={rows[0].strip()}” "
        "leaves them out.",
    )


def _without_groups(grid: Grid) -> Grid:
    """Take the group off a header (``about_you/age``); options of a question keep theirs."""
    whole = set(grid.headers)
    shared = Counter(header.partition("/")[0] for header in grid.headers if "/" in header)
    short, parts = [], set()
    for place, header in enumerate(grid.headers):
        group, slash, rest = header.rpartition("/")
        if slash and group in whole:
            parts.add(place)
            short.append(header)
        elif slash and rest.strip() and (" " not in group or shared[group.partition("/")[0]] > 1):
            short.append(rest.strip())
        else:
            short.append(header)
    once = Counter(short)
    names = [new if once[new] == 1 else old for new, old in zip(short, grid.headers, strict=True)]
    others = [old if old != new else "" for new, old in zip(names, grid.headers, strict=True)]
    return dataclasses.replace(
        grid, headers=tuple(names), others=tuple(others), parts=grid.parts | parts
    )
