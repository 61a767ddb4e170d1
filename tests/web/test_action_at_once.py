"""Two leads write into one action at once: the second reads what the first wrote."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from benchmarks.attackers import Programme as People
from listening.errors import NothingToDo
from listening.steps.acting import keeping, together
from tests.web.acting import begun, pointed
from tests.web.coding_town import shown
from tests.web.kept_town import keep
from tests.web.town import Town, client_of

FIRST = {"idea": "A repairs team for damp", "owner": "Repairs", "status": "planned"}


class Lead:
    """A lead with a form of an action open, as it was when they opened it."""

    def __init__(self, town: Town, who: str, then: str) -> None:
        self._client = client_of(town.people[who])
        self._address = f"/programmes/{town.here.slug}/actions/{then}"
        self._read(self._client.get(self._address))

    def _read(self, answer: Any) -> None:
        told = html.unescape(answer.content.decode())
        inputs = re.findall(r'<input type="(?:text|hidden)" name="([^"]+)" value="([^"]*)"', told)
        areas = re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', told, re.DOTALL)
        chosen = re.findall(
            r'<select name="([^"]+)".*?<option value="([^"]*)" selected', told, re.DOTALL
        )
        fields = dict([*inputs, *areas, *chosen])
        fields.pop("csrfmiddlewaretoken", None)
        self.fields = fields

    def save(self, **said: str) -> str:
        answer = self._client.post(self._address, {**self.fields, **said}, follow=True)
        told = shown(answer)
        if "There is a problem" in told:
            self._read(answer)
        return told


def two(town: Town, then: str = "change/", **told: Any) -> tuple[Any, Lead, Lead]:
    """Begin an action; return it, and two leads who have its form open."""
    one = begun(town, **{"theme": "", **FIRST, **told})
    place = f"{one.id}/{then}"
    return one, Lead(town, "lead", place), Lead(town, "lead", place)


def now(town: Town, one: Any) -> Any:
    return keeping.one(town.site, town.here, one.id)


def test_the_second_reads_what_the_first_wrote_and_loses_nothing(reading: Town) -> None:
    one, first, second = two(reading)
    assert "It was saved." in first.save(idea="A phone line for damp", status="testing")
    told = second.save(idea="Visits to damp homes", owner="Damp team")
    assert "Somebody saved this while you were writing: lead@mill.example." in told
    assert "lead@mill.example wrote: “A phone line for damp”" in told
    assert now(reading, one).idea == "A phone line for damp"
    assert second.fields["idea"] == "Visits to damp homes"
    assert second.fields["owner"] == "Damp team"
    assert second.fields["status"] == "testing"  # the second had left it alone
    assert "It was saved." in second.save()
    kept = now(reading, one)
    assert (kept.idea, kept.owner, kept.status) == ("Visits to damp homes", "Damp team", "testing")


def test_what_only_one_of_two_changed_is_kept_of_both_and_said(reading: Town) -> None:
    one, first, second = two(reading)
    first.save(owner="Head of housing", aim_when="31/3/2027")
    told = second.save(measure="Days to repair")
    assert "It was saved. Meanwhile lead@mill.example had changed this too" in told
    assert "Aim: by when" in told
    assert "Owner" in told
    kept = now(reading, one)
    assert (kept.owner, kept.aim_when, kept.measure) == (
        "Head of housing", "2027-03-31", "Days to repair",
    )  # fmt: skip


def test_evidence_that_both_changed_is_shown_as_ids(town: Town) -> None:
    people = keep(town, People.make(4, 200)).people.people
    here, theirs, mine = (f"s{person.id}" for person in people[:3])
    one, first, second = two(town, evidence=(here,))
    first.save(evidence=f"{here}\n{theirs}", checked="yes")
    told = second.save(evidence=f"{here}\n{mine}", checked="yes")
    assert f"wrote: “{here} {theirs}”" in " ".join(told.split())
    assert now(town, one).evidence == (here, theirs)
    second.save(checked="yes")
    assert now(town, one).evidence == (here, mine)


def test_the_same_written_twice_is_nobodys_loss(reading: Town) -> None:
    one, first, second = two(reading)
    first.save(owner="Damp team")
    assert "There is a problem" not in second.save(owner="Damp team")
    assert now(reading, one).owner == "Damp team"


def test_a_test_of_change_is_not_overwritten_unseen(reading: Town) -> None:
    one = begun(reading, **FIRST)
    pointed(reading, one)
    place = f"{one.id}/tests/1/"
    first, second = Lead(reading, "lead", place), Lead(reading, "lead", place)
    first.save(did="Six visits were made")
    told = second.save(did="Ten calls were made", act="adapt")
    assert "wrote: “Six visits were made”" in told
    (kept,) = keeping.tests(reading.site, reading.here, one.id)
    assert kept.did == "Six visits were made"
    assert "It was saved." in second.save()
    (kept,) = keeping.tests(reading.site, reading.here, one.id)
    assert (kept.did, kept.act) == ("Ten calls were made", "adapt")


def test_an_action_that_was_removed_meanwhile_is_said_to_be_gone(reading: Town) -> None:
    one, first, _ = two(reading)
    lead = reading.people["lead"]
    keeping.remove(reading.site, lead, reading.here, one.id)
    assert "There is no such page" in first.save(owner="Damp team")
    with pytest.raises(NothingToDo, match="was removed while you wrote"):
        together.save(reading.site, lead, reading.here, one, {"owner": "Damp team"}, 0)
    assert now(reading, one) is None


def test_residents_view_taken_by_two_is_not_overwritten_unseen(reading: Town) -> None:
    one, first, second = two(reading, "helped/")
    said = {"helped_asked": "12", "helped_on": "1/6/2026"}
    first.save(helped="yes", **said)
    told = second.save(helped="no", helped_asked="14", helped_on="1/6/2026")
    assert "wrote: “Yes, it helped”" in told
    assert "wrote: “12”" in told
    assert now(reading, one).helped == "yes"
