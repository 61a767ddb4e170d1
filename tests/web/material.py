"""Files as officers have them: made up, of different kinds."""

from __future__ import annotations

from pathlib import Path

from listening.steps import reach, uploads
from listening.steps.nouns import Upload
from listening.steps.reader import read_next
from listening.steps.understanding import Answers
from tests.web.town import Town

#: nobody is labelled as the interviewer, and nothing is said of consent
TRANSCRIPT = b"""Wren: Thank you for coming. What would it take for you to thrive around here?
Oriel: My name is Oriel Quince and I live at 14 Lantern Street, MT4 5QX.
Wren: What is it like to live there?
Oriel: The damp in my flat comes back every winter and my children cough all night.
Brindle: The rent went up again. You can ring me on 07700 900123 about that.
Wren: Is there anything that you like about the place?
Brindle: I love the park by the canal, my daughter plays there every day after school.
"""
SURVEY = b"""Response ID,What would it take for you to thrive around here?,consent
R1,The rent is too high for what we earn,quotation
R2,Fix the damp in my flat please,analysis
R3,More buses in the evening would help me get home,none
"""
NOTE = b"""A mother of three by the bus stop said that the surgery never answers the phone.
She would like somewhere warm for the children to go after school.
"""
#: what an officer answers truly about TRANSCRIPT
TRUE = Answers(interviewer="0", consent="quotation")
ATTACK = "<img src=x onerror=alert(1)>"


def received(
    town: Town, content: bytes = TRANSCRIPT, name: str = "talk.txt", by: str = "officer"
) -> Upload:
    upload, _ = uploads.receive(town.site, town.people[by], town.here, name, content)
    return upload


def again(town: Town, upload: Upload, by: str = "officer") -> Upload:
    found = uploads.one(town.people[by], town.here, upload.id)
    assert found is not None
    return found


def files_address(town: Town) -> str:
    return f"/programmes/{town.here.slug}/files/"


def page_of(town: Town, upload: Upload) -> str:
    return f"{files_address(town)}{upload.id}/"


def under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def holding(needle: bytes, folder: Path) -> list[str]:
    return [path.name for path in under(folder) if needle.lower() in path.read_bytes().lower()]


def kept(town: Town, content: bytes, name: str, answers: Answers) -> Upload:
    """Take a file the whole way."""
    upload = received(town, content, name)
    uploads.answer(town.site, upload, answers)
    uploads.confirm(town.site, again(town, upload))
    assert read_next(town.site)
    return again(town, upload)


def rules(town: Town) -> None:
    """Give the first programme settings of its own, with some words of another language."""
    place = town.site.work(town.here).settings.home / "programme.toml"
    told = """name = "Mill Town"
question = "What would it take for you to thrive?"
languages = ["en", "so"]
[safeguarding]
name = "Duty desk"
phone = "01632 960001"
[words.so]
guide = "Hagaha"
"""
    place.write_text(told, encoding="utf-8")


def recorded(town: Town, by: str = "officer", **counts: int | None) -> reach.Tally:
    """Record how a piece of listening went."""
    said = {"approached": None, "spoke": None, "declined": None, **counts}
    where = {"date": "2026-03-27", "place": "Quayside", "language": "", "method": "street"}
    return reach.record(town.site, town.people[by], town.here, {**where, **said, "note": ""})
