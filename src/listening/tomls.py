"""TOML files that people write: one way to read them, and one wording of what is wrong."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from listening.errors import ListeningError


def read_toml(content: str, file: str, error: type[ListeningError]) -> dict[str, Any]:
    """Return what a TOML text holds.

    Args:
        content: the text; a mark of UTF-8 before it, as Notepad writes one, is passed over.
        file: how errors call the file.
        error: what is raised.

    Raises:
        ListeningError: of the class `error`, naming the line and quoting nothing of it.
    """
    try:
        return tomllib.loads(content.removeprefix("\ufeff"))
    except RecursionError:
        raise error(file, "is too deeply nested.", "Write it flat. Then run again.") from None
    except tomllib.TOMLDecodeError as broken:
        line = re.search(r"line (\d+)", str(broken))
        where = f"at line {line[1]}" if line else "at its end"
        raise error(
            file,
            f"is not written as TOML {where}.",
            "Mend that line, often a missing quotation mark or bracket. Then run again.",
        ) from None


def texts(value: object, entry: str, file: str, error: type[ListeningError]) -> tuple[str, ...]:
    """Return a list of texts, each with its white space as single spaces.

    Args:
        value: what stands under `entry`.
        entry: its name.
        file: how errors call the file.
        error: what is raised.

    Raises:
        ListeningError: of the class `error`, if it is no list of texts.
    """
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise error(
            file,
            f"has `{entry}` that are no list of texts.",
            f'Write {entry} = ["one", "two"]. Then run again.',
        )
    return tuple(" ".join(text.split()) for text in value)
