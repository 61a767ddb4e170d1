"""What an administrator reads of how the system is."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from listening.steps.health import BAD, GOOD, LOOK, Check
from listening.steps.retaining import AHEAD, BACK, CHANGED, FIRST

#: state → the word of its tag, and the tag's colour
_STATES: dict[str, tuple[Any, str]] = {
    GOOD: (_("Good"), "green"),
    LOOK: (_("Look at it"), "yellow"),
    BAD: (_("Broken"), "red"),
}
#: what is looked at → what it is called
_NAMES: dict[str, Any] = {
    "database": _("Databases"),
    "disk": _("Room on the disk"),
    "vault": _("The vault and its key"),
    "reader": _("Reading of files"),
    "label studio": _("Label Studio"),
    "withdrawals": _("Withdrawals"),
    "backup": _("Backups"),
    "retention": _("What was kept for its time"),
}
#: what is looked at, its state and why → what is so
_SAID: dict[tuple[str, str, str], Any] = {
    ("database", GOOD, ""): _("They answer."),
    ("database", BAD, ""): _("One does not answer: see the server’s log."),
    ("disk", GOOD, ""): _("%(figure)s GB are free."),
    ("disk", BAD, ""): _("Less than 1 GB is free: make room before somebody sends a file."),
    ("vault", GOOD, ""): _("It is encrypted, and the key that is set opens it."),
    ("vault", LOOK, "open"): _("No key is set: names and files lie there as they are."),
    ("vault", BAD, ""): _("The key that is set does not open it, or none is set."),
    ("reader", GOOD, ""): _("Files are read as they are confirmed."),
    ("reader", BAD, ""): _("Nothing is read: start the server again, and see its log."),
    ("label studio", GOOD, "none"): _("None is used."),
    ("label studio", GOOD, ""): _("It answers."),
    ("label studio", LOOK, "away"): _("It does not answer: nobody can code just now."),
    ("withdrawals", GOOD, ""): _("Everything of those who withdrew is erased."),
    ("withdrawals", LOOK, ""): _("Tasks still to be deleted in Label Studio: %(figure)s."),
    ("backup", GOOD, ""): _("Days since the last one: %(figure)s."),
    ("backup", LOOK, "old"): _("Days since the last one: %(figure)s. Make one every night."),
    ("backup", LOOK, "never"): _("None was ever made here."),
    ("retention", GOOD, ""): _("Nothing is overdue."),
    ("retention", LOOK, ""): _(
        "Something should have gone, or rules cannot be read: run “listening retain”."
    ),
    ("retention", LOOK, BACK): _(
        "Nothing goes by itself: today is before the day on which it was done last. Set the "
        "machine’s clock right; or see “listening retain --dry-run”, then run “listening retain”."
    ),
    ("retention", LOOK, AHEAD): _(
        "Nothing goes by itself: the machine’s clock has jumped ahead, or it was off for long. "
        "Set it right; or see “listening retain --dry-run”, then run “listening retain”."
    ),
    ("retention", LOOK, FIRST): _(
        "Something is due for the first time, and nothing goes by itself until a person has "
        "looked: see “listening retain --dry-run”, then run “listening retain”."
    ),
    ("retention", LOOK, CHANGED): _(
        "The rules have changed and something is due, so nothing goes by itself until a person "
        "has looked: see “listening retain --dry-run”, then run “listening retain”."
    ),
}
_UNKNOWN = _("It could not be looked at: see the server’s log.")


class Told(NamedTuple):
    """One line of the page."""

    name: Any
    state: Any
    colour: str
    said: Any


def told(check: Check) -> Told:
    """Say one check in words."""
    state, colour = _STATES[check.state]
    said = _SAID.get((check.name, check.state, check.why), _UNKNOWN)
    return Told(_NAMES[check.name], state, colour, str(said) % {"figure": check.figure})
