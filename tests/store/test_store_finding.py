"""What pages look for in the store is found through an index: no table is read from end to end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from listening.store import Store
from listening.store.frames import objects

LOOKED_FOR: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Segment", {"segment_id__in": ["a", "b"]}),
    ("Segment", {"document_id__in": ["a", "b"]}),
    ("Participant", {"participant_id__in": ["a", "b"]}),
    ("Document", {"document_id__in": ["a", "b"]}),
    ("Document", {"source_id": "s", "document_id": "d"}),
    ("Passage", {"source_id": "s", "document_id": "d"}),
    ("Place", {"source_id": "s", "document_id": "d"}),
)


@pytest.mark.parametrize(("table", "wanted"), LOOKED_FOR, ids="-".join)
def test_rows_are_found_by_their_ids(tmp_path: Path, table: str, wanted: dict[str, Any]) -> None:
    store = Store(tmp_path)
    plan = objects(store.alias, table).filter(**wanted).explain()
    store.close()
    assert "SCAN" not in plan
    # a source may be one table of a hundred thousand rows: to know it is not enough
    assert f"{list(wanted)[-1].removesuffix('__in')}=?" in plan
