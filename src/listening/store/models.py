"""The tables of the store. Nothing in them is from before pseudonymisation."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from listening.store.actions.models import (
    Action,
    ActionChange,
    ActionEvidence,
    ActionPoint,
    ActionTest,
)
from listening.store.coding.models import (
    BookVersion,
    Coding,
    CodingChange,
    CodingItem,
    CodingProject,
    CodingReading,
    KnownCoder,
    TaskToDelete,
)

#: of the coding loop and of actions, which stand apart
__all__ = [
    "Action",
    "ActionChange",
    "ActionEvidence",
    "ActionPoint",
    "ActionTest",
    "BookVersion",
    "Coding",
    "CodingChange",
    "CodingItem",
    "CodingProject",
    "CodingReading",
    "KnownCoder",
    "TaskToDelete",
]


class Source(models.Model):
    """One file as it was read: its content's hash with how it was read, never its name."""

    key = models.CharField(max_length=64, primary_key=True)
    file_key = models.CharField(max_length=64, db_index=True)
    rejects: models.JSONField[list[dict[str, str]]] = models.JSONField(default=list)
    notes: models.JSONField[list[str]] = models.JSONField(default=list)
    counts: models.JSONField[dict[str, int]] = models.JSONField(default=dict)
    #: the edit log in short: how many of which kind were replaced
    removed: models.JSONField[dict[str, int]] = models.JSONField(default=dict)
    consent_until = models.CharField(max_length=10, blank=True)
    added = models.DateTimeField(auto_now_add=True)


class Document(models.Model):
    """One transcript, or one row of a table; its text is pseudonymised."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE)
    document_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    place = models.TextField(blank=True)
    date = models.CharField(max_length=10, blank=True)
    language = models.TextField(blank=True)
    method = models.TextField(blank=True)
    text = models.TextField()

    class Meta:
        """A document is looked for by its id, among a hundred thousand of one table."""

        indexes: ClassVar = [models.Index(fields=["document_id", "source"], name="documents_by_id")]


class Passage(models.Model):
    """One turn of a document, with offsets in code points of its text."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE)
    document_id = models.CharField(max_length=40)
    participant_id = models.CharField(max_length=20, blank=True)
    role = models.CharField(max_length=12)
    question = models.TextField(blank=True)
    voice = models.CharField(max_length=12)
    start = models.IntegerField()
    end = models.IntegerField()
    translated = models.BooleanField(default=False)
    beside = models.TextField(blank=True)

    class Meta:
        """Turns are looked for by their document."""

        indexes: ClassVar = [
            models.Index(fields=["document_id", "source"], name="passages_by_document")
        ]


class Place(models.Model):
    """A public place that a document's text names, with offsets in code points of that text."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE)
    document_id = models.CharField(max_length=40)
    start = models.IntegerField()
    end = models.IntegerField()
    kind = models.CharField(max_length=20)

    class Meta:
        """Places are looked for by their document."""

        indexes: ClassVar = [
            models.Index(fields=["document_id", "source"], name="places_by_document")
        ]


class Participant(models.Model):
    """One person (or one note about several) in one source."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE)
    participant_id = models.CharField(max_length=20, db_index=True)
    source_kind = models.CharField(max_length=20)
    place = models.TextField(blank=True)
    language = models.TextField(blank=True)
    consent = models.CharField(max_length=10)
    #: until when it holds, as ISO text; empty where they named no day
    consent_until = models.CharField(max_length=10, blank=True, db_default="")
    people = models.IntegerField()
    date = models.CharField(max_length=10, blank=True)
    cluster = models.TextField()
    attributes: models.JSONField[dict[str, str]] = models.JSONField(default=dict)

    class Meta:
        """A person appears once in a source."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "participant_id"], name="once_in_a_source")
        ]


class Segment(models.Model):
    """A unit of meaning of what somebody said."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE)
    segment_id = models.CharField(max_length=60, db_index=True)
    document_id = models.CharField(max_length=40)
    participant_id = models.CharField(max_length=20, db_index=True)
    source_kind = models.CharField(max_length=20)
    question = models.TextField(blank=True)
    start = models.IntegerField()
    end = models.IntegerField()
    text = models.TextField()
    language = models.TextField(blank=True)
    voice = models.CharField(max_length=12)
    nil = models.BooleanField()
    text_key = models.CharField(max_length=64, db_index=True)
    phrases: models.JSONField[list[str]] = models.JSONField(default=list)
    #: number of its topic in the reading that was saved last; -1 without one
    topic = models.IntegerField(default=-1, db_default=-1)
    translated = models.BooleanField(default=False)
    beside = models.TextField(blank=True)

    class Meta:
        """Segments are looked for by their document, too."""

        indexes: ClassVar = [
            models.Index(fields=["document_id", "source"], name="segments_by_document")
        ]


