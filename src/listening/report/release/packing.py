"""Office files whose bytes depend on their content alone, and not on when they were written."""

from __future__ import annotations

import io
import re
import zipfile

_WHEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def steady(content: bytes) -> bytes:
    """Write a zip of XML parts anew, without the times of its making."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            held = old.read(part)
            if part.filename == "docProps/core.xml":
                held = _WHEN.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", held)
            told = zipfile.ZipInfo(part.filename, _FIRST_DAY)
            told.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(told, held)
    return made.getvalue()
