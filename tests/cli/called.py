"""A command as its user calls it, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def listening(
    home: Path, *words: str, key: str = "", url: str = ""
) -> subprocess.CompletedProcess[str]:
    """Call it on a home, with a key of the vault and an address of the pages where given."""
    return subprocess.run(
        [sys.executable, "-m", "listening", *words],
        cwd=ROOT,
        env={
            **os.environ,
            "LISTENING_HOME": str(home),
            "LISTENING_VAULT_KEY": key,
            "LISTENING_URL": url,
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
