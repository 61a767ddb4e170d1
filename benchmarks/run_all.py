"""Run every benchmark and write the tables to `benchmarks/results.md`: `make bench`."""

from __future__ import annotations

import os
import platform
from datetime import date
from pathlib import Path

from benchmarks import speed

HERE = Path(__file__).parent


def main() -> None:
    head = [
        "# Benchmark results",
        "",
        f"Made by `make bench` on {date.today().isoformat()}: Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, {platform.system()}. Machines are noisy: read the ratios, "
        "which come from one run.",
        "",
    ]
    (HERE / "results.md").write_text("\n".join([*head, *speed.tables()]) + "\n", encoding="utf-8")
    print(f"Written: {HERE / 'results.md'}")


if __name__ == "__main__":
    main()
