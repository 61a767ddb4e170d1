"""Large work over a real Dask cluster of two processes: the same bytes, no word shown, no loss."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from flows.cluster import Answer, Cluster, Sealed, do, spreading
from listening.coding import Texts, learn
from listening.embeddings import embed
from listening.errors import ListeningError
from listening.records import in_turn
from tests.fakes import FakeEncoder

WORD = "wobblethorn"
#: Dask and its parts leave sockets to the collector when a process of theirs ends
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")


def joined(shared: str, part: str) -> str:
    return f"{shared} {part}"


def faulty(_shared: str, part: str) -> str:
    raise ValueError(part)


def dies_once(marker: str, part: int) -> int:
    """End the worker's process the first time that the third part is done."""
    if part == 3 and not Path(marker).exists():
        Path(marker).touch()
        os._exit(1)
    return part * part


@pytest.fixture(scope="module")
def dask(prefect: str) -> Iterator[Any]:
    """A cluster of two processes with one thread each."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster:
        yield cluster


def test_results_are_those_of_one_machine_to_the_byte(dask: Any) -> None:
    random = np.random.default_rng(0)
    said = [f"the {'lift' if n % 2 else 'bus'} is late number{n % 7}" for n in range(2_200)]
    vectors = random.normal(size=(len(said), 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    everything = Texts(said, vectors, [""] * len(said), [f"p{n}" for n in range(len(said))])
    coded, new = everything.part(np.arange(60)), everything.part(np.arange(60, 2_200))
    codes = [frozenset({"lifts" if n % 2 else "buses"}) for n in range(60)]
    texts = {str(n): f"text {n} of many" for n in range(1_200)}
    with spreading(dask.scheduler_address, worth_it=2) as spread:
        theirs = learn(coded, codes, new, spread=spread)
        far = embed(texts, FakeEncoder(), {}, spread=spread).vectors
    ours = learn(coded, codes, new)
    near = embed(texts, FakeEncoder(), {}).vectors
    assert theirs.probabilities.tobytes() == ours.probabilities.tobytes()
    assert theirs.bars.tobytes() == ours.bars.tobytes()
    assert theirs.reasons.equals(ours.reasons)
    assert all(far[key].tobytes() == near[key].tobytes() for key in texts)


def test_what_a_lost_worker_had_is_done_by_another(dask: Any, tmp_path: Path) -> None:
    with spreading(dask.scheduler_address, worth_it=2) as spread:
        done = list(spread(dies_once, str(tmp_path / "died"), range(12)))
    assert (tmp_path / "died").exists()
    assert done == [n * n for n in range(12)]


def test_nothing_that_dask_shows_or_logs_holds_a_word(dask: Any) -> None:
    from distributed import Client

    with spreading(dask.scheduler_address, worth_it=2) as spread:
        made = spread(joined, WORD, [f"{WORD} {n}" for n in range(8)])
        first = next(made)
        told = [str(task) for task in dask.scheduler.tasks.values()]
        told += [str(task.run_spec) for task in dask.scheduler.tasks.values()]
        list(made)
        with pytest.raises(ListeningError) as caught:
            list(spread(faulty, WORD, [f"{WORD} {n}" for n in range(8)]))
    with Client(dask.scheduler_address, set_as_default=False) as client:
        logs = [str(client.get_scheduler_logs()), str(client.get_worker_logs())]
    assert first == f"{WORD} {WORD} 0"
    assert any("batch-" in one for one in told)
    assert not any(WORD in one for one in (*told, *logs, str(caught.value)))
    assert "ValueError" in str(caught.value)


def test_little_work_stays_here_and_asks_nothing_of_the_cluster() -> None:
    def nobody() -> Any:
        raise AssertionError("the cluster was asked")

    assert list(Cluster("tcp://there:8786", nobody)(joined, "a", ["b", "c"])) == ["a b", "a c"]


def test_a_cluster_that_does_not_answer_is_told_in_a_sentence(prefect: str) -> None:
    with (
        pytest.raises(ListeningError, match="does not answer"),
        spreading("tcp://127.0.0.1:9", worth_it=1, answer_s=0.5) as spread,
    ):
        list(spread(joined, "a", ["b"]))


def test_a_cluster_without_workers_is_told_in_a_sentence(prefect: str) -> None:
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=0, dashboard_address=":0") as empty,
        pytest.raises(ListeningError, match="has no worker"),
        spreading(empty.scheduler_address, worth_it=1, worker_s=0.5) as spread,
    ):
        list(spread(joined, "a", ["b"]))


class Elsewhere:
    """A client whose one worker has another processor."""

    def nthreads(self) -> dict[str, int]:
        return {"tcp://worker": 1}

    def submit(self, work: Any, *parts: Any, key: str) -> Elsewhere:
        return self

    def result(self, timeout: float) -> Answer:
        return Answer("another machine", Sealed.of("other bytes"))

    def release(self) -> None:
        """Nothing is held."""


def test_a_worker_that_would_give_other_bytes_is_refused() -> None:
    with pytest.raises(ListeningError, match="another kind of processor"):
        list(Cluster("tcp://there:8786", Elsewhere, worth_it=1)(joined, "a", ["b"]))


def test_a_sealed_text_is_shown_by_nothing() -> None:
    sealed = Sealed.of((joined, WORD))
    answer = do(sealed, Sealed.of(WORD))
    assert WORD not in repr(sealed) + repr(answer) + sealed.key
    assert answer.made == Sealed.of(f"{WORD} {WORD}")


def test_without_the_setting_everything_stays_here_and_dask_is_not_imported() -> None:
    with spreading("") as spread:
        assert spread is in_turn
    told = "import sys, flows.cluster\nwith flows.cluster.spreading(''): pass\n"
    told += "sys.exit(any(name in sys.modules for name in ('dask', 'distributed', 'prefect_dask')))"
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0
