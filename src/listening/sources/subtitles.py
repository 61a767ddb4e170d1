"""Subtitles (.vtt) of Zoom and Teams to lines: one cue, one line, a speaker's label in front."""

from __future__ import annotations

import html
import re

from listening.sources.encoding import decode
from listening.sources.lines import Line
from listening.sources.refuse import refuse

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<who>[^>]{1,100})>")
_TAG = re.compile(r"</?[a-z][^>]{0,100}>|<\d[\d:.]{3,12}>", re.I)


def cue_lines(name: str, content: bytes) -> tuple[list[Line], tuple[str, ...], tuple[str, ...]]:
    """Return (lines, labels from voice tags, notes); a line's row is the cue's number.

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
    lines: list[Line] = []
    voices: dict[str, None] = {}
    for number, cue in enumerate(cues, start=1):
        for who, words in _voices(cue.raw_text):
            voices |= {who: None} if who else {}
            lines.append(Line(number, f"{who}: {words}" if who else words))
    if not any(line.text for line in lines):
        raise refuse(
            name,
            "The file holds no subtitles that can be read.",
            "Download it again as .vtt, or save it as .docx with “Name:” before each turn.",
        )
    return lines, tuple(voices), (note,) if note else ()


def _voices(raw: str) -> list[tuple[str, str]]:
    """Split a cue by its voice tags; words before the first tag have no speaker."""
    parts = _VOICE.split(raw)
    found = [("", parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    plain = [(who.strip(), _plain(words)) for who, words in found]
    return [(who, words) for who, words in plain if words]


def _plain(words: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", words)).split())
