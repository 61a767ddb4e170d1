"""Files that editors and operating systems leave behind; nobody meant to hand these in."""

from __future__ import annotations

_STARTS = (".", "~", "__MACOSX")
_ENDS = (".tmp", ".lock", ".part", ".crdownload", ".bak", "~")
_NAMES = ("thumbs.db", "desktop.ini")


def is_litter(name: str) -> bool:
    """Tell whether a file or folder of this name was left behind by a program."""
    low = name.lower()
    return name.startswith(_STARTS) or low.endswith(_ENDS) or low in _NAMES
