"""One Prefect server for all tests of flows, started before Prefect is imported."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from flows.orchestration import process_environment, server


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server; tests import `flows.listen` only once they have it."""
    with server(tmp_path_factory.mktemp("prefect"), process_environment()) as api:
        api.wait()
        yield os.environ["PREFECT_API_URL"]
