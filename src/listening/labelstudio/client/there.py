"""Whether a Label Studio answers: asked without signing in, and not for long."""

from __future__ import annotations

import httpx

#: seconds for which it is waited for
PATIENCE = 2.0


def answers(url: str) -> bool:
    """Whether a Label Studio answers at an address, right now."""
    try:
        told = httpx.get(f"{url.rstrip('/')}/health", timeout=PATIENCE, trust_env=False)
    except httpx.HTTPError:
        return False
    return told.status_code == httpx.codes.OK
