"""Whatever TOML file is broken, its owner reads the same sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from listening import codebook, programme
from listening.errors import ListeningError
from listening.privacy import parse_local
from listening.tomls import read_toml

READERS: tuple[Callable[[str, str], object], ...] = (codebook.load, programme.load, parse_local)


@pytest.mark.parametrize("reader", READERS)
def test_a_broken_file_is_told_by_its_line_and_in_the_same_words(
    reader: Callable[[str, str], object],
) -> None:
    with pytest.raises(ListeningError) as caught:
        reader('a = "one"\nperson = [Secretname\n', "mine.toml")
    assert "mine.toml: is not written as TOML at line 2. Mend that line" in str(caught.value)
    assert "Secretname" not in str(caught.value)


@pytest.mark.parametrize(
    ("reader", "content", "entry"),
    [(programme.load, 'name = "n"\nquestion = "q"\nprompts = "one"\n', "prompts"),
     (parse_local, 'person = "Xola"\n', "person")],
)  # fmt: skip
def test_what_should_be_a_list_is_told_in_the_same_words(
    reader: Callable[[str, str], object], content: str, entry: str
) -> None:
    with pytest.raises(ListeningError, match=f"has `{entry}` that are no list of texts"):
        reader(content, "mine.toml")


def test_the_mark_that_notepad_writes_is_passed_over() -> None:
    assert read_toml("\ufeffa = 1\n", "mine.toml", ListeningError) == {"a": 1}
