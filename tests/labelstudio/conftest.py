"""A real Label Studio for all tests of this folder: started once, on tables made once."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

import pytest

from listening.labelstudio.client import LabelStudio, connect
from tests.labelstudio import serving
from tests.labelstudio.playing import CONFIG, Coder, sign_up
from tests.labelstudio.serving import ADMINISTRATOR, Server


@pytest.fixture(scope="session")
def label_studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own with an administrator; a skip that says how to get it without one."""
    if not serving.EXECUTABLE.is_file():
        if os.environ.get("CI"):
            pytest.fail("CI has every part: make check builds .venv-label-studio")
        pytest.skip("needs Label Studio: make label-studio (2 minutes, 1 GB)")
    with serving.server(tmp_path_factory.mktemp("label-studio")) as started:
        yield started


@pytest.fixture
def studio(label_studio: Server) -> LabelStudio:
    """A client signed in as the administrator."""
    return connect(label_studio.url, label_studio.credentials(ADMINISTRATOR))


@pytest.fixture(scope="session")
def coders(label_studio: Server) -> tuple[Coder, Coder]:
    """Two people who made their accounts by the invitation, each with a client."""
    opened = connect(label_studio.url, label_studio.credentials(ADMINISTRATOR))
    people = ("first@example.org", "second@example.org")
    both = [sign_up(opened.invite(address), address) for address in people]
    return both[0], both[1]


@pytest.fixture
def project(studio: LabelStudio) -> Iterator[int]:
    """An empty project of ours."""
    number = studio.make_project(uuid.uuid4().hex, "A project for a test", "For a test.", CONFIG)
    yield number
    studio.delete_project(number)
