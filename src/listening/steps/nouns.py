"""What pages are handed: small frozen values, never rows of the database."""

from __future__ import annotations

from listening.store.accounts import Change, Invitation, Member, Person, Programme, Upload

__all__ = ["Change", "Invitation", "Member", "Person", "Programme", "Upload"]
