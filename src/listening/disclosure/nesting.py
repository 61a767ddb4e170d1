"""How crowds of different attributes and sources hang together, as the design of a listening tells.

Only a survey may have asked for the tenure, wards may make up districts, one attribute may say
the same as another. Whoever knows it can add and subtract across attributes, so protection must.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from listening.disclosure.nouns import EVERYONE, Crowd, Partition, Truth

Members = Mapping[str, tuple[int, Iterable[Crowd]]]


def nested(truth: Truth, members: Members) -> Truth:
    """Return the truth with the sums that hold between crowds of different partitions.

    Args:
        truth: exact figures; its first partition is that of the sources.
        members: participant id to how many people they stand for, and the crowds they are in.
    """
    both: Counter[tuple[Crowd, Crowd]] = Counter()
    for people, crowds in members.values():
        both.update({(one, other): people for one in crowds for other in crowds})
    found = [*_parts(truth, both), *_not_asked(truth, both)]
    return replace(truth, partitions=(*truth.partitions, *dict.fromkeys(found)))


def _parts(truth: Truth, both: Mapping[tuple[Crowd, Crowd], int]) -> Iterable[Partition]:
    """Yield crowds that together are exactly another crowd."""
    for wholes in truth.partitions:
        for parts in truth.partitions:
            if parts is wholes:
                continue
            for whole in wholes.crowds:
                within = tuple(
                    one for one in parts.crowds if 0 < truth.sizes[one] == both.get((one, whole), 0)
                )
                if (
                    within not in ((), (whole,))
                    and sum(truth.sizes[one] for one in within) == truth.sizes[whole]
                ):
                    yield Partition(within, complete=True, whole=whole)


def _not_asked(truth: Truth, both: Mapping[tuple[Crowd, Crowd], int]) -> Iterable[Partition]:
    """Yield an attribute's crowds beside the sources in which it is known of nobody."""
    sources, *others = truth.partitions
    for parts in others:
        without = tuple(
            one
            for one in sources.crowds
            if truth.sizes[one] and not any(both.get((one, part), 0) for part in parts.crowds)
        )
        if without and not parts.complete and parts.whole == EVERYONE:
            crowds = (*parts.crowds, *without)
            complete = sum(truth.sizes[one] for one in crowds) == truth.sizes[EVERYONE]
            yield Partition(crowds, complete)
