"""Privacy: pseudonymise words before anyone or anything else reads them.

Persons, addresses, schools, surgeries, faith centres, employers and every identifier give way to
bracketed descriptors; public places stay, because they are evidence. The edit log says what was
replaced where and never what it was; the names behind the descriptors are for the vault alone.
"""

from listening.privacy.aside import mask
from listening.privacy.edits import EDITS
from listening.privacy.local import Local, parse_local
from listening.privacy.pseudonyms import (
    DESCRIPTOR,
    DESCRIPTORS,
    GUESSED,
    PLACES,
    Pseudonymised,
    pseudonymise,
)
from listening.privacy.told import told_in, without

__all__ = [
    "DESCRIPTOR",
    "DESCRIPTORS",
    "EDITS",
    "GUESSED",
    "PLACES",
    "Local",
    "Pseudonymised",
    "mask",
    "parse_local",
    "pseudonymise",
    "told_in",
    "without",
]
