"""What an exception may say to Prefect, and what not."""

from __future__ import annotations

import pytest

from flows.listen import without_words
from listening.errors import Fault, NothingToDo


def test_an_unexpected_exception_loses_its_own_words() -> None:
    with pytest.raises(Fault) as caught, without_words():
        raise ValueError("my landlord is a wobblethorn")
    assert "wobblethorn" not in str(caught.value)
    assert "ValueError" in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_sentence_for_the_user_passes() -> None:
    with pytest.raises(NothingToDo, match="no files"), without_words():
        raise NothingToDo("The folder", "has no files.", "Add some.")