class Vector(models.Model):
    """The embedding of one text by one encoder: float32, little-endian."""

    #: a name or a folder, which may be long
    encoder = models.TextField()
    text_key = models.CharField(max_length=64)
    data = models.BinaryField()

    class Meta:
        """A text is embedded once by an encoder."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["encoder", "text_key"], name="embedded_once")
        ]


class Topic(models.Model):
    """A topic of the reading that was saved last, which a later run may extend."""

    number = models.IntegerField(primary_key=True)
    #: residents' words; empty once somebody in it withdrew, and then given afresh
    name = models.TextField(blank=True)
    stability = models.FloatField()
    #: share of runs in which its texts fell together with those of each topic
    together: models.JSONField[list[float]] = models.JSONField(default=list)


class StageResult(models.Model):
    """What a stage made from given inputs and parameters; their hash is the key."""

    key = models.CharField(max_length=64, primary_key=True)
    stage = models.CharField(max_length=20)
    #: JSON as text: PostgreSQL's own JSON would forget the order of names, and bytes must repeat
    content = models.TextField()


class Selection(models.Model):
    """A segment that people were asked to code: one line of a log that only grows.

    No foreign key to the segment: a file that is read again keeps its line.
    """

    segment_id = models.CharField(max_length=60, unique=True)
    participant_id = models.CharField(max_length=20, db_index=True)
    stream = models.CharField(max_length=12)
    #: the chance with which its person was drawn; 1 for what was picked on purpose
    probability = models.FloatField()
    blind = models.BooleanField()
    why = models.CharField(max_length=20)
    batch = models.IntegerField()
    seed = models.IntegerField()
    day = models.CharField(max_length=10)


class Framed(models.Model):
    """Somebody among whom the audit was drawn, chosen or not: nobody has two chances."""

    participant_id = models.CharField(max_length=20, primary_key=True)
    source_kind = models.CharField(max_length=20)
    batch = models.IntegerField()


class Withdrawal(models.Model):
    """A receipt: that somebody withdrew and how much was erased, nothing that says who."""

    receipt = models.CharField(max_length=16, primary_key=True)
    day = models.DateField()
    counts: models.JSONField[dict[str, int]] = models.JSONField(default=dict)


class Retained(models.Model):
    """A receipt: what went because its time was over, as counts."""

    receipt = models.CharField(max_length=16, primary_key=True)
    day = models.DateField()
    #: a line without it was begun and stopped: it is finished before another begins
    done = models.BooleanField(default=False)
    counts: models.JSONField[dict[str, int]] = models.JSONField(default=dict)


class QuoteDecision(models.Model):
    """What a person decided about a passage as a quote for a theme: one line of a log.

    The last line of a passage and a theme holds.
    """

    number = models.AutoField(primary_key=True)
    segment_id = models.CharField(max_length=60, db_index=True)
    theme = models.TextField()
    #: hash of the words that were read: other words need another decision; empty once the passage
    #: says something else
    words = models.CharField(max_length=64)
    decision = models.CharField(max_length=12)
    #: whether it speaks for its theme: yes, no, or empty where nobody was asked
    speaks = models.CharField(max_length=3, blank=True)
    #: why it was refused, in the words of who refused it
    why = models.TextField(blank=True)
    by = models.TextField()
    day = models.CharField(max_length=10)


class Release(models.Model):
    """One line of the ledger of releases: its tables as they left the team, no resident's words."""

    number = models.AutoField(primary_key=True)
    release = models.CharField(max_length=64, unique=True)
    #: hash of all that it was made from: the same again is no new release
    made_from = models.CharField(max_length=64, unique=True)
    profile = models.CharField(max_length=10)
    wave = models.TextField(blank=True)
    day = models.CharField(max_length=10)
    #: JSON as text, as it was published
    tables = models.TextField()


class Run(models.Model):
    """One line of the ledger of runs: what went in, how, with which versions, what it cost."""

    run_id = models.CharField(max_length=32, primary_key=True)
    started = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=12, default="started")
    seed = models.IntegerField()
    encoder = models.TextField(blank=True)
    sources: models.JSONField[list[str]] = models.JSONField(default=list)
    parameters: models.JSONField[dict[str, object]] = models.JSONField(default=dict)
    versions: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    stages: models.JSONField[list[dict[str, object]]] = models.JSONField(default=list)
    counts: models.JSONField[dict[str, int]] = models.JSONField(default=dict)


class Panel(models.Model):
    """What a resident panel is asked: the wording that a lead read and found fit to show."""

    panel_id = models.CharField(max_length=36, primary_key=True)
    title = models.TextField()
    #: `id`, `name` and `statement` of each priority, in the order of asking
    asked: models.JSONField[list[dict[str, str]]] = models.JSONField(default=list)
    day = models.CharField(max_length=10)


class PanelAnswer(models.Model):
    """What one sheet of a panel says of one priority, or is missed; its words are pseudonymised."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE)
    #: what was answered at one sitting, by one member or by several on one device
    sheet = models.CharField(max_length=36, db_index=True)
    #: the priority; empty where something is missing
    theme = models.TextField(blank=True)
    word = models.CharField(max_length=10)
    words = models.TextField(blank=True)
    present = models.IntegerField()
    day = models.CharField(max_length=10)
    #: in which hour it was sent (UTC), and how many minutes it took: enough to see a flood by
    hour = models.CharField(max_length=13, blank=True)
    minutes = models.IntegerField(default=0)
    #: why a lead set the sheet aside; empty where it counts
    aside = models.CharField(max_length=10, blank=True)

    class Meta:
        """A sheet says one thing of a priority."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "theme"], name="said_once")
        ]
