"""PDF to lines: the words page by page, without what stands at the edge of every page."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from listening.errors import UnreadableFile
from listening.records import Reject
from listening.sources.encoding import clean
from listening.sources.lines import Line
from listening.sources.packages import locked
from listening.sources.page_edges import without_edges
from listening.sources.refuse import refuse, shown

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

#: No interview is longer: 300 pages are some 150,000 words.
_PAGES_LIMIT = 300
#: What pages draw, unpacked: some 20 kB of a page of text, and half a minute's reading in all.
_DRAWN_LIMIT = 8_000_000
#: Of one page: pypdf's own measures of unpacking, of parsing, and of drawings inside drawings.
_LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": 30_000_000,
    "lzw_maximum_output_length": 30_000_000,
    "run_length_maximum_output_length": 30_000_000,
    "stream_decoding_work_maximum_length": 60_000_000,
    "stream_parsing_work_maximum_count": 300_000,
    "xform_maximum_invocations_per_extraction": 100,
    "page_tree_maximum_entries": 20_000,
}
_COLUMN = re.compile(r" {3,}")
#: Letters of fonts that do not say what they mean.
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_STRANGE_SHARE = 0.2
#: Of the words in plain order, those that the layout must hold to be taken.
_ALL_WORDS = 0.98
#: A whole PDF says within its last bytes that it ends.
_END = 2048
#: Pages named before the rest is “and more”.
_LISTED = 20
#: pypdf warns so where it went on without some of a page.
_MISSING = re.compile(r"^Error -|Impossible to decode|^Exceeded|uninterpretable|not defined")
_AGAIN = "Save it as .docx in the program that made it, or ask for it in another form."


@dataclass(frozen=True)
class _Page:
    """A page's lines, and whether some of it could not be read."""

    lines: list[str]
    damaged: bool = False


def pdf_lines(name: str, content: bytes) -> tuple[list[Line], tuple[str, ...], tuple[Reject, ...]]:
    """Return (lines, notes, rejects); a line's row counts the lines of the whole file from 1.

    Raises:
        UnreadableFile: locked with a password, damaged, pictures of pages (a scan), letters that
            cannot be told, or more than any transcript holds.
    """
    from pypdf import apply_configuration

    with apply_configuration(**_LIMITS), _faults() as faults:
        pages = _pages(name, content, faults)
    numbered = list(enumerate(pages, start=1))
    blank = [number for number, page in numbered if not "".join(page.lines).strip()]
    damaged = [number for number, page in numbered if page.damaged]
    if len(blank) == len(pages):
        raise _damaged(name) if damaged else _scanned(name)
    joined = "\n".join(line for page in pages for line in page.lines)
    if len(_STRANGE.findall(joined)) > _STRANGE_SHARE * len(joined):
        raise refuse(name, "The fonts in the PDF do not say which letters they show.", _AGAIN)
    within, notes = without_edges([page.lines for page in pages])
    texts = [line for page in within for line in page]
    lines = [Line(row, text) for row, text in enumerate(texts, start=1)]
    empty = [number for number in blank if number not in damaged]
    return lines, notes, (*_without_words(name, empty), *_partly(name, damaged))


class _Faults(logging.Handler):
    """Counts pypdf's warnings that words may be missing; the warnings themselves quote the file."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count a warning."""
        self.count += bool(_MISSING.search(str(record.msg)))


@contextmanager
def _faults() -> Iterator[_Faults]:
    logger = logging.getLogger("pypdf")
    faults, told = _Faults(), logger.propagate
    logger.addHandler(faults)
    logger.propagate = False
    try:
        yield faults
    finally:
        logger.removeHandler(faults)
        logger.propagate = told


