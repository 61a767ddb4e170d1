"""A workplace for a process that will be killed: no fixture puts anything in order there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from listening.settings import Settings
from listening.steps import Work, open_work
from listening.steps.work import silent


def opened(home: Path, models: Any, url: str = "") -> Work:
    """Open a workplace at a folder."""
    settings = Settings(home=home, programme="Test programme", database_url=url)
    return open_work(settings, date(2026, 7, 1), models, silent)
