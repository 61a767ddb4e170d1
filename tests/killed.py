"""Processes that are killed where a test wants them to be: nothing is put in order after."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

#: seconds after which a child that neither ended nor was killed is given up
LONGEST_S = 120


def kill(*_told: Any) -> None:
    """End this process at once."""
    os.kill(os.getpid(), signal.SIGKILL)


def killed(do: Callable[[], object]) -> bool:
    """Do something in a process of its own; whether that was killed.

    Raises:
        AssertionError: it hung, or failed in another way.
    """
    child = os.fork()
    if not child:
        failed = 1
        try:
            signal.alarm(LONGEST_S)
            do()
            failed = 0
        finally:
            os._exit(failed)
    told = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(told):
        assert os.WTERMSIG(told) == signal.SIGKILL, "it hung"
        return True
    assert os.WEXITSTATUS(told) == 0, "it failed before it was killed"
    return False
