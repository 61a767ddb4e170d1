"""What every step is given: the store, the vault, the models, and somebody to tell of progress."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from listening.labelstudio.protocol import Server
from listening.records import Encoder, ReadOptions, Spread, Table, Vectors, in_turn
from listening.settings import Settings
from listening.steps.measure import Measure
from listening.store import Store, Vault
from listening.store.halfway import see_whole
from listening.store.lock import alone_in, is_free, only_in
from listening.topics import ReadingIndex

Loaded = TypeVar("Loaded")
#: told of a stage's name, how much of it is done and how much there is
Progress = Callable[[str, int, int], None]


def silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Request:
    """What the user asked for.

    Attributes:
        paths: files and folders.
        options: what was said of columns, rows and consent.
        manifest: a manifest outside the folders.
        codebook: a codebook file; without one, candidate themes are merged topics.
        population: a population table outside the folders.
        panel: what a resident panel said of the themes.
        indicators: figures of places from elsewhere.
        questions: what each question let people raise.
        programme: the programme's settings.
        k: how many priorities are looked for.
        seed: of everything that is drawn at random.
        wave: name of the wave; empty means the months of the material.
        extend: keep the topics of the reading before and place new material in them.
        scheme: how sources of different depth are combined.
        weights: whether surveys and street notes are weighted to the population.
        priority_groups: (attribute, value) pairs whose own first concerns are looked after.
    """

    paths: tuple[Path, ...]
    options: ReadOptions = field(default_factory=ReadOptions)
    manifest: Path | None = None
    codebook: Path | None = None
    population: Path | None = None
    panel: Path | None = None
    indicators: Path | None = None
    questions: Path | None = None
    programme: Path | None = None
    k: int = 6
    seed: int = 0
    wave: str = ""
    extend: bool = False
    scheme: str = "depth"
    weights: bool = False
    priority_groups: tuple[tuple[str, str], ...] = ()


class Models(Protocol):
    """The two models, loaded when first asked for."""

    @property
    def pipeline(self) -> Any:
        """The spaCy pipeline."""
        ...

    @property
    def encoder(self) -> Encoder:
        """The embedding model."""
        ...

    @property
    def encoder_name(self) -> str:
        """What names the embedding model and its weights; asking loads nothing."""
        ...


def helping() -> int:
    """Return how many processes may help to parse: one per further processor, at most four."""
    return max(0, min(4, (os.cpu_count() or 1) - 1))


class _Once(Generic[Loaded]):
    """Something loaded by whoever asks first, in any thread; who comes later waits for it alone."""

    def __init__(self, load: Callable[[], Loaded], turn: threading.Lock) -> None:
        self._load = load
        self._turn = turn
        self._asked = threading.Lock()
        self._made: list[Loaded] = []

    def get(self) -> Loaded:
        """Return it, loaded now or before; a failed loading is tried again by the next who asks."""
        with self._asked:
            if not self._made:
                with self._turn:
                    self._made.append(self._load())
            return self._made[0]


class PackagedModels:
    """The real models named by the settings; loading waits for nobody twice."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        # one at a time: both bring in torch, which two threads must not begin to import together
        turn = threading.Lock()
        self._pipeline = _Once(self._load_pipeline, turn)
        self._encoder = _Once(self._load_encoder, turn)

    def _load_pipeline(self) -> Any:
        from listening.language import load_pipeline

        return load_pipeline(self._settings.pipeline)

    def _load_encoder(self) -> Encoder:
        from listening.embeddings import load_encoder

        return load_encoder(self._settings.encoder or None, self._settings.precision)

    @cached_property
    def encoder_name(self) -> str:
        """What names the embedding model and its weights; asking loads nothing."""
        from listening.embeddings import encoder_name

        return encoder_name(self._settings.encoder or None, self._settings.precision)

    @property
    def pipeline(self) -> Any:
        """The spaCy pipeline."""
        return self._pipeline.get()

    @property
    def encoder(self) -> Encoder:
        """The embedding model."""
        return self._encoder.get()


@dataclass(frozen=True)
class Indexed:
    """Segments with their vectors, shape (n, dimensions), and the reading index of them.

    `changes` says what changed where the run extends the reading before it.
    """

    segments: Table
    vectors: Vectors
    reading: ReadingIndex
    changes: Table | None = None


@dataclass
class Work:
    """One opened workplace."""

    settings: Settings
    store: Store
    vault: Vault
    models: Models
    today: date
    progress: Progress = silent
    measure: Measure = field(default_factory=Measure)
    #: where the working results go
    out: Path = Path("out")
    #: what stopped a flow; it is told here and never to the orchestrator
    fault: Exception | None = None
    #: residents' texts embedded since this workplace was opened
    embedded: int = 0
    #: the Label Studio that is open, where one is
    labelstudio: Server | None = None
    #: where the same work on many parts is done: here, or on a cluster
    spread: Spread = in_turn
    #: what was indexed last, by run
    indexed: dict[str, Indexed] = field(default_factory=dict)

    def alone(self) -> AbstractContextManager[None]:
        """Wait until nobody else reads files in or erases somebody; whoever left must stay out."""
        return alone_in(self.vault.folder / "changing")

    def alone_or_not(self) -> AbstractContextManager[None]:
        """Be alone in the same way at once.

        Raises:
            ListeningError: somebody else is.
        """
        return only_in(self.vault.folder / "changing", "Changing what is kept")

    @property
    def is_quiet(self) -> bool:
        """Whether nobody reads files in or erases somebody just now."""
        return is_free(self.vault.folder / "changing")

    @contextmanager
    def stage(self, run_id: str, name: str) -> Iterator[Measure]:
        """Measure a stage and write what it cost into the ledger, whether it ends well or not."""
        self.progress(name, 0, 0)
        try:
            with self.measure.stage(name):
                yield self.measure
        finally:
            self.store.note_run(run_id, stages=self.measure.rows())


def open_work(settings: Settings, today: date, models: Models, progress: Progress = silent) -> Work:
    """Open the store and the vault of `settings`.

    Raises:
        ListeningError: the folder or the database cannot be used, or is being restored.
    """
    see_whole(settings.home)
    store = Store(settings.home, settings.database_url)
    vault = Vault(settings.home / "vault", settings.vault_key)
    return Work(settings, store, vault, models, today, progress)


def content_key(*parts: Any) -> str:
    """Return the sha256 (hex) of what a result depends on: text, bytes and plain data."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part if isinstance(part, bytes) else json.dumps(part, sort_keys=True).encode()
        digest.update(len(raw).to_bytes(8, "little") + raw)
    return digest.hexdigest()
