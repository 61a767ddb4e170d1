"""Four parts under one supervisor: they all start, and one Ctrl-C leaves none of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.flows.whole import below, free_port, until, words

#: what each part says once it is there; Label Studio's program is a stand-in that never answers
SAID = (b"Open http://127.0.0.1:", b"Prefect answers at", b"Working for", b"Label Studio starts")


def test_four_parts_start_and_one_ctrl_c_leaves_no_process(tmp_path: Path) -> None:
    stand_in = tmp_path / "label-studio"
    stand_in.write_text("#!/bin/sh\nexec sleep 600\n", encoding="utf-8")
    stand_in.chmod(0o700)
    bin_folder = Path(sys.executable).parent
    log = tmp_path / "log"
    environ = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT")} | {
        "PATH": f"{bin_folder}:{os.environ['PATH']}",
        "PYTHONUNBUFFERED": "1",
        "LISTENING_HOME": str(tmp_path / "home"),
        "LISTENING_PREFECT_URL": f"http://127.0.0.1:{free_port()}/api",
        "LISTENING_LABEL_STUDIO_URL": f"http://127.0.0.1:{free_port()}",
        "LISTENING_LABEL_STUDIO_BIN": str(stand_in),
    }
    with log.open("wb") as out:
        supervisor = subprocess.Popen(
            [bin_folder / "honcho", "--env", "/dev/null", "start", "--port", str(free_port())],
            cwd=ROOT, env=environ, stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    try:
        until(
            lambda: supervisor.poll() is not None or all(one in log.read_bytes() for one in SAID),
            "all four parts start",
        )
        assert supervisor.poll() is None, log.read_text(encoding="utf-8")
        parts = below(supervisor.pid)
        assert len(parts) >= len(SAID)
    finally:
        supervisor.send_signal(signal.SIGINT)
        supervisor.wait(60)
    until(lambda: not any(map(words, parts)), "no process is left")


def test_the_makefile_starts_the_same_supervisor() -> None:
    told = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "honcho --env /dev/null start --port $(PORT)" in told
    parts = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    assert [part.split(":")[0] for part in parts] == ["web", "prefect", "worker", "label_studio"]
