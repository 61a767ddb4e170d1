"""Label Studio killed, set back, changed by hand under the loop: nothing is lost or doubled."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from listening import codebook as books
from listening.errors import ServerAway
from listening.labelstudio.client import LabelStudio
from listening.labelstudio.process import DATABASE
from listening.steps import Work
from listening.steps.coding import pull, push, renewing, status
from listening.steps.coding.adjudicating import adjudicate
from listening.steps.coding.migrating import migrate
from tests.labelstudio.playing import Coder, sign_in, sign_up
from tests.labelstudio.serving import Server
from tests.labelstudio.test_label_studio_faults import SOON, OwnServer
from tests.labelstudio.test_review import WHY, coded, number_of
from tests.steps.coded_town import book, chosen, lay_out, ticked
from tests.steps.town import RUN

pytestmark = pytest.mark.labelstudio
OpenAt = Callable[[Path], Work]
PEOPLE = ("killed-one@example.org", "killed-two@example.org")


@pytest.fixture(scope="module")
def own(label_studio: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    """A server that may be killed, with two coders; `label_studio` skips where there is none."""
    made = OwnServer(tmp_path_factory.mktemp("killed"))
    client = made.client(SOON)
    for one in PEOPLE:
        sign_up(client.invite(one), one)
    yield made
    made.stop()


@pytest.fixture
def studio(own: OwnServer) -> LabelStudio:
    return own.client(SOON)


@pytest.fixture
def both(own: OwnServer, studio: LabelStudio) -> tuple[Coder, Coder]:
    one, other = (sign_in(studio.url, address) for address in PEOPLE)
    return one, other


@pytest.fixture
def work(open_at: OpenAt, tmp_path: Path) -> Work:
    opened = open_at(tmp_path / "home")
    lay_out(opened, answers=60)
    chosen(opened, tmp_path / "selection.csv")
    return opened


@pytest.fixture
def shared(open_at: OpenAt, tmp_path: Path) -> Work:
    """Enough answers for a project that coders share."""
    opened = open_at(tmp_path / "home")
    lay_out(opened, answers=300, group=False)
    for name in ("first.csv", "second.csv"):
        chosen(opened, tmp_path / name)
    return opened


def killing(own: OwnServer, studio: LabelStudio, name: str, after: int) -> None:
    """Kill the server once it has done something so often; nobody hears that it was done."""
    inner, times = getattr(studio, name), []

    def then_killed(*given: Any) -> Any:
        told = inner(*given)
        times.append(1)
        if len(times) == after:
            own.kill()
            raise ServerAway("Label Studio", "does not answer.", "Start it.")
        return told

    setattr(studio, name, then_killed)


def keys(studio: LabelStudio, project: int) -> Counter[str]:
    return Counter(task["data"]["item_key"] for task in studio.changed(project, ""))


def test_killed_while_what_differs_is_sent_to_be_settled(
    own: OwnServer, studio: LabelStudio, work: Work, both: tuple[Coder, Coder]
) -> None:
    coded(work, studio, both)
    killing(own, studio, "add_tasks", 1)
    with pytest.raises(ServerAway):
        adjudicate(work, RUN, studio)
    own.start()
    again = own.client(SOON)
    told = adjudicate(work, RUN, again)
    found = keys(again, number_of(work, "adjudication/whole"))
    assert set(found.values()) == {1}
    assert told.differ >= len(found) >= 4
    assert told.sent + told.there == told.differ


@pytest.mark.parametrize(("call", "after"), [("set_config", 1), ("replace_result", 2)])
def test_killed_while_a_codebook_changes(
    own: OwnServer,
    studio: LabelStudio,
    work: Work,
    both: tuple[Coder, Coder],
    call: str,
    after: int,
) -> None:
    coded(work, studio, both)
    before = work.store.codings()
    merged = books.merge(books.load(book(), "town.toml"), ["parks"], "buses", WHY)
    killing(own, studio, call, after)
    with pytest.raises(ServerAway):
        migrate(work, RUN, books.as_toml(merged), studio)
    own.start()
    again = own.client(SOON)
    migrate(work, RUN, books.as_toml(merged), again)
    done = pull(work, again, everything=True)
    assert (done.saved.new, done.saved.changed, done.saved.deleted) == (0, 0, 0)
    now = work.store.codings()
    given = {"parks": "buses"}
    assert set(now["codebook_version"]) == {"1.1"}
    assert Counter(zip(now["segment_id"], now["coder"], now["code"], strict=True)) == Counter(
        (one, who, given.get(code, code))
        for one, who, code in zip(
            before["segment_id"], before["coder"], before["code"], strict=True
        )
    )


def test_killed_while_suggestions_are_renewed(
    own: OwnServer, studio: LabelStudio, shared: Work, both: tuple[Coder, Coder]
) -> None:
    bare = "\n".join(line for line in book().splitlines() if not line.startswith("examples"))
    push(shared, RUN, bare, studio, [one.email for one in both])
    project = number_of(shared, "assisted/whole")
    tasks = sorted(studio.changed(project, ""), key=lambda one: int(one["id"]))
    for place, task in enumerate(tasks[: len(tasks) * 2 // 3]):
        both[0].annotate(task["id"], ticked(["housing", "buses", "parks"][place % 3]))
    pull(shared, studio)
    killing(own, studio, "update_task", 2)
    with pytest.raises(ServerAway):
        renewing.renew(shared, RUN, studio)
    own.start()
    again = own.client(SOON)
    renewing.renew(shared, RUN, again)
    assert set(keys(again, project).values()) == {1}
    for task in again.changed(project, ""):
        hints = again._wire.get("/api/predictions/", task=int(task["id"]))
        assert len(hints) <= 1
        assert bool(hints) == bool(task["data"].get("shown_hints"))
    assert renewing.renew(shared, RUN, again).tasks == 0


def test_set_back_to_a_backup_and_forward_again(
    own: OwnServer, studio: LabelStudio, shared: Work, both: tuple[Coder, Coder]
) -> None:
    push(shared, RUN, book(), studio, [one.email for one in both])
    pull(shared, studio)
    own.kill()
    shutil.copytree(own._folder, own._folder.with_name("older"))
    own.start()
    client = own.client(SOON)
    coder = sign_in(client.url, PEOPLE[0])
    tasks = list(client.changed(number_of(shared, "assisted/whole"), ""))
    for task in tasks[:12]:
        coder.annotate(task["id"], ticked("housing"))
    assert pull(shared, client).saved.new == 12
    before = shared.store.codings()
    own.kill()
    put_in_place(own._folder, own._folder.with_name("older"), own._folder.with_name("newer"))
    own.start()
    told = pull(shared, own.client(SOON))
    assert told.saved.deleted == 12
    assert [note for note in told.notes if "12 readings are no more" in note]
    own.kill()
    put_in_place(own._folder, own._folder.with_name("newer"), own._folder.with_name("gone"))
    own.start()
    assert pull(shared, own.client(SOON), everything=True).saved.new == 12
    assert shared.store.codings()["code"].tolist() == before["code"].tolist()


def put_in_place(folder: Path, instead: Path, aside: Path) -> None:
    """Put another state of the database where the server looks, and the one of now aside."""
    aside.mkdir(exist_ok=True)
    for path in folder.glob(f"{DATABASE}*"):
        path.replace(aside / path.name)
    for path in instead.glob(f"{DATABASE}*"):
        shutil.copyfile(path, folder / path.name)


def test_a_label_deleted_in_the_settings_is_put_back_and_what_carried_it_stays(
    studio: LabelStudio, work: Work, both: tuple[Coder, Coder]
) -> None:
    coded(work, studio, both)
    adjudicate(work, RUN, studio)
    before = work.store.codings()
    asked = {"blind/whole": number_of(work, f"blind/whole/{PEOPLE[0]}")}
    asked["adjudication/whole"] = number_of(work, "adjudication/whole")
    for number in asked.values():
        config = studio.config_of(number)
        lines = [line for line in config.splitlines() if 'alias="parks"' not in line]
        studio.set_config(number, "\n".join(lines))
    notes = push(work, RUN, book(), studio, [one.email for one in both]).notes
    assert len([note for note in notes if "are put back" in note]) == 2
    for number in asked.values():
        assert 'alias="parks"' in studio.config_of(number)
    assert pull(work, studio, everything=True).saved.changed == 0
    assert work.store.codings().equals(before)


def test_pulled_three_times_at_once_everything_is_there_once(
    own: OwnServer, studio: LabelStudio, shared: Work, both: tuple[Coder, Coder], open_at: OpenAt,
    tmp_path: Path,
) -> None:  # fmt: skip
    push(shared, RUN, book(), studio, [one.email for one in both])
    tasks = list(studio.changed(number_of(shared, "assisted/whole"), ""))
    for task in tasks[:10]:
        both[1].annotate(task["id"], ticked("buses"))
    others = [open_at(tmp_path / "home") for _ in range(3)]

    def one(at: Work) -> int:
        try:
            return pull(at, own.client(SOON)).saved.new
        finally:
            at.store.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(one, others)) == 10
    assert len(shared.store.codings()) == 10
    assert pull(shared, studio).saved.new == 0


def test_what_was_begun_and_not_submitted_is_no_reading_and_is_told_by_who_reads_everything(
    studio: LabelStudio, work: Work, both: tuple[Coder, Coder]
) -> None:
    push(work, RUN, book(), studio, [one.email for one in both])
    pull(work, studio)
    (task, other) = list(studio.changed(number_of(work, f"blind/whole/{PEOPLE[0]}"), ""))[:2]
    both[0].draft(task["id"], ticked("parks"))
    made = both[0].annotate(other["id"], ticked("buses"))
    pull(work, studio)
    before = work.store.codings()
    both[0].draft(other["id"], ticked("parks"), made)
    done = pull(work, studio, everything=True)
    assert (done.saved.new, done.saved.changed, done.rejects) == (0, 0, ())
    assert work.store.codings().equals(before)
    # what was begun over a submitted item is a change begun, and not counted with it
    assert [note for note in done.notes if "1 items were begun and not submitted" in note]
    assert pull(work, studio).notes == ()
    assert sum(one["waiting"] for one in status(work).projects if one["coder"] == PEOPLE[0]) > 0
