"""PDF to lines: the words page by page, without what stands at the edge of every page."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

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
#: What pages draw, unpacked. Text of a page takes some 10 kB; drawings made to hold us up, more.
_DRAWN_LIMIT = 15_000_000
#: Of one page: pypdf's own measures of unpacking, of parsing, and of drawings inside drawings.
_LIMITS = {
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
_AGAIN = "Save it as .docx in the program that made it, or ask for it in another form."


def pdf_lines(name: str, content: bytes) -> tuple[list[Line], tuple[str, ...], tuple[Reject, ...]]:
    """Return (lines, notes, rejects); a line's row counts the lines of the whole file from 1.

    Raises:
        UnreadableFile: locked with a password, damaged, pictures of pages (a scan), letters that
            cannot be told, or more than any transcript holds.
    """
    from pypdf import apply_configuration

    # Its warnings quote the file, and nobody could act on them.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with apply_configuration(**_LIMITS):
        pages = _pages(name, content)
    blank = [number for number, page in enumerate(pages, start=1) if not "".join(page).strip()]
    if len(blank) == len(pages):
        raise _scanned(name)
    joined = "\n".join(line for page in pages for line in page)
    if len(_STRANGE.findall(joined)) > _STRANGE_SHARE * len(joined):
        raise refuse(name, "The fonts in the PDF do not say which letters they show.", _AGAIN)
    pages, notes = without_edges(pages)
    texts = [line for page in pages for line in page]
    lines = [Line(row, text) for row, text in enumerate(texts, start=1)]
    return lines, notes, _without_words(name, blank)


def _pages(name: str, content: bytes) -> list[list[str]]:
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
    return _texts(name, reader)


def _texts(name: str, reader: PdfReader) -> list[list[str]]:
    """Return the lines of each page; of a page that cannot be read, none."""
    from pypdf.errors import LimitReachedError

    drawn = 0
    pages = []
    for page in reader.pages:
        try:
            contents = page.get_contents()
            drawn += len(contents.get_data()) if contents else 0
            text = _text(page) if drawn <= _DRAWN_LIMIT else ""
        except (LimitReachedError, MemoryError, RecursionError):
            raise _too_much(name) from None
        except Exception:  # as above; the other pages may be whole
            text = ""
        if drawn > _DRAWN_LIMIT:
            raise _too_much(name)
        lines = clean(text).split("\n")
        pages.append([_COLUMN.sub("\t", line.strip()) for line in lines])
    return pages


def _text(page: PageObject) -> str:
    """Return a page as it is laid out, which shows gaps between paragraphs.

    Words that stand in drawings within the page are missing there; then the plain order is taken.
    """
    plain = page.extract_text()
    try:
        laid_out = page.extract_text(extraction_mode="layout")
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return plain
    return laid_out if len(laid_out.split()) >= _ALL_WORDS * len(plain.split()) else plain


def _without_words(name: str, numbers: Sequence[int]) -> tuple[Reject, ...]:
    if not numbers:
        return ()
    listed = ", ".join(map(str, numbers[:_LISTED])) + (
        " and more" if len(numbers) > _LISTED else ""
    )
    return (
        Reject(
            name,
            f"page {listed}" if len(numbers) == 1 else f"pages {listed}",
            shown(len(numbers), "page"),
            "No words can be read there: the page is empty, or a picture of a page.",
            "Nothing, if it is empty. Otherwise have its words recognised (OCR) and give that.",
        ),
    )


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
