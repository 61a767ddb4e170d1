"""Runs of Prefect, as much of them as pages need: start one by name, see how far it is, again.

Spoken to directly, over its own API on this machine: its client takes seconds to import, which the
process with the pages need not pay. Prefect is told ids, and keeps counts and names of stages.
"""

from __future__ import annotations

import base64
import json
import secrets
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from listening.errors import ServerAway
from listening.steps.site import now
from listening.store.lock import alone_in

#: name of every deployment of ours, under its flow's name: `read/listening`
DEPLOYMENT = "listening"
#: states of a run that is over
COMPLETED, FAILED, CRASHED, CANCELLED = "COMPLETED", "FAILED", "CRASHED", "CANCELLED"
SCHEDULED, PENDING, RUNNING = "SCHEDULED", "PENDING", "RUNNING"
#: seconds that an answer may take; it comes from this machine
_PATIENCE = 5.0
# a proxy that the environment names is for elsewhere
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Run:
    """A run of a deployment.

    Attributes:
        state: one of the states above, or another of Prefect's.
        since: when it came into that state.
        began: when it was begun the last time; None before.
    """

    id: str
    state: str
    since: datetime
    began: datetime | None = None


@dataclass(frozen=True)
class Stage:
    """How far a run has come: in which stage, and how much of it is done."""

    name: str
    done: int = 0
    of: int = 0

    def __str__(self) -> str:
        """Write it as the run tells Prefect."""
        return f"{self.name} {self.done} {self.of}"

    @classmethod
    def read(cls, told: str) -> Stage | None:
        """Read what `str` wrote; None where it is something else."""
        name, *counts = told.split(" ")
        if len(counts) == 2 and all(count.isdecimal() for count in counts):
            return cls(name, *map(int, counts))
        return None


def account(home: Path) -> str:
    """Return the name and password by which Prefect knows our own processes; made the first time.

    Whoever may start runs may start programs: not every page in a browser on this machine may.
    """
    path = home / "prefect" / "password"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with alone_in(path.parent):
        if not path.exists():
            fresh = path.with_suffix(".new")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(32), encoding="ascii")
            fresh.replace(path)  # a kill leaves none, or a whole one
        return f"listening:{path.read_text(encoding='ascii')}"


class Runs:
    """The runs of one Prefect server, as `account` of a home."""

    def __init__(self, url: str, home: Path) -> None:
        self._url = url
        known = base64.b64encode(account(home).encode()).decode()
        self._headers = {"Content-Type": "application/json", "Authorization": f"Basic {known}"}

    def of(self, key: str) -> list[Run]:
        """Return the runs that were started under a key, newest first, the last few of them.

        Raises:
            ServerAway: Prefect does not answer.
        """
        wanted = {"flow_runs": {"tags": {"all_": [key]}}, "sort": "EXPECTED_START_TIME_DESC"}
        return [_run(told) for told in self._ask("flow_runs/filter", {**wanted, "limit": 5})]

    def start(self, flow: str, key: str, parameters: Mapping[str, str]) -> None:
        """Start a run of a flow's deployment under a key.

        Raises:
            ServerAway: Prefect does not answer, or has no such deployment yet.
        """
        found = self._ask(f"deployments/name/{flow}/{DEPLOYMENT}")
        told = {"parameters": dict(parameters), "tags": [key], "name": key}
        self._ask(f"deployments/{found['id']}/create_flow_run", told)

    def again(self, run: Run, after: timedelta) -> None:
        """Let a run that is over, or whose process is gone, be done again after a while.

        Raises:
            ServerAway: Prefect does not answer.
        """
        when = (now() + after).isoformat()
        state = {
            "type": SCHEDULED,
            "message": "Taken up again.",
            "state_details": {"scheduled_time": when},
        }
        self._ask(f"flow_runs/{run.id}/set_state", {"state": state, "force": True})

    def how_far(self, run: Run) -> Stage | None:
        """Return how far a run has come; None where it has not said so yet.

        Raises:
            ServerAway: Prefect does not answer.
        """
        wanted = {"artifacts": {"flow_run_id": {"any_": [run.id]}}, "sort": "UPDATED_DESC"}
        found = self._ask("artifacts/filter", {**wanted, "limit": 1})
        return Stage.read(str(found[0]["description"])) if found else None

    def _ask(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        content = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(  # noqa: S310
            f"{self._url}/{path}", content, self._headers
        )
        try:
            with _OPENER.open(asked, timeout=_PATIENCE) as answer:
                return json.load(answer)
        except (OSError, ValueError):
            raise ServerAway(
                "Prefect", "does not answer.", "See that its part of make serve is running."
            ) from None


def _run(told: Mapping[str, Any]) -> Run:
    state, began = told["state"] or {}, told["start_time"]
    return Run(
        str(told["id"]),
        str(state.get("type", SCHEDULED)),
        datetime.fromisoformat(state["timestamp"]) if state else now(),
        datetime.fromisoformat(began) if began else None,
    )
