"""Tasks to Label Studio and changes back, against the bare SDK's import and against a full pull.

`python -m benchmarks.labelling [TASKS]`: starts a Label Studio of its own (`make label-studio`),
whose data is thrown away. Tasks are made up, each with one suggestion. Imports alternate, so that a
machine that grows busy slows both alike; read the ratios.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import sections
from listening.labelstudio.client import LabelStudio, changes, connect
from tests.labelstudio import serving
from tests.labelstudio.playing import CONFIG, chosen, sign_in
from tests.labelstudio.serving import ADMINISTRATOR, Server

TASKS = 10_000
ROUNDS = 2
CHANGED = 100


def task(place: int) -> dict[str, Any]:
    text = f"Answer {place}: the buses come late and the park has no bench. " * 5
    hint = {"model_version": "suggestions", "score": 0.5, "result": chosen("green")}
    return {"data": {"item_key": f"k{place:06}", "text": text}, "predictions": [hint]}


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def pushes(client: LabelStudio, server: Server, tasks: list[dict[str, Any]]) -> list[str]:
    """Return a table of imports: ours, and the SDK's own in one call."""
    from label_studio_sdk import LabelStudio as Sdk

    bare = Sdk(base_url=server.url, api_key=server.tokens[ADMINISTRATOR], timeout=600)
    ours, theirs = [], []
    for _round in range(ROUNDS):
        for times, call in (
            (theirs, lambda number: bare.projects.import_tasks(number, request=tasks)),
            (ours, lambda number: client.add_tasks(number, tasks)),
        ):
            number = client.make_project(uuid.uuid4().hex, "Speed", "", CONFIG)
            times.append(seconds(lambda call=call, number=number: call(number)))
            _expect(len(client.tasks(number)), len(tasks))
    ratio = statistics.median(own / other for own, other in zip(ours, theirs, strict=True))
    return [
        f"{len(tasks):,} tasks with a suggestion each, {ROUNDS} rounds, seconds:",
        "",
        "| import | median | all |",
        "|---|---|---|",
        _row("bare SDK, one call", theirs),
        _row("`add_tasks`", ours),
        f"| ratio, median of pairs | **{ratio:.2f}** | at most 1.5 was wanted |",
    ]


def _row(name: str, times: list[float]) -> str:
    each = ", ".join(f"{one:.1f}" for one in times)
    return f"| {name} | {statistics.median(times):.1f} | {each} |"


def pulls(client: LabelStudio, server: Server, tasks: list[dict[str, Any]]) -> list[str]:
    """Return a table of pulls: of all, and of what changed since."""
    project = client.make_project(uuid.uuid4().hex, "Speed", "", CONFIG)
    read = {"annotations": [{"result": chosen("green"), "lead_time": 5.0}]}
    coded = [one | read if place % 10 == 0 else one for place, one in enumerate(tasks)]
    numbers = list(client.add_tasks(project, coded).values())
    coder = sign_in(server.url, ADMINISTRATOR)
    last = [str(one["updated_at"]) for one in client.changed(project, "")][-1]
    # a pull looks back by half a minute: what changed in it would be read again
    time.sleep(changes.OVERLAP.total_seconds() + 5)
    for number in numbers[:CHANGED]:
        coder.annotate(number, chosen("buses"))
    whole, since = [], []
    for _round in range(ROUNDS):
        whole.append(seconds(lambda: _counted(client.changed(project, ""), len(tasks))))
        since.append(seconds(lambda: _counted(client.changed(project, last), CHANGED)))
    share = statistics.median(one / other for one, other in zip(since, whole, strict=True))
    return [
        f"{CHANGED} new readings among {len(tasks):,} tasks of which a tenth had one, "
        f"{ROUNDS} rounds, seconds:",
        "",
        "| pull | median | all |",
        "|---|---|---|",
        _row("of all tasks", whole),
        _row(f"of the {CHANGED} that changed", since),
        f"| share, median of pairs | **{100 * share:.1f} %** | under 5 % was wanted |",
    ]


def _counted(found: Iterator[object], wanted: int) -> None:
    _expect(sum(1 for _one in found), wanted)


def _expect(count: int, wanted: int) -> None:
    """Stop where a time would be that of something else than was to be done."""
    if count != wanted:
        raise SystemExit(f"{count} tasks came, {wanted} were expected: the times say nothing.")


def main(arguments: list[str]) -> None:
    tasks = [task(place) for place in range(int(arguments[0]) if arguments else TASKS)]
    with (
        tempfile.TemporaryDirectory() as folder,
        serving.server(Path(folder) / "label-studio") as server,
    ):
        client = connect(server.url, server.credentials(ADMINISTRATOR))
        client.coders()  # signs in
        lines = [*pushes(client, server, tasks), "", *pulls(client, server, tasks)]
    print(*lines, sep="\n")
    note = f"{os.cpu_count()} cores, shared. Label Studio on SQLite, on the same machine."
    sections.write("Label Studio", "python -m benchmarks.labelling", [note, "", *lines])


if __name__ == "__main__":
    main(sys.argv[1:])
