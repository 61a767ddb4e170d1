"""What is said of retention: what went, what no rule speaks of, and when it is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta

from listening import retention
from listening.programme import Retention
from listening.steps.retaining.doing import Done
from listening.steps.retaining.due import Place, soon
from listening.steps.retaining.last import BECAUSE, held, last_of

#: days after which what is due is overdue: it is run every day
DAYS_LATE = 2
#: what is counted → one of it, several of it
_WORDS = {
    "people": ("person with everything they said", "people with everything they said"),
    "quotes": ("person who may be quoted no longer", "people who may be quoted no longer"),
    "originals": ("file as it was sent", "files as they were sent"),
    "unread": ("file that nobody confirmed", "files that nobody confirmed"),
    "contacts": ("contact", "contacts"),
    "names": ("name behind a stand-in", "names behind stand-ins"),
    "results": ("set of working results", "sets of working results"),
    "trail": ("line of the trail", "lines of the trail"),
}
#: what a rule is about → what people call it
_RULES = {
    "originals": "files as they were sent",
    "contacts": "contacts and names",
    "words": "what people said",
    "quotes": "quotes",
    "results": "working results",
    "trail": "the trail of changes",
    "backups": "backups",
}


def told(counts: Mapping[str, int]) -> str:
    """Say counts as part of a sentence."""
    said = (f"{n} {_WORDS[name][n != 1]}" for name, n in counts.items())
    return ", ".join(said) or "nothing"


def said(done: Done) -> list[str]:
    """Say what went at a place, or would go."""
    if done.receipt:
        lines = [f"{done.place}: receipt {done.receipt}, {done.day}: {told(done.counts)} went."]
    else:
        lines = [f"{done.place}: {told(done.counts)} would go."]
    if done.partly:
        many = "person's time is" if done.partly == 1 else "people's time is"
        lines.append(
            f"{done.place}: {done.partly} {many} over for some of what they said, and not for the "
            "rest. Files in which it is over are left out of everything until they agree anew or "
            "are withdrawn."
        )
    return lines


def unruled(place: Place) -> str:
    """Say what no rule of a programme speaks of, and what the operator must do about backups."""
    rules = place.rules
    lacking = [_RULES[one.name] for one in fields(Retention) if _lacks(rules, one.name)]
    lines = []
    if lacking:
        lines.append(
            f"{place.name}: no rule says how long these are kept: {', '.join(lacking)}. "
            "Write [retention] into its programme.toml."
        )
    if rules.backups:
        cut = retention.before(place.work.today, rules.backups).isoformat()
        lines.append(f"{place.name}: delete backups from before {cut}, and every copy of them.")
    return "\n".join(lines)


def _lacks(rules: Retention, name: str) -> bool:
    if name == "words" and rules.consent:
        return False  # what people were told on their form
    return name in _RULES and not getattr(rules, name)


def waits(place: Place) -> str:
    """Say why nothing goes by itself until a person has looked; empty where it does."""
    why = held(place)
    if not why:
        return ""
    return (
        f"{place.name}: nothing goes by itself, because {BECAUSE[why]}. See that the machine's day "
        "is right and what `listening retain --dry-run` says; then run `listening retain`."
    )


def overdue(place: Place) -> str:
    """Say that something is due and nobody let it go; empty where all is well."""
    if place.work.store.kept.unfinished():
        return (
            f"{place.name}: letting go of what is due was stopped halfway. "
            "Run `listening retain` again."
        )
    if why := waits(place):
        return why
    today, day = place.work.today, last_of(place.work.vault).day
    late = today - timedelta(days=DAYS_LATE)
    if late.isoformat() < day <= today.isoformat():
        return ""
    counts = soon(place).counts
    return (
        f"{place.name}: {told(counts)} should have gone. Run `listening retain`." if counts else ""
    )
