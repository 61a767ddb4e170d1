"""A Prefect server for one command: started beside it, and gone with it.

`python -m flows.server PORT` serves until its standard input closes, which the system does for it
when the command that started it ends in any way, `kill -9` among them.
"""

from __future__ import annotations

import os
import sys
import threading

APP = "prefect.server.api.server:create_app"


def main(port: int) -> None:
    """Serve Prefect's API on the loopback address until standard input closes."""
    import uvicorn

    threading.Thread(target=_leave_with_parent, daemon=True).start()
    uvicorn.run(APP, factory=True, host="127.0.0.1", port=port, log_level="error")


def _leave_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
