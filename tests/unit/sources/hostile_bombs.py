"""Small files that unpack, expand, nest or draw without end."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from tests.unit.sources.samples import changed, entry, samples, zipped

Case = tuple[str, bytes]


def bombs() -> Iterator[Case]:
    """Small files that unpack, expand or nest without end."""
    zeros = zlib.compress(bytes(40_000_000), 9)
    for kind, name in ((".docx", "word/document.xml"), (".odt", "content.xml"),
                       (".xlsx", "xl/worksheets/sheet1.xml"),
                       (".docx", "word/media/a.png")):  # fmt: skip
        size = 310_000_000 if "media" in name else 160_000_000 if "xl" in name else 40_000_000
        yield f"zeros{len(name)}{kind}", changed(samples()[kind], {name: size})
    yield "zeros.zip", zipped({"a.txt": 50_000_000, "b.csv": 50_000_000})
    inner = zipped({"a.txt": 10_000_000})
    for _ in range(5):
        inner = zipped({f"{n}.zip": inner for n in range(10)})
    yield "nested.zip", inner
    sheet = entry(samples()[".xlsx"], "xl/worksheets/sheet1.xml")
    for cell in ("XFD1048576", "A524288", "CV1048576", "ZZZZ9999999999"):
        far = sheet.replace(
            b"</sheetData>", f'<row r="9"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
        )
        yield f"far{cell}.xlsx", changed(samples()[".xlsx"], {"xl/worksheets/sheet1.xml": far})
    wide = "<row r='1'>" + "<c><v>1</v></c>" * 16_384 + "</row>"
    rows = wide * 60
    yield (
        "wide.xlsx",
        changed(
            samples()[".xlsx"],
            {
                "xl/worksheets/sheet1.xml": sheet.replace(
                    b"<sheetData>", b"<sheetData>" + rows.encode()
                )
            },
        ),
    )
    yield (
        "strings.xlsx",
        changed(
            samples()[".xlsx"],
            {"xl/sharedStrings.xml": b"<sst>" + b"<si/>" * 4_000_000 + b"</sst>"},
        ),
    )
    text = entry(samples()[".odt"], "content.xml")
    for label, mark in (
        ("spaces", b'<text:s text:c="999999999"/>'),
        ("columns", b'</text:p><table:table><table:table-row><table:table-cell '
                    b'table:number-columns-repeated="999999999"><text:p>x</text:p></table:table-cell>'
                    b"</table:table-row></table:table><text:p>"),
        ("deep", b"<text:span>" * 50_000 + b"x" + b"</text:span>" * 50_000),
        ("lists", b"</text:p>" + b"<text:list><text:list-item>" * 5_000 + b"<text:p>x</text:p>"
                  + b"</text:list-item></text:list>" * 5_000 + b"<text:p>"),
        ("many", b"<text:s/>" * 400_000),
    ):  # fmt: skip
        yield (
            f"{label}.odt",
            changed(
                samples()[".odt"], {"content.xml": text.replace(b"Resident", mark + b"Resident", 1)}
            ),
        )
    document = entry(samples()[".docx"], "word/document.xml")
    for depth in (50, 1_000, 20_000):
        nest = (b"<w:tbl><w:tr><w:tc>" * depth) + b"<w:p/>" + (b"</w:tc></w:tr></w:tbl>" * depth)
        yield (
            f"nest{depth}.docx",
            changed(
                samples()[".docx"],
                {"word/document.xml": document.replace(b"<w:body>", b"<w:body>" + nest)},
            ),
        )
    runs = b"<w:p>" + b"<w:r><w:t>x </w:t></w:r>" * 800_000 + b"</w:p>"
    yield (
        "runs.docx",
        changed(
            samples()[".docx"],
            {"word/document.xml": document.replace(b"<w:body>", b"<w:body>" + runs)},
        ),
    )
    yield (
        "styles.docx",
        changed(samples()[".docx"], {"word/styles.xml": b"<a>" + b"<a/>" * 6_000_000 + b"</a>"}),
    )
    yield from _rich_text()
    yield from _pdfs(zeros)


def _rich_text() -> Iterator[Case]:
    head = b"{\\rtf1\\ansi Interviewer: Well?\\par Resident: Heat.\\par "
    for label, body in (
        ("braces", b"{" * 300_000 + b"}" * 300_000),
        ("open", b"{" * 300_000),
        ("close", b"}" * 300_000),
        ("bin", b"{\\pict\\bin999999999 x}"),
        ("badbin", b"{\\pict\\bin x}"),
        ("unicode", b"\\u99999999?\\u-99999999?\\uc-5\\uc\\u8364"),
        ("surrogates", b"\\u-10179?\\u-10179?"),
        ("codepage", b"\\ansicpg99999 \\'e9"),
        ("fonts", b"{\\fonttbl" + b"\\f1\\fcharset9" * 40_000 + b";}"),
        ("links", b'{\\field{\\*\\fldinst{ HYPERLINK "' * 8_000 + b"}" * 8_000),
        ("hex", b"\\'ff" * 500_000),
        ("picture", b"{\\pict " + b"0a" * 5_000_000 + b"}"),
        ("deleted", b"{\\deleted x}" * 100_000),
        ("words", b"\\par" * 100_000),
    ):
        yield f"{label}.rtf", head + body + b"}"


def _pdf_of(objects: list[bytes], root: int = 1) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer <</Size %d /Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, root, start
    )  # fmt: skip
    return bytes(out)


def _stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n" % (len(content), extra) + content + b"\nendstream"


def _one_page(content: bytes, resources: bytes = b"") -> list[bytes]:
    font = b"<</Font <</F1 5 0 R>> %s>>" % resources
    return [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources %s>>"
        % font,
        content,
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
    ]


def _pdfs(zeros: bytes) -> Iterator[Case]:
    said = b"BT /F1 12 Tf 60 700 Td (Resident: Heat.) Tj ET\n"
    flate = b"/Filter /FlateDecode"
    yield "zeros.pdf", _pdf_of(_one_page(_stream(zeros, flate)))
    twice = _stream(zlib.compress(zeros, 9), b"/Filter [/FlateDecode /FlateDecode]")
    yield "twice.pdf", _pdf_of(_one_page(twice))
    many = zlib.compress(said * 200_000, 9)
    yield "drawn.pdf", _pdf_of(_one_page(_stream(many, flate)))
    some = zlib.compress((said + b" " * 100) * 5_000, 9)
    pages = [_one_page(_stream(some, flate))[n] for n in range(5)]
    pages[1] = b"<</Type /Pages /Kids [%s] /Count 250>>" % (b"3 0 R " * 250)
    yield "same250.pdf", _pdf_of(pages)
    yield (
        "far.pdf",
        _pdf_of(_one_page(_stream(b"BT /F1 12 Tf 1e9 1e9 Td (x) Tj -2e9 -2e9 Td (y) Tj ET"))),
    )
    yield "nest.pdf", _pdf_of(_one_page(_stream(b"q " * 100_000 + said)))
    loop = _one_page(_stream(said))
    loop[1] = b"<</Type /Pages /Kids [2 0 R] /Count 1>>"
    yield "loop.pdf", _pdf_of(loop)
    count = _one_page(_stream(said))
    count[1] = b"<</Type /Pages /Kids [3 0 R] /Count 999999999>>"
    yield "count.pdf", _pdf_of(count)
    forms = _one_page(_stream(b"/X0 Do " * 10), b"/XObject <</X0 6 0 R>>")
    for level in range(8):
        inside = (
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X0 %d 0 R>>>>"
        )
        forms.append(_stream(b"/X0 Do " * 10, inside % (7 + level)))
    forms.append(_stream(said, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"))
    yield "forms.pdf", _pdf_of(forms)
    cmap = b"1 beginbfrange\n<0000> <FFFFFFFF> <0000>\nendbfrange\n"
    mapped = _one_page(_stream(said))
    mapped[4] = (
        b"<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 6 0 R>>"
    )
    yield "mapped.pdf", _pdf_of([*mapped, _stream(cmap)])
    yield "nothing.pdf", b"%PDF-1.7\n%%EOF"
    yield (
        "script.pdf",
        samples()[".pdf"].replace(
            b"/Type /Catalog", b"/OpenAction <</S /JavaScript /JS (x)>> /Type /Catalog"
        ),
    )
