"""The flow against a real Prefect server, started by the fixture and gone with it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from listening import steps
from listening.steps import Work
from tests.conftest import ROOT
from tests.steps.material import folder, request, table

OpenAt = Callable[[Path], Work]


def test_the_flow_takes_a_run_the_whole_way(prefect: str, open_at: OpenAt, tmp_path: Path) -> None:
    from flows.listen import listen, workplace

    work = open_at(tmp_path / "home")
    run_id = steps.begin(work, request(folder(tmp_path / "in")))
    work.out = tmp_path / "out"
    token = workplace.set(work)
    told = listen(run_id)
    workplace.reset(token)
    assert told["counts"]["files"] == 2
    assert len(table(tmp_path / "out" / "segments.csv")) == told["counts"]["segments"]
    done = urllib.request.Request(
        f"{prefect}/flow_runs/filter", data=b"{}", headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(done) as answer:
        kept = answer.read()
    assert b'"COMPLETED"' in kept
    assert b"interview.txt" not in kept
    assert b"damp" not in kept


def test_the_server_goes_when_the_command_that_started_it_is_killed(tmp_path: Path) -> None:
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from flows.orchestration import server\n"
        f"with server(Path({str(tmp_path)!r}), os.environ) as api:\n"
        "    print(os.environ['PREFECT_API_URL'], flush=True)\n"
        "    api.wait()\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    environ = {k: v for k, v in os.environ.items() if k != "PREFECT_API_URL"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environ, capture_output=True, text=True
    )
    assert done.returncode == -9
    address = done.stdout.strip() + "/health"
    for _ in range(100):
        try:
            urllib.request.urlopen(address, timeout=1).close()
        except OSError:
            return
        time.sleep(0.1)
    pytest.fail("the server outlived the command")
