"""A programme with something of everything, by the steps that officers, coders and leads take.

The bundled example (shortened to 99 answers of its survey, so that the audit reads them all) is
read in; two people code it by keywords; three waves are told; an order is made; quotes are signed
off and refused; a release goes; a panel answers; actions stand with points, tests and a review.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from listening import steps
from listening.steps import (
    Request,
    accounts,
    by_hand,
    disclosures,
    label_studio,
    quoting,
    releasing,
    signing,
    waves,
)
from listening.steps.acting import keeping, views
from listening.steps.acting.keeping import Action, Cycle, Point
from listening.steps.coding import pull, push
from listening.steps.desk import changing
from listening.steps.kept_results import document, kept_results, make_results
from listening.steps.nouns import AskedAbout
from listening.steps.panel import keeping as panel_keeping
from listening.steps.panel import opening, telling
from listening.steps.selecting import select
from tests.conftest import EXAMPLE, ROOT, FakeModels
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, BEN, CODERS, marked, ticked
from tests.web.coding_town import Coded
from tests.web.material import TRANSCRIPT, TRUE, received, recorded
from tests.web.material import kept as kept_file
from tests.web.panel_town import Member
from tests.web.town import Town, town_at

BOOK = ROOT / "annotations" / "codebooks" / "north_westminster_six.toml"
ANSWERS = 99
#: interviews that are left out: reading them takes long
FURTHER = tuple(f"int_{number:02}_*" for number in range(3, 10))
WORDS = {
    "housing": r"damp|mould|rent|landlord|flat|home|lift|heating|repairs?|housing|boiler",
    "money": r"money|bills?|cost|afford|wages?|meter|price|cheap",
    "community": r"neighbours?|friends?|lonely|community|group|people to talk|club",
    "neighbourhood": r"park|street|bus|buses|rubbish|trees?|traffic|bench|shops?|library",
    "crime-safety": r"crime|safe|knife|drugs?|police|lights?|dark|scared",
    "structural-racism": r"racis\w+|accent|black|skin|name on|headscarf",
}
JOURNEY = """
[journey]
name = "Living here"
good = ["community"]
bad = ["money"]
[[journey.steps]]
name = "At home"
codes = ["housing"]
[[journey.steps]]
name = "Out on the street"
codes = ["neighbourhood", "crime-safety"]
[[journey.steps]]
name = "Among people"
codes = ["community", "structural-racism"]
"""


@dataclass(frozen=True)
class Laden:
    """The town, and what parts of addresses are called in it.

    Attributes:
        parts: by their names.
        panel: token of the panel's link; tokens: of other links, by the name of the address.
        sheets: of the panel: one that is `open`, and one that was `sent`.
    """

    made: Coded
    parts: Mapping[str, Any]
    panel: str
    sheets: Mapping[str, str]
    tokens: Mapping[str, str]


@contextmanager
def laden_town(home: Path, patch: pytest.MonkeyPatch, pipeline: Any) -> Iterator[Laden]:
    """Open the town."""
    with town_at(home / "site", FakeModels(pipeline)) as town:
        made = Coded(town, FakeLabelStudio(CODERS))
        patch.setattr(label_studio, "reached", lambda _settings: made.server)
        rules = (ROOT / "examples" / "programme_tallow_wharf.toml").read_text("utf-8") + JOURNEY
        made.work.settings.home.mkdir(parents=True, exist_ok=True)
        (made.work.settings.home / "programme.toml").write_text(rules, encoding="utf-8")
        _read(made, home / "material")
        parts = {"programme": town.here.slug, **_sent(town)}
        _code(made)
        for day in ("2026-04-01", "2026-05-15"):
            waves.begin(town.site, town.people["lead"], town.here, date.fromisoformat(day), "")
        make_results(made.work)
        parts |= {**_sign(made), **_act(town), **_released(made)}
        token, sheets, panel = _asked(town)
        changing.rename(made.work, "Ada", "It is about homes", "housing", "Homes")
        invited = accounts.invite("new@mill.example", town.here, "officer").token
        yield Laden(made, {**parts, "panel": panel}, token, sheets, {"invitation": invited})


def _read(made: Coded, folder: Path) -> None:
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("parents", *FURTHER))
    _rewritten(
        folder / "survey.csv", lambda rows: [*rows[:1], *rows[2::3], *rows[3::3]][: 1 + ANSWERS]
    )
    told = folder / "manifest_interviews.csv"
    _rewritten(
        told, lambda rows: [row for row in rows if row[0] == "file" or (folder / row[0]).is_file()]
    )
    asked = Request((folder,), codebook=BOOK, population=folder / "population.csv", k=3)
    steps.ingest(made.work, steps.begin(made.work, asked))


def _rewritten(table: Path, kept: Callable[[list[list[str]]], list[list[str]]]) -> None:
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(kept(rows))


def _code(made: Coded) -> None:
    """Ada and Ben read what was chosen for them, and code it by its words."""
    run, server = made.work.store.run().run_id, made.server
    select(made.work, run, None, None, 0)
    push(made.work, run, BOOK.read_text(encoding="utf-8"), server, [ADA, BEN])
    for coder in (ADA, BEN):
        for place, (task, held) in enumerate(server.hold(f"blind/whole/{coder}").items()):
            codes = _codes(held["data"]["text"])
            server.submit(task, coder, ticked(*codes, severity=1 + place % 3))
        for task, held in server.hold(f"blind/spans/{coder}").items():
            server.submit(task, coder, _turns(held))
    pull(made.work, server)


def _codes(text: str) -> list[str]:
    found = text.lower()
    return [code for code, words in WORDS.items() if re.search(rf"\b({words})\b", found)]


def _turns(task: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what a coder marks in a conversation: whole turns."""
    return [
        mark
        for turn, told in enumerate(task["data"]["dialogue"])
        if not told["author"].startswith(("Interviewer", "CDO"))
        for code in _codes(told["text"])
        for mark in marked(task, code, turn, told["text"])
    ]


