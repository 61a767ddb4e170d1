"""One section of `benchmarks/results.md` at a time: a command rewrites its own and no other."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import date
from pathlib import Path

RESULTS = Path(__file__).parent / "results.md"


def write(name: str, command: str, lines: Sequence[str]) -> None:
    """Put a section into the results, in place of the one of that name or at the end.

    Args:
        name: what the section is about: its heading.
        command: what makes it again.
        lines: its Markdown.
    """
    head = [
        f"## {name}",
        "",
        f"Made by `{command}` on {date.today().isoformat()}, Python {platform.python_version()}.",
        "",
    ]
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Benchmark results\n"
    parts = text.split("\n## ")
    fresh = "\n".join([*head, *lines]).removeprefix("## ").rstrip() + "\n"
    known = [number for number, part in enumerate(parts) if part.startswith(f"{name}\n")]
    if known:
        parts[known[0]] = fresh
    else:
        parts.append(fresh)
    RESULTS.write_text("\n## ".join(part.rstrip() + "\n" for part in parts), encoding="utf-8")
