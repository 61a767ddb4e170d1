"""The young, people who may be asked again, and disclosures of harm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from listening import steps
from listening.errors import NothingToDo
from listening.steps import Work, disclosures
from tests.steps.material import holding, request, table, whole_way

OpenAt = Callable[[Path], Work]
TALK = """Interviewer: What would help you?
Saoirse: A {0} where we can sit without being told to move on by the guards.
Interviewer: And at home?
Saoirse: My own {0} would do, with a door that closes and a light of its own.
"""
OTHER = """Interviewer: How is it for you on the hill?
Declan: The evening bus stops at nine, so that I walk home in the dark from my shift at the bakery.
Declan: A lit path along the old railway would help more than anything else that they have promised.
"""
HEAD = "file,speaker,kind,consent,voice,officer,young,consent_by,contact,disclosure\n"
RULES = 'name = "N"\nquestion = "Q?"\n[consent]\nyoung = "{}"\n[safeguarding]\nname = "Ms Lead"\n'
NUMBER = "07700 900 123"


def taken(
    open_at: OpenAt, at: Path, row: str, word: str = "bench", rules: str = ""
) -> tuple[Work, list[str], list[dict[str, str]]]:
    """Take one interview the whole way beside another; return what is counted and set aside."""
    inside = at / "in"
    inside.mkdir()
    (inside / "one.txt").write_text(TALK.format(word), encoding="utf-8")
    (inside / "other.txt").write_text(OTHER, encoding="utf-8")
    (inside / "manifest.csv").write_text(
        f"{HEAD}one.txt,Saoirse,interview,{row}\n", encoding="utf-8"
    )
    settings = at / "ours.toml"
    settings.write_text(rules or RULES.format("guardian"), encoding="utf-8")
    work = open_at(at / "home")
    whole_way(work, request(inside, programme=settings), at / "out")
    said = [segment["text"] for segment in table(at / "out" / "segments.csv")]
    return work, said, table(at / "out" / "rejects.csv")


@pytest.mark.parametrize("who", ["", "own", "guardian"])
def test_a_young_person_without_guardian_and_assent_is_left_out(
    open_at: OpenAt, tmp_path: Path, who: str
) -> None:
    row = f"quotation,verbatim,Rosa T.,yes,{who},,"
    _, said, rejects = taken(open_at, tmp_path, row)
    assert not any("bench" in text for text in said)
    assert any("guardian's consent with their own assent" in reject["why"] for reject in rejects)


def test_with_both_or_by_the_rule_of_own_consent_they_are_heard(
    open_at: OpenAt, tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    _, said, _ = taken(open_at, tmp_path / "a", "quotation,verbatim,Rosa T.,yes,both,,")
    assert any("bench" in text for text in said)
    own = RULES.format("own")
    row = "quotation,verbatim,Rosa T.,yes,own,,"
    _, said, _ = taken(open_at, tmp_path / "b", row, rules=own)
    assert any("bench" in text for text in said)


def test_a_disclosure_of_harm_is_kept_in_the_leads_queue_alone_and_the_lead_is_named(
    open_at: OpenAt, tmp_path: Path
) -> None:
    row = "quotation,verbatim,Rosa T.,,,,yes"
    work, said, rejects = taken(open_at, tmp_path, row, word="quillwort")
    assert said
    (passed_on,) = disclosures.everything(work.vault)
    assert holding(b"quillwort", tmp_path, tmp_path / "in") == [f"{passed_on.id}.json"]
    told = next(reject for reject in rejects if "disclosure of harm" in reject["why"])
    assert "Tell Ms Lead today" in told["what_to_do"]
    assert len(work.vault.read("people")) == 1


def test_how_to_reach_people_lies_in_the_vault_alone_and_is_written_out_on_request(
    open_at: OpenAt, tmp_path: Path
) -> None:
    row = f"quotation,verbatim,Rosa T.,,,{NUMBER},"
    work, said, _ = taken(open_at, tmp_path, row)
    assert any("bench" in text for text in said)
    kept = holding(NUMBER.encode(), tmp_path, tmp_path / "in")
    assert kept == ["contacts.json"]
    assert steps.write_contacts(work, tmp_path / "list.csv") == 1
    listed = table(tmp_path / "list.csv")[0]
    assert (listed["contact"], listed["officer"]) == (NUMBER, "Rosa T.")
    with pytest.raises(NothingToDo, match="is empty"):
        steps.write_contacts(work, tmp_path / "none.csv", officer="Somebody else")
    steps.withdraw(work, listed["participant_id"])
    (tmp_path / "list.csv").unlink()
    assert holding(NUMBER.encode(), tmp_path, tmp_path / "in", among=4) == []
