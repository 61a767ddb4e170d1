"""Sections of `benchmarks/results.md`: each benchmark replaces its own and leaves the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

RESULTS = Path(__file__).parent / "results.md"


def put(title: str, lines: Sequence[str], path: Path = RESULTS) -> None:
    """Write a section of the second level: in its old place, or at the end."""
    parts = re.split(r"^(?=## )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    made = "\n".join([f"## {title}", "", *lines]).rstrip() + "\n\n"
    places = [at for at, part in enumerate(parts) if part.split("\n")[0] == f"## {title}"]
    if places:
        parts[places[0]] = made
    else:
        parts.append(made)
    text = "".join(part.rstrip() + "\n\n" for part in parts)
    path.write_text(text.rstrip() + "\n", encoding="utf-8")
