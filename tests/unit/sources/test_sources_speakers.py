"""Who speaks, told to the person who checks: labels, roles, and what is a guess."""

from __future__ import annotations

from datetime import date

from listening.records import ReadOptions, Speaker
from listening.sources import gate, read, read_manifest

TALK = """Wren: What matters most to you around here?
Oriel: The damp in my flat comes back every winter.
Wren: And what else would you change?
Brindle: The rent went up again this year.
"""


def _speakers(text: str, manifest: str = "") -> tuple[Speaker, ...]:
    rows = read_manifest("manifest.csv", manifest.encode())[0] if manifest else None
    reading = read("talk.txt", text.encode(), ReadOptions(), rows)
    return gate(reading, "", date(2026, 7, 1)).speakers


def test_a_guessed_interviewer_is_said_to_be_a_guess() -> None:
    assert _speakers(TALK) == (
        Speaker("Wren", "interviewer", 2, sure=False),
        Speaker("Oriel", "participant", 1, sure=False),
        Speaker("Brindle", "participant", 1, sure=False),
    )


def test_a_label_that_means_an_interviewer_is_no_guess() -> None:
    first, *others = _speakers(TALK.replace("Wren:", "Interviewer:"))
    assert (first.label, first.role, first.sure) == ("Interviewer", "interviewer", True)
    assert not any(one.sure for one in others)


def test_whom_a_manifest_names_is_no_guess() -> None:
    told = "file,speaker,participant_id\ntalk.txt,Oriel,interviewer\ntalk.txt,wren,P7\n"
    roles = {one.label: (one.role, one.sure) for one in _speakers(TALK, told)}
    assert roles["Oriel"] == ("interviewer", True)
    assert roles["Wren"] == ("participant", True)


def test_a_text_without_labels_has_no_speakers() -> None:
    assert _speakers("She said that the bus never comes.\nThe lift is broken.\n") == ()
