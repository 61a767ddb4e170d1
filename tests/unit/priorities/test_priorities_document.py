"""The shape of priorities.json and priorities.csv, on which others rely."""

from __future__ import annotations

import json
from typing import Any

from priorities_cases import crowd, tables, themes

from listening.priorities import RankSettings, document, rank
from listening.priorities.figures import figure

SAID = {
    **crowd("survey", 20, "money", attributes={"ward": "East"}),
    **crowd("survey", 5, "parks", "other"),
    **crowd("interview", 12, "money", "parks"),
}
QUOTE = {
    "text": "The rent takes all that I earn here.",
    "voice": "verbatim",
    "source_kind": "interview",
    "attributes": {"ward": "East"},
    "segment_id": "abc.1",
}


def written(status: str = "reviewed") -> dict[str, Any]:
    codes = [*themes("money", "parks"), *themes("other", apart=["other"])]
    ranking = rank(*tables(SAID), codes, RankSettings(k=1, replicates=100, status=status), 1)
    return document(
        ranking,
        programme="A fictional borough",
        wave="2026",
        codebook_version="1.2",
        quotes={"money": [QUOTE]},
        not_yet_read=3,
    )


def test_the_status_comes_first_and_every_promised_field_is_there() -> None:
    found = written()
    assert next(iter(found)) == "status"
    promised = (
        "programme wave status codebook_version k participants not_yet_read priorities protected "
        "not_heard coverage sensitivity apart sources statement"
    )
    assert set(promised.split()) <= set(found)
    assert (found["participants"], found["not_yet_read"], found["k"]) == (37, 3, 1)
    fields = (
        "rank id name statement people of prevalence interval score rank_interval p_top_k tier "
        "tied_with sources groups needs changes quotes negative_cases why_order"
    )
    assert set(fields.split()) <= set(found["priorities"][0])
    assert found["apart"] == [{"id": "other", "name": "Other", "people": 5, "of": 37}]
    assert found["priorities"][0]["quotes"] == [QUOTE]
    assert found["priorities"][1]["quotes"] == []


def test_figures_are_plain_types_rounded_to_six_decimals() -> None:
    found = written()
    again = json.loads(json.dumps(found, allow_nan=False))
    assert again == found
    first = found["priorities"][0]
    assert (first["people"], first["of"], first["prevalence"]) == (32, 37, 0.864865)
    assert first["sources"]["interview"]["prevalence"] is None
    assert first["sources"]["survey"] == {
        "people": 20,
        "of": 25,
        "prevalence": 0.8,
        "interval": [0.60869, 0.911394],
        "estimated": False,
    }
    assert str(figure(-1e-9)) == "0.0"


def test_a_provisional_document_says_so_and_claims_no_top() -> None:
    found = written("provisional")
    assert found["statement"].startswith("Provisional: nobody has coded yet.")
    assert {one["p_top_k"] for one in found["priorities"]} == {None}
    assert found["protected"] == []
