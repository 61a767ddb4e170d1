"""The tables of actions. No column is for a resident's words, and none for a resident's name."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class Action(models.Model):
    """What is done about a priority; the fields are those of `listening.actions.Action`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    theme = models.CharField(max_length=200, blank=True, db_index=True)
    theme_name = models.TextField(blank=True)
    codebook_version = models.CharField(max_length=260, blank=True)
    aim_what = models.TextField(blank=True)
    aim_whom = models.TextField(blank=True)
    aim_much = models.TextField(blank=True)
    aim_when = models.CharField(max_length=10, blank=True)
    driver = models.CharField(max_length=100, blank=True)
    idea = models.TextField()
    owner = models.TextField(blank=True)
    measure = models.TextField(blank=True)
    unit = models.TextField(blank=True)
    direction = models.CharField(max_length=4, blank=True)
    date = models.CharField(max_length=10, blank=True)
    status = models.CharField(max_length=10)
    stopped_why = models.TextField(blank=True)
    told = models.TextField(blank=True)
    helped = models.CharField(max_length=10)
    helped_asked = models.IntegerField(null=True)
    helped_on = models.CharField(max_length=10, blank=True)
    escalated_to = models.TextField(blank=True)
    escalated_why = models.TextField(blank=True)
    escalated_on = models.CharField(max_length=10, blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.CharField(max_length=10, blank=True)
    benefits = models.TextField(blank=True)
    harmed = models.TextField(blank=True)
    missing = models.TextField(blank=True)
    mitigation = models.TextField(blank=True)
    decision = models.CharField(max_length=10, blank=True)
    reviewed_on = models.CharField(max_length=10, blank=True)
    added = models.DateTimeField(auto_now_add=True)


class ActionEvidence(models.Model):
    """One id that an action names as evidence: it goes when whoever said it withdraws."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE)
    evidence_id = models.CharField(max_length=100, db_index=True)
    order = models.IntegerField()


class ActionPoint(models.Model):
    """One value of an action's measure."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE)
    day = models.CharField(max_length=10)
    value = models.FloatField()

    class Meta:
        """A measure has one value a day."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "day"], name="one_value_a_day")
        ]


class ActionTest(models.Model):
    """One test of change; the fields are those of `listening.actions.Cycle`."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE)
    number = models.IntegerField()
    plan = models.TextField()
    did = models.TextField(blank=True)
    study = models.TextField(blank=True)
    learnt = models.TextField(blank=True)
    act = models.CharField(max_length=10, blank=True)
    started = models.CharField(max_length=10, blank=True)
    ended = models.CharField(max_length=10, blank=True)

    class Meta:
        """A number names one test of an action."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "number"], name="one_test_a_number")
        ]


class ActionChange(models.Model):
    """One line of an action's history."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE)
    at = models.DateTimeField(auto_now_add=True)
    #: e-mail address of who did it, so that the line outlives the account
    who = models.CharField(max_length=254, blank=True)
    what = models.CharField(max_length=40)
    was = models.TextField(blank=True)
    now = models.TextField(blank=True)
