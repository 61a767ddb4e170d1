"""Who may open which address. An address without a rule opens for nobody."""

from __future__ import annotations

from dataclasses import dataclass, replace

OFFICER, RESEARCHER, LEAD, ADMINISTRATOR = "officer", "researcher", "lead", "administrator"
SAFEGUARDING = "safeguarding"


@dataclass(frozen=True)
class Rule:
    """Who may open an address.

    Attributes:
        signed_in: whether one must be.
        roles: of which one is needed in the programme of the address; empty where the address is
            of no programme.
        fresh: whether the password must have been given lately: one lets others in here, erases
            for good, or reads what lies in the vault.
    """

    signed_in: bool = True
    roles: frozenset[str] = frozenset()
    fresh: bool = False

    @property
    def again(self) -> Rule:
        """The same for those who gave their password lately."""
        return replace(self, fresh=True)


ANYBODY = Rule(signed_in=False)
SIGNED_IN = Rule()
TEAM = Rule(roles=frozenset({OFFICER, RESEARCHER, LEAD, ADMINISTRATOR}))
MEMBERS = Rule(roles=TEAM.roles | {SAFEGUARDING})
OFFICERS = Rule(roles=frozenset({OFFICER}))
ADMINISTRATORS = Rule(roles=frozenset({ADMINISTRATOR}))
OFFICERS_AND_LEADS = Rule(roles=frozenset({OFFICER, LEAD}))
LEADS = Rule(roles=frozenset({LEAD}))
LEADS_AND_RESEARCHERS = Rule(roles=frozenset({LEAD, RESEARCHER}))
RESEARCHERS = Rule(roles=frozenset({RESEARCHER}))
SAFEGUARDERS = Rule(roles=frozenset({SAFEGUARDING}))
#: who reads residents' words: an officer those that they sent, the others all. An administrator
#: runs the programme and need not read them.
READERS = Rule(roles=frozenset({OFFICER, RESEARCHER, LEAD}))
#: what was taught: an officer what they said themselves, an administrator all of it
OWN_WORD_OR_ALL = Rule(roles=frozenset({OFFICER, ADMINISTRATOR}))
ASKED_TO_ERASE = Rule(roles=frozenset({OFFICER, ADMINISTRATOR}))

#: name of an address (`urls.py`) to its rule. A file opens for the officer who sent it alone.
RULES: dict[str, Rule] = {
    "home": SIGNED_IN,
    "sign-in": ANYBODY,
    "language": ANYBODY,
    "sign-out": SIGNED_IN,
    "password": SIGNED_IN,
    "prove": SIGNED_IN,
    "second": SIGNED_IN,
    "new-second": SIGNED_IN.again,
    "sign-out-elsewhere": SIGNED_IN.again,
    "invitation": ANYBODY,
    "programme": MEMBERS,
    "files": OFFICERS,
    "file": OFFICERS,
    "confirm-file": OFFICERS,
    "discard-file": OFFICERS,
    "arriving": OFFICERS,
    "half-sent-file": OFFICERS,
    "discard-half-sent-file": OFFICERS,
    "file-removed": OFFICERS.again,
    "file-keep-words": OFFICERS,
    "file-add-words": OFFICERS,
    "file-correct": OFFICERS,
    "file-confirm-correction": OFFICERS,
    "file-let-go": OFFICERS,
    "file-mend": OFFICERS,
    "taught": OWN_WORD_OR_ALL,
    "forget-taught": OWN_WORD_OR_ALL,
    "harm": OFFICERS,
    "safeguarding": SAFEGUARDERS.again,
    "disclosure": SAFEGUARDERS.again,
    "reach": TEAM,
    "record-tally": OFFICERS,
    "remove-tally": OFFICERS,
    "contacts": OFFICERS.again,
    "contacts-csv": OFFICERS.again,
    "enter-contact": OFFICERS,
    "change-contact": OFFICERS,
    "remove-contact": OFFICERS,
    "kit": OFFICERS_AND_LEADS,
    "kit-file": OFFICERS_AND_LEADS,
    "search": READERS,
    "coding": RESEARCHERS,
    "ask-coding": RESEARCHERS,
    "coding-curve": RESEARCHERS,
    "codebook": RESEARCHERS,
    "codebook-file": RESEARCHERS,
    "change-codebook": RESEARCHERS,
    "codebook-next": RESEARCHERS,
    "let-go-codebook": RESEARCHERS,
    "matrix": RESEARCHERS,
    "matrix-file": RESEARCHERS,
    "priorities": LEADS_AND_RESEARCHERS,
    "ask-priorities": LEADS_AND_RESEARCHERS,
    "priority": LEADS_AND_RESEARCHERS,
    "priority-passages": LEADS_AND_RESEARCHERS,
    "priorities-choices": LEADS_AND_RESEARCHERS,
    "priorities-voices": LEADS_AND_RESEARCHERS,
    "priorities-places": LEADS_AND_RESEARCHERS,
    "priorities-made": LEADS_AND_RESEARCHERS,
    "priorities-change": LEADS_AND_RESEARCHERS,
    "begin-wave": LEADS,
    "take-back-wave": LEADS,
    "quotes": LEADS_AND_RESEARCHERS,
    "quote": LEADS_AND_RESEARCHERS,
    "releases": LEADS_AND_RESEARCHERS,
    "make-release": LEADS.again,
    "release-part": LEADS_AND_RESEARCHERS,
    "live": ANYBODY,
    "ready": ANYBODY,
    # the view asks whence it is called, or for the token
    "metrics": ANYBODY,
    "health": ADMINISTRATORS,
    "withdraw": ASKED_TO_ERASE.again,
    "actions": READERS,
    "action": READERS,
    "action-chart": READERS,
    "action-tests": READERS,
    "actions-csv": READERS,
    "you-said": READERS,
    "driver-diagram": READERS,
    "equity-reviews": READERS,
    "escalated": READERS,
    "shared-drivers": READERS,
    "make-action": LEADS,
    "change-action": LEADS,
    "remove-action": LEADS,
    "forget-wordings": LEADS,
    "action-helped": LEADS,
    "action-escalated": LEADS,
    "action-equity": LEADS,
    "action-point": LEADS,
    "remove-action-point": LEADS,
    "action-test": LEADS,
    "change-action-test": LEADS,
    "residents-file": LEADS,
    "people": ADMINISTRATORS.again,
    "take-role": ADMINISTRATORS.again,
    "trail": ADMINISTRATORS,
    "hook": ANYBODY,
    # who has a panel's secret link needs no account; the pages find out what it opens
    "panel-door": ANYBODY,
    "panel-take-back": ANYBODY,
    "panel-question": ANYBODY,
    "panel-words": ANYBODY,
    "panel-missing": ANYBODY,
    "panel-check": ANYBODY,
    "panel-sent": ANYBODY,
    "journey": LEADS_AND_RESEARCHERS,
    "panels": LEADS,
    "open-panel": LEADS,
    "panel": LEADS,
    "panel-csv": LEADS,
    "close-panel": LEADS,
    "renew-panel": LEADS,
    "erase-panel-answer": LEADS,
    "set-panel-aside": LEADS,
}
