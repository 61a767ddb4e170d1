"""How often or at what length somebody said it moves no rank: the whole way, on small material."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from listening.codebook import Code, Codebook, as_toml
from listening.steps import Work
from tests.steps.material import ANSWERS, INTERVIEW, folder, priorities, request, survey, whole_way

OpenAt = Callable[[Path], Work]
#: Examples in the words of the material: the stand-in for a language model knows words alone.
EXAMPLES = {
    "home": (
        "Fix the damp in my flat",
        "The damp in my flat comes back every winter",
        "Repairs take months and the mould comes back",
        "The rent is too high for what we earn",
        "The rent went up again and my landlord never answers",
        "The lift in our block is broken again",
        "The mould in my flat comes back every winter",
        "My landlord never fixes the damp",
    ),
    "buses": (
        "More buses in the evening",
        "Buses that come when they say they will",
        "More buses in the evening would help me",
        "The buses never come when they say",
        "Late buses in the evening",
        "Buses that come in the evening would help",
        "More late buses would help",
        "Buses when they say they will come",
    ),
    "parks": (
        "A park that is clean and safe at night",
        "I love the park by the canal",
        "My children play in the park by the canal every day",
        "A clean park by the canal",
        "A park where children play at night",
        "The park is clean and safe",
        "The park by the canal is clean",
        "A park that is safe for children",
    ),
}
ROWS = [(f"R{n}", text, "quotation") for n, text in enumerate(ANSWERS)]


def ranked(open_at: OpenAt, inside: Path, at: Path) -> list[dict[str, Any]]:
    """Take a folder the whole way; return every theme's figures, without the words."""
    codes = tuple(Code(one, one, f"Of {one}.", examples=said) for one, said in EXAMPLES.items())
    at.mkdir(parents=True)
    book = at / "book.toml"
    book.write_text(as_toml(Codebook("small", "Small", "1.0", "en", "", codes)), encoding="utf-8")
    whole_way(open_at(at / "home"), request(inside, codebook=book), at / "out")
    words = ("quotes", "negative_cases", "needs", "changes")
    told = [
        {name: figure for name, figure in theme.items() if name not in words}
        for theme in priorities(at / "out")["priorities"]
    ]
    # the two of whom more is made in these tests raise something, or nothing would be shown
    assert sum(theme["people"] for theme in told) >= 3
    assert any(theme["sources"]["interview"]["people"] for theme in told)
    return told


def test_an_interview_twice_as_long_moves_no_rank(open_at: OpenAt, tmp_path: Path) -> None:
    once, twice = folder(tmp_path / "once"), folder(tmp_path / "twice")
    (twice / "interview.txt").write_text(INTERVIEW + INTERVIEW, encoding="utf-8")
    before = ranked(open_at, once, tmp_path / "a")
    assert ranked(open_at, twice, tmp_path / "b") == before


def test_one_persons_answer_ten_times_over_moves_no_rank(open_at: OpenAt, tmp_path: Path) -> None:
    once, often = folder(tmp_path / "once"), folder(tmp_path / "often")
    said = ". ".join([ANSWERS[0]] * 10)
    survey(often / "survey.csv", [(ROWS[0][0], said, ROWS[0][2]), *ROWS[1:]])
    before = ranked(open_at, once, tmp_path / "a")
    assert ranked(open_at, often, tmp_path / "b") == before


def test_a_survey_row_that_stands_twice_moves_no_rank(open_at: OpenAt, tmp_path: Path) -> None:
    once, double = folder(tmp_path / "once"), folder(tmp_path / "double")
    survey(double / "survey.csv", [*ROWS, ROWS[0]])
    before = ranked(open_at, once, tmp_path / "a")
    assert ranked(open_at, double, tmp_path / "b") == before
