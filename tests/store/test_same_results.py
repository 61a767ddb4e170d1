"""The same material gives the same results, to the byte, whichever database keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from listening.settings import Settings
from listening.steps import open_work
from listening.steps.work import silent
from tests.conftest import FakeModels
from tests.steps.material import folder, request, whole_way


@pytest.mark.parametrize("codebook", ["", "annotations/codebooks/north_westminster_six.toml"])
def test_sqlite_and_postgresql_give_the_same_files(
    postgres: Callable[[], str], pipeline: Any, tmp_path: Path, codebook: str
) -> None:
    material = folder(tmp_path / "material")
    results = {}
    for name, url in {"SQLite": "", "PostgreSQL": postgres()}.items():
        settings = Settings(home=tmp_path / name, database_url=url)
        work = open_work(settings, date(2026, 7, 1), FakeModels(pipeline), silent)
        out = tmp_path / f"{name} results"
        asked = request(material, codebook=Path(codebook) if codebook else None)
        told = whole_way(work, asked, out)
        work.store.close()
        files = {path.name: path.read_bytes() for path in out.iterdir() if path.name != "run.json"}
        results[name] = (files, list(told["parameters"]))
    (one, told_one), (other, told_other) = results.values()
    assert len(one) > 12
    assert [name for name in one if one[name] != other.get(name)] == []
    assert one.keys() == other.keys()
    assert told_one == told_other  # the order of what was asked for
