"""What pages are handed: small frozen values, never rows of the database."""

from __future__ import annotations

from listening.store.accounts import Change, Invitation, Member, Person, Programme, Upload
from listening.store.panels import AskedAbout, KeptPanel

__all__ = [
    "AskedAbout",
    "Change",
    "Invitation",
    "KeptPanel",
    "Member",
    "Person",
    "Programme",
    "Upload",
]
