"""Sources: from the files that people hand in to turns and people, with everything refused said.

One reader per format (bytes → rows and rejects). Nothing here is pseudonymised yet, so nothing but
`privacy` may see what comes out; errors, rejects and notes name files, rows and columns, and never
quote what somebody said.
"""

from listening.sources.consent import gate
from listening.sources.encoding import decode
from listening.sources.find import READABLE, Found, FoundFile, find_files
from listening.sources.manifest import (
    MANIFEST_COLUMNS,
    read_manifest,
    read_population,
    rows_for,
    unused_rows,
)
from listening.sources.read import read

__all__ = [
    "MANIFEST_COLUMNS",
    "READABLE",
    "Found",
    "FoundFile",
    "decode",
    "find_files",
    "gate",
    "read",
    "read_manifest",
    "read_population",
    "rows_for",
    "unused_rows",
]
