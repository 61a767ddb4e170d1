"""Somebody withdraws in the middle of something: nothing of theirs stays, others lose nothing."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from listening import codebook as books
from listening.errors import ListeningError
from listening.steps import Work, withdraw
from listening.steps.coding import pull, push, renewing
from listening.steps.coding.adjudicating import adjudicate
from listening.steps.coding.migrating import migrate, undo
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, BEN, CODERS, book, chosen, lay_out, marked, ticked
from tests.steps.test_coding_migrating import WHY, merged
from tests.steps.town import RUN

OpenAt = Callable[[Path], Work]
#: who leaves, a word that they alone say, and who spoke beside them
LEAVES, WORD, STAYS = "P90001", "winter", "P90002"
#: longer than a withdrawal that waits for nobody takes
_SOON = 0.4


class Studio(FakeLabelStudio):
    """It has somebody withdraw when it is asked for the n-th time."""

    def __init__(self) -> None:
        super().__init__(CODERS)
        self.at: int | None = None
        self.leave_now: Callable[[], None] = lambda: None
        self.threads: list[threading.Thread] = []

    def _request(self) -> None:
        super()._request()
        if self.at is not None and not self.threads:
            self.at -= 1
            if self.at < 0:
                one = threading.Thread(target=self.leave_now)
                self.threads.append(one)
                one.start()
                # where what is being done holds the workplace, the withdrawal waits for it
                one.join(_SOON)

    def texts(self) -> str:
        """All that it holds."""
        held = [[one.title, one.description, one.tasks] for one in self._projects.values()]
        return json.dumps(held, default=str)


def town(open_at: OpenAt, home: Path) -> tuple[Work, Studio]:
    work = open_at(home)
    lay_out(work, answers=40)
    chosen(work, home / "selection.csv")
    studio = Studio()

    def leave() -> None:
        other = open_at(home)
        try:
            other.labelstudio = studio
            withdraw(other, LEAVES)
        finally:
            other.store.close()

    studio.leave_now = leave
    return work, studio


def groups(studio: Studio, role: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for one in list(studio._projects.values()):
        if f"/{role}/spans" in one.key:
            yield from ((one.key.rsplit("/", 1)[-1], task) for task in list(one.tasks.values()))


def read(studio: Studio) -> None:
    """Both read the group: they agree on its other resident but for a code, and the answers."""
    for coder, task in groups(studio, "blind"):
        more = marked(task, "parks", 0, WORD) if coder == BEN else []
        theirs = marked(task, "housing", 2, "landlord")
        rent = marked(task, "buses", 2, "rent") if coder == BEN else []
        studio.submit(task["id"], coder, [*theirs, *more, *rent])
    for coder in (ADA, BEN):
        for place, number in enumerate(list(studio.hold(f"blind/whole/{coder}"))):
            codes = ["parks"] if coder == BEN and place < 3 else ["housing"]
            studio.submit(number, coder, ticked(*codes))


def _push(work: Work, studio: Studio) -> None:
    push(work, RUN, book(), studio, [ADA, BEN])


def _split() -> str:
    parts = books.split(
        books.load(book(), "town.toml"), "housing", [("walls", "Walls"), ("rent", "Rent")], WHY
    )
    toml = books.as_toml(parts).replace('status = "draft"', 'status = "active"')
    for name in ("walls", "rent"):
        toml = toml.replace(f'id = "{name}"', f'id = "{name}"\ndefinition = "Of {name}."', 1)
    return toml


def _begun(work: Work, studio: Studio) -> None:
    _push(work, studio)
    pull(work, studio)
    read(studio)


def _coded(work: Work, studio: Studio) -> None:
    _begun(work, studio)
    pull(work, studio)


def _carried(work: Work, studio: Studio) -> None:
    _coded(work, studio)
    migrate(work, RUN, merged(), studio)


def _settling(work: Work, studio: Studio) -> None:
    _coded(work, studio)
    adjudicate(work, RUN, studio)
    for _, task in groups(studio, "adjudication"):
        studio.submit(task["id"], "cleo@example.org", marked(task, "parks", 2, "rent"))


WAYS: dict[str, tuple[Callable[[Work, Studio], None], Callable[[Work, Studio], object]]] = {
    "push": (lambda _w, _s: None, _push),
    "push-again": (_coded, _push),
    "pull": (_begun, pull),
    "adjudicate": (_coded, lambda w, s: adjudicate(w, RUN, s)),
    "adjudicate-again": (_settling, lambda w, s: adjudicate(w, RUN, s)),
    "merge": (_coded, lambda w, s: migrate(w, RUN, merged(), s)),
    "split": (_coded, lambda w, s: migrate(w, RUN, _split(), s)),
    "undo": (_carried, lambda w, s: undo(w, RUN, s)),
    "renew": (_coded, lambda w, s: renewing.renew(w, RUN, s)),
}


#: requests to Label Studio before which somebody withdraws: outside of the lock and inside of it
AT = {
    "push": (0, 6, 12),
    "push-again": (3,),
    "pull": (0, 3, 5),
    "adjudicate": (1, 2),
    "adjudicate-again": (1, 4),
    "merge": (8, 18),
    "split": (18, 20, 23),
    "undo": (17,),
    "renew": (0,),
}


@pytest.mark.parametrize(("way", "at"), [(way, at) for way in WAYS for at in AT[way]])
def test_who_withdraws_while_something_is_done_is_nowhere_afterwards(
    open_at: OpenAt, tmp_path: Path, way: str, at: int
) -> None:
    work, studio = town(open_at, tmp_path / "home")
    first, then = WAYS[way]
    first(work, studio)
    studio.at = at
    with contextlib.suppress(ListeningError):
        then(work, studio)
    studio.at = None
    if not studio.threads:
        studio.leave_now()  # it asked less often: right afterwards
    for thread in studio.threads:
        thread.join()
    pull(work, studio)
    pull(work, studio)
    assert work.store.loop.leaving() == []
    assert WORD not in studio.texts()
    codings = work.store.codings()
    assert LEAVES not in set(codings["participant_id"])
    for project in work.store.loop.projects():
        for one in work.store.loop.items(project.key):
            assert LEAVES not in one.participants
            assert LEAVES not in {turn.participant_id for turn in one.turns}
    if first is not WAYS["push"][0]:
        mine = codings[codings["participant_id"] == STAYS]
        assert {ADA, BEN} <= set(mine["coder"])