def _sent(town: Town) -> dict[str, Any]:
    """Let the officer send files, note harm, count a round of listening, and enter a contact."""
    read = kept_file(town, TRANSCRIPT, "talk.txt", TRUE)
    waits = received(town, b"Oriel: The lift is broken again.\nWren: And then?\n", "waits.txt")
    recorded(town, approached=20, spoke=12)
    vault = town.site.work(town.here).vault
    told = disclosures.Disclosure("", waits.id, "waits.txt", disclosures.PERSON, "Oriel")
    entry = by_hand.Entry("", "P00001", "01632 960111", "", "Wren", "officer@mill.example", "")
    return {
        "file": read.id,
        "waits": waits.id,
        "disclosure": disclosures.add(vault, told).id,
        "contact": by_hand.add(vault, entry).id,
    }


def _sign(made: Coded) -> dict[str, Any]:
    """Sign three of four quotes off and refuse the rest but the first that waits."""
    kept = kept_results(made.work)
    assert kept is not None
    found = signing.waiting(made.work, kept.folder)
    for place, one in enumerate(found[:12]):
        signed, why = place % 4 != 3, "" if place % 4 != 3 else "The street says who it is."
        told = {"signed": signed, "why": why, "speaks": "yes" if signed else ""}
        signing.decide(made.work, kept.folder, [one.segment_id], "A. Lead", **told)
    told = document(kept)["priorities"]
    return {"quote": quoting.board(made.work, kept).first, "theme_id": told[0]["id"]}


def _released(made: Coded) -> dict[str, Any]:
    kept = kept_results(made.work)
    assert kept is not None
    done = releasing.release(made.work, kept.folder, None)
    return {"release": done.release, "part": "report.html", "sheet": "page", "day": "2026-04-01"}


def _act(town: Town) -> dict[str, Any]:
    """Begin actions in several states; one has points, a test, a review and an answer."""
    lead, where = town.people["lead"], town.here
    drivers = [key for _, many in views.driver_choices(town.site, where) for key, _ in many]
    full = keeping.save(
        town.site, lead, where,
        Action(
            theme="housing", idea="A repairs team for damp that comes within a week",
            aim_what="Fewer homes with damp that comes back", aim_whom="households on two estates",
            aim_much="by a third", aim_when="2027-03-31", driver=drivers[0], owner="Housing lead",
            measure="Visits within a week", unit="visits", direction="up", date="2026-05-01",
            status="testing", told="A team now looks at damp within a week of your call.",
            helped="partly", helped_asked=14, helped_on="2026-06-20",
            escalated_to="The borough’s housing board", escalated_why="Money for two more people",
            escalated_on="2026-06-01", answer="One more from autumn on", answered_on="2026-06-15",
            benefits="Families with small children", harmed="Nobody that we know of",
            missing="Private renters", mitigation="Visit the renters’ union", decision="adjust",
            reviewed_on="2026-06-10",
        ),
    )  # fmt: skip
    for number, value in enumerate((3, 4, 3, 5, 4, 6, 7, 8, 7, 9, 8, 10), 1):
        point = Point(f"2026-05-{2 * number:02}", float(value))
        keeping.add_point(town.site, lead, where, full.id, point)
    told = {"plan": "Try it on one stair for two weeks.", "did": "Nine visits.", "act": "adapt"}
    test = Cycle(**told, study="Fewer than hoped.", started="2026-05-04", ended="2026-05-18")
    keeping.save_test(town.site, lead, where, full.id, test)
    for theme, idea, status in (
        ("money", "Advice on energy bills in four languages", "planned"),
        ("neighbourhood", "Benches on the way to the surgery", "in place"),
        ("crime-safety", "Cameras on the stairs", "stopped"),
    ):
        why = "Residents were against it." if status == "stopped" else ""
        keeping.save(
            town.site, lead, where,
            Action(theme=theme, idea=idea, status=status, stopped_why=why, driver=drivers[-1]),
        )  # fmt: skip
    kept = keeping.points(town.site, where, full.id)
    return {"action": full.id, "point": kept[0].id, "cycle": 1, "width": "wide"}


def _asked(town: Town) -> tuple[str, dict[str, str], str]:
    """Ask a panel of which one member has answered and another is answering."""
    told = telling.document(town.site, town.here)
    assert told is not None
    asked = [
        AskedAbout(one.id, one.name, "People want this to be better around here.")
        for one in telling.choices(town.site, town.here, told)[:3]
    ]
    token = opening.open_panel(
        town.site, town.people["lead"], town.here, "Residents’ panel, May", asked,
        days=14, most=30, document=told,
    )  # fmt: skip
    link = f"/panel/{token}/"
    done, busy = Member(link), Member(link)
    done.say(present="2")
    sent = done.at.split("/")[3]
    for answers in ({"word": "rename"}, {"words": "A warm, dry home"}, {"word": "confirm"}):
        done.say(**answers)
    for answers in ({"word": "contest"}, {"words": "It is the buses."}, {"words": "Dogs."}, {}):
        done.say(**answers)
    panel_keeping.keep_next(town.site)
    busy.say(present="1")
    open_sheet = busy.at.split("/")[3]
    busy.say(word="rename")
    panel = opening.listed(town.site, town.here)[-1].panel.id
    return token, {"sent": sent, "open": open_sheet}, panel
