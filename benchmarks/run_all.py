"""Measure speed and write its tables to `benchmarks/results.md`: `make bench`.

Other sections of that file are written by commands of their own, which take longer.
"""

from __future__ import annotations

import os
import platform
from datetime import date

from benchmarks import sections, speed


def main() -> None:
    head = [
        "# Benchmark results",
        "",
        f"Made by `make bench` on {date.today().isoformat()}: Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, {platform.system()}. Machines are noisy: read the ratios, "
        "which come from one run.",
        "",
    ]
    sections.put_head(head)
    sections.put("Speed", speed.tables()[2:])
    print(f"Written: {sections.RESULTS}")


if __name__ == "__main__":
    main()
