"""Transcripts with speakers' labels: ``Name: words``, with or without times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from listening.sources.cells import is_name
from listening.sources.lines import (
    TIME,
    Line,
    Spoken,
    Utterance,
    heading_date,
    heading_names,
    is_furniture,
    is_markdown_heading,
    is_meta,
    is_time,
    join,
    without_times,
)
from listening.sources.manifest import label_key
from listening.sources.refuse import words
from listening.sources.speakers import is_generic, is_interviewer_label, name_in

_LABEL = r"(?P<label>[^\W_][^\t:：\n]{0,47}?)"
_LINE = re.compile(
    rf"^\s*(?:{TIME}\s*[-–]?\s*)?{_LABEL}\s*(?:{TIME})?\s*[:：](?:\s+|$|(?=[^\d/\s]))(?P<text>.*)$",
    re.S,
)
#: Otter and Teams put the name and the time on a line of their own; Zoom's captions put the name
#: in brackets; Word's own transcription puts the time first, to the second (“10:30 Market” is
#: a note of when and where).
_NAME_LINE = re.compile(rf"^\s*\[?{_LABEL}\]?\s+{TIME}(?:\s?[ap]m)?\s*$", re.I)
_TIME_NAME = re.compile(rf"^\s*\[?\d{{1,2}}:\d{{2}}:\d{{2}}\]?\s+{_LABEL}\s*$")
#: Two columns: who, and what they say.
_TABBED = re.compile(rf"^\s*{_LABEL}\t\s*(?P<text>[^\s].*)$", re.S)
_IN_BRACKETS = re.compile(r"\s*[\[(][^\])]*[\])]")
#: A line of name and time whose name is not written as one must come back so often.
_COMES_BACK = 3
_FROM_TO = re.compile(r"^from\s+(?P<who>.+?)\s+to\s+.+$", re.I)
_NOT_SPEAKERS = words(
    "note notes nb ps example examples date place time housing money reply edit update warning "
    "summary title re cc subject action actions background context https http"
)
_SMALL_WORDS = words("de da di du del den der van von bin el al of the and la le")


def utterances(
    lines: Sequence[Line], known: Iterable[str] = (), *, merge: bool = False
) -> Spoken | None:
    """Return what is said, by whom, or None where the lines carry no speakers' labels.

    Args:
        lines: a file's lines in order.
        known: labels that the manifest names; they need no other sign.
        merge: join turns of one speaker that follow each other (subtitles).
    """
    lines = _names_under_times(lines)
    sure = {label_key(label) for label in known} | {
        label_key(line.speaker) for line in lines if line.speaker
    }
    sure |= _come_back(lines)
    split = [_split(line, sure) for line in lines]
    accepted = _accepted(split, sure)
    if not accepted:
        return None
    heading: list[Line] = []
    turns: list[tuple[str, list[Line]]] = []
    for line, (label, rest) in zip(lines, split, strict=True):
        if (
            label
            and label_key(label) in accepted
            and not (not turns and is_meta_label(line, label))
        ):
            turns.append((label, [Line(line.row, rest)]))
        elif is_furniture(line.text) or is_markdown_heading(line):
            continue
        elif turns:
            turns[-1][1].append(Line(line.row, without_times(line.text)))
        elif line.text.strip():
            heading.append(line)
    heading += _named_in_heading(heading, turns)
    return _spoken(turns, heading, merge=merge)


def is_meta_label(line: Line, label: str) -> bool:
    """``Date:`` and the like are no speakers; ``Officer:`` and ``Interviewer:`` may be."""
    return is_meta(line.text) and not line.speaker and not is_generic(label)


def _names_under_times(lines: Sequence[Line]) -> list[Line]:
    """Give who speaks to lines laid out as older Teams does: times, a name under them, words.

    Times in a transcript stand over all kinds of lines: most must stand over a name and words.
    """
    lines = list(lines)
    times = [place for place, line in enumerate(lines[:-2]) if is_time(line.text)]
    under = [
        place
        for place in times
        if could_be_label(lines[place + 1].text.strip()) and lines[place + 2].text.strip()
    ]
    if len(under) < max(2, 0.6 * len(times)):
        return lines
    for place in under:
        who = lines[place + 1]
        lines[place + 1] = Line(who.row, "", who.text.strip())
    return lines


def _name_line(text: str) -> re.Match[str] | None:
    return _NAME_LINE.match(text) or _TIME_NAME.match(text) if len(text) < 100 else None


def _come_back(lines: Iterable[Line]) -> set[str]:
    """Names that come back beside times, however they are spelt (“maria k”), or before a tab."""
    found: Counter[str] = Counter()
    for line in lines:
        if match := _name_line(line.text):
            short = len(match["label"].split()) <= 5 and "." not in match["label"]
            found[label_key(match["label"])] += short
        elif (match := _TABBED.match(line.text[:200])) and could_be_label(match["label"]):
            found[label_key(match["label"])] += 1
    return {key for key, count in found.items() if count >= _COMES_BACK}


def _tabbed(text: str, sure: set[str]) -> re.Match[str] | None:
    """A label and a tab, where the label is sure or says what somebody is (``CDO``)."""
    match = _TABBED.match(text)
    known = match and (label_key(match["label"]) in sure or is_generic(match["label"]))
    return match if known else None


def _split(line: Line, sure: set[str]) -> tuple[str, str]:
    """Return (label, words) of a line, or ("", "") where it carries no label."""
    if line.speaker:
        return line.speaker, without_times(line.text)
    if is_markdown_heading(line):
        return "", ""
    start = line.text[:200]
    if match := _name_line(line.text):
        label, rest = match["label"], ""
    elif match := _LINE.match(start) or _tabbed(start, sure):
        label, rest = match["label"], without_times(line.text[match.start("text") :])
    else:
        return "", ""
    if sent := _FROM_TO.match(label):
        label = sent["who"]
    label = label.strip(" \t-–>*")
    return (label, rest) if label_key(label) in sure or could_be_label(label) else ("", "")


def could_be_label(label: str) -> bool:
    """Tell whether text is a few words, each capitalised or generic, as speakers are labelled."""
    words = re.sub(r"[\[(].*?[\])]", "", name_in(label)).split()
    if not words or len(words) > 5 or label_key(label) in _NOT_SPEAKERS:
        return False
    if is_generic(label):
        return True
    return words[0][0].isupper() and all(
        word[0].isupper() or word[0].isdigit() or word.casefold() in _SMALL_WORDS for word in words
    )


def row_of_cells(cells: Sequence[str]) -> str:
    """Return a table row as text; one with a short first cell is a turn: who, and what they say."""
    cells = [cell.strip() for cell in cells if cell.strip()]
    speakers = [place for place, cell in enumerate(cells[:-1]) if could_be_label(cell.rstrip(": "))]
    if speakers:
        said = " ".join(cells[speakers[-1] + 1 :])
        return f"{cells[speakers[-1]].rstrip(': ')}: {said}"
    return "\n".join(cells)


def _accepted(split: Sequence[tuple[str, str]], known: set[str]) -> set[str]:
    """Labels that the manifest knows, that are generic, or that come back."""
    counts = Counter(label_key(label) for label, _ in split if label)
    strong = {
        key
        for key, count in counts.items()
        if key in known or is_generic(key) or is_interviewer_label(key) or count >= 2
    }
    strong = {key for key in strong if key in known or not is_meta(f"{key}:") or is_generic(key)}
    says_who = any(key in known or (is_generic(key) and len(key) > 2) for key in strong)
    if not says_who and (not strong or sum(counts.values()) < 2):
        return set()
    # In a labelled transcript a short capitalised label is a speaker even if they speak once:
    # else their words would pass for those of the speaker before them, under that one's consent.
    spoken_once = {
        key for key, count in counts.items() if count == 1 and len(key.split()) <= 2
    } - strong
    return strong | {key for key in spoken_once if not is_meta(f"{key}:")}


def _named_in_heading(heading: Sequence[Line], turns: list[tuple[str, list[Line]]]) -> list[Line]:
    """Take ``Interviewer: <a name>`` out of the turns where it stands in a heading."""
    taken = []
    while heading and turns and is_generic(turns[0][0]) and is_name(join(turns[0][1])):
        _, parts = turns.pop(0)
        taken.append(Line(parts[0].row, f"Present: {join(parts)}"))
    return taken


def _spoken(
    turns: Sequence[tuple[str, Sequence[Line]]], heading: Sequence[Line], *, merge: bool
) -> Spoken:
    spelling: dict[str, str] = {}
    result: list[Utterance] = []
    for label, parts in turns:
        speaker = spelling.setdefault(label_key(label), label)
        if not (text := join(parts)):
            continue
        if merge and result and result[-1].speaker == speaker:
            result[-1] = Utterance(result[-1].row, speaker, f"{result[-1].text} {text}")
        else:
            result.append(Utterance(parts[0].row, speaker, text))
    # What stands in brackets is an organisation, a guest's mark or pronouns, and no name.
    named = [_IN_BRACKETS.sub("", name_in(u.speaker)) for u in result if not is_generic(u.speaker)]
    above = [line.text for line in heading]
    note = (
        (f"{len(above)} lines above the first speaker were taken for a heading.",) if above else ()
    )
    return Spoken(
        utterances=tuple(result),
        names=tuple(dict.fromkeys([*filter(None, named), *heading_names(above)])),
        date=heading_date(above),
        notes=note,
    )
