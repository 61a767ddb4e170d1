"""Run the benchmark of speed and write its section of `benchmarks/results.md`: `make bench`."""

from __future__ import annotations

import os

from benchmarks import sections, speed


def main() -> None:
    note = f"{os.cpu_count()} cores. Machines are noisy: read the ratios, which come from one run."
    sections.write("Speed", "make bench", [note, "", *speed.tables()])
    print(f"Written: {sections.RESULTS}")


if __name__ == "__main__":
    main()
