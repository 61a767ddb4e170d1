"""Subtitles (.vtt, .srt) of Zoom, Teams and Otter to lines: one cue, one line, who says it."""

from __future__ import annotations

import html
import itertools
import re
from collections import Counter
from collections.abc import Sequence

from listening.errors import UnreadableFile
from listening.records import Reject
from listening.sources.encoding import decode
from listening.sources.lines import Line
from listening.sources.refuse import refuse, shown
from listening.sources.transcript import could_be_label

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<who>[^>]{1,100})>")
_TAG = re.compile(r"</?[a-z][^>]{0,100}>|<\d[\d:.]{3,12}>", re.I)
#: Zoom and Otter put the name that somebody joined under before their words.
_PREFIX = re.compile(r"^(?P<who>[^:<>]{1,60}?):\s+(?P<words>\S.*)$", re.S)
_SENTENCE_END = re.compile(r"[.?!]\s")
#: A prefix that is not written as a name ("iPhone", "+44 7700 900123") must come back so often.
_COMES_BACK = 3


def vtt_lines(name: str, content: bytes) -> tuple[list[Line], tuple[str, ...], tuple[Reject, ...]]:
    """Return (lines, notes, rejects) of a .vtt file; a line's row is the cue's number.

    Raises:
        UnreadableFile: not WebVTT, or no cues.
    """
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    text, note = decode(name, content)
    try:
        cues = list(webvtt.from_string(text))
    except (MalformedFileError, MalformedCaptionError, ValueError, IndexError):
        cues = []
    lines = [
        Line(number, words, who)
        for number, cue in enumerate(cues, start=1)
        for who, words in _voices(cue.raw_text)
    ]
    lost = _timed(text) - len(cues)
    return _checked(name, lines, "vtt"), (note,) if note else (), _lost(name, lost)


def srt_lines(name: str, content: bytes) -> tuple[list[Line], tuple[str, ...]]:
    """Return (lines, notes) of a .srt file; a line's row is the cue's number.

    Raises:
        UnreadableFile: not SubRip, or no cues.
    """
    import pysubs2

    text, note = decode(name, content)
    try:
        cues = pysubs2.SSAFile.from_string(text, format_="srt", keep_html_tags=True)
    except (pysubs2.Pysubs2Error, ValueError, OverflowError):
        raise _no_subtitles(name, "srt") from None
    # The text as it stands: `plaintext` would take words in curly brackets for settings.
    raw = [part for cue in cues for part in _parted(cue.text.replace(r"\N", "\n"))]
    lines = [
        Line(number, words, who)
        for number, cue in enumerate(raw, start=1)
        for who, words in _voices(cue)
    ]
    return _checked(name, lines, "srt"), (note,) if note else ()


def _timed(text: str) -> int:
    """Count lines of times with words under them, those among them that are damaged."""
    lines = text.split("\n")
    return sum("->" in line and bool(below.strip()) for line, below in itertools.pairwise(lines))


def _lost(name: str, count: int) -> tuple[Reject, ...]:
    if count <= 0:
        return ()
    why = "The times above their words cannot be read, so that the words were passed over."
    to_do = "Download the file again, or write the times as 00:01:02.000 --> 00:01:05.000."
    return (Reject(name, "", shown(count, "subtitle"), why, to_do),)


def _parted(text: str) -> list[str]:
    """Part a cue where a line of damaged times stands in it: what follows is a cue of its own."""
    parts: list[list[str]] = [[]]
    for line in text.split("\n"):
        if "->" in line:
            if parts[-1] and parts[-1][-1].strip().isdecimal():
                parts[-1].pop()
            parts.append([])
        else:
            parts[-1].append(line)
    return ["\n".join(lines) for lines in parts]


def _checked(name: str, lines: Sequence[Line], kind: str) -> list[Line]:
    if not any(line.text for line in lines):
        raise _no_subtitles(name, kind)
    return _with_prefixes(lines)


def _no_subtitles(name: str, kind: str) -> UnreadableFile:
    return refuse(
        name,
        "The file holds no subtitles that can be read.",
        f"Download it again as .{kind}, or save it as .docx with “Name:” before each turn.",
    )


def _voices(raw: str) -> list[tuple[str, str]]:
    """Split a cue by its voice tags; words before the first tag have no speaker."""
    parts = _VOICE.split(raw)
    found = [("", parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    plain = [(" ".join(html.unescape(who).split()), _plain(words)) for who, words in found]
    return [(who, words) for who, words in plain if words]


def _plain(words: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", words)).split())


def _with_prefixes(lines: Sequence[Line]) -> list[Line]:
    """Take a prefix that comes back for a speaker, however it is spelt.

    People join a call as “iPhone” or by their number; read as words, what they say would pass for
    the speaker's before them. Prefixes that are written as names are left to `transcript`.
    """
    matches = [None if line.speaker else _PREFIX.match(line.text) for line in lines]
    counts = Counter(match["who"] for match in matches if match)
    result = []
    for line, match in zip(lines, matches, strict=True):
        who = match["who"] if match else ""
        if match and counts[who] >= _COMES_BACK and _could_join_as(who):
            result.append(Line(line.row, match["words"], who))
        else:
            result.append(line)
    return result


def _could_join_as(who: str) -> bool:
    short = len(who.split()) <= 6 and not _SENTENCE_END.search(who)
    return short and not could_be_label(who)
