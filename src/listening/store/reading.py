"""The reading that was saved last: its topics, and which segment lies in which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from listening.store.bulk import insert
from listening.store.connect import atomic
from listening.store.frames import batches, objects


@dataclass(frozen=True)
class KeptTopics:
    """Topics 0..K-1 of a reading, as the store keeps them.

    Attributes:
        names: an empty one is to be given afresh.
        stability: of each.
        together: share of runs in which the texts of two topics fell together, K rows of K.
        topic_of: topic of each segment that has one, by its id.
    """

    names: tuple[str, ...] = ()
    stability: tuple[float, ...] = ()
    together: tuple[tuple[float, ...], ...] = ()
    topic_of: Mapping[str, int] = field(default_factory=dict)


def keep(alias: str, kept: KeptTopics) -> None:
    """Keep a reading in place of the one before."""
    members: dict[int, list[str]] = defaultdict(list)
    for segment, topic in kept.topic_of.items():
        members[topic].append(segment)
    rows = zip(range(len(kept.names)), kept.names, kept.stability, kept.together, strict=True)
    with atomic(alias):
        objects(alias, "Topic").all().delete()
        from listening.store.models import Topic

        insert(alias, Topic, ["number", "name", "stability", "together"], list(rows))
        segments = objects(alias, "Segment")
        segments.exclude(topic=-1).update(topic=-1)
        for topic, ids in members.items():
            for batch in batches(ids):
                segments.filter(segment_id__in=batch).update(topic=topic)


def load(alias: str) -> KeptTopics:
    """Return the reading that was kept last; without topics where none was."""
    rows = objects(alias, "Topic").order_by("number")
    topics = list(rows.values_list("name", "stability", "together"))
    placed = objects(alias, "Segment").exclude(topic=-1).values_list("segment_id", "topic")
    return KeptTopics(
        tuple(name for name, _, _ in topics),
        tuple(stability for _, stability, _ in topics),
        tuple(tuple(together) for _, _, together in topics),
        dict(placed),
    )


def forget_names(alias: str, segments: Any) -> None:
    """Forget what the topics of these segments are called: it may be words of theirs alone."""
    numbers = set(segments.exclude(topic=-1).values_list("topic", flat=True))
    objects(alias, "Topic").filter(number__in=numbers).update(name="")
