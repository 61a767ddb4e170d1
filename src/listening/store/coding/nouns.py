"""What the store keeps of the coding loop, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

#: what became of an item's task
CHOSEN, SENDING, SENT, GONE = "chosen", "sending", "sent", "gone"
ACTIVE, AGAIN = "active", "recode"


class KeptTurn(NamedTuple):
    """A turn of an item: how its speaker is shown, where it stands, who said it."""

    author: str
    start: int
    end: int
    participant_id: str


@dataclass(frozen=True)
class KeptProject:
    """A project in Label Studio.

    Attributes:
        key: ours.
        number: Label Studio's; None before it is made there.
        role: assisted, blind or adjudication.
        layout: spans or whole.
        coder: whose it is; empty where it is everybody's.
        codebook: its id; version: of the codebook that it shows.
        cursor: up to when its changes were read; empty for never.
        server: address of the Label Studio in which it was made; empty before.
    """

    key: str
    number: int | None
    role: str
    layout: str
    coder: str
    codebook: str
    version: str
    cursor: str = ""
    server: str = ""


@dataclass(frozen=True)
class KeptItem:
    """What is coded at once, without its words: these stand in the document.

    Attributes:
        key: of its content and place.
        document_id: where it stands.
        layout: spans or whole.
        turns: in order.
        participants: everybody whose words its task holds.
        stream: audit, training or discovery.
        blind: whether suggestions are kept back.
        hinted: whether suggestions were shown with it.
        probability: the chance with which its person was drawn.
        batch: of the selection; order: its place in its project, from 0.
        double: whether it was drawn for a second coder; seed: that drew it.
        task: Label Studio's number; None before it is known.
        state: CHOSEN, SENDING, SENT or GONE.
    """

    key: str
    document_id: str
    layout: str
    turns: tuple[KeptTurn, ...]
    participants: tuple[str, ...]
    stream: str
    blind: bool
    probability: float
    batch: int
    order: int
    hinted: bool = False
    double: bool = False
    seed: int = 0
    task: int | None = None
    state: str = CHOSEN

    @property
    def start(self) -> int:
        """Where it begins in its document."""
        return self.turns[0].start

    @property
    def end(self) -> int:
        """Where it ends in its document."""
        return self.turns[-1].end


@dataclass(frozen=True)
class KeptCoding:
    """One code on a stretch of a document; a whole item's is its range."""

    code: str
    participant_id: str
    start: int
    end: int
    proposed: str = ""
    memo: str = ""
    severity: int | None = None
    region: str = ""
    status: str = ACTIVE


@dataclass(frozen=True)
class KeptReading:
    """What one coder made of one item.

    Attributes:
        coder: their address.
        annotation: Label Studio's number of it.
        state: submitted, unfinished (something in it was refused) or skipped.
        codings: in the order of the text.
        memo: of the whole item.
        lead_time: seconds.
        coded_at: ISO.
        changed_by: who changed it last; empty where that is not told.
    """

    coder: str
    annotation: int
    state: str
    codings: tuple[KeptCoding, ...] = ()
    memo: str = ""
    lead_time: float = 0.0
    coded_at: str = ""
    changed_by: str = ""


@dataclass(frozen=True)
class ReadTask:
    """What one task said when it was read, all of it: what is missing was taken back.

    Attributes:
        task: Label Studio's number.
        readings: one per coder.
        rejects: what could not be used; plain columns of `records.Reject`.
        strange: whether it shows something else than was sent: the readings of before stay.
        changed_by: who changed anything in it last; empty where that is not told.
        begun: how many people began it and did not submit; kept nowhere.
    """

    task: int
    readings: tuple[KeptReading, ...]
    rejects: tuple[Mapping[str, str], ...] = ()
    strange: bool = False
    changed_by: str = ""
    begun: int = 0


@dataclass(frozen=True)
class Saved:
    """What a page of tasks brought.

    Attributes:
        new: readings of coders who had none of the item.
        changed: readings in the place of earlier ones.
        deleted: readings that were taken back.
        codings: in those that are new or changed.
        unknown: tasks that are not ours, or whose item was erased.
        by_others: of the new and the changed, whose last change was somebody else's than the
            coder's: who did that, once for each.
    """

    new: int = 0
    changed: int = 0
    deleted: int = 0
    codings: int = 0
    unknown: int = 0
    by_others: tuple[str, ...] = ()

    def __add__(self, other: Saved) -> Saved:
        """Return both together."""
        mine, theirs = vars(self), vars(other)
        return Saved(**{name: mine[name] + theirs[name] for name in mine})


@dataclass(frozen=True)
class Change:
    """One change of the trail, of one or more codings at once.

    Attributes:
        change: its id, to undo it by.
        at: ISO.
        who: by whom; empty where Label Studio does not tell; what: such as `merge`.
        codings: how many it touched.
        undone: whether it was undone.
    """

    change: str
    at: str
    who: str
    what: str
    codings: int
    undone: bool


@dataclass(frozen=True)
class Touched:
    """A coding that was changed, and where it stands in Label Studio."""

    project: int | None
    task: int | None
    annotation: int
    region: str
    was: str
    now: str


@dataclass(frozen=True)
class Standing:
    """How far one project has come, in one stream.

    Attributes:
        project: it.
        stream: audit, training or discovery.
        pushed: items that have a task; waiting: of these, those that nobody has read or skipped.
        unsent: items that are chosen and not sent yet; gone: whose task is no more.
        read: items read, by coder; skipped: the same; unfinished: those of whose reading something
            was refused, to be opened again.
    """

    project: KeptProject
    stream: str
    pushed: int = 0
    waiting: int = 0
    unsent: int = 0
    gone: int = 0
    read: Mapping[str, int] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)
    unfinished: Mapping[str, int] = field(default_factory=dict)
