"""Accounts: who may sign in, to which programme, in which role, what they sent and what they did.

A database of its own, apart from the stores of residents' words: each programme has a store and a
vault of its own. Nothing here is from a resident; a file's name lies in the programme's vault.
"""

from listening.store.accounts.nouns import (
    ADMINISTRATOR,
    ROLES,
    SAFEGUARDING,
    STATES,
    Change,
    Invitation,
    Member,
    PanelLink,
    Person,
    Programme,
    Upload,
)

__all__ = [
    "ADMINISTRATOR",
    "ROLES",
    "SAFEGUARDING",
    "STATES",
    "Change",
    "Invitation",
    "Member",
    "PanelLink",
    "Person",
    "Programme",
    "Upload",
]
