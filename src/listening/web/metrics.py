"""What can be counted of a running server, for Prometheus: no person, no word, no programme."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from listening.steps import measured
from listening.steps.measured import Measured

#: seconds for which what the databases say is not asked again
FRESH = 10.0
_SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "listening_requests", "Requests by the name of their address and by status",
    ("view", "status"), registry=REGISTRY,
)  # fmt: skip
DURATIONS = Histogram(
    "listening_request_seconds", "Seconds until a request was answered",
    ("view",), buckets=_SECONDS, registry=REGISTRY,
)  # fmt: skip


class _System(Collector):
    """What is looked up when it is asked for, at most every few seconds."""

    def __init__(self, look: Callable[[], Measured]) -> None:
        self._look = look
        self._turn = threading.Lock()
        self._at = float("-inf")
        self._last: Measured | None = None

    def collect(self) -> Iterator[Metric]:
        """Yield what is measured now."""
        yield from _families(self._fresh())

    def describe(self) -> list[Metric]:
        """Describe nothing: the databases are not there yet when this module is imported."""
        return []

    def forget(self) -> None:
        """Look again when next asked."""
        self._last = None

    def _fresh(self) -> Measured:
        with self._turn:
            if self._last is None or time.monotonic() - self._at > FRESH:
                self._last, self._at = self._look(), time.monotonic()
            return self._last


def _look() -> Measured:
    from listening.web import here

    return measured.measured(here.site(), here.reader().is_alive())


SYSTEM = _System(_look)
REGISTRY.register(SYSTEM)


def answered(view: str, status: int, seconds: float) -> None:
    """Count a request."""
    REQUESTS.labels(view, str(status)).inc()
    DURATIONS.labels(view).observe(seconds)


def text() -> bytes:
    """Return everything as Prometheus reads it."""
    return generate_latest(REGISTRY)


def _families(now: Measured) -> Iterator[Metric]:
    files = GaugeMetricFamily("listening_files", "Files that officers sent", labels=["state"])
    for state, count in now.files.items():
        files.add_metric([state], count)
    yield files
    yield CounterMetricFamily("listening_runs", "Runs made", value=now.runs)
    stages = CounterMetricFamily(
        "listening_stage_seconds", "Seconds that stages of runs took", labels=["stage"]
    )
    for stage, seconds in now.stages.items():
        stages.add_metric([stage], seconds)
    yield stages
    for name, said, value in (
        ("withdrawals_pending", "Tasks of people who withdrew, to delete in Label Studio",
         now.withdrawals),
        ("backup_age_seconds", "Seconds since the last backup; -1 where none was made",
         now.backup_age),
        ("disk_free_bytes", "Bytes free where things are kept", now.free),
        ("retention_overdue", "Programmes in which something should have gone", now.overdue),
        ("reader_alive", "Whether files that are confirmed are read", int(now.reader)),
    ):  # fmt: skip
        yield GaugeMetricFamily(f"listening_{name}", said, value=value)
