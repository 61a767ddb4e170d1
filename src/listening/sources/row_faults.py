"""What is wrong with a row of a table, or with the table, in words for whoever sent it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from listening.errors import UnreadableFile
from listening.records import Reject
from listening.sources.column_names import squeezed
from listening.sources.grid import Grid
from listening.sources.refuse import refuse, words

#: Columns of Zoom's and Teams' lists of who took part.
_ATTENDANCE = words(
    "meetingid useremail durationminutes totaldurationminutes nameoriginalname participants "
    "jointime leavetime guest participantid inmeetingduration"
)


def refuse_misspelt_consent(name: str, grid: Grid) -> None:
    """A refusal under a misspelt heading must not be passed over."""
    for header in grid.headers:
        plain = "".join(c for c in header.casefold() if c.isalpha())
        if plain != "consent" and get_close_matches(plain, ["consent"], cutoff=0.85):
            raise refuse(
                name,
                f"It has a column “{header}”, which looks like a misspelt “consent”.",
                "Call it “consent”, or something quite different if it is not about consent.",
            )


def no_answers(name: str, grid: Grid) -> UnreadableFile:
    """Say that a table holds nobody's words."""
    if len(_ATTENDANCE & {squeezed(header) for header in grid.headers}) >= 2:
        return refuse(
            name,
            "It lists who took part in a meeting, and holds nobody's words.",
            "Leave it out, and give the meeting's transcript or chat.",
        )
    return refuse(
        name,
        "No column looks like answers in people's own words.",
        "If there is one, name it with --text, for example --text “Comments”.",
    )


def too_short(name: str, number: int) -> Reject:
    """Say that a row ends early."""
    return Reject(
        name,
        str(number),
        "One row",
        "The row ends before the column of answers.",
        "Mend the row in the program that the file came from: often a line break inside an answer.",
    )


def repeated(name: str, number: int) -> Reject:
    """Say that an answer came before."""
    return Reject(
        name,
        str(number),
        "One answer",
        "The same person gave the same answer to the same question in an earlier row.",
        "Nothing, if the row was sent twice; otherwise give the person of each row their own id.",
    )


def unknown(name: str, number: int, column: str, choices: Sequence[str]) -> Reject:
    """Say that a cell holds none of the words that its column takes."""
    return Reject(
        name,
        str(number),
        "One row",
        f"Its {column} is not one that we know.",
        f"Write one of: {', '.join(choices)}; or leave it empty.",
    )


def wrong_people(name: str, number: int) -> Reject:
    """Say that a number of people is none."""
    return Reject(
        name,
        str(number),
        "One row",
        "Its number of people is not a whole number from 1 up.",
        "Write how many people the note is about, or leave it empty for one.",
    )


def wrong_until(name: str, number: int) -> Reject:
    """Say that a day is none."""
    return Reject(
        name,
        str(number),
        "One row",
        "The day until which consent holds cannot be read.",
        "Write it as 2026-03-31.",
    )
