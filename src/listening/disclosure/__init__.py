"""The room of disclosure control: what of the working results may leave the team (METHOD §6).

Pure: exact figures, candidate quotes and earlier releases in, a document that may be published and
a list of what was withheld out. It counts nothing anew, and reads no file. Nothing narrower than
the profile's threshold can be worked out from what it lets through, which is verified by linear
programming before it returns.
"""

from __future__ import annotations

from listening.disclosure.nesting import nested
from listening.disclosure.protect import protect
from listening.disclosure.reading import truth
from listening.disclosure.released import released, unknown

__all__ = ["nested", "protect", "released", "truth", "unknown"]
