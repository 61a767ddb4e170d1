"""When things were let go last at a place, by which rules, and why nothing goes by itself now.

A book of its vault, replaced in one step: it is in backups, and a restore brings back the day that
belongs to what it restored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from listening.programme import Retention
from listening.steps.retaining.due import Place
from listening.store import Vault

BOOK = "retained"
#: why nothing goes by itself until a person has looked: the day is before the last one or long
#: after it, or what is due would come as a surprise, as nobody ever ran it under these rules
BACK, AHEAD, FIRST, CHANGED = "back", "ahead", "first", "changed"
#: the same as part of a sentence
BECAUSE = {
    BACK: "today is before the day on which it was done last, so the clock may be wrong",
    AHEAD: "it was done last so long ago that the clock may be wrong",
    FIRST: "something is due although nobody ever ran it here",
    CHANGED: "the rules have changed since it was done last, and something is due",
}


@dataclass(frozen=True)
class Last:
    """How it stood the last time.

    Attributes:
        day: ISO day on which things were let go last; empty before the first time.
        rules: by which that was.
        looked: ISO day on which it was looked last whether anything is to go.
        held: why nothing went by itself then; empty where it did.
    """

    day: str = ""
    rules: Mapping[str, int] = field(default_factory=dict)
    looked: str = ""
    held: str = ""


def last_of(vault: Vault) -> Last:
    """Return how it stood the last time."""
    return Last(**vault.read(BOOK))


def note(place: Place) -> None:
    """Note that everything went today that was due."""
    day = place.work.today.isoformat()
    keep(place, Last(day, rules_of(place), day))


def keep(place: Place, last: Last) -> None:
    """Keep how it stands."""
    place.work.vault.write(BOOK, asdict(last))


def held(place: Place) -> str:
    """Return why nothing goes by itself at a place; empty where it does, or never should."""
    by_hand = place.site is None or place.site.settings.retention
    return "" if by_hand or not rules_of(place) else last_of(place.work.vault).held


def rules_of(place: Place) -> dict[str, int]:
    """Return the rules by which something is erased here: backups are the operator's."""
    rules: Retention = place.rules
    return {name: n for name, n in asdict(rules).items() if n and name != "backups"}
