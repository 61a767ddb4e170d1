"""Sections of `benchmarks/results.md`: each benchmark replaces its own and leaves the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

RESULTS = Path(__file__).parent / "results.md"


def put(title: str, lines: Sequence[str], path: Path = RESULTS) -> None:
    """Write a section of the second level: in its old place, or at the end."""
    parts = _parts(path)
    made = "\n".join([f"## {title}", "", *lines])
    places = [at for at, part in enumerate(parts) if part.split("\n")[0] == f"## {title}"]
    if places:
        parts[places[0]] = made
    else:
        parts.append(made)
    _write(parts, path)


def put_head(lines: Sequence[str], path: Path = RESULTS) -> None:
    """Write what stands before the first section."""
    _write(["\n".join(lines), *_parts(path)[1:]], path)


def _parts(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return re.split(r"^(?=## )", text, flags=re.MULTILINE)


def _write(parts: Sequence[str], path: Path) -> None:
    text = "\n\n".join(part.strip() for part in parts if part.strip())
    path.write_text(f"{text}\n", encoding="utf-8")
