"""Where the browser is, and what a test says that cannot find it."""

from __future__ import annotations

import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

#: marks of every test that needs it
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None,
        reason="needs Chromium: on Debian or Ubuntu, apt-get install chromium",
    ),
]
