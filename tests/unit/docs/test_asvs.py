"""The list of OWASP's requirements is whole, and what it names is there."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "reference" / "asvs.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+) \| (.+) \| `(.+)` \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE)
VERDICTS = ("met", "not applicable", "not met")
#: section to its requirements of level 1 and of level 2, in version 5.0.0
NUMBERS: dict[str, tuple[str, str]] = {
    "1.1": ("", "1 2"),
    "1.2": ("1 2 3 4 5", "6 7 8 9"),
    "1.3": ("1 2", "3 4 5 6 7 8 9 10 11"),
    "1.4": ("", "1 2 3"),
    "1.5": ("1", "2"),
    "2.1": ("1", "2 3"),
    "2.2": ("1 2", "3"),
    "2.3": ("1", "2 3 4"),
    "2.4": ("", "1"),
    "3.2": ("1 2", ""),
    "3.3": ("1", "2 3 4"),
    "3.4": ("1 2", "3 4 5 6"),
    "3.5": ("1 2 3", "4 5"),
    "3.7": ("", "1 2"),
    "4.1": ("1", "2 3"),
    "4.2": ("", "1"),
    "4.3": ("", "1 2"),
    "4.4": ("1", "2 3 4"),
    "5.1": ("", "1"),
    "5.2": ("1 2", "3"),
    "5.3": ("1 2", ""),
    "5.4": ("", "1 2 3"),
    "6.1": ("1", "2 3"),
    "6.2": ("1 2 3 4 5 6 7 8", "9 10 11 12"),
    "6.3": ("1 2", "3 4"),
    "6.4": ("1 2", "3 4"),
    "6.5": ("", "1 2 3 4 5"),
    "6.6": ("", "1 2 3"),
    "6.8": ("", "1 2 3 4"),
    "7.1": ("", "1 2 3"),
    "7.2": ("1 2 3 4", ""),
    "7.3": ("", "1 2"),
    "7.4": ("1 2", "3 4 5"),
    "7.5": ("", "1 2"),
    "7.6": ("", "1 2"),
    "8.1": ("1", "2"),
    "8.2": ("1 2", "3"),
    "8.3": ("1", ""),
    "8.4": ("", "1"),
    "9.1": ("1 2 3", ""),
    "9.2": ("1", "2 3 4"),
    "10.1": ("", "1 2"),
    "10.2": ("", "1 2"),
    "10.3": ("", "1 2 3 4"),
    "10.4": ("1 2 3 4 5", "6 7 8 9 10 11"),
    "10.5": ("", "1 2 3 4 5"),
    "10.6": ("", "1 2"),
    "10.7": ("", "1 2 3"),
    "11.1": ("", "1 2"),
    "11.2": ("", "1 2 3"),
    "11.3": ("1 2", "3"),
    "11.4": ("1", "2 3 4"),
    "11.5": ("", "1"),
    "11.6": ("", "1"),
    "12.1": ("1", "2 3"),
    "12.2": ("1 2", ""),
    "12.3": ("", "1 2 3 4"),
    "13.1": ("", "1"),
    "13.2": ("", "1 2 3 4 5"),
    "13.3": ("", "1 2"),
    "13.4": ("1", "2 3 4 5"),
    "14.1": ("", "1 2"),
    "14.2": ("1", "2 3 4"),
    "14.3": ("1", "2 3"),
    "15.1": ("1", "2 3"),
    "15.2": ("1", "2 3"),
    "15.3": ("1", "2 3 4 5 6 7"),
    "16.1": ("", "1"),
    "16.2": ("", "1 2 3 4 5"),
    "16.3": ("", "1 2 3 4"),
    "16.4": ("", "1 2 3"),
    "16.5": ("", "1 2 3"),
    "17.1": ("", "1"),
    "17.2": ("", "1 2 3 4"),
    "17.3": ("", "1 2"),
}


def wanted() -> dict[str, str]:
    """Return each number with its level."""
    return {
        f"{section}.{number}": str(level)
        for section, levels in NUMBERS.items()
        for level, numbers in enumerate(levels, start=1)
        for number in numbers.split()
    }


def test_there_are_as_many_requirements_as_the_standard_has() -> None:
    levels = list(wanted().values())
    assert (levels.count("1"), levels.count("2")) == (70, 183)


def test_no_requirement_of_levels_1_and_2_is_left_out_or_stands_twice() -> None:
    assert {number: level for number, level, *_ in ROWS} == wanted()
    assert len(ROWS) == len(wanted())


def test_every_row_of_the_page_is_read() -> None:
    lines = [line for line in PAGE.splitlines() if re.match(r"\| \d", line)]
    assert len(lines) == len(ROWS)
    assert {verdict for *_, verdict, _ in ROWS} <= set(VERDICTS)


@pytest.mark.parametrize("shown", sorted({shown for *_, shown in ROWS}))
def test_what_shows_it_is_there(shown: str) -> None:
    path, _, name = shown.partition("::")
    assert (ROOT / path).is_file()
    if name:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert name in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}


def test_what_is_not_met_is_told_first_and_the_sums_are_right() -> None:
    said = re.search(r"Of (\d+) requirements (\d+) are met, (\d+) do not apply, and (\d+)", PAGE)
    assert said
    verdicts = [verdict for *_, verdict, _ in ROWS]
    assert [int(one) for one in said.groups()] == [
        len(ROWS), *(verdicts.count(one) for one in VERDICTS),
    ]  # fmt: skip
    listed = re.findall(r"^- \*\*(.+)\*\* .+\.$", PAGE, re.MULTILINE)
    assert listed == [number for number, _, _, verdict, _ in ROWS if verdict == "not met"]
