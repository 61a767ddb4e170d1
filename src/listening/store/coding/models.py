"""The tables of the coding loop: what was sent to be coded, what came back, and what changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class BookVersion(models.Model):
    """A version of a codebook that was sent to coders, as TOML: what they chose is read by it."""

    codebook = models.CharField(max_length=200)
    version = models.CharField(max_length=40)
    content = models.TextField()

    class Meta:
        """A version is one text for good."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["codebook", "version"], name="one_text_a_version")
        ]


class CodingProject(models.Model):
    """A project in Label Studio, from before it is made there until it is deleted."""

    key = models.CharField(max_length=250, unique=True)
    #: Label Studio's; none before it is made
    number = models.IntegerField(null=True)
    #: address of the Label Studio in which it was made
    server = models.CharField(max_length=250, blank=True)
    role = models.CharField(max_length=12)
    layout = models.CharField(max_length=8)
    #: whose it is, where it is one coder's
    coder = models.CharField(max_length=254, blank=True)
    codebook = models.CharField(max_length=200)
    version = models.CharField(max_length=40)
    #: up to when its changes were read, as Label Studio tells time
    cursor = models.CharField(max_length=40, blank=True)


class CodingItem(models.Model):
    """What a project asks to be coded at once; its words stand in the documents alone."""

    project = models.ForeignKey(CodingProject, on_delete=models.CASCADE)
    key = models.CharField(max_length=100)
    document_id = models.CharField(max_length=40, db_index=True)
    layout = models.CharField(max_length=8)
    start = models.IntegerField()
    end = models.IntegerField()
    #: author, start, end and participant of each turn
    turns: models.JSONField[list[list[str | int]]] = models.JSONField(default=list)
    #: everybody whose words its task holds, those that are shown for context among them
    participants: models.JSONField[list[str]] = models.JSONField(default=list)
    stream = models.CharField(max_length=12)
    blind = models.BooleanField()
    #: whether suggestions were shown with it
    hinted = models.BooleanField(default=False)
    probability = models.FloatField()
    batch = models.IntegerField()
    order = models.IntegerField()
    #: whether it was drawn to be read by a second coder; the seed that drew it
    double = models.BooleanField(default=False)
    seed = models.IntegerField(default=0)
    #: Label Studio's number of its task
    task = models.IntegerField(null=True, db_index=True)
    #: chosen, sending, sent, or gone from Label Studio
    state = models.CharField(max_length=8, default="chosen")
    #: code, probability, start and end of what the machine suggested, shown or kept back
    suggested: models.JSONField[list[list[str | float]]] = models.JSONField(default=list)
    #: of the last time that it was read
    rejects: models.JSONField[list[dict[str, str]]] = models.JSONField(default=list)

    class Meta:
        """An item is one task in a project."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "key"], name="one_task_in_a_project")
        ]


class CodingReading(models.Model):
    """What one coder made of one item; what it took the place of is kept behind it."""

    item = models.ForeignKey(CodingItem, on_delete=models.CASCADE)
    coder = models.CharField(max_length=254)
    annotation = models.IntegerField()
    state = models.CharField(max_length=10)
    codebook = models.CharField(max_length=200)
    version = models.CharField(max_length=40)
    memo = models.TextField(blank=True)
    lead_time = models.FloatField(default=0.0)
    coded_at = models.CharField(max_length=40, blank=True)
    pulled = models.DateTimeField(auto_now_add=True)
    #: hash of what it says: the same again is nothing new
    digest = models.CharField(max_length=64)
    current = models.BooleanField(default=True)
    #: taken back in Label Studio
    deleted = models.BooleanField(default=False)

    class Meta:
        """A coder has one reading of an item that counts."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "coder"],
                condition=models.Q(current=True),
                name="one_reading_counts",
            )
        ]


class Coding(models.Model):
    """One code that somebody gave to a stretch of a document, or to a whole item."""

    reading = models.ForeignKey(CodingReading, on_delete=models.CASCADE)
    document_id = models.CharField(max_length=40, db_index=True)
    participant_id = models.CharField(max_length=20, db_index=True)
    start = models.IntegerField()
    end = models.IntegerField()
    code = models.CharField(max_length=100, db_index=True)
    proposed = models.TextField(blank=True)
    memo = models.TextField(blank=True)
    severity = models.IntegerField(null=True)
    #: Label Studio's id of the region
    region = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=10, default="active")


class CodingChange(models.Model):
    """One line of the trail: what was changed in a coding, by whom, and how it was before."""

    #: what was changed together has one
    change = models.CharField(max_length=32, db_index=True)
    at = models.DateTimeField(auto_now_add=True)
    #: empty where Label Studio does not tell
    who = models.CharField(max_length=254, blank=True)
    what = models.CharField(max_length=40)
    #: both go with their person
    reading = models.ForeignKey(CodingReading, on_delete=models.CASCADE)
    coding = models.ForeignKey(Coding, on_delete=models.CASCADE, null=True)
    was: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    now: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)


class TaskToDelete(models.Model):
    """A task that must go from Label Studio: it is asked for until it is gone. Nobody is named."""

    project_key = models.CharField(max_length=250)
    #: address of the Label Studio that holds it: another may have a task of the same name
    server = models.CharField(max_length=250, blank=True)
    item_key = models.CharField(max_length=100)
    task = models.IntegerField(null=True)
    asked = models.DateTimeField(auto_now_add=True)
    tries = models.IntegerField(default=0)

    class Meta:
        """A task is deleted once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["server", "project_key", "item_key"], name="deleted_once"
            )
        ]


class KnownCoder(models.Model):
    """The address of a Label Studio account, kept for when its owner has left."""

    number = models.IntegerField(primary_key=True)
    address = models.CharField(max_length=254)
