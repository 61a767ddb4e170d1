"""The codebook: codes with definitions and examples, their versions, and how these are changed.

A codebook lives by its examples (METHOD.md, section 5). `other` and `no reason given` are always
there: they are added here and never written in a file. Ids never change: a change of meaning is a
new id, and versions are compared through a crosswalk alone.
"""

from listening.codebook.changing import Decision, merge, rename, retire, split
from listening.codebook.crosswalk import RECODE, Crosswalk, Fate, crosswalk, fate
from listening.codebook.differences import Difference, differences
from listening.codebook.making import Exported, Imported
from listening.codebook.next_version import Following, following, free, raised
from listening.codebook.nouns import (
    ALWAYS_THERE,
    NO_REASON,
    OTHER,
    STATUSES,
    Change,
    Code,
    Codebook,
    CounterExample,
)
from listening.codebook.reading import load
from listening.codebook.refi import as_qdc, as_qdpx, from_refi
from listening.codebook.starting import Topic, empty, from_topics
from listening.codebook.tabular import as_taguette, fits, from_table
from listening.codebook.writing import as_toml, revised

__all__ = [
    "ALWAYS_THERE",
    "NO_REASON",
    "OTHER",
    "RECODE",
    "STATUSES",
    "Change",
    "Code",
    "Codebook",
    "CounterExample",
    "Crosswalk",
    "Decision",
    "Difference",
    "Exported",
    "Fate",
    "Following",
    "Imported",
    "Topic",
    "as_qdc",
    "as_qdpx",
    "as_taguette",
    "as_toml",
    "crosswalk",
    "differences",
    "empty",
    "fate",
    "fits",
    "following",
    "free",
    "from_refi",
    "from_table",
    "from_topics",
    "load",
    "merge",
    "raised",
    "rename",
    "retire",
    "revised",
    "split",
]
