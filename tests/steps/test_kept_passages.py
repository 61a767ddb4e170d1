"""Passages laid out for the pages: every one of them once, on its page, in the people's order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from listening.report import Results
from listening.steps import kept_passages
from listening.steps.kept_passages import ON_A_PAGE, Laid

#: who said what, whether a person gave it the code and under which name, and whether it stands
CODED = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.integers(0, 30),
        st.sampled_from(["housing", "money"]),
        st.sampled_from(["", "ada", "ben"]),
        st.sampled_from(["active", "", "retired"]),
    ),
    max_size=160,
)


def _results(coded: list[tuple[int, int, str, str, str]], counted: set[int]) -> Results:
    rows = [
        {
            "segment_id": f"S{person}-{segment}",
            "participant_id": f"P{person}",
            "text": f"Line one\nof {segment} “é”\u2028",
            "code": code,
            "coder": coder or "machine",
            "origin": "human" if coder else "suggestion",
            "code_status": status,
        }
        for person, segment, code, coder, status in coded
    ]
    columns = ["segment_id", "participant_id", "text", "code", "coder", "origin", "code_status"]
    codings = pd.DataFrame(rows, columns=columns)
    told: dict[str, Any] = dict.fromkeys(Results.__dataclass_fields__)
    segments = codings[["segment_id"]].drop_duplicates()
    told |= {
        "document": {
            "priorities": [
                {"id": "housing"},
                {"id": "money"},
                {"id": "parks"},
                {
                    "id": "all",
                    "within": [{"id": one, "name": one.title()} for one in ("housing", "money")],
                },
            ]
        },
        "codings": codings,
        "segments": segments.assign(
            question="What?", voice="verbatim", source_kind="survey", document_id="d"
        ),
        "raised": pd.DataFrame(
            [{"participant_id": f"P{one}", "code": "housing"} for one in sorted(counted)],
            columns=["participant_id", "code"],
        ),
    }
    return Results(**told)


def _every(folder: Path, theme: str) -> list[Laid]:
    first = kept_passages.page(folder, theme, 1)
    return [kept_passages.page(folder, theme, number + 1) for number in range(first.pages)]


@settings(max_examples=40)
@given(coded=CODED, counted=st.sets(st.integers(0, 9)))
def test_every_passage_of_a_theme_is_on_one_page_in_the_order_of_the_people(
    tmp_path_factory: Any, coded: list[tuple[int, int, str, str, str]], counted: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    for name, content in kept_passages.files(_results(coded, counted)).items():
        (folder / name).write_bytes(content)
    for theme in ("housing", "money", "parks", "all"):
        codes = ("housing", "money") if theme == "all" else (theme,)
        own = [row for row in coded if row[2] in codes and row[4] != "retired"]
        by_people = any(row[3] for row in own)
        wanted = {(f"S{p}-{s}", f"P{p}") for p, s, _, coder, _ in own if coder or not by_people}
        pages = _every(folder, theme)
        rows = [row for laid in pages for row in laid.passages]
        assert {(row["segment_id"], row["participant_id"]) for row in rows} == wanted
        assert len(rows) == len(wanted) == pages[0].many
        assert all(len(laid.passages) == ON_A_PAGE for laid in pages[:-1])
        assert pages[0].people == len({person for _, person in wanted})
        assert pages[0].people_coded == by_people
        order = [(not row["counted"], row["participant_id"], row["segment_id"]) for row in rows]
        assert order == sorted(order)
        for row in rows:
            of = [c for p, s, _, c, _ in own if f"S{p}-{s}" == row["segment_id"] and c]
            assert row["coders"] == sorted(set(of))
            here = "housing" in codes and int(row["participant_id"][1:]) in counted
            assert row["counted"] == here
            assert row["text"].startswith("Line one\nof ")


def test_a_page_past_the_end_is_the_last_and_one_before_the_start_the_first(
    tmp_path: Path,
) -> None:
    coded = [(n % 10, n, "housing", "", "active") for n in range(2 * ON_A_PAGE + 1)]
    for name, content in kept_passages.files(_results(coded, set())).items():
        (tmp_path / name).write_bytes(content)
    assert kept_passages.page(tmp_path, "housing", 10**8).page == 3
    assert len(kept_passages.page(tmp_path, "housing", 10**8).passages) == 1
    assert kept_passages.page(tmp_path, "housing", 0) == kept_passages.page(tmp_path, "housing", 1)
    assert kept_passages.page(tmp_path, "no such theme", 4) == Laid()
