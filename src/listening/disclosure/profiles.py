"""The three profiles of disclosure control, and the sizes below which less is told (METHOD §6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from listening.errors import ListeningError

#: Figures are rounded to a multiple of this.
BASE = 5
#: A group of fewer people than this is told as "fewer than 10", and nothing is told of it.
FEW = 10
#: A source or group of fewer people than this gets bands in words and no figures.
SMALL = 50

ProfileName = Literal["standard", "hes", "ons"]


@dataclass(frozen=True)
class Profile:
    """How strict a release is: a count below `threshold`, of people or of all others, is unsafe."""

    name: str
    threshold: int

    @property
    def tells_nobody(self) -> bool:
        """Whether "nobody" may be told apart from "fewer than 10": 1 to 9 must be wide enough."""
        return self.threshold < FEW


#: `standard` withholds 1 to 4, `hes` 1 to 7 (Hospital Episode Statistics), `ons` all below 10.
PROFILES = {
    "standard": Profile("standard", 5),
    "hes": Profile("hes", 8),
    "ons": Profile("ons", 10),
}


def profile(name: str) -> Profile:
    """Return a profile by its name.

    Raises:
        ListeningError: there is none of this name.
    """
    if name not in PROFILES:
        raise ListeningError(
            f"The profile {name}", "is not known.", f"Profiles are: {', '.join(PROFILES)}."
        )
    return PROFILES[name]
