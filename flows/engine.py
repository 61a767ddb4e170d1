"""The process of one run, as the worker starts it: `python -m flows.engine`.

It ends with the worker, `kill -9` of the worker among the ways: a run that nobody looks after would
go on beside the one that takes its place.
"""

from __future__ import annotations

import os
import runpy
import threading
import time


def main() -> None:
    """Carry out the run that Prefect's environment names."""
    threading.Thread(target=_leave_with_parent, args=(os.getppid(),), daemon=True).start()
    runpy.run_module("prefect.engine", run_name="__main__")


def _leave_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


if __name__ == "__main__":
    main()