def _pages(name: str, content: bytes, faults: _Faults) -> list[_Page]:
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError

    if b"%%EOF" not in content[-_END:]:
        raise _damaged(name)  # cut short: what is missing would be missing without a word
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        # A password that only forbids printing is none to read by: then "" opens the file.
        opened = not reader.is_encrypted or bool(reader.decrypt(""))
        count = len(reader.pages) if opened else 1
    except (LimitReachedError, MemoryError, RecursionError):
        raise _too_much(name) from None
    except Exception:  # pypdf raises dozens of kinds on damaged files
        raise _damaged(name) from None
    if not opened:
        raise locked(name)
    if count > _PAGES_LIMIT:
        why = f"The PDF has {count:,} pages, and we read no more than {_PAGES_LIMIT}."
        raise refuse(name, why, "Split it into one file per interview.")
    if not count:
        raise _damaged(name)
    return _texts(name, reader, faults)


def _texts(name: str, reader: PdfReader, faults: _Faults) -> list[_Page]:
    """Return each page; one that cannot be read has no lines."""
    from pypdf.errors import LimitReachedError

    drawn = 0
    pages = []
    for page in reader.pages:
        before, damaged = faults.count, False
        try:
            contents = page.get_contents()
            drawn += len(contents.get_data()) if contents is not None else 0
            text = _text(page, faults) if drawn <= _DRAWN_LIMIT else ""
        except (LimitReachedError, MemoryError, RecursionError):
            raise _too_much(name) from None
        except Exception:  # as above; the other pages may be whole
            text, damaged = "", True
        if drawn > _DRAWN_LIMIT:
            raise _too_much(name)
        lines = clean(text).split("\n")
        lines = [_COLUMN.sub("\t", line.strip()) for line in lines]
        pages.append(_Page(lines, damaged or faults.count > before))
    return pages


def _text(page: PageObject, faults: _Faults) -> str:
    """Return a page as it is laid out, which shows gaps between paragraphs.

    Words in drawings within the page, or in fonts that the layout cannot measure, are missing
    there; then the plain order is taken.
    """
    before = faults.count
    try:
        laid_out = page.extract_text(extraction_mode="layout")
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return page.extract_text()
    if laid_out.strip() and faults.count == before and not _has_drawings(page):
        return laid_out
    faults.count = before  # what the plain order cannot read either, it warns of again
    plain = page.extract_text()
    return laid_out if len(laid_out.split()) >= _ALL_WORDS * len(plain.split()) else plain


def _has_drawings(page: PageObject) -> bool:
    """Tell whether a page holds drawings that may hold words themselves (forms)."""
    resources = _object(page.get("/Resources"))
    held = _object(resources.get("/XObject")) if resources else None
    return any(_object(one).get("/Subtype") == "/Form" for one in held.values()) if held else False


def _object(reference: Any) -> Any:
    """Return what a reference stands for; of nothing, nothing."""
    return None if reference is None else reference.get_object()


def _without_words(name: str, numbers: Sequence[int]) -> tuple[Reject, ...]:
    why = "No words can be read there: the page is empty, or a picture of a page."
    to_do = "Nothing, if it is empty. Otherwise have its words recognised (OCR) and give that."
    return _rejects(name, numbers, why, to_do)


def _partly(name: str, numbers: Sequence[int]) -> tuple[Reject, ...]:
    why = "The page is damaged, so that words may be missing there."
    return _rejects(name, numbers, why, f"Compare it with the page. {_AGAIN}")


def _rejects(name: str, numbers: Sequence[int], why: str, to_do: str) -> tuple[Reject, ...]:
    if not numbers:
        return ()
    listed = ", ".join(map(str, numbers[:_LISTED]))
    listed += " and more" if len(numbers) > _LISTED else ""
    row = f"page {listed}" if len(numbers) == 1 else f"pages {listed}"
    return (Reject(name, row, shown(len(numbers), "page"), why, to_do),)


def _scanned(name: str) -> UnreadableFile:
    return refuse(
        name,
        "The PDF holds pictures of pages (a scan) and no words.",
        "Have the words recognised: “Recognise text” (OCR) in the program that scanned it, or open "
        "it in Word. Check the result against the pages, and give that file.",
    )


def _damaged(name: str) -> UnreadableFile:
    return refuse(name, "The PDF is damaged or was cut short.", _AGAIN)


def _too_much(name: str) -> UnreadableFile:
    return refuse(name, "The PDF draws more on its pages than any transcript does.", _AGAIN)
