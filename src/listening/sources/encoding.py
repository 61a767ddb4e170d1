"""Bytes to text: Unicode NFC, LF line ends, no characters that hide or reorder others."""

from __future__ import annotations

import codecs
import re
import unicodedata

from listening.sources.refuse import refuse, shown

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26})
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
#: C0 and C1 controls; directional marks, embeddings and isolates; the byte order mark.
#: Zero-width joiners stay: Persian, Bengali and emoji need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_SAMPLE = 100_000
_MARKS_ON_A_LETTER = 30
_LONG_RUN = re.compile("[^\x00-\x7f]{31,}")


def decode(name: str, content: bytes) -> tuple[str, str]:
    """Return the text of `content`, and a sentence on what could not be read ("" if all was).

    Raises:
        UnreadableFile: the bytes are no text in any encoding that we know.
    """
    text = _decoded(name, content)
    lost = text.count("\ufffd")
    note = f"{shown(lost, 'character')} could not be read and show as “\ufffd”." if lost else ""
    return clean(text), note


def clean(text: str) -> str:
    """Return `text` in NFC, with LF line ends and without control characters."""
    if _LINE_ENDS.search(text):
        text = _LINE_ENDS.sub("\n", text)
    if _UNSEEN.search(text):
        text = _UNSEEN.sub("", text)
    return unicodedata.normalize("NFC", _LONG_RUN.sub(_stream_safe, text))


def _stream_safe(run: re.Match[str]) -> str:
    """Keep at most 30 marks on a letter (UAX 15): sorting them takes the square of their number."""
    kept, marks = [], 0
    for char in run.group():
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MARKS_ON_A_LETTER:
            kept.append(char)
    return "".join(kept)


def is_binary(content: bytes) -> bool:
    """Tell whether the bytes hold more control characters than any text does."""
    sample = content[:_SAMPLE]
    if sample.startswith(tuple(mark for mark, _ in _MARKS)) or _wide(sample):
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    return controls > max(1, 0.01 * len(sample))


def _decoded(name: str, content: bytes) -> str:
    if is_binary(content):
        raise _not_text(name)
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(name, content, encoding)
    if wide := _wide(content[:_SAMPLE]):
        return _strict(name, content, wide)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(content)


def _strict(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise _not_text(name) from None


def _wide(sample: bytes) -> str:
    """UTF-16 without its mark gives itself away by a zero in every second byte."""
    half = len(sample) // 2
    if half < 2:
        return ""
    if sample[1::2].count(0) > 0.4 * half and sample[0::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.4 * half and sample[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return ""


def _eight_bit(content: bytes) -> str:
    """Damaged UTF-8, or one of the single-byte encodings that came before it."""
    damaged = content.decode("utf-8", errors="replace")
    lost = damaged.count("\ufffd")
    beyond_ascii = len(damaged) - len(damaged.encode("ascii", errors="ignore"))
    if beyond_ascii - lost > lost:
        return damaged
    return content.decode(_single_byte(content), errors="replace")


def _single_byte(content: bytes) -> str:
    """Windows-1252, unless so many letters lie beyond ASCII that the text is hardly English."""
    sample = content[:_SAMPLE]
    # From 0xC0 up stand letters; the quotation marks and pounds of Windows lie below.
    letters = len(sample.translate(None, bytes(range(0xC0))))
    if letters < 0.02 * len(sample):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"


def _not_text(name: str) -> Exception:
    return refuse(
        name,
        "The file holds no text that we can read: its bytes are not in a known encoding.",
        "Open it in the program that made it and save it again as “UTF-8” text, .docx or .xlsx.",
    )
