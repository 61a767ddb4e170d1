"""The whole way to what speaks against a theme and what no code covers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from listening.codebook import Code, Codebook, as_toml
from listening.steps import Work
from tests.steps.material import priorities, request, survey, table, whole_way

OpenAt = Callable[[Path], Work]
ROOFS = tuple(f"The roof of our flat leaks when rain comes in {n}" for n in "abcdefghi")
BUSES = tuple(f"No bus stopped near us on any evening last {n}" for n in "abcdefghi")
TALK = """Interviewer: Does the roof of your flat leak when rain comes?
Resident: No, the roof of our flat never leaks when rain comes in.
Interviewer: And what would help?
Resident: My parrot wants seven marble fountains beside an opera.
"""


def material(at: Path) -> tuple[Path, Path]:
    """Write a survey, an interview and a codebook; return the folder and the codebook."""
    inside = at / "in"
    inside.mkdir()
    survey(inside / "survey.csv", [(f"R{n}", t, "quotation") for n, t in enumerate(ROOFS + BUSES)])
    (inside / "talk.txt").write_text(TALK, encoding="utf-8")
    (inside / "manifest.csv").write_text(
        "file,speaker,kind,participant_id,consent\n"
        "talk.txt,Resident,interview,I1,analysis\ntalk.txt,Interviewer,interview,interviewer,\n",
        encoding="utf-8",
    )
    book = Codebook(
        "town", "Town", "1.0", "en", "",
        (Code("roofs", "Roofs", "A roof of a flat leaks.", examples=ROOFS),
         Code("buses", "Buses", "A bus on an evening.", examples=BUSES)),
    )  # fmt: skip
    (at / "town.toml").write_text(as_toml(book), encoding="utf-8")
    return inside, at / "town.toml"


def test_a_denial_is_told_beside_its_theme_and_stands_in_no_quotation_marks(
    open_at: OpenAt, tmp_path: Path
) -> None:
    inside, book = material(tmp_path)
    whole_way(open_at(tmp_path / "home"), request(inside, codebook=book), tmp_path / "out")
    cases = {p["id"]: p["negative_cases"] for p in priorities(tmp_path / "out")["priorities"]}
    (case,) = [one for one in cases["roofs"] if one["why"] == "denial"]
    assert case["text"].startswith("No, the roof")
    assert case["quotable"] is False
    assert all(one["why"] != "denial" for one in cases["buses"])
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    against = page.split("What speaks against it")[1].split("</details>")[0]
    assert "No, the roof of our flat never leaks" in against
    assert "has not agreed to be quoted" in against
    assert "“" not in against


def test_what_no_code_covers_is_listed_and_only_with_a_codebook(
    open_at: OpenAt, tmp_path: Path
) -> None:
    inside, book = material(tmp_path)
    work = open_at(tmp_path / "home")
    whole_way(work, request(inside, codebook=book), tmp_path / "out")
    rows = table(tmp_path / "out" / "uncovered.csv")
    assert [row["text"] for row in rows] == [
        "My parrot wants seven marble fountains beside an opera."
    ]
    assert rows[0]["people"] == "1"
    assert rows[0]["quotable"] == "False"
    whole_way(work, request(inside), tmp_path / "plain")
    assert not (tmp_path / "plain" / "uncovered.csv").exists()


def test_the_opposite_sentences_are_embedded_once(open_at: OpenAt, tmp_path: Path) -> None:
    inside, book = material(tmp_path)
    work = open_at(tmp_path / "home")
    whole_way(work, request(inside, codebook=book), tmp_path / "out")
    encoder = work.models.encoder
    before = len(encoder.asked)  # type: ignore[attr-defined]
    whole_way(work, request(inside, codebook=book), tmp_path / "out")
    assert len(encoder.asked) == before  # type: ignore[attr-defined]
