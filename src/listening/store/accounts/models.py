"""The tables of accounts."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class User(AbstractBaseUser):
    """Somebody who may sign in; the e-mail address, in small letters, is the name for it."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(auto_now_add=True)

    objects = BaseUserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]


class Programme(models.Model):
    """A programme of listening, with a store and a vault of its own."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    added = models.DateTimeField(auto_now_add=True)


class Membership(models.Model):
    """One role of one person in one programme."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    role = models.CharField(max_length=20)
    added = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A role is held once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "programme", "role"], name="held_once")
        ]


class Invitation(models.Model):
    """A link by which somebody joins; of the link itself only a hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, null=True)
    role = models.CharField(max_length=20, blank=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)


class PanelLink(models.Model):
    """A link by which a resident panel answers; of the link itself only a hash is kept."""

    panel = models.UUIDField(primary_key=True)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()
    closed = models.DateTimeField(null=True)
    #: how many may answer, groups on one device as one
    most = models.IntegerField()


class Upload(models.Model):
    """One file that an officer sent; its name, its words and what was answered lie in the vault."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    officer = models.ForeignKey(User, on_delete=models.PROTECT)
    state = models.CharField(max_length=12)
    #: hash of its content
    file_key = models.CharField(max_length=64, db_index=True)
    #: its source in the programme's store, once it is kept
    source_key = models.CharField(max_length=64, blank=True)
    added = models.DateTimeField(auto_now_add=True)

    class Meta:
        """What an officer sends twice is one upload, even at the same moment."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "officer", "file_key"],
                condition=~models.Q(state="refused"),
                name="sent_once",
            )
        ]


class Change(models.Model):
    """One line of the trail of changes. Lines are added and never altered."""

    when = models.DateTimeField(auto_now_add=True)
    #: the e-mail address, so that the line outlives the account; empty is the software itself
    who = models.CharField(max_length=254, blank=True)
    programme = models.CharField(max_length=40, blank=True, db_index=True)
    action = models.CharField(max_length=30)
    #: what was changed, by its id: never a file's name or a resident's word
    object = models.CharField(max_length=300, blank=True)
    detail: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
