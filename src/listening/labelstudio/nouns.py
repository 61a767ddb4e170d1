"""What goes to Label Studio and what comes back: items to be coded, and readings of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from listening.records import Reject, Span

#: how an item is coded: codes on stretches of a conversation, or on a whole answer or note
SPANS, WHOLE = "spans", "whole"
LAYOUTS = (SPANS, WHOLE)
#: what a project is for
ASSISTED, BLIND, ADJUDICATION = "assisted", "blind", "adjudication"
ROLES_OF_PROJECTS = (ASSISTED, BLIND, ADJUDICATION)
#: what became of a task for one coder
SUBMITTED, SKIPPED = "submitted", "skipped"
#: submitted, and something in it was refused: the rest is kept, and nobody is read in full by it
UNFINISHED = "unfinished"


@dataclass(frozen=True)
class ItemTurn:
    """One turn of an item, as a coder sees it.

    Attributes:
        author: how the speaker is shown, such as "Resident 1" or "Interviewer"; never a name.
        text: pseudonymised words, NFC with LF.
        start: where it begins in the document's text, in code points.
        participant_id: who said it; empty for an interviewer, whose words are nobody's evidence,
            and for what an officer saw.
        beside: the whole turn in the other of original and translation; empty without one.
    """

    author: str
    text: str
    start: int
    participant_id: str
    beside: str = ""


@dataclass(frozen=True)
class Suggested:
    """A code that the machine suggests for an item, or for a stretch of it.

    Attributes:
        code: its id.
        probability: calibrated, 0 to 1.
        span: code points of the document's text; None for the whole item.
        why: a coded passage or an example of the codebook that it is like; empty without one.
    """

    code: str
    probability: float
    span: Span | None = None
    why: str = ""


@dataclass(frozen=True)
class Item:
    """What one person codes at once: a whole answer or note, or some turns of a conversation.

    Attributes:
        key: of its content and place; the same item twice is one task in a project.
        document_id: where it stands.
        layout: one of LAYOUTS.
        turns: what is coded, in order; a whole answer is one turn.
        question: what was asked; empty where nothing was.
        setting: kind of source, place, month and method, in words.
        voice: verbatim, paraphrase or observation, of the first turn.
        before: what was said before, for context alone; after: the same after it.
        stream: audit, training or discovery.
        blind: whether suggestions are kept back.
        probability: the chance with which its person was drawn.
        batch: of the selection; order: its place within what is pushed, from 0.
    """

    key: str
    document_id: str
    layout: str
    turns: tuple[ItemTurn, ...]
    question: str = ""
    setting: str = ""
    voice: str = "verbatim"
    before: str = ""
    after: str = ""
    stream: str = "training"
    blind: bool = False
    probability: float = 1.0
    batch: int = 1
    order: int = 0

    @property
    def start(self) -> int:
        """Where it begins in its document."""
        return self.turns[0].start

    @property
    def end(self) -> int:
        """Where it ends in its document."""
        return self.turns[-1].start + len(self.turns[-1].text)


@dataclass(frozen=True)
class Coded:
    """One code that a person gave.

    Attributes:
        code: its id; what the coder proposes as a new code stands in `proposed`, under `other`.
        span: code points of the document's text; the whole item where the layout is WHOLE.
        participant_id: whose words they are.
        quote: the text there, recomputed from the document and equal to what was coded.
        memo: of this region.
        proposed: words for a new code.
        region: Label Studio's id of the region, empty for a whole item.
        severity: 0 to 3, of this coding; None where nothing was marked.
    """

    code: str
    span: Span
    participant_id: str
    quote: str
    memo: str = ""
    proposed: str = ""
    region: str = ""
    severity: int | None = None


@dataclass(frozen=True)
class ItemReading:
    """What one coder made of one item: one annotation that counts.

    Attributes:
        item_key: of the item.
        task: Label Studio's number of the task; annotation: of the annotation (0 for none).
        coder: the coder's address in Label Studio, in small letters.
        state: SUBMITTED, UNFINISHED or SKIPPED.
        codings: in the order of the text; empty where no code applies.
        memo: of the whole item.
        severity: 0 to 3, by code; of what was marked, the gravest in the item.
        lead_time: seconds that it took, as Label Studio counts them.
        coded_at: ISO, when it was last changed, in UTC.
        changed_by: the address of who changed it last; empty where Label Studio does not tell.
    """

    item_key: str
    task: int
    annotation: int
    coder: str
    state: str
    codings: tuple[Coded, ...] = ()
    memo: str = ""
    severity: Mapping[str, int] = field(default_factory=dict)
    lead_time: float = 0.0
    coded_at: str = ""
    changed_by: str = ""


@dataclass(frozen=True)
class TaskRead:
    """What was read back of one task.

    Attributes:
        readings: one per coder at most: of several by one coder the last that was changed.
        rejects: regions and annotations that could not be used, with the reason.
        drafts: how many began and did not submit.
        strange: whether the task shows something else than was sent: of its readings nothing is
            known, and those that were read before stay.
        changed_by: the address of who changed anything in it last; empty where that is not told.
    """

    readings: tuple[ItemReading, ...]
    rejects: tuple[Reject, ...] = ()
    drafts: int = 0
    strange: bool = False
    changed_by: str = ""
