"""The ledger of releases: what earlier ones told, of whom, and who has come and gone since.

The store keeps each release's tables. The vault keeps, apart, who was counted in which crowd and
the exact figures: they are needed to see what two releases give away together. Whoever withdraws
is taken out of it; that somebody left each of their crowds stays, as a number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from listening.disclosure.nouns import (
    Crowd,
    Earlier,
    Told,
    Truth,
    as_plain,
    told_from,
    truth_from,
)
from listening.disclosure.profiles import profile
from listening.steps import kept_releases
from listening.steps.work import Work

SHELF = "releases"
#: participant id to how many people they stand for, and the crowds they are in
Members = Mapping[str, tuple[int, Sequence[Crowd]]]


def earlier(work: Work, members: Members, until: str = "") -> list[Earlier]:
    """Return the releases before this one, with who has joined and left since.

    Args:
        work: the workplace.
        members: who is counted now.
        until: the release that is being repeated, if it is: those after it do not matter.
    """
    found = []
    for line in work.store.releases.all():
        if line.release == until:
            break
        book = work.vault.read(f"{SHELF}/{line.release}")
        if book:
            joined, left = _changes(book, members)
            truth, told = truth_from(book["truth"]), told_from(book["told"])
            promised = profile(line.profile).threshold
            since = {one: (moved[0], moved[1]) for one, moved in book["since"].items()}
            found.append(Earlier(line.release, truth, told, joined, left, promised, since))
    return found


def _changes(book: Mapping[str, Any], members: Members) -> tuple[Counter[Crowd], Counter[Crowd]]:
    joined: Counter[Crowd] = Counter()
    left: Counter[Crowd] = Counter(book["left"])
    before = {pid: (int(people), set(crowds)) for pid, (people, crowds) in book["members"].items()}
    for pid, (people, crowds) in members.items():
        there = before.get(pid, (0, set()))[1]
        joined.update({crowd: people for crowd in crowds if crowd not in there})
    for pid, (people, held) in before.items():
        here = set(members[pid][1]) if pid in members else set()
        left.update({crowd: people for crowd in held if crowd not in here})
    return joined, left


def enter(
    work: Work,
    release: str,
    truth: Truth,
    told: Told,
    members: Members,
    holds: Iterable[tuple[str, str]],
    beside: Mapping[str, tuple[str, Iterable[Crowd]]],
    before: Sequence[Earlier],
) -> None:
    """Write what the vault keeps of a release.

    Args:
        work: the workplace.
        release: its id.
        truth: its exact figures.
        told: what was told.
        members: who was counted.
        holds: evidence id and participant id of each quote.
        beside: segment to its participant and what was named beside it.
        before: the releases before it: how many joined and left since each is kept, as numbers.
    """
    book = {
        "truth": as_plain(truth),
        "told": as_plain(told),
        "members": {pid: [people, list(crowds)] for pid, (people, crowds) in members.items()},
        "left": {},
        "since": {one.release: [dict(one.joined), dict(one.left)] for one in before},
        "quotes": dict(holds),
        "beside": {one: [person, sorted(named)] for one, (person, named) in beside.items()},
    }
    work.vault.write(f"{SHELF}/{release}", book)


def beside(work: Work) -> dict[str, frozenset[Crowd]]:
    """Return what earlier releases named beside each passage, where it was told first."""
    found: dict[str, frozenset[Crowd]] = {}
    for line in work.store.releases.all():
        book = work.vault.read(f"{SHELF}/{line.release}") or {"beside": {}}
        for segment, (_, named) in book["beside"].items():
            found.setdefault(segment, frozenset(named))
    return found


def leave(work: Work, participant_id: str) -> list[tuple[str, str, int]]:
    """Take somebody who withdraws out of what is kept of every release.

    Returns:
        For each release in which they were counted: its id, its wave, and how many quotes of
        theirs it holds. What has left the team cannot be erased from here.
    """
    told = []
    for line in work.store.releases.all():
        name = f"{SHELF}/{line.release}"
        book = work.vault.read(name)
        # who is quoted and was not counted leaves as well
        if not book or participant_id not in {*book["members"], *book["quotes"].values()}:
            continue
        people, crowds = book["members"].pop(participant_id, (0, ()))
        left = Counter(book["left"])
        left.update(dict.fromkeys(crowds, int(people)))
        own = [eid for eid, pid in book["quotes"].items() if pid == participant_id]
        kept = {eid: pid for eid, pid in book["quotes"].items() if pid != participant_id}
        named = {s: one for s, one in book["beside"].items() if one[0] != participant_id}
        work.vault.write(name, {**book, "left": dict(left), "quotes": kept, "beside": named})
        if own:  # its files hold words of theirs
            kept_releases.take_down(work, line.release)
        told.append((line.release, line.wave, len(own)))
    return told
