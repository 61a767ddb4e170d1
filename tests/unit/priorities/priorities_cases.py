"""Fictional residents for the tests of priorities: small tables, and a strategy that makes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from listening.priorities import RankSettings, Theme
from listening.records import PARTICIPANTS, Table, table_of

FEW = RankSettings(k=3, replicates=60)


def themes(*ids: str, apart: Sequence[str] = ()) -> list[Theme]:
    return [Theme(i, i.capitalize(), f"Residents speak of {i}.", i not in apart) for i in ids]


def person(participant_id: str, kind: str = "survey", **more: Any) -> dict[str, Any]:
    return {
        "participant_id": participant_id,
        "source_kind": kind,
        "place": "",
        "language": "en",
        "consent": "analysis",
        "people": 1,
        "date": "",
        "cluster": participant_id,
        "attributes": {},
        **more,
    }


def tables(said: Mapping[str, tuple[dict[str, Any], Sequence[str]]]) -> tuple[Table, Table]:
    """Raised and participants from {id: (what differs from the usual person, codes)}."""
    people = table_of(
        [person(name, **differs) for name, (differs, _) in said.items()], PARTICIPANTS
    )
    pairs = [(name, code) for name, (_, codes) in said.items() for code in codes]
    return pd.DataFrame(pairs, columns=["participant_id", "code"]), people


def crowd(kind: str, count: int, *codes: str, **more: Any) -> dict[str, Any]:
    """`count` people of one kind who all raise the same codes, with ids that do not clash."""
    mark = "-".join([kind, *codes, *map(str, more.values())])
    return {f"{mark}-{n}": ({"kind": kind, **more}, codes) for n in range(count)}


CODES = ("crime", "housing", "money", "parks")


@st.composite
def listenings(draw: st.DrawFn) -> tuple[Table, Table, list[Theme]]:
    """Some people of several sources and what they raised; at least one person."""
    kinds = st.sampled_from(("interview", "focus_group", "street", "survey"))
    size = draw(st.integers(1, 25))
    said: dict[str, Any] = {}
    for n in range(size):
        kind = draw(kinds)
        differs: dict[str, Any] = {"kind": kind, "people": draw(st.integers(1, 4))}
        if kind == "focus_group":
            differs["cluster"] = f"group {draw(st.integers(1, 3))}"
        said[f"p{n}"] = (differs, sorted(draw(st.sets(st.sampled_from(CODES)))))
    return *tables(said), themes(*CODES)
