"""What a writer wrote is read back, whatever it is: documents, page edges, zips."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Document, Paragraph

from listening.sources import find_files, read_member
from listening.sources.opendocument import opendocument_lines
from listening.sources.page_edges import without_edges
from listening.sources.rtf import rtf_lines

_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp", "Co")),
    min_size=1,
    max_size=40,
)
_PARAGRAPHS = st.lists(_WORDS, min_size=1, max_size=8)


def _plain(texts: list[str]) -> list[str]:
    """Spaces folded, composed letters: what all kinds of document keep."""
    folded = [" ".join(unicodedata.normalize("NFC", text).split()) for text in texts]
    return [text for text in folded if text]


@settings(max_examples=60)
@given(_PARAGRAPHS)
def test_paragraphs_of_rich_text_are_read_back(paragraphs: list[str]) -> None:
    def escaped(text: str) -> str:
        units = text.encode("utf-16-le")
        pairs = [int.from_bytes(units[n : n + 2], "little") for n in range(0, len(units), 2)]
        return "".join(
            chr(unit)
            if 32 <= unit < 127 and chr(unit) not in "\\{}"
            else f"\\u{unit - 65_536 if unit > 32_767 else unit}?"
            for unit in pairs
        )

    body = "".join(f"{escaped(text)}\\par\n" for text in paragraphs)
    lines = rtf_lines("a.rtf", f"{{\\rtf1\\ansi {body}}}".encode("ascii"))
    assert _plain([line.text for line in lines]) == _plain(paragraphs)


@settings(max_examples=40)
@given(_PARAGRAPHS)
def test_paragraphs_of_opendocument_are_read_back(paragraphs: list[str]) -> None:
    document = Document("odt")
    document.body.clear()
    for text in paragraphs:
        document.body.append(Paragraph(text))
    buffer = io.BytesIO()
    document.save(buffer)
    lines = opendocument_lines("a.odt", buffer.getvalue())
    assert _plain([line.text for line in lines]) == _plain(paragraphs)


@given(st.lists(st.lists(_WORDS, max_size=6), max_size=6))
def test_no_line_that_stands_on_one_page_alone_is_taken_for_a_header(
    pages: list[list[str]],
) -> None:
    rest, _ = without_edges(pages)
    masked = [{"".join("#" if c.isdigit() else c for c in line) for line in page} for page in pages]
    for number, page in enumerate(pages):
        others = set().union(*masked[:number], *masked[number + 1 :])
        own = [
            line
            for line in page
            if line.strip()
            and not any(c.isdigit() for c in line)
            and line.casefold().split() not in [other.casefold().split() for other in others]
        ]
        assert [line for line in rest[number] if line in own] == own


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9]{0,8}(/[a-z][a-z0-9]{0,8}){0,3}\.txt", fullmatch=True),
        st.binary(max_size=200),
        min_size=1,
        max_size=6,
    )
)
def test_every_member_of_a_zip_comes_back_as_it_went_in(members: dict[str, bytes]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        found = find_files([path])
        about = {name for name in members if "readme" in name or name.startswith("licen")}
        assert {file.name.removeprefix("a.zip/") for file in found.files} >= set(members) - about
        for file in found.files:
            with path.open("rb") as opened:
                content = read_member(file.name, opened, file.member)
            assert content == members[file.name.removeprefix("a.zip/")]
