"""What each stage cost: seconds, peak memory, items."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")


@dataclass
class Cost:
    """The cost of one stage; a stage entered again adds to its seconds and items."""

    name: str
    seconds: float = 0.0
    peak_mb: float = 0.0
    items: int = 0


class Measure:
    """Costs of the stages of a run, in the order in which they were first entered."""

    def __init__(self) -> None:
        self._costs: dict[str, Cost] = {}
        self._inside: list[Cost] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure what happens inside as part of stage `name`."""
        cost = self._costs.setdefault(name, Cost(name))
        self._note_peak()  # of the stages around this one, before it is forgotten
        _forget_peak()
        self._inside.append(cost)
        start = time.perf_counter()
        try:
            yield
        finally:
            cost.seconds += time.perf_counter() - start
            self._note_peak()
            self._inside.pop()

    def _note_peak(self) -> None:
        highest = peak_mb()
        for cost in self._inside:
            cost.peak_mb = max(cost.peak_mb, highest)

    def count(self, name: str, items: int) -> None:
        """Say how many items stage `name` has worked on."""
        self._costs.setdefault(name, Cost(name)).items += items

    def items(self, name: str) -> int:
        """Return how many items stage `name` has worked on so far."""
        return self._costs[name].items if name in self._costs else 0

    def add(self, name: str, seconds: float) -> None:
        """Add seconds that passed elsewhere to stage `name`."""
        self._costs.setdefault(name, Cost(name)).seconds += seconds

    def rows(self) -> list[dict[str, Any]]:
        """Return the costs as plain rows, seconds to the millisecond."""
        return [
            {**asdict(cost), "seconds": round(cost.seconds, 3), "peak_mb": round(cost.peak_mb, 1)}
            for cost in self._costs.values()
        ]


def _forget_peak() -> None:
    # Linux forgets the highest memory use on request, so that every stage has its own peak.
    with suppress(OSError):
        _CLEAR.write_text("5")


def peak_mb() -> float:
    """Return the peak resident memory of this process in MB, of this stage where Linux tells."""
    with suppress(OSError):
        for line in _STATUS.read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest / (1024 * 1024 if sys.platform == "darwin" else 1024)
