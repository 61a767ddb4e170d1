"""Sources: from the files that people hand in to turns and people, with everything refused said.

One reader per format (bytes → rows and rejects). Nothing here is pseudonymised yet, so nothing but
`privacy` may see what comes out; errors, rejects and notes name files, rows and columns, and never
quote what somebody said.
"""

from listening.sources.apart import Apart, same_words, set_apart, telling, without
from listening.sources.archives import Member, members, project_text, read_member
from listening.sources.attributes import fit_attributes
from listening.sources.brought import (
    INDICATOR_COLUMNS,
    PANEL_COLUMNS,
    QUESTION_COLUMNS,
    read_indicators,
    read_panel,
    read_questions,
)
from listening.sources.consent import gate
from listening.sources.encoding import decode
from listening.sources.find import Found, FoundFile, find_files
from listening.sources.kinds import READABLE, WHOLE_FILE
from listening.sources.manifest import (
    MANIFEST_COLUMNS,
    bound_to,
    read_manifest,
    read_population,
    row_of_speaker,
    rows_for,
    translations,
    unused_rows,
)
from listening.sources.reach import REACH_COLUMNS, read_reach
from listening.sources.read import read, read_tables
from listening.sources.sketches import (
    SAME_TALK,
    Heard,
    Sketch,
    Talks,
    heard,
    is_copy,
    merged,
    print_of,
    runs,
    said_by,
    same_talk,
    sketch,
    words_of,
)
from listening.sources.translated import as_strict, with_translation, withholds

__all__ = [
    "INDICATOR_COLUMNS",
    "MANIFEST_COLUMNS",
    "PANEL_COLUMNS",
    "QUESTION_COLUMNS",
    "REACH_COLUMNS",
    "READABLE",
    "SAME_TALK",
    "WHOLE_FILE",
    "Apart",
    "Found",
    "FoundFile",
    "Heard",
    "Member",
    "Sketch",
    "Talks",
    "as_strict",
    "bound_to",
    "decode",
    "find_files",
    "fit_attributes",
    "gate",
    "heard",
    "is_copy",
    "members",
    "merged",
    "print_of",
    "project_text",
    "read",
    "read_indicators",
    "read_manifest",
    "read_member",
    "read_panel",
    "read_population",
    "read_questions",
    "read_reach",
    "read_tables",
    "row_of_speaker",
    "rows_for",
    "runs",
    "said_by",
    "same_talk",
    "same_words",
    "set_apart",
    "sketch",
    "telling",
    "translations",
    "unused_rows",
    "with_translation",
    "withholds",
    "without",
    "words_of",
]
